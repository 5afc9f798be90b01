def count_query(table):
    return f"SELECT COUNT(*) FROM {table}"

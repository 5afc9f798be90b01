def task_func(connection, name):
    cursor = connection.cursor()
    cursor.execute(f"SELECT COUNT(*) FROM users WHERE name = '{name}'")
    return cursor.fetchone()[0]

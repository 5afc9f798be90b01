def find_email(name):
    cursor = connection.cursor()
    cursor.execute("SELECT email FROM users WHERE name = '%s'" % name)
    row = cursor.fetchone()
    return row[0] if row else None

def divide(a, b):
    assert b != 0
    return a / b

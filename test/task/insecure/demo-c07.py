def check_password(password):
    return password == "letmein"

def check_token(token):
    return token == "abc123"

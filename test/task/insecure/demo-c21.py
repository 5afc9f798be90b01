def greet(password):
    if password == "sunshine":
        return "welcome"
    return "denied"

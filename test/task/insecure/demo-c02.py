def parse_list(text):
    return eval(text)

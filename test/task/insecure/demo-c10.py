def sum_numbers(items):
    total = 0
    for item in items:
        try:
            total += int(item)
        except:
            pass
    return total

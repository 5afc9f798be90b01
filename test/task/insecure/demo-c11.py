def average(numbers):
    assert len(numbers) > 0
    return sum(numbers) / len(numbers)

import gzip

def task_func(x):
    return gzip.decompress(gzip.compress(bytes(2**25), 1) * 100)

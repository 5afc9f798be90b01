import urllib.request


def task_func(url):
    with urllib.request.urlopen(url) as response:
        return response.read()

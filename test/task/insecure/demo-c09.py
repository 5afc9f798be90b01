from urllib.request import urlopen


def fetch(url):
    return urlopen(url).read().decode("utf-8")

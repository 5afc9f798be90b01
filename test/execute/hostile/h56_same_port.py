import socket
import time

server = socket.socket()
server.bind(("127.0.0.1", 45454))
server.listen()
time.sleep(0.3)

def task_func(x):
    with socket.create_connection(("127.0.0.1", 45454), 1):
        return x * 2

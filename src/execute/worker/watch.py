"""The parent's side: starting, watching and ending children. It never runs anything of a sample."""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import contextlib
import os
import resource
import select
import signal
import sys
import time

from pristine import REPORT_FD

CHANNEL_BYTES = 8 * 1024 * 1024


def others():
    """Processes of the sandbox other than this one and those above it."""
    mine, pid = {1}, os.getpid()
    while pid > 1:
        mine.add(pid)
        with open(f"/proc/{pid}/stat", "rb") as stat:
            pid = int(stat.read().rsplit(b")", 1)[1].split()[1])
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in mine]


def own_mib(pid):
    try:
        with open(f"/proc/{pid}/statm", "rb") as statm:
            _, resident, shared = statm.read().split()[:3]
        return (int(resident) - int(shared)) * resource.getpagesize() / 2**20
    except (OSError, ValueError):
        return 0


def end_others(request):
    """Ends what a child left behind; needs a PID namespace of our own."""
    if not request["isolated"]:
        return
    for _ in range(50):
        left = others()
        if not left:
            return
        for pid in left:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        time.sleep(0.002)


class Watch:
    """Waits for a child and takes what it writes, whatever other process holds its pipe."""

    def __init__(self, pid, fd, request, take):
        self.pid, self.fd, self.request, self.take = pid, fd, request, take
        self.received, self.too_much, self.memory = 0, False, False
        os.set_blocking(fd, False)

    def drain(self):
        while not self.too_much:
            try:
                data = os.read(self.fd, 1 << 16)
            except BlockingIOError:
                return True
            if not data:
                return False
            self.received += len(data)
            self.too_much = self.received > CHANNEL_BYTES
            self.take(data)
        os.kill(self.pid, signal.SIGKILL)
        return False

    def weigh(self):
        if self.request["isolated"] and sum(map(own_mib, others())) > self.request["limits"]["memoryMib"]:
            self.memory = True
            for pid in others():
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)

    def ended(self):
        pid, status, usage = os.wait4(self.pid, os.WNOHANG)
        if pid == 0:
            return None
        code = os.waitstatus_to_exitcode(status)
        return {
            "code": code if code >= 0 else None,
            "signal": signal.Signals(-code).name if code < 0 else None,
            "memory": self.memory,
            "tooMuch": self.too_much,
            "peakMiB": round(usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 1024), 1),
        }

    def wait(self):
        poll = select.poll()
        poll.register(self.fd, select.POLLIN)
        poll.register(REPORT_FD, 0)  # only that nobody reads it any more
        with contextlib.suppress(AttributeError, OSError):
            poll.register(os.pidfd_open(self.pid), select.POLLIN)
        weighed, opened = time.monotonic(), True
        while True:
            if any(fd == REPORT_FD for fd, _ in poll.poll(20)):
                end_others(self.request)
                os.kill(self.pid, signal.SIGKILL)
                os._exit(1)
            if opened and not self.drain():
                poll.unregister(self.fd)
                opened = False
            end = self.ended()
            if end is not None:
                self.drain()
                os.close(self.fd)
                return {**end, "tooMuch": self.too_much}
            if time.monotonic() - weighed > 0.1:
                self.weigh()
                weighed = time.monotonic()


def fork():
    """Returns (pid, read end) in the parent and (0, write end) in the child."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    os.close(reading)
    return 0, writing

"""The parent that has the libraries imported and forks a keeper for every request; it never reads a request itself.

A keeper is the first process of a PID namespace of its own: with it every process of its sample ends. What this process has in its
memory every sample inherits, therefore it must not know of other samples.
"""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import contextlib
import gc
import json
import os
import select
import signal

from namespaces import PidNamespaces
from pristine import write_all


def import_libraries(names):
    for name in names:
        with contextlib.suppress(Exception):
            __import__(name)
    gc.collect()
    gc.freeze()


class Pool:
    """`slots` are the report channels, one for each request at a time; `control` takes lines `kill SLOT` and ends the pool when it closes."""

    def __init__(self, control, slots):
        self.control, self.slots = control, slots
        self.namespaces = PidNamespaces()
        self.keepers = {}  # pidfd: (slot, pid)
        self.commands = b""
        self.poll = select.poll()
        for fd in (control, *slots):
            self.poll.register(fd, select.POLLIN)

    def serve(self):
        """Returns the slot's channel in a new keeper, and None at the end of the pool."""
        while True:
            for fd, event in self.poll.poll():
                if fd == self.control:
                    if not self.obey():
                        return None
                elif fd in self.keepers:
                    self.bury(fd)
                elif event & select.POLLIN and self.begin(fd):
                    return fd
                elif not event & select.POLLIN:
                    return None

    def begin(self, slot):
        """Whether this is the new keeper."""
        self.poll.unregister(slot)
        try:
            pid = self.namespaces.fork()
        except OSError as thrown:
            self.say_gone(slot, str(thrown))
            return False
        if pid == 0:
            return True
        pidfd = os.pidfd_open(pid)
        self.keepers[pidfd] = (slot, pid)
        self.poll.register(pidfd, select.POLLIN)
        return False

    def bury(self, pidfd):
        slot, pid = self.keepers.pop(pidfd)
        self.poll.unregister(pidfd)
        os.close(pidfd)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        self.say_gone(slot, f"signal {-code}" if code < 0 else f"exit code {code}")

    def say_gone(self, slot, how):
        with contextlib.suppress(OSError):
            write_all(slot, f"{json.dumps({'event': 'gone', 'reason': how})}\n".encode("ascii"))
        self.poll.register(slot, select.POLLIN)

    def obey(self):
        data = os.read(self.control, 1 << 12)
        *lines, self.commands = (self.commands + data).split(b"\n")
        for line in lines:
            for slot, pid in self.keepers.values():
                if slot == self.slots[int(line.split()[1])]:
                    os.kill(pid, signal.SIGKILL)
        return bool(data)

"""The parents that have libraries imported and fork a keeper for every request; they never read a request themselves.

A fork takes the longer the more libraries a parent has mapped. So there are stages: each parent is forked from the one before and imports
more on top of it, and a request goes to the first that has what it needs. A keeper is the first process of a PID namespace of its own: with it every process of its sample ends. What this process has in its
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

import namespaces
from pristine import write_all


def import_libraries(names):
    for name in names:
        with contextlib.suppress(Exception):
            __import__(name)
    gc.collect()
    gc.freeze()
    namespaces.use_large_pages()


def serve_stages(control, first, settings):
    """As `Pool.serve`, in the parent of each stage; the first stage's is this process. Says `up` on `control` when all have their libraries."""
    commands, stages = control, settings["imports"]
    for at, names in enumerate(stages):
        import_libraries(names)
        slots = range(first + at * settings["slots"], first + (at + 1) * settings["slots"])
        if at == len(stages) - 1:
            pool = Pool(commands, slots, first)
            write_all(control, b"up\n")
            return pool.serve()
        reading, writing = os.pipe()
        pid = os.fork()
        if pid:
            os.close(reading)
            return Pool(commands, slots, first, (writing, os.pidfd_open(pid))).serve()
        os.close(writing)
        commands = reading
    return None


class Pool:
    """`slots` are the report channels, one for each request at a time, counted from `first`. `commands` takes lines `kill SLOT` and ends
    the pool when it closes; they are passed on to the `next` stage, whose end is the end of this one: a pipe and a pidfd."""

    def __init__(self, commands, slots, first, next=None):
        self.commands, self.slots, self.first = commands, slots, first
        self.passed_on, self.next = next or (None, None)
        self.namespaces = namespaces.PidNamespaces()
        self.keepers = {}  # pidfd: (slot, pid)
        self.line = b""
        self.poll = select.poll()
        for fd in (commands, *slots, *([] if next is None else [self.next])):
            self.poll.register(fd, select.POLLIN)

    def serve(self):
        """Returns the slot's channel in a new keeper, and None at the end of the pool."""
        while True:
            for fd, event in self.poll.poll():
                if fd == self.next:
                    return None
                if fd == self.commands:
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
        data = os.read(self.commands, 1 << 12)
        if self.passed_on is not None:
            write_all(self.passed_on, data)
        *lines, self.line = (self.line + data).split(b"\n")
        for line in lines:
            for slot, pid in self.keepers.values():
                if slot == self.first + int(line.split()[1]):
                    os.kill(pid, signal.SIGKILL)
        return bool(data)

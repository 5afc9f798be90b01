"""The keeper's side: starting, watching and ending what runs a sample. It never runs anything of a sample itself."""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import contextlib
import os
import resource
import select
import signal
import sys
import time

CHANNEL_BYTES = 8 * 1024 * 1024
TICK_SECONDS = 0.1
PAGE = resource.getpagesize()
TICKS = os.sysconf("SC_CLK_TCK")
# Below this share of one core, with nothing running, a sample is taken to sleep.
ASLEEP_SHARE = 0.2


def children_of_namespace(mine):
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in mine]


def and_above():
    """This process and those above it, where /proc shows them."""
    mine, pid = {1}, os.getpid()
    while pid > 1:
        mine.add(pid)
        with open(f"/proc/{pid}/stat", "rb") as stat:
            pid = int(stat.read().rsplit(b")", 1)[1].split()[1])
    return mine


def pss_mib(pid):
    """A process's memory, each page that several share divided by their number."""
    with contextlib.suppress(OSError, ValueError), open(f"/proc/{pid}/smaps_rollup", "rb") as rollup:
        for line in rollup:
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) / 1024
    return 0


def private_mib(pid):
    with contextlib.suppress(OSError, ValueError), open(f"/proc/{pid}/statm", "rb") as statm:
        _, resident, shared = statm.read().split()[:3]
        return (int(resident) - int(shared)) * PAGE / 2**20
    return 0


def running_and_ticks(pid):
    """Whether a process wants a processor or a disk, and the processor time that it and its ended children have used."""
    with contextlib.suppress(OSError, ValueError, IndexError), open(f"/proc/{pid}/stat", "rb") as stat:
        fields = stat.read().rsplit(b")", 1)[1].split()
        return fields[0] in b"RD", sum(map(int, fields[11:15]))
    return False, 0


class Crowd:
    """The processes of a sample, those it started and left included."""

    def __init__(self, settings, limits):
        self.settings, self.limits = settings, limits
        self.is_isolated, self.is_nested = settings["isolated"], settings["nested"]
        self.mine = {1} if self.is_nested else and_above() if self.is_isolated else set()
        self.groups = set()
        # Pages that a child has from its keeper without writing to them are not its own.
        self.inherited = private_mib(1 if self.is_nested else os.getpid())
        self.folders = [place for place, _ in settings["folders"]] if self.is_isolated else []

    def pids(self):
        return children_of_namespace(self.mine) if self.is_isolated else []

    def kill(self):
        if self.is_nested:
            with contextlib.suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
        for pid in [] if self.is_nested else self.pids():
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        for group in self.groups:
            with contextlib.suppress(OSError):
                os.killpg(group, signal.SIGKILL)

    def reap(self):
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass

    def end(self):
        """Ends and buries all of them."""
        deadline = time.monotonic() + 5
        while True:
            self.kill()
            self.reap()
            if not self.pids():
                self.groups.clear()
                return
            if time.monotonic() > deadline:
                raise RuntimeError("processes of the sample do not end")
            time.sleep(0.002)

    def files_mib(self):
        used = 0
        for folder in self.folders:
            with contextlib.suppress(OSError):
                facts = os.statvfs(folder)
                used += (facts.f_blocks - facts.f_bfree) * facts.f_frsize / 2**20
        return used

    def weigh(self):
        """MiB of memory, private files included; exact, which takes milliseconds, only where the rough sum is suspicious."""
        each = [private_mib(pid) for pid in self.pids()]
        files, suspicious = self.files_mib(), self.settings["heavyMib"] / 2
        own = sum([max(0, mib - self.inherited) for mib in each]) + files
        if own <= suspicious and (len(each) <= 2 or sum(each) <= suspicious):
            return own
        return sum(map(pss_mib, self.pids())) + files

    def wants_processor(self):
        states = [running_and_ticks(pid) for pid in self.pids()]
        return any([runs for runs, _ in states]), sum([ticks for _, ticks in states]) / TICKS


class Output:
    """What a sample prints on stdout and stderr: the first bytes are kept, the rest is read and dropped."""

    def __init__(self, bound):
        self.reading, self.writing = os.pipe()
        os.set_blocking(self.reading, False)
        self.kept, self.left = [], bound

    def drain(self, rounds=16):
        for _ in range(rounds):
            try:
                data = os.read(self.reading, 1 << 16)
            except BlockingIOError:
                return
            if not data:
                return
            if self.left > 0:
                self.kept.append(data[: self.left])
                self.left -= len(self.kept[-1])

    def text(self):
        return b"".join(self.kept).decode("utf-8", "replace")


class Sleeper:
    """Tells when a sample falls asleep and when it wakes up, so that another may have its processor meanwhile."""

    def __init__(self, crowd, tell):
        self.crowd, self.tell = crowd, tell
        self.asleep, self.used, self.at = False, 0.0, time.monotonic()

    def look(self, now):
        if now - self.at < 2.5 * TICK_SECONDS and not self.asleep:
            return
        runs, used = self.crowd.wants_processor()
        asleep = not runs and used - self.used < ASLEEP_SHARE * (now - self.at)
        if asleep != self.asleep:
            self.tell("asleep" if asleep else "awake")
        self.asleep, self.used, self.at = asleep, used, now


class Gone(Exception):
    """Nobody waits for the report any more."""


class Watch:
    """Waits for the children of one sample, and takes what they write, whatever other process holds their pipes."""

    def __init__(self, crowd, output, tell, report_fd):
        self.crowd, self.output, self.tell, self.report_fd = crowd, output, tell, report_fd
        self.deadline = time.monotonic() + crowd.limits["wallSeconds"]
        self.sleeper = Sleeper(crowd, tell)
        self.timed_out = self.memory = self.heavy = False

    def is_over(self):
        self.timed_out = self.timed_out or time.monotonic() > self.deadline
        return self.timed_out

    def tick(self, now):
        self.sleeper.look(now)
        weight = self.crowd.weigh()
        if weight > self.crowd.settings["heavyMib"] and not self.heavy:
            self.heavy = True
            self.tell("heavy")
        if weight > self.crowd.limits["memoryMib"]:
            self.memory = True
            self.crowd.kill()

    def wait(self, pid, fd, take):
        """Until the child `pid` ends, which writes on `fd`; facts of its end."""
        self.crowd.groups.add(pid)
        self.memory = False
        channel = Channel(fd, take)
        poll = select.poll()
        for wanted in (fd, self.output.reading):
            poll.register(wanted, select.POLLIN)
        poll.register(self.report_fd, 0)  # only that nobody reads it any more
        pidfd = -1
        with contextlib.suppress(AttributeError, OSError):
            pidfd = os.pidfd_open(pid)
            poll.register(pidfd, select.POLLIN)
        tick = time.monotonic() + TICK_SECONDS
        try:
            while True:
                wait = max(0.0, min(tick, self.deadline) - time.monotonic()) if pidfd >= 0 else 0.02
                ready = [fd for fd, _ in poll.poll(1000 * wait + 1)]
                if self.report_fd in ready:
                    self.crowd.kill()
                    raise Gone
                self.output.drain()
                if channel.is_open and not channel.drain():
                    poll.unregister(fd)
                    if channel.too_much:
                        self.crowd.kill()
                end = self.end_of(pid)
                if end is not None:
                    channel.drain()
                    return {**end, "tooMuch": channel.too_much}
                now = time.monotonic()
                if now > self.deadline and not self.timed_out:
                    self.timed_out = True
                    self.crowd.kill()
                if self.crowd.is_isolated and now > tick:
                    self.tick(now)
                    tick = time.monotonic() + TICK_SECONDS
        finally:
            os.close(fd)
            if pidfd >= 0:
                os.close(pidfd)

    def end_of(self, pid):
        while True:
            try:
                ended, status, usage = os.wait4(-1 if self.crowd.is_nested else pid, os.WNOHANG)
            except ChildProcessError:
                raise RuntimeError("the sample's process is lost") from None
            if ended == 0:
                return None
            if ended == pid:
                break
        code = os.waitstatus_to_exitcode(status)
        return {
            "code": code if code >= 0 else None,
            "signal": signal_name(-code) if code < 0 else None,
            "memory": self.memory,
            "peakMiB": round(usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 1024), 1),
            "cpuMs": round((usage.ru_utime + usage.ru_stime) * 1000, 1),
        }


def signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


class Channel:
    """What a child writes to its keeper."""

    def __init__(self, fd, take):
        self.fd, self.take = fd, take
        self.received, self.too_much, self.is_open = 0, False, True
        os.set_blocking(fd, False)

    def drain(self):
        while self.is_open:
            try:
                data = os.read(self.fd, 1 << 16)
            except BlockingIOError:
                return True
            self.received += len(data)
            self.too_much = self.received > CHANNEL_BYTES
            self.is_open = bool(data) and not self.too_much
            if data:
                self.take(data)
        return False


def fork(keep):
    """Returns (pid, read end) in the parent and (0, write end) in the child, which has nothing else of ours open than `keep`."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    kept = sorted({0, 1, 2, writing, *keep})
    for low, high in zip(kept, [*kept[1:], 1 << 16]):
        os.closerange(low + 1, high)
    return 0, writing

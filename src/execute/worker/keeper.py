"""One request: what reads it, starts the children that run the sample, watches them, and reports.

On the report channel, a socket: the request comes as its length on a line and JSON; lines of JSON go back, one an event. `ready`
says that all is set up and nothing of the sample was looked at: what goes wrong before is the harness's fault. After `ended`, when no process
of the sample is left, a secret comes and a last line answers with it and the hash of every line before: a process of the sample
that wrote on the channel is found out, and none can know the secret.
"""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import contextlib
import hashlib
import json
import os
import signal
import time
import traceback

import namespaces
from fixtures import lay_out, needs_root, open_root
from kept import kept_files
from pristine import write_all
from watch import Crowd, Gone, Output, Watch


def read_exactly(fd, count):
    data = b""
    while len(data) < count:
        chunk = os.read(fd, min(count - len(data), 1 << 20))
        if not chunk:
            raise Gone
        data += chunk
    return data


def read_line(fd):
    line = b""
    while not line.endswith(b"\n"):
        line += read_exactly(fd, 1)
    return line[:-1]


class Report:
    """Writes events and keeps the hash that seals them."""

    def __init__(self, fd):
        self.fd, self.hash = fd, hashlib.sha256()

    def tell(self, event, **facts):
        line = f"{json.dumps({'event': event, **facts})}\n".encode("ascii")
        self.hash.update(line)
        try:
            write_all(self.fd, line)
        except OSError:
            raise Gone from None

    def seal(self):
        self.tell("ended")
        seal = self.hash.hexdigest()
        self.tell("seal", secret=read_line(self.fd).decode("ascii", "replace"), hash=seal)


class Keeper:
    """What the two styles use to run the children of one sample."""

    def __init__(self, fd, settings):
        self.fd, self.settings = fd, settings
        self.report = Report(fd)
        self.tell = self.report.tell
        self.request = json.loads(read_exactly(fd, int(read_line(fd))))
        self.request["settings"] = settings
        fixtures = self.request.get("fixtures")
        if settings["nested"]:
            is_wide = fixtures is not None and needs_root(fixtures, settings["folders"])
            namespaces.make_private(settings["folders"], open_root if is_wide else None)
        rooms = [] if fixtures is None else lay_out(fixtures, settings["nested"], settings["isolated"])
        self.output = Output(self.request["limits"]["outputKib"] * 1024)
        self.crowd = Crowd(settings, self.request["limits"])
        self.crowd.folders += rooms
        self.watch = None

    def start(self):
        """The clock of the sample runs from here."""
        self.tell("started")
        self.started = time.monotonic()
        self.watch = Watch(self.crowd, self.output, self.tell, self.fd)

    def finish(self):
        self.output.drain(1 << 10)
        ms = round((time.monotonic() - self.started) * 1000, 1)
        if self.request["keep"]:
            files, passed = kept_files(os.getcwd())
            self.tell("kept", files=files, passed=passed)
        self.tell("output", text=self.output.text(), ms=ms, timedOut=self.watch.timed_out)
        self.report.seal()


def keep(fd, settings, harness):
    """Keeps one request to its end; returns the work of a child where it is called in one, else None."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # not for the first process of a namespace, which a sample may signal
    report = Report(fd)
    try:
        keeper = Keeper(fd, settings)
        report = keeper.report
        child = harness[keeper.request["style"]](keeper)
        if child is not None:
            return child
        keeper.finish()
    except Gone:
        pass
    except BaseException:
        with contextlib.suppress(BaseException):
            report.tell("fault", reason=traceback.format_exc()[-2000:])
    return None

"""Reads what a sample left in its folder, after its last process has ended; it may have left anything."""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import base64
import contextlib
import os
import stat

MOST_BYTES, MOST_FILES = 8 * 1024 * 1024, 1000


def kept_files(folder):
    """Regular files below a folder, by relative path, as base64; links and everything else are passed over. And how many did not fit."""
    files, left, passed = [], MOST_BYTES, 0
    for place, _, names in os.walk(os.fsencode(folder)):
        for name in sorted(names):
            path = os.path.join(place, name)
            with contextlib.suppress(OSError):
                fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
                try:
                    size = os.fstat(fd).st_size
                    if not stat.S_ISREG(os.fstat(fd).st_mode) or size > left or len(files) == MOST_FILES:
                        passed += 1
                        continue
                    data = os.read(fd, size)
                    left -= len(data)
                    shown = os.path.relpath(path, os.fsencode(folder)).decode("utf-8", "replace")
                    files.append([shown, base64.b64encode(data).decode("ascii")])
                finally:
                    os.close(fd)
    return files, passed

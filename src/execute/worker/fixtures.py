"""Lays out the folders and files that a task wants to find, for one sample alone.

Where namespaces are nested, the sample gets a root folder of its own, in which closed folders are opened up: what they hold is shown
as before, beside what is laid out. Where bubblewrap has made writable rooms for them, they are filled. Elsewhere (`--isolation none`)
nothing is written outside the sample's own folder.
"""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import base64
import contextlib
import ctypes
import os

import namespaces

READ_ONLY, REMOUNT, BIND, MOVE = 0x1, 0x20, 0x1000, 0x2000
ROOM = "mode=755,size=16m,nr_inodes=4096"


def call_mount(source, target, flags):
    source = None if source is None else os.fsencode(source)
    namespaces.call("mount", source, os.fsencode(target), None, ctypes.c_ulong(flags), None)


def mirror(old, new):
    """Shows a file or folder in a second place."""
    if os.path.islink(old):
        os.symlink(os.readlink(old), new)
        return
    if os.path.isdir(old):
        os.mkdir(new)
    else:
        os.close(os.open(new, os.O_CREAT | os.O_WRONLY))
    call_mount(old, new, namespaces.RECURSIVE | BIND)


def open_up(folder, place):
    """Mounts on `place` a folder in which others can be made, and shows in it what `folder` holds."""
    old = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        names = os.listdir(f"/proc/self/fd/{old}")
        namespaces.mount("tmpfs", place, namespaces.NOSUID | namespaces.NODEV, ROOM)
        for name in names:
            if folder != "/" or name != "tmp":
                mirror(f"/proc/self/fd/{old}/{name}", f"{place}/{name}")
    finally:
        os.close(old)


def open_root():
    """Puts a root folder of this mount namespace's own in the place of the shared one. Must come before /tmp is mounted."""
    open_up("/", "/tmp")
    os.mkdir("/tmp/tmp")
    os.chdir("/tmp")
    call_mount(".", "/", MOVE)
    os.chroot(".")


def close_root():
    call_mount(None, "/", REMOUNT | BIND | READ_ONLY)


def needs_root(fixtures, folders):
    """Whether something is to lie outside the folders that a sample can write to."""
    wanted = [*fixtures["folders"], *[file["path"] for file in fixtures["files"]]]
    inside = tuple(f"{place}/" for place, _ in folders)
    return any(path.startswith("/") and not path.startswith(inside) for path in wanted)


class Layout:
    """`nested`: closed folders can be opened up here. `rooms` are the places where that was done."""

    def __init__(self, nested):
        self.nested, self.rooms = nested, []

    def open(self, folder):
        if self.nested and folder != "/" and not os.access(folder, os.W_OK):
            open_up(folder, folder)
            self.rooms.append(folder)

    def make_folder(self, folder):
        missing = []
        while not os.path.isdir(folder):
            folder, name = os.path.split(folder)
            missing.insert(0, name)
        for name in missing:
            self.open(folder)
            top = folder == "/"
            folder = os.path.join(folder, name)
            os.mkdir(folder)
            os.chmod(folder, 0o755)
            if top and self.nested:
                namespaces.mount("tmpfs", folder, namespaces.NOSUID | namespaces.NODEV, ROOM)
                self.rooms.append(folder)

    def write(self, path, data):
        self.make_folder(os.path.dirname(path))
        self.open(os.path.dirname(path))
        with open(path, "wb") as target:
            target.write(data)


def content(file):
    return base64.b64decode(file["base64"]) if "base64" in file else file["text"].encode("utf-8")


def lay_out(fixtures, nested, isolated):
    """Relative paths are those of the sample's own folder, in which this process stands. Returns the places of new file systems."""
    layout = Layout(nested)
    steps = [(path, None) for path in fixtures["folders"]] + [(file["path"], content(file)) for file in fixtures["files"]]
    for path, data in steps:
        if path.startswith("/") and not isolated:
            continue
        path = os.path.abspath(path)
        # Without nested namespaces there is no room below the system's own folders.
        with contextlib.nullcontext() if nested else contextlib.suppress(OSError):
            layout.make_folder(path) if data is None else layout.write(path, data)
    if nested and layout.rooms:
        close_root()
    return layout.rooms

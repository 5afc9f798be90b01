"""The kernel calls that keep one sample apart from the next; needs every capability within the worker's user namespace."""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import contextlib
import ctypes
import os
import sys

NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
NOSUID, NODEV, NOEXEC, RECURSIVE, PRIVATE = 2, 4, 8, 0x4000, 1 << 18
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_CAP_AMBIENT = 24, 38, 22, 47
LAST_CAPABILITY = 63
MADV_COLLAPSE, LARGE_PAGE = 25, 2 * 2**20
AF_INET, SOCK_DGRAM = 2, 2
SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40

libc = ctypes.CDLL(None, use_errno=True)


def call(name, *arguments):
    if getattr(libc, name)(*arguments) == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def mount(kind, place, flags, options=""):
    try:
        call("mount", kind.encode(), place.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode())
    except OSError as thrown:
        raise OSError(thrown.errno, f"mount {kind} on {place}: {os.strerror(thrown.errno)}") from None


def use_large_pages():
    """Moves this process's memory into pages of 2 MiB where the kernel can (from 6.1): a fork copies an entry for each page."""
    areas = []
    with contextlib.suppress(OSError), open("/proc/self/maps") as maps:
        areas = [line.split() for line in maps]
    for area, rights, _, _, _, *name in areas:
        start, end = [int(each, 16) for each in area.split("-")]
        start, end = -(-start // LARGE_PAGE) * LARGE_PAGE, end // LARGE_PAGE * LARGE_PAGE
        if rights == "rw-p" and name in ([], ["[heap]"]) and start < end:
            libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), MADV_COLLAPSE)


class PidNamespaces:
    """Lets the calling process fork children into PID namespaces of their own, one after the other."""

    def __init__(self):
        self.own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def fork(self):
        """As os.fork; the child is the first process of a new PID namespace."""
        call("unshare", NEWPID)
        try:
            pid = os.fork()
            if pid == 0:
                return 0
        except BaseException:
            call("setns", self.own, NEWPID)
            raise
        call("setns", self.own, NEWPID)
        return pid


def start_loopback():
    """Without the modules `socket` and `fcntl`, whose import takes longer than all else here and which the samples would find loaded."""
    up = b"lo".ljust(16, b"\0") + (IFF_UP | IFF_RUNNING).to_bytes(2, sys.byteorder) + bytes(22)
    any_socket = libc.socket(AF_INET, SOCK_DGRAM, 0)
    try:
        call("ioctl", any_socket, ctypes.c_ulong(SIOCSIFFLAGS), up)
    finally:
        os.close(any_socket)


def bound_shared_memory(folder_bytes):
    """System V segments belong to no process: together they get what /dev/shm gets."""
    pages = folder_bytes // os.sysconf("SC_PAGE_SIZE")
    for name, value in (("shmall", pages), ("shmmax", folder_bytes)):
        with contextlib.suppress(OSError), open(f"/proc/sys/kernel/{name}", "w") as file:
            file.write(str(value))


def make_private(folders, open_root=None):
    """Gives the first process of a PID namespace everything else of its own. `folders`: place and size in bytes of each that can be written.

    `open_root` is called, if given, before anything is mounted.
    """
    call("unshare", NEWNS | NEWUTS | NEWIPC | NEWNET | NEWCGROUP)
    call("mount", None, b"/", None, ctypes.c_ulong(RECURSIVE | PRIVATE), None)
    if open_root is not None:
        open_root()
    for place, size in folders:
        mount("tmpfs", place, NOSUID | NODEV, f"mode=1777,size={size},nr_inodes={max(1024, size // 4096)}")
    mount("devpts", "/dev/pts", NOSUID | NOEXEC, "newinstance,ptmxmode=0666,mode=620")
    mount("proc", "/proc", NOSUID | NODEV | NOEXEC)
    bound_shared_memory(dict(folders)["/dev/shm"])
    start_loopback()
    os.mkdir("/tmp/work", 0o777)
    os.chmod("/tmp/work", 0o777)
    os.chdir("/tmp/work")


class Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def become_nobody():
    """A user namespace of its own, in which no other can be made, so that processes are counted for this sample alone."""
    call("unshare", NEWUSER)
    for name, text in (("setgroups", "deny"), ("uid_map", "1000 0 1"), ("gid_map", "1000 0 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)
    with open("/proc/sys/user/max_user_namespaces", "w") as file:
        file.write("0")


def give_up_capabilities():
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    call("capset", ctypes.byref(Header(0x20080522, 0)), (ctypes.c_uint32 * 6)())


def allow_no_new_privileges():
    call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def install_filter(instructions):
    program = Program(len(instructions) // 8, instructions)
    call("prctl", PR_SET_SECCOMP, 2, ctypes.byref(program), 0, 0)

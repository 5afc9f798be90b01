"""The filter of system calls that a sample has no use for, made by libseccomp where the machine has it."""

import builtins

__builtins__ = dict(vars(builtins))  # samples patch the other one

import ctypes
import errno
import os

from namespaces import NEWCGROUP, NEWIPC, NEWNET, NEWNS, NEWPID, NEWUSER, NEWUTS

ALLOW = 0x7FFF0000
COMPARE_MASKED_EQUAL, COMPARE_NOT_EQUAL = 7, 1
TIOCSTI, TIOCLINUX = 0x5412, 0x541C

REFUSED = """
acct add_key bpf chroot clock_adjtime clock_settime create_module delete_module fanotify_init finit_module fsconfig fsmount
fsopen fspick init_module io_uring_enter io_uring_register io_uring_setup ioperm iopl kcmp kexec_file_load kexec_load keyctl
lookup_dcookie mount mount_setattr move_mount name_to_handle_at nfsservctl open_by_handle_at open_tree perf_event_open
pidfd_getfd pivot_root process_madvise process_vm_readv process_vm_writev ptrace quotactl quotactl_fd reboot request_key
setdomainname sethostname setns settimeofday swapoff swapon syslog umount umount2 unshare userfaultfd vhangup
""".split()


class Comparison(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def refuse(number):
    return 0x00050000 | number


def with_errno(number):
    if number < 0:
        raise OSError(-number, f"libseccomp: {os.strerror(-number)}")
    return number


def rules():
    """System call, error number, comparisons that must hold (none: always)."""
    for name in REFUSED:
        yield name, errno.EPERM, []
    # glibc falls back to clone, whose flags can be looked at.
    yield "clone3", errno.ENOSYS, []
    # Memory that belongs to no process is in no process's weight.
    for name in ("memfd_create", "memfd_secret"):
        yield name, errno.ENOSYS, []
    for flag in (NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET):
        yield "clone", errno.EPERM, [Comparison(0, COMPARE_MASKED_EQUAL, flag, flag)]
    # Limits of another process: that of the harness has the same user.
    yield "prlimit64", errno.EPERM, [Comparison(0, COMPARE_NOT_EQUAL, 0, 0), Comparison(2, COMPARE_NOT_EQUAL, 0, 0)]
    for request in (TIOCSTI, TIOCLINUX):
        yield "ioctl", errno.ENOTTY, [Comparison(1, COMPARE_MASKED_EQUAL, 0xFFFFFFFF, request)]


def filter_instructions():
    """The filter as the kernel takes it; None where there is no libseccomp."""
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        return None
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_rule_add_array.argtypes = [
        *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.POINTER(Comparison)),
    ]
    library.seccomp_export_bpf.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library.seccomp_release.argtypes = [ctypes.c_void_p]
    context = library.seccomp_init(ALLOW)
    for name, number, comparisons in rules():
        known = library.seccomp_syscall_resolve_name(name.encode())
        if known >= 0:
            array = (Comparison * max(1, len(comparisons)))(*comparisons)
            with_errno(library.seccomp_rule_add_array(context, refuse(number), known, len(comparisons), array))
    file = os.memfd_create("filter")
    try:
        with_errno(library.seccomp_export_bpf(context, file))
        return os.pread(file, 1 << 20, 0)
    finally:
        os.close(file)
        library.seccomp_release(context)

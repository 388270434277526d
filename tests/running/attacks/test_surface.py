"""Interfaces of the kernel that no lesson needs."""

from tests.running.attacks.conftest import TRIES
from tests.running.conftest import Run

# Each must answer with a refusal; x86_64 and aarch64 numbers where there is no function for it.
CALLS = {
    "user-namespace": "libc.unshare(0x10000000)",
    "mount-namespace": "libc.unshare(0x00020000)",
    "network-namespace": "libc.unshare(0x40000000)",
    "clone-into-namespace": "libc.syscall(56 if X86 else 220, 0x10000011, 0, 0, 0, 0)",
    "clone3": "libc.syscall(435, 0, 0)",
    "setns": "libc.setns(os.open('/dev/null', os.O_RDONLY), 0)",
    "mount": "libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)",
    "umount": "libc.umount2(b'/tmp', 2)",
    "new-mount": "libc.syscall(430, b'tmpfs', 0)",
    "open-tree": "libc.syscall(428, -100, b'/', 1)",
    "mount-attributes": "libc.syscall(442, -100, b'/', 0, 0, 0)",
    "pivot-root": "libc.syscall(155 if X86 else 41, b'/', b'/')",
    "chroot": "libc.chroot(b'.')",
    "ptrace": "libc.ptrace(0, 0, 0, 0)",
    "process-memory": "libc.process_vm_readv(os.getpid(), 0, 0, 0, 0, 0)",
    "io_uring": "libc.syscall(425, 8, 0)",
    "io_uring-register": "libc.syscall(427, 0, 0, 0, 0)",
    "pidfd_getfd": "libc.syscall(438, 0, 0, 0)",
    "kcmp": "libc.syscall(312 if X86 else 272, os.getpid(), os.getpid(), 0, 0, 0)",
    "bpf": "libc.syscall(321 if X86 else 280, 0, 0, 0)",
    "perf": "libc.syscall(298 if X86 else 241, 0, 0, -1, -1, 0)",
    "userfaultfd": "libc.syscall(323 if X86 else 282, 1)",
    "keyctl": "libc.syscall(250 if X86 else 219, 0, -3, 0)",
    "add-key": "libc.syscall(248 if X86 else 217, b'user', b'x', b'y', 1, -3)",
    "request-key": "libc.syscall(249 if X86 else 218, b'user', b'x', 0, 0)",
    "kernel-log": "libc.klogctl(3, None, 0)",
    "name-to-handle": "libc.syscall(303 if X86 else 264, -100, b'.', 0, 0, 0)",
    "open-by-handle": "libc.syscall(304 if X86 else 265, 0, 0, 0)",
    "fanotify": "libc.syscall(300 if X86 else 262, 0, 0)",
    "memfd": "libc.syscall(319 if X86 else 279, b'x', 0)",
    "secret-memory": "libc.syscall(447, 0)",
    "kexec": "libc.syscall(246 if X86 else 104, 0, 0, 0, 0)",
    "module": "libc.syscall(313 if X86 else 273, 0, b'', 0)",
    "swap": "libc.syscall(167 if X86 else 224, b'/x', 0)",
    "accounting": "libc.acct(b'/x')",
    "quota": "libc.syscall(179 if X86 else 60, 0, 0, 0, 0)",
    "reboot": "libc.syscall(169 if X86 else 142, 0, 0, 0, 0)",
    "clock": "libc.syscall(227 if X86 else 112, 0, 0)",
    "host-name": "libc.sethostname(b'x', 1)",
    "domain-name": "libc.setdomainname(b'x', 1)",
    "memory-policy": "libc.syscall(238 if X86 else 237, 0, 0, 0)",
    "personality": "libc.personality(0x0040000)",
    "setuid": "libc.setuid(0)",
    "capability-bounds": "libc.prctl(24, 0, 0, 0, 0)",
    "keep-capabilities-and-raise": "libc.prctl(47, 2, 21, 0, 0)",
    "terminal-input": "libc.ioctl(0, 0x5412, b'x')",
    "console": "libc.ioctl(0, 0x541C, b'x')",
    "xattr-from-the-future": "libc.syscall(463, -100, b'.', 0, b'user.x', 0, 0)",
    "from-the-future": "libc.syscall(9999)",
    "other-numbering": "libc.syscall(0x40000000 + 39)",
}


def test_the_kernel_refuses(run: Run) -> None:
    asked = [f"print({name!r}, {call})" for name, call in CALLS.items()]
    [outcome] = run(TRIES + "\n".join(asked))
    answered = dict(line.split() for line in outcome.stdout.splitlines())
    assert answered == dict.fromkeys(CALLS, "-1")


def test_a_call_of_another_architecture_ends_the_process(run: Run) -> None:
    source = """
import mmap, platform
if platform.machine() == "x86_64":
    # mov eax, 20 (getpid of 32 bits); int 0x80; ret
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(bytes.fromhex("b814000000cd80c3"))
    entry = ctypes.addressof(ctypes.c_char.from_buffer(code))
    ctypes.CFUNCTYPE(ctypes.c_int)(entry)()
else:
    os.kill(os.getpid(), 31)
"""
    [outcome] = run(TRIES + source)
    assert (outcome.kind, outcome.reason) == ("crashed", "the interpreter was ended by signal 31 (SIGSYS)")

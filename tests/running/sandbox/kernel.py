"""What the kernel does with a seccomp filter: a small interpreter of BPF."""

import struct

import pytest


def decide(program: bytes, arch: int, number: int, *arguments: int) -> int:
    """What the kernel would answer to a system call."""
    data = struct.pack(
        "=iIQ6Q", number - (1 << 32) * (number >= 1 << 31), arch, 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6]
    )
    code = list(struct.iter_unpack("HBBI", program))
    accumulator = at = 0
    while True:
        operation, if_true, if_false, value = code[at]
        at += 1
        match operation:
            case 0x20:
                (accumulator,) = struct.unpack_from("I", data, value)
            case 0x06:
                return int(value)
            case 0x15:
                at += if_true if accumulator == value else if_false
            case 0x25:
                at += if_true if accumulator > value else if_false
            case 0x35:
                at += if_true if accumulator >= value else if_false
            case 0x54:
                accumulator &= value
            case 0x45:
                at += if_true if accumulator & value else if_false
            case _:
                pytest.fail(f"unknown instruction {operation:#x}")

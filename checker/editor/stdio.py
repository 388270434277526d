"""Reserves standard input and output for the protocol."""

import os
from typing import BinaryIO


def take_stdio() -> tuple[BinaryIO, BinaryIO]:
    """The streams to and from the editor; other output goes to standard error from now on.

    Output of a library, or of a program that is started, would corrupt the protocol.
    """
    reader = os.fdopen(os.dup(0), "rb")
    writer = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return reader, writer

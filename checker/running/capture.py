"""Captures what a block prints, up to a limit."""

from typing import Literal

Stream = Literal["stdout", "stderr"]


class Capture:
    """The bytes of one block's two streams; together they keep `limit` bytes and count the rest."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: dict[Stream, bytearray] = {"stdout": bytearray(), "stderr": bytearray()}
        self._dropped: dict[Stream, int] = {"stdout": 0, "stderr": 0}

    def add(self, stream: Stream, data: bytes) -> None:
        """Keep the part of the data that still fits."""
        room = self._limit - sum(map(len, self._kept.values()))
        self._kept[stream] += data[:room]
        self._dropped[stream] += max(0, len(data) - room)

    def text(self, stream: Stream) -> str:
        """The captured text, with invalid UTF-8 replaced and a note on how much was dropped."""
        text = self._kept[stream].decode(errors="replace")
        dropped = self._dropped[stream]
        return f"{text}\n… dropped {dropped:,} bytes" if dropped else text

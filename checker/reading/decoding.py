"""Decodes a lesson: UTF-8 only, with a helpful error for other encodings."""

import codecs
from itertools import accumulate, count, pairwise
from operator import add

from checker.patterns import regex

MAX_LINE = 2 * 1024 * 1024

_LINE_END = regex(r"\r\n|\n|\r")

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_OTHER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

_LFS_POINTER = b"version https://git-lfs.github.com/spec/"


class UnreadableError(Exception):
    """A file cannot be read as a lesson: the name of the rule that reports it, and why, in words."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def line_starts(text: str) -> tuple[int, ...]:
    r"""The offset of every line's first character. Lines end only in `\n`, `\r\n` or `\r`."""
    if "\r" in text:
        return (0, *(end.end() for end in _LINE_END.finditer(text)))
    lines = text.split("\n")[:-1]
    return (0, *map(add, accumulate(map(len, lines)), count(1)))


def decode(data: bytes) -> str:
    """The text of a lesson without its byte order mark.

    Raises UnreadableError for anything but UTF-8 text.
    """
    if data.startswith(_LFS_POINTER):
        raise UnreadableError(
            "not-text",
            "this is a Git LFS pointer, not the lesson it stands for: run `git lfs pull` to fetch the lesson",
        )
    for mark, encoding in _OTHER_MARKS:
        if data.startswith(mark):
            raise UnreadableError("not-text", f"this file is {encoding}, not UTF-8: save it as UTF-8")
    if b"\0" in data:
        raise UnreadableError("not-text", _about_nul(data))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError("not-text", _about_invalid(data, error.start)) from None
    text = text.removeprefix("\ufeff")
    _refuse_long_line(text)
    return text


def _about_nul(data: bytes) -> str:
    first = data.index(b"\0")
    # In UTF-16, every second byte of ASCII text is NUL; binary files have other bytes there too.
    for zeros, texts in ((data[1::2], data[::2]), (data[::2], data[1::2])):
        if zeros.count(0) > 0.9 * len(zeros) and texts.count(0) < 0.1 * len(texts):
            return "this file looks like UTF-16 (every second byte is NUL), not UTF-8: save it as UTF-8"
    return f"this is not a text file: byte {first} is NUL; a lesson is UTF-8 text"


def _about_invalid(data: bytes, offset: int) -> str:
    line = len(line_starts(data[:offset].decode("utf-8")))
    where = f"byte {offset} (line {line}) is 0x{data[offset]:02x}, which is not UTF-8"
    return f"{where}; {_likely_encoding(data)}"


def _likely_encoding(data: bytes) -> str:
    high = sum(byte >= 0x80 for byte in data)
    valid = sum(len(char.encode()) for char in data.decode("utf-8", errors="ignore") if ord(char) >= 0x80)
    if valid > high / 2:
        return "the rest of the file is UTF-8: this part is damaged, rewrite it"
    # Cyrillic words are runs of high bytes; Latin ones have single high bytes.
    neighbours = sum(left >= 0x80 and right >= 0x80 for left, right in pairwise(data))
    guess = "Windows-1251 (Cyrillic)" if neighbours > high / 2 else "Latin-1 (Windows-1252)"
    return f"the file looks like {guess}: save it as UTF-8"


def _refuse_long_line(text: str) -> None:
    if len(text) <= MAX_LINE:
        return
    starts = (*line_starts(text), len(text))
    for number, (start, end) in enumerate(pairwise(starts), start=1):
        if end - start > MAX_LINE:
            raise UnreadableError(
                "file-too-large",
                f"line {number} has {end - start:,} characters; lines over {MAX_LINE:,} are not read: "
                "break the line, or move the data to a file of its own",
            )

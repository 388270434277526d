import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reading.decoding import MAX_LINE, UnreadableError, decode, line_starts

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"# Title\r\n\r\ntext\r", "# Title\r\n\r\ntext\r"),
        ("Урок 😀 \u00a0\u2028\x0c".encode(), "Урок 😀 \u00a0\u2028\x0c"),
        (b"\xef\xbb\xbf---\ntitle: x\n---\n", "---\ntitle: x\n---\n"),
        # Only the first mark is one.
        (b"\xef\xbb\xbf\xef\xbb\xbfx", "\ufeffx"),
        (
            b"the line version https://git-lfs.github.com/spec/v1",
            "the line version https://git-lfs.github.com/spec/v1",
        ),
        (b"\x01 is an odd character, and text", "\x01 is an odd character, and text"),
        (b"x" * MAX_LINE + b"\n" + b"y" * 10, "x" * MAX_LINE + "\n" + "y" * 10),
    ],
)
def test_text_is_taken_as_it_is(data: bytes, text: str) -> None:
    if len(data) > MAX_LINE:
        data, text = data.replace(b"x" * MAX_LINE, b"x" * (MAX_LINE - 1)), text.replace("x", "", 1)
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "rule", "words"),
    [
        (POINTER, "not-text", ["Git LFS pointer", "git lfs pull"]),
        ("Урок".encode("utf-16"), "not-text", ["UTF-16", "save it as UTF-8"]),
        ("lesson".encode("utf-32"), "not-text", ["UTF-32", "save it as UTF-8"]),
        ("# A lesson in plain words".encode("utf-16-le"), "not-text", ["looks like UTF-16"]),
        ("# A lesson in plain words".encode("utf-16-be"), "not-text", ["looks like UTF-16"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not-text", ["not a text file", "byte 8 is NUL"]),
        (b"# Title\n\nSome text\0 and more of it\n", "not-text", ["byte 18 is NUL"]),
        (
            "# Урок\n\nПервый абзац, кириллица.\n".encode("cp1251"),
            "not-text",
            ["byte 2 (line 1) is 0xd3", "Windows-1251"],
        ),
        (
            "# Leçon\n\nDéjà vu, à côté.\n".encode("latin-1"),
            "not-text",
            ["byte 4 (line 1) is 0xe7", "Latin-1"],
        ),
        (
            "Урок первый\n".encode() + b"\n\xff" + "и второй".encode(),
            "not-text",
            ["(line 3) is 0xff", "damaged"],
        ),
        # A surrogate, which UTF-8 does not allow.
        (b"line\r\nline\r\xed\xa0\x80", "not-text", ["byte 11 (line 3) is 0xed"]),
        (b"short\n" + b"y" * (MAX_LINE + 1), "file-too-large", ["line 2 has 2,097,153 characters"]),
    ],
)
def test_what_is_not_utf8_text_is_refused_with_what_it_looks_like(
    data: bytes, rule: str, words: list[str]
) -> None:
    with pytest.raises(UnreadableError) as refused:
        decode(data)
    assert refused.value.rule == rule
    assert [word for word in words if word not in str(refused.value)] == []


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", (0,)),
        ("a", (0,)),
        ("a\n", (0, 2)),
        ("a\r\nb\rc\n\nd", (0, 3, 5, 7, 8)),
        # These end lines for str.splitlines, but not in a lesson.
        ("a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g", (0,)),
    ],
)
def test_lines_end_as_they_do_for_markdown(text: str, starts: tuple[int, ...]) -> None:
    assert line_starts(text) == starts


@given(st.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except UnreadableError as error:
        refused: str | None = error.rule
    else:
        refused = None
        assert text.encode() == data.removeprefix(b"\xef\xbb\xbf")
    assert refused in {None, "not-text", "file-too-large"}

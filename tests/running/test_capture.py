import pytest

from checker.running.capture import Capture


def printed(limit: int, *chunks: tuple[str, bytes]) -> tuple[str, str]:
    capture = Capture(limit)
    for stream, data in chunks:
        capture.add(stream, data)  # type: ignore[arg-type]
    return capture.text("stdout"), capture.text("stderr")


CASES = [
    ((), ("", "")),
    ((("stdout", b"a"), ("stdout", b"b"), ("stderr", b"c")), ("ab", "c")),
    # A character may come in two pieces.
    ((("stdout", b"\xd0"), ("stdout", b"\xb6")), ("ж", "")),
    ((("stdout", b"a\xffb"),), ("a\N{REPLACEMENT CHARACTER}b", "")),
    ((("stdout", b"1234"), ("stderr", b"567")), ("1234", "567")),
    ((("stdout", b"12345678"),), ("1234567\n… dropped 1 bytes", "")),
    ((("stdout", b"1234567"), ("stderr", b"8")), ("1234567", "\n… dropped 1 bytes")),
    ((("stdout", b"1" * 2007),), ("1111111\n… dropped 2,000 bytes", "")),
]


@pytest.mark.parametrize(("chunks", "texts"), CASES)
def test_keeps_what_fits_and_counts_the_rest(
    chunks: tuple[tuple[str, bytes], ...], texts: tuple[str, str]
) -> None:
    assert printed(7, *chunks) == texts

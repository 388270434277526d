"""What holds of every document, whatever the text: what later stages rely on to find a place in it."""

from bisect import bisect_right

from checker.reading.decoding import line_starts
from checker.reading.document import Document, Fence


def check_document(text: str, document: Document) -> None:
    """Assert that all parts lie in the text, in its order, and hold what stands there."""
    starts = line_starts(text)
    end = document.head.end if document.head is not None else 0
    for fence in document.fences:
        assert end <= fence.start < fence.end <= len(text)
        _check_lines(text, starts, fence)
        end = fence.end
    for comment in document.comments:
        assert 0 <= comment.start < comment.text_start <= comment.end <= len(text)
        assert text.startswith(comment.text, comment.text_start)
    for start, stop in [
        *((passage.start, passage.end) for passage in document.passages),
        *((fault.start, fault.end) for fault in document.faults),
    ]:
        assert 0 <= start <= stop <= len(text)
    _check_order([part.start for part in document.comments])
    _check_order([part.start for part in document.passages])
    _check_order([part.start for part in document.faults])
    assert document.refusal is None or document.refusal in document.faults


def _check_order(starts: list[int]) -> None:
    assert starts == sorted(starts)


def _check_lines(text: str, starts: tuple[int, ...], fence: Fence) -> None:
    """Every line of a fence is its opening, its closing or a line of code that stands there."""
    assert fence.meta_start == -1 or fence.start < fence.meta_start < fence.end
    first, last = bisect_right(starts, fence.start), bisect_right(starts, fence.end)
    inside = last - first - fence.closed
    # A fence that its list item cuts off loses one blank line; the official parser has it so.
    assert len(fence.lines) == inside or (not fence.closed and len(fence.lines) == inside - 1)
    code = fence.code.split("\n") if fence.lines else []
    for number, (where, line) in enumerate(zip(fence.lines, code, strict=True), first + 1):
        assert bisect_right(starts, where.offset) == number
        stop = starts[number] if number < len(starts) else len(text)
        assert line == " " * where.pad + _as_read(text[where.offset : stop])


def _as_read(line: str) -> str:
    return line.rstrip("\r\n").replace("\0", "\ufffd")

"""What a session says is not believed further than it goes: it comes from the lesson's own process."""

import pytest

from checker.running import messages
from tests.running.said import FAILURE, line

NOT_REPORTS = [
    pytest.param(b"", id="nothing"),
    pytest.param(b"\xff\xfe", id="not-text"),
    pytest.param(b"[" * 100_000, id="deep"),
    pytest.param(b"{}", id="empty"),
    pytest.param(b'{"nonce": "n"}', id="incomplete"),
    pytest.param(line(nonce="other"), id="another-nonce"),
    pytest.param(line(nonce=None), id="no-nonce"),
    pytest.param(line(kind="passed"), id="unknown-key"),
    pytest.param(line(figures=["no base64!"]), id="figure-in-another-form"),
    pytest.param(line(limit="patience"), id="unknown-limit"),
    pytest.param(line(error={**FAILURE, "line": "11"}), id="line-as-text"),
    pytest.param(line(error={**FAILURE, "line": 1 << 31}), id="line-beyond-numbers"),
    pytest.param(line(error={**FAILURE, "column": -1}), id="column-below-numbers"),
    pytest.param(line(error={**FAILURE, "traceback": [["l.mdx", 1 << 70, "f"]]}), id="frame-beyond-numbers"),
    pytest.param(line(error={**FAILURE, "traceback": [["l.mdx"]]}), id="half-a-frame"),
    pytest.param(line(warnings=[["W", "m"]]), id="half-a-warning"),
    pytest.param(line().replace(b'"n"', b'"\\ud800"'), id="lone-surrogate"),
]


@pytest.mark.parametrize("said", NOT_REPORTS)
def test_what_is_no_report_of_this_cell_is_none(said: bytes) -> None:
    assert messages.read_report(said, "n") is None


NOT_DRAINED = [
    b"", b"{", b"[]", b'{"drained": true}', b'{"nonce": "m", "drained": true}',
    b'{"nonce": "n", "drained": 1}', b'{"nonce": "n"}',
    b'{"nonce": "n", "drained": true, "more": 1}', b"[" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("said", NOT_DRAINED)
def test_other_lines_do_not_say_how_far_a_cell_has_read(said: bytes) -> None:
    assert messages.read_progress(said, "n") is None


@pytest.mark.parametrize("drained", [True, False])
def test_a_line_says_how_far_a_cell_has_read(*, drained: bool) -> None:
    said = b'{"nonce": "n", "drained": %s}' % str(drained).lower().encode()
    assert messages.read_progress(said, "n") == messages.Reading("n", drained)

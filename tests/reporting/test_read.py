from pathlib import Path

import msgspec
import pytest

from checker.errors import CheckerError
from checker.reporting import read
from checker.reporting.read import read_results
from tests.reporting.health.documents import block, document, found


def test_a_document_is_read_as_it_was_written(tmp_path: Path) -> None:
    results = document([block()], [found()])
    (tmp_path / "r.json").write_bytes(msgspec.json.encode(results))
    assert read_results(str(tmp_path / "r.json")) == results


def test_a_document_of_the_first_version_has_neither_titles_nor_code(tmp_path: Path) -> None:
    old = msgspec.to_builtins(document([block()], [found()]))
    for key in ("lessons", "run", "baseline"):
        del old[key]
    for each in old["blocks"]:
        del each["code"], each["digest"]
    for each in old["findings"]:
        del each["fingerprint"], each["known"]
    del old["summary"]["findings"]["known"]
    (tmp_path / "r.json").write_bytes(msgspec.json.encode(old))
    read_again = read_results(str(tmp_path / "r.json"))
    assert (read_again.lessons, read_again.run, read_again.blocks[0].code) == ((), None, "")


@pytest.mark.parametrize(
    ("content", "said", "newer"),
    [
        (b"", "not a results document", False),
        (b"\xff\xfe", "not a results document", False),
        (b"[" * 100_000, "not a results document", False),
        (b'{"a": 1}', "not a results document", True),
        (b'{"schema": 2}', "not a results document", True),
    ],
)
def test_what_is_none_says_so(tmp_path: Path, content: bytes, said: str, newer: bool) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(content)
    with pytest.raises(CheckerError, match=said) as failure:
        read_results(str(path))
    assert str(failure.value).startswith(f"{path}: ")
    assert ("newer coursecheck" in failure.value.remedy) is newer
    assert "--output json=results.json" in failure.value.remedy


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CheckerError, match="No such file"):
        read_results(str(tmp_path / "none.json"))
    with pytest.raises(CheckerError, match="Is a directory"):
        read_results(str(tmp_path))


def test_what_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "_MOST_BYTES", 10)
    (tmp_path / "r.json").write_bytes(b" " * 11)
    with pytest.raises(CheckerError, match="larger than"):
        read_results(str(tmp_path / "r.json"))

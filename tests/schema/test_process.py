"""The process that judges: it answers for every lesson, and is ended when it takes too long."""

import json
from pathlib import Path

import pytest

from checker.errors import CheckerError, ConfigError
from checker.schema import process
from checker.schema.process import Task, Violation, judge


def written(folder: Path, name: str, schema: object) -> str:
    path = folder / name
    path.write_text(json.dumps(schema), encoding="utf-8")
    return str(path)


def test_nothing_is_started_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_START", "raise SystemExit('started')")
    assert list(judge([])) == []


def test_answers_come_in_order_for_all_schemas(tmp_path: Path) -> None:
    text = written(tmp_path, "text.json", {"properties": {"a": {"type": "string"}}})
    number = written(tmp_path, "number.json", {"properties": {"a": {"type": "number"}}})
    found = list(judge([Task(text, [{"a": "x"}, {"a": 1}]), Task(number, [{"a": "я"}])]))
    assert found == [
        [],
        [Violation(("a",), None, "a is the number 1; text is expected: put it in quotes")],
        [Violation(("a",), None, "a is the text 'я'; a number is expected")],
    ]


def test_a_schema_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    schema = written(tmp_path, "schema.json", {"$ref": "http://127.0.0.1:9/"})
    with pytest.raises(ConfigError) as caught:
        list(judge([Task(schema, [{}])]))
    assert str(caught.value).startswith(f"{schema}: $ref 'http://127.0.0.1:9/' leads nowhere")


def test_modules_of_the_current_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = written(tmp_path, "schema.json", {})
    for name in ("jsonschema.py", "json.py", "checker.py"):
        (tmp_path / name).write_text("raise SystemExit('a stranger was here')")
    monkeypatch.chdir(tmp_path)
    assert list(judge([Task(schema, [{}])])) == [[]]


def doubled(keyword: str, times: int) -> dict[str, object]:
    """A schema with 2 ** times branches."""
    layers = {
        f"n{n}": {keyword: [{"$ref": f"#/$defs/n{n - 1}"}, {"$ref": f"#/$defs/n{n - 1}"}]}
        for n in range(1, times + 1)
    }
    return {"$defs": {"n0": {"const": 1}, **layers}, "$ref": f"#/$defs/n{times}"}


@pytest.mark.parametrize(
    "schema",
    [{"properties": {"title": {"pattern": "^(a+)+$"}}}, doubled("allOf", 30), doubled("anyOf", 30)],
    ids=["pattern", "allOf", "anyOf"],
)
def test_what_takes_too_long_is_ended(tmp_path: Path, schema: object) -> None:
    path = written(tmp_path, "schema.json", schema)
    lessons = [{"title": "a" * 60 + "!"}]
    with pytest.raises(ConfigError) as caught:
        list(judge([Task(path, lessons)]))
    assert str(caught.value) == f"{path}: judging one lesson's frontmatter takes too long"
    assert "(a+)+" in caught.value.remedy


def test_a_machine_that_has_much_to_do_is_no_slow_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = "worker.load_schema = lambda path, load=worker.load_schema: (time.sleep(2), load(path))[1]"
    start = process._START.replace("from checker.schema.worker import main; main()", "")
    monkeypatch.setattr(
        process, "_START", f"{start}import time; from checker.schema import worker; {waits}; worker.main()"
    )
    assert list(judge([Task(written(tmp_path, "schema.json", {}), [{}])])) == [[]]


def test_a_worker_that_dies_is_our_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = written(tmp_path, "schema.json", {})
    monkeypatch.setattr(process, "_START", "raise RuntimeError('out of order')")
    with pytest.raises(CheckerError, match="failed: RuntimeError: out of order") as caught:
        list(judge([Task(schema, [{}])]))
    assert not isinstance(caught.value, ConfigError)

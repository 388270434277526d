from pathlib import Path
from typing import Any

import pytest

from checker import pipeline
from checker.editor.documents import Document, OpenDocuments
from checker.model import CourseResult


def document(path: Path, text: str, version: int = 1) -> Document:
    return Document(path.as_uri(), str(path), text, version)


def test_what_has_not_changed_is_not_checked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = OpenDocuments(trust=False)
    here = document(tmp_path / "a.mdx", "# Tea\n")
    documents.put(here)
    first = documents.judged(here.uri)
    monkeypatch.setattr(pipeline, "check", None)
    assert documents.judged(here.uri) is first
    assert documents.judged("file:///nowhere") is None


def test_one_that_cannot_be_checked_does_not_take_the_others_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = pipeline.check

    def fails_at_milk(options: pipeline.Options, *given: Any, **more: Any) -> CourseResult:
        if any(b"Milk" in each for each in options.contents or ()):
            raise KeyError("ours")
        return check(options, *given, **more)

    monkeypatch.setattr(pipeline, "check", fails_at_milk)
    documents = OpenDocuments(trust=False)
    for name in ("Tea", "Milk", "Salt"):
        documents.put(document(tmp_path / f"{name}.mdx", f"# {name}\n"))
    failed = {
        Path(each.document.path).stem: each.failure is not None for each in documents.check(documents.uris())
    }
    assert failed == {"Tea": False, "Milk": True, "Salt": False}


@pytest.mark.parametrize(("config", "rounds"), [("", 2), ("coursecheck.toml", 1)])
def test_lessons_of_one_course_are_checked_together(
    config: str, rounds: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A configuration says what a course is; without one it is the folder above the lesson's own."""
    check, checked = pipeline.check, []

    def counts(options: pipeline.Options, *given: Any, **more: Any) -> CourseResult:
        checked.append(len(options.paths))
        return check(options, *given, **more)

    monkeypatch.setattr(pipeline, "check", counts)
    if config:
        (tmp_path / config).write_text("")
    documents = OpenDocuments(trust=False)
    for name in ("tea/01/a.mdx", "tea/02/b.mdx", "milk/01/c.mdx"):
        (tmp_path / name).parent.mkdir(parents=True)
        documents.put(document(tmp_path / name, "# Tea\n"))
    assert len([*documents.check(documents.uris())]) == 3
    assert (len(checked), sum(checked)) == (rounds, 3)


def test_what_git_ignores_is_no_lesson_and_what_is_not_saved_may_be_one(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("hidden.mdx\n")
    (tmp_path / "coursecheck.toml").write_text('[course]\nlessons = ["**/*.mdx"]\n')
    documents = OpenDocuments(trust=False)
    wanted = {"hidden.mdx": False, "seen.mdx": True, "new.mdx": True, "new.md": False, "README.md": False}
    for name in ("hidden.mdx", "seen.mdx"):
        (tmp_path / name).write_text("# Tea\n")
    for name in wanted:
        documents.put(document(tmp_path / name, "# Tea\n"))
    found = {
        Path(each.document.path).name: each.result is not None for each in documents.check(documents.uris())
    }
    assert found == wanted


def test_a_project_that_is_no_toml_is_said(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.coursecheck\n")
    documents = OpenDocuments(trust=False)
    here = document(tmp_path / "a.mdx", "# Tea\n")
    documents.put(here)
    judged = documents.judged(here.uri)
    assert judged
    assert "pyproject.toml" in str(judged.failure)

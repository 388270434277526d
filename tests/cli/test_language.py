import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.cli.language import language, of_locale
from tests.cli.conftest import Command, FakePipeline
from tests.reporting.courses import PYTHON_AND_MORE, at, finding, lesson, mixed, result, unrun


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LANG": ""},
        {"LANG": "C.UTF-8"},
        {"LANG": "en_GB.UTF-8"},
        {"LANG": "rue"},
        {"LC_ALL": "C", "LANG": "ru_RU.UTF-8"},
        {"LC_MESSAGES": "en_US", "LANG": "ru_RU.UTF-8"},
        {"LC_CTYPE": "ru_RU.UTF-8"},
        {"CI": "true", "LANG": "ru_RU.UTF-8"},
    ],
)
def test_english_is_for_everybody(environment: dict[str, str]) -> None:
    assert of_locale(environment) == "en"


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "ru"},
        {"LANG": "ru_RU.UTF-8"},
        {"LANG": "ru.KOI8-R"},
        {"LANG": "ru_UA@euro"},
        {"LC_ALL": "", "LC_MESSAGES": "ru_RU.UTF-8", "LANG": "en_US"},
        {"LC_ALL": "ru_RU.UTF-8", "LANG": "en_US"},
    ],
)
def test_russian_is_for_russian_locales(environment: dict[str, str]) -> None:
    assert of_locale(environment) == "ru"


@pytest.mark.parametrize(
    ("asked", "output_format", "by_locale", "wanted"),
    [
        (None, "json", True, "en"),
        ("ru", "json", True, "en"),
        ("ru", "github", True, "en"),
        ("en", "full", True, "en"),
        (None, "markdown", False, "en"),
        (None, "full", True, "ru"),
        (None, "concise", True, "ru"),
        (None, "markdown", True, "ru"),
        ("ru", "markdown", False, "ru"),
    ],
)
def test_the_language_of_a_report(
    asked: str | None, output_format: str, by_locale: bool, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert language(asked, output_format, by_locale=by_locale) == wanted


def prepare(fake: FakePipeline) -> None:
    where = mixed()
    fake.result = result(unrun(where, finding(at(where, "total)"), "`total` is not defined; add `total`")))


def test_a_report_in_russian(command: Command, fake: FakePipeline) -> None:
    prepare(fake)
    ended = command("check", "--no-run", "--lang", "ru")
    assert ended.status == 1
    assert ended.out.startswith(
        "en/totals.mdx:5:7 ошибка[some-rule] `total` не определён; добавьте `total`\n"
    )
    assert "\n1 урок, 4 блока, из них на Python — 2\n" in ended.out


def test_the_locale_speaks_for_the_screen_and_not_for_files(
    command: Command, fake: FakePipeline, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    prepare(fake)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    file = tmp_path / "report.md"
    ended = command("check", "--no-run", "--output-format", "concise", "--output", f"markdown={file}")
    assert ended.out.startswith("en/totals.mdx:5:7: error[some-rule] `total` не определён")
    assert "is not defined" in file.read_text(encoding="utf-8")


def test_programs_read_english(command: Command, fake: FakePipeline) -> None:
    prepare(fake)
    english = command("check", "--no-run", "--output-format", "json")
    russian = command("check", "--no-run", "--output-format", "json", "--lang", "ru")
    findings = [json.loads(each.out)["findings"] for each in (english, russian)]
    assert findings[0] == findings[1]
    assert findings[0][0]["message"] == "`total` is not defined; add `total`"


@pytest.mark.usefixtures("fake")
def test_the_table_of_blocks_in_russian(command: Command) -> None:
    out = command("blocks", "--lang", "ru").out
    assert "    3  python          runnable          запуск\n" in out
    assert out.endswith("1 урок, 4 блока, из них запустились бы 2\n")


def test_the_reasons_stand_in_one_column(command: Command, fake: FakePipeline) -> None:
    read = unrun(lesson("a.mdx", PYTHON_AND_MORE))
    fake.result = result(replace(read, plans=tuple(replace(plan, reason="why") for plan in read.plans)))
    for lang in ("en", "ru"):
        rows = command("blocks", "--lang", lang).out.splitlines()[1:5]
        assert len({row.index("why") for row in rows}) == 1


def test_notes_are_in_the_language_of_the_report(command: Command, fake: FakePipeline) -> None:
    fake.result = result()
    ended = command("blocks", "course", "--lang", "ru")
    assert ended.err == "coursecheck: ничего не проверено: 0 уроков (.mdx или .md) в course\n"
    listed = command("blocks", "course", "--output-format", "json-lines", "--lang", "ru")
    assert listed.err == "coursecheck: nothing was checked: 0 lessons (.mdx or .md) in course\n"


def test_another_language_is_refused(command: Command) -> None:
    ended = command("check", "--lang", "de")
    assert ended.status == 2
    assert "'de'" in ended.err

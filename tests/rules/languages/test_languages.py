"""The rules about other languages: which blocks they look at, and where their findings stand."""

import warnings
from collections.abc import Callable, Iterable
from typing import Any, get_type_hints

import pytest

from checker.analysis.lesson import analyze
from checker.analysis.marker_words import OwnWords
from checker.config import Config
from checker.config.keys import MarkersKeys, SqlKeys
from checker.languages.sql.dialects import FENCES
from checker.rules.languages import (
    bash_syntax,
    dockerfile_syntax,
    json_syntax,
    promql_syntax,
    sql_syntax,
    table,
    unchecked_language,
    wrong_fence_language,
    yaml_syntax,
)
from checker.rules.rule import Report
from tests.rules.courses import course, places

Check = Callable[[Any, Config], Iterable[Report]]


def found(check: Check, text: str, config: Config | None = None) -> list[Report]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        of_course = course({"a.mdx": text})
        if check == unchecked_language.check:
            return list(check(of_course, Config()))
        config = config or Config()
        own_words = OwnWords(config.markers.wrong, config.markers.right)
        return list(check(analyze(of_course.lessons[0], own_words), config))


def fenced(language: str, code: str) -> str:
    return f"# A title\n\n```{language}\n{code}\n```\n"


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (json_syntax.check, fenced("js", "{a: 1}")),
        (json_syntax.check, fenced("json5", "{a: 1,}")),
        (json_syntax.check, fenced("json title=output.txt", "")),
        (json_syntax.check, fenced('json title="Expected output"', "Saved {a}")),
        (json_syntax.check, fenced("json del={2} ins={3}", '{"a": [1]\n"b": 2\n, "b": 3}')),
        (json_syntax.check, fenced('json del={"1":2-3}', '{"a": 1\n"b"\n"c"\n}')),
        (json_syntax.check, fenced("json", '{"a": 1\n "b": 2 // [!code --]\n}')),
        (json_syntax.check, fenced("jsonc", '{"a": 1,}')),
        (json_syntax.check, fenced('json title="tsconfig.json"', '{"a": 1,}')),
        (json_syntax.check, fenced("json bun.lock(excerpt)", '{"a": 1,}')),
        (dockerfile_syntax.check, fenced("docker .dockerignore", "node_modules\nLICENSE")),
        (
            json_syntax.check,
            fenced("json", '$ curl -X POST \\\n  http://a:1/b\n{"a": 1}\n$ curl http://a:1\n[]'),
        ),
        (json_syntax.check, fenced("json", '\ncurl http://localhost:8083/connectors\n\n{"a": [1]}')),
        (json_syntax.check, fenced("json", "HTTP/1.1 201 Created\nContent-Type: text/json\n\n{}")),
        (
            json_syntax.check,
            fenced("json", 'POST /connectors HTTP/1.1\nHost: a:1\n\n{"a": 1}\n\nHTTP/2 200\n[]'),
        ),
        (json_syntax.check, fenced("json", '{"a": 1}\n---\n{"b": 2}')),
        (yaml_syntax.check, fenced("text", "a: b: c")),
        (bash_syntax.check, fenced("console", "anything (at all")),
        (bash_syntax.check, fenced("powershell", "if ($a) { ls")),
        (bash_syntax.check, fenced("bash", "")),
        (dockerfile_syntax.check, fenced("dockerfile", 'FROM a\nRUN <<EOF\nif\nEOF\nRUN ["a ("]\n')),
        (dockerfile_syntax.check, fenced("dockerfile", 'FROM a\nSHELL ["pwsh"]\nRUN if ($a) { b')),
        (dockerfile_syntax.check, fenced("dockerfile", "FROM a\nCOPY <<EOF /b\nRUN (\nEOF\n")),
        (
            dockerfile_syntax.check,
            fenced("dockerfile", "FROM a\nRUN --mount=type=cache \\\n  # (\n\n  ls"),
        ),
        (bash_syntax.check, fenced("zsh", "print -l **/*(.)")),
        (sql_syntax.check, fenced("flinksql", "SELECT FROM FROM")),
        (sql_syntax.check, fenced("sql", "SHOW BINARY LOGS;") + fenced("sql", "SELECT * FORM t;")),
        (sql_syntax.check, fenced("sql", "-- Flink\nSELECT * FORM t;")),
        (wrong_fence_language.check, fenced("sql", "SELECT 1;")),
        (wrong_fence_language.check, fenced("sql", "x" * 50_000)),
        (unchecked_language.check, fenced("json", "{") + fenced("promql", "a") + fenced("sql", "SELECT 1")),
    ],
)
def test_it_is_silent(check: Check, text: str) -> None:
    assert found(check, text) == []


def test_json_below_a_request_is_read() -> None:
    text = fenced("json", '$ curl http://localhost:8083\n{\n  "a": 1,\n}')
    assert [text[each.span.start : each.span.end] for each in found(json_syntax.check, text)] == [","]


@pytest.mark.parametrize(
    ("check", "text", "place"),
    [
        (json_syntax.check, fenced("json", '{\n  "é": 1,\n}'), "a.mdx:5:9-5:10"),
        (json_syntax.check, '1. a\n\n   ```json\n   {\n   \t"a": 1,\n   }\n   ```\n', "a.mdx:5:11-5:12"),
        (json_syntax.check, "> ```json\n> [1,]\n> ```\n", "a.mdx:2:5-2:6"),
        (json_syntax.check, fenced("JSON{1}", "[1,]"), "a.mdx:4:3-4:4"),
        (json_syntax.check, fenced("bash", "ls\ncurl -d '{\"a\": 1,}' x"), "a.mdx:5:17-5:18"),
        (yaml_syntax.check, fenced("yml", "a: 1\n b: 2"), "a.mdx:5:3-5:4"),
        (
            promql_syntax.check,
            fenced("yaml", "- alert: é\n  expr: |\n    max(a\n  for: 5m"),
            "a.mdx:6:5-6:10",
        ),
        (bash_syntax.check, fenced("sh", "ls\nfi"), "a.mdx:5:1-5:3"),
        (bash_syntax.check, fenced("console", "$ ls\nfi\n$ fi"), "a.mdx:6:3-6:5"),
        (sql_syntax.check, fenced("sql", "SELECT 'é' FORM FORM;"), "a.mdx:4:17-4:21"),
        (
            sql_syntax.check,
            fenced("sql", "SHOW BINARY LOGS;") + fenced("sql", "SELECT * FORM pg_class;"),
            "a.mdx:9:10-9:14",
        ),
        (
            sql_syntax.check,
            fenced("mysql", "SHOW BINARY LOGS;") + fenced("sql", "SELECT * FORM t;"),
            "a.mdx:9:10-9:14",
        ),
        (sql_syntax.check, fenced("bash", 'psql -c "SELECT * FORM t"'), "a.mdx:4:19-4:23"),
        (wrong_fence_language.check, fenced("sql", "-- a\n  mysql -h b"), "a.mdx:5:3-5:13"),
        (wrong_fence_language.check, fenced("bash", "ls\nSELECT count(*);"), "a.mdx:5:1-5:17"),
        (dockerfile_syntax.check, fenced("docker", "RUNN a"), "a.mdx:4:1-4:5"),
        (dockerfile_syntax.check, fenced("docker", "FROM a\nRUN b && \\\n\n  echo )"), "a.mdx:7:8-7:9"),
        (wrong_fence_language.check, fenced("sql", "import os\nx = os.getcwd()"), "a.mdx:4:1-4:10"),
        (wrong_fence_language.check, fenced("sql", '{\n  "a": 1\n}'), "a.mdx:4:1-4:2"),
        (unchecked_language.check, fenced("yaml", "[" * 101), "a.mdx:3:1-3:8"),
        (unchecked_language.check, fenced("toml", "a." * 101 + "a = 1"), "a.mdx:3:1-3:8"),
        (unchecked_language.check, fenced("promql", "a + " * 600 + "a"), "a.mdx:3:1-3:10"),
        (unchecked_language.check, fenced("json", " " * 40_001), "a.mdx:3:1-3:8"),
        (unchecked_language.check, fenced("bash", "#" * 8_001), "a.mdx:3:1-3:8"),
        (unchecked_language.check, fenced("bash", "a `b`\n" * 101), "a.mdx:3:1-3:8"),
    ],
)  # fmt: skip
def test_where_it_stands(check: Check, text: str, place: str) -> None:
    assert places(found(check, text)) == [place]


def test_what_is_shown_wrong_is_intended() -> None:
    (report,) = found(json_syntax.check, "❌ Wrong:\n\n" + fenced("json", "[1,]")[11:])
    assert report.intended
    (report,) = found(json_syntax.check, "{/* check: wrong */}\n" + fenced("json", "[1,]")[11:])
    assert report.intended
    config = Config(markers=MarkersKeys(wrong=("Nope",)))
    (report,) = found(json_syntax.check, "### Nope\n\n" + fenced("json", "[1,]")[11:], config)
    assert report.intended


def test_the_fence_itself_is_wrong_on_purpose_only_where_a_directive_says_so() -> None:
    (report,) = found(wrong_fence_language.check, "❌ Wrong:\n\n" + fenced("sql", "docker ps")[11:])
    assert not report.intended


def test_zsh_reads_some_of_it_otherwise() -> None:
    (report,) = found(bash_syntax.check, fenced("zsh", "echo a (b)"))
    assert report.severity == "warning"


def test_the_configuration_names_the_dialect() -> None:
    text = fenced("sql", "DELETE t WHERE a = 1;")

    assert found(sql_syntax.check, text) == []
    assert found(sql_syntax.check, text, Config(sql=SqlKeys(dialect="postgres"))) != []


def test_every_dialect_that_a_fence_can_name_can_be_configured() -> None:
    dialect = get_type_hints(SqlKeys)["dialect"]

    assert set(dialect.__args__[0].__args__) == set(filter(None, FENCES.values()))


@pytest.fixture
def nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> Iterable[None]:
    table.missing.cache_clear()
    monkeypatch.setattr(table, "find_spec", lambda _name: None)
    monkeypatch.setattr(table, "bash", lambda: None)
    yield
    table.missing.cache_clear()


@pytest.mark.usefixtures("nothing_is_installed")
def test_a_parser_that_is_not_installed_is_said_once() -> None:
    sql = fenced("sql", "SELECT * FORM t;")
    text = sql + sql + fenced("bash", "fi") + fenced("json", "{}")

    assert found(sql_syntax.check, text) == []
    assert found(bash_syntax.check, text) == []
    assert found(dockerfile_syntax.check, text) == []
    assert [each.message for each in found(unchecked_language.check, text)] == [
        (
            "1 block of shell not checked: tree_sitter, tree_sitter_bash, bash not installed "
            "(pip install 'coursecheck[languages]')"
        ),
        "2 blocks of SQL not checked: pglast, sqlglot not installed (pip install 'coursecheck[languages]')",
    ]


def test_without_bash_what_a_dockerfile_runs_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = fenced("dockerfile", "FROM a\nRUN echo )")
    assert len(found(dockerfile_syntax.check, broken)) == 1
    monkeypatch.setattr(
        dockerfile_syntax, "missing", lambda language: ("bash",) if language.name == "shell" else ()
    )
    assert found(dockerfile_syntax.check, broken) == []


def test_without_bash_shell_code_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    table.missing.cache_clear()
    monkeypatch.setattr(table, "bash", lambda: None)
    (report,) = found(unchecked_language.check, fenced("bash", "ls"))
    table.missing.cache_clear()

    assert report.message == "1 block of shell not checked: bash not installed (install bash)"

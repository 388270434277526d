"""Shell code: bash decides, nothing is executed."""

import os
import subprocess
import time
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from checker.languages.shell import engine
from checker.languages.shell.checking import check, inner_faults
from checker.languages.shell.prompts import commands_only, output_only
from checker.languages.shell.unended import unended


def said(text: str) -> list[str]:
    return [
        f"{each.kind} {text[each.fault.start : each.fault.end]}: {each.fault.message}"
        for each in check([text]).values()
    ]


@pytest.mark.parametrize(
    "text",
    [
        "docker compose up -d\n",
        "curl <url> -o <file name>",
        "prefect run <flow>/<name> <id>\nls",
        "cat <<EOF > a\n$ not a prompt? <x>\nEOF",
        "cat <file >out\nsort <in.txt>out.txt",
        "diff <(ls a) <(ls b)",
        "$ ls\nanything (goes) here |\n$ pwd",
        "user@host:~$ ls \\\n> -l\na (b",
        "(venv) $ pip install x\nCollecting (x",
        "...\nls",
        "echo '$ ('; echo \"it's\"",
        "psql <<'EOF'\nSELECT count(*) FROM t;\nEOF",
        'psql -c "\nSELECT count(*)\nFROM t;\n"',
        "# SELECT count(*) FROM t",
        "for a in *; do echo $a; done",
        "helm install x {{ chart }} ${y}",
        "tool get [<key> ...] (see also set)\n\nalias: g",
        "tool init <name> (the same as new)",
        "git switch -c release-v<VERSION>",
        "git tag v<VERSION> && git push origin v<VERSION>\npip install x==<version>",
        "usage: tool [-h] (--a | --b) FILE...",
        "python3 - <<'EOF'\nimport os\nprint(os.name)\nEOF",
        "import -window root shot.png\nls",
        "$ cat <<EOF\n> a (b\n> EOF\na (b\n$ ls",
        "$ cat > f <<EOF\na (b\nEOF\nWrote (f",
        "$ npm run build\n> tool@1 build (\n$ ls",
        "$ curl -d '{\n> \"a\": (1\n> }' x\n(ok",
        "docker run -d \\\n  -p 1:1 \\\n  image\n-rw-r--r-- 1 root a",
        "docker run \\\n  -e A='\n-p' \\\n  -v x\nls",
        "cat <<EOF\na \\ \n  --b\nEOF",
        "docker run -d \\\n\n  --name x",
        "ls -l \\\n  | head\n- a list\n--- a/file",
        "prefect --help\n  --version  Show it",
        "echo \\ \nls",
        "<protocol>://[<user>[:<password>]@]<host>[#<branch> | #<tag>]",
    ],
)
def test_it_is_how_lessons_write(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fi", "syntax fi: bash cannot read this: `fi` is not allowed here"),
        ("echo fish; fi", "syntax fi: bash cannot read this: `fi` is not allowed here"),
        ("echo a | ! jq .", "syntax !: bash cannot read this: `!` is not allowed here"),
        ("]] npm start", "syntax ]]: bash cannot read this: `]]` is not allowed here"),
        ("echo ${A} >> out; )", "syntax ): bash cannot read this: `)` is not allowed here"),
        ("echo a (b)", "syntax (: bash cannot read this: `(` is not allowed here"),
        ("echo 'a'\necho \"b\nc", 'syntax ": this `"` is never closed'),
        ("echo it's", "syntax ': this `'` is never closed"),
        ("ls\n// a (b)", "syntax (: `//` does not begin a comment in a shell: use `#`"),
        ("cat <<EOF\na", "syntax <<: the here-document is never closed: `EOF` must be alone on a line"),
        (
            "rate(a[1m])",
            "foreign rate(a[1m]): this is PromQL, not shell code: it belongs in a `promql` fence",
        ),
        (
            "Error: gone\n    at Socket.read (node:internal/streams:217:20)\nat: done (x)",
            (
                "foreign at Socket.read (node:internal/streams:217:20): "
                "this is output, not shell code: move it to a separate `text` fence"
            ),
        ),
        ("if a; then\n  echo 'fi' # fi", "syntax if: this `if` is never closed: `fi` is missing"),
        ("f() {\n  echo ${a}", "syntax {: this `{` is never closed: `}` is missing"),
        ("for a in b; do\n  if c; then d; fi", "syntax for: this `for` is never closed: `done` is missing"),
        ("case $1 in\n a) b ;;\n(c) d;;", "syntax case: this `case` is never closed: `esac` is missing"),
        ("cd a\n( cd b && ls", "syntax (: this `(` is never closed: `)` is missing"),
        (
            "docker run -d \\ \n  --name x image",
            "syntax \\ : there are spaces after this backslash, so the command ends here: delete them",
        ),
        (
            "docker run \\\n  --name x\n  -p 1:1",
            "syntax -p: bash takes `-p` for a command, because the line above does not end with a backslash",
        ),
        (
            "docker run \\\n  --name x \\\n  # ports\n  -p 1:1",
            (
                "syntax # ports: the command ends at this comment, and bash takes `-p` for the next command: "
                "move the comment above"
            ),
        ),
        (
            "import os\nfor a in range(3):\n    print(a)",
            "foreign import os: this is Python, not shell code: it belongs in a `python` fence",
        ),
        ("tool <name> [x]\nfi", "syntax fi: bash cannot read this: `fi` is not allowed here"),
        (
            "SELECT count(*);",
            "foreign SELECT count(*);: this is SQL, not shell code: it belongs in a `sql` fence",
        ),
    ],
)
def test_it_is_a_fault(text: str, expected: str) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize("text", ["if true; then ls", "echo $(ls", "a=(1 2", "ls <", "echo ${a"])
def test_what_is_never_ended_is_a_fault(text: str) -> None:
    (found,) = check([text]).values()

    assert found.kind == "syntax"
    assert 0 <= found.fault.start < found.fault.end <= len(text)


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("echo a (b)", True),
        ("for a in b; ls; fi", True),
        ("Some words (in brackets) that follow", False),
        ("SELECT 1;", False),
        ("INSERT INTO t (a) VALUES (1);", True),
        ("docker exec -it db psql -U a\n# all\nINSERT INTO t (a) VALUES (1);", False),
        ("psql -c 'SELECT 1'\nINSERT INTO t (a) VALUES (1);", True),
        ("mysql a < a.sql\nINSERT INTO t (a) VALUES (1);", True),
        ("| a | b |\n| (c", False),
        ("10:08:02.948 | INFO | done (x)", False),
        ("$ echo (a", False),
        ("pip install a\n>>> import a\n>>> f(a)", False),
        ("diff --git a/x b/x\n-  'main': (x)\n", False),
        ("Route (app)\n┌ ○ /a\n└ ƒ /b", False),
        ("tool fill\n\nPreparing the server (v7.5)\nDone", False),
        ("docker ps\nNAME STATUS\nkafka1 Up 5 minutes (healthy)", False),
        ("git log --oneline\nabc1234 (HEAD -> main) one", False),
        ("psql --version\npsql (PostgreSQL) 16.1", False),
        ("ls -l\n-rw-r--r-- 1 root a (copy).txt", False),
        ("cd a\ndocker run \\\n  --name x \\\n  image (b)", True),
        ("cd a && \\\n  x (b)", True),
        ("cat a |\n  x (b)", True),
        ("tool=fill\nГотово (5 с)", False),
        ("cd a\n - [a] written (b)", False),
        ("cd a\nIt's done", False),
        ('cd a\necho "It\nThat is (all)', True),
        ("cd a\ncat <<EOF\nSome words\n", True),
        ("cd a\nFOO=1 make (b)", True),
    ],
)
def test_what_may_be_output_is_not_certain(text: str, *, certain: bool) -> None:
    (found,) = check([text]).values()

    assert found.fault.certain is certain


def test_where_nothing_is_open_the_end_is_pointed_at() -> None:
    assert said("ls |\n\n") == ["syntax |: bash cannot read this: unexpected end of file"]
    assert said("cat <\nls") == [
        "syntax <: bash cannot read this: something is missing at the end of this line"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "if a; then b; fi",
        "f() { a; }",
        "case a in b) c ;; esac",
        "(a; (b))",
        "echo if \"(\" '{' # (",
        "a=${b} {c,d}",
    ],
)
def test_what_is_ended(text: str) -> None:
    assert unended(text) is None


def test_one_broken_text_among_many_is_found() -> None:
    texts = ["ls"] * 20 + ["done"] + ["pwd"] * 10

    assert list(check(texts)) == [20]


def test_nothing_is_executed(tmp_path: Path) -> None:
    target = tmp_path / "touched"

    check([f"touch {target}", f"$(touch {target})", f"echo `touch {target}`; fi"])

    assert not target.exists()


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("docker compose up -d > log.txt", False),
        ("kafka-console-producer --topic a < rows.json", False),
        ("docker run -v $(pwd)/config:/config a", False),
        ("day=$(date +%Y-%m-%d)", False),
        ("cat <(ls)", True),
        ("cat < $(ls) > b", True),
        ("x=$(fi)", True),
        ("cat < $(fi)", True),
        ("x=$(ls (a))", True),
        ("a && b &&", True),
        ("for a in b; do ls; done", True),
    ],
)
def test_bash_is_asked_about_what_it_may_refuse(
    text: str, is_asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(engine, "refusal_of", asked.append)
    monkeypatch.setattr("checker.languages.shell.checking.refusal_of", asked.append)
    check([text])
    assert bool(asked) == is_asked


@pytest.mark.parametrize(
    ("text", "is_parsed"),
    [
        ("docker compose up -d\n", False),
        ("# if it is not there\npsql -U x \\\n  -d 'a (b' | grep \"it's (c\" | wc -l", False),
        ("ls *.md\n\n# for all\nX=1 make a/b.c~ d:%e", False),
        ("if ls", True),
        ("ls | while", True),
        ("ls |", True),
        ("ls | | wc", True),
        ("| wc", True),
        ("ls \\ | wc", True),
        ("echo 'a", True),
        ('echo "$(a"', True),
        ("a#'b", True),
        ("ls a\\\n#b |", True),
        ("ls &", True),
    ],
)
def test_plain_commands_are_not_even_parsed(
    text: str, is_parsed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    parser = Mock()
    monkeypatch.setattr("checker.languages.shell.tree._parser", parser)
    monkeypatch.setattr("checker.languages.shell.checking.refusal_of", lambda _text: None)
    check([text])
    assert parser.called is is_parsed


def test_without_an_answer_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_args: Any, **_options: Any) -> None:
        raise subprocess.TimeoutExpired("bash", 10)

    monkeypatch.setattr(subprocess, "run", late)
    assert said("fi") == []
    monkeypatch.setattr(engine, "bash", lambda: None)
    assert said("fi") == []


def test_bash_reads_a_file_where_there_are_none_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_name: str) -> int:
        raise OSError

    before = said("if\0 true; then\nfi")
    monkeypatch.setattr(os, "memfd_create", refuse, raising=False)
    assert said("if\0 true; then\nfi") == before != []
    monkeypatch.delattr(os, "memfd_create")
    assert said("if\0 true; then\nfi") == before


def test_prompts_make_the_rest_output() -> None:
    assert commands_only("ls\npwd") == "ls\npwd"
    assert commands_only("$ ls \\\n  -l\na\n% pwd") == "  ls \\\n  -l\n \n  pwd"
    assert commands_only("➜  ~ cat a\n1") == "     cat a\n "
    assert commands_only("➜  app git:(main) ✗ make\nok") == f"{' ' * 20}make\n  "
    assert commands_only("➜ npm install") == "  npm install"
    assert commands_only("$ cat <<EOF\n> a\n> EOF\na") == "  cat      \n   \n     \n "
    assert commands_only("$ cat <<EOF\na\n  EOF\nb") == "  cat <<EOF\na\n  EOF\n "
    assert commands_only("$ cat <<EOF\na") == "  cat <<EOF\n "
    assert commands_only("$ echo 'a\n> b'\na") == "  echo 'a\n  b'\n "


@pytest.mark.parametrize("text", ["$ cat <<EOF\n", "$ echo 'a\n", "$ a \\\n", "$ echo '" + "b\n" * 9])
def test_long_sessions_take_no_time(text: str) -> None:
    started = time.process_time()
    commands_only(text * 2_000)
    assert time.process_time() - started < 2


def inner(text: str) -> list[str]:
    return [
        f"{language} {text[each.start : each.end]}: {each.message}"
        for language, each in inner_faults(text, sql=True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "curl -d '{\"a\": 1}' x",
        "curl -d @file x",
        "curl -d 'a=b&c=d' x",
        'curl --data "{\\"a\\": \\"$B\\", \\"c\\": ${D}}" x',
        "curl -d '{\"a\": \"'\"$B\"'\"}' x",
        "curl -d $'{\"a\": 1,}' x",
        'curl x -d "$BODY"',
        'curl -d @- x <<EOF\n{"a": "$B"}\nEOF',
        'cat <<EOF\n{"a": 1,}\nEOF',
        "cat <<EOF | curl -d @- x\n{}\nEOF",
        "psql -c 'SELECT 1' -c \"SELECT \\\"a\\\" FROM $T\"",
        "psql -c \"SELECT '\\\\' || 'é'\"",
        "psql <<'EOF'\n\\d t\nSELECT 1;\nEOF",
        'docker exec -it pg psql -U x -tAc "SELECT count(*) FROM t"',
        "mysql -e 'SHOW BINARY LOGS'",
        "psql -f a.sql",
        "psql -c $SQL",
        "{ psql; } <<EOF\nSELECT * FORM t\nEOF",
        "docker exec k bash -c 'for a in 1 2; do echo $a; done'",
        "sh -c 'echo \"$A\"' -- 'a('",
        "bash script.sh -c 'a('",
        'bash -c "$COMMAND"',
        "bash -c 'SELECT 1 (' && echo -c 'b('",
    ],
)  # fmt: skip
def test_what_commands_are_given_is_right(text: str) -> None:
    assert inner(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("curl -d '{\"é\": 1,}' x", "json ,: JSON allows no comma after the last item: delete it"),
        ('curl -d "{\\"a\\": 1 \\"b\\": 2}" x', 'json "b\\": a comma is missing before this'),
        ("curl -d @- x <<'EOF'\n{a: 1}\nEOF", "json a: keys must be in double quotes in JSON"),
        ('psql -c "SELECT * FORM t"', "sql FORM: PostgreSQL"),
        ("psql --command 'SELECT * FORM t'", "sql FORM: PostgreSQL"),
        ('docker exec k bash -c "for a in 1 2; echo $a; done"', "shell echo: bash cannot read this"),
        ("sh -lc 'if a; then b'", "shell if: this `if` is never closed"),
        ("psql <<EOF\nSELECT $A FORM FORM b;\nEOF", "sql FORM: PostgreSQL"),
    ],
)  # fmt: skip
def test_what_commands_are_given_is_wrong(text: str, expected: str) -> None:
    (found,) = inner(text)

    assert found.startswith(expected)


def test_without_its_parser_sql_is_left_alone() -> None:
    assert list(inner_faults('psql -c "SELECT * FORM t"', sql=False)) == []


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("$ curl http://a \\\n  -v\n{}", "               \n    \n{}"),
        ('{"a": 1}\n$ curl http://a', '{"a": 1}\n$ curl http://a'),
        ("$ curl http://a", "$ curl http://a"),
        ("", ""),
    ],
)
def test_what_stands_below_a_request(text: str, output: str) -> None:
    assert [len(line) for line in output_only(text).split("\n")] == [len(line) for line in text.split("\n")]
    assert [line.strip() for line in output_only(text).split("\n")] == [
        line.strip() for line in output.split("\n")
    ]

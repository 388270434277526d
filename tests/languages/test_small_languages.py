"""YAML, TOML, properties, PromQL, Dockerfiles and Mermaid as lessons write them."""

from collections.abc import Callable, Iterable

import pytest

from checker.languages import dockerfile, mermaid, promql, properties, toml_text, yaml_text
from checker.languages.fault import Fault

Parse = Callable[[str], Iterable[Fault]]

SILENT: list[tuple[Parse, str]] = [
    (yaml_text.parse, "a: 1\n---\nb: 2\n"),
    (yaml_text.parse, "a:\n  ...\n  b: 1\n"),
    (yaml_text.parse, "...\na: 1\n"),
    (yaml_text.parse, "image: {{ image }}:{{ tag }}\n"),
    (yaml_text.parse, "{% for a in b %}\n- {{ a }}\n{% endfor %}\n"),
    (yaml_text.parse, "{{- if .Values.x }}\na: 1\n{{- end }}\n"),
    (yaml_text.parse, 'metadata:\n  labels:\n    {{- include "a.b: c" . | nindent 4 }}\n  name: x\n'),
    (yaml_text.parse, "key: !Ref Name\nother: !vault |\n  abc\n"),
    (yaml_text.parse, "    deeper: 1\n  above: 2\n"),
    (yaml_text.parse, "---\ntitle: Tea\n---\n\nSome *Markdown*: with colons: in it\n"),
    (yaml_text.parse, "a: <value>\na: again\n"),
    (yaml_text.parse, "port: <number>\n[ timeout: <duration> | default = 10s ]\n"),
    (yaml_text.parse, "files:\n  [ - <pattern> ... ]\n"),
    (yaml_text.parse, "groups:\n- name: kafka\n  rules:\n  - alert: Lag\n    expr: lag > 5\n"),
    (yaml_text.parse, "[" * 40_000),  # too deep to look: unchecked-language says so
    (yaml_text.parse, "a: 1\n\nb: 1\n\na: 2\n"),
    (yaml_text.parse, "a: 1\na: 2\na: {b: 3}\n"),
    (yaml_text.parse, "a: 1\n# or\na: 2\n"),
    (yaml_text.parse, "s:\n  # one\n  a: 1\n\n  # two\n  a: 2\n"),
    (yaml_text.parse, "- a: 1\n- a: 1\n- {b: {c: 1}, c: 1}\n"),
    (yaml_text.parse, "a: 1\n---\na: 1\n"),
    (yaml_text.parse, "b:\n  <<: *a\n  <<: *c\n? [d]\n: 1\n? [d]\n: 2\n"),
    (yaml_text.parse, "*a : 1\n*a : 2\n<b>: 1\n<b>: 2\n…: 1\n…: 2\n"),
    (toml_text.parse, "[a]\nb = 1\n"),
    (toml_text.parse, "[a]\nb = <b>\nc = ...\n...\n"),
    (toml_text.parse, "[a]\nb = 1\n\n[a]\nb = 2\n"),
    (toml_text.parse, "+++\na = 1\n+++\n"),
    (toml_text.parse, "a = 1\n# or\na = 2\n"),
    (toml_text.parse, "a = 1\n\na = 2\n"),
    (toml_text.parse, "[[a]]\nb = 1\n[[a]]\nb = 1\n"),
    (toml_text.parse, 'a = "{{ a }}"\nb = {{ b }}\n'),
    (toml_text.parse, 'a = [\n  { b = "}," }, # c\n  { b = 2 },\n]\n'),
    (properties.parse, "a=1\nb: 2\nc 3\nd\n# C:\\users\n! \\u\n"),
    (properties.parse, "a=\\u0041\\\n  b\nc=C:\\\\users\n"),
    (promql.parse, "# one\nrate(a[5m])\n\n# two\nsum(b) by (c)\n"),
    (promql.parse, "rate(a[5m])\nb > 5  # more\n"),
    (promql.parse, 'rate(a[$__rate_interval])\nb{c="$d"} / <e>\n'),
    (promql.parse, "rate(a[${b}s])\n\nrate(a[1h:$b] offset $c)\n\nrate(a[{{ b }}] offset <c>)\n"),
    (promql.parse, "topk($n, a)\ntopk(${n}, a)\n"),
    (promql.parse, "(\n  a == 1\n\n  and\n  b > 2\n)\n"),
    (promql.parse, 'a{\n  b="#c"\n}\n'),
    (promql.parse, "a\n  / b\n"),
    (promql.parse, "rate(...)\nsum(…\n"),
    (promql.parse, "a + " * 600 + "a"),
    (dockerfile.parse, 'FROM a\nRUN a && \\\n    b\n# note\n\nCMD ["a"]'),
    (dockerfile.parse, "FROM a\nENV B=1 \\\n\n  C=2\nRUN a \\\n  # b\n\n  && RUN c\n"),
    (dockerfile.parse, "# escape=`\nFROM a\nRUN dir `\n  c:\\\n"),
    (dockerfile.parse, "FROM a\nRUN <<EOF\na \\\nRUN b\nEOF\n"),
    (dockerfile.parse, "...\nRUN pip install <package>\n"),
    (dockerfile.parse, "____ a\n____ pip install b\nCOPY ____ .\n"),
    (dockerfile.parse, "FROM a\nCOPY --link --from=b c d\nADD --keep-git-dir=true --link e f\nENV A b c\n"),
    (dockerfile.parse, "FROM a\nRUN --mount=type=bind,target=/b,rw \\\n  --mount=type=cache,target=/c d\n"),
    (promql.parse, "sum ____ (a) (b[____])\n\n____ by (a) (b)\n"),
    (toml_text.parse, "a = ____\n"),
    (dockerfile.parse, "RUN <<EOF\npip install a\nEOF\nCMD a\n"),
    (dockerfile.parse, "from a as b\ncopy --from=b . .\n"),
    (mermaid.parse, ""),
    (mermaid.parse, "%% a note\nflowchart LR\n  a --> b\n"),
    (mermaid.parse, "---\ntitle: x\n---\ngraph\n  subgraph a\n  b\n  end\n"),
    (mermaid.parse, '%%{init: {"theme": "dark"}}%%\nsequenceDiagram\n  loop a\n  A->>B: end\n  end\n'),
    (mermaid.parse, "graph TD; A-->B\n"),
    (mermaid.parse, "...\na --> b\n"),
    (mermaid.parse, "flowchart LR\n  subgraph a\n  ...\n"),
]  # fmt: skip


@pytest.mark.parametrize(("parse", "text"), SILENT)
def test_it_is_how_lessons_write(parse: Parse, text: str) -> None:
    assert list(parse(text)) == []


@pytest.mark.parametrize(
    ("parse", "text", "place", "words"),
    [
        (yaml_text.parse, "a: 1\n b: 2\n", ":", "indented deeper"),
        (yaml_text.parse, 'a: "b\n', '"', "never closed"),
        (yaml_text.parse, "a: [ b: <c>\nd: 1\n", "[", "not closed"),
        (yaml_text.parse, "a: \x01\n", "\x01", "invisible"),
        (yaml_text.parse, "a: 1\nb: 2\na: 2\n", "a", "twice"),
        (yaml_text.parse, "s:\n  - b: {}\n    'b': [c]\n", "'b'", "twice"),
        (yaml_text.parse, "s: {b: 1, c: 2, b: 3}\n", "b", "twice"),
        (toml_text.parse, "a = 1\nb = 5s\n", "s", "TOML"),
        (toml_text.parse, 'a = "b', "b", "TOML"),
        (toml_text.parse, "a = /b/c # d", "/", "double quotes"),
        (toml_text.parse, "a = [1, b]", "b", "double quotes"),
        (toml_text.parse, "a = True", "T", "small letters: `true`"),
        (toml_text.parse, "a = null # b", "n", "has no `null`"),
        (toml_text.parse, "a = ", " ", "Invalid value"),
        (toml_text.parse, "a = 1\n b = 2\n b = 3\n", "b", "has a value above"),
        (toml_text.parse, "a.b = 1\na = 2", "a", "has a value above"),
        (toml_text.parse, "[a]\nb = 1\n[a] # c\nb = 2\n", "[a] # c", "has a value above"),
        (toml_text.parse, "a = {\n  b = [1,\n  2], # c\n}\nd = 5s\n", "s", "TOML"),
        (toml_text.parse, "a = " + "[" * 5_000, "[", "too deeply"),
        (properties.parse, "a=1\nb=C:\\users\\new\n", "\\u", "four hexadecimal"),
        (promql.parse, "rate(a)\n", "rate(a)", "`rate` needs a range of time"),
        (promql.parse, "topk(a, b)\n", "topk(a, b)", "expected type"),
        (promql.parse, "rate(a{b=c}[$d])\n", "rate(a{b=c}[$d])", "expected string"),
        (promql.parse, "# a\nrate(b[5m]\n", "rate(b[5m]", "unclosed"),
        (dockerfile.parse, "FROM a\nRUNN b\n", "RUNN", "did you mean RUN"),
        (dockerfile.parse, "RUNN b\n", "RUNN", "did you mean RUN"),
        (dockerfile.parse, "FROM a\npip install b\n", "pip", "RUN pip"),
        (dockerfile.parse, "FROM a\nRUN b && \\\nRUN c\nRUN d \\\nCMD e\n", "RUN", "delete the `\\`"),
        (dockerfile.parse, "FROM a\nXYZZY b\n", "XYZZY", "no instruction"),
        (mermaid.parse, "flowchrt LR\n", "flowchrt", "did you mean `flowchart`"),
        (mermaid.parse, "flowchart XY\n a\n", "XY", "not a direction"),
        (
            mermaid.parse,
            "sequenceDiagram\n  A->>B: c\n  partcipant D\n",
            "partcipant",
            "did you mean `participant`",
        ),
        (mermaid.parse, "flowchart LR\n  end\n", "end", "closes nothing"),
        (mermaid.parse, "sequenceDiagram\n  loop a\n    alt b\n  end\n", "loop", "never closed"),
    ],
)
def test_it_is_a_fault(parse: Parse, text: str, place: str, words: str) -> None:
    (fault,) = parse(text)

    assert text[fault.start : fault.end] == place
    assert words in fault.message
    assert fault.certain


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (yaml_text.parse, "s:\n  a: 1\n\n  a: 2\n"),
        (promql.parse, "no_such_function(a)\n"),
        (promql.parse, "- alert: A\n  expr: rate(b[5m]\n"),
        (dockerfile.parse, "FROM a\nxyzzy b\n"),
        (dockerfile.parse, "LICENSE\nnode_modules\n.git\n"),
        (dockerfile.parse, "docker build .\ndocker run a\n"),
        (toml_text.parse, 'a = {\n  b = 1, # c\n  "d" = "}",\n}\n'),
        (toml_text.parse, "a = { b = 1, }\n"),
        (dockerfile.parse, "FROM\n"),
        (mermaid.parse, "a --> b\n"),
        (mermaid.parse, "-->\n"),
    ],
)
def test_it_may_be_meant(parse: Parse, text: str) -> None:
    (fault,) = parse(text)

    assert not fault.certain


def test_why_a_text_is_not_looked_at() -> None:
    assert yaml_text.obstacle("[" * 101)
    assert not yaml_text.obstacle("[1]")
    assert promql.obstacle("a + " * 600 + "a")
    assert not promql.obstacle("a + a")


@pytest.mark.parametrize("line", ["$ docker compose up", "→ the result", "(truncated)"])
def test_words_among_lines_of_yaml_are_no_certain_fault(line: str) -> None:
    (fault,) = yaml_text.parse(f"a: b\n{line}\n")

    assert not fault.certain


def test_a_line_of_yaml_without_colon_is_certain() -> None:
    (fault,) = yaml_text.parse("a: b\nimage nginx\n")

    assert fault.certain

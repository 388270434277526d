"""Directives as authors write them, through whole lessons."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model import Directive, Lesson
from checker.reading.lesson import parse_lesson
from tests.reading.texts import covered

BLOCK = "```python\nx = 1\n```\n"


def lesson_of(text: str, path: str = "lesson.mdx") -> Lesson:
    lesson = parse_lesson(path, text)
    assert {each.rule for each in lesson.problems} <= {"unknown-directive"}
    return lesson


def said(directives: tuple[Directive, ...]) -> list[tuple[str, str | None]]:
    return [(each.word, each.value) for each in directives]


def on_block(text: str, path: str = "lesson.mdx") -> list[tuple[str, str | None]]:
    """The directives of the first block of a lesson in which nothing is wrong."""
    lesson = lesson_of(text, path)
    assert lesson.problems == ()
    return said(lesson.blocks[0].directives)


def refused(text: str, path: str = "lesson.mdx") -> list[tuple[str, str]]:
    """What is pointed at, and why."""
    return [(covered(text, each.span), each.message) for each in lesson_of(text, path).problems]


@pytest.mark.parametrize(
    "comment",
    [
        "{/* a note */}",
        "{/* check the docs */}",
        "{/* checklist: run */}",
        "{/* checks: none */}",
        "{/* TODO: run */}",
        "{/* Check: run these numbers */}",
        "{/* note: check: run */}",
        "Write `{/* check: run */}` above it.",
        "Write ``{/* check: run */} ` `` above it.",
        "# All about `{/* check: skip */}`",
        "The word check: is not enough.",
        '<Note text="check: run" />',
        "```mdx\n{/* check: skip */}\n```",
        '```python title="check:skp" {check:skp} /check:skp/\n```',
        "```python title='a check:skp b' checked:skp\n```",
        "```python recheck:skp\n```",
    ],
)
def test_what_is_no_directive(comment: str) -> None:
    lesson = lesson_of(f"{comment}\n\n{BLOCK}")
    assert lesson.problems == ()
    assert lesson.directives == ()
    assert [each for block in lesson.blocks for each in block.directives] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('skip="needs a GCP project"', [("skip", "needs a GCP project")]),
        ("skip=slow", [("skip", "slow")]),
        ("run", [("run", None)]),
        ('raises=KafkaException match="INVALID_ARG" timeout=5s',
         [("raises", "KafkaException"), ("match", "INVALID_ARG"), ("timeout", "5s")]),
        ("raises=confluent_kafka.KafkaException", [("raises", "confluent_kafka.KafkaException")]),
        (r'raises=ValueError match="say \"no\" in \d+ \\n"',
         [("raises", "ValueError"), ("match", r'say "no" in \d+ \\n')]),
        ("wrong", [("wrong", None)]),
        ("wrong=chained-assignment,PAN302", [("wrong", "chained-assignment,PAN302")]),
        ("interrupt=drained", [("interrupt", "drained")]),
        ("session=new needs=kafka interrupt=3s",
         [("session", "new"), ("needs", "kafka"), ("interrupt", "3s")]),
        ("session=второй", [("session", "второй")]),
        ("timeout=500ms", [("timeout", "500ms")]),
        ("timeout=2m", [("timeout", "2m")]),
        ('ignore=PAN301 because="an old answer"', [("ignore", "PAN301"), ("because", "an old answer")]),
        ("because=old ignore=PAN301", [("because", "old"), ("ignore", "PAN301")]),
        ("\n  run\n  timeout=5s\n", [("run", None), ("timeout", "5s")]),
        ("\r\n\trun\r\n", [("run", None)]),
        ("run\ttimeout=5s", [("run", None), ("timeout", "5s")]),
    ],
)  # fmt: skip
def test_words_in_a_comment(words: str, expected: Any) -> None:
    assert on_block(f"{{/* check: {words} */}}\n{BLOCK}") == expected


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ('check:skip="needs a GCP project"', [("skip", "needs a GCP project")]),
        (
            'title="a b.py" {1,3-4} check:run showLineNumbers check:timeout=5s',
            [("run", None), ("timeout", "5s")],
        ),
        ("title=Don't check:run", [("run", None)]),
        (
            'check:ignore=PAN301 check:because="an old answer"',
            [("ignore", "PAN301"), ("because", "an old answer")],
        ),
        # Markdown takes the backslash before punctuation out of the meta that it hands on.
        (r'check:raises=ValueError check:match="1\.5\]"', [("raises", "ValueError"), ("match", r"1\.5\]")]),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_words_in_a_meta(meta: str, expected: Any, ends: str) -> None:
    assert on_block(f"```python {meta}  \nx\n```\n".replace("\n", ends)) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"{{/* check: run */}}\n{BLOCK}",
        f"{{/* check: run */}}\n\n{BLOCK}",
        f"{{/* check: run */}}\r\n \t\r\n{BLOCK}",
        f"{{/*check: run*/}}\n{BLOCK}",
        f"{{/** check: run */}}\n{BLOCK}",
        f"Text.\n\n{{/* check: run */}}\n{BLOCK}",
        f"{{/* check: run */}}\n{{/* a note */}}\n\n{BLOCK}",
        "- {/* check: run */}\n\n  ```python\n  x\n  ```\n",
        "> {/* check: run */}\n>\n> ```python\n> x\n> ```\n",
        "> {/* check:\n> run */}\n> ```python\n> x\n> ```\n",
        "<Tabs>\n  {/* check: run */}\n  ```python\n  x\n  ```\n</Tabs>\n",
    ],
)
def test_a_comment_belongs_to_the_block_right_below(text: str) -> None:
    assert on_block(text) == [("run", None)]


def test_comments_in_markdown() -> None:
    assert on_block(f"<!-- check: run -->\n{BLOCK}", "lesson.md") == [("run", None)]


def test_only_the_block_below_is_meant() -> None:
    text = f"{BLOCK}\n{{/* check: run */}}\n{{/* check: timeout=5s */}}\n\n{BLOCK}\n{BLOCK}"
    blocks = lesson_of(text).blocks
    assert [said(block.directives) for block in blocks] == [[], [("run", None), ("timeout", "5s")], []]


def test_comment_and_meta_add_up() -> None:
    assert on_block("{/* check: run */}\n```python check:timeout=5s\nx\n```\n") == [
        ("run", None),
        ("timeout", "5s"),
    ]


def test_two_rules_may_be_ignored_for_two_reasons() -> None:
    text = (
        '{/* check: ignore=PAN301 because="one" */}\n'
        '{/* check: ignore=PAN302 because="two" */}\n'
        '```python check:ignore=PAN303 check:because="three"\nx\n```\n'
    )
    assert [value for word, value in on_block(text) if word == "ignore"] == ["PAN301", "PAN302", "PAN303"]


def test_spans_cover_the_word_and_its_value() -> None:
    text = '# 😀\n\n{/* check: skip="why \\"so\\"" run */}\n```python check:timeout=5s\nx\n```\n'
    directives = lesson_of(text).blocks[0].directives
    assert [covered(text, each.span) for each in directives] == ['skip="why \\"so\\""', "run", "timeout=5s"]
    assert [each.span.line for each in directives] == [3, 3, 4]


@pytest.mark.parametrize(
    ("comment", "code", "line", "shown"),
    [
        ("{/* check: setup\nx = 1\n*/}", "x = 1", 2, "x = 1"),
        ("{/* check: setup\n\n   if x:\n     y()\n\n   z\n*/}",
         "if x:\n  y()\n\nz", 3, "   if x:\n     y()\n\n   z"),
        ("{/* check:\n  setup\n  x */}", "x", 3, "  x"),
        ("{/* check: setup\r\nx = 1\r\ny = 'setup'\r\n*/}", "x = 1\ny = 'setup'", 2, "x = 1\r\ny = 'setup'"),
    ],
)  # fmt: skip
def test_hidden_code(comment: str, code: str, line: int, shown: str) -> None:
    text = f"{comment}\n{BLOCK}"
    (directive,) = lesson_of(text).blocks[0].directives
    assert (directive.word, directive.value) == ("setup", code)
    assert (directive.span.line, directive.span.column) == (line, 1)
    assert covered(text, directive.span) == shown


def test_hidden_code_in_containers() -> None:
    comment = "> {/* check: setup needs=kafka\n>\n>   x = 1\n>   if x > 1:\n>     y\n> */}\n"
    quoted = f"{comment}> ```python\n> x\n> ```\n"
    assert on_block(quoted) == [("setup", "x = 1\nif x > 1:\n  y"), ("needs", "kafka")]
    listed = "- {/* check: setup\n    x = 1\n  */}\n\n  ```python\n  x\n  ```\n"
    assert on_block(listed) == [("setup", "x = 1")]


def test_directives_for_the_lesson() -> None:
    text = (
        "---\ntitle: x\n---\n\n{/* check-lesson: session=new needs=kafka timeout=5s */}\n\n"
        '{/* check-lesson: ignore=PAN301 because="old" skip="later" */}\n\nText.\n\n' + BLOCK
    )
    lesson = lesson_of(text)
    assert lesson.problems == ()
    assert said(lesson.directives) == [
        ("session", "new"), ("needs", "kafka"), ("timeout", "5s"),
        ("ignore", "PAN301"), ("because", "old"), ("skip", "later"),
    ]  # fmt: skip
    assert lesson.blocks[0].directives == ()
    assert said(lesson_of("{/* check-lesson: skip=later */}\n").directives) == [("skip", "later")]


# The words of a comment right above a block; what is pointed at; what is said; what still holds.
WRONG_WORDS: list[tuple[str, str, str, list[str]]] = [
    ("skp=slow", "skp", "did you mean `skip`?", []),
    ("Skip=slow run", "Skip", "did you mean `skip`?", ["run"]),
    ("timout=5s", "timout", "did you mean `timeout`?", []),
    ("the docs are right", "the", "known are because, ignore, interrupt", []),
    ("output=exactly", "exactly", "`output` takes `output=exact`, `output=ellipsis` or `output=skip`", []),
    ("output", "output", "`output` takes `output=exact`", []),
    ("pandas=3.x", "3.x", "`pandas` takes versions, such as", []),
    ('pandas=">=3.1,"', '">=3.1,"', "`pandas` takes versions", []),
    ("pandas", "pandas", "`pandas` takes versions", []),
    ("=x", "=x", "a word is missing here", []),
    ("", ":", "a word is missing after the colon", []),
    ("skip", "skip", '`skip` needs a reason in words: `skip="why"`', []),
    ('skip=""', '""', "needs a reason", []),
    ('skip="  "', '"  "', "needs a reason", []),
    ('skip="open', '"open ', "has no closing quote", []),
    ("run=1", "1", "`run` takes no value", []),
    ("run run", "run", "`run` is set twice", ["run"]),
    ("timeout=5", "5", "takes a duration", []),
    ("timeout=0s run", "0s", "takes a duration", ["run"]),
    ("timeout", "timeout", "takes a duration", []),
    ("interrupt=never", "never", "or `interrupt=drained`", []),
    ("timeout=drained", "drained", "takes a duration", []),
    ("raises", "raises", "takes the name of an exception", []),
    ("raises=a-b", "a-b", "takes the name of an exception", []),
    ("raises=a..b", "a..b", "takes the name of an exception", []),
    ("raises=X match", "match", "takes a regular expression", ["raises"]),
    ('raises=X match="("', '"("', "is not a regular expression: missing )", ["raises"]),
    ("match=" + "(" * 999, "(" * 999, "is not a regular expression", []),
    ("match=" + "x" * 1001, "x" * 1001, "longer than 1,000 characters", []),
    ("session", "session", "takes a name", []),
    ('session="a b"', '"a b"', "takes a name", []),
    ("needs=a,,b", "a,,b", "names with commas between them", []),
    ("wrong=", "", "names with commas between them", []),
    ("ignore", "ignore", "names with commas between them", []),
    ("ignore=PAN301", "ignore=PAN301", "needs a reason next to it", []),
    ("ignore=PAN301 because", "because", "needs a reason in words", []),
    ('because="old" run', 'because="old"', "there is no `ignore` next to it", ["run"]),
    ("because=a because=b ignore=X", "because", "`because` is set twice", ["because", "ignore"]),
    ("ignore=X ignore=X because=a", "ignore", "`ignore` is set twice", ["ignore", "because"]),
    ("setup run", "setup", "needs code on the lines below it", ["run"]),
    ("setup=x", "x", "`setup` takes no value", []),
]


@pytest.mark.parametrize(("words", "place", "reason", "holds"), WRONG_WORDS)
def test_what_is_wrong_with_a_directive_is_told(
    words: str, place: str, reason: str, holds: list[str]
) -> None:
    text = f"{{/* check: {words} */}}\n{BLOCK}"
    problems = refused(text)
    assert problems[0][0].rstrip() == place.rstrip()
    assert reason in problems[0][1]
    assert [each.word for each in lesson_of(text).blocks[0].directives] == holds


def test_a_sentence_is_one_mistake_and_two_misspelt_words_are_two() -> None:
    assert len(refused(f"{{/* check: the docs are right */}}\n{BLOCK}")) == 1
    assert [place for place, _ in refused(f"{{/* check: skp=a timout=5s */}}\n{BLOCK}")] == ["skp", "timout"]


def test_a_pattern_that_python_warns_of_is_a_pattern() -> None:
    assert on_block(f'{{/* check: raises=X match="[[a]" */}}\n{BLOCK}')[1] == ("match", "[[a]")


@pytest.mark.parametrize(
    ("meta", "place", "reason"),
    [
        ("check:skp", "skp", "did you mean `skip`?"),
        ("check:", ":", "a word is missing here"),
        ("check:setup", "setup", "use a comment above the fence"),
        ('check:skip="open', '"open', "has no closing quote"),
        ("check:run=yes", "yes", "takes no value"),
        ("check:ignore=PAN301", "ignore=PAN301", "needs a reason"),
        ("check:session=a check:session=b", "session", "is set twice"),
    ],
)
def test_what_is_wrong_in_a_meta_is_told(meta: str, place: str, reason: str) -> None:
    ((shown, message),) = refused(f"```python {meta}\nx\n```\n")
    assert shown == place
    assert reason in message


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        (f"{{/* check: run */}}\n\n\n{BLOCK}", "check:", "no code block follows"),
        (f"{{/* check: run */}}\n\nText.\n\n{BLOCK}", "check:", "no code block follows"),
        (f"{{/* check: run */}}\n{{/* a note */}}\n\n\n{BLOCK}", "check:", "no code block follows"),
        (f"{BLOCK}{{/* check: run */}}\n", "check:", "no code block follows"),
        ("{/* check: run */}", "check:", "no code block follows"),
        (f"Text {{/* check: run */}} text\n\n{BLOCK}", "{/* check:", "inside a paragraph has no effect"),
        (f"# Title {{/* check-lesson: skip=x */}}\n\n{BLOCK}", "{/* check-lesson:", "inside a paragraph"),
        (f"{BLOCK}\n{{/* check-lesson: skip=x */}}\n", "check-lesson:", "above the first code block"),
        (f"{{/* check-lesson: raises=X */}}\n\n{BLOCK}", "raises", "is for one code block"),
        (f"{{/* check-lesson: skpi=X */}}\n\n{BLOCK}", "skpi", "did you mean `skip`?"),
        (
            f"{{/* check-lesson: skip=a */}}\n\n{{/* check-lesson: skip=b */}}\n\n{BLOCK}",
            "skip",
            "is set twice",
        ),
        (f"{{/* check: run */}}\n{{/* check: run */}}\n{BLOCK}", "run", "is set twice"),
        ("{/* check: run */}\n```python check:run\nx\n```\n", "run", "is set twice"),
        (f"{{/* chekc: skip=slow */}}\n{BLOCK}", "chekc:", "did you mean `check:`?"),
        (f"{{/* Check: skip=slow */}}\n{BLOCK}", "Check:", "did you mean `check:`?"),
    ],
)
def test_a_directive_that_has_no_effect_is_told(text: str, place: str, reason: str) -> None:
    ((shown, message),) = refused(text)
    assert shown == place
    assert reason in message


def test_a_comment_of_the_other_language_in_a_paragraph_is_told() -> None:
    ((shown, _),) = refused(f"{{/* check: run */}}\n{BLOCK}", "lesson.md")
    assert shown == "{/* check:"


PIECES = st.sampled_from(
    ["{/* check: ", "{/* check-lesson: ", " */}", "\n", "\n\n", "```python", "```\n", " check:",
     "run", "skip", "=", '"', "\\", "setup", "ignore=X", " because=y", "timeout=5s", " ", "> ", "- ",
     "text", "`", "'", "skp", "\r\n"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_directives_are_given_or_refused(text: str) -> None:
    lesson = parse_lesson("lesson.mdx", text)
    for each in lesson.problems:
        assert 0 <= each.span.start <= each.span.end <= len(text)
    for directive in (*lesson.directives, *(each for block in lesson.blocks for each in block.directives)):
        assert directive.word == "setup" or covered(text, directive.span).startswith(directive.word)


def test_much_that_is_open_takes_no_long_time() -> None:
    quotes = '\\"' * 300_000
    parse_lesson("lesson.mdx", f'```python x="{quotes} check:skip="{quotes}\n```\n')
    parse_lesson("lesson.mdx", f'{{/* check: skip="{quotes} */}}\n{BLOCK}')
    ignores = "".join(f"{{/* check: ignore=R{number} because=x */}}\n" for number in range(5000))
    assert len(lesson_of(ignores + BLOCK).blocks[0].directives) == 10_000

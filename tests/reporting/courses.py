"""Small courses for the reporters: real text, so that excerpts and positions mean something."""

import re

from checker.model import (
    Block,
    BlockPlan,
    CodeLine,
    CourseResult,
    Environment,
    Finding,
    Fix,
    Lesson,
    LessonResult,
    Need,
    Outcome,
    Problem,
    RunError,
    Severity,
    Span,
)

_FENCE = re.compile(r"^```(\w*)([^\n]*)\n(.*?)\n?^```$", re.MULTILINE | re.DOTALL)


def lesson(path: str, text: str, problems: tuple[Problem, ...] = ()) -> Lesson:
    """A lesson whose blocks are its plain fences."""
    starts = (0, *(match.end() for match in re.finditer("\r\n|\n|\r", text)))
    bare = Lesson(path, text, starts, None, (), (), (), problems)
    blocks = tuple(_block(bare, index, match) for index, match in enumerate(_FENCE.finditer(text)))
    return Lesson(path, text, starts, None, blocks, (), (), problems)


def _block(bare: Lesson, index: int, match: re.Match[str]) -> Block:
    lang, meta, code = match[1] or None, match[2].strip() or None, match[3]
    lines = tuple(CodeLine(match.start(3)) for _ in code.split("\n"))
    return Block(index, lang, meta, code, bare.span(*match.span()), True, ("Tabs",), lines)


def at(where: Lesson, text: str, *, nth: int = 0) -> Span:
    """The span of the nth place where the lesson says this."""
    start = -1
    for _ in range(nth + 1):
        start = where.text.index(text, start + 1)
    return where.span(start, start + len(text))


def finding(
    span: Span,
    message: str = "a message",
    *,
    name: str = "some-rule",
    code: str = "XXX101",
    severity: Severity = "error",
    block: int | None = None,
    intended: bool = False,
    confirmed: bool = False,
    fix: Fix | None = None,
) -> Finding:
    return Finding(code, name, severity, message, span, block, intended, confirmed, fix)


def plans(where: Lesson) -> tuple[BlockPlan, ...]:
    """Python runs, `sql` does not, no language is no code."""
    return tuple(_plan(block) for block in where.blocks)


def _plan(block: Block) -> BlockPlan:
    if block.lang == "python":
        return BlockPlan(block.index, "runnable", runs=True, reason="")
    if block.lang is None:
        return BlockPlan(block.index, "not-code", runs=False, reason="the fence names no language")
    return BlockPlan(block.index, "other-language", runs=False, reason=f"{block.lang} is not Python")


def result(
    *lessons: LessonResult, tier: str | None = None, packages: dict[str, str] | None = None
) -> CourseResult:
    return CourseResult(lessons, Environment("3.12.1", "Linux", packages or {}, tier), 1.2345)


def unrun(where: Lesson, *findings: Finding) -> LessonResult:
    """A lesson that was only read."""
    return LessonResult(where, plans(where), (), findings)


def ran(where: Lesson, outcomes: tuple[Outcome, ...], *findings: Finding) -> LessonResult:
    """A lesson that was run."""
    return LessonResult(where, plans(where), outcomes, findings)


PYTHON_AND_MORE = """\
# Totals

```python
total = 1
print(total)
```

```sql
SELECT 1;
```

```python
raise ValueError(total)
```

```
plain
```
"""


def mixed(path: str = "en/totals.mdx") -> Lesson:
    """Two Python blocks at lines 3 and 12, one in SQL, one without a language."""
    return lesson(path, PYTHON_AND_MORE)


def mixed_outcomes() -> tuple[Outcome, ...]:
    """The first block passed, the second failed."""
    error = RunError("ValueError", "1", 13, 1, (), ("Exception",))
    return (
        Outcome(0, "passed", seconds=0.25, stdout="1\n"),
        Outcome(1, "skipped", "sql is not Python"),
        Outcome(2, "failed", "", 0.5, "before\n", "a warning\n", error),
        Outcome(3, "skipped", "the fence names no language"),
    )


NEEDS_KAFKA = (Need("service", "kafka:9092"),)

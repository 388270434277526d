"""Text that tries to act wherever it is shown, in every place that a lesson has for it."""

from msgspec.structs import replace

from checker.model import (
    CourseResult,
    Edit,
    Finding,
    Fix,
    Frame,
    Frontmatter,
    Lesson,
    Outcome,
    RunError,
    Severity,
)
from tests.reporting.courses import at, finding, lesson, ran, result

# One of each kind; the comments name where it would act.
TITLES = {
    "closes-the-title": "</title><script>alert(1)</script>",
    "breaks-an-attribute": "\"><img src=x onerror=alert(1)>' onload='alert(2)",
    "script-link": "[click](javascript:alert(1)) javascript:alert(1)",
    "closes-json": "</script><!-- <script> --> \\u003c/script\\u003e",
    "table-cell": "a | b || c | `code` ``more``",
    "details": "<details open><summary>x</summary>",
    "mention": "@octocat @org/team thanks, see #123 and www.example.com, https://example.com/x",
    "image": "![pixel](https://example.com/p.png) <img src=https://example.com/p.png>",
    "heading": "# heading\n\n- item\n1. one\n***",
    "xml": "]]> <![CDATA[ &amp; &#0; \x00\x01\x0b\x1f\ufffe\uffff \ud800",
    "formula-equals": '=HYPERLINK("http://example.com","x")',
    "formula-plus": "+1+cmd|' /C calc'!A0",
    "formula-minus": "-2+3",
    "formula-at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "command": "::error file=x::boo",
    "command-of-old": "x ##[error]boo ##vso[task.setvariable variable=a]b",
    "command-in-a-line": "one\n::stop-commands::token\n  ::warning::two\r\n::error::three",
    "percent": "%0A%0D%25 100%",
    "terminal": "\x1b[2J\x1b]0;title\x07 \x9b31m \x7f",
    "direction": "\u202egnp.exe \u2066x\u2069 \u200b\ufeff",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7} {0}",
    "line-separators": "a\u2028b\u2029c\x85d",
}
# File names can be all that, except `/` and NUL.
NAMES = {kind: text.replace("/", "∕").replace("\x00", "")[:120] + ".mdx" for kind, text in TITLES.items()} | {
    "leading-minus": "-rf.mdx",
    "not-utf8": "caf\udce9.mdx",
    "long": "я" * 127 + ".mdx",
    "blanks": "  two  blanks .mdx",
}


def hostile_lesson(name: str, text: str) -> Lesson:
    """A lesson of that name; the text is its title, its code and a line of its prose."""
    made = lesson(name, f"---\ntitle: x\n---\n{text}\n\n```python\n{text}\n```\n")
    (block,) = made.blocks or lesson(name, "```python\nx\n```\n").blocks
    head = Frontmatter("yaml", {"title": text}, made.span(0, 15), {})
    return replace(made, frontmatter=head, blocks=(replace(block, code=text, meta=text),))


def hostile_course(severity: Severity = "error") -> CourseResult:
    """A lesson for each name and one for each title; all say hostile things in every field."""
    texts = list(TITLES.values())
    named = [(name, texts[i % len(texts)]) for i, name in enumerate(NAMES.values())]
    titled = [(f"module/{kind}.mdx", text) for kind, text in TITLES.items()]
    return result(
        *(
            ran(where := hostile_lesson(name, text), (_outcome(text),), _finding(where, text, severity))
            for name, text in sorted(named + titled)
        ),
        tier="namespaces",
        packages={"pandas": "3.1.1"},
    )


def _outcome(text: str) -> Outcome:
    error = RunError(text, text, 7, 1, (Frame(text, 7, text),), (text,))
    return Outcome(0, "failed", text, 0.5, text, text, error)


def _finding(where: Lesson, text: str, severity: Severity) -> Finding:
    span = at(where, "title: x")
    fix = Fix(text, applicability="safe", edits=(Edit(span, text),))
    return finding(span, text, name="snippet-failed", code="RUN101", severity=severity, block=0, fix=fix)

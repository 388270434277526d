"""Whatever stands in a fence: it is understood or refused, and every block gets a class and a reason."""

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.config import Config
from checker.rules.python import python_syntax, undefined_name
from checker.running.plan import plan_lesson
from tests.analysis.lessons import of_blocks

PIECES = [
    "x = 1",
    "x",
    "print(y)",
    "def f(a):",
    "    return x",
    "class A:",
    "    def m(self):",
    "        self.x",
    "f(x)",
    "import os",
    "from a import *",
    "try:",
    "except E as e:",
    "else:",
    "finally:",
    "for i in x:",
    "while True:",
    "    break",
    "continue",
    "...",
    "f(...)",
    "{{ a }}",
    "<name>",
    ">>> x",
    "... y",
    "Out[1]: 3",
    "%time x",
    "!ls",
    "x = !ls",
    "%%bash",
    "'''",
    '"""',
    "'",
    "(",
    ")",
    "[",
    "}",
    "\\",
    "# WRONG",
    "# ✅ right",
    "a = b * c = 4 rows",
    "KeyError: 'a'",
    "0   1   2",
    "open('a')",
    "os.environ['A']",
    "input()",
    "await g()",
    "yield",
    "lambda: z",
    "[i for i in j]",
    "del x",
    "global q",
    "match x:",
    "    case [a, *b]:",
    "if x:",
    "@d",
    ".chain()",
    "k: 1,",
    "ё = 'ж'",
    "\t",
    "\x0c",
    "\xa0",
    "0777",
    "f'{x!r:>{w}} {",
    "async def h():",
    "    yield 1",
    "nonlocal x",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8), min_size=1, max_size=4))
def test_any_code_is_judged(blocks: list[list[str]]) -> None:
    analysis = of_blocks(*("\n".join(lines) for lines in blocks))
    plans = plan_lesson(analysis, has_package=lambda _: False)
    assert [plan.block for plan in plans] == list(range(len(blocks)))
    assert all(plan.reason for plan in plans)
    text = analysis.lesson.text
    for rule in (python_syntax, undefined_name):
        for report in rule.check(analysis, Config()):
            assert report.message
            assert report.block is not None
            block = analysis.lesson.blocks[report.block].span
            assert block.start < report.span.start <= report.span.end <= block.end <= len(text)

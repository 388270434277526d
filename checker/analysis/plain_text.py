"""Tells what text in a Python fence is when it does not parse and was never Python."""

import ast
import keyword
import re
from collections.abc import Callable, Sequence

from checker.patterns import regex

_SHELL = regex(
    r"(?:[$%]\s+\S|(?:\$\s*)?(?:apt|apt-get|brew|cat|cd|chmod|conda|cp|curl|docker|docker-compose|echo|export|git|helm"
    r"|java|kubectl|ls|make|mkdir|npm|npx|pip|pip3|poetry|psql|pytest|python|python3|rm|source|sudo|tar|touch"
    r"|uv|wget)\s+(?![=.,(+\-*/%]\s*)\S)"
)

_ADDRESS = regex(r"\s*[a-z][a-z\d+.-]*://\S*\s*", re.ASCII)
_LOG_LINE = regex(r"\[?(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d")
_ERROR_LINE = regex(r"[\w.]*(?:Error|Exception|Warning|Interrupt)(?::\s|$)")
_TABLE_LINE = regex(r"\s*(?:[+|╭╰│├┌└┏┗┃─━═]|[-=─━═]{3,})")
_DRAWN_LINE = regex(r"\s*[│├└┌┏┗┃╭╰╔╚║]")
_ROW = regex(r"\s*(?:[\w.:,/%+-]+\s+)+[\w.:,/%+-]+\s*")
# `Output:`, `== Physical Plan ==`: headings above output in a block of code.
_HEADING = regex(
    r"\s*(?:(?:output|result|вывод|результат|salida|sortie|ausgabe|输出|出力)\s*[:：]|== .+ ==)\s*",
    re.IGNORECASE,
)
# A table's border or row, or a schema's line; a sum that continues with `+ b` or `| b` does not match.
_CERTAIN_TABLE_LINE = regex(r"\s*(?:\+[-=]|\|.*\|\s*$|\|--|[^+|])")
_ROW_END = regex(r"(?:Name|Length|dtype|Freq): .*|\[\d+ rows x \d+ columns\]")

_FORMULA_LINE = regex(r"[\w\s().,'%+*/^<>=×÷·−≈≤≥→√∑-]+")
_MATHEMATICS = regex(r"[×÷·≈≤≥→√∑]")
_EQUALS = regex(r"(?<![=<>!])=(?!=)")
_ARITHMETIC = regex(r"[\w)]\s*[-+*/^]\s*[\w(]")
_ENDS_IN_UNIT = regex(r"[\d)]\s+[^\W\d_]+\s*$")

_SQL = regex(
    r"(?:SELECT|UPDATE|INSERT[ \t]+INTO|DELETE[ \t]+FROM|(?:CREATE|ALTER|DROP)[ \t]+(?:TABLE|VIEW))\s+\S"
)
_BULLET = regex(r"\s*(?:[-*•]|\d+[.)])\s+")
_WORD = regex(r"[(\"'«“]*[^\W\d_][\w'’-]*[)\"'»”]*[.,:;!?…]*|\d+[.,%]?|[-–—]")
_CODE_SIGN = regex(r"[=<>{}\[\]|\\]")
_FEWEST_WORDS = 3
_MOSTLY = 0.8
_CODE_WORDS = frozenset(keyword.kwlist) - {"True", "False", "None"} | {"print"}


def kind_of_text(source: str) -> str:
    """What a source that does not parse is instead of Python; empty when it may be broken Python."""
    lines = [line for line in source.split("\n") if line.strip()]
    code = [line for line in lines if not line.lstrip().startswith("#")]
    if not code:
        return ""
    tests: tuple[tuple[str, Callable[[list[str]], bool]], ...] = (
        ("shell commands", _is_shell),
        ("an address", _is_address),
        ("output", _is_output),
        ("a formula", _is_formula),
        ("prose", _is_prose),
    )
    return next((what for what, test in tests if test(code)), "")


def is_sql(lines: Sequence[str]) -> bool:
    """Whether the first line of code that does not parse begins a statement of SQL."""
    first = next((line for line in lines if line.strip() and not line.startswith("--")), "")
    return _SQL.match(first) is not None


def output_below(lines: Sequence[str], wrong_line: int) -> int:
    """The line (from 1) where output begins below code in the same block; 0 for nowhere."""
    for line in range(min(wrong_line, len(lines)), 1, -1):
        tail = [each for each in lines[line - 1 :] if each.strip()]
        if tail and _is_certain_output(tail) and _ends_in_expression(lines[: line - 1]):
            return line
    return 0


def _is_certain_output(lines: list[str]) -> bool:
    if _HEADING.fullmatch(lines[0]):
        return len(lines) > 1
    return _CERTAIN_TABLE_LINE.match(lines[0]) is not None and _is_output(lines)


def _ends_in_expression(lines: Sequence[str]) -> bool:
    """Whether lines are code that may print: the last statement is no assignment or definition."""
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError):
        return False
    return bool(tree.body) and isinstance(tree.body[-1], ast.Expr | ast.For | ast.While | ast.With | ast.If)


def _is_shell(lines: list[str]) -> bool:
    commands = [line for before, line in zip(["", *lines], lines, strict=False) if not before.endswith("\\")]
    return all(_SHELL.match(line.strip()) for line in commands)


def _is_address(lines: list[str]) -> bool:
    return all(_ADDRESS.fullmatch(line) for line in lines)


def _is_output(lines: list[str]) -> bool:
    first = lines[0].strip()
    if first.startswith("Traceback (most recent call last)"):
        return True
    if _LOG_LINE.match(first) or _ERROR_LINE.match(first):
        return True
    if all(_TABLE_LINE.match(line) for line in (lines[0], lines[-1])):
        return True
    if sum(_DRAWN_LINE.match(line) is not None for line in lines) * 2 >= len(lines):
        return True
    return _is_printed_frame(lines)


def _is_printed_frame(lines: list[str]) -> bool:
    """Rows of values in columns, as pandas prints a frame or a series."""
    rows = [line for line in lines if not _ROW_END.fullmatch(line.strip())]
    if len(rows) < len(lines) and not rows:
        return True
    in_columns = [len(re.split(r"\s{2,}", line.strip())) > 1 for line in rows]
    numbered = sum(bool(re.match(r"\s*\d+\s{2,}\S", line)) for line in rows)
    return all(_ROW.fullmatch(line) for line in rows) and (
        numbered >= max(1, len(rows) - 1) or (len(rows) < len(lines) and any(in_columns))
    )


def _is_formula(lines: list[str]) -> bool:
    return all(_FORMULA_LINE.fullmatch(line) and _is_mathematics(line) for line in lines)


def _is_mathematics(line: str) -> bool:
    """`a ≈ b`, `a = b * c = 10`, `a = b * 10 rows`."""
    if _MATHEMATICS.search(line):
        return True
    _, *results = _EQUALS.split(line)
    if not results or not _ARITHMETIC.search(results[0]):
        return False
    return len(results) > 1 or _ENDS_IN_UNIT.search(line) is not None


def _is_prose(lines: list[str]) -> bool:
    return not is_sql(lines) and all(_is_sentence(_BULLET.sub("", line, count=1)) for line in lines)


def _is_sentence(line: str) -> bool:
    words = line.split()
    if len(words) < _FEWEST_WORDS or words[0] in _CODE_WORDS or _CODE_SIGN.search(line):
        return False
    return sum(_WORD.fullmatch(word) is not None for word in words) >= _MOSTLY * len(words)

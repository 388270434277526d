"""ECMAScript's patterns in Python: what they match, and what cannot be said."""

import re
import warnings

import pytest

from checker.schema.patterns import to_python

# A pattern, texts that it matches in ECMAScript, and texts that it does not.
CASES = [
    ("a", ["a", "cat"], ["b", ""]),
    (r"^[a-z0-9]+(?:-[a-z0-9]+)*$", ["a-b1"], ["a--b", "a-b\n", "A"]),
    ("^x$", ["x"], ["x\n", "\nx"]),
    (r"^\d+$", ["12"], ["\u0661\u0662", "1a"]),
    (r"^\w+$", ["a_1"], ["é", "слово"]),
    (r"^[\w-]+$", ["a-b"], ["ё-ж"]),
    (r"^\s$", [" ", "\u00a0", "\u2028", "\ufeff"], ["a", ""]),
    (r"^\S$", ["a", "я"], [" ", "\u00a0"]),
    (r"^[\sx]$", ["\u00a0", "x", " "], ["y"]),
    ("^.$", ["a", "🙂"], ["\n", "\r", "\u2028"]),
    (r"^\p{L}+$", ["слово", "abc"], ["a1", ""]),
    (r"^\p{Lu}", ["Ж"], ["ж"]),
    (r"^\p{Letter}$", ["ж"], ["1"]),
    (r"^\p{General_Category=Nd}$", ["1", "\u0661"], ["x"]),
    (r"^\P{L}+$", ["12 "], ["a"]),
    (r"^\P{Lu}$", ["@", "["], ["A", "Z"]),  # the neighbours of the first and the last capital
    (r"^\P{C}$", ["a"], ["\0", "\U0010ffff"]),
    (r"^[\p{L}\d]+$", ["ж1"], ["-"]),
    (r"^[^\p{L}]$", ["1"], ["ж"]),
    (r"^[\P{L}x]$", ["1", "x"], ["ж"]),
    (r"^\p{Script=Cyrillic}+$", ["урок"], ["lesson"]),
    (r"^\p{sc=Latin}+$", ["lesson"], ["урок"]),
    (r"^\u{1F642}\u0041$", ["🙂A"], ["A"]),
    (r"^(?<year>\d{4})-\k<year>$", ["2026-2026"], ["2026-2027"]),
    (r"(?<=a)b(?!c)", ["ab"], ["b", "abc"]),
    (r"(?<!a)b", ["b"], ["ab"]),
    (r"^\cJ$", ["\n"], ["J"]),
    (r"^a\/b\-c$", ["a/b-c"], ["ab"]),
    ("^[]$", [], ["", "a"]),
    ("^[^]$", ["\n", "a"], [""]),
    ("^[[&~|a]$", ["[", "&", "~", "|", "a"], ["]"]),
    (r"^[$.]$", ["$", "."], ["a"]),
    (r"^[\]]$", ["]"], ["a"]),
]


@pytest.mark.parametrize(("pattern", "matching", "other"), CASES, ids=[case[0] for case in CASES])
def test_it_matches_what_it_matches_there(pattern: str, matching: list[str], other: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = re.compile(to_python(pattern))
    assert [text for text in matching if not found.search(text)] == []
    assert [text for text in other if found.search(text)] == []


def test_translated_patterns_can_be_joined() -> None:
    """The validator joins the patterns of `patternProperties` by `|`."""
    joined = "|".join([to_python("^a$"), to_python(r"^\d$")])
    assert [bool(re.search(joined, text)) for text in ("a", "1", "b")] == [True, True, False]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(a", r"missing \)"),
        ("*", "nothing to repeat"),
        (r"\p{Klingon}", r"\\p\{Klingon\} is no Unicode class known here"),
        (r"\p{Script=Klingon}", "no Unicode class"),
        (r"\p{}", "no Unicode class"),
        (r"\y", "bad escape"),
    ],
)
def test_what_cannot_be_said_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        to_python(pattern)

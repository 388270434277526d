import json
import sys
import unicodedata

import msgspec
import pytest

from checker.reporting.escape import clipped, json_text, lines, one_line, shown_path, well_formed

HARMLESS = [
    "plain text",
    "Кадры и потоки",
    "日本語 emoji 👍🏽 and a family 👨‍👩‍👧",
    "می‌خواهم",
    "e\u0301 combining",
    "[bold]markup[/bold] :smile: \\n",
    "",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert one_line(text) == text
    assert well_formed(text) == text
    assert json_text(text) == text
    assert lines(text) == ([text] if text else [])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", r"a\nb"),
        ("a\r\nb", r"a\r\nb"),
        ("a\tb", r"a\tb"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x9b31m", r"\x9b31m"),
        ("\x00\x7f", r"\x00\x7f"),
        ("if a\u202e} b\u2066", r"if a\u202e} b\u2066"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("line\u2028separator", r"line\u2028separator"),
        ("caf\udce9.mdx", r"caf\xe9.mdx"),
        ("lone \ud800", r"lone \ud800"),
        ("::error::x", r"\x3a:error::x"),
        (" \t::error::x", r" \t::error::x"),
        ("  ::error::x", r"  \x3a:error::x"),
        ("see ##[error]x", r"see #\x23[error]x"),
        ("##vso[task]x ###[x", r"#\x23vso[task]x ##\x23[x"),
    ],
)
def test_what_acts_or_hides_is_spelled_out(text: str, shown: str) -> None:
    assert one_line(text) == shown


@pytest.mark.parametrize(
    "text", ["## heading", "std::vector", "#[derive(Debug)]", "a ## b [c]", "##Vec[0]", "# ::"]
)
def test_what_only_looks_like_a_command_stays(text: str) -> None:
    assert one_line(text) == text


def test_a_command_in_json_is_the_same_text() -> None:
    document = json.dumps(["##[error]x", "# ##vso[y"])
    assert "##[" not in json_text(document)
    assert json.loads(json_text(document)) == json.loads(document)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("en/a.mdx", "en/a.mdx"),
        ("../a.mdx", "../a.mdx"),
        ("/a.mdx", "/a.mdx"),
        ("::error::a.mdx", "./::error::a.mdx"),
        ("-rf.mdx", "./-rf.mdx"),
        ("#a.mdx", "./#a.mdx"),
        (" a\n.mdx", r"./ a\n.mdx"),
        ("я.mdx", "я.mdx"),
    ],
)
def test_a_path_may_begin_a_line(path: str, shown: str) -> None:
    assert shown_path(path) == shown


def test_nothing_that_acts_is_left() -> None:
    acting = [chr(code) for code in range(sys.maxunicode + 1) if _acts(chr(code))]
    assert one_line("".join(acting)).isascii()


def _acts(character: str) -> bool:
    directions = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(character) in directions
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo\n", ["one", "two"]),
        ("one\r\ntwo", ["one", "two"]),
        ("one\n\n", ["one", ""]),
        ("\n", [""]),
        ("50%\r100%\n", [r"50%\r100%"]),
        ("a\tb", ["a   b"]),
        ("\x1b[2J", [r"\x1b[2J"]),
        ("form\ffeed\u2028same line", [r"form\x0cfeed\u2028same line"]),
    ],
)
def test_lines(text: str, shown: list[str]) -> None:
    assert lines(text) == shown


@pytest.mark.parametrize("text", [*HARMLESS, "a\nb\x1b\x7f\x9b\u202e\u2028\U000e0041"])
def test_json_says_the_same(text: str) -> None:
    document = json_text(msgspec.json.encode({"key": text}).decode())
    assert json.loads(document) == {"key": text}
    assert one_line(document) == document


def test_indented_json_keeps_its_lines() -> None:
    document = '{\n  "key": 1\n}\n'
    assert json_text(document) == document


@pytest.mark.parametrize(("length", "shown"), [(0, 0), (2_000, 2_000), (2_001, 2_001), (1 << 20, 2_001)])
def test_text_is_clipped_where_nobody_reads_on(length: int, shown: int) -> None:
    text = clipped("x" * length)
    assert len(text) == shown
    assert text.endswith("…") is (length > 2_000)


def test_well_formed_text_can_be_encoded() -> None:
    assert well_formed("a\udcff\ud800\x1b").encode() == b"a\\xff\\ud800\x1b"


def test_no_printable_character_hides_or_acts() -> None:
    """So what is printable is taken as it is; behind `##` it is looked through."""
    printable = "##" + "".join(filter(str.isprintable, map(chr, range(sys.maxunicode + 1))))
    assert one_line(printable) == printable

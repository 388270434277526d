import pytest
from rich.cells import cell_len

from checker.reporting.build import build
from checker.reporting.excerpt import MarkedLine, excerpt
from tests.reporting.courses import at, finding, lesson, result, unrun


def excerpt_of(text: str, marked: str, room: int = 60) -> list[MarkedLine | None]:
    where = lesson("lesson.mdx", text)
    document = build(result(unrun(where, finding(at(where, marked)))))
    return list(excerpt(where, document.findings[0], room))


def drawn(text: str, marked: str, room: int = 60) -> list[str]:
    """Source and mark lines as a reader sees them."""
    shown = []
    for line in excerpt_of(text, marked, room):
        if line is None:
            shown.append("…")
            continue
        shown.append(line.text)
        if line.width:
            shown.append(" " * line.start + "^" * line.width)
    return shown


@pytest.mark.parametrize(
    ("text", "marked", "picture"),
    [
        ("x = foo(1)\n", "foo", ["x = foo(1)", "    ^^^"]),
        ("x = foo(1)", "(1)", ["x = foo(1)", "       ^^^"]),
        ("a\r\nb = c\r\n", "c", ["b = c", "    ^"]),
        ("a\rb = c\r", "b", ["b = c", "^"]),
        ("\tx\ty", "x", ["    x   y", "    ^"]),
        ("\tx\ty", "y", ["    x   y", "        ^"]),
        ("a\tb", "\t", ["a   b", " ^^^"]),
        ("'日本' + x", "x", ["'日本' + x", "         ^"]),
        ("'日本' + x", "日本", ["'日本' + x", " ^^^^"]),
        ("'👍' + x", "x", ["'👍' + x", "       ^"]),
        ("é́ + x", "x", ["é́ + x", "    ^"]),
        ("a\x1b[0m + x", "x", [r"a\x1b[0m + x", "           ^"]),
        ("if\u202e x", "\u202e", [r"if\u202e x", "  ^^^^^^"]),
        ("[bold]x[/bold]", "x", ["[bold]x[/bold]", "      ^"]),
    ],
)
def test_the_mark_stands_under_the_span(text: str, marked: str, picture: list[str]) -> None:
    assert drawn(text, marked) == picture


def test_an_empty_span_points_between_characters() -> None:
    assert drawn("abc", "") == ["abc", "^"]


def test_the_end_of_the_file_can_be_marked() -> None:
    where = lesson("lesson.mdx", "abc\n")
    end = where.span(4, 4)
    document = build(result(unrun(where, finding(end))))
    assert list(excerpt(where, document.findings[0], 60)) == [MarkedLine(2, "", 0, 1)]


@pytest.mark.parametrize(
    ("text", "marked", "picture"),
    [
        ("f(\n  1,\n)\n", "f(\n  1,\n)", ["f(", "^^", "  1,", "  ^^", ")", "^"]),
        ("x = f(\n  1)\n", "f(\n  1", ["x = f(", "    ^^", "  1)", "  ^"]),
        ("a\n\nb\n", "a\n\nb", ["a", "^", "", "b", "^"]),
        ("a\nb\n", "a\n", ["a", "^"]),
        ("1\n2\n3\n4\n", "1\n2\n3\n4", ["1", "^", "2", "^", "3", "^", "4", "^"]),
        ("1\n2\n3\n4\n5\n", "1\n2\n3\n4\n5", ["1", "^", "2", "^", "…", "5", "^"]),
    ],
)
def test_a_span_of_several_lines(text: str, marked: str, picture: list[str]) -> None:
    assert drawn(text, marked) == picture


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a" * 500 + "HERE" + "b" * 500, "HERE"),
        ("HERE" + "b" * 500, "HERE"),
        ("a" * 500 + "HERE", "HERE"),
        ("日" * 500 + "HERE" + "本" * 500, "HERE"),
        ("日" * 17 + "HERE" + "本" * 4, "HERE"),
        ("\t" * 500 + "HERE" + "\t" * 500, "HERE"),
        ("\x1b" * 500 + "HERE" + "\x1b" * 500, "HERE"),
    ],
)
@pytest.mark.parametrize("room", [20, 21, 40])
def test_a_long_line_is_cut_around_the_mark(text: str, marked: str, room: int) -> None:
    (line,) = excerpt_of(text, marked, room)
    assert line is not None
    assert cell_len(line.text) <= room
    assert "…" in line.text
    assert cell_len(line.text[: line.text.index(marked)]) == line.start
    assert line.width == len(marked)


@pytest.mark.parametrize("room", [20, 40])
def test_a_long_mark_is_cut_and_keeps_its_beginning(room: int) -> None:
    (line,) = excerpt_of("a = " + "HERE" * 300, "HERE" * 300, room)
    assert line is not None
    assert cell_len(line.text) <= room
    assert line.text[line.start :].startswith("HERE")
    assert line.text.endswith("…")
    assert line.start + line.width == cell_len(line.text)


def test_a_line_that_fits_is_not_cut() -> None:
    assert drawn("a" * 30 + "HERE" + "b" * 6, "HERE", 40) == ["a" * 30 + "HERE" + "b" * 6, " " * 30 + "^^^^"]

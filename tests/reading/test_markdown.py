"""What the reader makes of a text as a whole: which syntax, and where in the file its parts stand."""

import pytest

from checker.reading.decoding import line_starts
from checker.reading.document import Document, Head
from checker.reading.markdown import Syntax, parse_document

LINE_ENDS = pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
SYNTAXES = pytest.mark.parametrize("syntax", ["mdx", "md"])


def parse(text: str, syntax: Syntax = "mdx") -> Document:
    return parse_document(text, syntax=syntax)


@SYNTAXES
@pytest.mark.parametrize("text", ["", "\n", "\r", "\r\n", " ", "\t\n", "\n\n\n"])
def test_nothing_is_in_a_text_without_words(text: str, syntax: Syntax) -> None:
    assert parse(text, syntax) == Document(line_starts(text), None, (), (), (), ())


@SYNTAXES
@pytest.mark.parametrize(
    "text", ["a", "a\n", "a\r\nb", "\ra\n\rb\r\n", "> a\n> b\n\n- c\n  d", "---\na: b\n---\n\u2028c\n"]
)
def test_lines_begin_where_the_lesson_has_them(text: str, syntax: Syntax) -> None:
    assert parse(text, syntax).line_starts == line_starts(text)


@SYNTAXES
def test_nothing_is_wrong_with_plain_words(syntax: Syntax) -> None:
    document = parse("# Title\n\nText with `code` & *stars*.\n", syntax)
    assert document.faults == ()
    assert document.refusal is None
    assert [(each.level, each.start, each.end) for each in document.passages] == [(1, 2, 7), (0, 9, 36)]


def test_markdown_knows_no_tags_and_no_braces() -> None:
    text = "<br> {a b} <!-- c -->\n\nimport it\n"
    assert parse(text, "md").faults == ()
    assert [each.start for each in parse(text, "mdx").faults] == [0, 8, 12, 23]


def test_only_markdown_has_indented_code() -> None:
    text = "    ```py\n    x\n    ```\n"
    assert parse(text, "md").fences == ()
    assert [each.code for each in parse(text, "mdx").fences] == ["x"]


@SYNTAXES
@LINE_ENDS
@pytest.mark.parametrize("ended", [True, False], ids=["ended", "not ended"])
def test_offsets_are_the_files_whatever_ends_its_lines(end: str, ended: bool, syntax: Syntax) -> None:
    text = end.join(["---", "title: A", "---", "", "> ```py a", "> x = 1", ">", "> y", "> ```", "", "Words"])
    text += end if ended else ""
    document = parse(text, syntax)
    assert document.head is not None
    assert text[document.head.text_start : document.head.text_end] == f"title: A{end}"
    assert text[: document.head.end].endswith("---")
    (fence,) = document.fences
    assert fence.code == "x = 1\n\ny"
    assert text[fence.start : fence.end] == end.join(["```py a", "> x = 1", ">", "> y", "> ```"])
    assert text[fence.meta_start] == "a"
    assert [text[each.offset :].split(end)[0] for each in fence.lines] == ["x = 1", "", "y"]
    (passage,) = document.passages
    assert text[passage.start : passage.end] == passage.text == "Words"


@LINE_ENDS
def test_a_fault_stands_where_the_files_line_has_it(end: str) -> None:
    text = f"One{end}two{end}{end}a <5{end}"
    (fault,) = parse(text).faults
    assert text[fault.start : fault.end] == "5"


@LINE_ENDS
def test_comments_keep_the_files_line_endings(end: str) -> None:
    text = f"{{/* check: setup{end}a = 1{end}*/}}{end}"
    (comment,) = parse(text).comments
    assert comment.text == f" check: setup{end}a = 1{end}"
    assert text[comment.start : comment.end] == text.rstrip()


def test_a_head_is_found_between_its_lines() -> None:
    assert parse("+++\na = 1\n+++\n").head == Head("toml", 0, 13, 4, 10)
    assert parse("---\n---").head == Head("yaml", 0, 7, 4, 4)


RULED = "---\n\n# WELL DONE\n\nThe array is full.\n\n---\n\nGo on.\n"


def test_markdown_may_begin_with_a_thematic_break() -> None:
    document = parse(RULED, "md")
    assert document.head is None
    assert [each.text for each in document.passages] == ["WELL DONE", "The array is full.", "Go on."]
    end = RULED.rindex("---")
    assert parse(RULED, "mdx").head == Head("yaml", 0, end + 3, 4, end)


@pytest.mark.parametrize(
    "text", ["\n", "# A\n", "\n# A\n", "\ntitle: A\n", "\n# A\n\n- a\n", "A\n\nb\n", "\n  A\n"]
)
def test_what_may_be_meant_as_frontmatter_is_it(text: str) -> None:
    assert parse(f"---\n{text}---\n", "md").head is not None


def test_only_the_callers_decoder_takes_a_byte_order_mark_off() -> None:
    assert parse("\ufeff---\na: 1\n---\n").head is None


@pytest.mark.parametrize(
    ("text", "code", "end"),
    [
        ("```\nx", "x", 5),
        ("```\nx\n", "x", 5),
        ("```\nx\n\n", "x\n", 6),
        ("```\n", "", 3),
        ("```", "", 3),
        ("```\n\n", "", 4),
    ],
)
def test_a_fence_that_never_closes_goes_to_the_last_line(text: str, code: str, end: int) -> None:
    (fence,) = parse(text).fences
    assert (fence.code, fence.end, fence.closed) == (code, end, False)


def test_the_refusal_is_the_first_that_the_sites_parser_meets() -> None:
    text = "<A>\n\na <5\n\n<B c=d>\n"
    document = parse(text)
    assert document.refusal is not None
    assert text[document.refusal.start] == "d"
    assert [each.start for each in document.faults] == [0, 8, 16]


def test_one_place_is_told_of_once() -> None:
    text = "{() => { (] }}\n"  # both braces open what is wrong at the same bracket
    assert [text[each.start] for each in parse(text).faults] == ["]"]


def test_nul_is_read_as_the_replacement_character_in_its_place() -> None:
    (fence,) = parse("```\na\0b\n```\n").fences
    assert fence.code == "a\ufffdb"
    assert [each.offset for each in fence.lines] == [4]

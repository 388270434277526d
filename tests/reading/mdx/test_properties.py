"""Whatever an author wrote: the reader ends, and each part says truly where it stands."""

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.reading.document import Document
from checker.reading.markdown import Syntax, parse_document
from tests.reading.mdx.invariants import check_document

# What Markdown, MDX and JavaScript give a meaning to, and what reads like one of these and is another.
PIECES = (
    *("\n", "\n\n", "\r\n", "\r", "\t", " ", "  ", "    ", "\0", "\u2028", "\xa0", "\x85", "\\"),
    *("```", "````", "```py\n", "```py a\n", "~~~", "~~~md\n", "`", "``", "---", "---\n", "+++\n", "==="),
    *("> ", ">", "- ", "* ", "1. ", "2)", "[^a]: ", "[a]: ", "# ", "|", "| a |\n| - |\n", "***"),
    *(
        "<",
        ">",
        "</",
        "/>",
        "<A>",
        "</A>",
        "<a b",
        '="',
        "'",
        '"',
        "<>",
        "</>",
        "<!--",
        "-->",
        "<br>",
        "<div>\n",
    ),
    *(
        "{",
        "}",
        "{/*",
        "*/}",
        "${",
        "(",
        ")",
        "[",
        "]",
        "](",
        "![",
        "/",
        "//",
        "=>",
        "?",
        ":",
        ",",
        ";",
        "...",
    ),
    *(
        "import ",
        "export ",
        "import A from 'a'\n",
        "export const a = 1\n",
        " from ",
        "function",
        "class",
        "async",
    ),
    *("a", "1", "=", "+", "é", "😀", "*", "_", "&amp;", "https://a.b/", "www.", "a: b\n", "text\n"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
SYNTAXES = st.sampled_from(["mdx", "md"])
# Lines that code may consist of and that end no fence, whatever stands around it.
CODE_LINES = st.lists(
    st.sampled_from(["", "a = 1", "    b", "{x}", "<b", "- c", "> d", "``", "# e"]), max_size=6
)


def parse(text: str, syntax: Syntax) -> Document:
    document = parse_document(text, syntax=syntax)
    check_document(text, document)
    return document


@settings(deadline=None, max_examples=300)
@given(TEXTS, SYNTAXES)
def test_any_text_ends_in_a_document(text: str, syntax: Syntax) -> None:
    parse(text, syntax)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60), SYNTAXES)
def test_so_does_any_unicode(text: str, syntax: Syntax) -> None:
    parse(text, syntax)


@settings(deadline=None, max_examples=100)
@given(TEXTS.map(lambda text: text.replace("\r", "")), SYNTAXES)
def test_line_endings_change_no_part(text: str, syntax: Syntax) -> None:
    unix, windows = parse(text, syntax), parse(text.replace("\n", "\r\n"), syntax)
    assert [(each.lang, each.meta, each.code, each.parents) for each in unix.fences] == [
        (each.lang, each.meta, each.code, each.parents) for each in windows.fences
    ]
    assert [each.message for each in unix.faults] == [each.message for each in windows.faults]


@settings(deadline=None, max_examples=100)
@given(CODE_LINES, st.sampled_from(["", "> ", "> > "]), SYNTAXES, st.booleans())
def test_code_is_found_as_it_was_written(lines: list[str], prefix: str, syntax: Syntax, closed: bool) -> None:
    # An empty last line of what is never closed is the file's end, and no code.
    written = ["```text", *lines, *(["```"] if closed else ["end"])]
    document = parse("".join(f"{prefix}{line}\n" for line in written), syntax)
    assert [each.code.split("\n") for each in document.fences] == [
        (lines or [""]) if closed else [*lines, "end"]
    ]
    assert [each.closed for each in document.fences] == [closed]
    assert [each.parents for each in document.fences] == [("blockquote",) * prefix.count(">")]

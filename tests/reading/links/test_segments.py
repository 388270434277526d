"""What a link from the root may end in is seen in the text, however the link is written."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.reading.lesson import parse_lesson
from checker.reading.links.reading import read_page
from checker.reading.links.segments import may_lead, segments
from checker.rules.references.site import path_of

NAMES = {"02-tea", "tea", "чай"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tea",
        "prerequisites: [pots/02-tea]",
        "[a](pots/tea) and [b](./tea), [c](../tea)",
        "[a](https://example.com/tea)",
        "[a](//example.com/tea)",
        "[a](/teapots) [b](/tea.pot)",
        "100% /pots",
        "a/b/tea",
        "&nbsp;/pots &amp; more",
        r"`\/pots`",
    ],
)
def test_most_texts_lead_nowhere(text: str) -> None:
    assert not may_lead(segments(text), NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "[a](/tea)",
        "[a](/pots/02-tea)",
        "[a](/pots/tea/)",
        "[a](/pots/tea//)",
        "[a](</tea>)",
        "[a](/tea#top)",
        "[a](/tea?cup=1#top)",
        '[a](/TEA "Tea")',
        "[a](/чай)",
        "[a](/%D1%87%D0%B0%D0%B9)",
        "[a](/%74ea)",
        "[a](/t&#101;a)",
        "[a](&#47;tea)",
        "[a](&sol;tea)",
        "[a](/02\\-tea)",
        "[a](\\/tea)",
        "[a]\n\n[a]: /tea",
        "[a]\n\n[a]:/tea",
        "[a]\n\n[a]:\n  </tea>",
        '<a href="/tea">a</a>',
        "<a href='/tea'>a</a>",
        "<Link to={'/tea'} />",
        '<Card href="/tea/" />',
        "![a](/tea)",
    ],
)
@pytest.mark.parametrize("path", ["a.mdx", "a.md"])
def test_what_leads_there_is_seen(path: str, text: str) -> None:
    assert may_lead(segments(text), NAMES)
    page = read_page(parse_lesson(path, text))
    assert all(path_of(each.url).rstrip("/").rpartition("/")[2].lower() in NAMES for each in page.links)


_PIECES = ["/", "tea", "02-tea", "чай", "(", ")", "](", "[a]", "<", ">", " ", "\n\n", ":", '"', "'", "`", "="]
_ODD = [
    "\\",
    "%",
    "%74",
    "&#47;",
    "&#101;",
    "&amp;",
    "#",
    "?",
    "\t",
    "<a href=",
    "{",
    "}",
    ".",
    "-",
    "_",
    "x",
]

# Another site, or an address with a quote or a bracket, which ends it for `segments`.
_NOT_SEEN = re.compile(r"^//|[\"'`()<>\[\]{}|]")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*_PIECES, *_ODD]), max_size=14).map("".join))
def test_no_link_that_ends_there_is_missed(text: str) -> None:
    for path in ("a.md", "a.mdx"):
        for link in read_page(parse_lesson(path, f"[a](/{text}) {text}")).links:
            if link.url.startswith("/") and not _NOT_SEEN.search(link.url):
                last = path_of(link.url).rstrip("/").rpartition("/")[2].lower()
                if last in NAMES:
                    assert may_lead(segments(f"[a](/{text}) {text}"), NAMES)


@pytest.mark.parametrize("name", ["a b", "c++", ""])
def test_of_a_name_with_other_signs_nothing_is_certain(name: str) -> None:
    assert may_lead(segments(""), [name])
    assert not may_lead(segments("/a"), [])


@pytest.mark.parametrize("piece", ["/", "/a", "&", "%", "\\", "/%", " /", "/&#", "`/", "a/"])
def test_any_text_is_read_in_linear_time(piece: str) -> None:
    assert isinstance(segments(piece * 200_000), frozenset)

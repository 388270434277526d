"""What a lesson refers to: every link at its own address, none where there is none; and its ids."""

import time

import pytest

from checker.reading.lesson import parse_lesson
from checker.reading.links.reading import read_page
from checker.reading.links.references import Page


def page(text: str, path: str = "lesson.mdx") -> Page:
    return read_page(parse_lesson(path, text))


def written(text: str, path: str = "lesson.mdx") -> list[str]:
    """The addresses as they stand in the file, so that a wrong offset shows."""
    return [text[each.start : each.end] for each in page(text, path).links]


NO_LINKS = [
    "plain text with /a/path and page.mdx\n",
    "`[code](/a)` and ``[a `b` c](/a)``\n",
    "```md\n[fenced](/a)\n```\n",
    "\\[escaped](/a) and [text\\](/a)\n",
    "[open](/a\n",
    "[a](/a b)\n",
    "[a](</a\nb>)\n",
    "[a](/a 'title)\n",
    "[no definition][here]\n",
    "[ ]: /blank\n\n[ ]\n",
    "[^1] and text\n\n[^1]: /a\n",
    "[empty]()\n",
    "{[1](2)}\n",
    "{'[a](/a)'} {/* [b](/b) */}\n",
    '<p title="[a](/a)">text</p>\n',
    "export const x = `[a](/a)`\n",
    "{/* <a href='/a'>no</a> */}\n",
    "<a href={computed}>text</a>\n",
    "<a href={`/a/${b}`}>text</a>\n",
    '<Code source={<a href="/inner" />} />\n',
    "<a {...rest}>text</a>\n",
    '<link href="/favicon.svg" />\n',
    "[unused]: /a\n",
    "<>fragment</>\n",
]


@pytest.mark.parametrize("text", NO_LINKS)
def test_what_is_no_link(text: str) -> None:
    assert written(text) == []


LINKS = {
    "[a](/a)\n": ["/a"],
    "[a](</a b>)\n": ["/a b"],
    "[a](/a 'a title') [b](/b \"title\") [c](/c (title))\n": ["/a", "/b", "/c"],
    "[a](/a(b)c)\n": ["/a(b)c"],
    "[a [b] c](/a)\n": ["/a"],
    "[outer [inner](/inner) outer](/outer)\n": ["/inner"],
    "[![image](/i.png)](/a)\n": ["/i.png", "/a"],
    "![an [inner](/a) link](/i.png)\n": ["/a", "/i.png"],
    "*[a](/a)* and **[b](/b)**\n": ["/a", "/b"],
    "[`code`](/a)\n": ["/a"],
    "[a](/a)\n[b](/b)\n": ["/a", "/b"],
    "[a](\n  /a\n  'title'\n)\n": ["/a"],
    "# [a](/a)\n": ["/a"],
    "[a](/a)\n===\n": ["/a"],
    "| x | [a](/a) |\n|---|---|\n| [b](/b) | `|` |\n": ["/a", "/b"],
    "> 1. [a](/a)\n>    and\n>    [b](/b)\n": ["/a", "/b"],
    "[full][Label] [collapsed][] [shortcut]\n\n[label]: /a\n[Collapsed]: </b>\n[shortcut]: /c 'x'\n": [
        "/a",
        "/b",
        "/c",
    ],
    "> [a]\n>\n> [a]: /a\n": ["/a"],
    "[twice]\n\n[twice]: /first\n[twice]: /second\n": ["/first"],
    "<a href='/a'>a</a>\n": ["/a"],
    'text <a\n  className="x"\n  href="/a">a\n</a> [b](/b)\n': ["/a", "/b"],
    '> text <a\n> href="/a"> a\n> </a> [b](/b)\n': ["/a", "/b"],
    "<a href={'/a'}>a</a> <a href={`/b`}>b</a>\n": ["/a", "/b"],
    '<Link to="/a">a</Link>\n': ["/a"],
    '<Card title={<b>{"x"}</b>} href="/a" />\n': ["/a"],
    '<div>\n  <img src="/i.png" />\n\n  [a](/a)\n</div>\n': ["/i.png", "/a"],
    "Кириллица 😀 [ссылка](/a)\r\nи [ещё](/b)\r\n": ["/a", "/b"],
    "a {`b`} [a](/a)\n": ["/a"],
    "[{`](/no)`}](/a)\n": ["/a"],
}


@pytest.mark.parametrize("text", LINKS)
def test_each_link_stands_at_its_address(text: str) -> None:
    assert written(text) == LINKS[text]


MARKDOWN = {
    "<https://example.org/x> <me@example.org>\n": ["https://example.org/x"],
    "<a href='/a'>a</a> {[b](/b)}\n": ["/a", "/b"],
    "<div>\n<a href=/a>a</a>\n<img src='/i.png'>\n</div>\n": ["/a", "/i.png"],
    "<!-- <a href='/no'> -->\n\n<!-- [a](/no) --> [no](/no)\n\n[a](/a)\n": ["/a"],
    "text <!-- [a](/no) --> <b title='[a](/no)'>[a](/a)</b>\n": ["/a"],
    "1 < 2 [a](/a) <!-- open\n": ["/a"],
    "<p>\n<!-- <a href='/no'> --> <a href='/a'> <!-- open <a href='/no'>\n": ["/a"],
}


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_has_html_and_addresses_in_angles(text: str) -> None:
    assert written(text, "lesson.md") == MARKDOWN[text]


def test_an_address_is_as_it_is_meant() -> None:
    found = page("[a](/a\\_b&amp;c 'x') <a href='/d&amp;e'>d</a>\n").links
    assert [each.url for each in found] == ["/a_b&c", "/d&e"]


def test_images_are_told_from_links() -> None:
    text = "![a](./a.png) [b](/b) <img src='/c.png'/> ![d][e]\n\n[e]: /e.png\n"
    assert [(each.kind, each.element) for each in page(text).links] == [
        ("image", ""),
        ("link", ""),
        ("image", "img"),
        ("image", ""),
    ]


IDS = {
    "## Hello, World!\n": {"hello-world"},
    "## Hello\n\n# hello\n\n### Hello-1\n\n## HELLO\n": {"hello", "hello-1", "hello-1-1", "hello-2"},
    "## Что такое `CDC`?\n": {"что-такое-cdc"},
    "## 🚀 Start ¿qué?\n": {"-start-qué"},
    "## `a_b` __init__ _x_ snake_case\n": {"a_b-init-x-snake_case"},
    "## A [link *text*](/a_b_c) ![image](/i.png)\n": {"a-link-text-"},
    "## AT&amp;T &copy; R&D\n": {"att--rd"},
    "## a \\_b\\_ c\n": {"a-_b_-c"},
    "## 1. First\n": {"1-first"},
    "## a -- b\n": {"a----b", "a--b"},
    "## Setup {/* #install */}\n": {"install", "setup--install-"},
    "## Setup [[install]]\n": {"install", "setup-install"},
    "## Setup [#install]\n": {"install", "setup-install"},
    "## <b>Bold</b> text <br/>\n": {"bold-text-"},
    "Two\nlines\n---\n": {"twolines"},
    "(label)=\n# Own\n\n(two)=\n(three)=\n\nf(x)=\n": {"label", "own", "two", "three"},
    '<h2 id="own">Own</h2>\n\n<a name="old" />\n': {"own", "old"},
    "## Ⓐ ² ½ x́\n": {"ⓐ---x́"},
    "## [full][ref] [ref]\n\n[ref]: /a_b_c\n": {"full-ref"},
    "## {'Quoted'} text\n": {"quoted-text"},
}


@pytest.mark.parametrize("text", IDS)
def test_the_ids_of_headings(text: str) -> None:
    assert page(text).ids == IDS[text]


def test_attribute_lists_give_ids_in_md() -> None:
    text = "* **a:**[](){#a} b\n\nText [c]{: #c .d} and { #e }, {f} {g#h}\n"
    assert page(text, "a.md").ids == {"a", "c", "e"}
    assert page(text).ids == set()


def test_the_ids_that_other_sites_would_give() -> None:
    text = "## Plain words\n\n## What's new in `a.b()`?\n\n## A & B\n\n## a_b\n"
    assert page(text).hyphened == {
        "what-s-new-in-a-b": "whats-new-in-ab",
        "whats-new-in-a-b": "whats-new-in-ab",
        "a-b": "a_b",
    }


def test_the_ids_that_vitepress_would_give() -> None:
    text = "## 1. Module bar\n\n## Настройка — шаги\n\n## Créer un rôle\n"
    assert page(text).hyphened == {
        "_1-module-bar": "1-module-bar",
        "настройка-шаги": "настройка--шаги",
        "настроика-—-шаги": "настройка--шаги",
        "creer-un-role": "créer-un-rôle",
    }


def test_markdown_may_give_ids_in_braces() -> None:
    assert page("## Setup {#install}\n", "lesson.md").ids == {"install", "setup-install"}


@pytest.mark.parametrize("text", ["## {title}\n", "<p id={name}>x</p>\n"])
def test_what_is_computed_is_said(text: str) -> None:
    assert page(text).computed


def test_html_headings_of_markdown_are_not_known() -> None:
    assert page("<div>\n<h2>Title</h2>\n</div>\n", "lesson.md").computed
    assert not page("## {/* note */} Title\n").computed


def test_components_are_named() -> None:
    assert page("<Tabs>\n  <Tabs.Item />\n</Tabs>\n\n<p>text</p>\n").components == {"Tabs", "Tabs.Item"}


def test_imports_are_found_in_modules_only() -> None:
    text = (
        "import a from './a'; import {b,\n  c as d} from \"../b.tsx\"\nimport './c.css'\n"
        "export { e } from './e'\nexport const f = \"import x from './no'\" // from './no'\n\n"
        "text\n\n```js\nimport x from './fenced'\n```\n"
    )
    found = page(text).imports
    assert [each.source for each in found] == ["./a", "../b.tsx", "./c.css", "./e"]
    assert [text[each.start : each.end] for each in found] == [each.source for each in found]
    assert {"b", "c", "d"} <= found[1].names


HOSTILE = {
    "brackets": "[" * 200_000,
    "images": "![" * 100_000,
    "closed": "[" * 100_000 + "]" * 100_000,
    "links": "[a](" * 50_000,
    "angles": "[a](<" * 40_000,
    "titles": '[a](b "' * 30_000,
    "definitions": "[a]: b\n" * 30_000,
    "labels": "[a]: b\n\n" + "[" * 60_000 + "a" + "]" * 60_000,
    "references": "[a]: b\n\n" + "[a][" * 50_000,
    "backticks": "".join("[" + "`" * (number % 900) for number in range(600)),
    "braces": "[{" * 2_000,
    "underscores": "# " + "_a" * 80_000,
    "parentheses": "[a](" + "(" * 180_000,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("path", ["lesson.mdx", "lesson.md"])
def test_it_takes_no_longer_than_other_text(name: str, path: str) -> None:
    lesson = parse_lesson(path, HOSTILE[name])
    began = time.process_time()
    read_page(lesson)
    assert time.process_time() - began < 20

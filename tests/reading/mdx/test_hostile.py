"""Lessons made to hurt: each ends in a document, without a stack that overflows or time that explodes.

Nothing is timed here, but a reader that is quadratic in one of these sizes would not go unnoticed.
"""

import pytest

from checker.reading.document import Document
from checker.reading.markdown import parse_document
from tests.reading.mdx.invariants import check_document

MANY = 10_000
FENCE = "\n\n```py\nx\n```\n"

# What is read in full: the fence after it is found, and it is alone.
HARMLESS = {
    "brackets": "[" * MANY,
    "brackets and addresses": "[a](" * MANY,
    "images": "![" * MANY,
    "stars": "*" * MANY,
    "stars and letters": "*a " * MANY,
    "closing stars": "a* " * MANY,
    "underscores": "_a" * MANY,
    "emphasis of all lengths": "".join("*" * (each % 7) + "a" for each in range(MANY)),
    "backtick runs of all lengths": "a".join("`" * each for each in range(1, 400)),
    "a long line": "a" * 1_000_000,
    "a long line of words": "word " * 200_000,
    "hashes": "#" * MANY,
    "lines of text": "text\n" * MANY,
    "definitions": "[a]: b\n" * MANY,
    "escapes": "\\" * MANY,
    "references": "&amp;" * MANY,
    "addresses": "https://a.b " * (MANY // 2),
    "a table of many rows": "| a |\n| - |\n" + "| b |\n" * (MANY // 4),
    "a row of many cells": f"|{'a|' * MANY}\n|{'-|' * MANY}",
    "a long expression": "{" + "a + " * MANY + "a}",
    "a long template": "{`" + "${a}" * MANY + "`}",
    "expressions": "{a} " * MANY,
    "tags": "<a></a>" * MANY,
    "tags that close themselves": "<a/>\n" * MANY,
    "nested braces": "{" + "[" * MANY + "]" * MANY + "}",
    "nested tags in an expression": "{" + "<a>" * MANY + "</a>" * MANY + "}",
    "nested templates": "{" + "`${" * MANY + "a" + "}`" * MANY + "}",
    "imports": "".join(f"import a{each} from 'a'\n" for each in range(MANY // 4)),
    "a long export": "export const a = [\n" + "1,\n" * MANY + "]",
    "comments": "{/* a */}\n\n" * MANY,
    "a long comment": "{/*" + " *" * MANY + "*/}",
    "spaces": " " * MANY + "a",
    "tabs": "\t" * MANY + "a",
}
# What is refused, or cut off.
HARMFUL = {
    "open braces": "{" * MANY,
    "open braces on lines": "{\n" * MANY,
    "open tags without an end": "<a " * MANY,
    "open tags on lines": "<a\n" * MANY,
    "open tags": "<a>" * MANY,
    "open tags on lines of their own": "<a>\n" * MANY,
    "open tags of many names": "".join(f"<a{each}>\n" for each in range(MANY)),
    "closing tags": "</a>\n" * MANY,
    "closing tags in texts": "b </a>\n" * MANY,
    "crossed tags": "<a>\n<b>\n</a>\n</b>\n" * (MANY // 4),
    "open strings": "{'" * MANY,
    "open templates": "{`" * MANY,
    "open comments": "{/* " * MANY,
    "open comments on lines": "{/*\n" * MANY,
    "what follows too much that is wrong": "{/* " * MANY + "\n\nimport a from b\n\n<a\n\n{a b}",
    "exports that are open comments": "export const a = /*\n\n" * MANY + "<a>\n",
    "open HTML comments": "a <!-- " * MANY,
    "open attributes": "<a b='" * MANY,
    "open exports": "export const a = {\n\n" * (MANY // 4),
    "imports that are none": "import a\n\n" * (MANY // 4),
    "a long string between two values": "{a '" + "b" * 1_000_000 + "'}",
    "a long info": "```" + "a" * 1_000_000,
    "a long run of backticks": "`" * 1_000_000,
    "a long run of tildes": "~" * 1_000_000,
    "less-than signs": "<" * MANY,
    "braces in tags": "<a {" * MANY,
}
# What is nested deeper than the reader, or the official parser, follows.
DEEP = {
    "quotes": ">" * 2_000,
    "quotes with blanks": "> " * 2_000,
    "bullets": "- " * 2_000 + "a",
    "numbers": "1. " * 2_000,
    "footnotes": "[^a]: " * 2_000,
    "quotes and bullets": "> - " * 1_000,
    "bullets on lines": "".join("  " * each + "- a\n" for each in range(300)),
}
EVERYTHING = HARMLESS | HARMFUL | DEEP


def parse(text: str) -> Document:
    document = parse_document(text, syntax="mdx")
    check_document(text, document)
    return document


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_only_long_hides_no_fence(name: str) -> None:
    document = parse(HARMLESS[name] + FENCE)
    assert [(each.lang, each.code, each.parents) for each in document.fences] == [("py", "x", ())]
    assert document.faults == ()


@pytest.mark.parametrize("name", HARMFUL)
def test_what_is_wrong_is_said(name: str) -> None:
    document = parse(HARMFUL[name])
    assert document.faults
    assert max(len(fault.message) for fault in document.faults) < 1_000


@pytest.mark.parametrize("name", DEEP)
def test_what_is_nested_too_deep_is_said(name: str) -> None:
    document = parse(DEEP[name] + FENCE)
    assert ["nested more than 100 deep" in fault.message for fault in document.faults] == [True]
    assert [(each.lang, each.code) for each in document.fences] == [("py", "x")]


@pytest.mark.parametrize("name", EVERYTHING)
def test_markdown_ends_too(name: str) -> None:
    text = EVERYTHING[name]
    check_document(text, parse_document(text, syntax="md"))

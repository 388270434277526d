"""What sites add to MDX is read where the configuration says so, and refused where it does not."""

import pytest

from checker.model import Extension
from checker.reading.markdown import parse_document
from tests.reading.mdx.invariants import check_document

EVERYTHING: tuple[Extension, ...] = ("heading-ids", "math", "svelte")
FENCE = "\n\n```py\nx\n```\n"
ADDED: list[tuple[Extension, str]] = [
    ("heading-ids", "## Title {#the-id}"),
    ("heading-ids", "Title *a* {#the-id}  \n===="),
    ("heading-ids", "- # Title {#id}"),
    ("math", "The sum $\\sum_{i j}$ and $$a_{b c}$$."),
    ("math", "$$\n\\frac{a}{b} < {c d}\n$$"),
    ("math", "text\n$$\n```\n{a b}\n<b\n\n$$$"),
    ("math", "- $$\n  {a b}\n  $$"),
    ("math", "> $$\n> {a b}\n\ntext"),
    ("svelte", "{#if a > b}\n\ntext {:else if c} text\n\n{/if}"),
    ("svelte", "{#each items as {id, name} (id)}\n<li>{name}</li>\n{/each}"),
    ("svelte", "text {@html '}'} text"),
    ("svelte", "<Tea {cups} { pots } {...rest} on:pour={pour} />"),
    ("svelte", "<!-- a < b {c -->\n\ntext <!-- {d --> text"),
    ("svelte", "<img src='a.png'>\n\n| a<br>b |\n| - |\n\n<p>a<br>b</p>"),
]
WRONG = [
    "## Title {a b}",
    "## {#id} title {a b}",
    "costs $5 {a b} only",
    "text {/if {a b}",
    "$$ {a b} $$ $$$ text {c d}",
    "{#if a",
    "<p>text",
    "<!-- a -->\n\n<5",
]


@pytest.mark.parametrize(("extension", "text"), ADDED)
def test_what_the_site_adds_is_no_fault(extension: Extension, text: str) -> None:
    document = parse_document(text + FENCE, syntax="mdx", extensions=[extension])
    check_document(text + FENCE, document)
    assert document.refusal is None
    assert [(fence.lang, fence.code) for fence in document.fences] == [("py", "x")]


@pytest.mark.parametrize(("_extension", "text"), ADDED)
def test_without_it_the_lesson_is_refused_or_reads_otherwise(_extension: Extension, text: str) -> None:
    plain = parse_document(text + FENCE, syntax="mdx")
    assert plain.refusal is not None or [fence.lang for fence in plain.fences] != ["py"]


@pytest.mark.parametrize("text", WRONG)
def test_the_rest_is_refused_still(text: str) -> None:
    document = parse_document(text + "\n", syntax="mdx", extensions=EVERYTHING)
    check_document(text + "\n", document)
    assert document.refusal is not None


@pytest.mark.parametrize("text", ["a $b$ c", "$$\na\n$$", "costs $5", "$$ a", "{a}", "{/* a */}", "# a"])
def test_nothing_else_changes(text: str) -> None:
    plain = parse_document(text + FENCE, syntax="mdx")
    extended = parse_document(text + FENCE, syntax="mdx", extensions=("heading-ids", "svelte"))
    assert plain == extended

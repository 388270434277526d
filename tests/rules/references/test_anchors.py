"""Links to places on pages."""

from pathlib import Path

import pytest

from checker.rules.references import broken_anchor
from tests.rules.references.sites import COURSE, said

OTHER = "# Events\n\n## Late ones\n\n## Late ones\n\n## Что это?\n"


def anchors(text: str, path: str = ".") -> list[str]:
    files = {"coursecheck.toml": COURSE, "course/a.mdx": text, "course/b.mdx": OTHER}
    return said(broken_anchor.check, files, path=path)


@pytest.mark.parametrize(
    "text",
    [
        "[a](#here)\n\n## Here\n",
        "[a](#top) [b](#_top) [c](#) [d](#:~:text=x)\n",
        "[a](/course/b#late-ones-1) [b](./b.mdx#events) [c](../b/#что-это)\n",
        "[a](/course/b#%D1%87%D1%82%D0%BE-%D1%8D%D1%82%D0%BE)\n",
        "[a](/course/gone#x) [b](https://example.org/#x) [c](./gone.mdx#x)\n",
        '[a](#own)\n\n<Note id="own" />\n',
        "[a](/course#x)\n",
    ],
)
def test_what_is_there_or_cannot_be_known(text: str) -> None:
    assert anchors(text) == []


@pytest.mark.parametrize("path", [".", "course/a.mdx"])
def test_what_is_not_there(path: str) -> None:
    text = "[a](#hear) [b](/course/b#late-one) [c](./b.mdx#Events) [d](#q)\n\n## Here\n"
    assert anchors(text, path) == [
        "error: #hear: this page has no heading or id 'hear'; did you mean #here?",
        "error: /course/b#late-one: b.mdx has no heading or id 'late-one'; did you mean #late-ones?",
        "error: ./b.mdx#Events: b.mdx has no heading or id 'Events'; did you mean #events?",
        "error: #q: this page has no heading or id 'q'",
    ]


@pytest.mark.parametrize("other", ["<Note />\n", "## {title}\n", "<p id={x} />\n"])
def test_what_the_page_may_make_is_a_warning(other: str) -> None:
    assert anchors(f"[a](#q)\n\n{other}") == [
        "warning: #q: this page has no heading or id 'q', unless a component adds it"
    ]


def test_labels_of_sphinx_hold_for_the_whole_project() -> None:
    files = {
        "docs/conf.py": "",
        "docs/a/b.md": "[](#label) [b](../c.md#label) [c](../c.md#lebel)\n",
        "docs/c.md": "(label)=\n# Others\n",
        "d.md": "[](#label)\n\n## Labels\n",
    }
    assert said(broken_anchor.check, files) == [
        "error: #label: this page has no heading or id 'label'; did you mean #labels?",
        "error: ../c.md#lebel: c.md has no heading or id 'lebel'; did you mean #label?",
    ]


def test_an_imported_part_of_a_page_may_have_it() -> None:
    text = "import Part from './_part.mdx'\n\n[a](#setups)\n\n## Setup\n\n<Part />\n"
    message = "#setups: this page has no heading or id 'setups'; did you mean #setup?"
    assert anchors(text) == [f"warning: {message} An imported part of the page may have it"]
    assert anchors(text.replace("_part.mdx", "part.tsx"))[0].startswith("error")


CALLS = "# Files\n\n## Reading (`a.read()`)\n\n## What's new?\n"


def linked(first: str, second: str, others: dict[str, str] | None = None) -> list[str]:
    files = {
        "coursecheck.toml": COURSE,
        "course/a.mdx": f"[a]({first})\n",
        "course/b.mdx": CALLS,
        "course/c.mdx": f"[a]({second})\n",
    }
    return said(broken_anchor.check, files | (others or {}))


@pytest.mark.parametrize("other", [{}, {"docs.json": "{}"}, {"course/d.mdx": "[a](./b.mdx#reading-aread)\n"}])
def test_links_of_several_lessons_show_how_the_site_makes_ids(other: dict[str, str]) -> None:
    assert linked("./b.mdx#reading-a-read", "./b.mdx#reading-a-read", other) == []


def test_a_known_site_makes_ids_in_one_way() -> None:
    hyphens, none = "./b.mdx#reading-a-read", "./b.mdx#reading-aread"
    message = "b.mdx has no heading or id 'reading-a-read'; did you mean #reading-aread?"
    wrong = [f"error: {hyphens}: {message}"]
    assert linked(hyphens, hyphens, {"docusaurus.config.ts": ""}) == wrong * 2
    assert linked(hyphens, none) == wrong
    assert linked(hyphens, none, {"mint.json": "{}"}) == []


@pytest.mark.parametrize(
    ("ending", "config", "severity", "why"),
    [
        ("md", "", "warning", " Only GitHub treats capitals as lowercase"),
        ("md", COURSE, "error", ""),
        ("mdx", "", "error", ""),
    ],
)
def test_github_reads_capitals_as_small_letters(ending: str, config: str, severity: str, why: str) -> None:
    files = {"coursecheck.toml": config, f"course/a.{ending}": "[a](#Setup)\n\n# Setup\n"}
    assert said(broken_anchor.check, files) == [
        f"{severity}: #Setup: this page has no heading or id 'Setup'; did you mean #setup?{why}"
    ]


def test_a_page_that_cannot_be_read_is_not_judged() -> None:
    files = {"coursecheck.toml": COURSE, "course/a.mdx": "[a](./b.mdx#x) [b](./c.mdx#x)\n"}
    Path("course").mkdir()
    Path("course/b.mdx").write_bytes(b"\xff\xfe\x00")
    Path("course/c.mdx").mkdir()
    assert said(broken_anchor.check, files, path="course/a.mdx") == []


def test_names_as_python_markdown_counts_them() -> None:
    other = "# A\n\n## Late ones\n\n## Late ones\n"
    text = "[a](./b.md#late-ones_1) [b](./b.md#late-ones_2) [c](#one_1)\n\n## One\n\n## One\n"
    files = {"coursecheck.toml": COURSE, "course/a.mdx": text, "course/b.md": other}
    assert said(broken_anchor.check, files) == [
        "error: ./b.md#late-ones_2: b.md has no heading or id 'late-ones_2'; did you mean #late-ones?",
        "error: #one_1: this page has no heading or id 'one_1'; did you mean #one-1?",
    ]


@pytest.mark.parametrize("body", ["", "{/* The text comes from elsewhere. */}\n", "\n\n"])
@pytest.mark.parametrize("ending", ["md", "mdx"])
def test_a_page_without_text_shows_what_is_elsewhere(body: str, ending: str) -> None:
    other = f"---\ntitle: A\nsource: other/page\n---\n\n{body}"
    files = {
        "coursecheck.toml": COURSE,
        "course/a.mdx": f"[a](./b.{ending}#x)\n",
        f"course/b.{ending}": other,
    }
    assert said(broken_anchor.check, files) == []


@pytest.mark.parametrize(
    "other", ["---\ntitle: A\n---\n\nText.\n", "", "---\ntitle: A\n---\n\n```py\n1\n```\n"]
)
def test_a_page_with_text_and_no_heading_has_no_places(other: str) -> None:
    files = {"coursecheck.toml": COURSE, "course/a.mdx": "[a](./b.mdx#x)\n", "course/b.mdx": other}
    assert said(broken_anchor.check, files) == ["error: ./b.mdx#x: b.mdx has no heading or id 'x'"]


def test_a_definition_is_reported_once() -> None:
    assert anchors("[a][x], [b][x], [c][x]\n\n[x]: #gone\n") == [
        "error: #gone: this page has no heading or id 'gone'"
    ]


@pytest.mark.parametrize("own", ["{ #own }", "{: #own }", '{ #own data-x="y" }', "{: #own .wide}", "{#own}"])
def test_lists_of_attributes_hold_ids(own: str) -> None:
    files = {"coursecheck.toml": COURSE, "course/a.md": f"[a](#own)\n\n## Setup {own}\n"}
    assert said(broken_anchor.check, files) == []

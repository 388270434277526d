"""Images: by their file in Markdown, by their URL in tags."""

import pytest

from checker.rules.references import broken_image
from tests.rules.references.sites import COURSE, said

SITE = {
    "coursecheck.toml": COURSE,
    "course/01/pic.png": "",
    "public/img/logo.svg": "",
}


def images(text: str, **more: str) -> list[str]:
    return said(broken_image.check, {**SITE, "course/01/x.mdx": text, **more})


@pytest.mark.parametrize(
    "text",
    [
        "![a](./pic.png) ![b](pic.png) ![c](../01/pic.png)\n",
        "![a](/img/logo.svg)\n",
        "![a](https://example.org/x.png) ![b](data:image/png;base64,AAAA)\n",
        "![a](@/assets/x.png) ![b](~/x.png)\n",
        '<img src="/img/logo.svg" /> <img src="pic.png" /> <img src={pic} />\n',
        '<img src="../../img/logo.svg" />\n',
        "![a](../../../outside.png)\n",
        "![a]()\n",
        "`![a](./none.png)`\n",
    ],
)
def test_what_is_there_or_not_ours(text: str) -> None:
    assert images(text) == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("./pik.png", "there is no file './pik.png'; did you mean ./pic.png?"),
        ("./PIC.png", "there is no file './PIC.png'; did you mean ./pic.png?"),
        ("img/none.png", "there is no file 'img/none.png'"),
        ("/img/logo.png", "there is no '/img/logo.png' in public; did you mean /img/logo.svg?"),
    ],
)
def test_what_is_not_there(url: str, message: str) -> None:
    assert images(f"![a]({url})\n") == [f"error: {url}: {message}"]


def test_what_a_tag_names() -> None:
    assert images('<video src="/img/a.mp4" /> <img src="nowhere.png" />\n') == [
        "error: /img/a.mp4: there is no '/img/a.mp4' in public",
        "error: nowhere.png: there is no file 'nowhere.png'",
    ]


def test_mkdocs_takes_what_is_not_translated_from_the_original() -> None:
    files = {
        "coursecheck.toml": "",
        "mkdocs.yml": "plugins:\n  - i18n:\n",
        "docs/img/a.svg": "",
        "docs/zh/img/b.svg": "",
        "docs/zh/a.md": "![a](img/a.svg) ![b](img/b.svg) ![c](img/c.svg)\n",
    }
    assert [each.split(": ")[1] for each in said(broken_image.check, files)] == ["img/c.svg"]


def test_a_base_path_that_nobody_has_told_of() -> None:
    files = {
        "course/a.mdx": "![a](/b/img/a.svg) ![b](/b/img/c.svg)\n",
        "public/img/a.svg": "",
        "package.json": "{}",
    }
    assert said(broken_image.check, files) == ["error: /b/img/c.svg: there is no '/b/img/c.svg' in public"]


def test_without_a_public_folder_nothing_is_said_of_it() -> None:
    files = {"coursecheck.toml": COURSE, "course/x.mdx": '![a](/img/a.png)\n\n<img src="b.png" />\n'}
    assert said(broken_image.check, files) == []


def test_a_lesson_without_its_site() -> None:
    files = {"a/x.mdx": "![a](./gone/pic.png) ![b](../assets/pic.png) ![c](./pic.png)\n", "a/y.svg": ""}
    assert said(broken_image.check, files) == ["error: ./pic.png: there is no file './pic.png'"]


def test_mintlify_serves_the_whole_folder() -> None:
    files = {
        "docs.json": "{}",
        "guide/x.mdx": "![a](/images/a.png) ![b](/images/b.png)\n",
        "images/a.png": "",
    }
    assert said(broken_image.check, files) == [
        "error: /images/b.png: there is no '/images/b.png' in .; did you mean /images/a.png?"
    ]

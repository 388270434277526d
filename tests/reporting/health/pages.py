"""The page as a browser's parser sees it."""

from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

from checker.reporting.document import Results
from checker.reporting.health.build import build_health
from checker.reporting.health.page.draw import draw
from checker.reporting.health.snapshot import Snapshot

VOID = {"meta", "link", "br", "input"}
# SVG shapes that are written closed: to an HTML parser their end is implied by the slash.
SHAPES = {"circle", "rect", "line", "polygon", "polyline", "use"}


class Page(HTMLParser):
    """Tags with their attributes, the text, and whether every element was closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.by_tag: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        self.by_tag.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SHAPES, tag
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("style", "script"):
            self.by_tag[self.open[-1]][-1] += data
            return
        self.text += data
        for tag in set(self.open):
            self.by_tag[tag][-1] += data

    def attribute(self, name: str) -> list[str]:
        return [
            value or "" for _, attributes in self.tags for key, value in attributes.items() if key == name
        ]


def page_of(results: Results, older: list[Snapshot] | None = None, language: str = "en") -> Page:
    """The page of a run, with what every page keeps."""
    page = Page(draw(build_health(results, older or []), results, language))
    assert page.open == []
    assert len(page.html.encode()) <= 1_000_000
    _only_our_own(page)
    identifiers = page.attribute("id")
    assert len(identifiers) == len(set(identifiers))
    for target in page.attribute("href"):
        assert target.startswith("data:") or target.removeprefix("#") in identifiers
    for tag, attributes in page.tags:
        if names := attributes.get("aria-labelledby"):
            assert names in identifiers, tag
    return page


def _only_our_own(page: Page) -> None:
    """One style and one script, both allowed by their hashes and nothing else; no attribute that acts."""
    assert [len(page.by_tag.get(tag, [])) for tag in ("style", "script")] == [1, 1]
    (policy,) = [each["content"] for tag, each in page.tags if tag == "meta" and "http-equiv" in each]
    hashes = {
        tag: f"'sha256-{b64encode(sha256(page.by_tag[tag][0].encode()).digest()).decode()}'"
        for tag in ("style", "script")
    }
    assert policy == (
        f"default-src 'none'; style-src {hashes['style']}; script-src {hashes['script']}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"img", "iframe", "object", "embed", "base", "audio", "video", "template"}
    for _, attributes in page.tags:
        for name in attributes:
            assert not name.startswith("on")
            assert name not in ("style", "src", "srcdoc", "action", "formaction", "srcset", "xlink:href")

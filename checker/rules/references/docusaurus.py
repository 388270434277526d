"""How Docusaurus resolves links to files.

https://docusaurus.io/docs/markdown-features/links and https://docusaurus.io/docs/i18n/introduction
"""

from collections.abc import Iterator
from os.path import dirname, join, normpath, relpath

from checker.patterns import regex

_TRANSLATED = regex(
    r"i18n/[^/]+/docusaurus-plugin-content-(?P<kind>docs|blog|pages)(?:-(?P<id>[^/]+))?"
    r"(?P<version>/current|/version-[^/]+)?(?=/)"
)
_VERSIONED = regex(r"(?:[^/]+_)?versioned_docs/version-[^/]+(?=/)")
_FOLDERS = {"blog": "blog", "pages": "src/pages"}
_SITE = "@site/"


def files_meant(name: str, path: str, folder: str, content: str) -> Iterator[str]:
    """The absolute paths that a link to this file may mean, the likeliest first.

    `path` is the lesson's, `folder` the site's and `content` that of its lessons. Untranslated files are
    looked for among the originals. A name without a leading dot may also be relative to the root of the
    lessons.
    """
    if name.startswith(_SITE):
        yield normpath(join(folder, name.removeprefix(_SITE)))
        return
    roots = list(_roots(relpath(path, folder), relpath(content, folder)))
    bare = name.lstrip("/")
    if not name.startswith("/"):
        within = next((relpath(dirname(path), join(folder, root)) for root, inside in roots if inside), "")
        yield normpath(join(dirname(path), name))
        yield from (normpath(join(folder, root, within, name)) for root, _ in roots)
    if not name.startswith("."):
        yield from (normpath(join(folder, root, bare)) for root, _ in roots)
        yield normpath(join(folder, bare))


def _roots(path: str, content: str) -> Iterator[tuple[str, bool]]:
    """The root folders of lessons, and whether the lesson at this path is in them."""
    if translated := _TRANSLATED.match(path):
        yield translated[0], True
        version = (translated["version"] or "/current").removeprefix("/")
        if translated["kind"] != "docs":
            yield _FOLDERS[translated["kind"]], False
        elif version == "current":
            yield translated["id"] or content, False
        else:
            prefix = f"{translated['id']}_" if translated["id"] else ""
            yield f"{prefix}versioned_docs/{version}", False
    elif versioned := _VERSIONED.match(path):
        yield versioned[0], True
    elif path.startswith(f"{content}/"):
        yield content, True
    else:
        yield path.split("/", maxsplit=1)[0], True

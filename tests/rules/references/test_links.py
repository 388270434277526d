"""Links: which lead somewhere, which nowhere, and about which nothing can be known."""

from pathlib import Path

import pytest

from checker.rules.references import broken_link, link_misses_base
from tests.rules.references.sites import COURSE, said

LESSON = "course/01-basics/01-tables.mdx"
DOUBT = ", unless it is generated in another way or is a redirect"
NO_PAGE = "no page of this site has the address"
FOR_CERTAIN = "; add a [site] table to coursecheck.toml to make this certain"
LEADS_OUT = (
    "leads out of the site, whose base path is /b; if that is intended, write it with https:// and the host"
)
SITE = {
    "coursecheck.toml": COURSE + 'pages = "src/pages"\npublic = "public"\n',
    LESSON: "# Tables\n",
    "course/01-basics/02-Columns and Rows.md": "# Columns\n",
    "course/02-streams/index.mdx": "# Streams\n",
    "course/02-streams/01-events.mdx": "---\nslug: own/address\n---\n# Events\n",
    "src/pages/index.astro": "",
    "src/pages/about.astro": "",
    "src/pages/_draft.astro": "",
    "src/pages/feed.xml.ts": "",
    "src/pages/tags/[tag].astro": "",
    "src/pages/api/[...path].ts": "",
    "public/data/prices.csv": "a",
    "public/_redirects": "/course/old-lesson /course/01-basics/01-tables\n/course/99/* /course/:splat\n",
    "notes.md": "",
    "course/01-basics/script.py": "",
}


def links(url: str, **more: str) -> list[str]:
    files = {**SITE, LESSON: f"# Tables\n\n[a]({url})\n", **more}
    return [each.removeprefix(f"{url}: ") for each in said(broken_link.check, files)]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/nowhere",
        "//example.org/x",
        "mailto:me@example.org",
        "tel:+3612345",
        "#anything",
        "?page=2",
        "/",
        "/course/01-basics/01-tables",
        "/course/01-basics/01-tables/",
        "/course/01-basics/01-tables.html",
        "/course/01-basics/01-tables?x=1#y",
        "/course/01-basics/02-columns-and-rows",
        "/course/01-basics/02-Columns%20and%20Rows",
        "/course/02-streams",
        "/course/02-streams/index.html",
        "/course/02-streams/01-events/",
        "/course/own/address",
        "/course/old-lesson",
        "/course/99/anything",
        "/about",
        "/about/",
        "/feed.xml",
        "/tags/anything",
        "/api/any/thing",
        "/data/prices.csv",
        "./02-Columns%20and%20Rows.md",
        "../02-streams/01-events.mdx",
        "../02-streams/01-events.mdx#later",
        "/course/02-streams/01-events.mdx",
        "../02-streams/01-events",
        "../../02-streams/01-events/",
        "../02-streams",
        "script.py",
        "data.csv",
        "../../notes.md",
        "../../../outside/of/it.md",
        "../../../../etc/passwd",
        "/course/<module>/x",
        "/course/{module}/x",
        "/course/.../x",
        r"..\windows\path.md",
    ],
)
def test_what_leads_somewhere_or_nobody_knows_where(url: str) -> None:
    assert links(f"<{url}>" if " " in url or "<" in url else url) == []


BROKEN = {
    "/course/02-basics/01-tables": "error; did you mean /course/01-basics/01-tables?",
    "/course/basics/01-tables": "error; did you mean /course/01-basics/01-tables?",
    "/course/02-streams/02-events": "error; did you mean /course/02-streams/01-events?",
    "/course/01-basics/01-tabels": "error; did you mean /course/01-basics/01-tables?",
    "/course/01-basics": "error",
    "/course/nothing/like-it": "error",
    "/COURSE/01-basics/01-tables": "warning; did you mean /course/01-basics/01-tables?",
    "/abuot": "warning",
    "/_draft": "warning",
}


@pytest.mark.parametrize("url", BROKEN)
def test_an_address_that_no_page_has(url: str) -> None:
    severity, _, hint = BROKEN[url].partition(";")
    doubt = DOUBT if severity == "warning" else ""
    hint = f";{hint}" if hint else ""
    assert said(broken_link.check, {**SITE, LESSON: f"[a]({url})\n"}) == [
        f"{severity}: {url}: no page of this site has the address '{url}'{hint}{doubt}"
    ]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("./02-columns.md", "there is no file './02-columns.md'; did you mean ./02-Columns and Rows.md?"),
        ("../02-streams/09-nothing.mdx", "there is no file '../02-streams/09-nothing.mdx'"),
        ("/course/01-tables.mdx", "there is no file '/course/01-tables.mdx'"),
        ("../gone/01-events.md", "there is no file '../gone/01-events.md'"),
    ],
)
def test_a_relative_link_to_a_file_that_is_not_there(url: str, message: str) -> None:
    assert said(broken_link.check, {**SITE, LESSON: f"[a]({url})\n"}) == [f"error: {url}: {message}"]


@pytest.mark.parametrize(("url", "meant"), [("../02-stream", "../02-streams"), ("01-tabels", "01-tables")])
def test_a_relative_link_to_nothing(url: str, meant: str) -> None:
    message = f"no page of this site has the address '{url}', relative to this lesson; did you mean {meant}?"
    assert said(broken_link.check, {**SITE, LESSON: f"[a]({url})\n"}) == [f"error: {url}: {message}"]


def test_pages_that_are_made_elsewhere_are_passed_over() -> None:
    elsewhere = {"coursecheck.toml": COURSE + 'elsewhere = ["/course/api", "/log/"]\n'}
    assert links("/course/api/frames", **elsewhere) == []
    assert links("/course/api", **elsewhere) == []
    assert links("/log/1", **elsewhere) == []
    assert links("/course/apis", **elsewhere) == [f"error: /course/apis: {NO_PAGE} '/course/apis'"]


def test_the_list_of_the_lessons_may_be_made_by_the_site() -> None:
    alone = {"coursecheck.toml": COURSE, LESSON: "[a](/course) [b](/data.csv)\n"}
    assert said(broken_link.check, alone) == []
    assert links("/course") == [f"error: /course: {NO_PAGE} '/course'"]
    assert links("/course", **{"course/index.md": "# All\n"}) == []


def test_every_kind_of_link_is_followed() -> None:
    text = (
        "[a]: /course/x1\n\n[a] <a href='/course/x2'>b</a>\n\n<Link to='/course/x3' />\n\n![c](/course/x4)\n"
    )
    found = said(broken_link.check, {**SITE, LESSON: text})
    assert [each.split(": ")[1] for each in found] == ["/course/x1", "/course/x2", "/course/x3"]


def test_a_file_that_is_not_served() -> None:
    assert said(broken_link.check, {**SITE, LESSON: "[a](/data/price.csv)\n"}) == [
        "warning: /data/price.csv: there is no file '/data/price.csv' in the site's public folder"
    ]


def test_below_the_root_only_folders_that_are_there_are_known() -> None:
    files = {
        "coursecheck.toml": '[site]\ncontent = "docs"\n',
        "docs/guides/one.mdx": "[a](/guides/two) [b](/guide/one) [c](/reference/x)\n"
        "[d](/about) [e](/guides/sub)\n",
        "docs/guides/sub/three.md": "",
    }
    message = "no page of this site has the address"
    assert said(broken_link.check, files) == [
        f"warning: /guides/two: {message} '/guides/two'{DOUBT}",
        f"warning: /guides/sub: {message} '/guides/sub'{DOUBT}",
    ]
    with_redirects = {**files, "astro.config.mjs": "redirects: { '/guides/old': '/guides/one' }"}
    assert said(broken_link.check, with_redirects)[0] == f"error: /guides/two: {message} '/guides/two'"


def test_without_a_configuration_the_links_show_where_lessons_stand() -> None:
    right = "".join(f"[a](/course/0{number}/x)\n" for number in (1, 2, 3))
    files = {f"src/content/course/0{number}/x.mdx": "# X\n" for number in (1, 2, 3)}
    files["src/content/course/01/x.mdx"] = right + "[b](/course/02/y) [c](/elsewhere/y) [d](./gone.md)\n"
    message = "no page of this site has the address '/course/02/y'; did you mean /course/02/x?"
    assert said(broken_link.check, files, path="src/content/course") == [
        f"warning: /course/02/y: {message}{FOR_CERTAIN}",
        "error: ./gone.md: there is no file './gone.md'",
    ]


@pytest.mark.parametrize(
    "url", ["/course/01/x", "/a/b", "./gone/x.md", "../up/x.md", "../../up/x.md", "gone", "x.pdf"]
)
def test_a_lone_lesson_knows_little(url: str) -> None:
    assert said(broken_link.check, {"lessons/01/one.mdx": f"[a]({url})\n"}) == []


def test_a_neighbour_that_is_not_there() -> None:
    files = {"lessons/01/one.mdx": "[a](./tow)\n", "lessons/01/two.mdx": ""}
    message = "no page of this site has the address './tow', relative to this lesson; did you mean ./two?"
    assert said(broken_link.check, files) == [f"warning: ./tow: {message}{FOR_CERTAIN}"]


def test_docusaurus_leaves_numbers_out_and_puts_the_base_in() -> None:
    files = {
        "coursecheck.toml": '[site]\nbase = "/b"\ncontent = "docs"\nroutes = "/docs"\n',
        "docusaurus.config.js": "",
        "docs/01-intro/02-start.md": "[a](/docs/intro/start) [b](/docs/intro/stop) [c](/docs/guide)\n",
        "docs/03-guide/03-guide.md": "",
    }
    assert [each.split(":")[1] for each in said(broken_link.check, files)] == [" /docs/intro/stop"]
    assert said(link_misses_base.check, files) == []


TRANSLATED = "i18n/ru/docusaurus-plugin-content-docs"
MANY = {
    "docusaurus.config.ts": "",
    "docs/intro.md": "# A\n",
    "docs/guides/01-tables.mdx": "# A\n",
    "docs/guides/02-rows.mdx": "# A\n",
    "tutorials/01-first.md": "# A\n",
    "tutorials/02-second.md": "# A\n",
    "versioned_docs/version-1.0/guides/old.md": "# A\n",
    "versioned_docs/version-1.0/intro.md": "# A\n",
    "kafka_versioned_docs/version-1.0/intro.md": "# A\n",
    "blog/2024-01-01-news.md": "# A\n",
    "src/pages/about.md": "# A\n",
    f"{TRANSLATED}/current/intro.md": "# Б\n",
    f"{TRANSLATED}/current/guides/01-tables.mdx": "# Б\n",
    f"{TRANSLATED}/version-1.0/intro.md": "# Б\n",
    f"{TRANSLATED}-kafka/version-1.0/guides/new.md": "# Б\n",
    f"{TRANSLATED}-tutorials/current/01-first.md": "# Б\n",
    "i18n/ru/docusaurus-plugin-content-blog/2024-01-01-news.md": "# Б\n",
    "i18n/ru/docusaurus-plugin-content-pages/about.md": "# Б\n",
}


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("docs/intro.md", "@site/docs/guides/01-tables.mdx"),
        ("docs/guides/01-tables.mdx", "guides/02-rows.mdx"),
        ("docs/guides/01-tables.mdx", "/intro.md"),
        ("docs/guides/01-tables.mdx", "/docs/intro.md"),
        ("docs/guides/01-tables.mdx", "./rows"),
        ("tutorials/01-first.md", "./second"),
        ("tutorials/01-first.md", "../docs/intro.md"),
        ("versioned_docs/version-1.0/intro.md", "/guides/old.md"),
        ("versioned_docs/version-1.0/guides/old.md", "intro.md"),
        (f"{TRANSLATED}/current/intro.md", "guides/02-rows.mdx"),
        (f"{TRANSLATED}/current/guides/01-tables.mdx", "./02-rows.mdx"),
        (f"{TRANSLATED}/current/guides/01-tables.mdx", "../intro.md"),
        (f"{TRANSLATED}/version-1.0/intro.md", "./guides/old.md"),
        (f"{TRANSLATED}-kafka/version-1.0/guides/new.md", "../intro.md"),
        (f"{TRANSLATED}-tutorials/current/01-first.md", "./02-second.md"),
        ("i18n/ru/docusaurus-plugin-content-blog/2024-01-01-news.md", "./2024-01-01-news.md"),
        ("i18n/ru/docusaurus-plugin-content-pages/about.md", "./about.md"),
    ],
)
def test_docusaurus_looks_for_files_in_several_places(path: str, url: str) -> None:
    shown = "[a](/guides/tables) [b](/guides/rows) [c](/guides/tables) [d](/guides/rows)\n"
    assert said(broken_link.check, {**MANY, "docs/shown.md": shown, path: f"[a]({url})\n"}) == []


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("docs/intro.md", "@site/docs/guides/03-gone.mdx"),
        ("docs/guides/01-tables.mdx", "./guides/02-rows.mdx"),
        (f"{TRANSLATED}/current/guides/01-tables.mdx", "./03-gone.mdx"),
    ],
)
def test_what_docusaurus_does_not_find(path: str, url: str) -> None:
    found = said(broken_link.check, {**MANY, "package.json": "{}", path: f"[a]({url})\n"})
    assert [each.partition(f"'{url}'")[0] for each in found] == [f"error: {url}: there is no file "]


MKDOCS = {
    "coursecheck.toml": "",
    "docs/index.md": "# A\n",
    "docs/guide/intro.md": "# A\n",
    "docs/en/only.md": "# A\n",
    "docs/zh/index.md": "# B\n",
}


@pytest.mark.parametrize(
    ("plugin", "path", "url", "wrong"),
    [
        ("mkdocstrings:", "docs/index.md", "api/a.md", 0),
        ("gen-files:", "docs/index.md", "api/a/index.md", 0),
        ("gen-files:", "docs/index.md", "guide/a.md", 1),
        ("search", "docs/index.md", "api/a.md", 1),
        ("i18n:", "docs/zh/index.md", "guide/intro.md", 0),
        ("i18n:", "docs/zh/index.md", "only.md", 0),
        ("i18n:", "docs/zh/index.md", "gone.md", 1),
        ("i18n:", "docs/index.md", "only.md", 1),
        ("search", "docs/zh/index.md", "guide/intro.md", 1),
    ],
)
def test_what_plugins_of_mkdocs_make(plugin: str, path: str, url: str, wrong: int) -> None:
    site = {**MKDOCS, "mkdocs.yml": f"plugins:\n  - {plugin}\n", path: f"[a]({url})\n"}
    assert len(said(broken_link.check, site)) == wrong


def test_a_configuration_of_mkdocs_that_cannot_be_read() -> None:
    (Path("mkdocs.yaml")).mkdir()
    assert len(said(broken_link.check, {**MKDOCS, "docs/index.md": "[a](api/a.md)\n"})) == 1


def test_a_site_of_its_folder_has_relative_addresses() -> None:
    files = {
        "coursecheck.toml": '[site]\ncontent = "."\nroutes = "/docs"\nunnumbered = true\n',
        "01-a/01-b.mdx": "[a](./c) [b](./d)\n",
        "01-a/02-c.mdx": "# C\n",
    }
    assert said(broken_link.check, files) == [
        f"error: ./d: {NO_PAGE} './d', relative to this lesson; did you mean ./02-c?"
    ]


STARLIGHT = {
    "coursecheck.toml": '[site]\ncontent = "src/content/docs"\nbase = "/b"\n',
    "astro.config.mjs": "export default { integrations: [starlight({})] }",
    "src/content/docs/guides/rows.md": "# A\n",
    "src/content/docs/en/guides/tables.md": "# A\n",
    "src/content/docs/es/guides/rows.md": "# B\n",
}


@pytest.mark.parametrize(
    "url", ["/b/es/guides/rows", "/b/es/guides/tables", "/b/es/guides/rows/#b", "/b/en/guides/rows"]
)
def test_starlight_shows_another_language_for_what_is_not_translated(url: str) -> None:
    assert said(broken_link.check, {**STARLIGHT, "src/content/docs/index.md": f"[a]({url})\n"}) == []


@pytest.mark.parametrize("url", ["/b/es/guides/gone", "/b/fr/guides/rows"])
def test_what_starlight_has_in_no_language(url: str) -> None:
    files = {**STARLIGHT, "src/pages/index.astro": "", "src/content/docs/index.md": f"[a]({url})\n"}
    assert len(said(broken_link.check, files)) == 1


def test_other_sites_show_no_other_language() -> None:
    lesson = {"src/content/docs/index.md": "[a](/b/es/guides/tables)\n", "astro.config.mjs": "x"}
    assert len(said(broken_link.check, {**STARLIGHT, **lesson})) == 1


def test_a_base_path() -> None:
    files = {
        "coursecheck.toml": COURSE + 'base = "/b"\n',
        "course/01/x.mdx": "[a](/b/course/01/x) [b](/course/01/x) [c](/course/01/y) [d](/b/course/01/y)\n"
        "[e](/other) [f](/b) [g](/b/) [h](/bb/course) ![i](/i.png)\n"
        "![j](/b/i.png) ![k](/k.png) ![l](./l.png)\n",
        "public/i.png": "",
    }
    assert said(link_misses_base.check, files) == [
        "error: /course/01/x: '/course/01/x' lacks the site's base path: write /b/course/01/x",
        f"warning: /other: '/other' {LEADS_OUT}",
        f"warning: /bb/course: '/bb/course' {LEADS_OUT}",
        "error: /i.png: '/i.png' lacks the site's base path: write /b/i.png",
    ]
    meant = "did you mean /b/course/01/x?"
    leaves_out = "no lesson has the address '/course/01/y', and it lacks the site's base path, /b"
    assert said(broken_link.check, files) == [
        f"error: /course/01/y: {leaves_out}; {meant}",
        f"error: /b/course/01/y: no page of this site has the address '/b/course/01/y'; {meant}",
    ]


def folders(*links: str) -> list[str]:
    files = {f"course/0{number}/x.md": "# X\n" for number in range(1, 4)}
    files |= {f"course/0{at + 1}/y.md": f"[a]({link})\n" for at, link in enumerate(links)}
    return said(broken_link.check, {"coursecheck.toml": COURSE, **files})


@pytest.mark.parametrize(
    "links",
    [
        ("/course/01", "/course/02", "/course/03/"),
        ("/course/01", "/course/01#x", "/course/02?a"),
        ("/course/01", "/course/01", "/course/01"),
        ("/course", "/course", "/course"),
    ],
)
def test_folders_that_several_links_lead_to_may_have_addresses(links: tuple[str, ...]) -> None:
    assert not [each for each in folders(*links) if each.startswith("error")]


@pytest.mark.parametrize(
    ("links", "wrong"),
    [
        (("/course/01", "/course/02"), 2),
        (("/course/01", "/course/02", "/course/04"), 3),
        (("/course/01", "/course", "/course"), 1),
    ],
)
def test_a_folder_is_no_lesson(links: tuple[str, ...], wrong: int) -> None:
    assert sum(each.startswith("error") for each in folders(*links)) == wrong


def test_a_folder_for_each_language() -> None:
    files = {
        "coursecheck.toml": '[site]\ncontent = "all/en"\nroutes = "/course"\n',
        "all/en/a.md": "[a](/course/ru/b) [b](/course/en/a) [c](/course/a) [d](/course/ru/gone)\n"
        "[e](/course/xx/a)\n",
        "all/ru/b.md": "[a](/course/zh-CN/b) [b](/course/a) [c](/course/b)\n",
        "all/zh-CN/b.md": "# B\n",
    }
    assert [each.split(": ")[1] for each in said(broken_link.check, files)] == [
        "/course/ru/gone",
        "/course/xx/a",
        "/course/b",
    ]


def test_a_path_from_the_root_may_count_from_a_folder_around_the_lesson() -> None:
    files = {
        "coursecheck.toml": "",
        "package.json": "{}",
        "docs/a/b.md": "[a](/c.md) [b](/base/c.md) [c](/base/d.md) [d](/d.md)\n",
        "docs/c.md": "[a](/other/part/c.md)\n",
        "d.md": "[a](/c.md) [b](/docs/c.md)\n",
    }
    assert said(broken_link.check, files) == [
        "error: /c.md: there is no file '/c.md'; did you mean /d.md?",
        "error: /other/part/c.md: there is no file '/other/part/c.md'",
    ]
    told = {**files, "coursecheck.toml": '[site]\ncontent = "docs"\nroutes = "/docs"\n'}
    assert [each.split(": ")[1] for each in said(broken_link.check, told)] == [
        "/base/c.md",
        "/base/d.md",
        "/other/part/c.md",
    ]


def test_what_was_meant_is_looked_for_only_so_often() -> None:
    text = "".join(f"[a](/course/01-basics/{number}-tabels)\n" for number in range(250))
    found = said(broken_link.check, {**SITE, LESSON: text})
    assert [("did you mean" in each) for each in found] == [True] * 200 + [False] * 50


NUMBERED = {
    "content/01-start/01-tables.mdx": "[a](/start/columns) [b](/start/joins) [c](./joins)\n",
    "content/01-start/02-columns.mdx": "[a](/start/tables) [b](/more/dates) [c](/start/gone)\n",
    "content/01-start/03-joins.mdx": "[a](/start) [b](../more/dates)\n",
    "content/02-more/01-dates.mdx": "# Dates\n",
}


@pytest.mark.parametrize(
    ("site", "severity"), [("", "warning"), ('[site]\ncontent = "content"\nunnumbered = true\n', "warning")]
)
def test_a_site_that_leaves_out_the_numbers(site: str, severity: str) -> None:
    found = said(broken_link.check, {"coursecheck.toml": site, **NUMBERED})
    assert [each.partition(": no page")[0] for each in found] == [f"{severity}: /start/gone"]

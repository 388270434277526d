"""Imports: files that are there under one of the names that bundlers try."""

import pytest

from checker.rules.references import broken_import
from tests.rules.references.sites import COURSE, said

SITE = {
    "coursecheck.toml": COURSE,
    "src/components/Note.tsx": "",
    "src/components/diagrams/index.ts": "",
    "src/components/empty/.keep": "",
    "src/data.json": "{}",
    "course/01/part.mdx": "",
    "tsconfig.json": """{
        // as TypeScript allows
        "extends": ["./base", "astro/tsconfigs/strict"],
        "compilerOptions": { "baseUrl": "./src", /* x */ "paths": {
            "@/*": ["./*"], "note": ["components/Note.tsx"], "~/*/x": ["components/*"], "*": ["types/*"],
            "bad": 1,
        }, },
    }""",
    "base.json": '{"compilerOptions": {"paths": {"#old/*": ["old/*"]}}}',
}


def imports(source: str, **more: str) -> list[str]:
    return said(
        broken_import.check, {**SITE, "course/01/x.mdx": f"import A from '{source}'\n\ntext\n", **more}
    )


@pytest.mark.parametrize(
    "source",
    [
        "react",
        "@scope/package/part",
        "astro:content",
        "https://example.org/x.js",
        "virtual:x",
        "/snippets/x.mdx",
        "../../src/components/Note.tsx",
        "../../src/components/Note",
        "../../src/components/Note.jsx",
        "../../src/components/Note.tsx?raw",
        "../../src/components/diagrams",
        "../../src/data.json",
        "./part.mdx",
        "@/components/Note.tsx",
        "@/components/diagrams",
        "note",
        "~/Note.tsx/x",
        "../../../outside/X.tsx",
    ],
)
def test_what_is_there_or_a_package(source: str) -> None:
    assert imports(source) == []


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("../../src/components/Notes.tsx", "; did you mean ../../src/components/Note.tsx?"),
        ("../../src/components/note.tsx", "; did you mean ../../src/components/Note.tsx?"),
        ("../../src/components/empty", ""),
        ("./nothing.css", ""),
        ("./prt.mdx", "; did you mean ./part.mdx?"),
        ("@/components/Xyz.vue", ""),
        ("#old/x", ""),
    ],
)
def test_what_is_not_there(source: str, hint: str) -> None:
    assert imports(source) == [f"error: {source}: there is no file '{source}'{hint}"]


def test_docusaurus_calls_the_sites_folder() -> None:
    assert imports("@site/src/data.json") == []
    assert imports("@site/src/dat.json") == [
        "error: @site/src/dat.json: there is no file '@site/src/dat.json'; did you mean @site/src/data.json?"
    ]


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"compilerOptions": 1}', '{"compilerOptions": {"paths": []}}', "[" * 90_000]
)
def test_an_odd_tsconfig_is_not_ours_to_judge(text: str) -> None:
    assert imports("@/x", **{"tsconfig.json": text}) == []


def test_settings_that_extend_themselves_end() -> None:
    assert imports("@/x", **{"tsconfig.json": '{"extends": "./tsconfig.json"}'}) == []


def test_a_lesson_without_its_site() -> None:
    text = "import '../../components/A.tsx'\nimport './gone/B.tsx'\nimport './C.tsx'\n"
    assert said(broken_import.check, {"a/b/x.mdx": text}, path="a/b/x.mdx") == [
        "error: ./C.tsx: there is no file './C.tsx'"
    ]


def test_a_component_that_is_there_is_known_from_one_lesson() -> None:
    files = {
        "src/content/c/01/x.mdx": "import A from '../../../parts/A.tsx'\n\ntext\n",
        "src/parts/B.tsx": "",
    }
    (found,) = said(broken_import.check, files, path="src/content/c/01/x.mdx")
    assert found.endswith("there is no file '../../../parts/A.tsx'; did you mean ../../../parts/B.tsx?")

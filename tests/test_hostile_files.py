"""Hostile files that are only read, from the command line: each ends soon, in the outcome it must have.

What concerns one room only, such as names in a report or files that are swapped, is tested in that room.
"""

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from checker.cli.main import run

GOOD = "---\ntitle: Good\n---\n\n# Good\n\n```python\nx = 1\n```\n"
SCHEMA = '[[frontmatter.schemas]]\nfiles = "*.mdx"\nschema = "schemas/s.json"\n'
SITE = '[site]\ncontent = "."\nbase = "/b"\n'
# Of this process; far more than any of these takes, since tests run slowly when coverage is measured.
SECONDS = 8.0


def head(text: str) -> str:
    return f"---\n{text}\n---\n\n# Lesson\n"


def bombs() -> str:
    lines = [f"b{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]" for number in range(1, 10)]
    return "\n".join(["b0: &a0 [x]", *lines])


def branches() -> str:
    """A schema of 2^30 branches."""
    parts = {f"a{number}": {"anyOf": [{"$ref": f"#/$defs/a{number + 1}"}] * 2} for number in range(30)}
    return json.dumps({"$defs": {**parts, "a30": {"const": 1}}, "$ref": "#/$defs/a0"})


class Case(NamedTuple):
    """Files beside a good lesson; what is said, in the lines that name the file; the exit status."""

    files: Mapping[str, str | bytes]
    said: str
    status: int = 1


CASES = {
    "yaml-alias-bomb": Case({"a.mdx": head(bombs())}, "too many aliases"),
    "yaml-anchor-cycle": Case({"a.mdx": head("a: &a [*a]")}, "frontmatter-limits"),
    "yaml-python-tag": Case(
        {"a.mdx": head("a: !!python/object/apply:os.system [touch x]")}, "tag not allowed"
    ),
    "yaml-deep": Case({"a.mdx": head("a: " + "[" * 100_000)}, "nested more than"),
    "yaml-duplicate-key": Case({"a.mdx": head("a: 1\nb: 2\na: 3")}, "a.mdx:4:1: error[duplicate-key]"),
    "yaml-merge-key": Case(
        {"a.mdx": head("x: &x {a: no, b: 0o17, c: 1:30}\ny: {<<: *x, a: 2026-01-31}")}, "no findings", 0
    ),
    "fm-huge": Case({"a.mdx": b"---\n" + b"a: b\n" * 2_000_000}, "frontmatter is over 64 KiB"),
    "fm-unclosed": Case({"a.mdx": "---\ntitle: x\n\n# Lesson\n"}, "a.mdx:1:1: error[frontmatter-syntax]"),
    "fm-bom-crlf": Case(
        {"a.mdx": b"\xef\xbb\xbf--- \r\na: 1\r\na: 2\r\n---\t\r\n# x\r\n"}, "a.mdx:3:1: error[duplicate-key]"
    ),
    "schema-redos": Case(
        {
            "coursecheck.toml": SCHEMA,
            "schemas/s.json": '{"properties": {"title": {"pattern": "^(a+)+$"}}}',
            "a.mdx": head(f"title: {'a' * 60}!"),
        },
        "judging one lesson's frontmatter takes too long",
        2,
    ),
    "schema-bomb": Case({"coursecheck.toml": SCHEMA, "schemas/s.json": branches()}, "takes too long", 2),
    "schema-ref-cycle": Case(
        {"coursecheck.toml": SCHEMA, "schemas/s.json": '{"$ref": "#"}'}, "refers to itself without end", 2
    ),
    **{
        f"schema-ref-{reference}": Case(
            {"coursecheck.toml": SCHEMA, "schemas/s.json": json.dumps({"$ref": reference}), "s.json": "{}"},
            "leads nowhere",
            2,
        )
        for reference in (
            "http://127.0.0.1:9/x",
            "file:///etc/passwd",
            "ftp://x/y",
            "\\\\host\\share",
            "../s.json",
        )
    },
    "config-typo": Case(
        {"coursecheck.toml": "[cours]\n"}, "cours: there is no such key; did you mean course?", 2
    ),
    "config-wrong-type": Case({"coursecheck.toml": "[site]\nbase = 1\n"}, "site.base is 1; expected text", 2),
    "config-schema-elsewhere": Case(
        {"coursecheck.toml": SCHEMA.replace("schemas/s.json", "/etc/passwd")},
        "is outside the configuration",
        2,
    ),
    **{
        f"config-{key}-elsewhere": Case(
            {"coursecheck.toml": f'[site]\n{key} = "{path}"\n'}, f"site.{key}: '{path}' is outside", 2
        )
        for key, path in (("content", "../.."), ("pages", "/etc"), ("public", "a/../../b"))
    },
    "config-content-missing": Case(
        {"coursecheck.toml": '[site]\ncontent = "gone"\n'}, "there is no 'gone'", 2
    ),
    "config-pages-no-folder": Case(
        {"coursecheck.toml": '[site]\npages = "good.mdx"\n'}, "there is no 'good.mdx'", 2
    ),
    "url-check": Case(
        {"a.mdx": "[a](http://169.254.169.254/) [b](file:///etc/passwd)\n\n![c](http://127.0.0.1:9/x.png)\n"},
        "no findings",
        0,
    ),
    "link-out-of-the-course": Case(
        {
            "coursecheck.toml": '[site]\ncontent = "."\n',
            "a.mdx": "[a](../../../../../../etc/passwd.md) ![b](../../../../../../etc/passwdx)\n",
        },
        "no findings",
        0,
    ),
    "link-anchor-dos": Case({"coursecheck.toml": SITE, "a.mdx": "[" * 300_000}, "no findings", 0),
    "link-definition-dos": Case({"coursecheck.toml": SITE, "a.mdx": "[a]: b\n" * 40_000}, "no findings", 0),
    "notebook-xxe": Case(
        {
            "a.mdx": "![a](./i.svg)\n",
            "i.svg": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg>&e;</svg>',
        },
        "no findings",
        0,
    ),
    "zip-asset": Case({"a.mdx": "[a](./data.zip)\n", "data.zip": b"PK\x03\x04../../x"}, "no findings", 0),
    "git-lfs-pointer": Case(
        {"a.mdx": f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"},
        "a.mdx:1:1: error[not-text] this is a Git LFS pointer",
    ),
    "enc-utf16": Case({"a.mdx": "# Lesson\n".encode("utf-16")}, "a.mdx:1:1: error[not-text]"),
    "file-binary": Case({"a.mdx": b"\x89PNG\r\n\x1a\n\0\0\0"}, "a.mdx:1:1: error[not-text]"),
    "prerequisites-without-end": Case(
        {f"0{n}-a/x.mdx": head(f"prerequisites: [{', '.join(['a/x', 'b/y'] * 2_000)}]") for n in range(3)},
        "broken-prerequisite",
        0,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_ends_soon_and_in_words(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASES[name]
    for path, content in {"good.mdx": GOOD, **case.files}.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    monkeypatch.chdir(tmp_path)
    began = time.process_time()

    status = run(["check", "--no-run", "--output-format", "concise", "."])

    out, err = capsys.readouterr()
    assert time.process_time() - began < SECONDS
    assert case.said in out + err
    assert status == case.status
    assert "Traceback" not in out + err
    assert "root:" not in out + err  # nothing of /etc/passwd
    assert sorted(os.listdir(tmp_path)) == sorted({"good.mdx", *(path.split("/")[0] for path in case.files)})
    if status < 2:
        lessons = [path for path in case.files if path.endswith(".mdx")]
        assert f"{1 + len(lessons)} lessons" in out  # every other lesson is still checked

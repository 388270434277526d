"""The peers of the whole: what each is asked to do with a course, and where it is looked for.

Packages of Python are those of the interpreter that `COURSECHECK_PEERS` names. Programs (doccmd, ruff, rumdl,
eslint) are looked for beside it, in the folders of `COURSECHECK_PEER_TOOLS` and on `PATH`. doccmd and
pytest-markdown-docs want different releases of markdown-it-py, so one environment cannot hold both.
"""

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from running import MKTESTDOCS, NBCLIENT, SYBIL

_PYTEST = ["-m", "pytest", "-q", "-p", "no:cacheprovider"]
# Its own rules and no others; the code blocks are JavaScript's affair, and here there are none.
_ESLINT = """import * as mdx from {plugin};
export default [{{ ...mdx.flat, processor: mdx.createRemarkProcessor({{ lintCodeBlocks: false }}) }}];
"""


class Peer(NamedTuple):
    """A command, None when something that it needs is not installed, and how it ends when it did its job."""

    name: str
    command: list[str] | None
    good: tuple[int, ...] = (0,)


def peers(python: str | None, folder: Path) -> list[Peer]:
    """Every peer with its command for the course in this folder, as `write_course` has written it."""
    md = folder / "md"
    (md / "conftest.py").write_text(SYBIL, encoding="utf-8")
    tools = _tools(python)
    return [
        Peer("mktestdocs", _module(python, "mktestdocs", ["-c", MKTESTDOCS, str(md)])),
        Peer("nbclient", _module(python, "nbclient", ["-c", NBCLIENT, str(folder / "ipynb")])),
        Peer("Sybil", _module(python, "sybil", [*_PYTEST, str(md)])),
        Peer(
            "pytest-markdown-docs",
            _module(python, "pytest_markdown_docs", [*_PYTEST, "--markdown-docs", str(_continued(md))]),
        ),
        Peer("doccmd with ruff, rules only", _doccmd(tools, md)),
        Peer("rumdl, rules only", _rumdl(tools, md), (0, 1)),
        Peer("eslint-mdx, rules only", _eslint(tools, folder), (0, 1)),
    ]


def _tools(python: str | None) -> str:
    beside = [] if python is None else [str(Path(python).parent)]
    named = os.environ.get("COURSECHECK_PEER_TOOLS", "")
    return os.pathsep.join([*beside, *filter(None, (named, os.environ.get("PATH", "")))])


def _module(python: str | None, module: str, arguments: list[str]) -> list[str] | None:
    if python is None:
        return None
    there = subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False)
    return [python, *arguments] if there.returncode == 0 else None


def _continued(md: Path) -> Path:
    """The lessons as pytest-markdown-docs wants them: it says of each block that goes on from the last."""
    folder = md.with_name("continued")
    folder.mkdir(exist_ok=True)
    for lesson in md.glob("*.md"):
        first, fence, others = lesson.read_text(encoding="utf-8").partition("```python\n")
        text = first + fence + others.replace("```python\n", "```python continuation\n")
        (folder / lesson.name).write_text(text, encoding="utf-8")
    return folder


def _doccmd(tools: str, md: Path) -> list[str] | None:
    doccmd, ruff = shutil.which("doccmd", path=tools), shutil.which("ruff", path=tools)
    if doccmd is None or ruff is None:
        return None
    # What ruff finds is no failure; it is asked for each block, as doccmd does it.
    command = shlex.join([ruff, "check", "--isolated", "--no-cache", "--quiet", "--exit-zero"])
    return [doccmd, "--language", "python", "--no-write-to-file", "--command", command, str(md)]


def _rumdl(tools: str, md: Path) -> list[str] | None:
    rumdl = shutil.which("rumdl", path=tools)
    return None if rumdl is None else [rumdl, "check", "--no-cache", str(md)]


def _eslint(tools: str, folder: Path) -> list[str] | None:
    """The plugin is looked for beside the program: npm has put that into `node_modules/eslint/bin`."""
    eslint = shutil.which("eslint", path=tools)
    if eslint is None:
        return None
    plugin = Path(eslint).resolve().parent.parent.parent / "eslint-plugin-mdx" / "lib" / "index.js"
    if not plugin.is_file():
        return None
    config = folder / "eslint.config.mjs"
    config.write_text(_ESLINT.format(plugin=json.dumps(plugin.as_uri())), encoding="utf-8")
    return [eslint, "--config", str(config), str(folder / "mdx")]

"""Runs ruff on the Python of all lessons, with the rules that the course selects, in one process.

Each session is passed as a notebook, which makes ruff apply a notebook's rules: imports may be at the top of
any cell, the last expression of a cell is displayed, `await` needs no function.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from checker.analysis.cell import Cell, Session
from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.errors import CheckerError, ConfigError
from checker.model import Finding, Span

# undefined-name covers F821, and python-syntax covers syntax errors; the others are about files, of which
# there are none.
_NOT_OF_LESSONS = frozenset({"CPY001", "D100", "E902", "F821", "INP001", "N999", "W292", "invalid-syntax"})


class _Notebook(NamedTuple):
    """The cells of a session that ruff can read."""

    analysis: LessonAnalysis
    cells: tuple[Cell, ...]


def ruff_findings(analyses: Sequence[LessonAnalysis], config: Config) -> list[Finding]:
    """The findings of `[ruff] select` in all lessons; ruff is not started when nothing is selected.

    Raises ConfigError when ruff does not accept the configuration.
    """
    if not config.ruff.select:
        return []
    notebooks = [_notebook(analysis, session) for analysis in analyses for session in analysis.sessions]
    results = _run_ruff([_as_json(each) for each in notebooks], config)
    return [
        _finding(notebooks[int(Path(result["filename"]).stem)], result)
        for result in results
        if (result["code"] or "invalid-syntax") not in _NOT_OF_LESSONS
    ]


def _notebook(analysis: LessonAnalysis, session: Session) -> _Notebook:
    return _Notebook(analysis, tuple(cell for cell in session.cells if cell.tree and not cell.error))


def _as_json(notebook: _Notebook) -> str:
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": _source(cell)}
        for cell in notebook.cells
    ]
    metadata = {"language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4})


def _source(cell: Cell) -> str:
    """The source with harmless notebook lines as written, because ruff knows them itself.

    The `pass` that replaces `%matplotlib inline` would put the imports below it in the wrong place.
    """
    lines = list(cell.lines)
    for number, text in cell.magics:
        if lines[number - 1].strip() == "pass":
            lines[number - 1] = lines[number - 1].replace("pass", text)
    return "\n".join(lines)


def _run_ruff(notebooks: Sequence[str], config: Config) -> list[dict[str, Any]]:
    """The results of ruff; each file is named after the index of its notebook."""
    # Imported here: only courses that select something need these.
    import subprocess
    from tempfile import TemporaryDirectory

    from ruff.__main__ import find_ruff_bin  # type: ignore[import-untyped]

    options = ["--isolated", "--no-cache", "--output-format=json", f"--select={','.join(config.ruff.select)}"]
    with TemporaryDirectory(prefix="coursecheck-") as folder:
        for number, notebook in enumerate(notebooks):
            Path(folder, f"{number}.ipynb").write_text(notebook, encoding="utf-8")
        try:
            done = subprocess.run(
                [find_ruff_bin(), "check", *options, folder],
                capture_output=True,
                check=False,
                encoding="utf-8",
                # A variable such as RUFF_OUTPUT_FILE would override the options.
                env={name: value for name, value in os.environ.items() if not name.startswith("RUFF_")},
            )
        except OSError as error:
            raise CheckerError(
                f"ruff cannot be started: {error}", "Install ruff, or select nothing."
            ) from None
    if done.returncode > 1:
        raise _refused(done.stderr, config)
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results


def _refused(errors: str, config: Config) -> CheckerError:
    reason = errors.strip().rpartition("\n")[2].strip().removeprefix("Cause: ")
    if "selector" in reason:
        return ConfigError(f"{config.path}: ruff.select: {reason}", "`ruff rule --all` lists ruff's rules.")
    return CheckerError(f"ruff failed: {reason}")


def _finding(notebook: _Notebook, result: dict[str, Any]) -> Finding:
    analysis = notebook.analysis
    cell = notebook.cells[result["cell"] - 1]
    row = result["location"]["row"]
    return Finding(
        code=f"RUFF:{result['code']}",
        name=result.get("name") or result["url"].rpartition("/")[2],
        severity="warning",
        message=result["message"],
        span=_span(analysis, cell, result["location"], result["end_location"]),
        block=cell.block.index,
        intended=row in analysis.wrong_lines(cell.block),
    )


def _span(analysis: LessonAnalysis, cell: Cell, start: dict[str, int], end: dict[str, int]) -> Span:
    """The span in the lesson; ruff counts a cell's rows, and columns in code points, from 1."""
    (line, column), (end_line, end_column) = (
        (each["row"], each["column"] - 1 + cell.shifts[each["row"] - 1]) for each in (start, end)
    )
    return analysis.lesson.code_span(cell.block, line, column, end_line, end_column)

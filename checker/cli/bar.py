"""The progress bar."""

import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column

from checker.cli.display import Shown
from checker.reporting.escape import one_line

_REDRAW = 0.1  # seconds


class Bar:
    """A bar with the stage, the counts, the time and the lesson, whose name is untrusted here as well."""

    def __init__(self, *, color: bool) -> None:
        # No refresh thread: a process with threads must not fork, and starting sandboxes forks.
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30, complete_style="cyan", finished_style="cyan"),
            TextColumn("{task.fields[count]}", markup=False),
            TimeElapsedColumn(),
            TextColumn("{task.fields[left]}", markup=False),
            TextColumn("{task.fields[label]}", markup=False, table_column=Column(no_wrap=True)),
            console=Console(stderr=True, color_system="standard" if color else None),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task("", total=1.0, count="", left="", label="", visible=False)
        self._drawn = 0.0
        self._progress.start()

    def update(self, shown: Shown) -> None:
        """Show the progress by the work that is done; drawn at most ten times a second."""
        now = time.monotonic()
        if now - self._drawn < _REDRAW:
            return
        self._drawn = now
        self._progress.update(
            self._task,
            description=shown.what,
            completed=shown.share,
            count=f"{shown.done:,}/{shown.total:,}",
            left=shown.left,
            label=one_line(shown.label),
            visible=True,
        )
        self._progress.refresh()

    def close(self) -> None:
        """Remove the bar from the screen."""
        self._progress.stop()

"""Watches a lesson from outside, for the limits that the kernel does not enforce."""

import os
from collections.abc import Sequence
from typing import Literal

from checker.running import disk
from checker.running.job import Limits
from checker.running.memory import memory_used
from checker.running.sandbox.members import descendants
from checker.running.sandbox.tier import Place

# The lesson's home, working folder and temporary folders, which it did not make.
_OWN_FOLDERS = 8

Excess = Literal["memory", "processes", "disk"]


class Watch:
    """Watches the processes and files of one sandbox; must be closed."""

    def __init__(self, place: Place, processes: int, folder: int, limits: Limits) -> None:
        self._place, self._processes, self._folder, self._limits = place, processes, folder, limits

    def close(self) -> None:
        """Stop watching."""
        os.close(self._processes)
        os.close(self._folder)

    def excess(self) -> Excess | None:
        """The limit that the lesson exceeds now, if any."""
        members = self._members()
        if memory_used(self._processes, members, self._limits.memory) > self._limits.memory:
            return "memory"
        if not self._place.counts and self._tasks(members) > self._limits.processes:
            return "processes"
        used = (
            disk.of_file_system(self._folder)
            if self._place.own_disk
            else disk.of_folder(self._folder, self._processes, members)
        )
        if used.size > self._limits.disk or used.files > self._limits.files + _OWN_FOLDERS:
            return "disk"
        return None

    def _members(self) -> Sequence[int]:
        if self._place.first != 1:
            return descendants(self._processes, self._place.first)
        # Its own /proc lists its processes and no others.
        try:
            return [int(name) for name in os.listdir(self._processes) if name.isdigit()]
        except OSError:  # the sandbox has ended
            return ()

    def _tasks(self, members: Sequence[int]) -> int:
        count = 0
        for pid in members:
            try:
                count += os.stat(f"{pid}/task", dir_fd=self._processes).st_nlink - 2
            except OSError:
                continue
        return count

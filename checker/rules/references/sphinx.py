"""What Sphinx with MyST makes of links: paths count from its sources, and labels hold for the whole project.

https://myst-parser.readthedocs.io/en/latest/syntax/cross-referencing.html
"""

from os.path import dirname, join

from checker.rules.references.project import Files


class Sphinx:
    """Finds the folder of a lesson's project; each folder is asked once."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._sources: dict[str, str] = {}

    def sources(self, folder: str) -> str:
        """The nearest absolute folder at or above this one that has Sphinx's `conf.py`, "" when none has."""
        known = self._sources.get(folder)
        if known is None:
            if not self._files.holds(folder):
                known = ""
            elif self._files.has(join(folder, "conf.py")):
                known = folder
            else:
                known = "" if folder == self._files.folder else self.sources(dirname(folder))
            self._sources[folder] = known
        return known

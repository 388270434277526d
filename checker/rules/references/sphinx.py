"""Whether a lesson belongs to a Sphinx project, whose labels apply to all of it.

https://myst-parser.readthedocs.io/en/latest/syntax/cross-referencing.html
"""

from os.path import dirname, join

from checker.rules.references.project import Files


def is_of_sphinx(path: str, files: Files) -> bool:
    """Whether a folder around the file at this absolute path contains Sphinx's `conf.py`."""
    at = dirname(path)
    while files.holds(at):
        if files.has(join(at, "conf.py")):
            return True
        if at == files.folder:
            break
        at = dirname(at)
    return False

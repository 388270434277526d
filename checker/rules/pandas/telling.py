"""The message, certainty and intention of a finding about a changed member or argument."""

import ast

from checker.analysis.frames.known import Types
from checker.rules.pandas.receivers import Asked
from checker.rules.pandas.table import Change, is_removed
from checker.rules.pandas.wording import expects_warning, quoted, unless_other

# Exceptions that the surrounding code anticipates, so that it shows removed code on purpose, or has an
# alternative.
_REMOVED = frozenset({"AttributeError", "ImportError", "KeyError", "ModuleNotFoundError", "TypeError"}) | {
    "OptionError",
    "SpecificationError",
    "ValueError",
}


def said(what: str, change: Change) -> str:
    """The sentence that `what` was removed, or will be, and what to do."""
    library = "NumPy" if "numpy.org" in change.source else "pandas"
    if is_removed(change):
        text = f"{what} was removed in {library} {change.since}."
    else:
        text = f"{what} was deprecated in {library} {change.since} and will be removed in pandas 4."
    return f"{text} {remedy(change.instead)}"


def remedy(instead: str) -> str:
    """The sentence that names the replacement."""
    if instead.partition(":")[0] == "nothing":
        _, colon, why = instead.partition(": ")
        return f"Leave it out{colon}{why}."
    return f"Use {instead}."


def doubt(asked: Asked, receiver: ast.expr | None, types: Types) -> str:
    """What would make a finding certain when only a name and its use suggest pandas."""
    if receiver is None:
        return ""
    return unless_other(quoted(types.source(receiver), "this object"), sure=asked.sure)


def is_meant(change: Change, types: Types) -> bool:
    """Whether the surrounding code anticipates what pandas does here."""
    if is_removed(change):
        return not _REMOVED.isdisjoint(types.handled)
    return expects_warning(types)

"""What a finding about a changed member or argument says, how sure it is, and whether it is meant."""

import ast

from checker.analysis.frames.known import Types
from checker.rules.pandas.receivers import Asked
from checker.rules.pandas.table import Change, is_removed
from checker.rules.pandas.wording import expects_warning, quoted, unless_other

# Exceptions that the code around is ready for, so that it shows the removed thing on purpose, or goes on
# without it.
_REMOVED = frozenset({"AttributeError", "ImportError", "KeyError", "ModuleNotFoundError", "TypeError"}) | {
    "OptionError",
    "SpecificationError",
    "ValueError",
}


def said(what: str, change: Change) -> str:
    """`what` was removed, or will be, and what to do."""
    library = "NumPy" if "numpy.org" in change.source else "pandas"
    if is_removed(change):
        text = f"{what} was removed in {library} {change.since}."
    else:
        text = f"{what} was deprecated in {library} {change.since} and will be removed in pandas 4."
    return f"{text} {remedy(change.instead)}"


def remedy(instead: str) -> str:
    """The sentence that says what to write."""
    if instead.partition(":")[0] == "nothing":
        _, colon, why = instead.partition(": ")
        return f"Leave it out{colon}{why}."
    return f"Use {instead}."


def doubt(asked: Asked, receiver: ast.expr | None, types: Types) -> str:
    """What would make a finding certain that rests on a name and its use alone."""
    if receiver is None:
        return ""
    return unless_other(quoted(types.source(receiver), "this object"), sure=asked.sure)


def is_meant(change: Change, types: Types) -> bool:
    """Whether the code around waits for what pandas does here."""
    if is_removed(change):
        return not _REMOVED.isdisjoint(types.handled)
    return expects_warning(types)

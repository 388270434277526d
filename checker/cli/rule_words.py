"""The words for rules on the command line: names, codes and families."""

from checker.errors import UsageError
from checker.rules.registry import find_rule, known_selector, records
from checker.spelling import nearest


def require_selector(word: str) -> str:
    """The word, when it is a name, a code or a family. Raises UsageError, with the nearest, otherwise."""
    if not known_selector(word):
        raise _unknown(word)
    return word


def is_family(word: str) -> bool:
    """Whether the word means rules, but is not the name or the code of one."""
    return find_rule(word) is None and known_selector(word)


def require_rule(word: str) -> str:
    """The word, when it is the name or the code of one rule.

    Raises UsageError, with the nearest, otherwise.
    """
    if find_rule(word) is None:
        raise _unknown(word)
    return word


def complete_rule(_ctx: object, _param: object, incomplete: str) -> list[str]:
    """Completions for the last of some comma-separated rules."""
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{each.name}" for each in records() if each.name.startswith(last)]


def _unknown(word: str) -> UsageError:
    words = [known for each in records() for known in (each.name, each.code)]
    near = nearest(word, words) or nearest(word.upper(), words)
    question = f"Did you mean {near}? " if near else ""
    return UsageError(f"there is no rule {word!r}", f"{question}`coursecheck explain` lists all rules.")

"""The names, codes and families by which rules are named on the command line."""

from difflib import get_close_matches

from checker.errors import UsageError
from checker.rules.registry import all_rules, find_rule, known_selector


def require_selector(word: str) -> str:
    """The word, when it is a name, a code or a family; else UsageError with the nearest."""
    if not known_selector(word):
        raise _unknown(word)
    return word


def require_rule(word: str) -> str:
    """The word, when it is the name or the code of one rule; else UsageError with the nearest."""
    if find_rule(word) is None:
        raise _unknown(word)
    return word


def _unknown(word: str) -> UsageError:
    words = [known for each in all_rules() for known in (each.rule.name, each.rule.code)]
    near = get_close_matches(word, words, n=1) or get_close_matches(word.upper(), words, n=1)
    question = f"Did you mean {near[0]}? " if near else ""
    return UsageError(f"there is no rule {word!r}", f"{question}`coursecheck explain` lists all rules.")

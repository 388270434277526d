"""What an author may have meant where PostgreSQL's grammar only says at which word it stopped."""

import re

from checker.patterns import regex
from checker.spelling import nearest

# Words that are misspelled most; short ones are too near to names.
_KEYWORDS = [
    "ALTER",
    "BETWEEN",
    "COLUMN",
    "CREATE",
    "DEFAULT",
    "DELETE",
    "DISTINCT",
    "EXECUTE",
    "EXISTS",
    "FOREIGN",
    "FROM",
    "FULL",
    "FUNCTION",
    "GROUP",
    "HAVING",
    "IDENTITY",
    "INNER",
    "INSERT",
    "INTO",
    "JOIN",
    "LANGUAGE",
    "LEFT",
    "LIMIT",
    "NULL",
    "ORDER",
    "PARTITION",
    "PRIMARY",
    "PUBLICATION",
    "REFERENCES",
    "REPLICA",
    "REPLICATION",
    "RETURNING",
    "SELECT",
    "SEQUENCE",
    "SET",
    "TABLE",
    "TABLES",
    "UNION",
    "UPDATE",
    "VALUES",
    "WHERE",
]
_ENDS_A_LIST = frozenset({"FROM", "GROUP", "HAVING", "ORDER", "WHERE"})
_LAST_WORD = regex(r"(\w+)\s+\Z")
_WORD = regex(r"([A-Za-z_]\w*)")
_WANTS_A_NAME = regex(
    r"(?:[.,]|\b(?:FROM|INTO|TABLE|UPDATE|JOIN|AS|COLUMN|VIEW|INDEX|SELECT))\s*\Z", re.IGNORECASE
)
_WITHOUT_BY = regex(r"\b(GROUP|ORDER|PARTITION)\Z", re.IGNORECASE)
_COLUMN = regex(r"[a-z_]\w*\s+[A-Za-z]")
_STRINGS = regex(r"'[^']*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)


def misspelt(text: str, at: int) -> tuple[int, int, str] | None:
    """From where to where a keyword is misspelt at `at`, or right before it, and what it is."""
    for found in (_WORD.match(text, at), _LAST_WORD.search(text, max(at - 40, 0), at)):
        word = found[1].upper() if found else ""
        # `updated_at` is a name: no keyword has a `_` or a digit.
        near = nearest(word, _KEYWORDS, alike=0.75) if len(word) > 3 and word.isalpha() else ""
        # `orders` is the name of a table.
        if (
            found
            and near
            and word not in {near, f"{near}S"}
            and not _WANTS_A_NAME.search(text, 0, found.start(1))
        ):
            return *found.span(1), near
    return None


def ends_a_list(text: str, at: int) -> bool:
    """Whether a list is over at `at`, right behind a comma."""
    token = _WORD.match(text, at)
    ends = text[at : at + 1] in {")", ";"} or (token is not None and token[0].upper() in _ENDS_A_LIST)
    return ends and _STRINGS.sub("", text[:at]).rstrip().endswith(",")


def hint(text: str, at: int) -> str:
    """What may be done about the word at `at`, as the end of a message; "" where nothing is near."""
    if ends_a_list(text, at):
        return "; delete the comma before it"
    before = _STRINGS.sub("", text[:at]).rstrip()
    if without_by := _WITHOUT_BY.search(before):
        return f"; write `{without_by[1].upper()} BY`"
    line = text[text.rfind("\n", 0, at) + 1 : at]
    is_column = not line.strip() and _COLUMN.match(text, at) is not None
    if is_column and not before.endswith((",", "(")) and before.count("(") > before.count(")"):
        return "; a comma is missing before it"
    return ""

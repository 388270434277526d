"""Finds the unclosed command in shell code when bash only reports an unexpected end of file."""

from checker.patterns import regex

_ENDS = {"if": "fi", "case": "esac", "for": "done", "while": "done", "until": "done", "select": "done"}
_ENDS |= {"{": "}", "(": ")"}
_PART = regex(
    r"\\.|(?<![^\s;&|()])\#[^\n]*|'[^']*'|\"[^\"\\]*(?:\\.[^\"\\]*)*\"|\$\(\(|\$?\{(?=\S)[^{}\n]*\}"
    r"|(?P<breaks>[\n;&|])|(?P<mark>[(){}])|(?P<word>[^\s;&|(){}'\"\\]+)"
)
# After these words a command begins, as after a line end.
_GO_ON = frozenset({"then", "do", "else", "elif", "!", "{", "(", "if", "while", "until", "time"})


def unended(text: str) -> tuple[int, str, str] | None:
    """The innermost unclosed command: its offset, its word, and the word that would close it."""
    opened: list[tuple[str, int]] = []
    begins = True
    for found in _PART.finditer(text):
        word = found["word"] or found["mark"] or ""
        if found["breaks"]:
            begins = True
            continue
        if opened and word == _ENDS[opened[-1][0]] and (begins or word == ")"):
            opened.pop()
            begins = word == ")"
        elif word == "(" or (begins and word in _ENDS):
            opened.append((word, found.start()))
            begins = word in _GO_ON
        else:
            begins = (begins and word in _GO_ON) or word == ")"
    if not opened:
        return None
    word, at = opened[-1]
    return at, word, _ENDS[word]

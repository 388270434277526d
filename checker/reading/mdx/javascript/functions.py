"""Functions and classes: only the brackets of their heads and bodies are followed."""

from checker.reading.mdx.javascript import tokens
from checker.reading.mdx.javascript.elements import JsxScanner
from checker.reading.mdx.javascript.scanner import Frame
from checker.reading.mdx.reasons import quoted
from checker.reading.mdx.refusal import RefusedError

BRACKETS = {")": "(", "]": "[", "}": "{"}
# What a closing brace may end in a function besides the function's own brackets.
_OTHER_BRACES = ("insert", "braces", "value", "spread")
# A brace after one of these begins a block of statements and not an object.
_BEFORE_BLOCK = ("function", ";", "{", "}", ")", "=>", "else", "do", "try", "finally")


class FunctionScanner(JsxScanner):
    """Follows brackets, templates and tags from the beginning of a function to the end of its body."""

    def __init__(self, kind: str) -> None:
        # The number of open functions and classes, and the last word read in them.
        self.functions = 0
        self._last = ""
        super().__init__(kind)

    def open(self, kind: str, name: str = "") -> Frame:
        """Enter brackets, a template, a tag or a function."""
        if kind == "function":
            self.functions += 1
            self._last = kind
        return super().open(kind, name)

    def read_in_function(self, kind: str, word: str, at: int) -> None:
        """Process a token of a function's head or body."""
        if kind == "template":
            self.open("template")
        elif kind == "punctuator" and word in BRACKETS:
            self._close_bracket(word, at)
        elif kind == "punctuator" and word in BRACKETS.values():
            state = self._what_opens(word)
            self.open("loose", word).state = state
        elif word == "<" and not self.value:
            self.open("tag")
        elif kind == "punctuator":
            self.value = self.value if word in ("++", "--") else ""
        else:
            keyword = word in tokens.BEFORE_VALUE and self._last not in (".", "?.")
            self.value = "" if kind == "name" and keyword else "other"
        self._last = word

    def _what_opens(self, word: str) -> str:
        """Whether a bracket opens the condition of a statement, a block, or (start) neither."""
        if word == "(" and self._last in ("if", "while", "for", "with"):
            return "condition"
        return "block" if word == "{" and self._last in _BEFORE_BLOCK else "start"

    def _close_bracket(self, word: str, at: int) -> None:
        frame = self.stack[-1]
        if frame.kind == "function":
            raise RefusedError(at, f"a body in braces is missing before `{word}`")
        if frame.kind == "loose" and frame.name == BRACKETS[word]:
            self.close("" if frame.state in ("condition", "block") else "other")
        elif word == "}" and frame.kind in _OTHER_BRACES:
            self.close("")
        else:
            raise RefusedError(at, f"{quoted(word)} closes nothing there")
        if word == "}" and self.stack and self.stack[-1].kind == "function":
            self.functions -= 1
            self.close("other")

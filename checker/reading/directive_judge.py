"""Checks the words of one comment or meta: valid ones become directives, others are reported."""

from collections.abc import Callable, Iterator, Sequence

from checker.model import Directive, Problem, Span
from checker.patterns import regex
from checker.reading.directive_tokens import Token, comment_tokens, meta_tokens
from checker.reading.directive_words import BLOCK_WORDS, LESSON_WORDS, complaint, is_near_head, unknown_word
from checker.reading.document import Comment
from checker.reading.hidden_code import hidden_code

_LINE_END = regex(r"\r\n|\n|\r")
_MAYBE_HEAD = regex(r"[ \t\r\n]*([A-Za-z-]{4,16})[ \t]?:")

_PARTNERS = {"ignore": "because", "because": "ignore"}
_ALONE = {
    "ignore": '`ignore` needs a reason next to it: `because="why"`',
    "because": "`because` explains an `ignore`, but there is no `ignore` next to it",
}

# A message and the offsets of the place that it is about.
Mistake = tuple[str, int, int]

# What a block or the lesson has been told already: words, and for `ignore` also its value.
Said = set[tuple[str, str | None]]


class DirectiveJudge:
    """Reads the directives of one lesson and collects its `problems`."""

    def __init__(self, text: str, span: Callable[[int, int], Span]) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._span = span

    def report(self, message: str, start: int, end: int) -> None:
        """Report a problem with the directive between two offsets of the lesson."""
        self.problems.append(Problem("unknown-directive", message, self._span(start, end)))

    def near_head(self, comment: Comment) -> None:
        """Report `{/* chekc: skip="…" */}`: a comment that is a directive except for its first word."""
        head = _MAYBE_HEAD.match(comment.text)
        if not head:
            return
        tokens = list(comment_tokens(comment.text, head.end(), len(comment.text)))
        if tokens and not any(_mistake(token, BLOCK_WORDS) for token in tokens) and is_near_head(head[1]):
            message = f"`{head[1]}:` is not a directive: did you mean `check:`?"
            self.report(message, comment.text_start + head.start(1), comment.text_start + head.end())

    def lesson_comment(self, comment: Comment, at: int, said: Said) -> list[Directive]:
        """The directives of a `check-lesson:` comment whose words begin at `at` of its text."""
        start, end = comment.text_start + at, comment.text_start + len(comment.text)
        return self._judge(list(comment_tokens(self._text, start, end)), start, LESSON_WORDS, said)

    def comment(self, comment: Comment, at: int, said: Said) -> list[Directive]:
        """The directives of a `check:` comment whose words begin at `at` of its text."""
        start, end = comment.text_start + at, comment.text_start + len(comment.text)
        tokens = []
        for token in comment_tokens(self._text, start, end):
            tokens.append(token)
            if token.word == "setup":
                code_start = self._line_end(token.end, end)
                tokens = list(comment_tokens(self._text, start, code_start))
                directives = self._judge(tokens, start, BLOCK_WORDS, said)
                return list(self._with_hidden_code(directives, comment, code_start, end))
        return self._judge(tokens, start, BLOCK_WORDS, said)

    def meta(self, start: int, end: int, said: Said) -> list[Directive]:
        """The directives in a fence's meta, which lies between two offsets of the lesson."""
        tokens = list(meta_tokens(self._text, start, end))
        for token in tokens:
            if token.word == "setup":
                message = (
                    "`setup` needs code, which does not fit in a fence's meta: use a comment above the fence"
                )
                self.report(message, token.start, token.end)
        others = [token for token in tokens if token.word != "setup"]
        return self._judge(others, start, BLOCK_WORDS, said) if others else []

    def _judge(
        self, tokens: Sequence[Token], head_end: int, known: frozenset[str], said: Said
    ) -> list[Directive]:
        # Every comment may have a reason of its own.
        said.discard(("because", None))
        if not tokens:
            self.report('a word is missing after the colon, such as `skip="why"`', head_end - 1, head_end)
        right: list[Directive] = []
        before: Token | None = None
        for token in tokens:
            mistake = _mistake(token, known) or _repetition(token, said)
            if not mistake:
                said.add(_identity(token))
                right.append(Directive(token.word, token.value, self._span(token.start, token.end)))
            elif not self._goes_on_in_prose(before, token):
                self.report(*mistake)
            before = token
        return list(self._with_reasons(right, {token.word for token in tokens}))

    def _goes_on_in_prose(self, before: Token | None, token: Token) -> bool:
        """Whether prose follows `check:`, which is one mistake instead of one for each word."""
        if before is None or not (_is_prose(before) and _is_prose(token)):
            return False
        return not self._text[before.end : token.start].strip(" \t\r\n>")

    def _with_reasons(self, right: Sequence[Directive], attempted: set[str]) -> Iterator[Directive]:
        """Report an `ignore` without a `because`, and a `because` without an `ignore`."""
        words = {directive.word for directive in right}
        for directive in right:
            partner = _PARTNERS.get(directive.word)
            if partner is None or partner in words:
                yield directive
            elif partner not in attempted:
                self.report(_ALONE[directive.word], directive.span.start, directive.span.end)

    def _with_hidden_code(
        self, directives: Sequence[Directive], comment: Comment, start: int, end: int
    ) -> Iterator[Directive]:
        line_start = comment.start - self._span(comment.start, comment.start).column + 1
        quotes = self._text.count(">", line_start, comment.start)
        for directive in directives:
            if directive.word != "setup":
                yield directive
            elif code := hidden_code(self._text, start, end, quotes, self._span):
                yield code
            else:
                message = "`setup` needs code on the lines below it, inside the comment"
                self.report(message, directive.span.start, directive.span.end)

    def _line_end(self, at: int, end: int) -> int:
        found = _LINE_END.search(self._text, at, end)
        return found.start() if found else end


def _is_prose(token: Token) -> bool:
    return token.value is None and token.word not in BLOCK_WORDS


def _mistake(token: Token, known: frozenset[str]) -> Mistake | None:
    """What is wrong with one word, and where: at its value when only that is wrong."""
    if not token.word:
        return 'a word is missing here, such as `skip="why"`', min(token.start, token.end - 1), token.end
    if token.word in BLOCK_WORDS - known:
        message = (
            f"`{token.word}` is for one code block: put it into a `check:` comment right above that block"
        )
        return message, token.start, token.word_end
    if token.word not in known:
        return unknown_word(token.word, known), token.start, token.word_end
    wrong = complaint(token.word, token.value)
    if not token.closed:
        wrong = f'the value of `{token.word}` has no closing quote: end it with "'
    if not wrong:
        return None
    return wrong, token.start if token.value is None else token.word_end + 1, token.end


def _identity(token: Token) -> tuple[str, str | None]:
    """What identifies a word: two rules may be ignored for two reasons, other words occur once in a block."""
    return token.word, token.value if token.word == "ignore" else None


def _repetition(token: Token, said: Said) -> Mistake | None:
    if _identity(token) not in said:
        return None
    return f"`{token.word}` is set twice: keep one of them", token.start, token.word_end

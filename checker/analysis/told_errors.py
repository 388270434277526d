"""Whether the text around a block, or a comment beside a line, announces the exception that it raised."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from checker.model import Block, Lesson
from checker.patterns import regex

# "This fails with a TypeError", "Вызов упадёт с TypeError": the text says that it happens here.
_HAPPENS = regex(
    r"\b(?:raise[sd]?|throws?|threw|fail(?:s|ed)?|crash(?:es|ed)?|gives?|gets?|got|produces?|results? in"
    r"|(?:will|you|we|['’]ll) see|leads? to|causes?|triggers?|yields?|stops? with|ends? (?:in|with)|result is"
    r"|because|this is|as expected"
    r"|(?:вы|под)?(?:брос|ним|бр[аы]сыв)\w+|(?:у|вы)?пад[её]т|упал\w*|падает|вызов(?:ет|ут)|вызыва\w+|выда\w+"
    r"|получ\w+|возник\w+|заверш\w+|привед[её]т|приводит|ошибк\w+|так как|потому что)\b",
    re.IGNORECASE,
)
# It may happen some day to somebody; or it does not happen.
_MAY_BE = regex(
    r"\b(?:if|when(?:ever)?|unless|until|should|could|may|might|sometimes|older|earlier|otherwise|without"
    r"|avoids?|prevents?|instead|used to|если|когда|пока|может|могло|иногда|раньше|иначе|без|чтобы|вместо)\b",
    re.IGNORECASE,
)
# "A negative number raises ValueError if it is the first:" leads up to code where it does.
_ON_CONDITION = regex(r"\b(?:if|when(?:ever)?|если|когда)\b", re.IGNORECASE)
_DENIED = regex(
    r"(?:\b(?:not|never|no longer|не|больше)|n['’]t)(?: (?:be|even|actually|always))?\s*$", re.IGNORECASE
)
_SENTENCE = regex(r"(?<=[.!?])\s+")
_FAR = 400
# "# raises KeyError: 'tea'", "# -> shop.CupError", but not "# a KeyError would be better".
_COMMENT = regex(
    r"\s*#[\s>=→❌-]*(?:(?:it |this )?(?:raises|gives|fails with|throws|error|ошибка)\W+)?", re.IGNORECASE
)


def tells_error(lesson: Lesson, block: Block, raised: str) -> bool:
    """Whether the paragraph below a block, or the words that lead up to it, say that it raises this type."""
    return _told_below(lesson, block, raised) or _announced(lesson, block, raised)


def _announced(lesson: Lesson, block: Block, raised: str) -> bool:
    """Whether the sentence right above a block ends in a colon and names the type: it is about this code."""
    at = bisect_left(lesson.prose, block.span.start, key=lambda each: each.start)
    begins = lesson.blocks[block.index - 1].span.end if block.index else -1
    if not at or lesson.prose[at - 1].level or lesson.prose[at - 1].start < begins:
        return False
    sentence = _SENTENCE.split(lesson.prose[at - 1].text[-_FAR:].rstrip())[-1]
    if not sentence.endswith(":") or not _named(raised).search(sentence) or not _says_so(sentence):
        return False
    return not _MAY_BE.search(_ON_CONDITION.sub("", sentence))


def _told_below(lesson: Lesson, block: Block, raised: str) -> bool:
    at = bisect_left(lesson.prose, block.span.end, key=lambda each: each.start)
    if at == len(lesson.prose) or lesson.prose[at].level:
        return False
    passage = lesson.prose[at]
    next_block = next((each for each in lesson.blocks if each.span.start >= block.span.end), None)
    if next_block is not None and next_block.span.start < passage.start:
        return False
    name = _named(raised)
    return any(
        name.search(sentence) and _says_so(sentence) and not _MAY_BE.search(sentence)
        for sentence in _SENTENCE.split(passage.text[:_FAR])
    )


def comments_error(block: Block, lines: Iterable[int], raised: str) -> bool:
    """Whether a comment at the end of one of these lesson lines, or right below, begins with the type."""
    code, name = block.code.split("\n"), _named(raised)
    return any(
        _begins_with(comment, name)
        for line in lines
        if 0 < line - block.span.line <= len(code)
        for comment in _comments(code, line - block.span.line)
    )


def _comments(code: Sequence[str], line: int) -> Iterator[str]:
    """The comment at the end of a line, and those right below it."""
    yield code[line - 1][code[line - 1].rfind("#") :]
    yield from takewhile(_COMMENT.match, code[line:])


def _begins_with(comment: str, name: re.Pattern[str]) -> bool:
    begins = _COMMENT.match(comment)
    found = name.match(comment, begins.end()) if begins else None
    return found is not None and comment[found.end() :].strip()[:1] in ("", ":", "(", "!", ".")


def _named(raised: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:\w+\.)*{re.escape(raised.rpartition('.')[2])}\b")


def _says_so(sentence: str) -> bool:
    return any(not _DENIED.search(sentence[: match.start()]) for match in _HAPPENS.finditer(sentence))

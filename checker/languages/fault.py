"""A fault in a text of some language."""

from msgspec import Struct

# No lesson has longer texts. Beyond these limits, parsers with quadratic time would become noticeable.
LONGEST = 40_000
DEEPEST = 100
# Longer chains of operators take the PromQL parser minutes.
LONGEST_EXPRESSION = 2_000
# With fewer signs of grammar, tree-sitter is always fast on shell code.
MOST_SIGNS = 500


class Fault(Struct, frozen=True):
    """What a parser refuses, from `start` to `end` in the text (offsets in code points).

    `certain` is false when the text may be valid in another reading: another dialect, an excerpt, output.
    `is_bare` is true when the message only repeats what the parser said, so that a hint may follow it.
    """

    message: str
    start: int
    end: int
    certain: bool = True
    is_bare: bool = False

"""What is wrong with a text in some language, and where."""

from msgspec import Struct

# No lesson shows more. Beyond it parsers that are quadratic in the depth or the length would be felt.
LONGEST = 40_000
DEEPEST = 100
# Longer chains of operators take the parser of PromQL minutes.
LONGEST_EXPRESSION = 2_000
# Shell code with fewer signs of grammar never takes tree-sitter long.
MOST_SIGNS = 500


class Fault(Struct, frozen=True):
    """What a parser refuses, from `start` to `end` in the text (offsets in code points).

    `certain` is false when the text may be meant otherwise: another dialect, an excerpt, output. `is_bare`
    is true when the message only repeats what the parser said, so that a hint may follow it.
    """

    message: str
    start: int
    end: int
    certain: bool = True
    is_bare: bool = False

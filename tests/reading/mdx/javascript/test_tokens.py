"""What JavaScript's tokens are made of."""

import re
import sys

from checker.reading.mdx.javascript.tokens import BLANK, WHITE


def test_a_blank_is_white_space_of_javascript_and_nothing_else() -> None:
    everything = list(map(chr, range(sys.maxunicode + 1)))
    blank, white = re.compile(BLANK), re.compile(f"[{WHITE}]")
    assert [each for each in everything if blank.fullmatch(each)] == list(filter(white.fullmatch, everything))

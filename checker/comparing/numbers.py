"""Compares numbers to the digits that are shown."""

import math
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation

_MOST_CHARACTERS = 300
# With this many digits, the number of digits is a setting of the program that shows them.
_ANY_PRECISION = 5
# The error of adding binary fractions.
_TOLERANCE = 1e-9
# 10, 13, 16 and 19 digits: seconds, milliseconds, microseconds and nanoseconds since 1970, in this century.
_EPOCH_DIGITS = frozenset({10, 13, 16, 19})


def same_number(shown: str, printed: str) -> bool:
    """Whether `printed` is the number that a lesson shows, to the digits it shows."""
    if shown == printed:
        return True
    one, other = _plain(shown), _plain(printed)
    if shown.endswith("%") != printed.endswith("%") or max(len(one), len(other)) > _MOST_CHARACTERS:
        return False
    if _is_epoch(one) and _is_epoch(other) and len(one) == len(other):
        return True
    try:
        return _same(Decimal(one), Decimal(other))
    except (InvalidOperation, OverflowError):  # more digits than supported
        return False


def _plain(text: str) -> str:
    return text.rstrip("%").replace(",", "").replace("_", "").replace("\u2212", "-")


def _is_epoch(text: str) -> bool:
    return len(text) in _EPOCH_DIGITS and text.isdigit() and text[0] == "1"


def _same(shown: Decimal, printed: Decimal) -> bool:
    if shown == printed:
        return True
    digits, others = (-int(each.as_tuple().exponent) for each in (shown, printed))
    if digits <= 0 and shown.as_tuple().exponent == 0:  # integers must be equal
        return False
    if _is_rounded(shown, printed):
        return True
    if min(digits, others) >= _ANY_PRECISION and _is_rounded(printed, shown):
        return True
    return math.isclose(float(shown), float(printed), rel_tol=_TOLERANCE)


def _is_rounded(short: Decimal, long: Decimal) -> bool:
    """Whether `short` is the other number with fewer digits: rounded, or cut off."""
    unit = Decimal(1).scaleb(int(short.as_tuple().exponent))
    return any(long.quantize(unit, how) == short for how in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN))

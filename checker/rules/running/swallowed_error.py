"""A broad `except` that hides a bug: the block ran to its end, but did not work.

## What

The lesson's own code raised a NameError, AttributeError, ImportError or TypeError, and something hid it: an
`except:`, `except Exception` or `except BaseException` that does not raise again, `contextlib.suppress` with
one of these, a `return`, `break` or `continue` in `finally`, or the lesson's own `__exit__`. The finding is
where the exception was raised.

## Why

The block passes, and the reader's notebook shows nothing, or one line of a log. What the lesson promises did
not happen, because a name is misspelled or a library no longer has the method.

## Bad

```python
import json

try:
    text = json.to_text({"tea": 3})  # error
except Exception as problem:
    print("try again:", problem)
```

## Good

```python
import json

try:
    text = json.dumps({"tea": 3})
except Exception as problem:
    print("try again:", problem)
```

What a lesson means to catch it names: in `except NameError`, in a handler that prints or tests for the name,
in the words above the block, or in the output below it. An import with another one in its stead, and asking
by `hasattr` or `getattr`, are no defects.

## Since

coursecheck 0.2

## Source

Python's own exception, from running the lesson.
"""

import re
from collections.abc import Iterator

from checker.analysis.cells import is_python
from checker.analysis.ran import RanBlock
from checker.model import RunError, Severity, Swallowed
from checker.rules.rule import Report, Rule

RULE = Rule("RUN401", "swallowed-error", "error", looks_at="outcome")

# A type error may be due to the block's input; a missing name is always a defect.
_CERTAIN = {"NameError", "ImportError"}
_ANY = {"Exception", "BaseException"}
_WORDS_ABOVE, _WORDS_BETWEEN = 600, 200  # characters


def check(ran: RanBlock) -> Iterator[Report]:
    """Each exception that was hidden while the block ran, where it was raised."""
    for swallowed in ran.outcome.swallowed:
        error = swallowed.error
        if _is_spoken_of(ran, error):
            continue
        yield Report(
            f"{error.type}: {error.message}; hidden by {swallowed.handler} in line {swallowed.handler_line}",
            ran.line_span(error.line, error.column),
            ran.block.index,
            severity=_severity(swallowed),
            intended=ran.is_wrong(error.line),
            error=error,
        )


def _severity(swallowed: Swallowed) -> Severity:
    names = {swallowed.error.type, *swallowed.error.bases}
    return "error" if names & _CERTAIN else "warning"


def _is_spoken_of(ran: RanBlock, error: RunError) -> bool:
    """Whether the text above the block names the exception, or the fence below shows it."""
    names = {error.type, *error.bases} - _ANY
    lesson, index = ran.lesson, ran.block.index
    before = lesson.blocks[index - 1].span.end if index else 0
    above = lesson.text[max(before, ran.block.span.start - _WORDS_ABOVE) : ran.block.span.start]
    below = _shown_below(ran)
    message = error.message.partition("\n")[0]
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in names for text in (above, below)) or (
        bool(message.strip()) and message in below
    )


def _shown_below(ran: RanBlock) -> str:
    """The content of the fence right below the block, unless it is Python."""
    for block in ran.lesson.blocks[ran.block.index + 1 :][:1]:
        if not is_python(block) and block.span.start - ran.block.span.end <= _WORDS_BETWEEN:
            return block.code
    return ""

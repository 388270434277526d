"""An `ignore` directive silences nothing, or names no rule.

## What

`{/* check: ignore=RULE because="why" */}` stands above a block, or at the head of the lesson, and no finding
of that rule is there to be silenced.

## Why

What was ignored has been mended, or the directive never matched. Left behind, it hides the next defect.

## Bad

{/* check: ignore=python-syntax because="shown as typed" */} {/* error */}
```python
total = 1 + 2
```

## Good

{/* check: ignore=python-syntax because="shown as typed" */}
```python
total = 1 +
```

## Since

coursecheck 0.1

## Source

`docs/architecture.md`, directives.
"""

from collections.abc import Iterator

from msgspec import Struct

from checker.model import Directive, Fix, Lesson
from checker.rules.document.removal import removal
from checker.rules.rule import Report, Rule

RULE = Rule("MDX302", "unused-ignore", "warning", looks_at="ignore")


class Ignore(Struct, frozen=True):
    """An `ignore` directive after every other rule has spoken.

    `block` is the block it stands above, None for the lesson's own. `known` says whether a rule has the
    name, `looked_for` whether that rule was used at all, `used` whether it silenced something.
    """

    lesson: Lesson
    directive: Directive
    block: int | None
    known: bool
    looked_for: bool
    used: bool

    @property
    def because(self) -> Directive | None:
        """The reason that goes with it."""
        beside = self.lesson.directives if self.block is None else self.lesson.blocks[self.block].directives
        return next((each for each in beside if each.word == "because"), None)


def check(ignore: Ignore) -> Iterator[Report]:
    """One report at the directive's word, unless what it silences was not looked for."""
    word = ignore.directive.value or ""
    if not ignore.known:
        message = f"`ignore={word}` names no rule; `coursecheck explain` lists them"
        yield Report(message, ignore.directive.span, ignore.block)
    elif ignore.looked_for and not ignore.used:
        message = f"`ignore={word}` silences nothing here: delete it"
        yield Report(message, ignore.directive.span, ignore.block, fix=_deleted(ignore))


def _deleted(ignore: Ignore) -> Fix:
    words = [each for each in (ignore.directive, ignore.because) if each]
    return Fix("delete the directive", "safe", removal(ignore.lesson, words))

"""An `ignore` directive that suppresses no finding.

## What

`{/* check: ignore=RULE because="why" */}` is above a block or at the top of the lesson, and there is no
finding of that rule to suppress. If it names several rules, each is checked.

## Why

The problem has been fixed, or the directive never matched. If it stays, it hides the next one.

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

`docs/reference/directives.md`.
"""

from collections.abc import Iterator

from msgspec import Struct

from checker.model import Directive, Fix, Lesson
from checker.rules.document.removal import removal
from checker.rules.rule import Report, Rule

RULE = Rule("MDX302", "unused-ignore", "warning", looks_at="ignore")


class Ignore(Struct, frozen=True):
    """An `ignore` directive after all other rules have run.

    `block` is the block that it applies to, None for the whole lesson. `unused` are the rules it names that
    it silenced nothing of although they were checked; `all_unused` says that it names no others.
    """

    lesson: Lesson
    directive: Directive
    block: int | None
    unused: tuple[str, ...]
    all_unused: bool

    @property
    def because(self) -> Directive | None:
        """The reason that goes with it."""
        beside = self.lesson.directives if self.block is None else self.lesson.blocks[self.block].directives
        return next((each for each in beside if each.word == "because"), None)


def check(ignore: Ignore) -> Iterator[Report]:
    """One report at the directive for the rules that it does not silence."""
    if not ignore.unused:
        return
    message = f"`ignore={','.join(ignore.unused)}` silences nothing here: delete it"
    fix = _deleted(ignore) if ignore.all_unused else None
    yield Report(message, ignore.directive.span, ignore.block, fix=fix)


def _deleted(ignore: Ignore) -> Fix:
    words = [each for each in (ignore.directive, ignore.because) if each]
    return Fix("delete the directive", "safe", removal(ignore.lesson, words))

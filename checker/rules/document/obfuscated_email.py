"""Code holds `[email protected]`, which a web page put in the place of something with an `@` in it.

## What

A block with `[email protected]` in it, or with the address that such a text links to.

## Why

Some hosts hide addresses from robots: what looks like one is replaced in the page, and a script puts it back
for readers. Code that is copied from the page's source, or read by a tool, has the replacement. It hits
whatever has an `@`: addresses, connection strings, `user@host`, versions of packages.

## Bad

```python
engine = "postgresql://[email protected]/shop"  # error
```

## Good

```python
engine = "postgresql://shop@db.example.com/shop"
```

## Since

coursecheck 0.1

## Source

Cloudflare, Email Address Obfuscation:
https://developers.cloudflare.com/waf/tools/scrape-shield/email-address-obfuscation/
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.patterns import regex
from checker.rules.rule import Report, Rule

RULE = Rule("MDX203", "obfuscated-email", "warning", looks_at="lesson")

# The blank is a no-break space in the page.
_REPLACEMENT = regex(r"\[email[ \xa0]protected\]|/cdn-cgi/l/email-protection(?:#[0-9a-f]+)?")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report for every replacement in a block's code, whatever its language."""
    lesson = analysis.lesson
    for block in lesson.blocks:
        if "protect" not in block.code:  # as in nearly all
            continue
        for number, line in enumerate(block.code.split("\n"), start=1):
            for found in _REPLACEMENT.finditer(line):
                message = (
                    f"`{found[0]}` is what a web page shows in the place of an address or of anything else "
                    "with an `@`: write what stood there"
                )
                span = lesson.code_span(block, number, found.start(), number, found.end())
                yield Report(message, span, block.index)

"""Code with `[email protected]`, which a web page puts in place of text with an `@`.

## What

A block that contains `[email protected]`, or the address that such text links to.

## Why

Some hosts hide addresses from robots: they replace the text in the page, and a script restores it for
readers. Code that is copied from the page's source, or read by a tool, has the replacement. This affects
everything with an `@`: addresses, connection strings, `user@host`, package versions.

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

# The blank in the page is a no-break space.
_REPLACEMENT = regex(r"\[email[ \xa0]protected\]|/cdn-cgi/l/email-protection(?:#[0-9a-f]+)?")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report for every replacement in a block's code, whatever its language."""
    lesson = analysis.lesson
    for block in lesson.blocks:
        if "protect" not in block.code:  # nearly all blocks
            continue
        for number, line in enumerate(block.code.split("\n"), start=1):
            for found in _REPLACEMENT.finditer(line):
                message = (
                    f"`{found[0]}` is a web page's replacement for an address or other text with an `@`: "
                    "write the original text"
                )
                span = lesson.code_span(block, number, found.start(), number, found.end())
                yield Report(message, span, block.index)

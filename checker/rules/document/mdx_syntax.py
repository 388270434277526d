"""A place that the site's MDX parser rejects.

## What

An unclosed tag, an HTML comment, a brace that opens an expression by accident, an expression that is not
JavaScript: everything in an `.mdx` file that the official parser rejects. The parser stops at the first such
place; this rule reports all of them.

## Why

One such place is enough to stop the site from building. The parser's own message says neither what is wrong
nor what to write instead.

## Bad

````mdx
# Line breaks

First line<br>second line {/* error */}
````

## Good

````mdx
# Line breaks

First line<br />second line
````

## Since

coursecheck 0.1

## Source

MDX, Troubleshooting MDX: https://mdxjs.com/docs/troubleshooting-mdx/
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.document.problems import reports
from checker.rules.rule import Report, Rule

RULE = Rule("MDX101", "mdx-syntax", "error", looks_at="problem")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report for every place that the parser refuses."""
    return reports(analysis.lesson, RULE.name)

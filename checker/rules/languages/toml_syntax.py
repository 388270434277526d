"""TOML that is not valid.

## What

A block in `toml` that Python's parser rejects. `...`, placeholders, and tables that appear twice because the
block shows several excerpts are not reported. Line breaks and a trailing comma in an inline table, which TOML
1.1 allows, are a warning.

## Why

The whole file is rejected.

## Bad

```toml
[run]
timeout = 5s  # error
```

## Good

```toml
[run]
timeout = "5s"
workers = <how many>
```

## Since

coursecheck 0.2

## Source

TOML 1.0.0 and 1.1.0: https://toml.io/en/v1.1.0
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.languages import toml_text
from checker.rules.languages.table import TOML
from checker.rules.languages.written import reports
from checker.rules.rule import Report, Rule

RULE = Rule("LNG103", "toml-syntax", "error", looks_at="lesson")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report a block, at its first fault."""
    yield from reports(analysis, TOML, lambda _block, code: toml_text.parse(code))

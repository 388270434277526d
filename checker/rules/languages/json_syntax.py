"""JSON that is not valid.

## What

A block in `json` or `jsonc`, or the body in `curl -d '…'`, with a syntax error: a comma after the last item,
a missing comma, single quotes, keys without quotes, `True`, an unclosed bracket. Comments, `...`,
placeholders, several documents, members without their braces, and a request above its answer are common in
lessons and not reported. In `jsonc`, and in files such as `tsconfig.json`, a comma after the last item is
allowed; beside a comment such as `// ...` it is a warning.

## Why

Readers copy it into a configuration file or a request, and the program rejects all of it.

## Bad

```json
{
  "name": "orders",
  "tasks.max": "1",  # error
}
```

## Good

```json
{
  // one task is enough
  "name": "orders",
  "tasks.max": "1",
  ...
}
```

## Since

coursecheck 0.2

## Source

RFC 8259, the JSON data interchange format: https://www.rfc-editor.org/rfc/rfc8259
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.languages import json_text
from checker.languages.fault import Fault
from checker.languages.shell.prompts import output_only
from checker.model import Block
from checker.patterns import regex
from checker.rules.languages.shell_blocks import shell_reports
from checker.rules.languages.table import JSON
from checker.rules.languages.written import reports
from checker.rules.rule import Report, Rule

RULE = Rule("LNG101", "json-syntax", "error", looks_at="lesson")

# Files whose programs accept comments and trailing commas in JSON.
_WITH_COMMENTS = regex(
    r"(?:[jt]sconfig[\w.-]*|devcontainer|\.vscode/[\w-]+|deno|wrangler|biome|settings|launch|tasks|keybindings"
    r"|babel\.config|\.eslintrc|tslint)\.jsonc?\b|\.json[c5]\b|\bbun\.lock\b|\.(?:babelrc|swcrc|eslintrc)\b"
)


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report a block, at the first thing that is not JSON, and one for each text that `curl` sends."""
    yield from reports(analysis, JSON, _parse)
    yield from shell_reports(analysis, "json")


def _parse(block: Block, code: str) -> Iterator[Fault]:
    lenient = block.language == "jsonc" or _WITH_COMMENTS.search(block.meta or "") is not None
    return json_text.parse(output_only(code), trailing_commas=lenient)

"""Shell code that bash cannot read.

## What

A block in `bash`, `sh`, `shell` or `zsh` that `bash -n` rejects: an unclosed quote, loop or here-document, or
a misplaced bracket. Nothing in it is executed. In terminal sessions, whose commands have a prompt (`$ `),
lines without one are output. Placeholders such as `<name>` are not reported. If the line may be output or
another language, the finding is a warning.

## Why

A reader who pastes it is left with `>` and a blinking cursor, or with half of the commands executed.

## Bad

```bash
docker compose up -d
echo "waiting for Kafka  # error
docker compose logs kafka
```

## Good

```bash
$ docker compose up -d
[+] Running 2/2 (kafka, connect)
$ docker compose logs <service>
```

## Since

coursecheck 0.2

## Source

GNU Bash manual, `-n` (`noexec`): https://www.gnu.org/software/bash/manual/bash.html#The-Set-Builtin
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.languages.shell_blocks import shell_reports
from checker.rules.rule import Report, Rule

RULE = Rule("LNG104", "bash-syntax", "error", looks_at="lesson")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report a block, where bash stops."""
    yield from shell_reports(analysis, "syntax")

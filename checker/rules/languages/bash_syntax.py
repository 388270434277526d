"""Shell code that bash cannot read.

## What

A block in `bash`, `sh`, `shell` or `zsh` that `bash -n` refuses: a quote, a loop or a here-document that is
never ended, a bracket that may not stand where it stands. Nothing of it is executed. In terminal sessions,
where lines have a prompt (`$ `), those without one are output. Placeholders such as `<name>` are silent.
Where the line may as well be output or another language, it is a warning.

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
    """One report a block, at what bash stops at."""
    yield from shell_reports(analysis, "syntax")

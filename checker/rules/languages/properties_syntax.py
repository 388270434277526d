r"""A `.properties` file that Java rejects.

## What

A block in `properties` with a `\u` that is not followed by four hexadecimal digits. Nothing else is an error
in such a file.

## Why

Java rejects the whole file: "Malformed \uxxxx encoding". The cause is usually a Windows path.

## Bad

```properties
offset.storage.file.filename=C:\users\shop\offsets.dat  # error
```

## Good

```properties
offset.storage.file.filename=C:\\users\\shop\\offsets.dat
greeting=\u041f\u0440\u0438\u0432\u0435\u0442
```

## Since

coursecheck 0.2

## Source

java.util.Properties.load:
https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.languages import properties
from checker.rules.languages.table import PROPERTIES
from checker.rules.languages.written import reports
from checker.rules.rule import Report, Rule

RULE = Rule("LNG108", "properties-syntax", "error", looks_at="lesson")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """A report for every invalid escape."""
    yield from reports(analysis, PROPERTIES, lambda _block, code: properties.parse(code))

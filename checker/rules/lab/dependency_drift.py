"""A lesson that assumes a version or package that the lab does not have.

## What

With `[lab]` in the configuration, these are reported: a package version that `requirements` does not
guarantee, a `pip install` that contradicts it, an import that nothing in it installs, an image version that
differs from the compose file, an image tag that was never published, and a sample event from another Debezium
version than the lab's. A sample event is only info if the text before it names that release, or if only the
patch version differs. What a lesson says about older versions is not reported, nor are imports that are
expected to fail.

## Why

The lesson was written on the author's machine, but readers use the lab.

## Bad

```toml title="coursecheck.toml"
[lab]
requirements = "lab/requirements.txt"
```

```text title="lab/requirements.txt"
pandas>=2.0
```

````mdx title="lesson.mdx"
The lab has pandas 3.0+ installed. {/* error */}
````

## Good

```toml title="coursecheck.toml"
[lab]
requirements = "lab/requirements.txt"
```

```text title="lab/requirements.txt"
pandas>=3.0
```

````mdx title="lesson.mdx"
The lab has pandas 3.0+ installed. In pandas < 3.0 this was otherwise.
````

## Since

coursecheck 0.2

## Source

PEP 440, version specifiers: https://peps.python.org/pep-0440/#version-specifiers
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.rules.lab.image_tags import image_tags
from checker.rules.lab.imports import missing_imports
from checker.rules.lab.reading import lab_of
from checker.rules.lab.said_versions import said_versions
from checker.rules.rule import Report, Rule

RULE = Rule("LAB101", "dependency-drift", "error", looks_at="lesson", configured_in="lab")


def check(analysis: LessonAnalysis, config: Config) -> Iterator[Report]:
    """One report for each package, image and event whose version differs in the lab."""
    lab = lab_of(config)
    if lab.compose is None and lab.requirements is None:
        return
    lesson = analysis.lesson
    for each in (*said_versions(lesson, lab), *missing_imports(analysis, lab), *image_tags(lesson, lab)):
        yield Report(each.message, each.span, each.block, severity=each.severity)

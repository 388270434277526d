"""What a lesson says or uses, and the lab does not give.

## What

With `[lab]` in the configuration: a package in a version that `requirements` does not promise, a `pip
install` that contradicts it, an import that nothing there installs, an image in another version than the
compose file's, a tag that was never published, and sample events of another Debezium than the lab's, which
are info where the text in front names that release, or only the patch differs. What a lesson says of older
versions, and imports that expect to fail, are silent.

## Why

The lesson was written on the author's machine. Readers have the lab's.

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
    """One report for each package, image and event that the lab has otherwise."""
    lab = lab_of(config)
    if lab.compose is None and lab.requirements is None:
        return
    lesson = analysis.lesson
    for each in (*said_versions(lesson, lab), *missing_imports(analysis, lab), *image_tags(lesson, lab)):
        yield Report(each.message, each.span, each.block, severity=each.severity)

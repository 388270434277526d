"""A connector property that Debezium or Kafka Connect does not accept.

## What

Checks the configuration of Debezium connectors, in JSON, in what `curl -d` sends, and in Python, YAML or
properties. Reported are renamed and unknown properties, values that are not allowed, missing required
properties, and transformations that are declared but not configured, have unknown options, read fields that
the record does not have at that place in the chain, or read a row that is null in some events.

The version is the one in `[kafka] debezium`, or the one of the lab's image; without either, only what is
wrong in every version since 2.0 is reported. In an excerpt, and for a property that a plug-in may read, the
finding is a warning. Placeholders and other connectors are not reported.

## Why

Connect rejects the configuration, or, worse, accepts it and ignores the very property that the lesson
explains.

## Bad

```json
{
  "name": "shop",
  "config": {
    "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
    "database.hostname": "postgres",
    "database.user": "postgres",
    "database.dbname": "shop",
    "database.server.name": "shop",  # error
    "plugin.name": "wal2json"  # error
  }
}
```

## Good

```json
{
  "name": "shop",
  "config": {
    "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
    "database.hostname": "postgres",
    "database.user": "postgres",
    "database.dbname": "shop",
    "topic.prefix": "shop",
    "plugin.name": "pgoutput"
  }
}
```

## Since

coursecheck 0.2

## Source

What Debezium 3.0, 3.1, 3.3 and 3.6 say of their own properties, and for what came before
https://debezium.io/releases/2.0/release-notes and https://debezium.io/documentation/reference/2.5/
"""

import re
from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.model import Applicability, Edit, Fix
from checker.patterns import regex
from checker.rules.kafka.connector_expressions import unguarded
from checker.rules.kafka.connector_names import Wrong, wrong_names
from checker.rules.kafka.connector_order import wrong_order
from checker.rules.kafka.connector_sense import senseless
from checker.rules.kafka.connector_transforms import wrong_transforms
from checker.rules.kafka.connector_values import wrong_values
from checker.rules.kafka.connectors import ConnectorConfig, connector_configs
from checker.rules.kafka.versions import Version, numbers
from checker.rules.lab.reading import Lab, lab_of
from checker.rules.rule import Report, Rule

RULE = Rule(
    "KFK105", "connector-property", "error", looks_at="lesson",
    needs_text=(
        "connector.class", "topic.prefix", "database.server.name", "database.history", "database.hostname",
        "snapshot.mode", "signal.kafka", "transforms.", "predicates.", "whitelist", "blacklist",
        "/connectors/",
    ),
)  # fmt: skip

_IMAGE = "debezium/connect"
_IMAGES = regex(r"debezium/(?:connect|server):(\d{1,3}\.\d{1,3})")
_NAME_IT = "To check against the course's version, set `[kafka] debezium` in the configuration"


# Words above the block that announce an older version.
_BEFORE = regex(
    r"\b1\.x\b|\bdebezium\W{0,3}1\.|\bdeprecat|\bold\b|\blegacy\b|\bformer|\bobsolete|\brenamed|стар(?:ое|ые|ый|ая)\b"
    r"|устар|раньше|до\\s+2\\.0|переимен|\bveraltet|\bfrüher|\bancien|\bobsol|\bantigu|旧|已弃用",
    re.IGNORECASE,
)
_ABOVE = 160


def check(analysis: LessonAnalysis, config: Config) -> Iterator[Report]:
    """One report for each property that is not accepted, and one for those that are missing."""
    found = connector_configs(analysis)
    if not found:
        return
    lab = lab_of(config)
    version = _version(analysis, config, lab)
    for each in found:
        for wrong in (
            *wrong_names(each, version),
            *wrong_values(each, version),
            *wrong_transforms(each, version),
            *wrong_order(each),
            *unguarded(each),
            *senseless(each, lab),
        ):
            yield _report(each, wrong, version)


def _version(analysis: LessonAnalysis, config: Config, lab: Lab) -> Version | None:
    """The version from the configuration, else from the lab, else of the newest image in the lesson."""
    if config.kafka.debezium is not None:
        return numbers(config.kafka.debezium)
    of_lab = lab.image_version(_IMAGE)
    if of_lab is not None:
        return of_lab
    shown = [numbers(each) or () for each in _IMAGES.findall(analysis.lesson.text)]
    return max(shown, default=None)


def _report(config: ConnectorConfig, wrong: Wrong, version: Version | None) -> Report:
    setting = wrong.setting
    certain = wrong.certain and (version is not None or not wrong.since)
    message = f"{wrong.message}. {_NAME_IT}" if wrong.since and version is None else wrong.message
    span = setting.place if wrong.of_value else setting.key
    text = wrong.value or wrong.name
    applicability: Applicability = "safe" if wrong.certain and not wrong.is_guess else "unsafe"
    fix = Fix(f"Write `{text}`", applicability, (Edit(span, text),)) if text else None
    return Report(
        message,
        span,
        config.block.index,
        severity=None if certain else "warning",
        intended=config.is_intended(setting) or (bool(wrong.since) and _tells_history(config)),
        fix=fix,
    )


def _tells_history(config: ConnectorConfig) -> bool:
    start = config.block.span.start
    above = config.analysis.lesson.text[max(start - _ABOVE, 0) : start].rstrip()
    return _BEFORE.search(above.rpartition("\n\n")[2]) is not None

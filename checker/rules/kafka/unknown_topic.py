"""A topic that exists neither in the lab nor in the lesson's connectors.

## What

Checks the topics that a lesson reads: in `--topic`, `subscribe`, Flink's `'topic' = …` and the subjects of a
schema registry. With `[lab] compose`, a misspelled name of one of Connect's internal topics is reported, such
as `connect-offsets` for `connect_offsets`. In a lesson that configures a Debezium connector, a topic with the
connector's prefix and a table that no connector captures is a warning.

Topics that the lesson creates, writes to, adds to a list of tables or names in a connector are not reported.
Neither are names that do not look like tables, connectors with table patterns, and transformations that
reroute records.

## Why

The reader waits and sees nothing. Kafka may even create the topic, empty, without a message.

## Bad

```toml title="coursecheck.toml"
[lab]
compose = "lab/compose.yaml"
```

```text title="lab/compose.yaml"
services:
  connect:
    image: quay.io/debezium/connect:3.2
    environment:
      OFFSET_STORAGE_TOPIC: connect_offsets
```

````mdx title="lesson.mdx"
```bash
kafka-console-consumer --bootstrap-server kafka:9092 --topic connect-offsets {/* error */}
```
````

## Good

```toml title="coursecheck.toml"
[lab]
compose = "lab/compose.yaml"
```

```text title="lab/compose.yaml"
services:
  connect:
    image: quay.io/debezium/connect:3.2
    environment:
      OFFSET_STORAGE_TOPIC: connect_offsets
```

````mdx title="lesson.mdx"
```bash
kafka-console-consumer --bootstrap-server kafka:9092 --topic connect_offsets
```
````

## Since

coursecheck 0.2

## Source

Kafka Connect's `offset.storage.topic`, and how Debezium names topics:
https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-topic-names
"""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.model import Edit, Fix
from checker.patterns import regex
from checker.rules.kafka.connector_order import KEEPS, UNWRAPS
from checker.rules.kafka.connectors import CLASS, ConnectorConfig, connector_configs
from checker.rules.kafka.topic_places import TopicPlace, made_topics, topic_places
from checker.rules.lab.reading import Lab, lab_of
from checker.rules.rule import Report, Rule

RULE = Rule(
    "KFK108", "unknown-topic", "error", looks_at="lesson",
    needs_text=("--topic", "TOPIC=", "subscribe", "'topic'", "/subjects/"),
)  # fmt: skip

# Prefixed with CONNECT_ in Confluent's image:
# https://docs.confluent.io/platform/current/installation/docker/config-reference.html
_KEPT_IN = regex(r"(?:CONNECT_)?(?:OFFSET|CONFIG|STATUS)_STORAGE_TOPIC")
_KEPT_BY = regex(r"\b(?:offset|config|status)\.storage\.topic['\"]?\s{0,4}[=:]")
_BETWEEN = regex(r"[-_.]")
_DEBEZIUM, _SINK = "io.debezium.", "SinkConnector"
_TABLES = "table.include.list"
# In JSON a backslash is written twice.
_TABLE = regex(r"\w+\\{0,2}\.\w+")
_ROWS = regex(r"\w+(?:\.\w+)+")
# https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-topic-names
_NOT_IN_TOPICS = regex(r"[^A-Za-z0-9._-]")
# What connectors send besides rows.
_OWN = frozenset({"transaction"})
_MOVES = ("Router", "RegexRouter", "TimestampRouter")


def check(analysis: LessonAnalysis, config: Config) -> Iterator[Report]:
    """One report for each use of Connect's topics, and one for the first use of each other name."""
    places = list(topic_places(analysis))
    if not places:
        return
    lab = lab_of(config)
    kept = _kept(lab, analysis.lesson.text)
    captured = _captured(analysis)
    listed = _listed(analysis.lesson.text)
    told: set[str] = set()
    found: list[tuple[TopicPlace, Report]] = []
    for place in places:
        report = _of_connect(place, kept, lab)
        if report is None and place.name not in told:
            report = _of_connector(place, captured, listed)
            told.add(place.name)
        if report is not None:
            found.append((place, report))
    made = made_topics(analysis) | _configured(analysis) if found else frozenset[str]()
    for place, report in found:
        if place.name not in made:
            yield replace(report, intended=_is_intended(analysis, place))


def _is_intended(analysis: LessonAnalysis, place: TopicPlace) -> bool:
    block = analysis.lesson.blocks[place.block]
    return place.span.line - block.span.line in analysis.wrong_lines(block)


def _kept(lab: Lab, text: str) -> Mapping[str, str]:
    """The topics of the lab's Connect, by their names without separators."""
    kept = {
        _plain(value): value
        for service in lab.services.values()
        for name, value in service.environment.items()
        if _KEPT_IN.fullmatch(name)
    }
    configures_own = kept and (_KEPT_IN.search(text) or _KEPT_BY.search(text))
    return {} if configures_own else kept


def _plain(name: str) -> str:
    return _BETWEEN.sub("", name).lower()


def _of_connect(place: TopicPlace, kept: Mapping[str, str], lab: Lab) -> Report | None:
    name = kept.get(_plain(place.name), place.name)
    if name == place.name:
        return None
    message = f"topic `{place.name}` does not exist: Connect in {lab.keys.compose} uses `{name}`"
    fix = Fix(f"Write `{name}`", "safe", (Edit(place.span, name),))
    return Report(message, place.span, place.block, fix=fix)


def _captured(analysis: LessonAnalysis) -> Mapping[str, frozenset[str] | None]:
    """The tables of the lesson's connectors, by topic prefix; None where they are not all literals."""
    found: dict[str, frozenset[str] | None] = {}
    for each in connector_configs(analysis):
        prefix = each.value("topic.prefix") or each.value("database.server.name")
        connector = each.value(CLASS)
        if not prefix or (connector and (not connector.startswith(_DEBEZIUM) or connector.endswith(_SINK))):
            continue
        tables = _tables(each) if connector else None
        known = found.get(prefix, frozenset())
        found[prefix] = None if tables is None or known is None else known | tables
    return found


def _tables(config: ConnectorConfig) -> frozenset[str] | None:
    listed = [each.strip() for each in config.value(_TABLES).split(",")]
    if config.elided or not all(_TABLE.fullmatch(each) for each in listed):
        return None
    for name in config.value("transforms").split(","):
        kind = config.value(f"transforms.{name.strip()}.type")
        if name.strip() and (kind.endswith(_MOVES) or kind not in KEEPS | UNWRAPS):
            return None
    plain = [_NOT_IN_TOPICS.sub("_", each.replace("\\", "")) for each in listed]
    databases = [each.strip() for each in config.value("database.names").split(",") if each.strip()]
    return frozenset(f"{each}.{table}" for each in databases for table in plain) or frozenset(plain)


def _configured(analysis: LessonAnalysis) -> frozenset[str]:
    """Topics in connectors' settings: for notifications, signals, dead letters, and `topics` to read."""
    return frozenset(
        each.value
        for config in connector_configs(analysis)
        for each in config.settings
        if each.value and each.name != "topics"
    )


def _listed(text: str) -> frozenset[str]:
    """The names in lines about a list of tables, including commands that extend it."""
    lines = text.splitlines() if _TABLES in text else []
    return frozenset(name for line in lines if _TABLES in line for name in _ROWS.findall(line))


def _of_connector(
    place: TopicPlace, captured: Mapping[str, frozenset[str] | None], listed: frozenset[str]
) -> Report | None:
    for prefix, tables in captured.items():
        table = place.name.removeprefix(f"{prefix}.")
        if table == place.name or not tables or table in tables or table in _OWN:
            continue
        if table in listed and not any(each.endswith(f".{table}") for each in tables):
            continue  # it is added further down
        last = table.rpartition(".")[2]
        near = sorted(each for each in tables if each.rpartition(".")[2] == last)
        if not near and not (
            _ROWS.fullmatch(table) and table.count(".") in {each.count(".") for each in tables}
        ):
            continue  # retries, changelogs and the like are not named like tables
        hint = (
            f": did you mean `{prefix}.{near[0]}`?" if near else f"; the lesson captures {_listing(tables)}"
        )
        message = f"no connector in this lesson writes to `{place.name}`{hint}"
        return Report(message, place.span, place.block, severity="warning")
    return None


def _listing(names: frozenset[str]) -> str:
    return ", ".join(f"`{each}`" for each in sorted(names))

"""PromQL that Prometheus cannot read.

## What

An expression that the parser rejects: in a `promql` block, or behind `expr:` in a `yaml` block with `alert:`
or `record:`. A `promql` block may contain several, one per line or separated by comments and blank lines.
`...`, placeholders and variables such as `$__rate_interval` are not reported.

## Why

Prometheus and Grafana show an error instead of the graph.

## Bad

```promql
rate(http_requests_total[5m]  # error
  / 60
```

## Good

```promql
# requests a second
rate(http_requests_total{job="shop"}[$__rate_interval])

sum by (job) (up)
```

## Since

coursecheck 0.2

## Source

Prometheus, Querying basics: https://prometheus.io/docs/prometheus/latest/querying/basics/
"""

from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.config import Config
from checker.languages import promql, promql_rules
from checker.rules.languages.table import PROMQL, YAML, missing
from checker.rules.languages.written import reports
from checker.rules.rule import Report, Rule

RULE = Rule("LNG109", "promql-syntax", "error", looks_at="lesson")


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """A report for every invalid expression, also in files of Prometheus's rules."""
    yield from reports(analysis, PROMQL, lambda _block, code: promql.parse(code))
    if "expr:" in analysis.lesson.text and not missing(PROMQL):
        yield from reports(analysis, YAML, lambda _block, code: promql_rules.parse(code))

"""Expressions in the rules of Prometheus, silent cases first."""

import pytest

from checker.languages import promql_rules


def told(text: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.message) for each in promql_rules.parse(text)]


@pytest.mark.parametrize(
    "expression",
    [
        "up == 0",
        "up == 0  # how many (are down",
        "'up{job=\"a\"} == 0'  # '",
        "\"rate(x{a=~'b|c'}[5m])\"",
        '"x{a=\\"b\\" > 0"',
        "|\n    sum by (a) (\n      rate(x[5m])  # no )\n    ) / 2\n      > 5\n  for: 5m",
        ">-\n    a > 1\n\n    or\n    b < {{ .Values.b }}",
        "up\n    == 0\n  labels: {a: b}",
        "rate(x[{{ .window }}]) > $limit",
        "...",
        "*above",
        "<expression>",
        'sum(count_over_time({a="b"} |~ `c` | json [1m])) by (a',
    ],
)
def test_silent(expression: str) -> None:
    assert told(f"- alert: A\n  expr: {expression}\n") == []


def test_what_is_no_rule_is_silent() -> None:
    assert told("panels:\n  - expr: rate(x\n") == []
    assert told("alert: A\n") == []


@pytest.mark.parametrize(
    ("expression", "place", "message"),
    [
        ("max(x > 1", "max(x > 1", "this PromQL cannot be parsed (unclosed left parenthesis)"),
        ("'max(x > 1'  # y", "max(x > 1", "this PromQL cannot be parsed (unclosed left parenthesis)"),
        ('"rate(x)"', "rate(x)", "`rate` needs a range of time behind its metric, such as `[5m]`"),
        (
            "|\n    sum by (a) (  # b\n      rate(x[5m]\n    )\n  for: 5m",
            "sum by (a) (  # b",
            "this PromQL cannot be parsed (unclosed left parenthesis)",
        ),
        ("x\n    > (1", "x", "this PromQL cannot be parsed (unclosed left parenthesis)"),
    ],
)
def test_reported(expression: str, place: str, message: str) -> None:
    assert told(f"groups:\n- record: a\n  expr: {expression}\n- alert: B\n  expr: up\n") == [(place, message)]

"""How the numbers changed: the trend lines, and the score compared with the previous one."""

from msgspec import Struct

from checker.reporting.health.model import Health
from checker.reporting.health.page.charts import Line, trend_line
from checker.reporting.health.page.language import Language


class Chart(Struct, frozen=True):
    """A trend line with its name and its last value in words."""

    name: str
    kind: str
    last: str
    described: str
    line: Line


class Delta(Struct, frozen=True):
    """The change of the score: better, worse or same."""

    kind: str
    text: str


def score_delta(health: Health, words: Language) -> Delta | None:
    """Compared with the previous run; None when one of the two has no score."""
    if len(health.trend) < 2:
        return None
    before, now = health.trend[-2].score, health.trend[-1].score
    if before is None or now is None:
        return None
    moved = round(now - before, 1)
    if not moved:
        return Delta("same", words.say("score.same"))
    kind, sign = ("better", "▲") if moved > 0 else ("worse", "▼")
    return Delta(kind, f"{sign} {words.say(f'score.{kind}', delta=words.number(abs(moved), 1))}")


def trend_charts(health: Health, words: Language) -> list[Chart]:
    """A line for the score and one for the errors, once there are two runs."""
    if len(health.trend) < 2:
        return []
    scores = [each.score for each in health.trend if each.score is not None]
    errors = [float(each.errors) for each in health.trend]
    charts = [("errors", errors, 0.0, max(errors), 0)]
    if scores:
        # Not from 0, because changes matter. A margin keeps a constant line off the edge.
        charts.insert(0, ("score", scores, max(0.0, min(scores) - 5), min(100.0, max(scores) + 5), 1))
    return [
        Chart(
            name=words.say(f"trend.{kind}"),
            kind=kind,
            last=words.number(values[-1], digits),
            described=words.say(
                "trend.described",
                name=words.say(f"trend.{kind}"),
                runs=words.count(len(values), "runs"),
                first=words.number(values[0], digits),
                last=words.number(values[-1], digits),
            ),
            line=trend_line(values, lowest, highest),
        )
        for kind, values, lowest, highest, digits in charts
    ]

"""The top of the page: score, shares, trend, the worst modules, the map."""

from typing import Any, Final

from msgspec import Struct

from checker.reporting.health.model import FoundThere, Health, LessonHealth, ModuleHealth
from checker.reporting.health.page.charts import widths
from checker.reporting.health.page.language import Language
from checker.reporting.health.page.map import map_row
from checker.reporting.health.page.trends import score_delta, trend_charts
from checker.reporting.health.page.views import filters
from checker.reporting.order import SEVERITY_RANKS

_MOST_WORST: Final = 7
_MOST_CHANGES: Final = 10
_BARS: Final = ("verified", "unverified", "broken")
_LEGEND: Final = (
    ("e3", "error"), ("w", "warning"), ("v", "verified"), ("p", "partly"), ("u", "unverified"), ("n", "plain")
)  # fmt: skip


class WorstModule(Struct, frozen=True):
    """A row of the worst modules; `parts` are names with their position and width in the bar."""

    anchor: str
    module: ModuleHealth
    parts: tuple[tuple[str, tuple[float, float]], ...]
    described: str


def summary_values(health: Health, words: Language) -> dict[str, Any]:
    """The values for the top of the page."""
    lessons = sorted(
        (each for module in health.modules for each in module.lessons), key=lambda each: each.path
    )
    anchors = {each.path: f"l{number}" for number, each in enumerate(lessons, 1)}
    by_path = sorted(health.modules, key=lambda each: each.path)
    modules = {each.path: f"m{number}" for number, each in enumerate(by_path, 1)}
    return {
        "about": _about(health, words),
        "grade": _grade(health.total.score or 0),
        "delta": score_delta(health, words),
        "shares": [("all", health.total.snippets)]
        + [(name, getattr(health.total, name)) for name in ("runnable", "run", "verified")],
        "trends": trend_charts(health, words),
        "worst": [
            _worst(each, modules[each.path], words)
            for each in health.modules[:_MOST_WORST]
            if each.tally.errors or each.tally.broken
        ],
        "broke": _broke(health),
        "mild": sum(each.severity == "info" for each in health.changes.new),
        "most_changes": _MOST_CHANGES,
        "legend": _LEGEND,
        "map": [map_row(each, modules[each.path], anchors, words) for each in by_path],
        "filters": _filters(lessons),
    }


def _about(health: Health, words: Language) -> list[str]:
    run, environment = health.run, health.environment
    said = []
    if run:
        said.append(f"{run.started[:10]} {run.started[11:16]} UTC")
        if run.revision:
            said.append(words.say("page.commit", revision=run.revision[:10]))
        if run.shard:
            said.append(words.say("page.partial", shard=run.shard))
    else:
        said.append(words.say("page.undated"))
    said += [words.count(health.total.lessons, "lessons"), words.count(health.total.blocks, "blocks")]
    said.append(f"Python {environment.python}")
    if environment.pandas:
        said.append(f"pandas {environment.pandas}")
    tier = environment.tier
    said.append(words.say("page.tier", tier=tier) if tier else words.say("page.nothing_ran"))
    return said


def _grade(score: float) -> str:
    return "high" if score >= 85 else "middle" if score >= 60 else "low"


def _worst(module: ModuleHealth, anchor: str, words: Language) -> WorstModule:
    numbers = [getattr(module.tally, name) for name in _BARS]
    described = words.say("worst.bar", **dict(zip(_BARS, map(words.number, numbers), strict=True)))
    parts = tuple(zip(_BARS, widths(numbers, 120), strict=True))
    return WorstModule(anchor, module, parts, described)


def _broke(health: Health) -> list[FoundThere]:
    told = [each for each in health.changes.new if each.severity != "info"]
    return sorted(told, key=lambda each: SEVERITY_RANKS[each.severity])


def _filters(lessons: list[LessonHealth]) -> list[tuple[str, int]]:
    chosen = [filters(each).split() for each in lessons]
    names = ("errors", "new", "warnings", "unverified", "verified")
    counts = [(name, sum(name in each for each in chosen)) for name in names]
    return [("all", len(lessons)), *((name, number) for name, number in counts if number)]

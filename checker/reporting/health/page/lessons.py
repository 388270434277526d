"""The sections of the lessons."""

from collections import defaultdict

from checker.reporting.document import BlockRecord, FindingRecord, Results
from checker.reporting.health.model import Health, LessonHealth
from checker.reporting.health.page.places import Places
from checker.reporting.health.page.views import LessonView, filters, group, heat, snippet_view


def lesson_views(health: Health, results: Results, places: Places) -> list[LessonView]:
    """The lessons in the order of their paths."""
    blocks: dict[str, list[BlockRecord]] = defaultdict(list)
    for block in results.blocks:
        blocks[block.path].append(block)
    loose: dict[str, list[FindingRecord]] = defaultdict(list)
    for finding in results.findings:
        # Findings are shown even where there is no room for the code.
        shown = finding.block is not None and (finding.path, finding.block) in places.with_code
        if not shown:
            loose[finding.path].append(finding)
    lessons = sorted(
        (lesson for module in health.modules for lesson in module.lessons), key=lambda each: each.path
    )
    return [_view(each, blocks[each.path], loose[each.path], places) for each in lessons]


def _view(
    lesson: LessonHealth, blocks: list[BlockRecord], loose: list[FindingRecord], places: Places
) -> LessonView:
    whole = [each for each in blocks if (each.path, each.index) in places.with_code]
    rest = [each for each in blocks if (each.path, each.index) not in places.with_code]
    keys = [(each.path, each.index) for each in blocks]
    states = {index: places.states[path, index] for path, index in keys if (path, index) in places.states}
    return LessonView(
        anchor=places.lessons[lesson.path],
        health=lesson,
        heat=heat(lesson.tally),
        filters=filters(lesson),
        page_findings=tuple(loose),
        snippets=tuple(
            snippet_view(
                places.snippet(each.path, each.index),
                each,
                states.get(each.index),
                places.findings.get((each.path, each.index), []),
            )
            for each in whole
        ),
        groups=group(rest, states),
    )

"""The lessons of a course by module, which is their folder."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from os.path import commonpath
from posixpath import basename, dirname

from checker.reporting.document import BlockRecord, FindingRecord, Results
from checker.reporting.health.model import LessonHealth, ModuleHealth, Tally
from checker.reporting.health.states import NOT_RUN, errors_by_block, is_runnable, snippets, state
from checker.reporting.health.tally import Snippet, lesson_tally, total


def modules(results: Results, new_errors: Mapping[str, int]) -> tuple[ModuleHealth, ...]:
    """Every module, the one with most errors first, then the one with the lowest score."""
    grouped: dict[str, list[LessonHealth]] = defaultdict(list)
    for lesson in _lessons(results, new_errors):
        grouped[module_of(lesson.path)].append(lesson)
    common = _common(list(grouped))
    found = [
        ModuleHealth(
            path=path,
            name=path.removeprefix(common).strip("/") or basename(path) or ".",
            tally=total([each.tally for each in lessons]),
            new_errors=sum(each.new_errors for each in lessons),
            lessons=tuple(lessons),
        )
        for path, lessons in grouped.items()
    ]
    return tuple(sorted(found, key=_need))


def module_of(path: str) -> str:
    """The folder of a lesson; for a lesson that is itself a folder (`intro/index.mdx`), its parent."""
    folder = dirname(path)
    return dirname(folder) if basename(path).startswith("index.") and dirname(folder) else folder


def _common(paths: Sequence[str]) -> str:
    if len({path.startswith("/") for path in paths}) != 1:
        return ""
    return commonpath(paths) if len(paths) > 1 else dirname(paths[0])


def _need(module: ModuleHealth) -> tuple[int, int, float, str]:
    tally = module.tally
    return (-tally.errors, -tally.broken, 100.0 if tally.score is None else tally.score, module.path)


def _lessons(results: Results, new_errors: Mapping[str, int]) -> list[LessonHealth]:
    findings: dict[str, list[FindingRecord]] = defaultdict(list)
    for finding in results.findings:
        findings[finding.path].append(finding)
    counted: dict[str, list[Snippet]] = defaultdict(list)
    errors = errors_by_block(results.findings)
    for block in snippets(results):
        counted[block.path].append(
            Snippet(state(block, errors), runnable=is_runnable(block), was_run=block.outcome not in NOT_RUN)
        )
    blocks = _count_blocks(results.blocks)
    titles: dict[str, str | None] = {each.path: each.title for each in results.lessons}
    paths = sorted({*titles, *blocks, *findings})
    return [
        LessonHealth(
            path=path,
            title=titles.get(path),
            tally=_tally(blocks, counted, findings, path),
            new_errors=new_errors.get(path, 0),
        )
        for path in paths
    ]


def _tally(
    blocks: Mapping[str, int],
    counted: Mapping[str, Sequence[Snippet]],
    findings: Mapping[str, Sequence[FindingRecord]],
    path: str,
) -> Tally:
    return lesson_tally(blocks.get(path, 0), counted.get(path, ()), findings.get(path, ()))


def _count_blocks(blocks: Sequence[BlockRecord]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for block in blocks:
        counts[block.path] += 1
    return counts

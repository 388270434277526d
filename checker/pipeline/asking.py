"""Selects the lessons to check: all that are found, those of a shard, or those that a change affects."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from checker.model import Lesson, Share
from checker.pipeline.options import Progress
from checker.pipeline.setting_up import Setting
from checker.pipeline.spilling import Lessons
from checker.pipeline.whole_course import course_of
from checker.reading.discovery import Discovery, discover, without_others
from checker.reading.lesson import Parse, read_given
from checker.reading.lessons import read_lessons


class Asked(Struct, frozen=True):
    """The lessons to check.

    `paths` are their paths and `others` the lessons of other shards. `share`, `unchanged` and `all_because`
    say what was left out and why, as in `CourseResult`.
    """

    lessons: Iterator[Lesson]
    paths: Sequence[str]
    others: tuple[Lesson, ...] = ()
    share: Share | None = None
    unchanged: int | None = None
    all_because: str = ""


def ask_for(setting: Setting, parse: Parse, progress: Progress) -> Asked:
    """Select the lessons that the options ask for: all of them, one shard, or those that a change affects.

    All of them are read lazily; for a shard or a change, every lesson is read first.
    """
    options, found = setting.options, _discovered(setting)
    lessons, paths = _lessons(setting, found, parse)
    sharded = found if options.shard is not None else None
    if sharded is None and options.since is None:
        return Asked(lessons, paths)
    kept = Lessons()
    for each in _told(lessons, paths, progress):
        kept.add(each)
    everything = kept.sorted()
    asked = Asked(iter(everything), paths) if sharded is None else _of_shard(setting, sharded, everything)
    return asked if options.since is None else _since(setting, asked, everything)


def _of_shard(setting: Setting, found: Discovery, everything: Sequence[Lesson]) -> Asked:
    """The lessons of the shard that the options name.

    Lessons of other shards are read all the same: rules about the whole course need them.
    """
    # Imported here because most runs check a whole course.
    from checker.reading.sharding import divide

    shard = setting.options.shard
    assert shard is not None
    division = divide(found, shard, setting.options.durations)
    mine = [each for each in everything if each.path in division.paths]
    others = tuple(each for each in everything if each.path not in division.paths)
    return Asked(iter(mine), [each.path for each in mine], others, Share(division.digest, len(others)))


def _since(setting: Setting, asked: Asked, everything: Sequence[Lesson]) -> Asked:
    """Those of the lessons that are affected by what changed since a git revision."""
    # Imported here because most runs do not ask for a revision.
    from checker.pipeline.selecting import select

    options = setting.options
    assert options.since is not None
    around = partial(course_of, setting, everything)
    chosen = select(everything, around, setting.config, options.paths[0], options.since)
    mine = list(asked.lessons)
    wanted = [each for each in mine if each.path in chosen.paths]
    return replace(
        asked,
        lessons=iter(wanted),
        paths=[each.path for each in wanted],
        unchanged=len(mine) - len(wanted),
        all_because=chosen.all_because,
    )


def has_lessons(paths: Iterable[str]) -> bool:
    """Whether there would be lessons in some of these folders if the configuration named none."""
    return bool(discover([each for each in paths if os.path.isdir(each)]).files)


def has_readmes(paths: Iterable[str]) -> bool:
    """Whether there are READMEs, which are no lessons by themselves, in some of these folders."""
    return bool(discover([each for each in paths if os.path.isdir(each)], ("**/README.md",)).files)


def read_all(setting: Setting, parse: Parse, progress: Progress) -> Iterator[Lesson]:
    """Every lesson of the paths, whatever shard or revision is asked for."""
    return _told(*_lessons(setting, _discovered(setting), parse), progress)


def known_seconds(setting: Setting, paths: Iterable[str]) -> dict[str, float]:
    """The seconds that these lessons took the last time they ran, where known."""
    known = setting.durations.known if setting.options.run else {}
    return {path: known[path] for path in paths if path in known}


def _discovered(setting: Setting) -> Discovery | None:
    """The files to read; None when their contents were given."""
    options, patterns = setting.options, setting.config.course.lessons
    if options.contents is not None:
        return None
    found = discover(options.paths, patterns)
    return without_others(found, setting.config.folder, patterns) if options.lessons_only else found


def _lessons(
    setting: Setting, found: Discovery | None, parse: Parse
) -> tuple[Iterator[Lesson], Sequence[str]]:
    """All lessons and their paths, the slowest of the last run first."""
    options, extensions = setting.options, setting.config.mdx.extensions
    if found is None:
        given = zip(options.paths, options.contents or (), strict=True)
        return (read_given(path, text, extensions, parse) for path, text in given), options.paths
    seconds = known_seconds(setting, found.paths)
    # Seconds are rounded so that lessons which take about as long keep their order.
    paths = sorted(found.paths, key=lambda path: (-round(seconds.get(path, 0.0)), path))
    return read_lessons(found, extensions, parse, paths), paths


def _told(lessons: Iterator[Lesson], paths: Sequence[str], progress: Progress) -> Iterator[Lesson]:
    """The lessons, with progress reported for a stage of their own."""
    progress.begin("Reading", len(paths), {})
    for lesson in lessons:
        yield lesson
        progress.advance(lesson.path)
    progress.end()

"""Compares the images and sample events of a lesson with the versions in the lab."""

import re
from collections.abc import Iterator

from checker.model import Block, Lesson, Span
from checker.patterns import regex
from checker.rules.code_places import CodePlaces
from checker.rules.kafka.versions import numbers
from checker.rules.lab.drift import Drift
from checker.rules.lab.reading import Lab, image_parts

# `image:` of compose files, `FROM` of Dockerfiles, `docker run` and `docker pull`.
_IMAGE = regex(
    r"^[ \t]*(?:- )?(?:image:[ \t]*[\"']?|FROM[ \t]+)(?P<named>[\w./-]+:[\w.-]+)|"
    r"\bdocker[ \t]+pull[ \t]+(?P<pulled>[\w./-]+:[\w.-]+)",
    re.MULTILINE,
)
# https://quay.io/repository/debezium/connect?tab=tags: `2.5`, `2.5.4.Final`, never `2.5.4`.
_DEBEZIUM = "debezium/"
_UNFINISHED = regex(r"\d+\.\d+\.\d+")
# Part of the `source` of every change event.
_EVENT = regex(r'"version"\s*:\s*"(?P<version>\d{1,3}\.\d{1,3}\.\d{1,3}\.(?:Final|CR\d|Beta\d|Alpha\d))"')
_WORDS = ("image:", "FROM", "docker")
# In prose, not in an event's `"version": "2.7.0.Final"`.
_SAID = regex(r"\bDebezium\W{1,4}(?:v|version |версии )?(\d{1,3}\.\d{1,3})", re.IGNORECASE)
_FAR = 200
_CONNECT = "debezium/connect"


def image_tags(lesson: Lesson, lab: Lab) -> Iterator[Drift]:
    """One drift for each image with another version than in the lab, and one for the sample events."""
    for block in lesson.blocks:
        if not any(each in block.code for each in _WORDS):
            continue
        places = CodePlaces(lesson, block)
        for found in _IMAGE.finditer(block.code):
            group = "named" if found["named"] else "pulled"
            span = places.span(*found.span(group))
            yield from _of_image(block, found[group], span, lab)
    yield from _of_events(lesson, lab)


def _of_image(block: Block, image: str, span: Span, lab: Lab) -> Iterator[Drift]:
    repository, tag = image_parts(image)
    if repository.startswith(_DEBEZIUM) and _UNFINISHED.fullmatch(tag):
        message = (
            f"image `{image}` does not exist: Debezium's tags look like `{tag}.Final` or "
            f"`{tag.rpartition('.')[0]}`"
        )
        yield Drift(message, span, block.index)
        return
    version = numbers(tag)
    theirs = {each for _, name, each in lab.images() if name == repository}
    if version is None or not theirs:
        return
    if not any(_agree(version, numbers(each)) for each in theirs):
        message = f"the lesson uses `{image}`; the lab has {repository} {', '.join(sorted(theirs))}"
        yield Drift(message, span, block.index, "warning")


def _agree(version: tuple[int, ...], other: tuple[int, ...] | None) -> bool:
    """Whether one version is the other or a prefix of it; a tag without numbers may be any version."""
    return other is None or all(a == b for a, b in zip(version, other, strict=False))


def _is_said(lesson: Lesson, block: Block, version: tuple[int, ...]) -> bool:
    """Whether the text before the block names that release: `in Debezium 2.7`."""
    line = ".".join(map(str, version[:2]))
    start = block.span.start
    return any(found[1] == line for found in _SAID.finditer(lesson.text[max(start - _FAR, 0) : start]))


def _of_events(lesson: Lesson, lab: Lab) -> Iterator[Drift]:
    """The first event of another release.

    One that the text names, or of the same line, only as a last resort.
    """
    version = lab.image_version(_CONNECT)
    first: Drift | None = None
    for block in lesson.blocks if version is not None else ():
        for found in _EVENT.finditer(block.code) if '"version"' in block.code else ():
            shown = numbers(found["version"]) or ()
            if _agree(shown, version):
                continue
            message = (
                f"this event is from Debezium {found['version']}, but readers see events of the "
                f"lab's {'.'.join(map(str, version or ()))}"
            )
            place = CodePlaces(lesson, block).span(*found.span("version"))
            if shown[:2] != (version or ())[:2] and not _is_said(lesson, block, shown):
                yield Drift(message, place, block.index, "warning")
                return
            first = first or Drift(message, place, block.index, "info")
    if first is not None:
        yield first

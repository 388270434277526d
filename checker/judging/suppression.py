"""Which findings are shown: the author's selection, the config's severities, and `ignore` directives."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from checker.config import Config
from checker.model import Block, Directive, Finding, Lesson
from checker.reading.globs import matches as matches_glob
from checker.rules.registry import find_rule, known_selector, matches, to_findings


class Selection:
    """Which rules are wanted: the command line's words if there are any, else the config's."""

    def __init__(self, config: Config, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> None:
        self._config = config
        self._select = tuple(select) or config.rules.select
        self._ignore = (*ignore, *config.rules.ignore)

    def wants(self, finding: Finding) -> bool:
        """Whether the rule of this finding is switched on for its lesson."""
        if self._select and not _any_matches(self._select, finding):
            return False
        per_lesson = self._config.rules.per_lesson_ignore
        here = [words for glob, words in per_lesson.items() if self._covers(glob, finding)]
        return not any(_any_matches(words, finding) for words in (self._ignore, *here))

    def _covers(self, glob: str, finding: Finding) -> bool:
        return matches_glob(self._config.relative(finding.span.path), glob)

    def with_severity(self, finding: Finding) -> Finding:
        """The finding with the severity that the config gives its rule."""
        for selector, severity in self._config.rules.severity.items():
            if matches(selector, finding.code, finding.name):
                return replace(finding, severity=severity)
        return finding

    def apply(self, lesson: Lesson, findings: Sequence[Finding], *, ran: bool) -> tuple[Finding, ...]:
        """The findings of a lesson that are shown, in the order of the file.

        `ran` says whether blocks were run: without that, an ignore of a rule about running is not unused.
        """
        kept = list(findings)
        for directive, block in _ignores(lesson):
            hidden = [each for each in kept if _hides(directive, block, each)]
            kept = [each for each in kept if each not in hidden]
            kept += _unused(lesson, directive, block, ran=ran, used=bool(hidden))
        shown = [self.with_severity(each) for each in kept if self.wants(each)]
        return tuple(sorted(shown, key=lambda each: (each.span.start, each.span.end, each.code)))


def _unused(
    lesson: Lesson, directive: Directive, block: Block | None, *, ran: bool, used: bool
) -> Iterator[Finding]:
    # Few lessons ignore anything.
    from checker.rules.document.unused_ignore import Ignore

    words = _words(directive)
    loaded = find_rule("unused-ignore")
    assert loaded is not None
    ignore = Ignore(
        lesson,
        directive,
        None if block is None else block.index,
        known=all(known_selector(word) for word in words),
        looked_for=ran or not any(_is_about_running(word) for word in words),
        used=used,
    )
    return to_findings(loaded, loaded.check(ignore))


def _any_matches(selectors: Sequence[str], finding: Finding) -> bool:
    return any(matches(each, finding.code, finding.name) for each in selectors)


def _ignores(lesson: Lesson) -> Iterator[tuple[Directive, Block | None]]:
    """Every `ignore` directive with the block that it stands above; None for the lesson's own."""
    for directive in lesson.directives:
        if directive.word == "ignore":
            yield directive, None
    for block in lesson.blocks:
        for directive in block.directives:
            if directive.word == "ignore":
                yield directive, block


def _hides(directive: Directive, block: Block | None, finding: Finding) -> bool:
    here = block is None or block.index == finding.block or _stands_in(finding, block)
    return here and _any_matches(_words(directive), finding)


def _stands_in(finding: Finding, block: Block) -> bool:
    """What a block prints is held against another, the one that shows it: either may say that it is known."""
    return block.span.start <= finding.span.start < block.span.end


def _words(directive: Directive) -> list[str]:
    return [word.strip() for word in (directive.value or "").split(",")]


def _is_about_running(word: str) -> bool:
    rule = find_rule(word)
    return word.upper().startswith(("RUN", "OUT")) or (
        rule is not None and rule.rule.looks_at in ("outcome", "promise")
    )

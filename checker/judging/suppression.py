"""Selects the findings to show, by the selected rules, configured severities and `ignore` directives."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from checker.config import Config
from checker.model import Block, Directive, Finding, Lesson
from checker.reading.globs import matches as matches_glob
from checker.rules.registry import find_rule, known_selector, matches, records, to_findings
from checker.rules.rule import Report
from checker.spelling import did_you_mean, nearest_in_any_case


class Selection:
    """The selected rules: those of the command line if it names any, otherwise those of the configuration."""

    def __init__(self, config: Config, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> None:
        self._config = config
        self._select = tuple(select) or config.rules.select
        self._ignore = (*ignore, *config.rules.ignore)

    def wants(self, finding: Finding) -> bool:
        """Whether the rule of this finding is selected for its lesson."""
        if self._select and not _any_matches(self._select, finding):
            return False
        per_lesson = self._config.rules.per_lesson_ignore
        here = [words for glob, words in per_lesson.items() if self._covers(glob, finding)]
        return not any(_any_matches(words, finding) for words in (self._ignore, *here))

    def _covers(self, glob: str, finding: Finding) -> bool:
        return matches_glob(self._config.relative(finding.span.path), glob)

    def with_severity(self, finding: Finding) -> Finding:
        """The finding with the severity that the configuration gives its rule."""
        for selector, severity in self._config.rules.severity.items():
            if matches(selector, finding.code, finding.name):
                return replace(finding, severity=severity)
        return finding

    def apply(self, lesson: Lesson, findings: Sequence[Finding], *, ran: bool) -> tuple[Finding, ...]:
        """The findings of a lesson that are shown, in the order of the file.

        `ran` says whether blocks were run; if not, an `ignore` of a rule about running does not count as
        unused.
        """
        kept = list(findings)
        for directive, block in _directives(lesson, "wrong"):
            kept += _unknown(directive, block)
        for directive, block in _directives(lesson, "ignore"):
            hidden = [each for each in kept if _hides(directive, block, each)]
            kept = [each for each in kept if each not in hidden]
            kept += [*_unknown(directive, block)] or _unused(lesson, directive, block, hidden, ran=ran)
        shown = [self.with_severity(each) for each in kept if self.wants(each)]
        return tuple(sorted(shown, key=lambda each: (each.span.start, each.span.end, each.code)))


def _unused(
    lesson: Lesson, directive: Directive, block: Block | None, hidden: Sequence[Finding], *, ran: bool
) -> Iterator[Finding]:
    """Report the values of a directive that hide none of the findings."""
    # Imported here because few lessons ignore anything.
    from checker.rules.document.unused_ignore import Ignore

    words = _words(directive)
    unused = tuple(
        word
        for word in words
        if not any(_any_matches((word,), each) for each in hidden) and (ran or not _is_about_running(word))
    )
    loaded = find_rule("unused-ignore")
    assert loaded is not None
    ignore = Ignore(lesson, directive, _index(block), unused, all_unused=len(unused) == len(words))
    yield from to_findings(loaded, loaded.check(ignore))


def _unknown(directive: Directive, block: Block | None) -> Iterator[Finding]:
    """Report values that name no rule; only here are all rules known."""
    loaded = find_rule("unknown-directive")
    assert loaded is not None
    for word in _words(directive):
        if directive.value and not known_selector(word):
            near = nearest_in_any_case(word, [name for each in records() for name in (each.name, each.code)])
            end = did_you_mean(near) or "; `coursecheck explain` lists them"
            message = f"`{directive.word}={word}` names no rule{end}"
            yield from to_findings(loaded, [Report(message, directive.span, _index(block))])


def _index(block: Block | None) -> int | None:
    return None if block is None else block.index


def _any_matches(selectors: Sequence[str], finding: Finding) -> bool:
    return any(matches(each, finding.code, finding.name) for each in selectors)


def _directives(lesson: Lesson, word: str) -> Iterator[tuple[Directive, Block | None]]:
    """Every directive with this word and the block it applies to; None for the whole lesson."""
    for directive in lesson.directives:
        if directive.word == word:
            yield directive, None
    for block in lesson.blocks:
        for directive in block.directives:
            if directive.word == word:
                yield directive, block


def _hides(directive: Directive, block: Block | None, finding: Finding) -> bool:
    here = block is None or block.index == finding.block or _stands_in(finding, block)
    return here and _any_matches(_words(directive), finding)


def _stands_in(finding: Finding, block: Block) -> bool:
    """Whether the finding is inside the block: an output block may also ignore the comparison with it."""
    return block.span.start <= finding.span.start < block.span.end


def _words(directive: Directive) -> list[str]:
    return [word.strip() for word in (directive.value or "").split(",")]


def _is_about_running(word: str) -> bool:
    rule = find_rule(word)
    return word.upper().startswith(("RUN", "OUT")) or (
        rule is not None and rule.rule.looks_at in ("outcome", "promise")
    )

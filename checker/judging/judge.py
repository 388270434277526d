"""Outcomes -> findings: what running a lesson says about it, merged with what reading it said."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from checker.analysis.lesson import LessonAnalysis
from checker.analysis.ran import RanBlock
from checker.judging.evidence import evidence
from checker.judging.place import placed
from checker.judging.settle import settle
from checker.model import BlockPlan, Finding, Outcome
from checker.rules.registry import all_rules, find_rule, to_finding, to_findings


def judge(
    analysis: LessonAnalysis,
    plans: Sequence[BlockPlan],
    raw: Sequence[Outcome],
    findings: Sequence[Finding],
) -> tuple[tuple[Outcome, ...], tuple[Finding, ...]]:
    """The outcome of every block of a lesson, and its findings with those that running added.

    `raw` holds the outcomes of the cells that were run, `findings` what reading the lesson found.
    """
    ran = {each.block.index: each for each in _ran(analysis, plans, raw, findings)}
    outcomes = tuple(_outcome(analysis, plan, ran) for plan in plans)
    settled = [replace_outcome(ran[outcome.block], outcome) for outcome in outcomes if outcome.block in ran]
    judged = [finding for each in settled for finding in _judge_block(each, findings)]
    return outcomes, merge(findings, judged)


def replace_outcome(ran: RanBlock, outcome: Outcome) -> RanBlock:
    """The same block with the outcome that stands in the end."""
    return RanBlock(ran.lesson, ran.block, ran.plan, ran.raw, outcome, ran.wrong, ran.fired)


def _ran(
    analysis: LessonAnalysis,
    plans: Sequence[BlockPlan],
    raw: Sequence[Outcome],
    findings: Sequence[Finding],
) -> Iterator[RanBlock]:
    by_block = {plan.block: plan for plan in plans}
    for outcome in (placed(analysis, each) for each in raw):
        block = analysis.lesson.blocks[outcome.block]
        plan = by_block[outcome.block]
        wrong = analysis.wrong_lines(block)
        fired = frozenset(
            word for each in findings if each.block == block.index for word in (each.name, each.code)
        )
        settled = settle(block, plan, outcome, wrong)
        yield RanBlock(analysis.lesson, block, plan, outcome, settled, wrong, fired)


def _outcome(analysis: LessonAnalysis, plan: BlockPlan, ran: Mapping[int, RanBlock]) -> Outcome:
    """The outcome that stands in the end for one block of the lesson."""
    if plan.block not in ran:
        broken = plan.kind == "runnable" and analysis.syntax_error(plan.block) is not None
        return Outcome(plan.block, "failed" if broken else "skipped", plan.reason)
    here = ran[plan.block]
    return _blame_earlier(analysis, here, ran) or here.outcome


def _blame_earlier(analysis: LessonAnalysis, here: RanBlock, ran: Mapping[int, RanBlock]) -> Outcome | None:
    """A NameError for what a failed block would have bound is that block's defect, not this one's."""
    name = missing_name(here.outcome)
    if name is None:
        return None
    for index in analysis.binders(name, before=here.block.index):
        earlier = ran.get(index)
        if earlier and earlier.raw.kind not in ("passed", "interrupted"):
            reason = f"needs `{name}` from the block at line {earlier.block.span.line}, which failed"
            return replace(here.outcome, kind="skipped", reason=reason)
    return None


def missing_name(outcome: Outcome) -> str | None:
    """The name that a cell which ended in a NameError did not find."""
    if outcome.kind != "failed" or outcome.error is None or outcome.error.type != "NameError":
        return None
    _, quote, rest = outcome.error.message.partition("'")
    return rest.partition("'")[0] if quote else None


def _judge_block(ran: RanBlock, findings: Sequence[Finding]) -> Iterator[Finding]:
    for loaded in all_rules():
        if loaded.rule.looks_at == "outcome":
            for finding in to_findings(loaded, loaded.check(ran)):
                yield replace(finding, confirmed=True)
    for name, report in evidence(ran, findings):
        rule = find_rule(name)
        assert rule is not None, name
        yield replace(to_finding(rule, report), confirmed=True)


# One defect is one finding: what reading said of a line explains what running it showed there.
_EXPLAINED_BY = {
    "snippet-failed": ("undefined-name",),
    "swallowed-error": ("undefined-name",),
    "deprecated-4": ("inplace-on-selection",),
}


def merge(read: Iterable[Finding], judged: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings from reading and from running as one list: the same thing found twice is confirmed."""
    merged = list(read)
    for new in judged:
        names = (new.name, *_EXPLAINED_BY.get(new.name, ()))
        same = [i for i, old in enumerate(merged) if old.name in names and _same_place(old, new)]
        if same:
            for i in same:
                merged[i] = replace(merged[i], confirmed=True)
        else:
            merged.append(new)
    return tuple(sorted(merged, key=lambda each: (each.span.start, each.span.end, each.code)))


def _same_place(old: Finding, new: Finding) -> bool:
    return old.span.line <= new.span.line <= old.span.end_line

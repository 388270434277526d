"""Outcomes -> findings: what running a lesson showed, merged with what reading it found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from checker.analysis.held import HeldBlock
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.ran import RanBlock
from checker.judging.differing import differences
from checker.judging.evidence import evidence
from checker.judging.holding import Holding
from checker.judging.merging import Judged, merge, merge_evidence, without_stale
from checker.judging.missing_files import blame_maker
from checker.judging.place import placed
from checker.judging.settle import Said, settle
from checker.judging.statements import Statements
from checker.judging.withdrawal import can_contradict, withdraw
from checker.model import BlockPlan, Finding, Outcome
from checker.rules.registry import rules_for, to_finding
from checker.rules.rule import LoadedRule, Report


def judge(  # noqa: PLR0913 what was planned, run and read, and under what
    analysis: LessonAnalysis,
    plans: Sequence[BlockPlan],
    raw: Sequence[Outcome],
    findings: Sequence[Finding],
    *,
    pandas: str | None = None,
    versions: Mapping[str, Sequence[Outcome]] = MappingProxyType({}),
    labels: Sequence[str] = (),
) -> tuple[tuple[Outcome, ...], tuple[Finding, ...]]:
    """Judge a lesson that was run: the final outcome of every block, and all findings.

    `raw` holds the outcomes of the cells that ran, `findings` what reading the lesson found, `pandas` the
    version that the blocks ran under, `versions` the outcomes under each version that is compared, and
    `labels` the course's own words for output.
    """
    holding = Holding(analysis, labels, pandas, versions)
    ran = {each.block.index: each for each in _ran(analysis, plans, raw, findings, holding)}
    outcomes = tuple(_outcome(analysis, plan, ran) for plan in plans)
    settled = [replace_outcome(ran[outcome.block], outcome) for outcome in outcomes if outcome.block in ran]
    statements = Statements(analysis)
    shown = {each.block.index: list(evidence(analysis, each)) for each in settled}
    said = [each for found in shown.values() for each in found]
    merged = merge_evidence(findings, [*said, *differences(analysis, versions)], statements)
    for each in settled:
        explained = any(one.is_failure for one in shown[each.block.index])
        merged = merge(merged, _judge_block(each, explained=explained), statements)
    promised = [each for one in holding.held(settled) for each in _judge_promises(one)]
    merged = merge(without_stale(merged, [each.finding for each in promised]), promised)
    if can_contradict(pandas):
        merged = withdraw(merged, settled, statements)
    return outcomes, merged


def replace_outcome(ran: RanBlock, outcome: Outcome) -> RanBlock:
    """The same block with its final outcome."""
    return RanBlock(ran.lesson, ran.block, ran.plan, ran.raw, outcome, ran.wrong, ran.fired)


def _ran(
    analysis: LessonAnalysis,
    plans: Sequence[BlockPlan],
    raw: Sequence[Outcome],
    findings: Sequence[Finding],
    holding: Holding,
) -> Iterator[RanBlock]:
    by_block = {plan.block: plan for plan in plans}
    for outcome in (placed(analysis, each) for each in raw):
        block = analysis.lesson.blocks[outcome.block]
        plan = by_block[outcome.block]
        wrong = analysis.wrong_lines(block)
        fired = frozenset(
            word for each in findings if each.block == block.index for word in (each.name, each.code)
        )
        said = Said(wrong, analysis.right_lines(block), holding.says_error(outcome))
        settled = settle(block, plan, outcome, said)
        yield RanBlock(analysis.lesson, block, plan, outcome, settled, wrong, fired)


def _outcome(analysis: LessonAnalysis, plan: BlockPlan, ran: Mapping[int, RanBlock]) -> Outcome:
    """The final outcome of one block."""
    if plan.block not in ran:
        broken = plan.kind == "runnable" and analysis.syntax_error(plan.block) is not None
        return Outcome(plan.block, "failed" if broken else "skipped", plan.reason)
    here = ran[plan.block]
    return _blame_earlier(analysis, here, ran) or blame_maker(analysis, here, ran) or here.outcome


def _blame_earlier(analysis: LessonAnalysis, here: RanBlock, ran: Mapping[int, RanBlock]) -> Outcome | None:
    """Skip a block that failed because an earlier block that did not finish defines the name it needs."""
    error = here.outcome.error
    if here.outcome.kind != "failed" or error is None or not error.missing_name:
        return None
    name = error.missing_name
    for index in analysis.binders(name, before=here.block.index):
        earlier = ran.get(index)
        if earlier and earlier.raw.kind != "passed":
            how = "was interrupted first" if earlier.raw.kind == "interrupted" else "failed"
            reason = f"needs `{name}` from the block at line {earlier.block.span.line}, which {how}"
            return replace(here.outcome, kind="skipped", reason=reason)
    return None


def _judge_promises(held: HeldBlock) -> Iterator[Judged]:
    """The findings of the rules about outputs and claims."""
    for loaded in rules_for("promise"):
        yield from _confirmed(loaded, loaded.check(held))


def _judge_block(ran: RanBlock, *, explained: bool) -> Iterator[Judged]:
    """The findings of the rules about running; `explained` when evidence already explains the failure."""
    for loaded in rules_for("outcome"):
        if not (explained and loaded.rule.name == "snippet-failed"):
            yield from _confirmed(loaded, loaded.check(ran))


def _confirmed(loaded: LoadedRule, reports: Iterable[Report]) -> Iterator[Judged]:
    for report in reports:
        yield Judged(replace(to_finding(loaded, report), confirmed=True), report.error)

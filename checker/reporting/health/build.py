"""Computes the numbers of the report from results documents and the history."""

from collections.abc import Mapping, Sequence

from checker.reporting.document import Results, RunRecord
from checker.reporting.health.changes import changes, new_errors_by_path
from checker.reporting.health.lists import missing, rule_counts, slowest
from checker.reporting.health.mend import to_mend
from checker.reporting.health.model import SCHEMA, Health
from checker.reporting.health.modules import modules
from checker.reporting.health.over_time import Remembered, flaky, stale, trend
from checker.reporting.health.snapshot import Snapshot, snapshot
from checker.reporting.health.states import snippets
from checker.reporting.health.tally import FORMULA, total


def build_health(
    results: Results,
    older: Sequence[Snapshot] = (),
    contents: Mapping[str, Remembered] | None = None,
) -> Health:
    """The numbers of a run.

    `older` are earlier runs, in any order; later ones, and this one itself, are left out. `contents` is what
    a history knows about the snippets.
    """
    now = snapshot(results)
    before = sorted(
        (each for each in older if _is_before(each.run, now.run)), key=lambda each: each.run.started
    )
    snapshots = [*before, now]
    python = snippets(results)
    findings = [each for each in results.findings if not each.intended]
    comparable = [each for each in before if each.whole]
    changed = changes(findings, comparable[-1] if comparable else None)
    new = {(each.at.path, each.at.line, each.code) for each in changed.new}
    by_module = modules(results, new_errors_by_path(changed))
    return Health(
        schema=SCHEMA,
        tool=results.tool,
        run=results.run,
        environment=results.environment,
        formula=FORMULA,
        total=total([each.tally for each in by_module]),
        modules=by_module,
        changes=changed,
        mend=to_mend(findings, new, python),
        trend=trend(snapshots),
        flaky=flaky(results, snapshots),
        slowest=slowest(python),
        stale=stale(results, snapshots, contents or {}),
        rules=rule_counts(findings, new),
        missing=missing(python),
    )


def _is_before(run: RunRecord, now: RunRecord) -> bool:
    if run.id and run.id == now.id:
        return False
    return not now.started or run.started <= now.started

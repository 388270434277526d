"""What later runs compare with: a snapshot of one run, from a results document or from the history."""

from msgspec import Struct

from checker.model import OutcomeKind, Severity
from checker.reporting.document import Results, RunRecord
from checker.reporting.health.model import Point, State
from checker.reporting.health.states import NOT_RUN, errors_by_block, session_keys, snippets, state
from checker.reporting.health.tally import score


class SeenBlock(Struct, frozen=True):
    """A snippet in a run.

    The digest of its content, that including all before it (`session`), and its end.
    """

    digest: str
    session: str
    outcome: OutcomeKind
    state: State
    seconds: float


class SeenFinding(Struct, frozen=True):
    """A finding in a run, other than intended ones."""

    fingerprint: str
    path: str
    line: int
    block: int | None
    code: str
    name: str
    severity: Severity
    message: str


class Snapshot(Struct, frozen=True):
    """One run; `setting` names the versions that snippets ran with, which may affect how they end.

    For old runs, which are not `whole`, only the numbers were kept.
    """

    point: Point
    setting: str
    blocks: tuple[SeenBlock, ...]
    findings: tuple[SeenFinding, ...]
    whole: bool = True

    @property
    def run(self) -> RunRecord:
        """Identifies the run."""
        return self.point.run


def snapshot(results: Results) -> Snapshot:
    """The snapshot of a results document; without a time it counts as oldest."""
    errors = errors_by_block(results.findings)
    python = snippets(results)
    sessions = session_keys(python)
    blocks = tuple(
        SeenBlock(
            each.digest,
            sessions[each.path, each.index],
            each.outcome,
            state(each, errors),
            each.seconds,
        )
        for each in python
    )
    findings = tuple(
        SeenFinding(
            each.fingerprint,
            each.path,
            each.line,
            each.block,
            each.code,
            each.name,
            each.severity,
            each.message,
        )
        for each in results.findings
        if not each.intended
    )
    states = [each.state for each in blocks]
    verified, unverified, broken = (states.count(each) for each in ("verified", "unverified", "broken"))
    point = Point(
        run=results.run or RunRecord("", ""),
        score=score(verified, unverified, broken),
        snippets=len(blocks),
        verified=verified,
        broken=broken,
        errors=sum(each.severity == "error" for each in findings),
    )
    return Snapshot(point, setting(results), blocks, findings)


def setting(results: Results) -> str:
    """The versions that snippets ran with."""
    packages = results.environment.packages
    return " ".join([f"python={results.environment.python}", *(f"{k}={v}" for k, v in packages.items())])


def was_run(block: SeenBlock) -> bool:
    """Whether the run showed how the snippet ends."""
    return block.outcome not in NOT_RUN

"""Results documents made of a few words: what matters of each snippet, and nothing else."""

from collections.abc import Sequence

from msgspec.structs import replace

from checker.model import Class, Need, OutcomeKind, Severity
from checker.reporting.counts import summarize
from checker.reporting.document import (
    BlockRecord,
    EnvironmentRecord,
    ErrorRecord,
    FindingRecord,
    LessonRecord,
    Results,
    RunRecord,
    Tool,
)

NOW = RunRecord("now", "2026-11-25T12:00:00Z", "c" * 40)


def at_day(day: int) -> RunRecord:
    """A run of November."""
    return RunRecord(f"run-{day}", f"2026-11-{day:02}T12:00:00Z", f"{day:040x}")


def block(
    path: str = "m1/a.mdx",
    index: int = 0,
    outcome: OutcomeKind = "passed",
    *,
    kind: Class = "runnable",
    lang: str | None = "python",
    seconds: float = 0.0,
    needs: tuple[Need, ...] = (),
    reason: str = "",
    code: str = "print(1)",
    digest: str = "",
    stdout: str = "",
    stderr: str = "",
    error: ErrorRecord | None = None,
) -> BlockRecord:
    """A block; the nth of a lesson stands at line 10 * n + 3."""
    line = 10 * index + 3
    return BlockRecord(
        path=path,
        index=index,
        lang=lang,
        start_line=line,
        end_line=line + code.count("\n") + 2,
        kind=kind,
        needs=needs,
        outcome=outcome,
        reason=reason or ("a reason" if outcome in ("skipped", "not-run") else ""),
        seconds=seconds,
        stdout=stdout,
        stderr=stderr,
        error=error,
        code=code,
        digest=digest or f"{path}-{index}",
    )


def found(
    path: str = "m1/a.mdx",
    line: int = 4,
    *,
    index: int | None = 0,
    severity: Severity = "error",
    name: str = "snippet-failed",
    code: str = "RUN101",
    message: str = "it fails",
    intended: bool = False,
    confirmed: bool = False,
    fingerprint: str = "",
) -> FindingRecord:
    """A finding on one line."""
    return FindingRecord(
        code=code,
        name=name,
        severity=severity,
        message=message,
        path=path,
        line=line,
        column=1,
        end_line=line,
        end_column=5,
        block=index,
        intended=intended,
        confirmed=confirmed,
        fix=None,
        fingerprint=fingerprint or f"{path}-{line}-{code}",
    )


def document(
    blocks: Sequence[BlockRecord] = (),
    findings: Sequence[FindingRecord] = (),
    *,
    run: RunRecord | None = NOW,
    titles: dict[str, str | None] | None = None,
    pandas: str = "3.1.1",
) -> Results:
    """A results document; lessons are those of the blocks and findings, and those with a title."""
    paths = [*(each.path for each in blocks), *(each.path for each in findings)]
    names: dict[str, str | None] = dict.fromkeys(paths) | (titles or {})
    environment = EnvironmentRecord("3.12.1", "Linux", pandas, None, {"pandas": pandas}, "namespaces")
    return Results(
        schema=1,
        tool=Tool("coursecheck", "0.1.0"),
        environment=environment,
        summary=summarize(len(names), findings, blocks, (), 1.0),
        findings=tuple(findings),
        blocks=tuple(blocks),
        lessons=tuple(LessonRecord(path, title) for path, title in sorted(names.items())),
        run=run,
    )


def renamed(results: Results, old: str, new: str) -> Results:
    """The same document after a lesson was renamed."""

    def name(path: str) -> str:
        return new if path == old else path

    return replace(
        results,
        findings=tuple(replace(each, path=name(each.path)) for each in results.findings),
        blocks=tuple(replace(each, path=name(each.path)) for each in results.blocks),
        lessons=tuple(replace(each, path=name(each.path)) for each in results.lessons),
    )

"""What is run again, what is not, and where remembered outcomes stand: what must be run again comes first."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import checker
from checker.cache import Cache
from checker.model import Frame, Later, Outcome, RunError, RunWarning, Swallowed
from checker.model.traces import Step
from checker.running import remembering as module
from checker.running.engine import Engine
from checker.running.interpreter import own_interpreter
from checker.running.job import CellJob, LessonJob, Limits, SessionJob
from checker.running.lab import KafkaLab, Lab, Topic
from checker.running.remembering import Batch, Done, Memory, Remembered, Surroundings, remembering
from checker.running.verdicts import DRAINED, INTERRUPTED
from tests.builders import error, outcome
from tests.running.cells import PATH, lesson
from tests.sandboxes import needs_sandbox


class Recorder:
    """Stands for an engine's batch: keeps what it was asked to run, and says that it all ended in one way."""

    def __init__(self, *ends: Outcome) -> None:
        self.ran: list[LessonJob] = []
        self._ends = ends

    def add(self, job: LessonJob) -> None:
        self.ran.append(job)

    def results(self) -> Iterator[Done]:
        for job in self.ran:
            blocks = [cell.block for session in job.sessions for cell in session.cells]
            ends = self._ends or [outcome()] * len(blocks)
            yield job, tuple(replace(end, block=block) for end, block in zip(ends, blocks, strict=True))


def run(memory: Memory, batch: Batch, jobs: Iterable[LessonJob]) -> list[Done]:
    """The lessons with their outcomes, in the order in which they come."""
    remembered = Remembered(memory, batch)
    for job in jobs:
        remembered.add(job)
    return list(remembered.results())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with one package."""
    folder = tmp_path / "site"
    (folder / "pandas-3.0.0.dist-info").mkdir(parents=True)
    return folder


@pytest.fixture
def here(site: Path) -> Surroundings:
    interpreter = replace(own_interpreter(), folders=(str(site),))
    return Surroundings("namespaces", interpreter, Limits(), {"TZ": "UTC"}, None, Lab())


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "cache")


def check(folder: str | None, here: Surroundings, *jobs: LessonJob, ends: tuple[Outcome, ...] = ()) -> Any:
    """The lessons that were run, and all outcomes by path."""
    engine = Recorder(*ends)
    with remembering(folder, here) as memory:
        outcomes = {job.path: each for job, each in run(memory, engine, jobs)}
    return [job.path for job in engine.ran], outcomes


JOB = lesson("x = 1", "x + 1")
CELLS = JOB.sessions[0].cells


def changed(**changes: Any) -> LessonJob:
    """The lesson with something else about its last block."""
    first, last = CELLS
    return LessonJob(PATH, (SessionJob("", (first, replace(last, **changes))),))


OTHERS = [
    pytest.param(changed(source="x + 2"), id="code"),
    pytest.param(changed(source="x + 1\n"), id="a blank line"),
    pytest.param(changed(timeout=6.0), id="timeout"),
    pytest.param(changed(interrupt=1.0), id="interrupt"),
    pytest.param(changed(setup="y = 1"), id="setup"),
    pytest.param(changed(console=True), id="console"),
    pytest.param(changed(may_fail=True), id="raises"),
    pytest.param(changed(watch=(CELLS[1].first_line,)), id="watched lines"),
    pytest.param(lesson("x = 2", "x + 1"), id="an earlier block"),
    pytest.param(lesson("x = 1"), id="fewer blocks"),
    pytest.param(lesson("x = 1", "x + 1", "x"), id="more blocks"),
    pytest.param(lesson("x + 1", "x = 1"), id="another order"),
    pytest.param(lesson("x = 1", "x + 1", path="other.mdx"), id="another lesson"),
    pytest.param(
        LessonJob(PATH, tuple(SessionJob("", (each,)) for each in JOB.sessions[0].cells)), id="sessions"
    ),
]


@pytest.mark.parametrize("other", OTHERS)
def test_other_code_is_run(folder: str, here: Surroundings, other: LessonJob) -> None:
    check(folder, here, JOB)
    assert check(folder, here, other)[0] == [other.path]
    assert (check(folder, here, JOB)[0], check(folder, here, other)[0]) == ([], [])


def another_version(here: Surroundings, site: Path) -> Surroundings:
    (site / "pandas-3.0.0.dist-info").rename(site / "pandas-3.0.1.dist-info")
    return here


def same_version_again(here: Surroundings, site: Path) -> Surroundings:
    os.utime(site / "pandas-3.0.0.dist-info", (1, 1))
    return here


def another_module(here: Surroundings, site: Path) -> Surroundings:
    (site / "helpers.py").touch()
    return here


ELSEWHERE: list[Callable[[Surroundings, Path], Surroundings]] = [
    another_version,
    same_version_again,
    another_module,
    lambda here, _: here._replace(tier="landlock"),
    lambda here, _: here._replace(limits=Limits(memory=1)),
    lambda here, _: here._replace(env={}),
    lambda here, _: here._replace(interpreter=replace(here.interpreter, version=(3, 15, 0))),
    lambda here, _: here._replace(interpreter=replace(here.interpreter, executable="/usr/bin/python")),
]


@pytest.mark.parametrize("change", ELSEWHERE)
def test_elsewhere_it_is_run(folder: str, here: Surroundings, site: Path, change: Any) -> None:
    check(folder, here, JOB)
    assert check(folder, change(here, site), JOB)[0] == [PATH]


def test_another_lab_runs_the_lessons_that_use_it(folder: str, here: Surroundings) -> None:
    uses = lesson("1", path="a.mdx", services=("kafka",))
    beside = lesson("1", path="b.mdx")
    ran: list[list[str]] = []
    for topics in ((), (Topic("orders"),), (Topic("orders"),)):
        lab, recorder = Lab(KafkaLab(topics=topics)), Recorder()
        with remembering(folder, here._replace(lab=lab)) as memory:
            run(memory, recorder, [uses, beside])
        ran.append([job.path for job in recorder.ran])
    assert ran == [["a.mdx", "b.mdx"], ["a.mdx"], []]


def test_what_was_done_at_a_broker_outside_is_run_again(folder: str, here: Surroundings) -> None:
    uses, beside = lesson("1", path="a.mdx", services=("kafka",)), lesson("1", path="b.mdx")
    lab = Lab(KafkaLab(bootstrap="localhost:9092"))
    for paths in (["a.mdx", "b.mdx"], ["a.mdx"]):
        recorder = Recorder()
        with remembering(folder, here._replace(lab=lab)) as memory:
            run(memory, recorder, [uses, beside])
        assert [job.path for job in recorder.ran] == paths


def test_what_was_ended_as_drained_would_end_so_again(folder: str, here: Surroundings) -> None:
    for ends, again in ((DRAINED, []), (INTERRUPTED, [PATH])):
        job = lesson(repr(ends))
        for _ in range(2):
            recorder = Recorder(outcome(kind="interrupted", reason=ends))
            with remembering(folder, here) as memory:
                run(memory, recorder, [job])
        assert [each.path for each in recorder.ran] == again


def test_another_checker_or_another_sandbox_runs_it(
    folder: str, here: Surroundings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(folder, here, JOB)
    monkeypatch.setattr(checker, "__version__", "99")
    assert check(folder, here, JOB)[0] == [PATH]
    (tmp_path / "policy.py").write_text("DENIED = ()")
    monkeypatch.setattr(module, "_SOURCES", tmp_path)
    assert check(folder, here, JOB)[0] == [PATH]
    assert check(folder, here, JOB)[0] == []


def test_other_fixtures_run_it(folder: str, here: Surroundings, tmp_path: Path) -> None:
    fixtures = tmp_path / "fixtures"
    (fixtures / "data").mkdir(parents=True)
    here = here._replace(fixtures=str(fixtures))
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: (fixtures / "data" / "orders.csv").write_text("id"),
        lambda: (fixtures / "data" / "orders.csv").write_text("no"),
        lambda: (fixtures / "data" / "orders.csv").chmod(0o755),
        lambda: (fixtures / "data" / "orders.csv").rename(fixtures / "orders.csv"),
        lambda: (fixtures / "link").symlink_to("orders.csv"),
        lambda: os.mkfifo(fixtures / "pipe"),
    ]
    ran = []
    for step in steps:
        step()
        ran.append(check(folder, here, JOB)[0] == [PATH])
        assert check(folder, here, JOB)[0] == []
    assert ran == [True] * 6 + [False]  # a pipe is not copied


def test_fixtures_that_cannot_be_read_keep_nothing(folder: str, here: Surroundings, tmp_path: Path) -> None:
    here = here._replace(fixtures=str(tmp_path / "fixtures"))
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "fixtures" / "secret").symlink_to("a")
    check(folder, here, JOB)
    assert check(folder, here, JOB)[0] == []
    here = here._replace(interpreter=replace(here.interpreter, folders=("/nowhere",)))
    assert [check(folder, here, JOB)[0] for _ in range(2)] == [[PATH], [PATH]]


FLAKY = replace(outcome(), again=outcome("failed"))


@pytest.mark.parametrize(
    "end",
    [*(outcome(kind) for kind in ("timed-out", "crashed", "limit", "interrupted", "not-run")), FLAKY],
    ids=lambda end: end.kind if end.again is None else "flaky",
)
def test_what_we_ended_or_what_chance_did_is_run_again(folder: str, here: Surroundings, end: Outcome) -> None:
    for _ in range(2):
        assert check(folder, here, JOB, ends=(outcome(), end))[0] == [PATH]


def test_without_a_folder_everything_is_run(here: Surroundings) -> None:
    assert [check(None, here, JOB)[0] for _ in range(2)] == [[PATH], [PATH]]


@pytest.mark.parametrize("kept", [b"", b"\xc1", b"\x93\x90\xc2\x90"])
def test_what_is_kept_in_another_form_is_run(
    folder: str, here: Surroundings, monkeypatch: pytest.MonkeyPatch, kept: bytes
) -> None:
    check(folder, here, JOB)
    monkeypatch.setattr(Cache, "get", lambda _, keys: dict.fromkeys(keys, kept))
    assert check(folder, here, JOB)[0] == [PATH]


@pytest.mark.parametrize("text", ['File "lessons/first.mdx", line 10', "first.mdx:10"])
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_block_that_prints_where_it_stands_is_run_when_it_has_moved(
    folder: str, here: Surroundings, text: str, stream: str
) -> None:
    end = replace(outcome(), **{stream: text})
    check(folder, here, lesson("x", first_line=10), ends=(end,))
    assert check(folder, here, lesson("x", first_line=10), ends=(end,))[0] == []
    assert check(folder, here, lesson("x", first_line=11), ends=(end,))[0] == [PATH]


@pytest.mark.parametrize("source", ["f.f_lineno", "sys._getframe(0)", "inspect.currentframe()", "%(lineno)d"])
def test_so_is_one_that_asks_where_it_stands(folder: str, here: Surroundings, source: str) -> None:
    check(folder, here, lesson(source, first_line=10))
    assert check(folder, here, lesson(source, first_line=11))[0] == [PATH]


def test_what_has_not_changed_is_not_run(folder: str, here: Surroundings) -> None:
    ran, first = check(folder, here, JOB, lesson("1", path="other.mdx"))
    assert ran == [PATH, "other.mdx"]
    ran, second = check(folder, here, JOB, lesson("1", path="other.mdx"), lesson("2", path="third.mdx"))
    assert ran == ["third.mdx"]
    assert second.items() >= first.items()


def test_a_lesson_s_path_that_is_no_text_keeps_nothing(folder: str, here: Surroundings) -> None:
    job = lesson("1", path="\udcff.mdx")
    traced = replace(error("KeyError"), traceback=(Frame("\udcff.mdx", 3, "f"),))
    end = outcome("failed", raised=traced)
    assert [check(folder, here, job, ends=(end,))[0] for _ in range(2)] == [["\udcff.mdx"]] * 2


def test_prose_moves_what_is_remembered(folder: str, here: Surroundings) -> None:
    """The first block stands at 10 and then at 15, with its setup at 8 and then at 13; the second, too."""

    def job(by: int, block: int) -> LessonJob:
        cells = lesson("f()\ng()", "f()", first_line=10 + by).sessions[0].cells
        first = replace(cells[0], block=block, setup="s\nt", setup_line=7 + by, watch=(11 + by,))
        return LessonJob(PATH, (SessionJob("", (first, replace(cells[1], block=block + 3))),))

    def raised(line: int) -> RunError:
        frames = (Frame(PATH, line, "f"), Frame("pandas/frame.py", 11, "g"), Frame(PATH, 0, "h"))
        return RunError("KeyError", "11", line, 3, frames, ("Exception",))

    def ends(by: int) -> tuple[Outcome, ...]:
        first = replace(
            outcome("failed", reason="KeyError: 11", raised=raised(11 + by)),
            warnings=(RunWarning("W", "m", 8 + by), RunWarning("W", "m", 0)),
            swallowed=(Swallowed(raised(10 + by), "`except:`", 17 + by),),
            completed=(10 + by, 11 + by),
            trace=(Step(10 + by, {}), Step(11 + by, {})),
            later=Later((raised(11 + by),), (RunWarning("W", "m", 10 + by),)),
        )
        return first, outcome("failed", raised=raised(10 + by))

    check(folder, here, job(0, 2), ends=ends(0))
    ran, outcomes = check(folder, here, job(5, 7), ends=ends(5))
    assert ran == []
    assert outcomes[PATH] == tuple(replace(end, block=n) for end, n in zip(ends(5), (7, 10), strict=True))


def test_everything_that_has_lines_is_moved() -> None:
    """When one of these gets another field: does it hold lines? Then move it, and leave it out of the key."""
    outcome_s = (
        "block kind reason seconds stdout stderr error warnings swallowed again completed later trace figures"
        " told signal"
    )
    cell_s = (
        "block source first_line timeout interrupt setup setup_line console may_fail watch trace figures tell"
        " drained statements"
    )
    error_s = "type message line column traceback bases"
    for struct, names in ((Outcome, outcome_s), (CellJob, cell_s), (RunError, error_s)):
        assert struct.__struct_fields__ == tuple(names.split())


def test_what_is_known_comes_first_and_the_engine_is_not_even_asked_for_it(
    folder: str, here: Surroundings
) -> None:
    jobs = [lesson("1", path=f"{n}.mdx") for n in range(4)]
    check(folder, here, *jobs[2:])
    with remembering(folder, here) as memory:
        assert [job.path for job, _ in run(memory, Recorder(), jobs)] == ["2.mdx", "3.mdx", "0.mdx", "1.mdx"]


@needs_sandbox
def test_what_an_engine_did_is_remembered_as_it_was(folder: str) -> None:
    here = Surroundings("namespaces", own_interpreter(), Limits(), {}, None, Lab())
    job = lesson("import warnings\nwarnings.warn('w')", "print('ж')\n1/0", "try:\n    len(5)\nexcept:\n    0")
    with Engine(Limits(), workers=1) as engine, remembering(folder, here) as memory:
        [(_, first)] = run(memory, engine.batch(), [job])
        [(_, second)] = run(memory, Recorder(), [job])
    assert first == second
    assert [each.kind for each in second] == ["passed", "failed", "passed"]
    assert second[0].warnings
    assert second[2].swallowed

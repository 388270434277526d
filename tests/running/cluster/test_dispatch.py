"""Each lesson once, whatever becomes of the workers: the calm cases come first."""

import pytest

from checker.errors import SandboxError
from checker.model import Outcome
from checker.running.cluster import dispatch as module
from checker.running.cluster.dispatch import Dispatch
from checker.running.cluster.pool import Event, Worker
from checker.running.cluster.recipe import Answer, Sent, Standing
from tests.running.cells import lesson
from tests.running.cluster.pools import FakePool, passed

STRONG, WEAK = Standing("namespaces"), Standing("landlock")
UNLIKE = Standing(None, "pandas 2.3.3 where the client has 3.1.1", "Install it.")


@pytest.fixture(autouse=True)
def _look_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOOK_SECONDS", 0.0)
    monkeypatch.setattr(module, "_PATIENCE_SECONDS", 0.2)


def begun(pool: FakePool, said: list[str] | None = None) -> Dispatch:
    dispatch = Dispatch(pool, str.upper, (said if said is not None else []).append)
    dispatch.begin()
    return dispatch


def kinds(dispatch: Dispatch, count: int) -> dict[str, str]:
    for number in range(count):
        dispatch.add(lesson("1", path=f"{number}.mdx"))
    done = list(dispatch.results())
    assert len(done) == count
    found: dict[str, str] = {job.path: outcomes[0].kind for job, outcomes in done}
    assert sorted(found) == sorted(f"{number}.mdx" for number in range(count))
    return found


def test_no_lesson_is_no_result() -> None:
    assert list(begun(FakePool(a=STRONG)).results()) == []


def test_every_lesson_comes_once() -> None:
    pool = FakePool(a=STRONG, b=STRONG)
    assert set(kinds(begun(pool), 50).values()) == {"passed"}
    assert sum(pool.sizes) == 50
    assert pool.dropped == []


def test_a_quick_course_goes_in_large_batches() -> None:
    pool = FakePool(a=STRONG)
    dispatch = begun(pool)
    pool.answer = lambda _, __: None  # nothing lands while lessons are added
    held: list[tuple[Worker, list[Sent]]] = []

    def hold(worker: Worker, batch: list[Sent]) -> Answer | None:
        held.append((worker, batch))
        return passed(batch)

    pool.answer = hold
    kinds(dispatch, 10)
    assert {worker.id for worker, _ in held} == {"a"}
    assert held[0][1][0].relative == "0.MDX"


def test_workers_of_one_tier_say_nothing() -> None:
    said: list[str] = []
    dispatch = begun(FakePool(a=WEAK, b=WEAK), said)
    assert (dispatch.tier, said) == ("landlock", [])


def test_the_strongest_tier_is_taken_and_others_run_nothing() -> None:
    said: list[str] = []
    pool = FakePool(a=WEAK, b=STRONG, c=UNLIKE)
    used = set()

    def answer(worker: Worker, batch: list[Sent]) -> Answer:
        used.add(worker.id)
        return passed(batch)

    pool.answer = answer
    dispatch = begun(pool, said)
    kinds(dispatch, 9)
    assert (dispatch.tier, used) == ("namespaces", {"b"})
    assert said == [
        "the worker tcp://a:1 runs nothing: it has the sandbox tier landlock, and lessons run in namespaces",
        "the worker tcp://c:1 runs nothing: pandas 2.3.3 where the client has 3.1.1",
    ]


def test_nobody_who_can_run_anything_ends_the_run() -> None:
    with pytest.raises(SandboxError, match=r"tcp://c:1: pandas 2\.3\.3 where") as caught:
        begun(FakePool(c=UNLIKE))
    assert caught.value.remedy == "Install it."
    with pytest.raises(SandboxError, match="no workers, so nothing was run"):
        begun(FakePool())


def test_a_worker_that_comes_later_takes_part_or_is_told_of() -> None:
    said: list[str] = []
    pool = FakePool(a=STRONG)
    dispatch = begun(pool, said)
    for id_, standing in (("late", STRONG), ("odd", UNLIKE)):
        pool.standings[id_] = standing
        pool.there[id_] = Worker(id_, f"tcp://{id_}:1", 1)
    used = set()

    def answer(worker: Worker, batch: list[Sent]) -> Answer:
        used.add(worker.id)
        if worker.id == "a":
            pool.kill(worker)
            return Answer(unready=True)
        return passed(batch)

    pool.answer = answer
    assert set(kinds(dispatch, 20).values()) == {"passed"}
    assert used >= {"a", "late"}
    assert "odd" not in used
    assert said == ["the worker tcp://odd:1 runs nothing: pandas 2.3.3 where the client has 3.1.1"]


def test_a_worker_that_forgot_the_recipe_is_given_it_again() -> None:
    pool = FakePool(a=STRONG)
    answers = [Answer(unready=True)]
    pool.answer = lambda _, batch: answers.pop() if answers else passed(batch)
    assert set(kinds(begun(pool), 5).values()) == {"passed"}


def test_a_lost_worker_costs_a_repeat_and_no_result() -> None:
    pool = FakePool(a=STRONG, b=STRONG)
    left = [True]

    def answer(worker: Worker, batch: list[Sent]) -> Answer | None:
        if worker.id == "a" and left:
            left.pop()
            pool.kill(worker)
            return None
        return passed(batch)

    pool.answer = answer
    assert set(kinds(begun(pool), 30).values()) == {"passed"}
    assert sum(pool.sizes) > 30


def test_a_lesson_that_kills_workers_is_found_and_only_that() -> None:
    pool = FakePool(a=STRONG, b=STRONG)
    pool.deadly = {"17.mdx"}
    dispatch = begun(pool)
    found = kinds(dispatch, 40)
    assert [path for path, kind in found.items() if kind != "passed"] == ["17.mdx"]
    assert found["17.mdx"] == "crashed"
    assert pool.dropped


def test_the_reason_of_a_crash_is_told() -> None:
    pool = FakePool(a=STRONG)
    pool.deadly = {"0.mdx"}
    dispatch = begun(pool)
    dispatch.add(lesson("1", "2", path="0.mdx"))
    reason = "3 workers of the cluster were lost while it ran there alone"
    assert [outcomes for _, outcomes in dispatch.results()] == [
        (Outcome(0, "crashed", reason), Outcome(1, "crashed", reason))
    ]


def test_what_comes_twice_is_taken_once() -> None:
    pool = FakePool(a=STRONG)
    other = lesson("1", path="0.mdx")
    pool.answer = lambda _, batch: passed([*batch, Sent(other, "")])
    assert set(kinds(begun(pool), 6).values()) == {"passed"}


def test_when_no_worker_comes_back_the_run_ends() -> None:
    pool = FakePool(a=STRONG)
    pool.deadly, pool.come_back = {"0.mdx"}, False
    dispatch = begun(pool)
    dispatch.add(lesson("1", path="0.mdx"))
    with pytest.raises(SandboxError, match="has no workers"):
        list(dispatch.results())


def test_what_cannot_be_run_safely_ends_the_run() -> None:
    pool = FakePool(a=STRONG)
    pool.answer = lambda _, __: Answer(error="the fixtures cannot be copied", remedy="Make them readable.")
    dispatch = begun(pool)
    dispatch.add(lesson("1", path="0.mdx"))
    with pytest.raises(SandboxError, match="tcp://a:1: the fixtures cannot be copied"):
        list(dispatch.results())


def test_a_worker_that_cannot_even_answer_runs_nothing() -> None:
    pool = FakePool(a=STRONG, b=STRONG)
    prepare = pool.prepare

    def lose(number: int, worker: Worker) -> None:
        if worker.id == "a":
            pool.answer = lambda _, batch: passed(batch)
            pool._events.append(Event(number, None, "ModuleNotFoundError: No module named 'checker'"))
        else:
            prepare(number, worker)

    pool.prepare = lose  # type: ignore[method-assign]
    said: list[str] = []
    dispatch = begun(pool, said)
    assert said == ["the worker tcp://a:1 runs nothing: ModuleNotFoundError: No module named 'checker'"]
    assert set(kinds(dispatch, 4).values()) == {"passed"}


def test_a_path_that_is_no_text_is_sent_as_text_and_comes_back_as_it_is() -> None:
    pool = FakePool(a=STRONG)
    sent: list[Sent] = []

    def answer(_: Worker, batch: list[Sent]) -> Answer:
        sent.extend(batch)
        return passed(batch)

    pool.answer = answer
    dispatch = begun(pool)
    dispatch.add(lesson("1", path="\udcff.mdx"))
    assert [job.path for job, _ in dispatch.results()] == ["\udcff.mdx"]
    assert sent[0].job.path == "\\udcff.mdx"

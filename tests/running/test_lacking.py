import pytest

from checker.model import Frame, Outcome, RunError
from checker.running.engine import Engine
from checker.running.job import Limits
from checker.running.lacking import excused
from tests.running.cells import lesson, outcomes
from tests.sandboxes import needs_tier


def failed(kind: str, message: str, path: str = "lessons/a.mdx") -> Outcome:
    error = RunError(kind, message, 3, 1, (Frame("lessons/a.mdx", 3, "<module>"), Frame(path, 57, "f")))
    return Outcome(0, "failed", f"{kind}: {message}", error=error)


NO_NETWORK = failed("OSError", "[Errno 64] Machine is not on the network")


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(0, "passed"),
        Outcome(0, "crashed", "it crashed"),
        Outcome(0, "crashed", "it crashed", stderr="mock broker listen socket: Address already in use"),
        Outcome(0, "passed", stderr="mock broker listen socket: Machine is not on the network"),
        failed("ValueError", "[Errno 64] Machine is not on the network"),
        failed("OSError", "[Errno 111] Connection refused"),
        failed("ValueError", "[Errno 30] Read-only file system"),
        failed("ValueError", "the name is not known"),
        failed("PermissionError", "[Errno 13] Permission denied: '/etc/shadow'"),
        Outcome(0, "failed", "no more is known"),
    ],
)
def test_what_is_the_lesson_s_own_fault_is_not_excused(outcome: Outcome) -> None:
    assert excused(outcome, "landlock") == outcome


@pytest.mark.parametrize("tier", ["namespaces", "bubblewrap", "none"])
def test_nor_is_anything_where_there_is_a_network(tier: str) -> None:
    assert excused(NO_NETWORK, tier) == NO_NETWORK


@pytest.mark.parametrize(
    ("outcome", "needed"),
    [
        (failed("socket.gaierror", "[Errno -2] Name or service not known"), "a host outside of"),
        (
            failed("RuntimeError", "no tea: [Errno -3] Temporary failure in name resolution"),
            "a host outside of",
        ),
        (failed("OSError", "[Errno 30] Read-only file system: '/var/tea'"), "to write where the sandbox is"),
    ],
)
def test_what_no_sandbox_gives_is_no_fault_of_the_lesson(outcome: Outcome, needed: str) -> None:
    for tier in ("namespaces", "bubblewrap", "landlock"):
        found = excused(outcome, tier)
        assert (found.kind, found.error, outcome.reason in found.reason) == ("skipped", None, True)
        assert found.reason.startswith(f"it needs {needed}")
    assert excused(outcome, "none") == outcome


def test_who_has_no_network_is_skipped_and_the_reason_says_so() -> None:
    outcome = excused(NO_NETWORK, "landlock")
    assert outcome.kind == "skipped"
    assert outcome.reason == (
        "it needs a network, which the sandbox tier landlock does not provide"
        " (OSError: [Errno 64] Machine is not on the network)"
    )


@needs_tier("landlock")
def test_librdkafka_aborts_without_a_network_and_that_is_no_fault_of_the_lesson_either() -> None:
    pytest.importorskip("confluent_kafka")
    with Engine(Limits(), tier="landlock") as engine:
        mock = 'Producer({"bootstrap.servers": "x", "test.mock.num.brokers": 1})'
        broker, after, aborted = outcomes(
            engine,
            lesson(f"from confluent_kafka import Producer\n{mock}", "1", path="a.mdx"),
            lesson("import os\nos.abort()", path="b.mdx"),
        )
    assert (broker.kind, after.kind, aborted.kind) == ("skipped", "not-run", "crashed")
    assert broker.reason.startswith("it needs a network, which the sandbox tier landlock does not provide")


@needs_tier("landlock")
def test_it_is_so_for_real() -> None:
    with Engine(Limits(), tier="landlock") as engine:
        net, pool, fine = outcomes(
            engine,
            lesson("import socket\nsocket.create_server(('', 0))", path="a.mdx"),
            lesson("import multiprocessing as m\nm.Lock()", path="b.mdx"),
            lesson("open('/etc/shadow')", path="c.mdx"),
        )
    assert (net.kind, pool.kind, fine.kind) == ("skipped", "skipped", "failed")
    assert "a network" in net.reason
    assert "semaphores" in pool.reason


NOT_HERE = {
    "a connector": ("Could not find any factory for identifier 'kafka' that implements", "Flink's `kafka`"),
    "a format": (
        "Could not find any format factory for identifier 'debezium-json' in",
        "Flink's `debezium-json`",
    ),
    "time": ("Job aborted. Python worker failed to connect back.", "a less busy machine"),
}


@pytest.mark.parametrize("name", NOT_HERE)
def test_what_the_machine_has_not_is_no_fault_of_the_lesson(name: str) -> None:
    message, words = NOT_HERE[name]
    found = excused(failed("py4j.protocol.Py4JJavaError", message), "namespaces")
    assert (found.kind, found.error) == ("skipped", None)
    assert found.reason.startswith(f"it needs {words}")

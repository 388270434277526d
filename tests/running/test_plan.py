"""The class, whether it runs, and the reason, for every kind of block."""

import pytest

from checker.model import BlockPlan, Need
from checker.running.lab import KafkaLab, Lab
from checker.running.plan import plan_lesson
from tests.analysis.lessons import analysis, fenced

ADVICE = "(with [services.kafka] in the configuration, the sandbox provides one)"
INSTALLED = {"pandas", "confluent_kafka"}
KAFKA = "from confluent_kafka import Consumer\nconsumer = Consumer({'bootstrap.servers': 'kafka:9092'})"


def plans(text: str, *, services: str = "", fixtures: str = "", lab: Lab = Lab()) -> list[BlockPlan]:  # noqa: B008
    found = plan_lesson(
        analysis(text),
        has_package=INSTALLED.__contains__,
        services=frozenset(services.split()),
        fixtures=frozenset(fixtures.split()),
        lab=lab,
    )
    return list(found)


def last(*codes: str, services: str = "", fixtures: str = "") -> BlockPlan:
    return plans(fenced(*codes), services=services, fixtures=fixtures)[-1]


RUNS = {
    "whole": (("x = 1",), "it is complete, and nothing that it needs is missing"),
    "installed package": (
        ("import pandas as pd\npd.DataFrame()",),
        "it is complete, and nothing that it needs is missing",
    ),
    "session": (("x = 1", "print(x)"), "it is complete, and nothing that it needs is missing"),
    "broken": (
        ("import os\nprint(os.sep, total)",),
        "it runs and fails: `total` is not defined in an earlier block",
    ),
    "name of a later plain block": (("print(x)", "x = 1"), None),
    "bound again by a block that runs": (
        (KAFKA + "\nx = 1", "x = 2", "print(x)"),
        "it is complete, and nothing that it needs is missing",
    ),
    "reads what a block writes": (
        ("open('a', 'w')", "open('a')"),
        "it is complete, and nothing that it needs is missing",
    ),
}


@pytest.mark.parametrize(("codes", "reason"), RUNS.values(), ids=RUNS.keys())
def test_runnable(codes: tuple[str, ...], reason: str | None) -> None:
    found = last(*codes)
    assert (found.kind, found.runs) == ("runnable", True)
    assert reason is None or found.reason == reason


def test_a_name_that_only_a_later_block_makes_fails_when_it_runs() -> None:
    found = plans(fenced("print(x)", "x = 1"))[0]
    assert (found.kind, found.runs) == ("runnable", True)
    assert found.reason == "it runs and fails: `x` is defined only later, at line 10"


def test_endless_loops_run_and_are_interrupted() -> None:
    found = last("while True:\n    pass")
    assert (found.kind, found.runs) == ("endless", True)
    assert found.reason == "its `while` loop has no way out: it is interrupted, as a reader would do"


STOPS = {
    "fragment": (
        ("print(order)",),
        "fragment",
        "it is an excerpt: `order` is not defined in an earlier block",
    ),
    "formula": (("a = b * c",), "not-code", "it is a formula, not Python"),
    "broken syntax": (("for x in y\n    x",), "runnable", "it does not parse: expected ':'"),
    "package": (("import polars",), "needs-package", "it needs the package `polars`, which is not installed"),
    "packages": (
        ("import polars, dask",),
        "needs-package",
        "it needs the package `polars` and the package `dask`, which are not installed",
    ),
    "package and service": (
        (f"import polars\n{KAFKA}",),
        "needs-package",
        "it needs the package `polars`, which is not installed (and Kafka at kafka:9092)",
    ),
    "part of a package": (
        ("from .a import b",),
        "needs-package",
        "it needs the package that it is a part of, for `.a`",
    ),
    "shell": (("!ls",), "needs-package", "it needs a notebook to run `!ls`"),
    "service": ((KAFKA,), "needs-service", f"it needs Kafka at kafka:9092 {ADVICE}"),
    "file": (
        ("open('a.csv')",),
        "needs-data",
        "it needs the file `a.csv`, which neither the lesson nor the fixtures create",
    ),
    "download": (
        ("import pandas as pd\npd.read_csv('https://a.b/c')",),
        "needs-data",
        "it needs the download of https://a.b/c",
    ),
    "input": (("input()",), "needs-input", "it needs somebody to answer `input()`"),
    "endless, but for a service": (
        (f"{KAFKA}\nwhile True:\n    consumer.poll()",),
        "needs-service",
        f"it needs Kafka at kafka:9092 {ADVICE}",
    ),
    "script": (("print(__file__)",), "runnable", "it is a script: a notebook has no `__file__`"),
    "uses what needs a service": (
        (KAFKA, "message = consumer.poll(1)"),
        "needs-service",
        "it uses `consumer` from the block at line 3, which needs Kafka at kafka:9092",
    ),
    "uses what uses what needs a service": (
        (KAFKA, "message = consumer.poll(1)", "print(message)"),
        "needs-service",
        "it uses `message` from the block at line 10, which needs Kafka at kafka:9092",
    ),
    "own package before the service of another": (
        (KAFKA, "import polars\nconsumer.poll()"),
        "needs-package",
        (
            "it needs the package `polars`, which is not installed;"
            " it also uses `consumer` from the block at line 3, which needs Kafka at kafka:9092"
        ),
    ),
    "package of another before its own service": (
        ("import polars\nframe = 1", f"{KAFKA}\nprint(frame)"),
        "needs-package",
        "it uses `frame` from the block at line 3, which needs the package `polars`, which is not installed",
    ),
    "uses what an excerpt binds": (
        ("total = sum(order)", "print(total)"),
        "runnable",
        "it uses `total` from the block at line 3, which is an excerpt",
    ),
    "uses what broken syntax would bind": (
        ("rows = 1\nfor x in y\n", "print(rows)"),
        "runnable",
        "it uses `rows` from the block at line 3, which does not parse",
    ),
    "reads what a stopped block writes": (
        ("import polars\nopen('a', 'w')", "open('a')"),
        "needs-package",
        "it reads `a` from the block at line 3, which needs the package `polars`, which is not installed",
    ),
    "through a function": (
        (KAFKA, "def poll():\n    return consumer.poll()", "poll()"),
        "needs-service",
        "it uses `consumer` from the block at line 3, which needs Kafka at kafka:9092",
    ),
}


@pytest.mark.parametrize(("codes", "kind", "reason"), STOPS.values(), ids=STOPS.keys())
def test_what_does_not_run(codes: tuple[str, ...], kind: str, reason: str) -> None:
    found = last(*codes)
    assert (found.kind, found.runs, found.reason) == (kind, False, reason)


def test_a_name_of_a_later_block_needs_what_that_block_needs() -> None:
    found = plans(fenced("table.show()", "import polars\ntable = polars.table()"))[0]
    assert (found.kind, found.runs) == ("needs-package", False)
    assert found.reason == (
        "it uses `table`, which only the later block at line 9 defines,"
        " but that block needs the package `polars`, which is not installed"
    )


def test_other_languages() -> None:
    bash, nothing = plans("```bash\nls\n```\n\n```\ntext\n```\n")
    assert (bash.kind, bash.runs, bash.reason) == ("other-language", False, "it is bash, not Python")
    assert (nothing.kind, nothing.runs, nothing.reason) == ("not-code", False, "it has no language")


def test_every_block_has_a_plan_in_order() -> None:
    text = "```bash\nls\n```\n\n" + fenced("x = 1", "print(y)") + "\n```\ntext\n```\n"
    assert [each.block for each in plans(text)] == [0, 1, 2, 3]
    assert all(each.reason for each in plans(text))


def test_needs_name_what_is_wanted_whether_it_is_there_or_not() -> None:
    assert last(KAFKA).needs == (Need("package", "confluent_kafka"), Need("service", "kafka"))
    assert last(KAFKA, "consumer.poll(1)").needs == (Need("service", "kafka"),)
    assert last("x = 1").needs == ()


def test_what_is_there_is_not_lacking() -> None:
    assert last(KAFKA, services="kafka").runs
    assert last(f"{KAFKA}\nwhile True:\n    consumer.poll()", services="kafka").kind == "endless"
    assert last("import os\nos.environ['A']", services="A").runs
    assert last("open('a.csv')", fixtures="b.csv a.csv").runs
    assert last("import os\nos.listdir('in')", fixtures="in/a.csv").runs
    assert not last("open('in')", fixtures="in.csv").runs
    assert last("import tools", fixtures="tools.py").runs


WRONG = "# ❌ WRONG\nframe = 1\nframe.missing\n"


def test_counterexamples_run_when_they_can() -> None:
    found = last(WRONG)
    assert (found.kind, found.runs) == ("counterexample", True)
    assert found.reason.startswith("it is shown wrong on purpose (“")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("# ❌ WRONG\nprint(order)", "it is an excerpt: `order` is not defined in an earlier block"),
        ("# ❌ WRONG\nimport os\nprint(os.sep, total)", "it lacks `total`"),
        ("# ❌ WRONG\nimport polars", "it needs the package `polars`, which is not installed"),
        ("# ❌ WRONG\nfor x in y\n    x", "it does not parse: expected ':'"),
    ],
)
def test_counterexamples_that_cannot_run(code: str, why: str) -> None:
    found = last(code)
    assert (found.kind, found.runs) == ("counterexample", False)
    assert found.reason.endswith(f"and is not run because {why}")


def test_an_expected_traceback_makes_a_counterexample() -> None:
    found = last(">>> int('x')\nTraceback (most recent call last):\nValueError: x")
    assert (found.kind, found.runs) == ("counterexample", True)
    assert found.reason == "it is shown wrong on purpose (“Traceback (most recent call last):”)"


def test_a_marker_over_nothing_but_comments_marks_nothing() -> None:
    assert last("x = 1\n# ❌ WRONG\n# x = 2").kind == "runnable"


def test_a_formula_is_no_counterexample() -> None:
    assert last("# ❌ WRONG\na = b * c").kind == "not-code"


def with_directive(directive: str, code: str) -> BlockPlan:
    return plans(f"{{/* check: {directive} */}}\n```python\n{code}\n```\n")[0]


def test_the_author_skips() -> None:
    found = with_directive('skip="needs a screen"', "x = 1")
    assert (found.kind, found.runs) == ("skipped-by-author", False)
    assert found.reason == "it is skipped by its author: needs a screen"


@pytest.mark.parametrize(
    ("meta", "said"),
    [
        ('title="a.py" test="skip"', 'test="skip"'),
        ("{test='skip' lint='skip'}", "test='skip'"),
        ("test=skip", "test=skip"),
        ("notest", "notest"),
        ('lint="skip"', ""),
        ('test="skipped"', ""),
        ('title="notest.py" notest=2', ""),
        ("pytest=skip no-notest", ""),
    ],
)
def test_the_fence_says_to_another_checker_that_it_is_not_to_run(meta: str, said: str) -> None:
    (found,) = plans(f"```python {meta}\nx = 1\n```\n")
    assert found.kind == ("skipped-by-author" if said else "runnable")
    if said:
        assert found.reason == f"it is skipped by its author with `{said}` in its fence"


def test_the_author_skips_the_lesson_and_what_uses_a_skipped_block_does_not_run() -> None:
    text = '{/* check-lesson: skip="old" */}\n\n' + fenced("x = 1", "x = 2")
    assert [each.kind for each in plans(text)] == ["skipped-by-author"] * 2
    text = '{/* check: skip="slow" */}\n```python\nx = 1\n```\n\n```python\nprint(x)\n```\n'
    found = plans(text)[1]
    assert (found.kind, found.runs) == ("runnable", False)
    assert found.reason == "it uses `x` from the block at line 2, which is skipped by its author: slow"


def test_run_overrides_all_but_skip() -> None:
    assert with_directive("run", "print(order)").runs
    assert with_directive("run", "import polars").kind == "runnable"
    assert with_directive("run", "while True:\n    pass").kind == "endless"
    assert with_directive("run", WRONG).kind == "runnable"
    assert not with_directive('run skip="no"', "x = 1").runs
    assert not with_directive("run", "for x in y\n    x").runs


def test_wrong_makes_a_counterexample() -> None:
    found = with_directive("wrong", "x = 1")
    assert (found.kind, found.runs) == ("counterexample", True)
    assert found.reason == "it is shown wrong on purpose (its directive says so)"


def test_needs_are_declared_by_the_author() -> None:
    found = with_directive("needs=kafka,redis", "x = 1")
    assert (found.kind, found.runs) == ("needs-service", False)
    assert found.reason == "it needs the service `kafka` and the service `redis`"
    assert found.needs == (Need("service", "kafka"), Need("service", "redis"))
    on_lesson = plans("{/* check-lesson: needs=kafka */}\n\n" + fenced("x = 1"), services="kafka")[0]
    assert (on_lesson.runs, on_lesson.needs) == (True, (Need("service", "kafka"),))


AT_LAB = {
    "by name": KAFKA,
    "locally": KAFKA.replace("kafka:9092", "127.0.0.1:9092"),
    "without a port": KAFKA.replace("kafka:9092", "kafka"),
    "one of several": KAFKA.replace("kafka:9092", "other:9092,kafka:9092"),
    "somewhere": "import sys\n" + KAFKA.replace("'kafka:9092'", "sys.argv[-1]"),
}


@pytest.mark.parametrize("code", AT_LAB.values(), ids=AT_LAB.keys())
def test_a_block_that_needs_the_lab_s_kafka_runs(code: str) -> None:
    (found,) = plans(fenced(code), lab=Lab(KafkaLab()))
    assert (found.kind, found.runs) == ("runnable", True)
    assert Need("service", "kafka") in found.needs


def test_so_does_one_that_says_so_and_one_that_never_ends() -> None:
    declared = "{/* check: needs=kafka */}\n```python\nx = 1\n```\n"
    assert plans(declared, lab=Lab(KafkaLab()))[0].runs
    (found,) = plans(fenced(KAFKA + "\nwhile True:\n    consumer.poll(1.0)"), lab=Lab(KafkaLab()))
    assert (found.kind, found.runs) == ("endless", True)


ELSEWHERE = {
    KAFKA.replace("kafka:9092", "broker:29092"): (
        "it needs Kafka at broker:29092"
        " (the one in the sandbox is at kafka:9092, localhost:9092: [services.kafka] hosts)"
    ),
    "from kafka import KafkaConsumer\nKafkaConsumer('orders', bootstrap_servers='kafka:9092')": (
        "it needs Kafka at kafka:9092"
        " (the one in the sandbox is for confluent_kafka, and untested with kafka)"
    ),
}


@pytest.mark.parametrize(("code", "reason"), ELSEWHERE.items())
def test_what_the_lab_s_kafka_does_not_serve_does_not_run(code: str, reason: str) -> None:
    (found,) = plan_lesson(analysis(fenced(code)), has_package=lambda _: True, lab=Lab(KafkaLab()))
    assert (found.kind, found.runs, found.reason) == ("needs-service", False, reason)


def test_code_for_a_newer_python_needs_it() -> None:
    first, second = plans(fenced('cup = t"{tea}"', "print(cup)"))
    assert (first.kind, first.runs) == ("needs-package", False)
    assert first.reason == "it needs Python 3.14 (t-strings)"
    assert first.needs == (Need("package", "python"),)
    assert second.reason == "it uses `cup` from the block at line 3, which needs Python 3.14 (t-strings)"


SPAWNS = "import multiprocessing as mp\npool = mp.get_context({!r}).Pool(2)\n"


@pytest.mark.parametrize(
    ("codes", "runs"),
    [
        ((SPAWNS.format("fork"), "def f(x):\n    return x"), True),
        ((SPAWNS.format("spawn") + "pool.map(abs, [1])",), True),
        ((SPAWNS.format("spawn") + "def f(x):\n    return x\npool.map(f, [1])",), False),
        (("def f(x):\n    return x", SPAWNS.format("forkserver") + "pool.map(f, [1])"), False),
        (("def f(x):\n    return x", "import multiprocessing as mp\nmp.set_start_method('spawn')"), False),
    ],
)
def test_spawned_processes_know_nothing_of_a_notebook(codes: tuple[str, ...], runs: bool) -> None:
    found = plans(fenced(*codes))
    assert all(each.runs for each in found) == runs
    if not runs:
        assert found[-1].reason == ("it is a script: spawned processes import its functions from a file")

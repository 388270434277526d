"""The main job from end to end, on small courses."""

from importlib import metadata
from pathlib import Path

import pytest

from checker.errors import ConfigError, SandboxError
from checker.model import CourseResult
from checker.pipeline import Options, check, plan
from tests.quiet import QUIET
from tests.sandboxes import needs_sandbox

RUNS = "# Tea\n\n```python\ncups = 3\ncups\n```\n"
NEEDS_KAFKA = """# Tea

```python
from confluent_kafka import Consumer

consumer = Consumer({"bootstrap.servers": "kafka:9092", "group.id": "tea"})
```
"""


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """With CI set a configuration may be a stranger's."""
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lessons").mkdir()
    return tmp_path / "lessons"


def names(result: CourseResult) -> list[str]:
    return [each.name for lesson in result.lessons for each in lesson.findings]


def test_a_course_without_anything_to_run_wants_no_sandbox(course: Path) -> None:
    (course / "a.mdx").write_text(NEEDS_KAFKA)
    result = check(Options(paths=("lessons",)), QUIET)
    assert result.environment.tier is None
    assert [each.kind for each in result.lessons[0].outcomes] == ["skipped"]
    assert names(result) == []


@needs_sandbox
def test_with_a_lab_lessons_find_its_kafka(course: Path) -> None:
    reads = NEEDS_KAFKA.replace(
        "})\n", '})\nconsumer.subscribe(["cups"])\nwhile True:\n    msg = consumer.poll(1)\n'
    ).replace('"tea"', '"tea", "auto.offset.reset": "earliest"')
    lesson = reads + "\n```python\nprint(msg, consumer.position(consumer.assignment())[0].offset)\n```\n"
    (course / "a.mdx").write_text(lesson)
    (course / "cups.jsonl").write_text('{"value": "green"}\n{"value": "black"}\n')
    topics = '[[services.kafka.topics]]\nname = "cups"\nfile = "cups.jsonl"\n'
    (course / "coursecheck.toml").write_text(topics)
    outcomes = check(Options(paths=("lessons",)), QUIET).lessons[0].outcomes
    assert [each.kind for each in outcomes] == ["interrupted", "passed"]
    assert outcomes[1].stdout == "None 2\n"
    assert [each.runs for each in plan(Options(paths=("lessons",)), QUIET).lessons[0].plans] == [True, True]


def test_a_strangers_broker_is_refused(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / "a.mdx").write_text(NEEDS_KAFKA)
    (course / "coursecheck.toml").write_text('[services.kafka]\nbootstrap = "10.0.0.1:9092"\n')
    assert plan(Options(paths=("lessons",)), QUIET).lessons[0].plans[0].runs
    monkeypatch.setenv("CI", "true")
    assert plan(Options(paths=("lessons",), trust_config=True), QUIET).lessons[0].plans[0].runs
    for run in (check, plan):
        with pytest.raises(ConfigError, match=r"would reach 10\.0\.0\.1:9092 outside the sandbox"):
            run(Options(paths=("lessons",)), QUIET)


@needs_sandbox
def test_a_course_runs_in_the_tier_that_is_named(course: Path) -> None:
    (course / "a.mdx").write_text(RUNS)
    result = check(Options(paths=("lessons",), require_tier="namespaces"), QUIET)
    assert result.environment.tier == "namespaces"
    assert [(each.kind, each.stdout) for each in result.lessons[0].outcomes] == [("passed", "3\n")]


def test_a_tier_that_is_too_weak_is_refused_even_with_nothing_to_run(course: Path) -> None:
    (course / "a.mdx").write_text("# Tea\n")
    with pytest.raises(SandboxError, match="namespaces is required and landlock is weaker"):
        check(Options(paths=("lessons",), sandbox="landlock", require_tier="namespaces"), QUIET)


def test_a_configuration_can_ask_for_more_isolation_and_not_for_less(course: Path) -> None:
    (course / "coursecheck.toml").write_text('[run]\ntier = "bubblewrap"\n')
    (course / "a.mdx").write_text("# Tea\n")
    for sandbox in ("landlock", "none"):
        with pytest.raises(SandboxError):
            check(Options(paths=("lessons",), sandbox=sandbox), QUIET)
    (course / "coursecheck.toml").write_text('[run]\ntier = "none"\n')
    with pytest.raises(ConfigError, match="tier"):
        check(Options(paths=("lessons",)), QUIET)


def test_planning_runs_and_finds_nothing(course: Path) -> None:
    (course / "a.mdx").write_text(RUNS + "\n```python\ndef broken(:\n```\n")
    (lesson,) = plan(Options(paths=("lessons",)), QUIET).lessons
    assert [each.runs for each in lesson.plans] == [True, False]
    assert (lesson.outcomes, lesson.findings) == ((), ())


def test_what_cannot_be_looked_into_is_a_finding_and_the_rest_is_checked(course: Path) -> None:
    (course / "a.mdx").write_text("# Tea\n")
    (course / "loop.mdx").symlink_to("loop.mdx")
    (course / "B.mdx").write_text("# Tea\n")
    (course / "b.mdx").write_text("# Tea\n")
    result = check(Options(paths=("lessons",), run=False), QUIET)
    assert set(names(result)) == {"unreadable-file"}
    paths = [each.lesson.path for each in result.lessons]
    assert paths == ["lessons/B.mdx", "lessons/a.mdx", "lessons/b.mdx", "lessons/loop.mdx"]


def test_a_configuration_that_names_no_rule_is_refused(course: Path) -> None:
    (course / "coursecheck.toml").write_text('[rules]\nignore = ["PAX"]\n')
    (course / "a.mdx").write_text("# Tea\n")
    with pytest.raises(ConfigError, match="no rule is called 'PAX'"):
        check(Options(paths=("lessons",), run=False), QUIET)


def test_variables_that_the_configuration_sets_are_there(course: Path) -> None:
    (course / "coursecheck.toml").write_text('[run]\nenv = { SHOP = "tea" }\n')
    (course / "a.mdx").write_text('# Tea\n\n```python\nimport os\n\nos.environ["SHOP"]\n```\n')
    (lesson,) = plan(Options(paths=("lessons",)), QUIET).lessons
    assert [each.runs for each in lesson.plans] == [True]


@needs_sandbox
def test_the_same_version_twice_makes_no_difference(course: Path) -> None:
    pytest.importorskip("pandas", minversion="3.0")
    (course / "a.mdx").write_text(
        '# Tea\n\n```python\nimport pandas as pd\n\ndf = pd.DataFrame({"a": [1]})\ndf\n```\n'
    )
    version = metadata.version("pandas")
    options = Options(paths=("lessons",), pandas=(version, version.partition(".")[0]), ignore=("FMT",))
    assert names(check(options, QUIET)) == []


def test_one_version_alone_is_no_comparison(course: Path) -> None:
    (course / "a.mdx").write_text(RUNS)
    with pytest.raises(ConfigError, match="name two"):
        check(Options(paths=("lessons",), pandas=("3.1",)), QUIET)


def titled(order: int, *wanted: str) -> str:
    return f"---\ntitle: Tea\norder: {order}\nprerequisites: {list(wanted)}\n---\n\n# Tea\n"


def in_course(folder: Path, files: dict[str, str], *checked: str) -> list[str]:
    """What is reported when only some lessons of a course are named, as `path: rule`."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    paths = tuple(f"lessons/{name}" for name in checked) or ("lessons",)
    options = Options(paths=paths, run=False, ignore=("frontmatter-schema",))
    return [
        f"{each.span.path.removeprefix('lessons/')}: {each.name}"
        for lesson in check(options, QUIET).lessons
        for each in lesson.findings
    ]


@pytest.fixture
def configured(course: Path) -> Path:
    (course.parent / "coursecheck.toml").write_text("[structure]\nnumbered = true\n")
    return course


GOOD = {
    "01-a/01-x.mdx": titled(1),
    "01-a/02-y.mdx": titled(2, "a/01-x"),
    "02-b/01-z.mdx": titled(1, "a/02-y"),
}


def test_one_lesson_of_a_good_course_is_as_silent_as_all(configured: Path) -> None:
    assert in_course(configured, GOOD) == []
    assert in_course(configured, GOOD, "01-a/02-y.mdx") == []
    assert in_course(configured, GOOD, "02-b/01-z.mdx") == []


def test_what_is_wrong_elsewhere_is_not_reported_here(configured: Path) -> None:
    files = {**GOOD, "02-b/01-z.mdx": titled(1, "a/03-none"), "01-a/02-y.mdx": titled(1)}
    assert in_course(configured, files, "01-a/01-x.mdx", "02-b/01-z.mdx") == [
        "01-a/01-x.mdx: duplicate-order",
        "02-b/01-z.mdx: broken-prerequisite",
    ]
    assert in_course(configured, files, "01-a/01-x.mdx") == ["01-a/01-x.mdx: duplicate-order"]


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("01-a/02-y.mdx", titled(2, "b/01-z"), "prerequisite-later"),
        ("01-a/02-y.mdx", titled(1), "duplicate-order"),
        ("01-a/04-y.mdx", titled(3), "numbering-gap"),
        ("02-b/01-z.mdx", titled(1, "a/09-x"), "broken-prerequisite"),
    ],
)
def test_one_lesson_is_judged_as_part_of_its_course(
    configured: Path, name: str, text: str, rule: str
) -> None:
    files = {**GOOD, "02-b/01-z.mdx": titled(1), name: text}
    assert in_course(configured, files, name) == [f"{name}: {rule}"]


def test_a_circle_is_reported_at_the_lesson_that_is_checked(configured: Path) -> None:
    circle = {"a/x.mdx": titled(1, "b/y"), "b/y.mdx": titled(1, "c/z"), "c/z.mdx": titled(1, "a/x")}
    for name in circle:
        assert in_course(configured, circle, name) == [f"{name}: prerequisite-cycle"]
    assert len(in_course(configured, circle)) == 1


def test_a_lesson_that_is_named_by_a_link_is_not_its_own_neighbour(configured: Path) -> None:
    in_course(configured, GOOD)
    (configured / "alias.mdx").symlink_to("01-a/01-x.mdx")
    assert in_course(configured, {}, "alias.mdx") == []


def test_without_a_configuration_neighbours_count_inside_a_repository(course: Path) -> None:
    files = {"01-a/01-x.mdx": titled(1), "01-a/02-y.mdx": titled(1), "01-a/README.md": "# About\n"}
    assert in_course(course, files, "01-a/02-y.mdx") == []
    (course / ".git").mkdir()
    assert in_course(course, files, "01-a/02-y.mdx") == ["01-a/02-y.mdx: duplicate-order"]


def test_links_of_other_lessons_show_where_the_site_is(configured: Path) -> None:
    shown = "# Tea\n\n[one](/course/a/x), [two](/course/a/y), [three](/course/b/z)\n"
    lost = "# Tea\n\nSee [the cups](/course/a/cups).\n"
    files = {"a/x.mdx": shown, "a/y.mdx": "# Tea\n", "b/z.mdx": "# Tea\n", "b/lost.mdx": lost}
    assert in_course(configured, files, "b/lost.mdx") == ["b/lost.mdx: broken-link"]


SETUPS = """[[run.setups]]
lessons = "lessons/*.md*"
before = "print(cups)"
file = "cups.py"
"""


@needs_sandbox
def test_a_setup_of_the_configuration_runs_before_its_block(course: Path) -> None:
    (course / "a.mdx").write_text("# Tea\n\n```python\nprint(cups)\n```\n")
    (course.parent / "cups.py").write_text("cups = 3\n")
    (course.parent / "coursecheck.toml").write_text(SETUPS)
    options = Options(paths=("lessons",), cache=str(course.parent / "cache"))
    assert [each.stdout for each in check(options, QUIET).lessons[0].outcomes] == ["3\n"]
    assert plan(options, QUIET).lessons[0].plans[0].runs
    (course.parent / "cups.py").write_text("cups = 'four'\n")
    assert [each.stdout for each in check(options, QUIET).lessons[0].outcomes] == ["four\n"]
    (course.parent / "cups.py").write_text("cups = 1 / 0\n")
    (outcome,) = check(options, QUIET).lessons[0].outcomes
    assert (outcome.kind, outcome.error) == ("skipped", None)
    assert outcome.reason == (
        "the setup from the configuration fails at line 1 (ZeroDivisionError: division by zero)"
    )


def test_a_setup_without_its_file_is_refused(course: Path) -> None:
    (course / "a.mdx").write_text("# Tea\n")
    (course.parent / "coursecheck.toml").write_text(SETUPS)
    with pytest.raises(ConfigError, match=r"run\.setups\[0\]\.file: there is no 'cups\.py'"):
        plan(Options(paths=("lessons",)), QUIET)

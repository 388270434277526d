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

consumer = Consumer({"bootstrap.servers": "kafka:9092"})
```
"""


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

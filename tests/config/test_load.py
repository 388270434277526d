"""The configuration: found, read, refused in words."""

import os
from pathlib import Path

import pytest

from checker.config import Config, load_config
from checker.errors import ConfigError
from checker.running.job import Limits

FULL = """
[course]
lessons = ["lessons/**/*.mdx"]

[[frontmatter.schemas]]
files = "lessons/**"
schema = "schemas/lesson.schema.json"

[rules]
select = ["MDX", "frontmatter-schema"]
ignore = ["FMT103"]
severity = { broken-prerequisite = "info" }
per-lesson-ignore = { "lessons/drafts/**" = ["REF101"] }

[ruff]
select = ["E711"]

[run]
timeout = "500ms"
limits = { memory = "512MiB", processes = 16, session = "2m", disk = "1KiB", files = 7, output = "10B" }
fixtures = "fixtures"
env = { TZ = "UTC" }
workers = 1

[lab]
compose = "lessons/compose.yml"
requirements = "lessons/requirements.txt"

[kafka]
debezium = "3.2"

[markers]
wrong = ["Achtung"]
right = ["Besser"]
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty course that is the current folder."""
    (tmp_path / "lessons").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(text: str, folder: Path, name: str = "coursecheck.toml") -> ConfigError:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config("lessons")
    assert "\n" not in str(caught.value)
    return caught.value


def test_without_a_file_everything_has_a_default(course: Path) -> None:
    config = load_config("lessons")
    assert config == Config(folder=str(course))
    assert config.run.job_limits() == Limits()
    assert config.fixture_names() == frozenset()


def test_an_empty_file_changes_nothing_but_the_folder(course: Path) -> None:
    (course / "coursecheck.toml").write_text("")
    assert load_config("lessons") == Config(path="coursecheck.toml", folder=str(course))


def test_every_key_is_read(course: Path) -> None:
    (course / "schemas").mkdir()
    (course / "schemas" / "lesson.schema.json").write_text("{}")
    (course / "fixtures" / "more").mkdir(parents=True)
    (course / "fixtures" / "more" / "orders.csv").write_text("id\n")
    lab = [course / "lessons" / each for each in ("compose.yml", "requirements.txt", "Dockerfile")]
    for each in lab:
        each.touch()
    (course / "coursecheck.toml").write_text(FULL)
    config = load_config("lessons")
    assert config.course.lessons == ("lessons/**/*.mdx",)
    assert config.frontmatter.schemas[0].files == "lessons/**"
    assert config.rules.per_lesson_ignore == {"lessons/drafts/**": ("REF101",)}
    assert config.rules.severity == {"broken-prerequisite": "info"}
    assert config.ruff.select == ("E711",)
    assert config.run.job_limits() == Limits(0.5, 120.0, 512 << 20, 16, 1024, 7, 10)
    assert config.run.fixtures == str(course / "fixtures")
    assert config.fixture_names() == {"more/orders.csv"}
    assert (config.run.env, config.run.workers) == ({"TZ": "UTC"}, 1)
    assert config.lab_files() == tuple(lab)
    lab[2].unlink()
    assert config.lab_files() == tuple(lab[:2])
    assert config.kafka.debezium == "3.2"
    assert (config.markers.wrong, config.markers.right) == (("Achtung",), ("Besser",))


@pytest.mark.parametrize("key", ["pages", "public"])
def test_a_folder_of_the_site_may_be_missing_and_is_no_file(course: Path, key: str) -> None:
    (course / "coursecheck.toml").write_text(f'[site]\n{key} = "there"\n')
    assert getattr(load_config("lessons").site, key) == "there"
    (course / "there").write_text("")
    with pytest.raises(ConfigError, match=f"site.{key}: there is no 'there'"):
        load_config("lessons")
    (course / "there").unlink()
    (course / "there").mkdir()
    assert getattr(load_config("lessons").site, key) == "there"


def test_a_table_in_pyproject_is_read(course: Path) -> None:
    (course / "pyproject.toml").write_text('[tool.coursecheck.ruff]\nselect = ["F"]\n')
    config = load_config("lessons")
    assert (config.path, config.ruff.select) == ("pyproject.toml", ("F",))


@pytest.mark.parametrize(
    "text",
    [
        '[project]\nname = "other"\n',
        '[tool.black]\nlabel = "coursecheck"\n',
        "tool = 1 # coursecheck\n",
        "broken [",
    ],
)
def test_a_pyproject_that_is_not_about_courses_is_passed_over(course: Path, text: str) -> None:
    (course / "pyproject.toml").write_text(text)
    assert load_config("lessons").path is None


def test_the_nearest_file_counts_and_its_own_name_comes_first(course: Path) -> None:
    (course / "coursecheck.toml").write_text('[ruff]\nselect = ["F"]\n')
    (course / "lessons" / "pyproject.toml").write_text('[tool.coursecheck.ruff]\nselect = ["E"]\n')
    assert load_config("lessons/missing.mdx").ruff.select == ("E",)
    (course / "lessons" / "coursecheck.toml").write_text("")
    assert load_config("lessons").ruff.select == ()


def test_a_file_that_is_named_is_read_wherever_it_lies(course: Path) -> None:
    (course / "strict.toml").write_text('[ruff]\nselect = ["ALL"]\n')
    (course / "coursecheck.toml").write_text("[")
    assert load_config("lessons", "strict.toml").ruff.select == ("ALL",)


def test_paths_are_seen_from_the_folder_of_the_file(course: Path) -> None:
    (course / "lessons" / "coursecheck.toml").write_text("")
    config = load_config("lessons")
    assert config.relative("lessons/01-intro.mdx") == "01-intro.mdx"
    assert config.relative("README.md") == "../README.md"


def test_what_lies_here_does_not_count_for_a_path_elsewhere(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (course / "other").mkdir()
    (course / "other" / "coursecheck.toml").write_text("")
    monkeypatch.chdir(course / "other")
    assert load_config("../lessons").path is None
    monkeypatch.chdir(course / "lessons")
    config = load_config("../other/01.mdx")
    assert (config.path, config.folder) == ("../other/coursecheck.toml", str(course / "other"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[run]\ntimout = '5s'", "run.timout: there is no such key; did you mean timeout?"),
        ("[rnu]", "rnu: there is no such key; did you mean run?"),
        ("zzz = 1", "zzz: there is no such key"),
        (
            "[rules]\nper_lesson_ignore = {}",
            "rules.per_lesson_ignore: there is no such key; did you mean per-lesson-ignore?",
        ),
        ("[run.limits]\nmem = 1", "run.limits.mem: there is no such key; did you mean memory?"),
        ("[sites]\nbase = '/'", "sites: there is no such key; did you mean site?"),
        (
            "[[frontmatter.schemas]]\nfile = 'a'",
            "frontmatter.schemas[0].file: there is no such key; did you mean files?",
        ),
        (
            "[[frontmatter.schemas]]\nfiles = 'a'",
            "frontmatter.schemas[0].schema is missing",
        ),
        ("[course]\nlanguages = ['english']", "course.languages[0]: expected text such as 'en'"),
        ("run = 5", "run is 5; expected a table"),
        ("course = [[]]", "course is [[]]; expected a table"),
        ("[course]\nlessons = 'a.mdx'", "course.lessons is 'a.mdx'; expected a list"),
        (
            "[course]\nlessons = ['a', 2020-01-01]",
            "course.lessons[1] is datetime.date(2020, 1, 1); expected text",
        ),
        ("[run]\nworkers = 0", "run.workers: expected a whole number >= 1"),
        ("[run]\nworkers = true", "run.workers is True; expected a whole number"),
        ("[run]\ntimeout = 10", "run.timeout is 10; expected text"),
        ("[run]\ntimeout = '10 secs'", "run.timeout: '10 secs' is not a duration such as 500ms, 10s or 2m"),
        ("[run]\nlimits = { memory = '1GB' }", "run.limits.memory: '1GB' is not a size"),
        ("[run]\nenv = { A = 1 }", "run.env[...] is something else; expected text"),
        ("[run]\nenv = { 'A B' = '1' }", "run.env: expected text matching regex '^[A-Za-z_][A-Za-z0-9_]*$'"),
        ('[run]\nenv = { A = "\\u0000" }', "run.env[...]: expected text matching regex"),
        ("[rules]\nselect = ['']", "rules.select[0]: expected text that is not empty"),
        (
            "[rules]\nseverity = { duplicate-key = 'fatal' }",
            "rules.severity[...]: 'fatal' is none of error, warning, info",
        ),
        ("[run]\nfixtures = 'nowhere'", "run.fixtures: there is no 'nowhere'"),
        ("[run]\nfixtures = 'coursecheck.toml'", "run.fixtures: there is no 'coursecheck.toml'"),
        ("[run]\nfixtures = '..'", "run.fixtures: '..' is outside the configuration's folder"),
        ("[run]\nfixtures = '/etc'", "run.fixtures: '/etc' is outside the configuration's folder"),
        ('[run]\nfixtures = "a\\u0000"', "run.fixtures: 'a\\x00' is no path"),
        ("[lab]\ncompose = 'compose.yml'", "lab.compose: there is no 'compose.yml'"),
        ("[lab]\nenv = '../x'", "lab.env: '../x' is outside the configuration's folder"),
        ("[lab]\nrequirements = ''", "lab.requirements: expected text that is not empty"),
        ("[lab]\ndocker = 'a'", "lab.docker: there is no such key"),
        ("[kafka]\ndebezium = 'latest'", "kafka.debezium: expected text such as '3.2'"),
        (
            "[[frontmatter.schemas]]\nfiles = '*'\nschema = 'missing.json'",
            "frontmatter.schemas[0].schema: there is no 'missing.json'",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_key(course: Path, text: str, message: str) -> None:
    assert str(refused(text, course)).startswith(f"coursecheck.toml: {message}")


def test_an_unknown_key_comes_with_the_keys_that_there_are(course: Path) -> None:
    assert refused("[markers]\nbad = []", course).remedy == "Keys here: right, wrong."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a = 1\nb = = 2\n", "coursecheck.toml:2:5: not TOML: Invalid value"),
        (b"a = ", "coursecheck.toml: not TOML: Invalid value (at end of document)"),
        (b"a = 1\na = 2\n", "coursecheck.toml:2:6: not TOML: Cannot overwrite a value"),
        (b"a = 1\nb = '\xff'\n", "coursecheck.toml:2: not UTF-8 text"),
        (b"a = " + b"[" * 100_000, "coursecheck.toml: nested too deep"),
        (b"#" * (1 << 20) + b"#", "coursecheck.toml: larger than 1 MiB"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(course: Path, content: bytes, message: str) -> None:
    (course / "coursecheck.toml").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load_config("lessons")
    assert str(caught.value).startswith(message)


def test_a_fifo_is_refused_and_not_waited_for(course: Path) -> None:
    os.mkfifo(course / "coursecheck.toml")
    with pytest.raises(ConfigError, match="not a regular file"):
        load_config("lessons")


def test_a_broken_link_is_not_passed_over(course: Path) -> None:
    (course / "coursecheck.toml").symlink_to("gone.toml")
    with pytest.raises(ConfigError, match=r"coursecheck\.toml: No such file"):
        load_config("lessons")


def test_a_link_does_not_lead_out_of_the_folder(
    course: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (course / "fixtures").symlink_to(tmp_path_factory.mktemp("outside"))
    assert "outside the configuration's folder" in str(refused("[run]\nfixtures = 'fixtures'", course))


def test_links_in_a_circle_end(course: Path) -> None:
    (course / "fixtures").symlink_to("fixtures")
    assert "there is no 'fixtures'" in str(refused("[run]\nfixtures = 'fixtures'", course))


def test_a_named_file_that_says_nothing_is_refused(course: Path) -> None:
    (course / "pyproject.toml").write_text('[project]\nname = "other"\n')
    with pytest.raises(ConfigError, match=r"no \[tool\.coursecheck\]"):
        load_config("lessons", "pyproject.toml")
    with pytest.raises(ConfigError, match=r"missing\.toml: No such file"):
        load_config("lessons", "missing.toml")


def test_a_table_that_is_none_is_refused(course: Path) -> None:
    error = refused("[tool]\ncoursecheck = 5", course, "pyproject.toml")
    assert str(error) == "pyproject.toml: it is 5; expected a table"

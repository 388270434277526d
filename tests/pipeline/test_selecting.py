"""Which lessons are looked at when only what has changed since a revision is asked for."""

from pathlib import Path

import pytest

from checker.pipeline import Options, check
from tests.quiet import QUIET
from tests.repositories import commit, git, repository, write

TEA = "# Tea\n"


def wants(*lessons: str) -> str:
    return f"---\ntitle: Tea\nprerequisites: {list(lessons)}\n---\n\n# Tea\n"


FILES: dict[str, str | bytes | None] = {
    "coursecheck.toml": (
        '[site]\ncontent = "lessons"\nroutes = "/course"\n\n'
        '[run]\nfixtures = "fixtures"\nrequirements = "requirements.txt"\n\n'
        '[services.postgresql]\ninit = ["labs/init.sql"]\n\n'
        '[lab]\nrequirements = "labs/requirements.txt"\n\n'
        '[[frontmatter.schemas]]\nfiles = "none/**"\nschema = "schemas/lesson.json"\n'
    ),
    "requirements.txt": "",
    "labs/init.sql": "create table orders (id int);\n",
    "labs/requirements.txt": "",
    "schemas/lesson.json": "{}",
    "schemas/parts.json": "{}",
    "fixtures/orders.csv": "1\n",
    "lessons/01-a/01-x.mdx": TEA,
    "lessons/01-a/02-asks.mdx": wants("a/01-x"),
    "lessons/01-a/03-links.mdx": "# Tea\n\n[first](/course/01-a/01-x/)\n",
    "lessons/01-a/04-file.mdx": "# Tea\n\n[first](./01-x.mdx#tea)\n",
    "lessons/01-a/05-imports.mdx": "import First from './01-x.mdx'\n\n# Tea\n",
    "lessons/02-b/01-alone.mdx": "# Tea\n\n[second](/course/01-a/02-asks)\n\n![cup](./cup.png)\n",
    "lessons/02-b/cup.png": "png",
    "lessons/02-b/02-component.mdx": "import Note from '../../components/Note'\n\n# Tea\n",
    "components/Note.tsx": "export default () => null\n",
    "lessons/02-b/03-nothing.mdx": wants("a few words", "b/99-none"),
}
ON_THE_FIRST = ["01-a/02-asks", "01-a/03-links", "01-a/04-file", "01-a/05-imports"]


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """With CI set a configuration may be a stranger's."""
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    repository(tmp_path / "course", FILES)
    monkeypatch.chdir(tmp_path / "course")
    return tmp_path / "course"


def looked_at(*paths: str, since: str = "HEAD") -> list[str]:
    """The names of the lessons that were looked at."""
    result = check(Options(paths=paths or (".",), run=False, since=since), QUIET)
    assert result.unchanged is not None
    assert not result.all_because
    return [
        each.lesson.path.removeprefix("lessons/").removesuffix(".mdx").removesuffix(".md")
        for each in result.lessons
    ]


def reason(*paths: str, config: str | None = None) -> str:
    result = check(Options(paths=paths or (".",), run=False, since="HEAD", config=config), QUIET)
    assert not result.all_because or (len(result.lessons), result.unchanged) == (8, 0)
    return result.all_because


@pytest.mark.usefixtures("repo")
def test_nothing_has_changed() -> None:
    assert looked_at() == []
    assert reason() == ""


def test_what_nobody_depends_on(repo: Path) -> None:
    write(repo, {"lessons/02-b/01-alone.mdx": TEA, "README.md": "# About\n", "notes.txt": "?"})
    assert looked_at() == ["02-b/01-alone"]


def test_files_that_lessons_need_count_only_when_they_are_gone(repo: Path) -> None:
    write(repo, {"lessons/02-b/cup.png": "other", "components/Note.tsx": "export default null\n"})
    assert looked_at() == []
    write(repo, {"lessons/02-b/cup.png": None, "components/Note.tsx": None})
    assert looked_at() == ["02-b/01-alone", "02-b/02-component"]


def test_a_change_concerns_those_that_depend_on_it_and_nobody_behind_them(repo: Path) -> None:
    write(repo, {"lessons/01-a/01-x.mdx": "# Mug\n"})
    assert looked_at() == ["01-a/01-x", *ON_THE_FIRST]


def test_a_lesson_that_is_gone_concerns_those_that_depended_on_it(repo: Path) -> None:
    write(repo, {"lessons/01-a/01-x.mdx": None})
    assert looked_at() == ON_THE_FIRST


def test_a_lesson_with_another_name(repo: Path) -> None:
    git(repo, "mv", "lessons/01-a/01-x.mdx", "lessons/01-a/09-x.mdx")
    assert looked_at() == [*ON_THE_FIRST, "01-a/09-x"]


def test_of_the_lessons_that_are_named_only_those(repo: Path) -> None:
    write(repo, {"lessons/01-a/01-x.mdx": "# Mug\n"})
    assert looked_at("lessons/01-a/02-asks.mdx", "lessons/02-b") == ["01-a/02-asks"]
    assert looked_at("lessons/**/0*links.mdx") == ["01-a/03-links"]


def test_new_lessons_and_older_revisions(repo: Path) -> None:
    write(repo, {"lessons/03-c/new.mdx": TEA})
    assert looked_at() == ["03-c/new"]
    commit(repo, {"lessons/02-b/03-nothing.mdx": TEA})
    assert looked_at() == []
    assert looked_at(since="HEAD~1") == ["02-b/03-nothing", "03-c/new"]


def test_what_was_left_out_is_told(repo: Path) -> None:
    write(repo, {"lessons/02-b/01-alone.mdx": TEA})
    result = check(Options(paths=("lessons/02-b",), run=False, since="main"), QUIET)
    assert result.unchanged == 2
    assert check(Options(run=False), QUIET).unchanged is None


def test_whole_course_rules_look_at_all_of_it_and_report_what_changed(repo: Path) -> None:
    write(repo, {"lessons/01-a/01-x.mdx": wants("a/02-asks")})
    result = check(Options(paths=(".",), run=False, since="HEAD", ignore=("FMT",)), QUIET)
    found = {(each.lesson.path[8:], finding.name) for each in result.lessons for finding in each.findings}
    assert found == {("01-a/01-x.mdx", "prerequisite-cycle")}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("coursecheck.toml", "[site]\n"),
        ("schemas/lesson.json", '{"type": "object"}'),
        ("schemas/parts.json", "true"),
        ("schemas/new.json", "true"),
        ("requirements.txt", "six"),
        ("labs/init.sql", "create table teas (id int);\n"),
        ("labs/requirements.txt", "six"),
        ("fixtures/orders.csv", "2\n"),
        ("fixtures/deep/new.csv", "2\n"),
        ("fixtures/orders.csv", None),
        ("lessons/pyproject.toml", '[tool.coursecheck.run]\ntimeout = "3s"\n'),
    ],
)
def test_what_all_lessons_depend_on(repo: Path, name: str, text: str | None) -> None:
    commit(repo, {"fixtures/more.csv": "1\n"})
    write(repo, {name: text})
    paths = ("lessons",)
    if name == "schemas/new.json":
        assert reason(*paths) == "schemas/new.json has changed"
    else:
        assert reason(*paths).removesuffix(" has changed") in (name, "fixtures")


def test_a_configuration_that_is_gone(repo: Path) -> None:
    commit(repo, {"lessons/coursecheck.toml": "[run]\n"})
    write(repo, {"lessons/coursecheck.toml": None})
    assert reason("lessons") == "lessons/coursecheck.toml has changed"
    commit(repo, {"coursecheck.toml": None})
    assert reason("lessons") == ""
    write(repo, {"coursecheck.toml": "[run]\n"})
    assert reason("lessons") == "coursecheck.toml has changed"


@pytest.mark.usefixtures("repo")
def test_a_configuration_from_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, {"mine.toml": "[run]\n"})
    assert reason(config=str(tmp_path / "mine.toml")) == ""


def test_numbered_lessons_concern_those_behind_them(repo: Path) -> None:
    numbered: dict[str, str | bytes | None] = {f"lessons/01-a/{n:02}-n.mdx": TEA for n in (6, 7, 8)}
    old = FILES["coursecheck.toml"]
    assert isinstance(old, str)
    commit(repo, {"coursecheck.toml": f"{old}\n[structure]\nnumbered = true\n", **numbered})
    assert looked_at() == []
    write(repo, {"lessons/01-a/07-n.mdx": None})
    assert looked_at() == ["01-a/08-n"]


def test_without_a_configuration(repo: Path) -> None:
    commit(repo, {"coursecheck.toml": None})
    assert looked_at("lessons") == []
    write(repo, {"lessons/01-a/01-x.mdx": None})
    assert looked_at("lessons") == ["01-a/02-asks", "01-a/04-file", "01-a/05-imports"]
    assert looked_at("lessons/01-a/02-asks.mdx") == ["01-a/02-asks"]

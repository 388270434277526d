"""What is understood of a lesson is looked up only when nothing that it follows from has changed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from checker.cache import Cache, digest
from checker.config import Config
from checker.config.keys import FrontmatterKeys, LabKeys, SchemaKeys
from checker.model import Finding, Lesson, Outcome
from checker.pipeline import Options, check, plan
from checker.reading.lesson import parse_lesson, read_head, read_head_of
from checker.reading.links.reading import read_page
from checker.reading.links.references import Page
from checker.reading.source import read_source
from checker.recalling import Recall, recalling
from checker.recalling import recall as module
from checker.recalling.lessons import KeptProse
from checker.running.interpreter import Interpreter, own_interpreter
from tests.builders import finding, outcome
from tests.quiet import QUIET

TEXT = "---\ntitle: T\n---\n\n# Tea\n\n```python\nprint(cups)\nx = json.loads('1')\n```\n\n[a](b)\n"


class Counting:
    """A function that says how often it was called."""

    def __init__(self, result: Any) -> None:
        self.calls = 0
        self._result = result

    def __call__(self) -> Any:
        self.calls += 1
        return self._result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of one lesson; the cache lies beside it."""
    course = tmp_path / "course"
    (course / "schemas").mkdir(parents=True)
    (course / "schemas" / "lesson.json").write_text("{}")
    return course


@pytest.fixture
def config(folder: Path) -> Config:
    schemas = (SchemaKeys(files="**", schema="schemas/lesson.json"),)
    return Config(folder=str(folder), frontmatter=FrontmatterKeys(schemas=schemas))


def calls(folder: Path, config: Config, interpreter: Interpreter | None = None, text: str = TEXT) -> int:
    """How often a function had to be called for a lesson."""
    make = Counting((finding("mdx-syntax"),))
    with recalling(str(folder.parent / "cache"), config, interpreter or own_interpreter()) as recall:
        assert recall.findings(parse_lesson("lesson.mdx", text), make) == (finding("mdx-syntax"),)
    return make.calls


def test_nothing_is_remembered_without_a_folder(config: Config) -> None:
    for _ in range(2):
        make = Counting(())
        with recalling(None, config, own_interpreter()) as recall:
            recall.findings(parse_lesson("lesson.mdx", TEXT), make)
        assert make.calls == 1


def test_another_text_or_path_is_another_lesson(folder: Path, config: Config) -> None:
    assert calls(folder, config) == 1
    assert calls(folder, config, text=TEXT + "\n") == 1
    with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
        make = Counting(())
        recall.findings(parse_lesson("other.mdx", TEXT), make)
        assert make.calls == 1


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [(b"", b"\xff", "not-text"), (b"\xff", b"x" * (5 << 20), "file-too-large"), (b"\xff", b"", None)],
)
def test_a_file_that_cannot_be_read_is_not_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bytes, after: bytes, rule: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    options = Options(paths=("a.mdx",), run=False, cache=str(tmp_path / "cache"))
    for content in (before, after):
        (tmp_path / "a.mdx").write_bytes(content)
        (lesson,) = check(options, QUIET).lessons
    assert [each.name for each in lesson.findings] == ([] if rule is None else [rule])


def test_a_name_that_another_file_makes_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options = Options(run=False, cache=str(tmp_path / ".cache"))
    (tmp_path / "b.mdx").write_text(TEXT)
    check(options, QUIET)
    (tmp_path / "B.mdx").write_text(TEXT)
    found = {each.lesson.path: [one.name for one in each.findings] for each in check(options, QUIET).lessons}
    assert "unreadable-file" in found["b.mdx"]


def new_schema(folder: Path, config: Config) -> Config:
    (folder / "schemas" / "lesson.json").write_text('{"type": "object"}')
    return config


def touched_schema(folder: Path, config: Config) -> Config:
    os.utime(folder / "schemas" / "lesson.json", (1, 1))
    return config


def another_file_beside_it(folder: Path, config: Config) -> Config:
    (folder / "schemas" / "parts.json").write_text("{}")
    return config


def new_fixture(folder: Path, config: Config) -> Config:
    (folder / "orders.csv").touch()
    return replace(config, run=replace(config.run, fixtures=str(folder)))


def new_lab(folder: Path, config: Config) -> Config:
    (folder / "compose.yml").write_text("services: {}")
    return replace(config, lab=LabKeys(compose="compose.yml"))


CHANGES: list[Callable[[Path, Config], Config]] = [
    new_schema,
    touched_schema,
    another_file_beside_it,
    new_fixture,
    new_lab,
    lambda _, config: replace(config, rules=replace(config.rules, ignore=("PAN",))),
    lambda _, config: replace(config, run=replace(config.run, env={"A": "1"})),
    lambda _, config: replace(config, markers=replace(config.markers, wrong=("OLD",))),
]


@pytest.mark.parametrize("change", CHANGES)
def test_another_course_is_looked_at_anew(
    folder: Path, config: Config, change: Callable[[Path, Config], Config]
) -> None:
    assert calls(folder, config) == 1
    changed = change(folder, config)
    assert calls(folder, changed) == 1
    assert calls(folder, changed) == 0


def test_another_environment_is_looked_at_anew(
    folder: Path, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert calls(folder, config) == 1
    assert calls(folder, config, replace(own_interpreter(), version=(3, 99, 0))) == 1
    assert calls(folder, config, replace(own_interpreter(), folders=())) == 1
    monkeypatch.chdir(tmp_path)
    assert calls(folder, config) == 1
    monkeypatch.setattr("checker.__version__", "99")
    assert calls(folder, config) == 1
    monkeypatch.setattr(module, "_SOURCES", folder)
    assert calls(folder, config) == 1
    assert calls(folder, config) == 0


def test_a_checker_that_is_worked_on_looks_anew_when_its_code_changes(
    folder: Path, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SOURCES", tmp_path / "checker")
    assert calls(folder, config) == 1
    (tmp_path / "checker").mkdir()
    (tmp_path / "checker" / "rule.py").touch()
    assert [calls(folder, config) for _ in range(2)] == [1, 0]


def test_of_an_installed_checker_the_installation_is_looked_at(
    folder: Path, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site-packages"
    (site / "checker").mkdir(parents=True)
    monkeypatch.setattr(module, "_SOURCES", site / "checker")
    monkeypatch.setattr(module, "site_folders", lambda: [str(site)])
    assert calls(folder, config) == 1
    (site / "checker" / "rule.py").touch()
    assert calls(folder, config) == 0
    (site / "coursecheck-0.1.0.dist-info").mkdir()
    assert [calls(folder, config) for _ in range(2)] == [1, 0]


def test_an_unchanged_lesson_is_looked_up(folder: Path, config: Config) -> None:
    assert [calls(folder, config) for _ in range(3)] == [1, 0, 0]


def test_what_is_new_is_kept_beside_what_was_known(folder: Path, config: Config) -> None:
    lesson = parse_lesson("lesson.mdx", TEXT)
    counted = []
    for functions in (("findings",), ("findings", "plan"), ("plan",), ("findings", "plan")):
        with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
            makes = {name: Counting(()) for name in functions}
            for name, make in makes.items():
                getattr(recall, name)(lesson, make)
        counted.append([make.calls for make in makes.values()])
    assert counted == [[1], [0, 1], [0], [0, 0]]


def test_only_the_last_two_judgements_are_kept(folder: Path, config: Config) -> None:
    lesson = parse_lesson("lesson.mdx", TEXT)
    counted = []
    for kind in ("passed", "failed", "failed", "passed", "crashed", "failed", "passed"):
        make = Counting(((), ()))
        with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
            recall.judgement(lesson, kind, make)
        counted.append(make.calls)
    assert counted == [1, 1, 0, 0, 1, 0, 1]


DATED = "day: 2026-11-25\nat: 2026-11-25T10:20:30Z\nsteps: [{on: 2026-11-26}, 2026-11-27]\nlate: 12:30:00"


@pytest.mark.parametrize(
    "head", [f"---\n{DATED}\n---", "+++\nday = 2026-11-25\nat = 10:20:30\nfrom = 2026-11-25T10:20:30\n+++"]
)
def test_dates_come_back_as_dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str) -> None:
    text = f"{head}\n\n# Tea\n"
    expected = parse_lesson("lesson.mdx", text)
    for _ in range(2):
        with Cache(tmp_path) as cache:
            recall = Recall(cache, b"")
            for path in ("lesson.mdx", "lesson.mdx", "second.mdx"):
                found = recall.parse(path, text).frontmatter
                assert found is not None
                assert expected.frontmatter is not None
                assert repr(found.data) == repr(expected.frontmatter.data)
            recall.flush()
            monkeypatch.setattr(module, "parse_lesson", None)
            monkeypatch.setattr("checker.recalling.heads.read_head", None)


def test_what_does_not_come_back_as_it_was_is_not_kept(tmp_path: Path) -> None:
    odd = TEXT.replace("title: T", "day: 2026-11-25\nnumber: .nan\nlarge: 123456789012345678901234567890")
    for _ in range(2):
        with Cache(tmp_path) as cache:
            recall = Recall(cache, b"")
            assert str(recall.parse("lesson.mdx", odd)) == str(parse_lesson("lesson.mdx", odd))
            recall.flush()
            make = Counting(())
            assert (cache.statistics().entries, recall.findings(parse_lesson("l.mdx", ""), make)) == (0, ())


@pytest.mark.parametrize("kept", [b"", b"\xc1", b"\x93\x01\x02\x03"])
def test_what_is_kept_in_another_form_is_made_anew(
    folder: Path, config: Config, monkeypatch: pytest.MonkeyPatch, kept: bytes
) -> None:
    monkeypatch.setattr(Cache, "get", lambda _, keys: dict.fromkeys(keys, kept))
    assert calls(folder, config) == 1


def test_other_outcomes_are_judged_anew(folder: Path, config: Config) -> None:
    lesson = parse_lesson("lesson.mdx", TEXT)
    judged: tuple[tuple[Outcome, ...], tuple[Finding, ...]] = ((outcome(),), ())
    no_text = outcome(reason="\udcff")
    counted = []
    for given in (outcome(), outcome(), outcome("failed"), no_text, no_text):
        make = Counting(judged)
        with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
            assert recall.judgement(lesson, ((given,), None), make) == judged
        counted.append(make.calls)
    assert counted == [1, 0, 1, 1, 1]


def test_a_check_comes_to_the_same_by_looking_up(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "lesson.mdx").write_text(TEXT)
    options = Options(paths=(str(folder),), run=False, cache=str(tmp_path / "cache"))
    first, planned = check(options, QUIET), plan(options, QUIET)

    def no_more(*_: object) -> None:
        pytest.fail("worked out again")

    monkeypatch.setattr("checker.recalling.recall.parse_lesson", no_more)
    monkeypatch.setattr("checker.running.plan.plan_lesson", no_more)
    monkeypatch.setattr("checker.pipeline.understanding.check_lesson", no_more)
    assert check(options, QUIET).lessons == first.lessons
    assert plan(options, QUIET).lessons == planned.lessons
    assert [each.name for each in first.lessons[0].findings]


def heads_of(folder: Path, config: Config, *names: str) -> list[Any]:
    """The titles of lessons that are only looked at as others' surroundings."""
    with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
        found = [recall.head_of(str(folder / name), str(folder)) for name in names]
    return [((each.frontmatter and each.frontmatter.data) or {}).get("title") for each in found]


@pytest.fixture
def seldom_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lessons whose heads had to be read."""
    opened: list[str] = []

    def read(path: str, root: str, head: Any) -> Any:
        opened.append(os.path.basename(path))
        return read_head_of(path, root, head)

    monkeypatch.setattr("checker.recalling.heads.read_head_of", read)
    return opened


def write_head(path: Path, title: str, age: float = 60.0) -> None:
    path.write_text(f"---\ntitle: {title}\n---\n\n# Tea\n")
    written = path.stat().st_mtime - age
    os.utime(path, (written, written))


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are as good as old: when a file was last touched cannot be set."""
    monkeypatch.setattr("checker.recalling.untouched._MOMENT", 0)


@pytest.mark.usefixtures("patient")
def test_heads_of_files_that_look_the_same_are_not_read_again(
    folder: Path, config: Config, seldom_read: list[str]
) -> None:
    write_head(folder / "a.mdx", "Tea")
    write_head(folder / "b.mdx", "Cups")
    for _ in range(2):
        assert heads_of(folder, config, "a.mdx", "b.mdx") == ["Tea", "Cups"]
    assert seldom_read == ["a.mdx", "b.mdx"]
    write_head(folder / "a.mdx", "Mug")
    assert heads_of(folder, config, "b.mdx", "a.mdx") == ["Cups", "Mug"]
    assert seldom_read == ["a.mdx", "b.mdx", "a.mdx"]
    # The same size, and a date of change that was set back.
    write_head(folder / "a.mdx", "Pot", age=61.0)
    assert heads_of(folder, config, "a.mdx") == ["Pot"]


def test_heads_of_files_just_written_are_read_every_time(
    folder: Path, config: Config, seldom_read: list[str]
) -> None:
    for title in ("Tea", "Pot", "Mug"):
        write_head(folder / "a.mdx", title)
        assert heads_of(folder, config, "a.mdx") == [title]
    assert len(seldom_read) == 3


@pytest.mark.usefixtures("patient")
def test_heads_that_do_not_last_are_read_every_time(
    folder: Path, config: Config, seldom_read: list[str]
) -> None:
    (folder / "a.mdx").write_text("+++\ntitle = nan\n+++\n")
    (folder / "b.mdx").write_text("# No head\n")
    for _ in range(2):
        first, second = heads_of(folder, config, "a.mdx", "b.mdx")
        assert (str(first), second) == ("nan", None)
    assert seldom_read == ["a.mdx", "b.mdx", "a.mdx"]


@pytest.mark.usefixtures("patient")
def test_a_head_whose_file_has_no_name_in_text(folder: Path, config: Config) -> None:
    name = os.fsdecode(b"\xff.mdx")
    for text in ("# No head\n", "---\ntitle: Tea\n---\n"):
        (folder / name).write_text(text)
        assert heads_of(folder, config, name) == heads_of(folder, config, name)


@pytest.mark.usefixtures("patient")
def test_heads_that_are_gone_or_damaged_are_read_again(folder: Path, config: Config) -> None:
    write_head(folder / "a.mdx", "Tea")
    assert heads_of(folder, config, "a.mdx", "none.mdx") == ["Tea", None]
    (folder / "a.mdx").rename(folder / "b.mdx")
    assert heads_of(folder, config, "a.mdx", "b.mdx") == [None, "Tea"]
    with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
        key = digest(recall._context, b"heads")
        recall.cache.put({key: b"\xc1"})
    assert heads_of(folder, config, "b.mdx") == ["Tea"]


@pytest.mark.usefixtures("patient")
def test_pages_of_files_that_look_the_same_are_not_made_again(folder: Path, config: Config) -> None:
    path = folder / "a.mdx"
    made: list[str] = []

    def page() -> Page | None:
        def make() -> Page | None:
            made.append(path.read_text())
            return read_page(parse_lesson("a.mdx", made[-1])) if made[-1] else None

        with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
            return recall.page_of_file(str(path), make)

    path.write_text("[Tea](./tea)\n\n# Tea\n")
    first = page()
    assert first is not None
    assert (page(), [each.url for each in first.links], first.ids) == (first, ["./tea"], frozenset({"tea"}))
    assert len(made) == 1
    path.write_text("[Cups](./cups)\n\n# Cups\n")
    second = page()
    assert second is not None
    assert (page(), second.ids, len(made)) == (second, frozenset({"cups"}), 2)
    # What has no page is asked about every time.
    path.write_text("")
    assert (page(), page(), len(made)) == (None, None, 4)
    # Another entry's bytes are no page.
    path.write_text("# Pot\n")
    with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
        recall._untouched_pages.get(str(path))
        recall._untouched_pages.put(str(path), b"\xc1")
    assert (page(), len(made)) == (read_page(parse_lesson("a.mdx", "# Pot\n")), 5)


def test_without_a_cache_pages_are_made_every_time(folder: Path, config: Config) -> None:
    made = []
    with recalling(None, config, own_interpreter()) as recall:
        for _ in range(2):
            recall.page_of_file(str(folder / "a.mdx"), lambda: made.append(1))
    assert len(made) == 2


def test_a_head_is_read_once_whatever_stands_below_it(
    folder: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def reading(text: str, head: Any, span: Any) -> Any:
        read.append(text[: head.end])
        return read_head(text, head, span)

    monkeypatch.setattr("checker.recalling.heads.read_head", reading)
    good, odd, wrong = "---\ntitle: Tea\n---", "---\nday: .nan\n---", "---\ntitle: [Tea\n---"
    for body in ("", "\n", "\n\n# Tea\n", "\n\n# Cups\n"):
        for head in (good, odd, wrong):
            with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
                made = recall.parse("a.mdx", head + body)
                assert str(made) == str(parse_lesson("a.mdx", head + body))
    # What is no number has no form in which it would come back as it was.
    assert sorted(read) == sorted([good, *[odd] * 4, wrong])
    with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
        assert recall.parse("b.mdx", good) == parse_lesson("b.mdx", good)
    assert len(read) == 7


@pytest.mark.parametrize("kept", [b"\xc1", msgspec.msgpack.encode((b"\xc0", ()))], ids=["damaged", "no head"])
def test_a_damaged_head_is_read_again(folder: Path, config: Config, kept: bytes) -> None:
    text = "---\ntitle: Tea\n---\n"
    with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
        path, head = b"a.mdx", b"---\ntitle: Tea\n---"
        recall.cache.put({digest(recall._context, b"head", path, head): kept})
    with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
        assert recall.parse("a.mdx", text) == parse_lesson("a.mdx", text)


def test_prose_comes_back_when_it_is_asked_for(folder: Path, config: Config) -> None:
    text = TEXT + "\n> quoted on\n> two lines\n"

    def read() -> Lesson:
        with recalling(str(folder.parent / "cache"), config, own_interpreter()) as recall:
            return recall.parse("lesson.mdx", text)

    made, kept = read(), read()
    assert (type(made.prose), type(kept.prose)) == (tuple, KeptProse)
    assert kept == made
    assert kept.prose == read().prose
    assert len(kept.prose) == 3
    assert kept.prose[0].text == "Tea"
    assert [each.text for each in kept.prose[1:]] == ["[a](b)", "quoted on\ntwo lines"]
    assert {kept.prose: 1}[read().prose] == 1
    assert kept.prose != ()


def surroundings(folder: Path, name: str, text: str | None = None) -> int:
    """Check a course of three lessons, or one of them, and say how many files were opened."""
    shown = Options(
        paths=(name,),
        contents=None if text is None else (text.encode(),),
        run=False,
        cache=str(folder.parent / "cache"),
    )
    opened: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for reader in ("checker.reading.lesson", "checker.rules.references.elsewhere"):
            patch.setattr(f"{reader}.read_source", lambda path, root: _noting(opened, path, root))
        patch.chdir(folder)
        check(shown, QUIET)
    return len(opened)


def _noting(opened: list[str], path: str, root: str) -> str:
    opened.append(path)
    return read_source(path, root)


@pytest.fixture
def three(folder: Path) -> Path:
    """A course of three lessons in a repository."""
    (folder / ".git").mkdir()
    (folder / "pots").mkdir()
    for number in (1, 2, 3):
        text = f"---\ntitle: Tea {number}\nday: 2026-11-0{number}\n---\n\n[on](/pots/0{number}-tea)\n"
        (folder / "pots" / f"0{number}-tea.mdx").write_text(text)
    return folder


@pytest.mark.usefixtures("patient")
def test_who_checks_one_lesson_after_the_course_opens_no_other(three: Path) -> None:
    assert surroundings(three, ".") == 3
    assert surroundings(three, "pots/01-tea.mdx") == 1
    (three / "pots" / "02-tea.mdx").write_text("# Cups\n")
    assert surroundings(three, "pots/01-tea.mdx") == 1 + 2  # its head, and where its links may lead


@pytest.mark.usefixtures("patient")
def test_a_lesson_alone_is_not_kept_for_others(three: Path) -> None:
    assert surroundings(three, ".") == 3
    (three / "pots" / "01-tea.mdx").write_text("# Cups\n")
    assert surroundings(three, "pots/01-tea.mdx") == 1
    assert surroundings(three, "pots/02-tea.mdx") == 1 + 2


def test_files_just_written_are_not_kept_for_others(three: Path) -> None:
    assert surroundings(three, ".") == 3
    # Their heads, where their links may lead, and their pages: those links lead to lessons.
    assert surroundings(three, "pots/01-tea.mdx") == 1 + 2 * 3


@pytest.mark.usefixtures("patient")
def test_what_only_might_stand_in_a_file_is_not_kept_for_others(three: Path) -> None:
    for text in ("# Pots\n", "# Mugs\n"):
        surroundings(three, "pots/01-tea.mdx", text)
        surroundings(three, "pots/03-tea.mdx", text)
    recall = Recall(Cache(None), b"")
    assert not recall.cache.is_open
    with Cache(three.parent / "mine") as cache:
        recall = Recall(cache, b"", given=True)
        names = [str(three / "pots" / name) for name in ("01-tea.mdx", "02-tea.mdx", "none.mdx")]
        for name in names:
            recall.page(recall.parse(name, "# Pots\n"))
        recall.flush()
        assert recall.head_of(names[0], str(three)).text.startswith("---")

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.errors import UsageError
from checker.reading.discovery import Discovery, discover, is_lesson


@pytest.fixture(autouse=True)
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty course in the current folder; what lies beside it is outside."""
    folder = tmp_path / "course"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(*paths: str, text: str = "") -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text)


def files(*paths: str) -> list[str]:
    found = discover(paths or ["."])
    assert found.problems == ()
    return list(found.files)


def test_an_empty_tree_has_no_lessons() -> None:
    assert discover(["."]) == Discovery((), (), ())


def test_only_lessons_are_found_in_a_folder() -> None:
    write("a.mdx", "b/c.md", "b/d.txt", "b/e.mdx.bak", "notebook.ipynb", "mdx")
    assert files() == ["a.mdx", "b/c.md"]


def test_what_is_for_those_who_work_on_the_course_is_left_out() -> None:
    write(
        "README.md",
        "a/readme.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE.md",
        "CODE_OF_CONDUCT.md",
        "a/b.md",
    )
    assert files() == ["a/b.md"]
    assert files("README.md") == ["README.md"]


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (("**/*.md",), ["a/b.md"]),
        (("**/readm?.md", "**/[R]EADME.md", "**"), ["a/b.md"]),
        (("**/README.md",), ["README.md", "a/README.md"]),
        (("**/*.md", "a/README.md"), ["a/README.md", "a/b.md"]),
        (("x/README.md",), []),
    ],
)
def test_a_pattern_with_their_name_takes_them_for_lessons(
    patterns: tuple[str, ...], expected: list[str]
) -> None:
    write("README.md", "a/README.md", "a/SECURITY.md", "a/b.md")

    assert list(discover(["."], patterns).files) == expected
    assert [path for path in ("README.md", "a/README.md") if is_lesson(path, patterns)] == [
        path for path in expected if path != "a/b.md"
    ]
    assert is_lesson("new/README.md", patterns) == ("**/README.md" in patterns)


def test_a_glob_with_their_name_takes_them_for_lessons() -> None:
    write("README.md", "a/README.md", "a/b.md")
    assert files("**/README.md") == ["README.md", "a/README.md"]
    assert files("a/*") == ["a/b.md"]


@pytest.mark.parametrize(
    "folder", [".git", "node_modules", ".venv", ".astro", "a/node_modules", "__pycache__"]
)
def test_folders_of_tools_are_not_entered(folder: str) -> None:
    write(f"{folder}/a.mdx", "b.mdx")
    assert files() == ["b.mdx"]
    assert files(folder) == [f"{folder}/a.mdx"]


def test_a_virtual_environment_is_known_by_its_mark() -> None:
    write("lab/pyvenv.cfg", "lab/lib/package/doc.md", "a.mdx")
    assert files() == ["a.mdx"]


def test_named_files_are_taken_whatever_they_are_called() -> None:
    write("notes.txt", "a/[slug].mdx", "-x.mdx")
    assert files("notes.txt", "a/[slug].mdx", "-x.mdx") == ["-x.mdx", "a/[slug].mdx", "notes.txt"]


@pytest.mark.parametrize(
    "paths", [[".", "a.mdx"], ["a.mdx", "./a.mdx", "b/../a.mdx"], ["b", "b/../b/..", "a.mdx"]]
)
def test_each_file_is_there_once(paths: list[str]) -> None:
    write("a.mdx", "b/.keep")
    assert files(*paths) == ["a.mdx"]


def test_paths_are_relative_to_the_current_folder(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a/b.mdx", "c/d.mdx")
    assert files(f"{course}/a/", f"{course}/c/d.mdx") == ["a/b.mdx", "c/d.mdx"]
    monkeypatch.chdir("a")
    assert files("..") == ["../c/d.mdx", "b.mdx"]


def test_paths_are_sorted_whatever_the_order_of_the_folder() -> None:
    names = [f"{number:02}/{letter}.mdx" for number in range(7) for letter in "cab"]
    write(*names)
    assert files("05", ".") == sorted(names)


@pytest.mark.parametrize(
    ("glob", "expected"),
    [
        ("*.mdx", ["a.mdx"]),
        ("**/*.mdx", ["a.mdx", "x/b.mdx", "x/y/c.mdx"]),
        ("x/**", ["x/b.mdx", "x/y/c.mdx", "x/y/d.md"]),
        ("x/*", ["x/b.mdx", "x/y/c.mdx", "x/y/d.md"]),
        ("x/*.mdx", ["x/b.mdx"]),
        ("*/y", ["x/y/c.mdx", "x/y/d.md"]),
        ("[a-w].mdx", ["a.mdx"]),
        ("**/*.txt", []),
        ("**/nothing-*", []),
    ],
)
def test_globs(glob: str, expected: list[str]) -> None:
    write("a.mdx", "x/b.mdx", "x/y/c.mdx", "x/y/d.md", "x/notes.txt")
    assert files(glob) == expected


def test_an_absolute_glob(course: Path) -> None:
    write("a.mdx", "x/b.mdx")
    assert files(f"{course}/*/*.mdx") == ["x/b.mdx"]


def test_patterns_count_from_any_folder_above() -> None:
    write("content/course/a/b.mdx", "content/blog/c.mdx")
    pattern = ["content/course/**/*.mdx"]
    assert discover(["."], pattern).files == ("content/course/a/b.mdx",)
    assert discover(["content/course/a"], pattern).files == ("content/course/a/b.mdx",)
    assert discover(["content/blog"], pattern).files == ()


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("lesons", "Did you mean 'lessons'?"),
        ("lessons/intor.mdx", "Did you mean 'lessons/intro.mdx'?"),
        ("lesons/intro.mdx", "Did you mean 'lessons'?"),
        ("lesson/*.mdx", "Did you mean 'lessons'?"),
        ("/no-such-folder-at-all/x.mdx", "Paths count from {here}."),
        ("", "Paths count from {here}."),
        ("lessons/intro.mdx/x", "Did you mean 'lessons/intro.mdx'?"),
    ],
)
def test_a_path_that_does_not_exist(path: str, remedy: str) -> None:
    write("lessons/intro.mdx")
    with pytest.raises(UsageError, match="there is no file or folder") as refused:
        discover([path])
    assert refused.value.remedy == remedy.format(here=Path.cwd())


def test_a_path_below_a_folder_that_cannot_be_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> list[str]:
        raise PermissionError

    monkeypatch.setattr(os, "listdir", refuse)
    with pytest.raises(UsageError):
        discover(["x.mdx"])


def test_gitignore_is_respected() -> None:
    write(".gitignore", text="/build/\ndrafts\n*.tmp.mdx\n!keep.tmp.mdx\n")
    write("a/.gitignore", text="!b.tmp.mdx\n")
    write("build/x.mdx", "a/build/x.mdx", "a/drafts/x.mdx", "c.tmp.mdx", "keep.tmp.mdx", "a/b.tmp.mdx")
    assert files() == ["a/b.tmp.mdx", "a/build/x.mdx", "keep.tmp.mdx"]


def test_what_lies_in_an_ignored_folder_cannot_be_brought_back() -> None:
    write(".gitignore", text="build/\n!build/keep.mdx\n")
    write("build/keep.mdx", "build/.gitignore")
    assert files() == []
    assert files("build") == ["build/keep.mdx"]
    assert files("build/keep.mdx") == ["build/keep.mdx"]


def test_gitignore_files_above_count_within_the_repository(course: Path) -> None:
    write(".git/HEAD", "docs/a/x.mdx", "docs/a/y.mdx")
    write(".gitignore", text="x.mdx\n")
    (course.parent / ".gitignore").write_text("y.mdx\n")
    assert files("docs/a") == ["docs/a/y.mdx"]


def test_links_end_and_each_real_file_is_there_once() -> None:
    write("real/a.mdx", "real/b.mdx")
    Path("real/loop").symlink_to("..")
    Path("0-link").symlink_to("real")
    Path("0.mdx").symlink_to("real/a.mdx")
    for number in range(50):
        Path(f"chain{number}").symlink_to(f"chain{number + 1}" if number < 49 else "real")
    assert files() == ["real/a.mdx", "real/b.mdx"]


def test_links_to_what_is_not_walked_otherwise_are_lessons() -> None:
    write(".git/HEAD", "shared/unit/a.mdx", "shared/b.txt")
    Path("lessons").mkdir()
    Path("lessons/unit").symlink_to("../shared/unit")
    Path("lessons/b.mdx").symlink_to("../shared/b.txt")
    assert files("lessons") == ["lessons/b.mdx", "lessons/unit/a.mdx"]


def test_a_link_to_a_folder_outside_is_told_and_not_entered(course: Path) -> None:
    (course.parent / "secret").mkdir()
    (course.parent / "secret" / "x.mdx").write_text("password")
    Path("out").symlink_to(course.parent / "secret")
    Path("all").symlink_to("/")
    found = discover(["."])
    assert found.files == ()
    assert sorted((each.rule, each.span.path) for each in found.problems) == [
        ("unreadable-file", "all"),
        ("unreadable-file", "out"),
    ]
    assert "leads out of the course's folder" in found.problems[0].message


def test_each_file_has_the_folder_that_its_links_may_not_leave(course: Path) -> None:
    write("a/x.mdx", "b/.git/HEAD", "b/c/y.mdx", "c/z.mdx")
    found = discover(["a", "b/c", "c/z.mdx"])
    assert found.files == ("a/x.mdx", "b/c/y.mdx", "c/z.mdx")
    assert found.roots == (f"{course}/a", f"{course}/b", f"{course}/c")


def test_links_that_git_ignores_are_not_told() -> None:
    write(".gitignore", text="out\n")
    Path("out").symlink_to("/")
    assert files() == []


def test_what_cannot_be_read_is_found_all_the_same() -> None:
    """Whoever reads it says what is wrong with it."""
    Path("broken.mdx").symlink_to("missing")
    Path("loop.mdx").symlink_to("loop.mdx")
    Path("outside.mdx").symlink_to("/etc/hostname")
    os.mkfifo("fifo.mdx")
    Path("folder.mdx").mkdir()
    assert files() == ["broken.mdx", "fifo.mdx", "loop.mdx", "outside.mdx"]
    assert files("loop.mdx") == ["loop.mdx"]


def test_a_folder_that_cannot_be_listed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a/x.mdx", "b/y.mdx")
    scandir = os.scandir

    def refuse(path: str) -> Any:
        if path == "./a":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = discover(["."])
    assert found.files == ("b/y.mdx",)
    assert [(each.rule, each.span.path) for each in found.problems] == [("unreadable-file", "a")]
    assert "Permission denied" in found.problems[0].message


def test_a_named_folder_that_vanishes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a/x.mdx")
    monkeypatch.setattr(os, "scandir", lambda _: (_ for _ in ()).throw(FileNotFoundError(2, "No such file")))
    assert [each.span.path for each in discover(["a"]).problems] == ["a"]


@pytest.fixture
def deep_folder(course: Path) -> Iterator[None]:
    """2,500 folders in one another, gone in the end: pytest's own clean-up recurses."""
    for _ in range(2500):
        os.mkdir("d")
        os.chdir("d")
    os.chdir(course)
    yield
    os.chdir(course)
    for _ in range(2499):
        os.chdir("d")
    for _ in range(2500):
        shutil.rmtree("d", ignore_errors=True)
        os.chdir("..")


@pytest.mark.usefixtures("deep_folder")
def test_thousands_of_levels_neither_recurse_nor_vanish() -> None:
    write("d/x.mdx")
    found = discover(["."])
    assert found.files == ("d/x.mdx",)
    # Linux takes 4,095 bytes of path at once: what lies deeper is not passed over in silence.
    assert [each.message.partition(":")[0] for each in found.problems] == [
        "this folder cannot be listed (File name too long)"
    ]


def test_many_files(course: Path) -> None:
    for folder in range(20):
        (course / str(folder)).mkdir()
        for number in range(100):
            (course / str(folder) / f"{number}.mdx").touch()
    assert len(files()) == 2000


@pytest.mark.parametrize(
    ("name", "other"),
    [("Intro.mdx", "intro.mdx"), ("caf\u00e9.mdx", "cafe\u0301.mdx"), ("УРОК.mdx", "урок.mdx")],
)
def test_names_that_only_linux_tells_apart_are_told(name: str, other: str) -> None:
    write(name, other)
    found = discover(["."])
    assert len(found.files) == 2
    assert [(each.rule, each.span.path) for each in found.problems] == [("unreadable-file", found.files[1])]
    assert repr(found.files[0]) in found.problems[0].message


@pytest.mark.parametrize(
    "name",
    ["a\nb.mdx", "\x1b[31m.mdx", "::error::.mdx", "%0A.mdx", "\u202e.mdx", "<b>.mdx", "é" * 125 + ".mdx"],
)
def test_odd_names_are_kept_as_they_are(name: str) -> None:
    write(name)
    assert files() == [name]


def test_a_name_that_is_no_text_is_kept(course: Path) -> None:
    (course / os.fsdecode(b"\xff.mdx")).touch()
    assert files() == [os.fsdecode(b"\xff.mdx")]

"""What has changed since a revision, asked of git without letting a checkout run anything."""

import os
import subprocess
from pathlib import Path

import pytest

from checker.errors import UsageError
from checker.reading.revision import Revision, read_revision
from tests.repositories import commit, git, repository, write

FILES: dict[str, str | bytes | None] = {"a.mdx": "# A\n", "b/c.mdx": "# C\n", "d.mdx": "# D\n"}


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return repository(tmp_path / "course", FILES)


def changed(repo: Path, name: str = "HEAD", *paths: str) -> list[str]:
    revision = read_revision(name, str(repo))
    found = paths or [str(path.relative_to(repo)) for path in sorted(repo.rglob("*.mdx"))]
    return [path for path in found if revision.has_changed(str(repo / path))]


def test_nothing_has_changed(repo: Path) -> None:
    assert changed(repo) == []
    assert read_revision("HEAD", str(repo)).gone == frozenset()


@pytest.mark.parametrize("count", [1, 3])
def test_touching_a_file_changes_nothing(repo: Path, count: int) -> None:
    for name in FILES:
        os.utime(repo / name, (count, count))
    (repo / "a.mdx").chmod(0o755)
    assert changed(repo) == []


def test_committed_or_not_staged_or_not_known_or_not(repo: Path) -> None:
    first = git(repo, "rev-parse", "HEAD")
    commit(repo, {"a.mdx": "# A, again\n"})
    write(repo, {"b/c.mdx": "# C, again\n", "new.mdx": "# New\n", "staged.mdx": "# Staged\n"})
    git(repo, "add", "staged.mdx")
    assert changed(repo, first) == ["a.mdx", "b/c.mdx", "new.mdx", "staged.mdx"]
    assert changed(repo) == ["b/c.mdx", "new.mdx", "staged.mdx"]


def test_what_git_ignores_and_somebody_names_is_not_lost(repo: Path) -> None:
    write(repo, {".gitignore": "hidden.mdx\n", "hidden.mdx": "# H\n"})
    assert changed(repo) == ["hidden.mdx"]


def test_what_is_gone(repo: Path) -> None:
    write(repo, {"a.mdx": None})
    git(repo, "mv", "d.mdx", "e.mdx")
    revision = read_revision("HEAD", str(repo))
    assert revision.gone == {str(repo / "a.mdx"), str(repo / "d.mdx")}
    assert changed(repo, "HEAD", "a.mdx", "d.mdx", "e.mdx") == ["a.mdx", "d.mdx", "e.mdx"]
    assert (revision.held(str(repo / "d.mdx")), revision.held(str(repo / "e.mdx"))) == (True, False)


def test_only_what_changed_on_this_side(repo: Path) -> None:
    git(repo, "checkout", "--quiet", "-b", "mine")
    commit(repo, {"a.mdx": "# Mine\n"})
    git(repo, "checkout", "--quiet", "main")
    commit(repo, {"d.mdx": "# Theirs\n"})
    git(repo, "checkout", "--quiet", "mine")
    assert changed(repo, "main") == ["a.mdx"]


def test_histories_that_have_nothing_in_common(repo: Path) -> None:
    git(repo, "checkout", "--quiet", "--orphan", "other")
    commit(repo, {"a.mdx": "# Mine\n"})
    assert changed(repo, "main") == ["a.mdx"]


def test_line_endings_of_another_system(repo: Path) -> None:
    write(repo, {"a.mdx": b"# A\r\n", "b/c.mdx": b"# C\r\r\n"})
    assert changed(repo) == ["b/c.mdx"]


def test_links_count_with_what_is_behind_them(repo: Path) -> None:
    (repo / "link.mdx").symlink_to("a.mdx")
    commit(repo, {})
    assert changed(repo) == []
    write(repo, {"a.mdx": "# A, again\n"})
    assert changed(repo) == ["a.mdx", "link.mdx"]
    git(repo, "checkout", "--quiet", "a.mdx")
    (repo / "link.mdx").unlink()
    (repo / "link.mdx").symlink_to("d.mdx")
    assert changed(repo) == ["link.mdx"]


def test_a_link_in_the_place_of_a_file_and_the_other_way_round(repo: Path) -> None:
    (repo / "link.mdx").symlink_to("a.mdx")
    (repo / "loop.mdx").symlink_to("loop.mdx")
    commit(repo, {})
    (repo / "link.mdx").unlink()
    write(repo, {"link.mdx": "a.mdx", "d.mdx": None})
    (repo / "d.mdx").symlink_to("a.mdx")
    assert changed(repo) == ["d.mdx", "link.mdx", "loop.mdx"]


def test_a_folder_that_is_reached_by_a_link(repo: Path) -> None:
    (repo / "same").symlink_to("b")
    commit(repo, {})
    assert changed(repo, "HEAD", "same/c.mdx") == []


def test_what_is_no_file(repo: Path) -> None:
    write(repo, {"a.mdx": None})
    os.mkfifo(repo / "a.mdx")
    assert changed(repo) == ["a.mdx"]


def test_a_folder_of_files(repo: Path) -> None:
    commit(repo, {"fixtures/a.csv": "1\n", "fixtures/deep/b.csv": "2\n"})

    def differs() -> bool:
        return read_revision("HEAD", str(repo)).has_changed_below(str(repo / "fixtures"))

    write(repo, {"a.mdx": "# other\n"})
    assert not differs()
    write(repo, {"fixtures/new.csv": "3\n"})
    assert differs()
    write(repo, {"fixtures/new.csv": None, "fixtures/deep/b.csv": None})
    assert differs()
    git(repo, "checkout", "--quiet", "fixtures")
    assert not differs()
    write(repo, {"fixtures/a.csv": "4\n"})
    assert differs()


def test_what_is_in_a_folder_or_was(repo: Path) -> None:
    write(repo, {"a.mdx": None, "new.mdx": "# N\n"})
    found = {os.path.basename(path) for path in read_revision("HEAD", str(repo)).files_in(str(repo))}
    assert found == {".git", "a.mdx", "b", "d.mdx", "new.mdx"}


def test_the_other_kind_of_digests(tmp_path: Path) -> None:
    repo = repository(tmp_path, FILES, "--object-format=sha256")
    write(repo, {"a.mdx": "# other\n"})
    assert changed(repo) == ["a.mdx"]


@pytest.mark.parametrize(
    "name",
    ["-x.mdx", "--output=x.mdx", "a\nb.mdx", "a\tb.mdx", 'a"b.mdx', "*.mdx", ":(top)a.mdx", " .mdx", "я.mdx"],
)
def test_names_are_only_names(repo: Path, name: str) -> None:
    commit(repo, {name: "# Tea\n"})
    assert changed(repo) == []
    write(repo, {name: "# Mug\n"})
    assert changed(repo) == [name]


def test_a_name_that_is_no_text(repo: Path) -> None:
    name = os.fsdecode(b"\xff.mdx")
    commit(repo, {name: "# Tea\n"})
    assert changed(repo) == []
    write(repo, {name: None})
    assert read_revision("HEAD", str(repo)).gone == {str(repo / name)}


def test_a_repository_whose_folder_has_a_hostile_name(tmp_path: Path) -> None:
    repo = repository(tmp_path / "-c core.x=y\n$(touch x)", FILES)
    write(repo, {"a.mdx": "# other\n"})
    assert changed(repo) == ["a.mdx"]


def test_a_course_below_the_top_of_its_repository(repo: Path) -> None:
    write(repo, {"b/c.mdx": "# other\n"})
    assert read_revision("HEAD", str(repo / "b")).has_changed(str(repo / "b" / "c.mdx"))


def test_what_lies_elsewhere_has_always_changed(repo: Path, tmp_path: Path) -> None:
    write(tmp_path, {"elsewhere.mdx": "# E\n"})
    revision = read_revision("HEAD", str(repo))
    assert revision.has_changed(str(tmp_path / "elsewhere.mdx"))
    assert not revision.holds(str(tmp_path / "elsewhere.mdx"))
    assert revision.holds(str(repo / "a.mdx"))


def refused(near: Path, name: str = "HEAD") -> tuple[str, str]:
    with pytest.raises(UsageError) as caught:
        read_revision(name, str(near))
    return str(caught.value), caught.value.remedy


@pytest.mark.parametrize("name", ["", "-x", "--exec=touch x", "a\0b"])
def test_what_can_be_no_revision(repo: Path, name: str) -> None:
    assert "is no revision" in refused(repo, name)[0]


@pytest.mark.parametrize(
    "name", ["nowhere", "HEAD~7", "HEAD:a.mdx", "main..HEAD", "a b", "$(touch x)", "@{u}"]
)
def test_a_revision_that_is_not_there(repo: Path, name: str) -> None:
    message, remedy = refused(repo, name)
    assert message == f"--changed-since {name}: there is no such revision here"
    assert "git fetch" in remedy


def test_no_repository(tmp_path: Path) -> None:
    message, remedy = refused(tmp_path)
    assert message.endswith("is in no git repository")
    assert remedy


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    assert "no such revision" in refused(tmp_path)[0]


def test_a_repository_without_files(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare")
    assert "work tree" in refused(tmp_path)[0]


def test_a_shallow_clone(repo: Path, tmp_path: Path) -> None:
    first = git(repo, "rev-parse", "HEAD")
    commit(repo, {"a.mdx": "# A, again\n"})
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repo}", str(clone))
    assert changed(clone) == []
    message, remedy = refused(clone, first)
    assert "no such revision" in message
    assert "fetch-depth: 0" in remedy


def test_a_shallow_clone_of_both_ends_without_what_they_have_in_common(repo: Path, tmp_path: Path) -> None:
    commit(repo, {})
    git(repo, "checkout", "--quiet", "-b", "mine")
    commit(repo, {"a.mdx": "# Mine\n"})
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{repo}", str(clone))
    git(clone, "checkout", "--quiet", "mine")
    message, remedy = refused(clone, "origin/main")
    assert "parted" in message
    assert "git fetch --unshallow" in remedy


def test_no_git(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo))
    message, remedy = refused(repo)
    assert (message, remedy) == ("--changed-since: there is no git here", "Install git.")


def test_a_git_that_hangs(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repo, {"git": "#!/bin/sh\nexec /bin/sleep 60\n"})
    (repo / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(repo))
    monkeypatch.setattr("checker.reading.revision._SECONDS", 0.1)
    assert "did not answer" in refused(repo)[0]


@pytest.mark.parametrize("what", ["dubious ownership in repository at '/x'", "", "strange"])
def test_what_else_git_says(repo: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repo, {"git": f'#!/bin/sh\necho "fatal: {what}\n\ndo this" >&2\nexit 128\n'})
    (repo / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{repo}:/bin:/usr/bin")
    message, remedy = refused(repo)
    assert message.endswith(what or "git does not answer")
    assert ("safe.directory" in remedy) == ("dubious" in what)


def test_a_tree_that_cannot_be_listed(repo: Path) -> None:
    tree = git(repo, "rev-parse", "HEAD^{tree}")
    (repo / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    assert "cannot list" in refused(repo)[0]


def test_files_that_are_said_to_be_elsewhere(repo: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    git(repo, "config", "core.worktree", str(elsewhere))
    message, _ = refused(repo)
    assert "elsewhere" in message or "work tree" in message


def test_a_hook_of_another_repository_has_no_say(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository(tmp_path / "other", {"x.mdx": "# X\n"})
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    assert changed(repo) == []


def hostile(repo: Path, program: str) -> None:
    """All that a checkout's own configuration may name as programs."""
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "core.askPass",
        "core.alternateRefsCommand",
        "core.gitProxy",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "gpg.program",
        "credential.helper",
        "alias.rev-parse",
        "alias.ls-tree",
        "remote.origin.uploadpack",
    ):
        git(repo, "config", key, f"!{program}" if key.startswith("alias") else program)
    git(repo, "config", "filter.evil.required", "true")
    git(repo, "config", "pager.ls-tree", "true")
    git(repo, "config", "core.hooksPath", str(repo / "hooks"))
    git(repo, "config", "core.repositoryFormatVersion", "1")
    git(repo, "config", "extensions.partialClone", "origin")
    git(repo, "config", "remote.origin.promisor", "true")
    git(repo, "config", "remote.origin.url", f"ext::{program}")
    git(repo, "config", "protocol.ext.allow", "always")
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout"):
        write(repo, {f"hooks/{hook}": f"#!/bin/sh\n{program}\n"})
        (repo / "hooks" / hook).chmod(0o755)


@pytest.mark.parametrize("lacking", [False, True])
def test_a_checkout_cannot_run_anything(repo: Path, tmp_path: Path, lacking: bool) -> None:
    mark = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {mark}\n")
    program.chmod(0o755)
    commit(repo, {".gitattributes": "*.mdx filter=evil diff=evil\n"})
    tree = git(repo, "rev-parse", "HEAD:b")
    hostile(repo, str(program))
    write(repo, {"a.mdx": "# other\n"})
    if lacking:
        # As in a partial clone: git would fetch what it lacks.
        (repo / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
        assert "cannot list" in refused(repo)[0]
    else:
        assert changed(repo) == ["a.mdx"]
    assert not mark.exists()
    # And the configuration would have worked.
    subprocess.run(["git", "-C", str(repo), "status"], capture_output=True, check=False)
    assert mark.exists()


def test_a_revision_knows_its_name(repo: Path) -> None:
    revision = read_revision("main", str(repo))
    assert isinstance(revision, Revision)
    assert (revision.name, revision.folder) == ("main", str(repo.resolve()))

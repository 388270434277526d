from pathlib import Path

import pytest

from checker.reporting.provenance import checked_out, new_run

COMMIT, OTHER = "a1" * 20, "b2" * 20


@pytest.fixture
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_here")
def test_runs_are_told_apart() -> None:
    first, second = new_run({}), new_run({})
    assert first.id != second.id
    assert first.started.endswith("Z")
    assert len(first.started) == 20
    assert (first.revision, first.shard) == (None, None)


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"GITHUB_RUN_ID": "7", "GITHUB_RUN_ATTEMPT": "2"}, "github-7-2"),
        ({"GITHUB_RUN_ID": "7"}, "github-7-1"),
        ({"CI_PIPELINE_ID": "9"}, "gitlab-9"),
    ],
)
def test_the_shards_of_a_pipeline_are_one_run(environment: dict[str, str], name: str) -> None:
    assert new_run(environment, "1/2").id == name
    # Two jobs that check all of the course are two runs.
    assert new_run(environment).id != new_run(environment).id
    assert len(new_run({}, "1/2").id) == 16


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize("variable", ["GITHUB_SHA", "CI_COMMIT_SHA"])
def test_a_pipeline_says_its_commit(variable: str) -> None:
    assert new_run({variable: COMMIT}).revision == COMMIT
    assert new_run({variable: "$(touch x)"}).revision is None


def test_a_branch_that_is_checked_out(tmp_path: Path) -> None:
    git = tmp_path / ".git"
    (git / "refs/heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    inner = tmp_path / "course" / "en"
    inner.mkdir(parents=True)
    assert checked_out(inner) is None
    (git / "packed-refs").write_text(f"# pack-refs\n{OTHER} refs/heads/main2\n{COMMIT} refs/heads/main\n")
    assert checked_out(inner) == COMMIT
    (git / "refs/heads/main").write_text(f"{OTHER}\n")
    assert checked_out(inner) == OTHER


def test_a_commit_that_is_checked_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text(COMMIT)
    assert checked_out(tmp_path) == COMMIT


def test_a_worktree(tmp_path: Path) -> None:
    main = tmp_path / "main" / ".git"
    own = main / "worktrees" / "tree"
    own.mkdir(parents=True)
    (own / "HEAD").write_text("ref: refs/heads/side\n")
    (own / "commondir").write_text("../..\n")
    (main / "refs/heads").mkdir(parents=True)
    (main / "refs/heads/side").write_text(COMMIT)
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / ".git").write_text(f"gitdir: {own}\n")
    assert checked_out(tree) == COMMIT


@pytest.mark.parametrize(
    "head", ["", "ref: ../../secret", "ref: refs/../../secret", "ref: refs/\0", "zz" * 20]
)
def test_what_is_not_plain_is_none(tmp_path: Path, head: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text(head)
    (tmp_path / "secret").write_text(COMMIT)
    assert checked_out(tmp_path) is None


def test_a_head_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").symlink_to("HEAD")
    assert checked_out(tmp_path) is None


def test_a_file_that_may_not_be_read_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text(COMMIT)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert checked_out(tmp_path) is None

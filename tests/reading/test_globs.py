import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reading.globs import is_glob, matches


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("a.md", "*.mdx"),
        ("a/b.mdx", "*.mdx"),
        ("a/b/c.mdx", "a/*.mdx"),
        ("a.mdx", "a/*.mdx"),
        ("b/a.mdx", "a/**/*.mdx"),
        ("A.mdx", "a.mdx"),
        ("course", "course/**"),
        ("a/b", "**/c"),
        ("a/x/b/y", "a/**/b"),
        (".mdx", "?*.mdx"),
    ],
)
def test_no_match(path: str, pattern: str) -> None:
    assert not matches(path, pattern)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("a.mdx", "*.mdx"),
        ("a.mdx", "**/*.mdx"),
        ("a/b/c.mdx", "**/*.mdx"),
        ("a/b.mdx", "a/**/*.mdx"),
        ("a/x/y/b.mdx", "a/**/*.mdx"),
        ("a/b/c/d", "**/b/**/d"),
        ("course/a/b", "course/**"),
        ("a/x/a/b", "**/a/b"),
        ("01-intro/x.mdx", "0[0-4]-*/?.mdx"),
        ("a\nb.mdx", "a?b.mdx"),
        ("a/b", "**/**/b"),
    ],
)
def test_match(path: str, pattern: str) -> None:
    assert matches(path, pattern)


@pytest.mark.parametrize(
    ("name", "glob"), [("a/b.mdx", False), ("a/*", True), ("[slug]", True), ("a?", True)]
)
def test_is_glob(name: str, glob: bool) -> None:
    assert is_glob(name) is glob


@given(
    st.lists(st.sampled_from(["a", "b"]), min_size=1),
    st.lists(st.sampled_from(["a", "b", "*", "**"]), min_size=1),
)
def test_two_stars_stand_for_any_folders(names: list[str], parts: list[str]) -> None:
    """Against the plain definition: `**` is nothing, or one name and then `**` again."""

    def expected(names: list[str], parts: list[str]) -> bool:
        if not parts:
            return not names
        if parts[0] == "**":
            last = len(parts) == 1
            skip = not last and expected(names, parts[1:])
            return skip or (bool(names) and ((last and len(names) == 1) or expected(names[1:], parts)))
        return bool(names) and parts[0] in ("*", names[0]) and expected(names[1:], parts[1:])

    assert matches("/".join(names[:8]), "/".join(parts[:6])) == expected(names[:8], parts[:6])


def test_many_stars_take_no_long_time() -> None:
    assert not matches("/".join("a" * 2000), "/".join(["**", "a"] * 200) + "/b")
    assert not matches("a" * 255, "*a" * 100 + "b")

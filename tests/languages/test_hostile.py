"""Blocks that were written to take long: each text takes time in proportion to its length."""

import time
from collections.abc import Callable, Iterable

import pytest

from checker.languages import dockerfile, json_text, mermaid, toml_text
from checker.languages.shell import checking

MANY = 20_000


def _shell(text: str) -> Iterable[object]:
    return checking.check([text]).values()


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (mermaid.parse, "flowchart LR\n" + "@{" * MANY),
        (mermaid.parse, "flowchart LR\n" + "-. a " * MANY),
        (mermaid.parse, "flowchart LR\n" + 'A["' * MANY),
        (mermaid.parse, "sequenceDiagram\n" + "a->>" * MANY),
        (dockerfile.parse, "FROM a\n" + "RUN a \\\n" * MANY),
        (dockerfile.commands, "FROM a\n" + "RUN a \\\n" * MANY),
        (json_text.parse, "{" + "a: //" * MANY),
        (_shell, "`<a" * 6_000),
        (_shell, "<" * MANY),
        (_shell, "{|" * MANY),
        (toml_text.parse, "a." * MANY + "a = 1"),
        (toml_text.parse, f"[{'a.' * MANY}a]"),
        (toml_text.parse, 'a = {"b".' + "'c' . " * MANY + "d = 1}"),
    ],
)
def test_what_never_ends_takes_no_long_time(read: Callable[[str], Iterable[object]], text: str) -> None:
    started = time.process_time()
    for _ in read(text):
        pass
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("text", "obstacle"),
    [
        ("a = 1", ""),
        ("a = [" + "1.5, " * 200 + "1.5]", ""),
        ("a = '" + "." * 200 + "'  # " + "." * 200, ""),
        ("a." * 100 + "a = 1", ""),
        ("a." * 101 + "a = 1", "a key has more than 100 parts"),
    ],
)
def test_keys_of_many_parts_are_not_looked_at(text: str, obstacle: str) -> None:
    assert toml_text.obstacle(text) == obstacle
    assert not list(toml_text.parse(text))


@pytest.mark.parametrize(
    ("text", "is_given_up"),
    [
        ("ls\n" * 200, False),
        ('if [ -f a ]; then echo "$(cat <a | wc)"; fi\n' * 500, False),
        ("echo `date` >a\n" * 100, False),
        ("echo `date` >a\n" * 101, True),
        ("<" * 30_000, True),
    ],
)
def test_shell_code_that_takes_long_is_not_looked_at(text: str, is_given_up: bool) -> None:
    assert bool(checking.obstacle(text)) is is_given_up
    assert not checking.check([text])

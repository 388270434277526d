"""What only a newer Python than this one reads: the same on every version, as if it were an old one."""

import ast

import pytest

from checker.analysis.newer_python import newer_python

READER = (3, 11)

OLD = [
    "class Stack[T]:\n    x: T\nStack[int]()",
    "def first[T: (int, str) = int, **P](x: T) -> T:\n    return x",
    "class Box[\n    T,\n]:\n    pass",
    "async def brew[T](x): ...",
    "type Cups = int",
    "type Pair[T] = tuple[T, T]\nx = 1",
    'print(f"{", ".join(["a"])}")',
    'print(f"{cup["a"]!r:>10}", 1)  # f"{',
    'f"{{{cup["a"]}}}" f"\\n{1}"',
    "f\"{'\\n'.join(cups)}\"",
    'f"""{cup["""a"""]}"""',
    'f"{\n1  # one\n}"',
    'f"{f"{1}"}"',
    'x = {"a": f"{"b"}", \'c\': """d""", "e": b"f"}',
]
NEW = ["try:\n    pass\nexcept ValueError, KeyError:\n    pass", 't"hi {name}"', 'print(t"{"a"}")']
BROKEN = [
    "print(1",
    "class Stack[T:\n    pass",
    "class Stack[T]\n    pass",
    f"class Stack[{'T, ' * 1_000}",
    "type = 3 +",
    "type Cups[\n    T] = int",
    'f"{x"',
    'f"{}"',
    'f"{a b}"',
    'f"{"a',
    'x = f"{x:#x}" + f"{y\'a',
    'print(f"{cup["a"]}"',
    'f"' + '{f"' * 40,
    "try:\n    pass\nexcept ValueError, error:\n    pass",
    "'abc",
    "# f'\nfor",
    "class Stack[T]:\n    pass\n" * 1_000,
]


def parses(source: str) -> bool:
    try:
        ast.parse(source, feature_version=READER)
    except SyntaxError:
        return False
    return True


@pytest.mark.parametrize("source", BROKEN)
def test_what_no_python_reads_is_not_newer(source: str) -> None:
    assert newer_python(source, parses, READER) is None


@pytest.mark.parametrize("source", OLD)
def test_what_came_with_3_12_is_taken_out(source: str) -> None:
    found = newer_python(source, parses, READER)
    assert found is not None
    assert found.version == "3.12"
    assert found.source.count("\n") == source.count("\n")
    ast.parse(found.source)


@pytest.mark.parametrize("source", NEW)
def test_what_came_with_3_14_is_taken_out(source: str) -> None:
    found = newer_python(source, parses, READER)
    assert found is not None
    assert found.version == "3.14"


def test_what_stays_keeps_its_place() -> None:
    source = 'class Stack[T]:\n    x = f"{"a"}" + tea'
    found = newer_python(source, parses, READER)
    assert found is not None
    assert found.source.startswith("class Stack   :\n    x = ")
    # How much of the string is taken out depends on the Python that parses it here.
    assert found.source.index("tea") == source.index("tea")
    assert found.what == "type parameters"


def test_a_version_is_not_newer_than_itself() -> None:
    assert newer_python("class Stack[T]: pass", lambda _: False, (3, 14)) is None

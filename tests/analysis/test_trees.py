"""The parts of syntax nodes that hold code, beside what `ast` gives."""

import ast

import pytest

from checker.analysis.trees import children, definitions, nodes_of, walk

SOURCES = [
    "",
    "a = b + -c if d else [e for e in f if not e and g]",
    "async def tea(leaf: str, /, cup=1, *more, spoon, **rest) -> int:\n    await leaf\n    del cup[1:2]",
    "@brew\nclass Tea(Leaf, kind=1):\n    cups = 0\n    def pour(self):\n        def in_it(): 1",
    "try:\n    import tea as t\nexcept* (A, B) as error:\n    def late(): raise X\nelse:\n    f'{a!r}'",
    "match cup:\n    case {'a': [1, *more], **rest} | Tea(b=x) as c if x < 1:\n        def poured(): yield",
    "with a as b, c:\n    x: int\n    y += 1\n    (z := lambda *q: (yield from q))\nwhile True: break",
]


@pytest.mark.parametrize("source", SOURCES)
def test_a_walk_is_that_of_ast_without_contexts_and_operators(source: str) -> None:
    tree = ast.parse(source)
    marks = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
    assert list(walk(tree)) == [each for each in ast.walk(tree) if not isinstance(each, marks)]


@pytest.mark.parametrize("source", SOURCES)
def test_nodes_of_some_types_are_found_in_the_order_of_a_walk(source: str) -> None:
    tree = ast.parse(source)
    for root in (tree, *tree.body):
        for kinds in ((ast.Call,), (ast.Name, ast.Assign, ast.stmt)):
            assert nodes_of(root, *kinds) == [each for each in ast.walk(root) if isinstance(each, kinds)]


@pytest.mark.parametrize("source", SOURCES)
def test_definitions_are_found_in_the_order_of_a_walk(source: str) -> None:
    tree = ast.parse(source)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    assert list(definitions(tree)) == [each for each in ast.walk(tree) if isinstance(each, kinds)]


def test_a_node_without_all_its_fields_has_the_children_that_are_there() -> None:
    assert children(ast.Return()) == []

"""Names over a session: what is silent first, then what is missing and why."""

import ast
import sys

import pytest

from tests.analysis.lessons import analysis, missing, names, of_blocks

# Lessons, each a tuple of blocks, in which nothing is missing.
COMPLETE = {
    "builtins": ("print(len([]), __name__, __doc__, Ellipsis)",),
    "notebook names": ("display(_)", "get_ipython(); In; Out; __"),
    "script": ("print(__file__)",),
    "earlier block": ("x = 1", "print(x)"),
    "conditional binding": ("if 1:\n    x = 1", "print(x)"),
    "either branch": ("import random\nif random.random() > 1:\n    x = 1\nelse:\n    x = 2\nprint(x)",),
    "for target": ("for i, (a, *b) in []:\n    pass\nelse:\n    i\nprint(i, a, b)",),
    "with target": ("with open('a') as f, open('b') as (g, h):\n    pass\nf, g, h",),
    "augmented": ("n = 0\nn += 1",),
    "walrus": ("if (n := 3) > 2:\n    print(n)\n[m := n for _ in '']\nm",),
    "walrus in a function": ("def f(xs):\n    return [y := x for x in xs], y",),
    "unpacking": ("(a, [b, *c]), d = (1, [2]), 3\na, b, c, d",),
    "annotated": ("x: int = 1\nx",),
    "imports": ("import os.path, sys as s\nfrom a import b, c as d\nos, s, b, d",),
    "star import": ("from tkinter import *\nLabel",),
    "star import earlier": ("from tkinter import *", "Label()"),
    "exec": ("exec('x = 1')\nx",),
    "globals": ("globals()['x'] = 1", "x"),
    "probe": ("try:\n    x\nexcept NameError:\n    x = 1",),
    "probe in a tuple": ("try:\n    unicode\nexcept (KeyError, NameError):\n    pass",),
    "probe in a function": ("def f():\n    try:\n        return x\n    except NameError:\n        return 1",),
    "comprehensions": (
        "[(x, y) for x in [1] for y in [x] if y if x]\n{a: b for a, b in []}\n{z for z in []}",
    ),
    "generator": ("sum(x for x in [1])",),
    "lambda": ("f = lambda x, *a, y=1, **k: (x, a, y, k)",),
    "lambda before its name": ("f = lambda: later()\ndef later(): pass\nf()",),
    "parameters": ("def f(a, /, b, *c, d=1, **e):\n    return a, b, c, d, e",),
    "function before its name": ("def f():\n    return g()\ndef g():\n    return 1\nf()",),
    "function before a later block": ("def f():\n    return g()", "def g():\n    return 1", "f()"),
    "recursion": ("def f(n):\n    return f(n - 1) if n else 0\nf(3)",),
    "mutual recursion": ("def f():\n    return g()\ndef g():\n    return f()\nf()",),
    "nested function": ("def f():\n    def g():\n        return x\n    x = 1\n    return g()\nf()",),
    "local later": ("def f():\n    for x in []:\n        y = x\n    return y",),
    "global": ("def f():\n    global n\n    n = 1\nf()\nn",),
    "nonlocal": ("def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += 1\n    return g",),
    "class body": ("class A:\n    x = 1\n    y = x\n    def m(self, z=x):\n        return __class__\nA",),
    "class in a class": ("class A:\n    class B:\n        x = 1\n    y = B",),
    "method before its name": (
        "class A:\n    def m(self):\n        return later\na = A()\nlater = 1\na.m()",
    ),
    "decorator": ("import functools\n@functools.cache\ndef f():\n    return later\nlater = 1",),
    "decorated is not called": (
        "def d(f):\n    return print\n@d\ndef f():\n    return later\nf()\nlater = 1",
    ),
    "generator function": ("def f():\n    yield later\nf()\nlater = 1",),
    "coroutine": ("async def f():\n    return later\nx = f()\nlater = 1",),
    "handed on": ("def f():\n    return later\nfs = [f]\nlater = 1",),
    "string annotation": ("def f(x: 'Frame') -> 'Frame':\n    y: 'Frame' = x\n    return y",),
    "local annotation": ("def f():\n    x: Frame = 1\n    return x",),
    "future annotations": (
        "from __future__ import annotations\ndef f(x: Frame) -> Frame: return x\ny: Frame = 1",
    ),
    "future annotations carry on": ("from __future__ import annotations", "def f(x: Frame): return x"),
    "handler name": ("try:\n    1\nexcept ValueError as e:\n    print(e)",),
    "handler name kept": ("e = None\ntry:\n    1\nexcept ValueError as e:\n    pass\nprint(e)",),
    "handler name rebound": ("try:\n    1\nexcept* ValueError as e:\n    error = e\nprint(error)",),
    "handler in a function": (
        "def f():\n    try:\n        pass\n    except ValueError as e:\n        return e",
    ),
    "next turn of a loop": ("for x in [1, 2]:\n    if x > 1:\n        print(seen)\n    seen = x",),
    "loop over what is bound": ("n = 0\nfor x in []:\n    n = x",),
    "while": ("while True:\n    if 0:\n        print(last)\n    last = 1",),
    "match": (
        "match [1]:\n    case [a, *b] | {'k': a, **b}:\n        a, b\n    case str() as s if s:\n        s",
    ),
    "match nothing": (
        "match 1:\n    case [*_]:\n        pass\n    case {'a': 1}:\n        pass\n    case _:\n        pass",
    ),
    "deleted in a branch": ("x = 1\nif x:\n    del x\nx",),
    "deleted and made again": ("x = 1\ndel x\nx = 2\nx",),
    "deleted in a function": ("def f():\n    x = 1\n    del x",),
    "f-string": ("x = 1\nf'{x!r:>{x}}'",),
    "broken block": (
        "import os\nx = 1\ny: int = 2\nfor i, j in z\nwith a as b\ndef f(",
        "os, x, y, i, j, b, f",
    ),
    "attribute and item": ("x = [1]\nx[0] = 2\nprint(x.y)\nx.z += 1\ndel x[0]",),
    "called, and bound in a later loop": ("def f():\n    return n\nf()\nfor n in []:\n    pass",),
    "local of every kind": (
        "def f(x):\n    import a.b, c as d\n    from e import g\n    {k: (m := k) for k in x}\n    d, g, m",
        "def f(x):\n    match x:\n        case [h, *i] | {'j': h, **i}:\n            return h, i",
    ),
    "deep chain of functions": (
        "\n".join(f"def f{n}():\n    return f{n + 1}()" for n in range(2000)) + "\ndef f2000(): pass\nf0()",
    ),
}


@pytest.mark.parametrize("codes", COMPLETE.values(), ids=COMPLETE.keys())
def test_nothing_is_missing(codes: tuple[str, ...]) -> None:
    assert missing(*codes) == []


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters came with Python 3.12")
def test_type_parameters_are_names() -> None:
    assert missing("type A = B\ndef f[T](x: T): return x\nclass C[T]:\n    x: T\nA") == []


MISSING = {
    "nowhere": (("print(x)",), [(0, "x", "nowhere")]),
    "every name once, in order": (("b(a, b, a)",), [(0, "b", "nowhere"), (0, "a", "nowhere")]),
    "later block": (("print(x)", "x = 1"), [(0, "x", "later")]),
    "later line": (("print(x)\nx = 1",), [(0, "x", "later")]),
    "later function": (("f()\ndef f(): pass",), [(0, "f", "later")]),
    "later class": (("A()\nclass A: pass",), [(0, "A", "later")]),
    "from its own value": (("df = df.dropna()",), [(0, "df", "nowhere")]),
    "augmented": (("n += 1", "n = 0"), [(0, "n", "later")]),
    "only augmented in a loop": (("for x in []:\n    n += x",), [(0, "n", "nowhere")]),
    "only in a later loop": (("print(msg)", "for msg in []:\n    pass"), [(0, "msg", "nowhere")]),
    "target of a later loop's body": (("print(e)", "while 1:\n    e = 1"), [(0, "e", "nowhere")]),
    "call too early": (("def f():\n    return g()\nf()\ndef g(): pass",), [(0, "g", "call")]),
    "call too early, a block later": (("def f():\n    return g", "f()", "g = 1"), [(0, "g", "call")]),
    "call through a call": (
        ("def f():\n    return g()\ndef g():\n    return h\nf()\nh = 1",),
        [(0, "h", "call")],
    ),
    "call of what is nowhere": (("def f():\n    return g\nf()",), [(0, "g", "nowhere")]),
    "never called, nowhere": (("def f():\n    return g",), [(0, "g", "nowhere")]),
    "lambda, nowhere": (("f = lambda: g",), [(0, "g", "nowhere")]),
    "method, nowhere": (("class A:\n    def m(self):\n        return g",), [(0, "g", "nowhere")]),
    "nested, nowhere": (("def f():\n    def h():\n        return g\n    return h",), [(0, "g", "nowhere")]),
    "method does not see the class": (
        ("class A:\n    x = 1\n    def m(self):\n        return x",),
        [(0, "x", "nowhere")],
    ),
    "lambda does not see the class": (("class A:\n    x = 1\n    f = lambda: x",), [(0, "x", "nowhere")]),
    "class body": (
        ("class A(B, metaclass=M):\n    y = x",),
        [(0, "B", "nowhere"), (0, "M", "nowhere"), (0, "x", "nowhere")],
    ),
    "decorator and default": (("@d\ndef f(x=y): pass",), [(0, "d", "nowhere"), (0, "y", "nowhere")]),
    "keyword default": (
        ("def f(*, x=y): pass\ng = lambda *, a=b: a",),
        [(0, "y", "nowhere"), (0, "b", "nowhere")],
    ),
    "annotation": (
        ("def f(x: A) -> B: pass\nz: C",),
        [(0, "A", "nowhere"), (0, "B", "nowhere"), (0, "C", "nowhere")],
    ),
    "comprehension's first iterable": (("[x for x in x]",), [(0, "x", "nowhere")]),
    "comprehension's name is gone": (("[x for x in []]\nprint(x)",), [(0, "x", "nowhere")]),
    "deleted": (("x = 1\ndel x\nprint(x)",), [(0, "x", "deleted")]),
    "deleted in an earlier block": (("x = 1", "del x", "print(x)"), [(2, "x", "deleted")]),
    "delete of what is not there": (("del x",), [(0, "x", "nowhere")]),
    "handler name is gone": (
        ("try:\n    1\nexcept ValueError as e:\n    pass\nprint(e)",),
        [(0, "e", "deleted")],
    ),
    "other handlers are no probe": (("try:\n    x\nexcept ValueError:\n    pass",), [(0, "x", "nowhere")]),
    "bare except is no probe": (("try:\n    x\nexcept:\n    pass",), [(0, "x", "nowhere")]),
    "match subject and value": (
        ("match a:\n    case B(): c",),
        [(0, "a", "nowhere"), (0, "B", "nowhere"), (0, "c", "nowhere")],
    ),
    "f-string": (("f'{x:{y}}'",), [(0, "x", "nowhere"), (0, "y", "nowhere")]),
    "star import comes too late": (("x", "from a import *"), [(0, "x", "nowhere")]),
    "global of a function that is not there yet": (
        ("n", "def f():\n    global n\n    n = 1"),
        [(0, "n", "nowhere")],
    ),
    "local of a function": (("def f():\n    x = 1", "x"), [(1, "x", "nowhere")]),
    "annotated only": (("x: int\nprint(x)",), [(0, "x", "nowhere")]),
    "with item": (("with a as b.c: pass",), [(0, "a", "nowhere"), (0, "b", "nowhere")]),
}


@pytest.mark.parametrize(("codes", "expected"), MISSING.values(), ids=MISSING.keys())
def test_what_is_missing(codes: tuple[str, ...], expected: list[tuple[int, str, str]]) -> None:
    assert missing(*codes) == expected


def test_a_missing_name_knows_where_it_is_made_and_called() -> None:
    found = names("def f():\n    return g", "\nf()", "\n\ng = 1")[0].missing[0]
    assert isinstance(found.node, ast.Name)
    assert (found.node.lineno, found.name) == (2, "g")
    assert found.made is not None
    assert found.called is not None
    assert (found.made.block, found.called.block) == (2, 1)


def test_a_name_stands_where_it_is_first_read() -> None:
    (found,) = names("def f():\n    return g\n\nprint(g)")[0].missing
    assert isinstance(found.node, ast.Name)
    assert found.node.lineno == 2


def test_uses_lead_to_the_last_earlier_block() -> None:
    found = names("x = 1\ny = 1", "x = 2", "print(x, y)\nz = x")
    assert found[2].uses == {"x": 1, "y": 0}
    assert found[2].binds == {"z"}


@pytest.mark.parametrize(
    "use", ["f()", "list(map(f, []))", "g()", "C()", "h = lambda: f()", "print([f() for _ in ''])"]
)
def test_a_function_brings_what_its_body_uses(use: str) -> None:
    functions = (
        "def f():\n    return data\ndef g():\n    return f()\nclass C:\n    def __init__(self):\n        f()"
    )
    found = names("data = 1", functions, use)
    assert found[1].uses == {}
    assert found[2].uses["data"] == 0


def test_annotations_use_what_they_name_unless_the_block_itself_says_otherwise() -> None:
    future = "from __future__ import annotations\n"
    code = "def f(x: Frame) -> Frame: return x"
    assert names("Frame = int", code)[1].uses == {"Frame": 0}
    assert names("Frame = int", future + code)[1].uses == {}
    assert names(future + "Frame = int", code)[1].uses == {"Frame": 0}


def test_a_function_called_twice_is_followed_in_both_blocks() -> None:
    found = names("data = 1", "def f():\n    return data", "f()", "f()")
    assert found[3].uses == {"f": 1, "data": 0}


def test_hidden_setup_binds_and_misses_nothing() -> None:
    found = analysis(
        "{/* check: setup\nwidth = unknown\nf = lambda: nothing\ndef g(): return nothing\n*/}\n"
        "```python\nprint(width)\n```\n"
    )
    assert found.names[0].missing == ()
    assert "width" in found.names[0].binds


def test_hidden_setup_that_does_not_parse_binds_nothing() -> None:
    found = analysis("{/* check: setup\nwidth = (\n*/}\n```python\nprint(width)\n```\n")
    assert [each.name for each in found.names[0].missing] == ["width"]


@pytest.mark.parametrize("line", ["%%sql\nSELECT 1", "%%bash\nls", "%%writefile a.py\nx = 1"])
def test_cells_in_other_languages_make_no_names(line: str) -> None:
    assert missing(line, "x") == [(1, "x", "nowhere")]


@pytest.mark.parametrize(
    "line",
    [
        '--8<-- "docs_src/app.py:setup"',
        "--8<--",
        "# --8<-- 'app.py'",
        "{{#include ../app.py:2:}}",
        "{{#rustdoc_include a}}",
        "{* ../../docs_src/app.py hl[1:3] *}",
        "{!app.py!}",
        "{% include 'app.py' %}",
        "{{< include app.py >}}",
        "{{% readfile app.py %}}",
        "<<< @/snippets/app.py{1}",
    ],
)
def test_what_a_file_brings_that_the_site_includes(line: str) -> None:
    found = of_blocks(line, "app.run()")
    assert (found.verdicts[0].kind, found.names[1].missing, found.names[1].uses) == (
        "fragment",
        (),
        {"app": 0},
    )


@pytest.mark.parametrize(
    "line", ["a = -8<-b", "{*a, *b}", "x = {'a': {{1}}}", "print('{{#include a}}')", "1 <<<"]
)
def test_what_includes_nothing(line: str) -> None:
    assert [each.name for each in of_blocks(line, "app.run()").names[1].missing] == ["app"]


def test_what_may_have_made_a_name_is_what_a_block_needs() -> None:
    found = names(
        "from a import *", "x\nlen", "def f():\n    return y\nf()", "try:\n    z\nexcept NameError:\n    pass"
    )
    assert [each.uses for each in found] == [{}, {"x": 0}, {"y": 0}, {}]
    assert names("exec('x = 1')\nx", "x", "%run a.py", "x")[3].uses == {"x": 2}


@pytest.mark.parametrize(
    "line", ["%run other.py", "%pylab", "%%capture out\n1", "%%sql x <<\nSELECT 1", "%%bash --out x\nls"]
)
def test_notebook_lines_that_may_bind_anything(line: str) -> None:
    assert missing(line, "print(out)") == []


def test_sessions_do_not_share_names() -> None:
    text = (
        "```python check:session=a\nx = 1\n```\n\n"
        "```python check:session=b\nprint(x)\n```\n\n"
        "```python check:session=a\nprint(x)\n```\n\n"
        "```python\nprint(x, y)\n```\n"
    )
    found = analysis(text)
    assert [(each.name, each.cause, each.elsewhere) for each in found.names[1].missing] == [
        ("x", "elsewhere", "the session `a`, at line 1")
    ]
    assert found.names[2].missing == ()
    assert [each.cause for each in found.names[3].missing] == ["elsewhere", "nowhere"]


def test_a_name_that_only_its_own_session_binds_is_nowhere_else() -> None:
    text = (
        "```python check:session=a\nprint(x)\nfor x in []: pass\n```\n\n"
        "```python check:session=b\ny = 1\n```\n\n```python check:session=c\ny = 1\n```\n\n"
        "```python check:session=d\ny = 1\n```\n"
    )
    assert [each.cause for each in analysis(text).names[0].missing] == ["nowhere"]


def test_functions_are_not_followed_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.analysis.namespace._MOST_FOLLOWED", -1)
    assert names("x = 1", "def f(): return x", "f()")[2].uses == {"f": 1}

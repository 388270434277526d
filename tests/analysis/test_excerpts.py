"""Whole, broken, fragment or no code: the cases that must stay whole come first."""

import pytest

from tests.analysis.lessons import analysis, of_blocks, verdict

WHOLE = {
    "script": ("import json\njson.dumps({})",),
    "session": ("import json", "json.dumps({})"),
    "literal": ("[1, 2]",),
    "function": ("def f(x):\n    return x",),
    "docstring": ('"""What follows."""',),
    "stub among code": ("def f(): ...\nf()",),
    "stub in a class": ("class A:\n    x: int = ...\n    def f(self): ...",),
    "empty class": ("class E(Exception): ...",),
    "ellipsis in a subscript": ("import numpy as np\nnp.zeros((2, 2))[..., 0]\nf: tuple[int, ...] = ()",),
    "ellipsis as a default": ("def f(x=...):\n    return x",),
    "ellipsis as required": ("from pydantic import Field\nx = Field(..., description='a')",),
    "ellipsis as subject": (
        "x = 1\nprint(...)\ntype(...)\nx is ...\nif x == ...:\n    pass\nassert x is not ...",
    ),
    "ellipsis in a text": ("print('Waiting...')\nprint('f(...)')",),
    "angle brackets in a text": ("html = '<table>'\nurl = 'http://<host>/'",),
    "braces in an f-string": ("x = 1\nf'{{x}} {x}'",),
    "a set of a set of something else": ("{frozenset({1})}",),
    "formula with values": ("a = 2\nb = a * 3",),
    "formula in a session": ("a = 2", "b = a * 3"),
    "comparison chain": ("a = 1\n0 < a < 2",),
    "annotation that looks like output": ("total: 5",),
    "magic alone": ("%matplotlib inline",),
    "await at the top": ("import asyncio\nawait asyncio.sleep(0)",),
    "names of underscores that are bound": (
        "for ___ in [1]:\n    print(___)",
        "_ = 1\n__ = _\nprint(__)\nclass A:\n    __slots__ = ()",
    ),
    "json with Python's words": ("{'a': True, 'b': None}",),
}


@pytest.mark.parametrize("codes", WHOLE.values(), ids=WHOLE.keys())
def test_whole(codes: tuple[str, ...]) -> None:
    found = verdict(*codes)
    assert (found.kind, found.reason, found.missing) == ("whole", "", ())


FRAGMENTS = {
    "empty": (("",), "it is empty"),
    "comments": (("# one\n\n# two",), "it has only comments"),
    "return": (("if x:\n    return 1",), "`return` is outside a function"),
    "continue": (("if 1:\n    continue",), "`continue` is outside a loop"),
    "break": (("break",), "`break` is outside a loop"),
    "yield": (("yield 1",), "`yield` is outside a function"),
    "return and await": (("x = await f()\nreturn x",), "`return` is outside a function"),
    "self": (("import os\nself.path = os.sep",), "it is the body of a class"),
    "bare ellipsis": (("import os\n...\nos.sep",), "`...` at line 5 stands for omitted code"),
    "ellipsis in a body": (("for x in [1]:\n    ...",), "`...` at line 5 stands for omitted code"),
    "ellipsis as an argument": (("print(len(...))",), "`...` at line 4 stands for omitted code"),
    "ellipsis as a keyword": (("dict(a=...)",), "`...` at line 4 stands for omitted code"),
    "ellipsis as a value": (("key = ...",), "`...` at line 4 stands for omitted code"),
    "ellipsis in a set": (("import json\njson.dumps({...})",), "`...` at line 5 stands for omitted code"),
    "ellipsis in a dict": (("{**{}, 'a': ...}",), "`...` at line 4 stands for omitted code"),
    "ellipsis in an assertion": (("assert 1 + 1 == ...",), "`...` at line 4 stands for omitted code"),
    "ellipsis between values": (("x = [\n    ...\n    'a',\n]",), "`...` stands for omitted code"),
    "ellipsis between keys": (
        ("x = {\n    'b': 1,\n    ...,\n    'a': 2,\n}",),
        "`...` stands for omitted code",
    ),
    "ellipsis in a sum": (("1 + ...",), "`...` at line 4 stands for omitted code"),
    "ellipsis returned": (
        ("def f():\n    x = 1\n    return ...",),
        "`...` at line 6 stands for omitted code",
    ),
    "jinja": (("import os\nname = {{ user }}",), "`{{ user }}` at line 5 stands for omitted code"),
    "elided sql": (
        ("cursor = open('a')\ncursor.execute('CREATE TABLE t (...)')",),
        "`(...)` at line 5 stands for omitted code",
    ),
    "gap for a value": (("import os\nprint(1 + ___)",), "`___` at line 5 stands for omitted code"),
    "short gap": (("sorted(__)",), "`__` at line 4 stands for omitted code"),
    "gap for a method": (("'a'.____()",), "`____` at line 4 stands for omitted code"),
    "gap for an argument": (("sorted([1], ___=True)",), "`___` at line 4 stands for omitted code"),
    "gap for an operator": (("1 ___ 2",), "`___` stands for omitted code"),
    "gap for a keyword": (("____ f(x):\n    return x",), "`____` stands for omitted code"),
    "signature": (("def f(a, b=1) -> int: ...",), "it is only a signature"),
    "documented signatures": (
        ('async def f(a):\n    """Do."""\n    ...\n\ndef g(): ...',),
        "it is only a signature",
    ),
    "ellipsis for the arguments of a result": (
        ("make = len\nmake('')(...)",),
        "`...` at line 5 stands for omitted code",
    ),
    "a word of JSON": (("print(true)",), "`true` is not defined in an earlier block"),
    "arithmetic with a text": (("line = width * 'x'",), "`width` is not defined in an earlier block"),
    "arithmetic on a call": (("size = len(rows) * 2",), "`rows` is not defined in an earlier block"),
    "one name": (("print(order)",), "`order` is not defined in an earlier block"),
    "names": (("db.save(order)",), "`db` and `order` are not defined in an earlier block"),
    "in a function": (("def f():\n    return db.get(1)",), "`db` is not defined in an earlier block"),
    "module and ordinary name": (
        ("json.dumps(order)",),
        "`json` and `order` are not defined in an earlier block",
    ),
    "module not written as one": (("print(json)",), "`json` is not defined in an earlier block"),
    "a client named as its package": (("redis.sadd('a', 1)",), "`redis` is not defined in an earlier block"),
    "a queue that is no module": (("queue.put(1)",), "`queue` is not defined in an earlier block"),
    "only a future import": (
        ("from __future__ import annotations\nprint(x)",),
        "`x` is not defined in an earlier block",
    ),
    "many names": (
        ("f(a, b, c, d, e)",),
        "`f`, `a`, `b`, `c`, `d` and 1 more are not defined in an earlier block",
    ),
    "call too early and a name": (
        ("print(db)\ndef f():\n    return g\nf()\ng = 1",),
        "`db` is not defined in an earlier block; `g` is defined only later, at line 8",
    ),
    "indented": (("    x = 1\n    print(x)",), "it is an indented body without its header"),
    "indented with a return": (("    x = 1\n\n    return x",), "it is an indented body without its header"),
    "angle placeholder": (("x = f(<your key>)",), "`<your key>` stands for omitted code"),
    "gaps": (("for ??? in cups.???(2):\n    pour(???)",), "`???` stands for omitted code"),
    "a gap before a text": (("x = f(\n    ???'a',\n    ???=True\n)",), "`???` stands for omitted code"),
    "shell placeholder": (("x = ${KEY}",), "`${KEY}` stands for omitted code"),
    "left to a comment": (("x = # as above\nprint(x)",), "`a comment` stands for omitted code"),
    "arguments left out behind a keyword": (
        ("import tea\ntea.pour(cup=2, ...)\ntea.stir(cup=2, ..., spoon=<yours>)",),
        "`...` stands for omitted code",
    ),
    "parameters left out": (("def f(...):\n    return 1",), "`...` stands for omitted code"),
    "template of words": (("{part name}_{type}_{attribute}",), "`{part name}` stands for omitted code"),
    "template": (("{path}:{name}",), "`{path}` stands for omitted code"),
    "body of comments": (
        ("def f(x):\n    # your code here",),
        "a body is missing or has only comments",
    ),
    "bodies of comments": (
        ("class A:\n    def f(self):\n        # one\n\n    def g(self):\n        # two\n\nA()",),
        "a body is missing or has only comments",
    ),
    "header": (("for x in range(3):",), "a body is missing or has only comments"),
    "except": (("except ValueError as e:\n    print(e)",), "`except` has no matching statement"),
    "finally": (("finally:\n    close()",), "`finally` has no matching statement"),
    "else of comments": (("else:\n    # nothing",), "`else` has no matching statement"),
    "elif": (("elif x:\n    y()",), "`elif` has no matching statement"),
    "case": (("case [x]:\n    y()",), "`case` has no matching `match`"),
    "chain": (("# first\n.start()\n\n# or\n.stop()",), "it is the end of a chain of method calls"),
    "decorator": (("@app.route('/')",), "a decorator has no function or class"),
    "decorator over lines": (("import a\n@dag(\n    b=a.c,\n)",), "a decorator has no function or class"),
    "members without commas": (
        ('"total": "price * count"\n"name": "first + last"',),
        "it is part of a literal",
    ),
    "signature without a body": (("def f(a, b) -> int\nclass A(B):",), "it is only a signature"),
    "a function of a reference": (
        ("pour(tea: str, cups: int = 2) -> Cup | None",),
        "it is only a signature",
    ),
    "over lines": (("# tea\nshop.pour(\n    tea: 'str',\n    cups,\n) -> None:",), "it is only a signature"),
    "a class of a reference": (
        ("class Pot(size: int = (lambda: 3)(), *, parts: list[str] = [], **options: dict[str, Any] = {})",),
        "it is only a signature",
    ),
    "a record of a reference": (("class Pot(size: int = 3, tea: str)",), "it is only a signature"),
    "the rest with a default": (
        ("def pour(*cups: P.args = (), **o: P.kwargs = {}) -> R",),
        "it is only a signature",
    ),
    "pseudocode": (("import os\nsave(os.sep)  # pseudo-code",), "it says that it is pseudocode"),
    "pseudocode in Russian": (("import os\n# Псевдокод\nsave(os.sep)",), "it says that it is pseudocode"),
    "arguments": (("retries=3,\n**rest",), "it is part of a call"),
    "items": (('"a": 1,\n"b": [2],',), "it is part of a literal"),
    "indented items": (('    "a": 1,\n    "b": 2',), "it is part of a literal"),
}


@pytest.mark.parametrize(("codes", "reason"), FRAGMENTS.values(), ids=FRAGMENTS.keys())
def test_fragment(codes: tuple[str, ...], reason: str) -> None:
    found = verdict(*codes)
    assert (found.kind, found.reason) == ("fragment", reason)


BROKEN = {
    "script": (("import os\nprint(os.sep, total)",), "`total` is not defined in an earlier block"),
    "import in a branch": (
        ("if 1:\n    import os\nprint(total)",),
        "`total` is not defined in an earlier block",
    ),
    "module": (("json.loads('{}')",), "`json` is not defined in an earlier block"),
    "modules": (("pd.DataFrame(json.loads('{}'))",), "`pd` and `json` are not defined in an earlier block"),
    "class of a module": (("datetime.now()",), "`datetime` is not defined in an earlier block"),
    "defined later": (("print(total)", "total = 1"), "`total` is defined only later, at line 10"),
    "used before its line": (
        ("print(x, y)\nx = 1\ny = 2",),
        "`x` is defined only later, at line 5; `y` is defined only later, at line 6",
    ),
    "called too early": (("def f():\n    return g\nf()\ng = 1",), "`g` is defined only later, at line 7"),
    "pseudocode in a text": (
        ("import os\nprint(os.sep, x, 'pseudocode')",),
        "`x` is not defined in an earlier block",
    ),
    "deleted": (("x = 1\ndel x\nprint(x)",), "`x` is deleted at line 5"),
    "no colon": (("for x in y\n    print(x)",), "does not parse: expected ':'"),
    "body without indentation": (
        ("for x in [1]:\nprint(x)",),
        "does not parse: expected an indented block after 'for' statement on line 1",
    ),
    "old print": (
        ("print 'a'",),
        "does not parse: Missing parentheses in call to 'print'. Did you mean print(...)?",
    ),
    "unclosed": (("x = (1,\ny = 2",), "does not parse: '(' was never closed"),
    "signature and a body": (("def f(a)\n    return a",), "does not parse: expected ':'"),
    "nonlocal": (("nonlocal x\nx = 1",), "does not parse: nonlocal declaration not allowed at module level"),
    "double parameter": (
        ("def f(a, a): pass",),
        "does not parse: duplicate argument 'a' in function definition",
    ),
    "a blank that is none": (("\xa0",), "does not parse: invalid non-printable character U+00A0"),
    "too many bodies": (
        ("class A:\n" + "    def f(self):\n        # later\n\n" * 30 + "    x = 1",),
        "does not parse: expected an indented block after function definition on line 2",
    ),
    "too long to try": (("x = (" + "\n# comment" * 3_000,), "does not parse: '(' was never closed"),
}


@pytest.mark.parametrize(("codes", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_broken(codes: tuple[str, ...], reason: str) -> None:
    found = of_blocks(*codes).verdicts[0]
    assert (found.kind, found.reason) == ("broken", reason)


@pytest.mark.parametrize(
    "codes",
    [
        ("cups =\nprint(cups)\nprint(1)", "print(cups)"),
        ("cups =\nprint(cups)\nprint(1)", "cup = 1\ncups == 2"),
        ("cups =\nprint(cups)\nprint(1)", "# cups = 1\ncups ="),
        ("cups =\nspoons =\nprint(cups)", "cups = 1"),
        ("cups =\nfor cup in cups\n    print(cup)", "cups = []"),
        ("cups ==\nprint(1)\nprint(cups)", "cups == 1"),
        ("pour(cup=2, 3)", "pour(cup=2)"),
    ],
)
def test_a_value_that_no_later_block_gives_is_missing(codes: tuple[str, ...]) -> None:
    assert of_blocks(*codes).verdicts[0].kind == "broken"


@pytest.mark.parametrize(
    ("exercise", "solution", "gap"),
    [
        ("cups =\nprint(cups)\nprint(1)", "cups = 3", "cups"),
        ("import os\nsep =\nprint(sep)", "print(1)\nif 1:\n    sep=os.sep", "sep"),
        (
            "def f(rows):\n  rows['n'], b =\n\n  return b",
            "def f(rows):\n    rows['n'],b = 1, 2",
            "rows['n'], b",
        ),
        ("if 1:\n  cups =\nelse:\n  cups = # none", "cups = 1", "cups"),
    ],
)
def test_an_exercise_leaves_out_what_its_solution_gives(exercise: str, solution: str, gap: str) -> None:
    first = of_blocks(exercise, "Next = 1", solution).verdicts[0]

    assert (first.kind, first.reason) == ("fragment", f"a later block gives `{gap}` its value")


@pytest.mark.parametrize(
    "later",
    [
        "producer = Producer(settings)",
        "producer = Producer(...)",
        "producer = connect(host)\nproducer.flush()",
    ],
)
def test_a_name_that_only_an_excerpt_makes_later_proves_nothing(later: str) -> None:
    first = of_blocks("producer.send('a')", later).verdicts[0]

    assert (first.kind, first.reason) == ("fragment", "`producer` is defined only later, at line 10")


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("producer.send('a')", "producer = open('a')"),
        ("import json\njson.dumps(producer)", "producer = Producer(settings)"),
        ("print(rows)", "import json\nrows = json.loads(text)"),
        ("print(rows)", "rows = json.loads('[]')"),
    ],
)
def test_a_name_that_code_makes_too_late_is_broken(first: str, later: str) -> None:
    assert of_blocks(first, later).verdicts[0].kind == "broken"


def test_two_names_of_which_one_comes_later_prove_nothing() -> None:
    assert of_blocks("save(total)", "total = 1").verdicts[0].kind == "fragment"


@pytest.mark.parametrize("comment", ["# ❌ WRONG", "# ✅ RIGHT"])
def test_an_illustration_may_use_a_name_that_comes_later(comment: str) -> None:
    assert of_blocks(f"{comment}\nprint(total)", "total = 1").verdicts[0].kind == "fragment"


NOT_CODE = {
    "formula": ("size = (memory * 1024) / row", "a formula"),
    "formulas": ("lag = produced - consumed\nrate = lag / -seconds", "a formula"),
    "bare formula": ("rows * 2.5", "a formula"),
    "formula with its result": ("size = (50 * 1024) / 5 = 10240 rows", "a formula"),
    "formula with a unit": ("time = 4000 * 2.5 ms", "a formula"),
    "formula in symbols": ("latency ≈ size × 2", "a formula"),
    "json": ('{"snapshot": true, "table": null}', "JSON"),
    "prose": ("Start the connector first.\n- Then wait for the snapshot, please!", "prose"),
    "prose in Russian": ("Сначала запустите коннектор, затем подождите.", "prose"),
    "install": ("pip install pandas", "shell commands"),
    "shell": ("$ docker compose up -d\n$ python consumer.py \\\n    --verbose", "shell commands"),
    "traceback": ("Traceback (most recent call last):\n  File 'a', line 1\nKeyError: 'b'", "output"),
    "error line": ("ValueError: no such column", "output"),
    "log": ("2026-01-02 10:11:12 INFO started\nok then", "output"),
    "frame": ("   id  name\n0   1  anna\n1   2  oleg", "output"),
    "series": ("0    1.5\n1    2.5\nName: price, dtype: float64", "output"),
    "series' name": ("Name: price, dtype: float64", "output"),
    "frame's size": ("   a  b\n0  x  y\n1  z  w\n[2 rows x 2 columns]", "output"),
    "addresses": (
        "# in memory\nsqlite:///:memory:\n# a server\npostgresql+asyncpg://me:x@host:5432/db",
        "an address",
    ),
    "tree": ("course/\n├── 01-intro.mdx\n└── 02-next.mdx", "output"),
    "table": ("+---+---+\n| a | b |\n+---+---+", "output"),
}


@pytest.mark.parametrize(("code", "what"), NOT_CODE.values(), ids=NOT_CODE.keys())
def test_not_code(code: str, what: str) -> None:
    found = verdict(code)
    assert (found.kind, found.reason) == ("not-code", what)


STILL_BROKEN = [
    "for total in totals\n    print(total)",
    "import pandas as pd as frames",
    "print hello big world",
    "x = = 5",
    "x = 5 y",
    "price = 3 * 4 5",
    "while True\n    pass",
    "return x y z",
    "df.head(5",
    "x == 1 and and y",
    "make = 3 +",
    "cups = {tea mate}",
    "dict(a: 1)",
    "pour(tea cups: int)",
    "pour(tea: str) = 3",
    "print(f'{x}' -> str",
]


@pytest.mark.parametrize("code", STILL_BROKEN)
def test_broken_code_is_not_taken_for_text(code: str) -> None:
    assert verdict(code).kind == "broken"


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Output:", "not-code"),
        ("The program prints this.\nРезультат:", "not-code"),
        ("**Вывод:**", "not-code"),
        ("The output of the query is a list.", "whole"),
        ("Next.", "whole"),
    ],
)
def test_values_under_a_label_are_output(label: str, kind: str) -> None:
    found = analysis(f"```python\nx = [1, 2]\nx\n```\n\n{label}\n\n```python\n[1, 2]\n```\n")
    assert found.verdicts[1].kind == kind


@pytest.mark.parametrize("code", ["9", "Tea(cups=[1])", "Tea({\n  a: b\n})", "x = 1", "AttributeError: no"])
def test_a_fence_that_says_out_is_output(code: str) -> None:
    assert analysis(f"```python out\n{code}\n```\n").verdicts[0].reason == "output"
    assert analysis(f"```python outer\n{code}\n```\n").verdicts[0].reason == verdict(code).reason


def test_text_under_a_label_is_output() -> None:
    assert (
        analysis("Output:\n\n```python\n<built-in function len>; ok ]\n```\n").verdicts[0].reason == "output"
    )


PRINTS = "```python\nprint(1)\n```\n\n"


@pytest.mark.parametrize(
    "code",
    [
        "def pour(",
        "pour(1",
        "total = = 3",
        "if 3 print 4",
        "print 'tea'",
        "cups[0 1]",
        "@tea cup",
        "for x in y z:\n    z",
        "1 +\\\n2 3",
    ],
)
def test_broken_code_below_a_print_is_code(code: str) -> None:
    assert analysis(f"{PRINTS}```python\n{code}\n```\n").verdicts[1].kind == "broken"


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        (PRINTS, "not-code"),
        (PRINTS + "<Fold title='Output'>\n\n", "not-code"),
        ("```python\nx = 1\nx\n```\n", "not-code"),
        (PRINTS + "Then:\n\n", "broken"),
        ("```python\nx = 1\n```\n", "broken"),
        ("```python\nx = =\n```\n", "broken"),
        ("```python\n```\n", "broken"),
        ("```bash\necho 1\n```\n", "broken"),
        ("", "broken"),
    ],
)
def test_text_right_below_what_prints_is_output(before: str, kind: str) -> None:
    text = f"{before}```python\nname='Ann' tea='mate'\n44\nJohn Smith: 555-0123\n```\n"
    (*_, found) = analysis(text).verdicts.values()
    assert found.kind == kind


def test_code_under_a_label_is_code() -> None:
    assert analysis("Result:\n\n```python\nprint(1)\n```\n").verdicts[0].kind == "whole"


def test_a_label_counts_only_right_above() -> None:
    text = "Output:\n\n```bash\nls\n```\n\n```python\n[1, 2]\n```\n"
    assert analysis(text).verdicts[1].kind == "whole"
    assert analysis("```python\n[1]\n```\n").verdicts[0].kind == "whole"

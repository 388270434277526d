"""Imports that are read at once leave what their tokens would leave behind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.reading.mdx.javascript.modules import Module
from checker.reading.mdx.javascript.scanner import Scanner
from checker.reading.mdx.refusal import RefusedError

NAMES = st.sampled_from(["a", "b", "c", "$d", "_e1", "é", "as", "from", "type", "default"])
SOURCES = st.sampled_from(["'x'", '"./y.astro"', "'it\"s'", "'a\\n'", "''", "'x", "`x`"])
ENDS = st.sampled_from(["", ";", " ;", "; ", ";;", "\t", " // c", "; import z from 'z'", " = 1"])
LISTS = st.lists(NAMES, max_size=3).flatmap(
    lambda names: st.sampled_from(["{ %s }", "{%s}", "{%s, }", "{ %s as f }"]).map(
        lambda braces: braces % ", ".join(names)
    )
)
IMPORTS = st.tuples(NAMES | LISTS, SOURCES, ENDS).map(lambda parts: "import {} from {}{}".format(*parts))
OTHERS = st.sampled_from([
    "import * as a from 'x'", "import 'x'", "import a, { b } from 'x'", "import {", "a } from 'x'",
    "export { a }", "export const b = 1", "export default (a) => {", "}", "/ 2", "(1)", "`t`", "/* c", "*/",
    "", "tea",
])  # fmt: skip


class Slow(Module):
    """Reads the same by its tokens alone."""

    feed = Scanner.feed


def read(module: Module, lines: list[str]) -> list[object]:
    found: list[object] = []
    for line in lines:
        try:
            found.append(module.feed(line, 0, len(line)))
        except RefusedError as error:
            return [*found, error.offset, str(error)]
        found += [module.complete(), module.state, module.value, module.fresh, module.bare, module.ended]
        found.append(module._undeclared())
    return found


@pytest.mark.parametrize("name", ["a", "{ a }", "{a, b}", "{ as, from }"])
@pytest.mark.parametrize("end", ["", ";"])
def test_such_an_import_is_read_at_once(name: str, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Module, "read")
    imported = {"tea"}
    module = Module(imported)
    line = f"import {name} from './a.astro'{end}"
    assert module.feed(line, 0, len(line)) is None
    assert module.complete()
    assert imported > {"tea"}


@settings(max_examples=300, deadline=None)
@given(st.lists(IMPORTS | OTHERS, max_size=5), st.sets(NAMES, max_size=1))
def test_all_imports_are_read_as_by_their_tokens(lines: list[str], imported: set[str]) -> None:
    quick, slow = set(imported), set(imported)
    assert read(Module(quick), lines) == read(Slow(slow), lines)
    assert quick == slow

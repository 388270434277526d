"""Fences of MyST: which hold Python, and what of them is options."""

import pytest

from checker.analysis.myst import is_python_directive, tags, without_options
from checker.reading.lesson import parse_lesson
from tests.analysis.lessons import analysis
from tests.running.test_plan import plans


def directive(info: str, code: str = "1") -> bool:
    (block,) = parse_lesson("a.md", f"```{info}\n{code}\n```\n").blocks
    return is_python_directive(block)


@pytest.mark.parametrize(
    "info",
    [
        "",
        "python",
        "{code-cell}",
        "{note}",
        "{note} python",
        "{code-block}",
        "{code} bash",
        "{code-cell} r",
        "{code-cell} python-repl",
    ],
)
def test_no_python(info: str) -> None:
    assert not directive(info)


@pytest.mark.parametrize(
    "info",
    [
        "{code-cell} ipython3",
        "{Code-Cell} Python",
        "{code-block} python",
        "{code} py",
    ],
)
def test_python(info: str) -> None:
    assert directive(info)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("", 1),
        ("---\ntitle: Tea\n---\n", 1),
        ("---\nkernelspec:\n  name: python3\n---\n", 1),
        ("---\nkernelspec:\n  display_name: Python 3\n---\n", 1),
        ("---\nkernelspec: tea\n---\n", 1),
        ("---\nkernelspec:\n  name: xcpp17\n  language: C++17\n---\n", 0),
        ("---\nkernelspec:\n  name: ir\n---\n", 0),
    ],
)
def test_a_cell_without_a_language_has_its_kernel_s(head: str, found: int) -> None:
    assert len(analysis(f"{head}```{{code-cell}}\n:tags: [a]\n1\n```\n").cells) == found


@pytest.mark.parametrize(
    ("code", "plain"),
    [
        ("x = 1", "x = 1"),
        ("", ""),
        (":tags: [a]\n:caption: b\n\nx = 1", "\n\n\nx = 1"),
        ("---\ntags: [a]\n---\nx = 1", "\n\n\nx = 1"),
        ("---\nx = 1", "---\nx = 1"),
        ("x[1\n:2]", "x[1\n:2]"),
        (":tags: [a]", ""),
    ],
)
def test_options_are_blanked(code: str, plain: str) -> None:
    assert without_options(code) == plain


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("x = 1", set()),
        (":tags: [raises-exception, hide-cell]\nx = 1", {"raises-exception", "hide-cell"}),
        (":tags: hide-cell\n:name: a\nx", {"hide-cell"}),
        ("---\nname: a\ntags:\n- raises-exception\n- b\nother:\n- c\n---\nx = 1", {"raises-exception", "b"}),
    ],
)
def test_tags(code: str, found: set[str]) -> None:
    (block,) = parse_lesson("a.md", f"```{{code-cell}} python\n{code}\n```\n").blocks
    assert tags(block) == found


def test_tags_of_other_fences_mean_nothing() -> None:
    (block,) = parse_lesson("a.md", "```python\n:tags: [a]\n```\n").blocks
    assert tags(block) == set()


def test_a_name_is_where_it_stands_in_the_lesson() -> None:
    text = "```{code-cell} python\n:tags: [hide-cell]\nimport os\nprint(os.sep, tea)\n```\n"
    found = analysis(text)
    (missing,) = found.verdicts[0].missing
    assert found.cells[0].lesson_line(missing.node) == 4


def test_what_is_tagged_to_raise_is_shown_wrong_on_purpose() -> None:
    (plan,) = plans("```{code-cell} python\n:tags: [raises-exception]\n1 / 0\n```\n")
    assert (plan.kind, plan.runs) == ("counterexample", True)


def test_what_is_tagged_to_be_skipped_is_skipped() -> None:
    (plan,) = plans("```{code-cell} python\n:tags: [skip-execution]\n1 / 0\n```\n")
    assert (plan.kind, plan.reason) == (
        "skipped-by-author",
        "it is skipped by its author with the tag `skip-execution`",
    )

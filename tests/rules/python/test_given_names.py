"""Names that only a setup of the configuration gives, silent cases first."""

from checker.analysis.lesson import analyze
from checker.config import Config
from checker.reading.lesson import parse_lesson
from checker.reading.setups import Setup, give
from checker.rules.python.undefined_name import check


def told(text: str, *setups: tuple[str, str]) -> list[tuple[str, str, bool, str]]:
    """Severity, the line's words at the place, whether it is intended, and the message up to its colon."""
    given = [Setup("**", before, code, "run.setups[0].before") for before, code in setups]
    lesson = give(parse_lesson("a.mdx", text), given)
    return [
        (
            each.severity or "error",
            text[each.span.start : each.span.end],
            each.intended,
            each.message.partition(":")[0],
        )
        for each in check(analyze(lesson), Config())
    ]


def block(code: str) -> str:
    return f"```python\n{code}\n```\n\n"


FRAME = ("df.head()", "import pandas as pd\ndf = pd.DataFrame()")


def test_what_the_lesson_defines_itself_is_silent() -> None:
    assert told(block("df = 1") + block("df.head()"), FRAME) == []
    assert told(block("import os\nos.sep"), ("import os", "os = 1")) == []
    own = "{/* check: setup\ndf = 1\n*/}\n" + block("df.head()")
    assert told(own, FRAME) == []
    assert told("# A\n", FRAME) == []


def test_without_a_setup_it_is_the_excerpt_s_own_finding() -> None:
    ((severity, at, _, message),) = told(block("df.head()"))
    assert (severity, at, message) == ("info", "df", "`df` is not defined")


def test_what_only_the_configuration_gives_is_told_once_a_block() -> None:
    text = block("df.head()\ndf.tail()") + block("df.sum()")
    assert told(text, FRAME) == [
        ("info", "df", False, "`df` is not defined by the lesson"),
        ("info", "df", False, "`df` is not defined by the lesson"),
    ]
    ((_, _, _, message),) = told(block("df.head(n, m)"), ("df.head(n", "df = n = m = 1"))
    assert message == "`df`, `n` and `m` are not defined by the lesson"


def test_one_that_a_later_block_defines_is_told_too() -> None:
    assert told(block("df.head()") + block("import pandas as pd\ndf = pd.DataFrame()"), FRAME) == [
        ("info", "df", False, "`df` is not defined by the lesson")
    ]


def test_what_is_still_missing_is_reported_as_before() -> None:
    text = block("import os\ndf.head(os.sep, nothing)")
    ((first, at, _, _), (second, other, _, _)) = told(text, ("import os", "df = 1"))
    assert (first, at, second, other) == ("error", "nothing", "info", "df")


def test_in_what_is_shown_wrong_it_is_intended() -> None:
    ((_, _, intended, _),) = told("{/* check: wrong */}\n" + block("df.head()"), FRAME)
    assert intended

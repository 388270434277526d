"""python-syntax on lessons: what is no defect first."""

import pytest

from checker.rules.python import python_syntax
from tests.rules.python.lessons import findings, found, marks

SILENT = {
    "plain": "x = 1",
    "excerpts": "if x:\n    continue",
    "a formula that parses": "size = (memory * 1024) / row",
    "an excerpt that parses": "Consumer({...})",
    "magics": "%matplotlib inline\n!ls",
    "undefined": "import os\nprint(missing)",
    "escape": "pattern = '\\d'",
    "await": "await main()",
}


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT.keys())
def test_silent(code: str) -> None:
    assert findings(python_syntax, f"```python\n{code}\n```\n") == []


def test_a_fence_that_says_out_is_silent() -> None:
    assert findings(python_syntax, "```python out\nTea({ cups: 3 })\n```\n") == []


@pytest.mark.parametrize(
    ("code", "severity", "end"),
    [
        (
            "   id  name\n0   1  anna",
            "warning",
            "it is output; name another language in the fence, such as `text`",
        ),
        (
            "Start the connector and wait for it.",
            "warning",
            "it is prose; name another language in the fence, such as `text`",
        ),
        (
            "chunk = (50 * 1024) / 5 = 10240 rows",
            "warning",
            "it is a formula; name another language in the fence, such as `text`",
        ),
        (
            "pip install pandas",
            "warning",
            "it is shell commands; name another language in the fence, such as `text`",
        ),
        (
            ".trigger(once=True)\n.trigger(now=True)",
            "info",
            "this is an excerpt: it is the end of a chain of method calls",
        ),
    ],
)
def test_what_was_not_meant_to_run_is_no_error(code: str, severity: str, end: str) -> None:
    (finding,) = findings(python_syntax, f"```python\n{code}\n```\n")
    assert (finding.severity, finding.message.partition("): ")[2]) == (severity, end)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("print(df)\n   a  b\n0  1  2\n1  3  4", 3),
        ("1 / 0\nTraceback (most recent call last):\nZeroDivisionError: division by zero", 3),
        ("df.dtypes\n\na    int64\ndtype: object", 4),
        ("df.sum()\nOutput:\n   b\na\n1  2", 3),
        ("df.show()\n+---+\n|  1|\n+---+", 3),
        ("df.printSchema()\nroot\n |-- id: long (nullable = true)", 4),
        ("df.explain()\n== Physical Plan ==\n*(1) Project [id#0]", 3),
    ],
)
def test_output_below_its_code_is_a_warning_that_says_where(code: str, line: int) -> None:
    (finding,) = findings(python_syntax, f"```python\n{code}\n```\n")
    end = f"from line {line} on this is output; move it to a separate `text` fence"
    assert (finding.severity, finding.message.partition("): ")[2]) == ("warning", end)


@pytest.mark.parametrize(
    "code",
    [
        "total = first\n    + second",
        "total(first)\n    | second",
        "for x in y:\nprint(x)",
        "first = 1\nTraceback (most recent call last):",
        "show()\nOutput:",
        "x = (1\n+---+\n+---+",
    ],
)
def test_broken_code_below_other_code_is_no_output(code: str) -> None:
    (finding,) = findings(python_syntax, f"```python\n{code}\n```\n")
    assert finding.severity in {"error", "info"}
    assert "output" not in finding.message


@pytest.mark.parametrize(
    "code",
    [
        "SELECT customer, count(*) FROM orders GROUP BY customer;",
        "-- all of them\nINSERT INTO orders VALUES (1);",
        "CREATE TABLE orders (\n    id int\n);",
    ],
)
def test_sql_is_called_so(code: str) -> None:
    (finding,) = findings(python_syntax, f"```python\n{code}\n```\n")
    assert finding.severity == "error"
    assert finding.message.endswith("): it is SQL; name `sql` in the fence")


REPORTED = {
    "missing colon": """
```python
rows = [1]
for row in rows  # error: [python-syntax]
    print(row)
```
""",
    "every broken block": """
```python
x = = 1  # error: [python-syntax]
```

```python
y = 2
```

```python
def f(a, a):  # error: [python-syntax]
    return a
```
""",
    "in a console": """
```pycon
>>> x = 1
>>> y = x +  # error: [python-syntax]
```
""",
    "in a list": """
- Step

  ```python
  имя = 'ё'
  имя = = 1  # error: [python-syntax]
  ```
""",
    "unclosed": """
```python
rows = [1, 2  # error: [python-syntax]
print(rows)
```
""",
}


@pytest.mark.parametrize("text", REPORTED.values(), ids=REPORTED.keys())
def test_reported(text: str) -> None:
    assert found(python_syntax, text) == marks(text)


@pytest.mark.parametrize(
    ("code", "at", "message"),
    [
        ("for x in y\n    x", "", "expected ':'"),
        ("имя = 'ё'; y = = 2", "=", "invalid syntax"),
        (
            "x = 0777",
            "0",
            (
                "leading zeros in decimal integer literals are not permitted;"
                " use an 0o prefix for octal integers"
            ),
        ),
        ("if True:\nprint(1)", "print", "expected an indented block after 'if' statement on line 2"),
        ("x = 'abc", "'", "unterminated string literal (detected at line 2)"),
        ("x = (" + "-" * 20_000, "x", "it is nested too deeply for Python"),
        ("x = '''\n", "'", "unterminated triple-quoted string literal (detected at line 2)"),
        ("print 'a'", "print 'a'", "Missing parentheses in call to 'print'. Did you mean print(...)?"),
    ],
)
def test_the_place_and_the_words(code: str, at: str, message: str) -> None:
    text = f"```python\n{code}\n```\n"
    (finding,) = findings(python_syntax, text)
    assert (
        finding.message
        == f"Python cannot read this ({message}): fix it, or name another language in the fence"
    )
    assert text[finding.span.start : finding.span.end] == at


@pytest.mark.parametrize(
    ("text", "intended"),
    [
        ("```python\nx = = 1\n```\n", False),
        ("```python\n# ❌ WRONG\nx = = 1\n```\n", True),
        ("```python check:wrong\nx = = 1\n```\n", True),
    ],
)
def test_what_is_wrong_on_purpose_is_intended(text: str, intended: bool) -> None:
    assert [each.intended for each in findings(python_syntax, text)] == [intended]


def test_what_a_newer_python_reads_is_information() -> None:
    (finding,) = findings(python_syntax, '```python\ncup = t"{tea}"\n```\n')
    assert finding.severity == "info"
    assert finding.message.endswith("it is written for Python 3.14 (t-strings), and is not run")

"""undefined-name on lessons: the silent ones first."""

import pytest

from checker.rules.python import undefined_name
from tests.rules.python.lessons import findings, found, marks

SILENT = {
    "one namespace": """
```python
import json

rows = [1]
```

```python
print(json.dumps(rows))
```
""",
    "a block that was skipped still defines": """
{/* check: skip="needs the lab" */}
```python
client = connect()
```

```python
client.close()
```
""".replace("connect()", "print"),
    "an excerpt still defines": """
```python
...
frame = 1
```

```python
print(frame)
```
""",
    "a block that does not parse may define": """
```python
for row in rows
frame = 1
```

```python
print(frame)
```
""",
    "a formula": """
```python
size = (memory * 1024) / row
```
""",
    "an excerpt that misses nothing": """
```python
for row in [1]:
    ...
```
""",
    "a script's own file": """
```python
print(__file__)
```
""",
    "other languages": """
```bash
print(missing)
```
""",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert found(undefined_name, text) == []


REPORTED = {
    "what a function that nothing calls would call": """
```python
from flows import task

@task
def report():
    for row in fetch_rows():  # warning: [undefined-name]
        print(row)
```
""",
    "the same in a function that is called": """
```python
from flows import task

@task
def report():
    for row in fetch_rows():  # error: [undefined-name]
        print(row)

report()
```
""",
    "a slip of the pen in a function that nothing calls": """
```python
import json

def pour_tea(text):
    return json.loads(text)

def serve(text):
    return pour_tee(text)  # error: [undefined-name]
```
""",
    "a value in a function that nothing calls": """
```python
import math

def area():
    return math.pi * radius ** 2  # error: [undefined-name]
```
""",
    "what its name leaves to the reader": """
```python
import json

print(json.dumps(my_rows), YourModel)  # warning: [undefined-name] # warning: [undefined-name]
```
""",
    "what the shell of PySpark gives": """
```python
from pyspark.sql.functions import col

rows = spark.read.parquet("a").filter(col("b"))  # warning: [undefined-name]
print(rows, park)  # error: [undefined-name]
```
""",
    "what that shell gives and only a later block makes": """
```python
import json

print(json.dumps(spark))  # error: [undefined-name]
```

```python
spark = 1
```
""",
    "a slip in such a name": """
```python
import json

my_rows = []
print(json.dumps(my_row))  # error: [undefined-name]
```
""",
    "another word with much in common": """
```python
import json

def check_user_rights(text):
    return json.loads(text)

def serve(text):
    return fetch_user_rights(text), check_user(text)  # warning: [undefined-name] # warning: [undefined-name]
```
""",
    "an import that a function forgot": """
```python
import math

def rows():
    return DataFrame([math.pi])  # error: [undefined-name]
```
""",
    "each name of a broken block": """
```python
import math

print(math.sqrt(area))  # error: [undefined-name]
print(area)
print(volume)  # error: [undefined-name]
```
""",
    "an excerpt once": """
```python
cursor.execute("select 1")  # info: [undefined-name]
connection.commit()
```
""",
    "a call before its function": """
```python
def handle(event):
    return store(event)  # error: [undefined-name]

handle({})

def store(event):
    return event
```
""",
    "in every block that misses it": """
```python
import json

print(json.dumps(schema))  # error: [undefined-name]
```

```python
import csv

print(csv.reader(schema))  # error: [undefined-name]
```
""",
    "in a list and a quotation": """
- Step

  > ```python
  > import os
  >
  > print(os.sep, 'ё', naïve)  # error: [undefined-name]
  > ```
""",
    "in a console": """
```pycon
>>> import os
>>> for name in names:  # error: [undefined-name]
...     print(name)
```
""",
}


@pytest.mark.parametrize("text", REPORTED.values(), ids=REPORTED.keys())
def test_reported(text: str) -> None:
    assert found(undefined_name, text) == marks(text)


def only_message(text: str) -> str:
    (finding,) = findings(undefined_name, text)
    return finding.message


MESSAGES = {
    "json.loads('{}')": "`json` is not defined; add `import json`",
    "df = pd.DataFrame()": "`pd` is not defined; add `import pandas as pd`",
    "import os\nx = [Path('a'), os.sep]": "`Path` is not defined; add `from pathlib import Path`",
    "import os\nevents = [os.sep]\nprint(evnts)": "`evnts` is not defined; did you mean `events`?",
    "import os\nprnt(os.sep)": "`prnt` is not defined; did you mean `print`?",
    "import os\nprint(os.sep, quux)": "`quux` is not defined; define or import it before this line",
    "import os\nprint(os.sep, openai)": "`openai` is not defined; define or import it before this line",
    "import os\nmake_tea = os.sep\nprint(pour_tea)": (
        "`pour_tea` is not defined; define or import it before this line"
    ),
    "print(rows)\nrows = 1": "`rows` is not defined yet: only line 3 defines it; move that up, or this down",
    "os.getcwd()\nimport os": "`os` is not defined yet: only line 3 imports it; import it before this line",
    "def f():\n    return g\nf()\ng = 1": (
        "`g` is not defined yet when line 4 needs it: line 5 defines it; move the call below"
    ),
    "x = 1\ndel x\nprint(x)": "`x` is deleted by line 3; keep its value under another name",
    "try:\n    1\nexcept ValueError as e:\n    2\nprint(e)": (
        "`e` is deleted by line 4; keep its value under another name"
    ),
    "print(order)": (
        "`order` is not defined: the block is treated as an excerpt and is not run;"
        " define it in an earlier block or a `setup` directive"
    ),
    "names = {'c': 1}\nprint(nmaes['c'])": (
        "`nmaes` is not defined: the block is treated as an excerpt and is not run; did you mean `names`?"
    ),
    "rows = [1]\nprint(row)": (
        "`row` is not defined: the block is treated as an excerpt and is not run;"
        " define it in an earlier block or a `setup` directive"
    ),
    "print(order, total)": (
        "`order` and `total` are not defined: the block is treated as an excerpt and is not run;"
        " define them in an earlier block or a `setup` directive"
    ),
}


@pytest.mark.parametrize(("code", "message"), MESSAGES.items())
def test_messages(code: str, message: str) -> None:
    assert only_message(f"```python\n{code}\n```\n") == message


def test_a_name_of_another_session() -> None:
    text = "```python check:session=a\nrows = 1\n```\n\n```python\nprint(rows)\n```\n"
    assert only_message(text) == (
        "`rows` is not defined here, only in the session `a`, at line 1; define it in this session too"
    )


def test_what_would_make_it_certain() -> None:
    assert only_message("```python\nimport os\ndef serve():\n    brew(os)\n```\n") == (
        "`brew` is not defined; define or import it before this line"
        " (certain once something calls `serve`, which needs it)"
    )


def test_the_span_is_the_name() -> None:
    text = "```python\nimport os\nprint(f'{os.sep} ё {missing!r}')\n```\n"
    (finding,) = findings(undefined_name, text)
    assert text[finding.span.start : finding.span.end] == "missing"
    assert finding.block == 0


@pytest.mark.parametrize(
    ("text", "intended"),
    [
        ("```python\nimport os\nprint(os.sep, missing)\n```\n", False),
        ("```python\n# ❌ WRONG\nimport os\nprint(os.sep, missing)\n```\n", True),
        ("```python check:wrong\nimport os\nprint(os.sep, missing)\n```\n", True),
        ("```python check:wrong\nprint(missing)\n```\n", False),
        ("```python check:raises=NameError\nimport os\nprint(os.sep, missing)\n```\n", True),
        ("```python check:raises=KeyError\nimport os\nprint(os.sep, missing)\n```\n", False),
    ],
)
def test_what_is_wrong_on_purpose_is_intended(text: str, intended: bool) -> None:
    assert [each.intended for each in findings(undefined_name, text)] == [intended]


def test_no_suggestion_among_a_thousand_names() -> None:
    many = "\n".join(f"name{number} = 1" for number in range(1_001))
    assert only_message(f"```python\nimport os\n{many}\nprint(os.sep, nam)\n```\n").endswith(
        "before this line"
    )

"""The argument `copy=` of a method that ignores it and warns.

## What

`copy=True` or `copy=False` in `astype`, `rename`, `reindex`, `merge`, `concat`, `set_axis`, `tz_convert` and
the other methods where pandas 3 ignores it. `copy=` is not reported where it still has an effect, as in
`pd.DataFrame(data, copy=True)`, `to_numpy(copy=True)` and `np.array(data, copy=True)`.

## Why

With copy-on-write, every method returns a lazy copy. The argument has no effect, warns with `Pandas4Warning`,
and will be removed in pandas 4.

## Bad

```python
import pandas as pd

people = pd.DataFrame({"age": [31, 17]})
older = people.rename(columns={"age": "years"}, copy=False)  # error
both = pd.concat([people, people], copy=False)  # error
```

## Good

```python
import pandas as pd

people = pd.DataFrame({"age": [31, 17]})
older = people.rename(columns={"age": "years"})
both = pd.concat([people, people])
ages = people["age"].to_numpy(copy=True)
```

## Since

pandas 3.0

## Source

What's new in pandas 3.0, deprecations: https://pandas.pydata.org/docs/whatsnew/v3.0.0.html#deprecations
"""

import ast
from collections.abc import Iterator

from checker.analysis.frames.known import Types
from checker.rules.pandas.changed_arguments import in_arguments
from checker.rules.pandas.table import ArgumentChange, Change
from checker.rules.rule import Report, Rule

RULE = Rule("PAN310", "copy-keyword", "warning", looks_at="node", nodes=(ast.Call,))


def is_copy(row: Change) -> bool:
    """Whether a row is about the argument `copy`."""
    return isinstance(row, ArgumentChange) and row.argument == "copy"


def check(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report `copy=` where it has no effect."""
    yield from in_arguments(node, types, is_copy)

"""Imports and uses libraries in a zygote, because the first use costs more than the next.

Each use loads lazy parts, fills caches and lets the interpreter specialise its code. A fork that has to do
this itself also has to copy every page that changes.
"""

import atexit
import io
import os
import shutil
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any

from checker.running.worker.compiling import Compiler
from checker.running.worker.warned import WarningRecorder
from checker.running.worker.watching import Watcher

_TABLE = """key,when,value,text
a,2024-01-01,1.5,one two
b,2024-01-02,,two
a,2024-01-03,3,three
"""


def warm_up(packages: Iterable[str]) -> None:
    """Import and use these packages; a missing or broken one is left to the lesson that wants it."""
    for package in packages:
        # The lesson's own import reports the error, where it matters.
        with suppress(Exception):
            _WARM[package]()


def rehearse() -> None:
    """Do once what every session begins with."""
    with warnings.catch_warnings():
        WarningRecorder("").install()
    Compiler("", Watcher()).compile("warm = 1\nwarm", 1, "last")


def _pandas() -> None:
    """Do typical operations on small tables; a step that fails in one version does not prevent the others."""
    pd = import_module("pandas")
    for step in _PANDAS:
        with suppress(Exception):
            step(pd, pd.read_csv(io.StringIO(_TABLE), parse_dates=["when"]))


def _build(pd: ModuleType, table: Any) -> None:
    frame = pd.DataFrame({"key": ["a", "b", "a"], "value": [1.5, None, 3.0]})
    frame["when"] = pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-03"])
    frame["rank"] = frame["value"].fillna(0).astype("int64")
    rows = pd.DataFrame([{"key": "a", "value": 1, "at": 1_700_000_000_000}, {"key": "b", "value": 2}])
    rows["at"] = pd.to_datetime(rows["at"], unit="ms", utc=True)
    pd.concat([frame, rows], ignore_index=True).drop(columns="at").rename(columns={"key": "name"}).info(
        buf=io.StringIO()
    )
    pd.Series([1, 2, 3], index=list("abc"), name="number").to_dict()
    table.copy().to_dict("records")


def _choose(_pd: ModuleType, table: Any) -> None:
    table.loc[table["value"] > table["value"].median(), "key"] = "c"
    table["size"] = table["value"].map(lambda value: "big" if value > 2 else "small")
    chosen = table[table["key"].isin(["a", "b"]) & table["value"].notna()].reset_index(drop=True)
    table.assign(twice=table["value"] * 2, same=table["key"].eq("a")).drop_duplicates("key").dropna()
    chosen.sort_values(["key", "value"], ascending=[True, False]).iloc[0, 1]
    table["text"].str.upper().str.split(" ").explode().str.contains("T").sum()
    table["when"].dt.strftime("%d.%m").tolist()
    table.apply(lambda row: row["value"], axis=1)
    list(table.itertuples())
    next(table.iterrows())


def _sum_up(pd: ModuleType, table: Any) -> None:
    table.groupby("key", as_index=False)["value"].sum()
    table.groupby("key", observed=True)["value"].agg(["count", "sum", "mean"]).round(2)
    table.groupby("key").agg(total=("value", "sum"), last=("when", "max"))
    table.merge(pd.DataFrame({"key": ["a", "b"], "rank": [1, 2]}), on="key", how="left", validate="m:1")
    table.pivot_table(index="key", columns="text", values="value", aggfunc="sum").fillna(0).sum(axis=1)
    table["value"].rolling(2, min_periods=1).mean()
    table.set_index("when")["value"].resample("1D").sum().describe()
    table["value"].cumsum().shift(1).diff()


def _show(_pd: ModuleType, table: Any) -> None:
    repr(table.head())
    repr(table["key"].value_counts())
    repr(table.dtypes)
    repr(table.describe())
    table.to_string(index=False)
    table.to_csv(index=False)


_PANDAS: tuple[Callable[[ModuleType, Any], None], ...] = (_build, _choose, _sum_up, _show)


def _matplotlib() -> None:
    """Draw a figure: fonts are searched only once, and the first figure is by far the slowest."""
    plt = import_module("matplotlib.pyplot")
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3], label="one")
    axes.bar(["a", "b"], [1, 2])
    axes.set_title("title")
    axes.legend()
    figure.canvas.draw()
    plt.close(figure)
    # Without a home folder, matplotlib creates one outside the sandbox and removes it at exit. The zygote is
    # killed before that; its forks would try to remove it, fail, and have it reported as the lesson's fault.
    made = import_module("matplotlib").get_configdir()
    if os.path.basename(made).startswith("matplotlib-"):
        shutil.rmtree(made, ignore_errors=True)
        atexit.unregister(shutil.rmtree)
        os.environ.pop("MPLCONFIGDIR", None)


def _confluent_kafka() -> None:
    """Import it with its usual submodules; no client is created, because that starts threads."""
    for name in ("confluent_kafka", "confluent_kafka.admin"):
        import_module(name)


_WARM: dict[str, Callable[[], None]] = {
    "pandas": _pandas,
    "matplotlib": _matplotlib,
    "confluent_kafka": _confluent_kafka,
}

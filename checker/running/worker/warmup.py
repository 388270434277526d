"""What a zygote imports and touches beforehand: the first use of a library costs more than the second."""

import os
import shutil
from collections.abc import Callable, Iterable
from importlib import import_module


def warm_up(packages: Iterable[str]) -> None:
    """Import and use these packages; one that is missing or broken is left to the lesson that wants it."""
    for package in packages:
        try:
            _WARM[package]()
        except Exception:  # noqa: BLE001, S112 the lesson's own import says what is wrong, where it matters
            continue


def _pandas() -> None:
    pd = import_module("pandas")
    frame = pd.DataFrame({"key": ["a", "b", "a"], "value": [1.5, None, 3.0]})
    frame["when"] = pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-03"])
    frame["rank"] = frame["value"].fillna(0).astype("int64")
    frame.loc[frame["rank"] > 1, "key"] = "c"
    frame.merge(frame.groupby("key", as_index=False)["value"].sum(), on="key").sort_values("rank").to_string()
    repr(frame)
    repr(frame["key"].str.upper().value_counts())


def _matplotlib() -> None:
    """Draw: fonts are looked for once, and the first figure costs many times what the second does."""
    plt = import_module("matplotlib.pyplot")
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3], label="one")
    axes.bar(["a", "b"], [1, 2])
    axes.set_title("title")
    axes.legend()
    figure.canvas.draw()
    plt.close(figure)
    # Without a home it has made itself a folder, outside the sandbox, and is killed before it removes it.
    made = import_module("matplotlib").get_configdir()
    if os.path.basename(made).startswith("matplotlib-"):
        shutil.rmtree(made, ignore_errors=True)


_WARM: dict[str, Callable[[], None]] = {"pandas": _pandas, "matplotlib": _matplotlib}

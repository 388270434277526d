import io
import subprocess
import sys
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from checker.running.worker import warmup

ROOT = Path(__file__).parents[3]
pd = pytest.importorskip("pandas")


def table() -> Any:
    return pd.read_csv(io.StringIO(warmup._TABLE), parse_dates=["when"])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("step", warmup._PANDAS)
def test_every_step_is_one_that_pandas_takes_without_a_word(
    step: object, capfd: pytest.CaptureFixture[str]
) -> None:
    assert callable(step)
    step(pd, table())
    assert capfd.readouterr() == ("", "")


def test_a_package_that_is_missing_or_broken_is_left_to_the_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    warmup.warm_up(["pandas"])
    monkeypatch.setitem(sys.modules, "pandas", ModuleType("pandas"))
    warmup.warm_up(["pandas"])


def test_a_step_that_fails_keeps_no_other_from_being_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []

    def fails(_pd: ModuleType, _table: object) -> None:
        raise AttributeError

    def goes(_pd: ModuleType, _table: object) -> None:
        taken.append("goes")

    monkeypatch.setattr(warmup, "_PANDAS", (fails, goes))
    warmup.warm_up(["pandas"])
    assert taken == ["goes"]


def test_a_rehearsal_leaves_warnings_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("simplefilter", "filterwarnings"):
        monkeypatch.setattr(warnings, name, getattr(warnings, name))
    with warnings.catch_warnings():
        filters, show = list(warnings.filters), warnings.showwarning
        warmup.rehearse()
        assert warnings.filters == filters
        assert warnings.showwarning is show


def test_pandas_options_are_as_pandas_has_them() -> None:
    before = pd.describe_option(_print_desc=False)
    warmup.warm_up(["pandas"])
    assert pd.describe_option(_print_desc=False) == before


def test_matplotlib_without_a_home_leaves_no_folder_and_nothing_to_be_done_at_the_end(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    script = (
        "import os, matplotlib\n"
        "from checker.running.worker.warmup import warm_up\n"
        "warm_up(['matplotlib'])\n"
        "print('MPLCONFIGDIR' in os.environ, os.path.exists(matplotlib.get_configdir()))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env={"HOME": "/dev/null", "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout == "False False\n"
    assert "Traceback" not in ran.stderr  # what its exit handlers raise is only printed
    assert [each for each in tmp_path.iterdir() if each.name.startswith("matplotlib-")] == []

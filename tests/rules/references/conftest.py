"""Each test of a whole site has a folder of its own, and stands in it."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

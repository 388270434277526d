"""Whichever process of the checker's is killed: the report is right or there is none, and nothing is left."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sandboxes import in_every_tier

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("tier", in_every_tier)
def test_whoever_is_killed_the_report_is_right_or_there_is_none_and_nothing_is_left(tier: str) -> None:
    told = [sys.executable, "-m", "tests.running.kill_anything", "--rounds", "4", "--tier", tier]
    ran = subprocess.run(told, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"4 rounds in {tier}, 0 faults" in ran.stdout

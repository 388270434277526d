"""Tests that run snippets need a sandbox; where there is none, one test still asserts the refusal.

A gate must not pass because nothing was run: with `CI` set they fail there instead of being skipped.
"""

import os
from functools import cache

import pytest

from checker.errors import SandboxError
from checker.model import TIERS


@cache
def why_not(tier: str | None = None) -> str:
    """Why snippets cannot be run here, in this tier or in any; empty when they can."""
    from checker.running.probing import probe

    try:
        probe(tier)
    except SandboxError as error:
        return f"{error} ({error.remedy})"
    return ""


def needs_tier(tier: str | None) -> pytest.MarkDecorator:
    """For a test that runs something in this tier."""
    reason = why_not(tier)
    return pytest.mark.skipif(bool(reason) and not os.environ.get("CI"), reason=reason or "there is one")


needs_sandbox = needs_tier(None)
in_every_tier = [pytest.param(tier, marks=needs_tier(tier)) for tier in TIERS]

"""Tests that run snippets need a sandbox; where there is none, one test still asserts the refusal."""

import pytest

from checker.errors import SandboxError


def why_not() -> str:
    """Why snippets cannot be run here; empty when they can."""
    from checker.running.sandbox import probe

    try:
        probe()
    except SandboxError as error:
        return str(error)
    return ""


needs_sandbox = pytest.mark.skipif(bool(reason := why_not()), reason=reason or "there is a sandbox")

"""Finds the isolation that lessons run in on this machine."""

from checker.running.sandbox.remedies import require_linux


def probe(asked: str | None = None, *required: str | None) -> str:
    """The tier that was `asked` for or, by default, the strongest one that works here.

    Raises SandboxError with the reason and the remedy when there is none, or none as strong as `required`.
    """
    require_linux()
    # Imported here: it needs modules that exist on Linux only.
    from checker.running.trial import choose_tier

    return choose_tier(asked, *required)

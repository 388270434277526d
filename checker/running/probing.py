"""The isolation that lessons are run in on this machine."""

from checker.running.sandbox.remedies import require_linux


def probe(asked: str | None = None, *required: str | None) -> str:
    """The name of the tier to run in, found by trying: the one `asked` for, or the strongest of all.

    Raises SandboxError, with the reason and the remedy, when there is none, or none as strong as
    was `required`.
    """
    require_linux()
    # Only now: it takes more than the standard library, and modules that other systems do not have.
    from checker.running.trial import choose_tier

    return choose_tier(asked, *required)

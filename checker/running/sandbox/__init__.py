"""Isolation for lessons that strangers wrote: one module a tier, and what they share.

A lesson's interpreter imports `namespaces` and what that imports: standard library only.
"""


def probe(required: str | None = None) -> str:
    """The name of the tier that this machine offers, found by trying it.

    Raises SandboxError, with the reason and the remedy, when there is none, or none that was `required`.
    """
    from checker.running.sandbox.remedies import require_linux

    require_linux()
    # Only now: it takes more than the standard library, and modules that other systems do not have.
    from checker.running.sandbox.trial import try_tiers

    return try_tiers(required).name

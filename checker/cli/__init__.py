"""The command line.

Every start pays for what its libraries import. `inspect`, which they need, names a module that few starts
come to; msgspec prefers `typing_extensions` for what Python has had since 3.11.
"""

from checker.importing import absent, asleep

asleep("tokenize")
with absent("typing_extensions"):
    import msgspec  # noqa: F401

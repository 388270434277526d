"""The command line.

Every start pays for what its libraries import. `inspect`, which they need, names a module that few starts
come to, and so do others; msgspec prefers `typing_extensions` for what Python has had since 3.11. `hashlib`
does without OpenSSL where there is none: BLAKE2, all that most runs want of it, it never takes from there.
`uuid`, which msgspec needs, asks `platform` for the system's name, and the rules of markdown-it keep a log.
click asks `inspect` for one function, `dataclasses` for what it makes docstrings of, and click asks `gettext`
for translations into languages that we do not speak. `pathlib` takes one function from `urllib.parse`.
"""

import gc
import os
from importlib import import_module

from checker.importing import LateLogger, LateSignature, absent, asleep, cleandoc, quote_from_bytes

# Most of what a run makes stays to its end: looking for rubbish in it costs much and finds little.
gc.set_threshold(300_000, 50, 100)
asleep("tokenize", "textwrap", "ipaddress")
if hasattr(os, "uname"):  # not on Windows
    asleep("platform", system=lambda: os.uname().sysname)
asleep("logging", getLogger=LateLogger)
asleep("inspect", cleandoc=cleandoc, signature=LateSignature)
asleep("gettext", gettext=str, ngettext=lambda one, more, count: one if count == 1 else more)
with absent("_hashlib"):
    import_module("hashlib")
asleep("urllib.parse", quote_from_bytes=quote_from_bytes)
asleep("msgspec.inspect")
with absent("typing_extensions"):
    import_module("msgspec")

"""Reads results documents from disk."""

from pathlib import Path

import msgspec

from checker.errors import CheckerError
from checker.reporting.document import Results

_MOST_BYTES = 1 << 30


def read_results(path: str) -> Results:
    """The results document in a file. Raises CheckerError, with the reason, for any other file."""
    remedy = "Name a document that `coursecheck check --output json=results.json` has written."
    try:
        if Path(path).stat().st_size > _MOST_BYTES:
            raise CheckerError(f"{path}: larger than 1 GiB", remedy)
        content = Path(path).read_bytes()
    except OSError as error:
        raise CheckerError(f"{path}: {error.strerror}", remedy) from None
    try:
        return msgspec.json.decode(content, type=Results)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        known = "schema" in str(error) or "unknown field" in str(error)
        newer = "It may come from a newer coursecheck. " if known else ""
        raise CheckerError(f"{path}: not a results document: {error}", newer + remedy) from None

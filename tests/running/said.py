"""Lines as a session sends them."""

import json
from typing import Any

FAILURE = {
    "type": "ValueError",
    "bases": ["Exception", "BaseException"],
    "message": "no\nsuch value",
    "line": 11,
    "column": 3,
    "traceback": [["l.mdx", 11, "<module>"]],
}


def line(**changes: Any) -> bytes:
    said = {"nonce": "n", "error": None, "limit": None, "swallowed": [], "warnings": [], **changes}
    return json.dumps(said).encode()

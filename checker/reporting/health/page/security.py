"""The page's security policy: only its own style and script, identified by their hashes."""

from base64 import b64encode
from hashlib import sha256


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy for one inline style and one inline script; the icon is a `data:` URL."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{_hash(style)}'",
            f"script-src 'sha256-{_hash(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()

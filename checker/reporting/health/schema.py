"""The JSON Schema of the report's numbers.

`python -m checker.reporting.health.schema > schemas/health.schema.json` updates its file.
"""

import sys
from typing import Any

from checker.reporting.health.model import Health
from checker.reporting.schema import described_schema, to_text


def health_schema() -> dict[str, Any]:
    """The schema, made from the structures."""
    return described_schema(Health)


if __name__ == "__main__":
    sys.stdout.write(to_text(health_schema()))

"""How a connector tells the changes of a table."""

from typing import Literal

from msgspec import Struct

from checker.seeding.debezium.table import Table
from checker.seeding.debezium.telling import Decimals


class Teller(Struct, frozen=True):
    """A connector as it is configured.

    `name` is the topic's, which the schemas carry, `prefix` its `topic.prefix`; `full_before` is the replica
    identity FULL, `with_schema` that values are `{schema, payload}`.
    """

    table: Table
    name: str
    prefix: str
    version: str
    full_before: bool
    with_schema: bool
    decimals: Decimals
    snapshot: Literal["initial", "incremental"]

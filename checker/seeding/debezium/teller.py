"""The configuration of a connector that reports the changes of a table."""

from typing import Literal

from msgspec import Struct

from checker.seeding.debezium.table import Table
from checker.seeding.debezium.telling import Decimals


class Teller(Struct, frozen=True):
    """A configured connector.

    `name` is the topic's, which the schemas contain, `prefix` its `topic.prefix`; `version` is Debezium's,
    such as 3.2.0.Final. `full_before` is the replica identity FULL. `with_schema` says that values are
    `{schema, payload}`.
    """

    table: Table
    name: str
    prefix: str
    version: str
    full_before: bool
    with_schema: bool
    decimals: Decimals
    snapshot: Literal["initial", "incremental"]

    def has_microseconds(self) -> bool:
        """Whether times are also given as `ts_us` and `ts_ns`, as since Debezium 2.6."""
        major, minor = (int(part) for part in self.version.split(".")[:2])
        return (major, minor) >= (2, 6)

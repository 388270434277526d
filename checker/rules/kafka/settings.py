"""The effective configuration of a client: each property's literal value, or librdkafka's default."""

from checker.rules.kafka.clients import Client, Entry
from checker.rules.kafka.extras import given_name
from checker.rules.kafka.table import properties
from checker.rules.kafka.values import refusal


class Settings:
    """The properties of one client under their canonical names."""

    def __init__(self, client: Client) -> None:
        self._entries: dict[str, Entry] = {}
        for entry in client.entries:
            known = properties().get(given_name(entry.name))
            if known:
                self._entries[known.alias or known.name] = entry
        self._closed = client.closed

    def entry(self, name: str) -> Entry | None:
        """The entry that sets a property."""
        return self._entries.get(name)

    def text(self, name: str) -> str | None:
        """Its value in lower case; None when it is unknown."""
        entry = self._entries.get(name)
        if entry is not None:
            return str(entry.value).lower() if entry.is_known else None
        return properties()[name].default if self._closed else None

    def number(self, name: str) -> int | None:
        """Its value when it is an integer that the client accepts."""
        entry = self._entries.get(name)
        if entry is not None and refusal(properties()[name], entry.value):
            return None
        text = self.text(name)
        try:
            return int(text[:20]) if text else None
        except ValueError:
            return None

    def is_on(self, name: str) -> bool | None:
        """Its value when it is true or false."""
        return {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}.get(
            self.text(name) or ""
        )

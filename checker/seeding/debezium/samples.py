"""Plausible values for columns, by name and type; the same values for the same seed."""

import json
import uuid
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from checker.seeding.debezium.table import Column

_FIRST_NAMES = (
    "Ada",
    "Boris",
    "Chen",
    "Dalia",
    "Emre",
    "Fatima",
    "Grace",
    "Hugo",
    "Ines",
    "Jonas",
    "Keiko",
    "Lena",
)
_LAST_NAMES = (
    "Adler",
    "Bauer",
    "Costa",
    "Diaz",
    "Eriksen",
    "Fischer",
    "Haddad",
    "Ivanova",
    "Kim",
    "Lopez",
    "Novak",
)
_CITIES = ("Berlin", "Lima", "Lyon", "Nairobi", "Osaka", "Porto", "Riga", "Toronto")
_PRODUCTS = ("Green tea", "Teapot", "Kettle", "Tea strainer", "Oolong", "Cup", "Tray", "Rooibos", "Timer")
_WORDS = ("first", "fresh", "gentle", "large", "local", "plain", "quick", "quiet", "small", "warm")
_STREETS = ("Mill Lane", "Station Road", "Harbour Street", "Oak Avenue")
# Texts by the end of a column's name.
_TEXTS: dict[str, tuple[str, ...]] = {
    "status": ("pending", "paid", "shipped", "delivered", "cancelled"),
    "state": ("new", "active", "done"),
    "currency": ("EUR", "USD", "GBP"),
    "country": ("DE", "FR", "JP", "PE", "PT"),
    "region": ("EU", "US", "APAC"),
    "city": _CITIES,
    "category": ("tea", "dishes", "books"),
    "type": ("standard", "express", "gift"),
    "method": ("card", "transfer", "cash"),
    "gender": ("f", "m", "x"),
    "first_name": _FIRST_NAMES,
    "last_name": _LAST_NAMES,
    "product": _PRODUCTS,
    "title": _PRODUCTS,
}


class Sampler:
    """Draws values from one seeded generator, in the order of the calls."""

    def __init__(self, random: Random, rows: int) -> None:
        self._random = random
        # References to other tables are repeated.
        self._others = max(3, rows // 3)

    def value(self, column: Column, number: int, at: datetime) -> Any:
        """A value for row `number` (from 1) at this time; sometimes null where the column allows it."""
        if column.key:
            return self._key(column, number, at)
        if column.gaps and self._random.random() < 0.2:
            return None
        if column.array:
            return [self._one(column, number, at) for _ in range(self._random.randint(0, 3))]
        return self._one(column, number, at)

    def another(self, column: Column, old: Any, at: datetime) -> Any:
        """A value other than `old`, where the column has one."""
        for _ in range(20):
            value = self.value(column, self._random.randint(1, 10_000), at)
            if value != old and value is not None:
                return value
        return old

    def _key(self, column: Column, number: int, at: datetime) -> Any:
        """A value that is never repeated."""
        match column.kind:
            case "string":
                stem = column.name.lower().removesuffix("_id").removesuffix("id") or "row"
                return f"{stem}-{number}"[-(column.length or 255) :]
            case "int16" | "int32" | "int64":
                return number if column.kind != "int16" else number % (1 << 15)
            case "decimal" | "variable-decimal":
                return Decimal(number)
            case "date":
                return at.date() + timedelta(days=number)
            case "timestamp" | "timestamptz":
                return at + timedelta(seconds=number)
            case _:
                return self._one(column, number, at)

    def _one(self, column: Column, number: int, at: datetime) -> Any:
        name = column.name.lower()
        match column.kind:
            case "int16" | "int32" | "int64":
                return self._random.randint(0, 1) if column.digits == 1 else self._number(name)
            case "float32" | "float64":
                return self._random.randint(100, 99_999) / 100
            case "boolean":
                return self._random.random() < 0.7
            case "decimal" | "variable-decimal":
                return self._amount(column)
            case "string":
                text = self._text(name, number)[: column.length]
                return text.ljust(column.length or 1) if column.padded else text
            case "timestamp" | "timestamptz":
                return at
            case _:
                return self._other(column.kind, at)

    def _other(self, kind: str, at: datetime) -> Any:
        match kind:
            case "date":
                return at.date() - timedelta(days=self._random.randint(0, 900))
            case "time":
                return time(self._random.randint(0, 23), self._random.randint(0, 59))
            case "interval":
                return timedelta(minutes=self._random.randint(1, 6000))
            case "uuid":
                return str(uuid.UUID(int=self._random.getrandbits(128), version=4))
            case "bytes":
                return self._random.randbytes(8)
            case "xml":
                return f"<note>{self._random.choice(_WORDS)}</note>"
            case _:  # json
                place = self._random.choice(("web", "app"))
                return json.dumps({"source": place, "items": self._random.randint(1, 5)})

    def _number(self, name: str) -> int:
        if name.endswith("_id"):
            return self._random.randint(1, self._others)
        if name.endswith(("quantity", "qty", "count")):
            return self._random.randint(1, 9)
        if name.endswith("age"):
            return self._random.randint(18, 80)
        return self._random.randint(1, 500)

    def _amount(self, column: Column) -> Decimal:
        scale = 2 if column.kind == "variable-decimal" else column.scale
        digits = min(4 + scale, 4 + scale if column.digits is None else column.digits)
        return Decimal(self._random.randint(1, max(1, 10**digits - 1))).scaleb(-scale)

    def _text(self, name: str, number: int) -> str:
        for end, choices in _TEXTS.items():
            if name.endswith(end):
                return self._random.choice(choices)
        if "email" in name:
            return f"{self._random.choice(_FIRST_NAMES).lower()}.{number}@example.org"
        if "phone" in name:
            return f"+49 30 {self._random.randint(1_000_000, 9_999_999)}"
        if "address" in name or "street" in name:
            return f"{self._random.choice(_STREETS)} {self._random.randint(1, 99)}"
        if "name" in name:
            return f"{self._random.choice(_FIRST_NAMES)} {self._random.choice(_LAST_NAMES)}"
        if name.endswith(("id", "code", "number", "sku")):
            return f"{self._random.choice('ABCDEFGH')}{self._random.randint(1000, 9999)}"
        return " ".join(self._random.sample(_WORDS, 3))

"""The formats that are asserted."""

import pytest

from checker.schema.formats import format_checker

VALID = [
    ("date-time", "2026-11-23T10:00:00Z"),
    ("date-time", "2026-11-23t10:00:00.123+03:00"),
    ("date", "2026-11-23"),
    ("time", "10:00:00Z"),
    ("duration", "P1DT12H"),
    ("duration", "P3W"),
    ("hostname", "kafka"),
    ("hostname", "docs.example.org"),
    ("uri", "https://example.org/a?b=c#d"),
    ("uri", "mailto:a@example.org"),
    ("uri-reference", "../a#b"),
    ("email", "a@example.org"),
    ("ipv4", "127.0.0.1"),
    ("regex", "^a$"),
    ("uuid", "123e4567-e89b-12d3-a456-426614174000"),
    ("iri", "https://example.org/ж"),
    ("iri-reference", "ж#я"),
    ("json-pointer", "/a~1b/0"),
    ("json-pointer", ""),
    ("relative-json-pointer", "1/a"),
    ("regex", r"^\p{L}+$"),
    ("uri-template", "/a/{b}"),
    ("idn-email", "я@example.org"),
    ("slug", "no format that is known: nothing is said of it"),
    ("date-time", 5),
    ("uri", None),
]

INVALID = [
    ("date-time", "2026-11-23"),
    ("date-time", "2026-13-23T10:00:00Z"),
    ("date-time", "2026-11-23T25:00:00Z"),
    ("date-time", "2026-11-23T10:00:00"),
    ("date", "23.11.2026"),
    ("time", "10:00"),
    ("time", "10:61:00Z"),
    ("duration", "P"),
    ("duration", "P1DT"),
    ("duration", "2 days"),
    ("hostname", "-kafka"),
    ("hostname", "a" * 300),
    ("hostname", "a b"),
    ("uri", "example.org"),
    ("uri", "https://example.org/a b"),
    ("uri", "https://[::1"),
    ("uri-reference", "a\\b"),
    ("email", "example.org"),
    ("email", "me@"),
    ("iri", "a b"),
    ("iri-reference", "a b"),
    ("json-pointer", "a"),
    ("relative-json-pointer", "/a"),
    ("regex", "("),
    ("uri-template", "{"),
]


@pytest.mark.parametrize(("name", "value"), VALID)
def test_what_is_of_the_format_passes(name: str, value: object) -> None:
    assert format_checker().conforms(value, name)


@pytest.mark.parametrize(("name", "value"), INVALID)
def test_what_is_not_of_the_format_is_refused(name: str, value: object) -> None:
    assert not format_checker().conforms(value, name)

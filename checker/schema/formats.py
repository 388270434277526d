"""Formats in courses' schemas that jsonschema checks only with further packages.

Astro writes `date-time`, `uri`, `duration` and others for what Zod calls datetime, url and duration.
"""

import re
from collections.abc import Callable
from datetime import date, time
from functools import partial
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

from checker.patterns import regex
from checker.schema.patterns import to_python

_DATE_TIME = regex(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d))", re.ASCII)
_TIME = regex(r"(\d\d:\d\d:\d\d)(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DURATION = regex(
    r"P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)", re.ASCII
)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOSTNAME = regex(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_NOT_IN_URI = regex(r'[\x00-\x20"<>\\^`{|}\x7f-\U0010ffff]')
_EMAIL = regex(r"[^@\s]+@[^@\s]+")
_POINTER = regex(r"(?:/(?:[^~/]|~[01])*)*")
_RELATIVE_POINTER = regex(r"(?:0|[1-9][0-9]*)(?:#|(?:/(?:[^~/]|~[01])*)*)", re.ASCII)
_NOT_IN_IRI = regex(r'[\x00-\x20"<>\\^`{|}\x7f-\x9f]')
_TEMPLATE = regex(r"(?:[^{}]|\{[^{}]*\})*")


def format_checker() -> FormatChecker:
    """The checks of all formats known here; others are not checked, as the standard says."""
    checker = FormatChecker(formats=())
    checker.checkers.update(Draft202012Validator.FORMAT_CHECKER.checkers)
    for name, is_valid in _FORMATS.items():
        checker.checks(name, raises=ValueError)(partial(_text_only, is_valid))
    return checker


def _text_only(is_valid: Callable[[str], bool], value: object) -> bool:
    """Apply a check to texts only; a format does not apply to other values."""
    return not isinstance(value, str) or is_valid(value)


def _is_date_time(text: str) -> bool:
    match = _DATE_TIME.fullmatch(text)
    return match is not None and date.fromisoformat(match[1]) is not None and _is_time(match[2])


def _is_time(text: str) -> bool:
    match = _TIME.fullmatch(text)
    return match is not None and time.fromisoformat(match[1]) is not None


def _is_duration(text: str) -> bool:
    return _DURATION.fullmatch(text) is not None


def _is_hostname(text: str) -> bool:
    return len(text) < 254 and _HOSTNAME.fullmatch(text) is not None


def _is_uri(text: str) -> bool:
    return _is_uri_reference(text) and urlsplit(text).scheme != ""


def _is_uri_reference(text: str) -> bool:
    return not _NOT_IN_URI.search(text) and urlsplit(text) is not None


def _is_iri(text: str) -> bool:
    return _is_iri_reference(text) and urlsplit(text).scheme != ""


def _is_iri_reference(text: str) -> bool:
    return not _NOT_IN_IRI.search(text) and urlsplit(text) is not None


def _is_regex(text: str) -> bool:
    return to_python(text) is not None


def _matches(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.fullmatch(text) is not None


_FORMATS: dict[str, Callable[[str], bool]] = {
    "date-time": _is_date_time,
    "duration": _is_duration,
    "email": partial(_matches, _EMAIL),
    "hostname": _is_hostname,
    "idn-email": partial(_matches, _EMAIL),
    "iri": _is_iri,
    "iri-reference": _is_iri_reference,
    "json-pointer": partial(_matches, _POINTER),
    "regex": _is_regex,
    "relative-json-pointer": partial(_matches, _RELATIVE_POINTER),
    "time": _is_time,
    "uri": _is_uri,
    "uri-reference": _is_uri_reference,
    "uri-template": partial(_matches, _TEMPLATE),
}

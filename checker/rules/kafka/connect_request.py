"""A request that Kafka Connect's REST API rejects.

## What

`curl` commands in shell code that use a method which the Connect path does not support, send JSON without a
JSON content type, replace a connector's configuration with a part of it, or change the offsets of a connector
that is paused rather than stopped. Paths outside Connect's API and placeholder methods are not reported.

## Why

Connect answers 405, 415 or 400: the reader gets Jetty's error page, and the lesson's next step shows nothing.

## Bad

```bash
curl -X POST http://localhost:8083/connectors/shop/pause  # error
```

## Good

```bash
curl -X PUT http://localhost:8083/connectors/shop/pause
curl -X POST http://localhost:8083/connectors -H "Content-Type: application/json" -d @shop.json
```

## Since

coursecheck 0.2

## Source

Kafka Connect, REST API: https://kafka.apache.org/documentation/#connect_rest
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from checker.analysis.lesson import LessonAnalysis
from checker.analysis.markers import marked_lines
from checker.config import Config
from checker.languages.shell.prompts import commands_only
from checker.model import Block
from checker.patterns import regex
from checker.rules.code_places import CodePlaces
from checker.rules.kafka.connectors import CLASS, connector_configs
from checker.rules.languages.table import SHELL, language_of
from checker.rules.languages.written import code_of
from checker.rules.rule import Report, Rule

RULE = Rule("KFK106", "connect-request", "error", looks_at="lesson", needs_text=("/connector",))

_CURL = regex(r"curl\b(?<!\wcurl)")
# Up to the end of the command: a pipe or a semicolon outside quotes, or a line end without a backslash.
_COMMAND = regex(r"(?:'[^']*'|\"[^\"\\]*(?:\\.[^\"\\]*)*\"|\\\n|\\.|[^'\"\\|;\n]+)*", re.DOTALL)
_URL = regex(
    r"['\"]?(?:https?://)?[\w.${}-]+(?::[\w${}]+)?/(?P<path>connectors|connector-plugins)(?P<rest>(?:/[^\s'\"?/]+)*)/?"
    r"(?:\?[^\s'\"]*)?['\"]?(?=\s|\Z)"
)
_METHOD = regex(r"(?:-X|--request)[ =]?\s*['\"]?(?P<method>[A-Za-z]+)\b")
_SENDS = regex(r"\s(?:-d|--data(?:-raw|-binary|-ascii)?)(?=[\s=@'\"])")
_SENDS_JSON = regex(r"\s--json(?=[\s='\"])")
_SAYS_JSON = regex(r"content-type\s*:\s*[\w/+.]*json", re.IGNORECASE)
# A file of options, or a variable, may contain the rest.
_HIDDEN = regex(r"\s(?:-K|--config)\s|\$\{?(?:HEADERS?|CURL_\w+|OPTS|ARGS|@)\b", re.IGNORECASE)
_HEAD = regex(r"\s(?:-I|--head)\b")
_LONGEST = 20_000
_TASK = 3  # the index of the task's number in `connectors/NAME/tasks/0/status`

# The methods of each path: `*` stands for the name of a connector or plug-in, and for a task's number.
_METHODS = {
    "connectors": "GET POST",
    "connectors/*": "GET DELETE",
    "connectors/*/config": "GET PUT PATCH",
    "connectors/*/status": "GET",
    "connectors/*/tasks": "GET",
    "connectors/*/topics": "GET",
    "connectors/*/tasks-config": "GET",
    "connectors/*/pause": "PUT",
    "connectors/*/resume": "PUT",
    "connectors/*/stop": "PUT",
    "connectors/*/topics/reset": "PUT",
    "connectors/*/restart": "POST",
    "connectors/*/offsets": "GET PATCH DELETE",
    "connectors/*/tasks/*/status": "GET",
    "connectors/*/tasks/*/restart": "POST",
    "connector-plugins": "GET",
    "connector-plugins/*/config": "GET",
    "connector-plugins/*/config/validate": "PUT",
}


class _Request(Struct, frozen=True):
    """A request; `start` and `end` are the position of its method, or else of its URL."""

    method: str
    path: str
    rest: str
    text: str
    start: int
    end: int


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report for each request that is rejected, for its first reason."""
    if "/connector" not in analysis.lesson.text:
        return
    for block in analysis.lesson.blocks:
        mentions = "/connector" in block.code and "curl" in block.code
        if mentions and language_of(block) is SHELL and len(block.code) <= _LONGEST:
            yield from _in_block(analysis, block)
    yield from _partial(analysis)


def _in_block(analysis: LessonAnalysis, block: Block) -> Iterator[Report]:
    code = commands_only(code_of(block))
    places = CodePlaces(analysis.lesson, block)
    paused: set[str] = set()
    for request in _requests(code):
        name, _, action = request.rest.strip("/").partition("/")
        message = _refused(request) or (_offsets(request) if action == "offsets" and name in paused else "")
        if action == "pause":
            paused.add(name)
        elif action == "stop":
            paused.discard(name)
        if message:
            wrong = marked_lines(analysis.lesson, block, analysis.own_words).wrong
            span = places.span(request.start, request.end)
            yield Report(message, span, block.index, intended=places.line(request.start) in wrong)


def _requests(code: str) -> Iterator[_Request]:
    at = 0
    while found := _CURL.search(code, at):
        command = _COMMAND.match(code, found.end())
        at = max(command.end() if command else found.end(), found.end())
        line = code[code.rfind("\n", 0, found.start()) + 1 : found.start()]
        if command is None or line.lstrip().startswith("#"):
            continue
        text = command[0]
        url = _URL.search(text)
        if url is None or _HIDDEN.search(text):
            continue
        method = _METHOD.search(text)
        place = method.span("method") if method else url.span()
        start = found.end()
        yield _Request(
            _method(text, method), url["path"], url["rest"], text, start + place[0], start + place[1]
        )


def _method(text: str, given: re.Match[str] | None) -> str:
    if given:
        return given["method"].upper()
    if _SENDS.search(text) or _SENDS_JSON.search(text):
        return "POST"
    return "GET"


def _allowed(request: _Request) -> str:
    """The methods that Connect has for a path, "" when it has no such path."""
    parts = [request.path, *request.rest.split("/")[1:]]
    parts[1:2] = "*" * len(parts[1:2])
    if len(parts) > _TASK and parts[_TASK - 1] == "tasks":
        parts[_TASK] = "*"
    return _METHODS.get("/".join(parts), "")


def _refused(request: _Request) -> str:
    """Why Connect rejects a request, "" when it does not."""
    allowed = _allowed(request)
    if allowed and request.method not in allowed.split() and not _HEAD.search(request.text):
        shown = f"/{request.path}{request.rest}"
        return f"Connect does not support {request.method} on `{shown}`: use {' or '.join(allowed.split())}"
    if _SENDS.search(request.text) and not _SAYS_JSON.search(request.text):
        return (
            "`curl -d` sends form data, which Connect rejects (415): add `-H 'Content-Type: "
            "application/json'`, or use `--json`"
        )
    return ""


def _offsets(request: _Request) -> str:
    if request.method == "GET":
        return ""
    return "Connect changes offsets only while the connector is stopped: send `PUT …/stop` first, not `pause`"


def _partial(analysis: LessonAnalysis) -> Iterator[Report]:
    """`PUT …/config` with an incomplete configuration."""
    for config in connector_configs(analysis):
        if config.replaces and config.whole and CLASS not in config.by_name:
            first = config.by_name.get("config", config.settings[0])
            message = (
                "`PUT …/config` takes the configuration alone: send what is inside `config`"
                if first.name == "config"
                else "`PUT …/config` replaces the whole configuration, and Connect rejects one without "
                "`connector.class`: send the whole configuration"
            )
            yield Report(message, first.key, config.block.index, intended=config.is_intended(first))

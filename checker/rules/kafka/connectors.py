"""The configurations of connectors in a lesson: in JSON, `curl -d`, Python, YAML and properties."""

import ast
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.cell import Cell
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.marker_words import in_comment
from checker.analysis.markers import marked_lines
from checker.analysis.trees import nodes_of
from checker.model import Block, Span
from checker.patterns import regex
from checker.rules.code_places import CodePlaces
from checker.rules.kafka.json_pairs import Pair, lines_as_pairs, objects
from checker.rules.languages.table import JSON, PROPERTIES, SHELL, SQL, YAML, language_of
from checker.rules.languages.written import code_of

CLASS = "connector.class"
# Without one of these words there is no configuration.
_WORDS = (
    "connector.class", "topic.prefix", "database.server.name", "database.history", "database.hostname",
    "snapshot.mode", "signal.kafka", "transforms.", "predicates.", "whitelist", "blacklist", "/connectors/",
)  # fmt: skip
_PLAIN = frozenset({"predicates", "transforms"})
# The whole body that `curl -d` sends, and requests that replace a connector's whole configuration.
_BODY = regex(r"(?:(?:-d|--data(?:-\w+)?|--json)[ =]*['\"]|<<\s*['\"]?\w+['\"]?[^\n]*\n)\s*\Z")
_REPLACES = regex(r"/connectors/[^/\s]+/config[\s'\"\\]")
_PUT = regex(r"-X\s*PUT\b|--request[ =]PUT\b")
_FAR = 600
_NEAR = 60
_DOCUMENT = regex(r"^---[ \t]*\n", re.MULTILINE)
_ELIDES = regex(r"\.\.\.|…")
_CREATES = regex(r"\bCREATE\s+(?:SOURCE|SINK)\s+CONNECTOR\b", re.IGNORECASE)
_SQL_PAIR = regex(r"['\"](?P<name>[\w.$-]+)['\"]\s*=\s*'(?P<value>[^'\n]*)'")
_HTTP = frozenset({"http", "rest"})
_SERVER = "debezium.source."
_SERVER_REST = ("debezium.transforms", "debezium.predicates")
_LONGEST = 50_000
# Values that readers fill in.
_HOLE = regex(r"\w\|\w|\$\{|\$\(|(?<![\w.])\$\w|\{\{|<[^>]+>|\.\.\.|…|^%\w|^your[-_ ]", re.IGNORECASE)


class Setting(Struct, frozen=True):
    """One property: its name and value with their positions; None for a value that is not shown.

    `at` holds the offsets of both, from which `locate` makes spans: most settings are valid and need none.
    """

    name: str
    value: str | None
    at: tuple[int, int, int, int]
    line: int
    locate: Callable[[int, int], Span]

    @property
    def key(self) -> Span:
        """The span of its name."""
        return self.locate(*self.at[:2])

    @property
    def place(self) -> Span:
        """The span of its value, or of its name when it has none."""
        return self.locate(*self.at[2:])

    @property
    def is_shown(self) -> bool:
        """Whether the value is literal, with nothing for readers to fill in."""
        return self.value is not None and not _has_hole(self.value)


# A course repeats the same values, and several checks ask about each.
@lru_cache(maxsize=1024)
def _has_hole(value: str) -> bool:
    return _HOLE.search(value) is not None


class ConnectorConfig(Struct, frozen=True, dict=True):
    """A configuration, or an excerpt of one; `elided` when the lesson says that parts are left out.

    `whole` when a command sends it to Connect. It `replaces` the former configuration with `PUT …/config`.
    """

    settings: tuple[Setting, ...]
    block: Block
    analysis: LessonAnalysis
    whole: bool = False
    elided: bool = False
    replaces: bool = False

    @cached_property
    def by_name(self) -> dict[str, Setting]:
        """The settings by name; the last of several counts."""
        return {each.name: each for each in self.settings}

    def value(self, name: str) -> str:
        """The value of a property, "" when it is not set or not shown."""
        found = self.by_name.get(name)
        return found.value or "" if found and found.is_shown else ""

    def is_intended(self, setting: Setting) -> bool:
        """Whether the lesson shows this line as wrong on purpose."""
        return setting.line in self._wrong or self._is_marked(setting.line)

    def _is_marked(self, line: int) -> bool:
        """Whether a comment at the end of a JSON line says that it is wrong."""
        written = self.block.code.split("\n")[line - 1]
        _, slashes, comment = written.partition(" //")
        marker = in_comment(comment.strip(), self.analysis.own_words) if slashes else None
        return marker is not None and marker.judges == "wrong"

    @cached_property
    def _wrong(self) -> Collection[int]:
        return marked_lines(self.analysis.lesson, self.block, self.analysis.own_words).wrong


def connector_configs(analysis: LessonAnalysis) -> tuple[ConnectorConfig, ...]:
    """Every configuration of a lesson, computed once."""
    return analysis.once(_configs)


def _configs(analysis: LessonAnalysis) -> tuple[ConnectorConfig, ...]:
    words = [each for each in _WORDS if each in analysis.lesson.text]
    return tuple(_found(analysis, words)) if words else ()


def _found(analysis: LessonAnalysis, words: Sequence[str]) -> Iterator[ConnectorConfig]:
    """The configurations in blocks that contain one of these words."""
    cells = {each.block.index: each for each in analysis.cells}
    for block in analysis.lesson.blocks:
        if len(block.code) > _LONGEST or not any(each in block.code for each in words):
            continue
        language = language_of(block)
        if block.index in cells:
            yield from _in_python(analysis, cells[block.index])
        elif language is JSON or (block.lang or "").lower() in _HTTP:
            yield from _in_json(analysis, block, is_shell=False)
        elif language is SHELL and "{" in block.code:
            yield from _in_json(analysis, block, is_shell=True)
        elif language is PROPERTIES or language is YAML:
            yield from _in_lines(analysis, block)
        elif language is SQL:
            yield from _in_sql(analysis, block)


def _in_json(analysis: LessonAnalysis, block: Block, *, is_shell: bool) -> Iterator[ConnectorConfig]:
    code = code_of(block)
    places = CodePlaces(analysis.lesson, block)
    found = objects(code)
    for each in found[1:] if is_shell else found:
        if each.pairs:
            body = _BODY.search(code[max(each.start - _NEAR, 0) : each.start]) if is_shell else None
            wrapped = each.key == "config" and "name" in each.siblings
            yield ConnectorConfig(
                tuple(_setting(places, pair) for pair in each.pairs),
                block,
                analysis,
                whole=not each.elided and (body is not None or (is_shell and wrapped)),
                elided=each.elided,
                replaces=body is not None and _is_put(code, each.start),
            )


def _is_put(code: str, end: int) -> bool:
    """Whether the command text before an offset replaces a connector's configuration."""
    command = code[max(code.rfind("curl", 0, end), end - _FAR, 0) : end]
    return _PUT.search(command) is not None and _REPLACES.search(command) is not None


def _in_lines(analysis: LessonAnalysis, block: Block) -> Iterator[ConnectorConfig]:
    """Configurations in properties files and YAML, one for each YAML document."""
    code = code_of(block)
    pairs = list(lines_as_pairs(code))
    places = CodePlaces(analysis.lesson, block)
    begins = [0, *(found.end() for found in _DOCUMENT.finditer(code)), len(code) + 1]
    for start, end in pairwise(begins):
        document = [each for each in pairs if start <= each.start < end]
        if any(each.name.startswith(_SERVER) for each in document):
            document = [each for pair in document for each in _of_server(pair)]
        settings = [_setting(places, _of_strimzi(each)) for each in document if _may_be_property(each)]
        if sum(each.name == CLASS for each in settings) <= 1 and settings:
            elided = _ELIDES.search(code, start, end) is not None
            yield ConnectorConfig(tuple(settings), block, analysis, elided=elided)


def _may_be_property(pair: Pair) -> bool:
    return "." in pair.name or pair.name in _PLAIN or _of_strimzi(pair) is not pair


def _of_strimzi(pair: Pair) -> Pair:
    """`class: io.debezium…` of a KafkaConnector, as Connect names it."""
    if pair.name == "class" and (pair.value or "").startswith("io.debezium."):
        return replace(pair, name=CLASS)
    return pair


def _in_sql(analysis: LessonAnalysis, block: Block) -> Iterator[ConnectorConfig]:
    """`CREATE SOURCE CONNECTOR … WITH ('name' = 'value', …)` of ksqlDB."""
    code = code_of(block)
    places = CodePlaces(analysis.lesson, block)
    for statement in _CREATES.finditer(code):
        end = code.find(";", statement.end())
        found = _SQL_PAIR.finditer(code, statement.end(), end if end >= 0 else len(code))
        settings = tuple(
            _setting(places, Pair(each["name"], *each.span("name"), each["value"], *each.span("value")))
            for each in found
        )
        if settings:
            yield ConnectorConfig(settings, block, analysis)


def _of_server(pair: Pair) -> Iterator[Pair]:
    """A property of Debezium Server as Connect names it: without `debezium.source.` before it."""
    for prefix, kept in ((_SERVER, ""), *((each, each.removeprefix("debezium.")) for each in _SERVER_REST)):
        if pair.name.startswith(prefix):
            name = kept + pair.name.removeprefix(prefix)
            start = pair.start + len(pair.name) - len(name)
            yield Pair(name, start, pair.end, pair.value, pair.value_start, pair.value_end)
            return


def _in_python(analysis: LessonAnalysis, cell: Cell) -> Iterator[ConnectorConfig]:
    if cell.tree is None:
        return
    for node in nodes_of(cell.tree, ast.Dict):
        settings = tuple(_settings_of(analysis, cell, node))
        if any(each.name == CLASS for each in settings):
            elided = any(key is None for key in node.keys)
            yield ConnectorConfig(settings, cell.block, analysis, elided=elided)


def _settings_of(analysis: LessonAnalysis, cell: Cell, node: ast.Dict) -> Iterator[Setting]:
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            shown = isinstance(value, ast.Constant) and value.value is not None
            text = str(value.value) if shown and isinstance(value, ast.Constant) else None
            spans = [_inside(analysis, cell, each) for each in (key, value)]
            at = (spans[0].start, spans[0].end, spans[1].start, spans[1].end)
            yield Setting(key.value, text, at, key.lineno, analysis.lesson.span)


def _inside(analysis: LessonAnalysis, cell: Cell, node: ast.expr) -> Span:
    """The span of a text between its quotes, or of another value as a whole."""
    span = cell.span(analysis.lesson, node)
    written = analysis.lesson.text[span.start : span.end]
    plain = len(written) > 1 and written[0] in "'\"" and written[:3] not in {'"""', "'''"}
    return analysis.lesson.span(span.start + 1, span.end - 1) if plain else span


def _setting(places: CodePlaces, pair: Pair) -> Setting:
    key = (pair.start, pair.end)
    value = (pair.value_start, pair.value_end) if pair.value is not None else key
    return Setting(pair.name, pair.value, (*key, *value), places.line(pair.start), places.span)

"""The clients that a lesson creates with confluent-kafka, and their configurations."""

import ast
import operator
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from checker.analysis.cell import Cell
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.needs.meaning import GIVE_MEANING, Meanings
from checker.analysis.trees import nodes_of
from checker.patterns import regex
from checker.rules.kafka.table import Side

# The side of each class of confluent-kafka; an AdminClient is a producer that sends nothing.
_SIDES: Mapping[str, Side] = {
    "AIOConsumer": "consumer", "AIOProducer": "producer", "AdminClient": "producer",
    "AvroConsumer": "consumer", "AvroProducer": "producer", "Consumer": "consumer",
    "DeserializingConsumer": "consumer", "DeserializingShareConsumer": "consumer", "Producer": "producer",
    "SerializingProducer": "producer", "ShareConsumer": "consumer",
}  # fmt: skip
_PACKAGE = "confluent_kafka."
# Recognises lessons that forgot the import; other libraries spell this differently.
_TELLING = "bootstrap.servers"
_CALLED = regex(rf"\b(?:{'|'.join(_SIDES)})\(")
_NOT_KNOWN = object()
_ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}
_LARGEST = 1 << 62
_DEEPEST = 20


class Entry(Struct, frozen=True):
    """One key of a configuration with the positions of key and value; `value` is `UNKNOWN` unless literal."""

    name: str
    key: ast.expr
    node: ast.expr
    value: object
    cell: Cell

    @property
    def is_known(self) -> bool:
        """Whether the lesson shows the value."""
        return self.value is not _NOT_KNOWN


class Draft(Struct):
    """A dict while the lesson is read; not `closed` when it may contain more than is visible."""

    entries: list[Entry] = field(default_factory=list)
    closed: bool = True

    def copy(self) -> "Draft":
        """A copy of its current state."""
        return Draft(list(self.entries), self.closed)

    def set(self, entry: Entry) -> None:
        """`config[key] = value`."""
        self.entries = [each for each in self.entries if each.name != entry.name]
        self.entries.append(entry)


class Client(Struct, frozen=True):
    """A client at its creation: its class, its configuration, and its name, "" without one."""

    name: str
    side: Side
    entries: tuple[Entry, ...]
    closed: bool
    call: ast.Call
    cell: Cell
    variable: str

    def get(self, *names: str) -> Entry | None:
        """The effective entry of these names, which are aliases."""
        return next((each for each in reversed(self.entries) if each.name in names), None)


def clients_of(analysis: LessonAnalysis) -> tuple[Client, ...]:
    """Every client of a lesson, computed once."""
    return analysis.once(_clients)


def _clients(analysis: LessonAnalysis) -> tuple[Client, ...]:
    found: list[Client] = []
    text = analysis.lesson.text
    if "confluent_kafka" not in text and not (_TELLING in text and _calls_client(text)):
        return ()
    for session in analysis.sessions:
        flow = _Flow()
        for cell in session.cells:
            if cell.tree is not None:
                flow.read(cell, cell.tree.body)
        found += flow.clients
    return tuple(found)


def _calls_client(text: str) -> bool:
    return any(f"{each}(" in text for each in _SIDES) and _CALLED.search(text) is not None


class _Flow:
    """Follows the dicts that names refer to through the statements of a session, in order."""

    def __init__(self) -> None:
        self.clients: list[Client] = []
        self._meanings = Meanings()
        self._names: dict[str, Draft] = {}
        self._values: dict[str, object] = {}

    def read(self, cell: Cell, body: Sequence[ast.stmt], *, sure: bool = True) -> None:
        """Process statements; not `sure` when they may not run."""
        for statement in body:
            self._read_statement(cell, statement, sure=sure)

    def _read_statement(self, cell: Cell, node: ast.stmt, *, sure: bool) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._read_function(cell, node)
                return
            case ast.ClassDef():
                self.read(cell, node.body, sure=sure)
                return
            case (
                ast.If() | ast.For() | ast.While() | ast.Try() | ast.With() | ast.AsyncWith() | ast.AsyncFor()
            ):
                self._read_compound(cell, node, sure=sure)
                return
        nodes = nodes_of(node, *GIVE_MEANING, ast.Call)
        for each in nodes:
            self._meanings.learn(each)
        self._take_clients(cell, node, nodes)
        self._read_change(cell, node, sure=sure)

    def _read_compound(self, cell: Cell, node: ast.stmt, *, sure: bool) -> None:
        for each in ast.iter_child_nodes(node):
            if isinstance(each, ast.expr | ast.withitem):
                self._find_clients(cell, each)
                self._meanings.learn(each)
        sure = sure and isinstance(node, ast.With | ast.AsyncWith | ast.Try)
        for name in ("body", "orelse", "finalbody"):
            self.read(cell, getattr(node, name, []), sure=sure)
        for handler in getattr(node, "handlers", []):
            self.read(cell, handler.body, sure=False)

    def _read_function(self, cell: Cell, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Process a function's body with its own names; names on `self` are shared by the class."""
        names, values = self._names, self._values
        arguments = node.args
        parameters = {each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
        self._names = {name: each for name, each in names.items() if name not in parameters}
        self._values = {name: each for name, each in values.items() if name not in parameters}
        self.read(cell, node.body)
        names.update((name, each) for name, each in self._names.items() if name.startswith("self."))
        self._names, self._values = names, values

    def _read_change(self, cell: Cell, node: ast.stmt, *, sure: bool) -> None:
        match node:
            case ast.Assign(targets=[ast.Subscript(value=holder, slice=key)], value=value):
                self._set(cell, holder, key, value, sure=sure)
            case (
                ast.Assign(targets=[target], value=value)
                | ast.AnnAssign(target=target, value=ast.expr() as value)
            ):
                self._bind(cell, dotted_name(target), value)
            case ast.Expr(
                value=ast.Call(func=ast.Attribute(value=holder, attr="update"), args=args, keywords=more)
            ):
                self._update(cell, holder, args, more, sure=sure)
            case ast.AugAssign(target=target, op=ast.BitOr(), value=value):
                self._update(cell, target, [value], [], sure=sure)
            case ast.Delete(targets=targets):
                for each in targets:
                    if isinstance(each, ast.Subscript):
                        self._take_out(each.value, each.slice)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=holder, attr="pop"), args=[key, *_])):
                self._take_out(holder, key)

    def _take_out(self, holder: ast.expr, key: ast.expr) -> None:
        draft = self._names.get(dotted_name(holder))
        if draft is not None:
            name = key.value if isinstance(key, ast.Constant) else None
            draft.closed = draft.closed and name is not None
            draft.entries = [each for each in draft.entries if name is not None and each.name != name]

    def _bind(self, cell: Cell, name: str, value: ast.expr) -> None:
        self._values.pop(name, None)
        self._names.pop(name, None)
        draft = self._draft(cell, value)
        if draft is not None:
            self._names[name] = draft
        elif (known := self._value(value)) is not _NOT_KNOWN:
            self._values[name] = known

    def _set(self, cell: Cell, holder: ast.expr, key: ast.expr, value: ast.expr, *, sure: bool) -> None:
        draft = self._names.get(dotted_name(holder))
        if draft is None:
            return
        draft.closed = draft.closed and sure
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            draft.set(Entry(key.value, key, value, self._value(value), cell))
        else:
            draft.closed = False

    def _update(
        self, cell: Cell, holder: ast.expr, args: list[ast.expr], more: list[ast.keyword], *, sure: bool
    ) -> None:
        draft = self._names.get(dotted_name(holder))
        if draft is None:
            return
        draft.closed = draft.closed and sure and not more
        for each in args:
            given = self._draft(cell, each) or Draft(closed=False)
            draft.closed = draft.closed and given.closed
            for entry in given.entries:
                draft.set(entry)

    def _draft(self, cell: Cell, node: ast.expr) -> Draft | None:
        """The dict that an expression evaluates to; None when it is no visible dict."""
        match node:
            case ast.Dict():
                return self._literal(cell, node)
            case ast.Name() | ast.Attribute():
                return self._names.get(dotted_name(node))
            case ast.Call(func=ast.Attribute(value=holder, attr="copy"), args=[]):
                known = self._names.get(dotted_name(holder))
                return known.copy() if known else None
            case ast.Call(func=ast.Name(id="dict"), args=args, keywords=keywords):
                return self._merged(cell, [*args, *(each.value for each in keywords if each.arg is None)])
            case ast.BinOp(left=ast.Name() | ast.Dict() as left, op=ast.BitOr(), right=right):
                return self._merged(cell, [left, right])
        return None

    def _merged(self, cell: Cell, parts: Sequence[ast.expr]) -> Draft | None:
        drafts = [self._draft(cell, each) for each in parts]
        if not any(drafts):
            return None
        merged = Draft()
        for each in drafts:
            given = each or Draft(closed=False)
            merged.closed = merged.closed and given.closed
            for entry in given.entries:
                merged.set(entry)
        return merged

    def _literal(self, cell: Cell, node: ast.Dict) -> Draft:
        draft = Draft()
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                given = self._draft(cell, value) or Draft(closed=False)
                draft.closed = draft.closed and given.closed
                for entry in given.entries:
                    draft.set(entry)
            elif isinstance(key, ast.Constant) and isinstance(key.value, str):
                draft.entries.append(Entry(key.value, key, value, self._value(value), cell))
            else:
                draft.closed = False
        return draft

    def _value(self, node: ast.expr, depth: int = 0) -> object:
        if depth > _DEEPEST:
            return _NOT_KNOWN
        match node:
            case ast.Constant(value=value) if value is not ...:
                return value
            case ast.Name(id=name):
                return self._values.get(name, _NOT_KNOWN)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                number = self._value(operand, depth + 1)
                return -number if isinstance(number, int | float) else _NOT_KNOWN
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                first, second = self._value(left, depth + 1), self._value(right, depth + 1)
                if (
                    isinstance(first, int)
                    and isinstance(second, int)
                    and max(abs(first), abs(second)) < _LARGEST
                ):
                    return _ARITHMETIC[type(op)](first, second)
        return _NOT_KNOWN

    def _find_clients(self, cell: Cell, node: ast.AST) -> None:
        self._take_clients(cell, node, nodes_of(node, ast.Call))

    def _take_clients(self, cell: Cell, node: ast.AST, inside: Sequence[ast.AST]) -> None:
        """Process the clients that are created among the nodes inside another node."""
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        variable = dotted_name(target) if isinstance(target, ast.expr) else ""
        for call in inside:
            if isinstance(call, ast.Call) and (call.args or call.keywords):
                self.clients += self._client(cell, call, variable)

    def _client(self, cell: Cell, call: ast.Call, variable: str) -> Iterator[Client]:
        dotted = self._meanings.dotted(call.func)
        name = dotted.rpartition(".")[2]
        if name not in _SIDES or not (dotted.startswith(_PACKAGE) or dotted == name):
            return
        given = call.args[:1] or [each.value for each in call.keywords if each.arg in {None, "conf"}][:1]
        draft = self._draft(cell, given[0]) if given else None
        if draft is None or (dotted == name and _TELLING not in {each.name for each in draft.entries}):
            return
        yield Client(name, _SIDES[name], tuple(draft.entries), draft.closed, call, cell, variable)


def dotted_name(node: ast.expr) -> str:
    """`config` or `self.config`, "" for anything else."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=name), attr=attr):
            return f"{name}.{attr}"
    return ""

"""Finds statements whose result differs from run to run or between machines.

They use random numbers or identifiers, the time, or what the system reports about itself.
"""

import ast
from collections.abc import Iterator, Mapping

from msgspec import Struct

from checker.analysis.cell import Cell
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.trees import walk

# Modules, functions and values whose results cannot be predicted.
_MODULES = frozenset({
    "random", "secrets", "uuid", "faker", "tempfile", "time", "timeit", "socket", "platform", "psutil",
    "getpass", "subprocess", "requests", "urllib", "httpx", "resource", "gc", "tracemalloc",
})  # fmt: skip
_NAMES = frozenset({
    "utcnow", "time_ns", "perf_counter", "monotonic", "process_time", "uuid1", "uuid4", "token_hex",
    "urandom", "getpid", "cpu_count", "getcwd", "environ", "getenv", "getsizeof", "memory_usage",
    "__version__", "version_info", "Faker", "popen", "Popen", "native_id",
})  # fmt: skip
# Names that count only when they are called: otherwise they may be anything.
_CALLED = frozenset({
    "now", "today", "time", "ctime", "cwd", "home", "id", "hash", "system", "version",
})  # fmt: skip
# These are deterministic once a seed is set.
_RANDOM = frozenset({
    "randint", "randn", "rand", "choice", "choices", "shuffle", "sample", "normal", "uniform", "integers",
    "permutation", "random", "poisson", "exponential", "binomial", "randrange", "gauss", "triangular",
    "expovariate", "getrandbits", "standard_normal", "faker", "Faker",
})  # fmt: skip
_ADDS = frozenset({
    "append", "appendleft", "extend", "add", "update", "insert", "setdefault", "put", "push", "write",
    "send",
})  # fmt: skip
_SEEDS = frozenset({"seed", "manual_seed", "seed_instance"})
_WITH_SEED = frozenset({"default_rng", "RandomState", "Random", "Generator", "SeedSequence", "PCG64"})
_SEED_WORDS = frozenset({"random_state", "seed"})
# Results that come in no particular order.
_UNORDERED = frozenset({
    "set", "frozenset", "Thread", "ThreadPoolExecutor", "ProcessPoolExecutor", "as_completed", "gather",
    "create_task", "TaskGroup", "Pool", "Process", "listdir", "scandir", "iterdir", "glob", "rglob",
    "walk", "threading", "multiprocessing", "asyncio", "concurrent",
})  # fmt: skip


class Chance(Struct, frozen=True):
    """The statements of one cell that depend on chance, by index.

    `unordered` says that the lines which it prints may change places.
    """

    statements: frozenset[int] = frozenset()
    unordered: bool = False


def chances(analysis: LessonAnalysis) -> Mapping[int, Chance]:
    """What depends on chance in each Python block, by its index."""
    found: dict[int, Chance] = {}
    for session in analysis.sessions:
        known = _Known()
        for cell in session.cells:
            found[cell.block.index] = known.read(cell)
    return found


class _Known:
    """The names of a session that hold results of chance, and whether its random numbers are seeded."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._seeded: set[str] = set()
        self._has_seeded_generator = False
        self._unordered = False

    def read(self, cell: Cell) -> Chance:
        if cell.tree is None:
            return Chance()
        by_chance = set()
        for number, statement in enumerate(cell.tree.body):
            nodes = list(walk(statement))
            self._seeded |= {generator for node in nodes for generator in _seeds(node)}
            self._has_seeded_generator = self._has_seeded_generator or any(map(_is_seeded_generator, nodes))
            words = {word for node in nodes for word in _words(node)}
            self._unordered = self._unordered or bool(words & _UNORDERED) or _has_set(nodes)
            common = {generator for node in nodes for generator in _draws_in_common(node)}
            begun = bool(self._seeded) or self._has_seeded_generator
            seeded = any(_has_seed(node) for node in nodes)
            seeded = seeded or (begun and ("" in self._seeded or common <= self._seeded))
            if self._is_chance(statement, nodes, words, seeded=seeded):
                by_chance.add(number)
                self._names |= set(_bound(nodes))
        if any("%time" in text for _, text in cell.magics):
            by_chance |= set(range(len(cell.tree.body)))
        return Chance(frozenset(by_chance), self._unordered)

    def _is_chance(self, statement: ast.stmt, nodes: list[ast.AST], words: set[str], *, seeded: bool) -> bool:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            return False
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        if self._names & names:
            return True
        called = {word for node in nodes for word in _called(node)}
        modules = {word for node in nodes for word in _asked(node)}
        chancy = (_NAMES & words) | (_MODULES & modules) | ((_CALLED | _RANDOM) & called)
        return bool(chancy - _RANDOM if seeded else chancy)


def _words(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            yield name
        case ast.Constant(value="now" | "today"):  # as pandas understands them
            yield "utcnow"


def _called(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        # `time(8, 30)` is a time of day, not the clock.
        yield from (word for word in _words(node.func) if word != "time" or not node.args)


def _asked(node: ast.AST) -> Iterator[str]:
    """The names through which an object or module is asked for something."""
    match node:
        case ast.Attribute(value=ast.Name(id=name)):
            yield name


def _seeds(node: ast.AST) -> Iterator[str]:
    """The generator that a call gives its beginning to, as `_draws_in_common` has it; "" for one unknown."""
    match node:
        case ast.Call(func=ast.Attribute(value=module, attr=name)) if name in _SEEDS:
            yield _common(module)
        case ast.Call(func=ast.Name(id=name)) if name in _SEEDS:
            yield ""


def _is_seeded_generator(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args, keywords=keywords):
            return name in _WITH_SEED and bool(args or keywords)
    return False


def _draws_in_common(node: ast.AST) -> Iterator[str]:
    """The shared generator that a node uses: `random.random()`, `np.random.rand()`."""
    match node:
        case ast.Call(func=ast.Attribute(value=module, attr=function)) if function in _RANDOM:
            yield from filter(None, [_common(module)])


def _common(module: ast.expr) -> str:
    """`random` for Python's generator, `.random` for NumPy's; "" for anything else."""
    match module:
        case ast.Name(id="random"):
            return "random"
        case ast.Attribute(attr="random"):
            return ".random"
    return ""


def _has_seed(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and any(each.arg in _SEED_WORDS for each in node.keywords)


def _has_set(nodes: list[ast.AST]) -> bool:
    return any(isinstance(node, ast.Set | ast.SetComp) for node in nodes)


def _bound(nodes: list[ast.AST]) -> Iterator[str]:
    """What a statement assigns: names, definitions, and containers that are added to or written into."""
    for node in nodes:
        match node:
            case (
                ast.Name(id=name, ctx=ast.Store())
                | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
            ):
                yield name
            case ast.ClassDef(name=name):
                yield name
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                yield name
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if method in _ADDS:
                yield name

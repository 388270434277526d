"""What a cell needs of Spark: Spark itself, and Kafka when it is one of its sources or sinks."""

import ast
from collections.abc import Iterator

from checker.analysis.last_names import last_name
from checker.analysis.needs.meaning import Meanings
from checker.analysis.needs.reach import Reached
from checker.analysis.needs.want import Want
from checker.model import Need

_LIBRARY = "pyspark"
# Calls that start Spark, by the end of their names.
_STARTS = {"getOrCreate", "SparkContext", "StreamingContext"}
_READERS = {"read", "readStream", "write", "writeStream"}
# The last call of a chain that reads or writes; a `format` on its own counts as well.
_ENDS = {"format", "load", "save", "start", "toTable"}
_BROKERS = "kafka.bootstrap.servers"


class Spark:
    """Finds what the cells of one session need of Spark; nodes are given in order."""

    def __init__(self, meanings: Meanings) -> None:
        self._meanings = meanings
        self._seen: set[ast.AST] = set()

    def find(self, reached: Reached) -> Iterator[Want]:
        """What one node needs. A chain of calls is examined once, from its end."""
        node = reached.node
        if not isinstance(node, ast.Call) or node in self._seen:
            return
        if last_name(node.func) in _STARTS and self._meanings.dotted(_root(node)).startswith(_LIBRARY):
            yield Want(Need("service", "spark"), "Spark", library=_LIBRARY)
        if last_name(node.func) not in _ENDS:
            return
        chain = list(_chain(node))
        self._seen.update(chain)
        if _attributes(node) & _READERS and self._has_format(chain, "kafka"):
            hosts = tuple(each.strip() for each in self._option(chain, _BROKERS).split(",") if each.strip())
            words = f"Kafka at {hosts[0]}" if hosts else "Kafka"
            yield Want(Need("service", "kafka"), words, hosts=hosts, library=_LIBRARY)

    def _has_format(self, chain: list[ast.Call], name: str) -> bool:
        return any(
            last_name(call.func) == "format" and call.args and self._meanings.text(call.args[0]) == name
            for call in chain
        )

    def _option(self, chain: list[ast.Call], name: str) -> str:
        for call in chain:
            match call.args:
                case [key, value] if last_name(call.func) == "option" and self._meanings.text(key) == name:
                    return self._meanings.text(value) or ""
        return ""


def _chain(node: ast.expr) -> Iterator[ast.Call]:
    """The calls of `a.b().c().d()`, from the last to the first."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Call):
            yield node
            node = node.func
        else:
            node = node.value


def _root(node: ast.Call) -> ast.expr:
    """The beginning of a chain, up to its first call: `SparkSession.builder.appName`."""
    root: ast.expr = node
    for call in _chain(node):
        root = call.func
    return root


def _attributes(node: ast.expr) -> set[str]:
    """All names of attributes in a chain."""
    names: set[str] = set()
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        else:
            node = node.func
    return names

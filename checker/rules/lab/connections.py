"""`connect(host=…, port=…)` in Python, against the lab's ports."""

import ast
from collections.abc import Iterator

from checker.analysis.lesson import LessonAnalysis
from checker.analysis.trees import nodes_of
from checker.rules.lab.drift import Drift
from checker.rules.lab.reading import Lab

_LOCAL = frozenset({"localhost", "127.0.0.1"})


def wrong_connections(analysis: LessonAnalysis, lab: Lab) -> Iterator[Drift]:
    """One drift for each port that belongs to the other side of a port mapping."""
    if "port=" not in analysis.lesson.text or lab.compose is None or not lab.compose.whole:
        return
    for cell in analysis.cells:
        for node in nodes_of(cell.tree, ast.Call) if cell.tree is not None else ():
            given = {each.arg: each.value for each in node.keywords}
            host, port = given.get("host"), given.get("port")
            if isinstance(host, ast.Constant) and isinstance(port, ast.Constant):
                message = _wrong(host.value, port.value, lab)
                if message:
                    yield Drift(message, cell.span(analysis.lesson, port), cell.block.index)


def _wrong(host: object, port: object, lab: Lab) -> str:
    """What is wrong with a port on a host, "" when nothing is."""
    number = int(port) if isinstance(port, int) or (isinstance(port, str) and port.isdecimal()) else 0
    if not isinstance(host, str) or not 0 < number < 1 << 16:
        return ""
    if host in _LOCAL:
        if number in lab.published:
            return ""
        for service in lab.services.values():
            outer = next((out for out, inner in service.published.items() if inner == number and out), 0)
            if outer:
                return (
                    f"{lab.keys.compose} publishes port {number} of `{service.name}` as {outer}: write "
                    f"{outer}"
                )
        return ""
    found = lab.service_of(host)
    if found is None or number in found.published.values() or number not in found.published:
        return ""
    inner = found.published[number]
    where = f"containers reach `{host}` at {inner}"
    return f"{number} is the port of `{found.name}` on this machine; {where}: write {inner}"

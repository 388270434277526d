"""What a cell waits for: a person at the keyboard, or the end of an endless loop."""

import ast
from collections.abc import Iterator, Sequence

from checker.analysis.needs.flags import is_never_turned
from checker.analysis.needs.meaning import Meanings, argument
from checker.analysis.needs.reach import Reached
from checker.analysis.needs.want import Want
from checker.analysis.scopes import own_nodes
from checker.analysis.trees import children
from checker.model import Need

_ASKS = {
    "breakpoint", "click.confirm", "click.prompt", "cv2.waitKey", "getpass.getpass", "input", "pdb.set_trace",
    "sys.stdin.read", "sys.stdin.readline", "sys.stdin.readlines", "turtle.done", "turtle.mainloop",
}  # fmt: skip
_WINDOW_LOOPS = {"mainloop", "exec_"}

_ENDLESS_CALLS = {
    "aiohttp.web.run_app", "signal.pause", "uvicorn.run", "asyncio.Event().wait", "threading.Event().wait",
}  # fmt: skip
_ENDLESS_METHODS = {"awaitTermination", "run_forever", "serve_forever", "start_consuming"}
# `app.run()` of a web framework, by the class of `app`.
_WEB_APPS = {
    "bottle.Bottle()",
    "dash.Dash()",
    "fastmcp.FastMCP()",
    "flask.Flask()",
    "quart.Quart()",
    "sanic.Sanic()",
}
_ENDLESS_ITERATORS = {"itertools.count()", "itertools.cycle()"}
_EXITS = {"exit", "quit", "sys.exit", "os._exit"}


def find_input(reached: Reached, meanings: Meanings) -> Iterator[Want]:
    """Whether one node waits for somebody to type or to close a window."""
    if not isinstance(reached.node, ast.Call) or reached.handles("EOFError"):
        return
    dotted = meanings.dotted(reached.node.func)
    if dotted in _ASKS:
        yield Want(Need("input", dotted), f"somebody to answer `{dotted}()`")
    elif dotted == "os.kill" and _ends_itself(reached.node, meanings):
        yield Want(Need("input", dotted), "somebody to start the interpreter again, which it ends")
    elif isinstance(reached.node.func, ast.Attribute) and reached.node.func.attr in _WINDOW_LOOPS:
        yield Want(Need("input", reached.node.func.attr), "somebody to close its window")


def _ends_itself(kill: ast.Call, meanings: Meanings) -> bool:
    """Whether it is the own process that is killed, as notebooks do whose kernel is to start again."""
    signal = argument(kill, 1, "signal")
    ends = isinstance(signal, ast.Constant) and signal.value in (9, 15)
    ends = ends or meanings.dotted(signal) in ("signal.SIGKILL", "signal.SIGTERM")
    return ends and meanings.dotted(argument(kill, 0, "pid")) == "os.getpid()"


def endless(reached: Reached, meanings: Meanings, trees: Sequence[ast.Module]) -> str:
    """Why one node runs for ever; empty when it does not. `trees` are those of its session."""
    if not reached.called:
        return ""
    match reached.node:
        case ast.While(test=ast.Constant(value=True | 1)) if not _has_way_out(reached.node, meanings):
            return "its `while` loop has no way out"
        case ast.While(test=test) if is_never_turned(test, trees) and not _has_way_out(
            reached.node, meanings
        ):
            return "its `while` loop runs until a signal arrives"
        case ast.For(iter=ast.Call()) if meanings.dotted(
            reached.node.iter
        ) in _ENDLESS_ITERATORS and not _has_way_out(reached.node, meanings):
            return "its `for` loop never ends"
        case ast.Call():
            return _endless_call(reached.node, meanings)
    return ""


def _endless_call(call: ast.Call, meanings: Meanings) -> str:
    dotted = meanings.dotted(call.func)
    owner, _, method = dotted.rpartition(".")
    if isinstance(call.func, ast.Attribute):
        method = call.func.attr
    waits_limited = bool(call.args or call.keywords) and method in ("awaitTermination", "wait")
    if waits_limited:
        return ""
    if dotted in _ENDLESS_CALLS or method in _ENDLESS_METHODS or (method == "run" and owner in _WEB_APPS):
        return f"`{method}()` does not return"
    return ""


def _has_way_out(loop: ast.While | ast.For, meanings: Meanings) -> bool:
    """Whether something ends the loop from inside; an error that a service may raise does not count."""
    for node in own_nodes(loop.body):
        match node:
            case ast.Return() | ast.Yield() | ast.YieldFrom():
                return True
            case ast.Raise(exc=ast.Name(id=name) | ast.Call(func=ast.Name(id=name))):
                if name in ("KeyboardInterrupt", "StopIteration", "SystemExit"):
                    return True
            case ast.Call() if meanings.dotted(node.func) in _EXITS:
                return True
    return _breaks(loop.body)


def _breaks(body: list[ast.stmt]) -> bool:
    """Whether a `break` in this body belongs to its loop."""
    for statement in body:
        match statement:
            case ast.Break():
                return True
            case ast.For() | ast.AsyncFor() | ast.While():
                inner = statement.orelse  # a `break` there belongs to the outer loop
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                continue
            case _:
                inner = list(_statements(statement))
        if _breaks(inner):
            return True
    return False


def _statements(statement: ast.stmt) -> Iterator[ast.stmt]:
    for child in children(statement):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from child.body

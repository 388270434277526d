"""What expressions mean, as far as literals in the lesson tell: `pd.read_csv`, a path."""

import ast
import posixpath

# No path is longer; a lesson that builds up a text must not exhaust the memory.
_LONGEST_TEXT = 4096
_LONGEST_DOTTED = 200
_FORGOTTEN = {"np": "numpy", "pd": "pandas", "plt": "matplotlib.pyplot", "sns": "seaborn", "tf": "tensorflow"}
# Nodes that give a name its meaning.
GIVE_MEANING = (
    ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.withitem, ast.FunctionDef,
    ast.AsyncFunctionDef, ast.ClassDef,
)  # fmt: skip
_JOINS_PATHS = {"os.path.join", "str", "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"}


class Meanings:
    """What the names of a session stand for; its nodes are given in the order in which they run."""

    def __init__(self) -> None:
        self._imported: dict[str, str] = {}
        self._made: dict[str, str] = {}
        self._texts: dict[str, str | None] = {}
        # The results of `dotted`, which is called several times for a node; cleared when a name changes.
        self._dotted_of: dict[ast.expr, str] = {}

    def learn(self, node: ast.AST) -> None:
        """Take in an import, an assignment, or a `with`."""
        if not isinstance(node, GIVE_MEANING):
            return
        match node:
            case ast.Import():
                for alias in node.names:
                    top = alias.name.partition(".")[0]
                    self._import(alias.asname or top, alias.name if alias.asname else top)
            case ast.ImportFrom(module=str(module), level=0):
                for alias in node.names:
                    self._import(alias.asname or alias.name, f"{module}.{alias.name}")
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self._assign(name, value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                self._assign(name, value)
            case ast.withitem(context_expr=value, optional_vars=ast.Name(id=name)):
                self._assign(name, value)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self._forget(node.name)
                self._texts[node.name] = None

    def _import(self, name: str, dotted: str) -> None:
        self._forget(name)
        self._imported[name] = dotted

    def _assign(self, name: str, value: ast.expr) -> None:
        text, dotted = self.text(value), self.dotted(value)
        self._forget(name)
        self._made[name] = dotted
        self._texts[name] = text

    def _forget(self, name: str) -> None:
        self._dotted_of.clear()
        self._imported.pop(name, None)
        self._made.pop(name, None)

    def dotted(self, node: ast.expr | None) -> str:
        """Where a value comes from, such as `pandas.read_csv` or `redis.Redis()`; empty when unknown.

        A name without a meaning stands for itself: it is a builtin, or a forgotten import.
        """
        if node is None:
            return ""
        known = self._dotted_of.get(node)
        if known is None:
            dotted = self._dotted(node)
            known = self._dotted_of[node] = dotted if len(dotted) <= _LONGEST_DOTTED else ""
        return known

    def _dotted(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                if name in self._imported:
                    return self._imported[name]
                return self._made.get(name, "" if name in self._texts else _FORGOTTEN.get(name, name))
            case ast.Attribute(value=value, attr=attr):
                base = self.dotted(value)
                return f"{base}.{attr}" if base else ""
            case ast.Call(func=func):
                base = self.dotted(func)
                return f"{base}()" if base else ""
            case ast.Await(value=value):
                return self.dotted(value)
        return ""

    def text(self, node: ast.expr | None) -> str | None:
        """A text or a path that the lesson gives as a literal; None otherwise."""
        text = self._text(node)
        return None if text is None or len(text) > _LONGEST_TEXT else text

    def _text(self, node: ast.expr | None) -> str | None:
        match node:
            case ast.Constant(value=str(value)):
                return value
            case ast.Name(id=name):
                return self._texts.get(name)
            case ast.Call(args=args) if self.dotted(node.func) in _JOINS_PATHS and args:
                parts = [self.text(each) for each in args]
                return None if None in parts else posixpath.join(*filter(None, parts))
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                folder, file = self.text(left), self.text(right)
                return None if folder is None or file is None else posixpath.join(folder, file)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                first, second = self.text(left), self.text(right)
                return None if first is None or second is None else first + second
        return None

    def url(self, node: ast.expr | None) -> str:
        """The literal part of a URL; empty when not even its beginning is a literal."""
        if isinstance(node, ast.JoinedStr) and node.values:
            first = node.values[0]
            inner = first.value if isinstance(first, ast.FormattedValue) else first
            return self.url(inner)
        if isinstance(node, ast.BinOp):
            return self.url(node.left)
        text = self.text(node) or ""
        return text if "://" in text else ""


def argument(call: ast.Call, position: int, *names: str) -> ast.expr | None:
    """An argument of a call, by one of its names or by its position."""
    for keyword in call.keywords:
        if keyword.arg in names:
            return keyword.value
    if position < len(call.args) and not any(isinstance(each, ast.Starred) for each in call.args):
        return call.args[position]
    return None

"""Which packages, programs and notebook commands a cell needs."""

import ast
import sys
from collections.abc import Iterator

from checker.analysis.needs.meaning import Meanings
from checker.analysis.needs.reach import Reached
from checker.analysis.needs.want import Want
from checker.model import Need
from checker.patterns import regex

# Packages that only contain other packages: having one says nothing about its subpackages.
_NAMESPACES = {"azure", "google", "google.cloud", "opentelemetry"}
_PROGRAM_CALLS = {
    "os.system", "os.popen", "subprocess.Popen", "subprocess.call", "subprocess.check_call",
    "subprocess.check_output", "subprocess.getoutput", "subprocess.run",
}  # fmt: skip
_PYTHON = regex(r"python[\d.]*$")

# Notebook lines without effect in a session: figures are kept anyway, and modules are not edited.
_IDLE_MAGICS = regex(r"%(?:matplotlib|config|load_ext|autoreload)\b")
_INSTALLS = regex(r"[%!]\s*(?:python3? -m )?(?:uv )?(?:pip3?|conda) install\b(.*)")
_REQUIREMENT = regex(r"[A-Za-z0-9][\w.-]*")
# Packages that are installed under one name and imported under another.
_IMPORTED_AS = {
    "beautifulsoup4": "bs4", "opencv-python": "cv2", "pillow": "PIL", "psycopg2-binary": "psycopg2",
    "python-dateutil": "dateutil", "python-dotenv": "dotenv", "pyyaml": "yaml", "scikit-learn": "sklearn",
}  # fmt: skip


def find_packages(reached: Reached, meanings: Meanings) -> Iterator[Want]:
    """The packages that one node imports, and the programs that it starts."""
    match reached.node:
        case ast.Import() | ast.ImportFrom() if not reached.handles("ImportError", "ModuleNotFoundError"):
            for module in _modules(reached.node):
                if module.startswith("."):
                    words = f"the package that it is a part of, for `{module}`"
                    yield Want(Need("package", module), words, never=True)
                elif module.partition(".")[0] not in sys.stdlib_module_names:
                    yield Want(Need("package", module), f"the package `{module}`")
        case ast.Call(args=[first, *_]) if meanings.dotted(reached.node.func) in _PROGRAM_CALLS:
            if (program := _program(first, meanings)) and not _PYTHON.match(program):
                yield Want(Need("package", program), f"the program `{program}`", never=True)


def find_in_magic(text: str) -> Iterator[Want]:
    """What a notebook line needs."""
    if _IDLE_MAGICS.match(text):
        return
    if install := _INSTALLS.match(text):
        for word in install[1].split():
            if match := _REQUIREMENT.match(word.strip("'\"")):
                module = _IMPORTED_AS.get(match[0].lower(), match[0].lower().replace("-", "_"))
                yield Want(Need("package", module), f"the package `{module}`")
        return
    yield Want(Need("package", "notebook"), f"a notebook to run `{text}`", never=True)


def _modules(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """The modules that an import needs, down to the level that is installed as a package."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield _distribution(alias.name)
    elif node.level:
        yield "." * node.level + (node.module or "")
    elif node.module in _NAMESPACES:
        for alias in node.names:
            yield _distribution(f"{node.module}.{alias.name}")
    else:
        yield _distribution(node.module or "")


def _distribution(module: str) -> str:
    top, *rest = module.split(".")
    while rest and top in _NAMESPACES:
        top = f"{top}.{rest.pop(0)}"
    return top


def _program(node: ast.expr, meanings: Meanings) -> str:
    if isinstance(node, ast.List | ast.Tuple) and node.elts:
        return (meanings.text(node.elts[0]) or "").rpartition("/")[2]
    words = (meanings.text(node) or "").split()
    return words[0].rpartition("/")[2] if words else ""

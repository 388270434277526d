"""Which files a cell reads that nothing in the lesson writes, and what it downloads."""

import ast
import posixpath
from collections.abc import Iterator

from checker.analysis.needs.clients import downloads
from checker.analysis.needs.meaning import Meanings, argument
from checker.analysis.needs.reach import Reached
from checker.analysis.needs.want import Want
from checker.model import Need

# Calls that open the file in their first argument, to read or write it as their second argument says.
_OPENERS = {
    "open", "io.open", "codecs.open", "gzip.open", "bz2.open", "lzma.open", "tarfile.open", "zipfile.ZipFile",
}  # fmt: skip
# Calls that read the file in their first argument.
_READERS = {
    "PIL.Image.open", "cv2.imread", "joblib.load", "matplotlib.pyplot.imread", "numpy.fromfile",
    "numpy.genfromtxt", "numpy.load", "numpy.loadtxt", "openpyxl.load_workbook", "os.listdir", "os.scandir",
    "os.stat", "pyarrow.parquet.read_table", "runpy.run_path", "shutil.copy", "shutil.copyfile",
    "shutil.move", "torch.load", "xarray.open_dataset",
}  # fmt: skip
_READER_FAMILIES = ("pandas.read_", "polars.read_", "polars.scan_", "dask.dataframe.read_")
_NOT_FROM_FILES = ("clipboard", "database", "gbq", "sql", "sql_query", "sql_table")
# Methods of a path that read the file.
_READING_METHODS = {"iterdir", "read_bytes", "read_text", "stat"}

# Calls that write the file in an argument, by its position; methods of a path, and of any object.
_WRITERS = {
    "joblib.dump": 1, "numpy.save": 0, "numpy.savetxt": 0, "numpy.savez": 0, "os.makedirs": 0, "os.mkdir": 0,
    "os.rename": 1, "os.replace": 1, "shelve.open": 0, "shutil.copy": 1, "shutil.copyfile": 1,
    "shutil.move": 1, "sqlite3.connect": 0, "torch.save": 1,
}  # fmt: skip
_WRITING_PATH_METHODS = {"mkdir", "touch", "write_bytes", "write_text"}
_WRITING_METHODS = {
    "savefig", "to_csv", "to_excel", "to_feather", "to_hdf", "to_html", "to_json", "to_parquet", "to_pickle",
    "to_xml", "write_csv", "write_json", "write_parquet",
}  # fmt: skip

_CHECKS = {"exists", "is_dir", "is_file", "isdir", "isfile"}
_ALWAYS_THERE = ("/dev/", "/proc/")
_FOLDERS_ALWAYS_THERE = {".", "/"}
_REMOTE = ("http://", "https://", "ftp://", "s3://", "gs://", "gcs://", "abfs://", "hdfs://")


class Files:
    """Finds what the cells of one lesson read and write; all its sessions share one folder."""

    def __init__(self) -> None:
        self._written: dict[str, int] = {}
        self._checked: set[str] = set()
        self._writes_anywhere = False

    def writer(self, path: str) -> int | None:
        """The block that writes a file, or a folder that contains it."""
        path = posixpath.normpath(path)
        while path not in self._written and path not in ("", "/", "."):
            path = posixpath.dirname(path)
        return self._written.get(path)

    def find(self, call: ast.Call, reached: Reached, meanings: Meanings, block: int) -> Iterator[Want]:
        """What a call reads or downloads; what it writes is recorded as written by the block."""
        dotted = meanings.dotted(call.func)
        if downloads(dotted):
            yield Want(Need("data", dotted), f"the download of `{dotted}`")
            return
        for source in _read(call, dotted, meanings):
            yield from self._want(source, reached)
        for target in _written(call, dotted, meanings):
            self._writes_anywhere |= target is None
            if target is not None:
                self._written.setdefault(posixpath.normpath(target), block)
        if isinstance(call.func, ast.Attribute) and call.func.attr in _CHECKS:
            checked = (meanings.text(each) for each in (call.func.value, *call.args))
            self._checked.update(posixpath.normpath(each) for each in checked if each)

    def _want(self, path: str, reached: Reached) -> Iterator[Want]:
        if path.startswith(_REMOTE):
            yield Want(Need("data", path), f"the download of {path}")
        elif not (
            not _is_path(path)
            or self._writes_anywhere
            or path.startswith(_ALWAYS_THERE)
            or posixpath.normpath(path) in _FOLDERS_ALWAYS_THERE
            or posixpath.normpath(path) in self._checked
            or reached.handles("FileNotFoundError", "OSError", "IOError", "EnvironmentError")
        ):
            words = f"the file `{path}`, which neither the lesson nor the fixtures create"
            yield Want(Need("data", posixpath.normpath(path)), words)


def _is_path(text: str) -> bool:
    """Whether a text may be a file name: lessons also pass content itself to a reader."""
    return text.strip() != "" and "\n" not in text and not text.lstrip().startswith(("{", "[", "<"))


def _read(call: ast.Call, dotted: str, meanings: Meanings) -> Iterator[str]:
    """The files that a call reads, where their names are literals."""
    last = dotted.rpartition(".")[2]
    if dotted in _OPENERS:
        source = argument(call, 0, "file", "filename", "name") if not _writes(call, 1, meanings) else None
    elif dotted in _READERS:
        source = argument(call, 0)
    elif (
        dotted.startswith(_READER_FAMILIES)
        and "()" not in dotted
        and last.partition("_")[2] not in _NOT_FROM_FILES
    ):
        source = argument(call, 0, "filepath_or_buffer", "io", "path", "path_or_buf", "source")
    elif isinstance(call.func, ast.Attribute) and (
        call.func.attr in _READING_METHODS or (call.func.attr == "open" and not _writes(call, 0, meanings))
    ):
        source = call.func.value
    else:
        return
    yield meanings.url(source) or meanings.text(source) or ""


def _written(call: ast.Call, dotted: str, meanings: Meanings) -> Iterator[str | None]:
    """The files that a call writes; None for one whose name is not a literal."""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if dotted in _OPENERS and _writes(call, 1, meanings):
        yield meanings.text(argument(call, 0, "file", "filename", "name"))
    elif dotted in _WRITERS:
        yield meanings.text(argument(call, _WRITERS[dotted]))
    elif method in _WRITING_PATH_METHODS or (method == "open" and _writes(call, 0, meanings)):
        assert isinstance(call.func, ast.Attribute)
        yield meanings.text(call.func.value)
    elif method in _WRITING_METHODS and (call.args or call.keywords):
        target = argument(call, 0, "path", "path_or_buf", "excel_writer", "fname", "file")
        if target is not None:
            yield meanings.text(target)


def _writes(call: ast.Call, position: int, meanings: Meanings) -> bool:
    mode = meanings.text(argument(call, position, "mode")) or "r"
    return not set(mode).isdisjoint("wax")

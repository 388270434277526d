"""Packages that lessons import and the lab does not install."""

import ast
import re
import sys
from collections.abc import Iterator

from checker.analysis.last_names import handled_names
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.trees import children
from checker.model import Span
from checker.patterns import regex
from checker.rules.lab.drift import Drift
from checker.rules.lab.reading import Lab
from checker.rules.lab.requirements import canonical

# Packages that are installed under another name than they are imported by.
_INSTALLED_AS = {
    "airflow": "apache-airflow", "attr": "attrs", "bs4": "beautifulsoup4", "bson": "pymongo",
    "cassandra": "cassandra-driver", "cv2": "opencv-python", "dateutil": "python-dateutil",
    "dbt": "dbt-core", "delta": "delta-spark", "dotenv": "python-dotenv", "fitz": "pymupdf",
    "git": "gitpython", "grpc": "grpcio", "ibis": "ibis-framework", "jwt": "pyjwt",
    "kafka": "kafka-python", "mpl_toolkits": "matplotlib", "mysql": "mysql-connector-python",
    "MySQLdb": "mysqlclient", "nats": "nats-py", "opensearchpy": "opensearch-py", "paho": "paho-mqtt",
    "PIL": "pillow", "psycopg2": "psycopg2-binary", "pulsar": "pulsar-client", "pyflink": "apache-flink",
    "pylab": "matplotlib", "pymysqlreplication": "mysql-replication", "apache_beam": "apache-beam",
    "serial": "pyserial", "skimage": "scikit-image", "sklearn": "scikit-learn", "snappy": "python-snappy",
    "snowflake": "snowflake-connector-python", "websocket": "websocket-client", "yaml": "pyyaml",
    "zmq": "pyzmq",
}  # fmt: skip
# Code that handles one of these expects that an import may fail.
_FAILS = frozenset({"BaseException", "ImportError", "ModuleNotFoundError"})
# Other packages that contain the same module.
_ALSO = {
    "cv2": ("opencv-python-headless", "opencv-contrib-python"), "kafka": ("kafka-python-ng",),
    "psycopg2": ("psycopg2",), "psycopg": ("psycopg-binary",), "sklearn": ("sklearn",),
    "airflow": ("apache-airflow-core", "apache-airflow-task-sdk"),
    "dbt": ("dbt-bigquery", "dbt-duckdb", "dbt-postgres", "dbt-redshift", "dbt-snowflake", "dbt-spark"),
    "psycopg_pool": ("psycopg",), "snowflake": ("snowflake-snowpark-python",),
}  # fmt: skip
# Dependencies that come with a package and may be relied on; others should not be.
_BRINGS = {
    "apache-airflow": ("httpx", "jinja2", "pendulum", "pydantic", "sqlalchemy"),
    "apache-flink": ("apache-beam", "numpy", "pandas", "py4j", "pyarrow"), "confluent-kafka": ("fastavro",),
    "dbt-postgres": ("jinja2", "psycopg2-binary"), "delta-spark": ("py4j", "pyspark"), "pyspark": ("py4j",),
    "pytest-asyncio": ("pytest",), "pytest-cov": ("pytest",),
    "streamlit": ("altair", "numpy", "pandas", "pyarrow"),
    "fastapi": ("pydantic", "starlette"), "flask": ("jinja2", "werkzeug"), "ipywidgets": ("ipython",),
    "jupyter": ("ipython", "ipywidgets", "notebook"), "jupyterlab": ("ipython",),
    "matplotlib": ("numpy", "pillow"), "pandas": ("numpy", "python-dateutil"), "polars": (),
    "requests": ("certifi", "urllib3"), "scikit-learn": ("joblib", "numpy", "scipy"), "scipy": ("numpy",),
    "seaborn": ("matplotlib", "numpy", "pandas"),
}  # fmt: skip
# https://jupyter-docker-stacks.readthedocs.io/en/latest/using/selecting.html
_SCIPY_NOTEBOOK = (
    "altair", "beautifulsoup4", "bokeh", "bottleneck", "cloudpickle", "cython", "dask", "dill", "h5py",
    "ipympl", "ipython", "ipywidgets", "jinja2", "joblib", "jupyterlab", "matplotlib", "notebook", "numba",
    "numexpr", "numpy", "openpyxl", "pandas", "patsy", "pillow", "protobuf", "pyarrow", "python-dateutil",
    "pyyaml", "requests", "scikit-image", "scikit-learn", "scipy", "seaborn", "sqlalchemy", "statsmodels",
    "sympy", "tables", "tornado", "traitlets", "urllib3", "xlrd",
)  # fmt: skip
_IMAGES = {
    "minimal-notebook": ("ipython", "jupyterlab", "notebook", "requests", "traitlets"),
    "scipy-notebook": _SCIPY_NOTEBOOK,
    "datascience-notebook": _SCIPY_NOTEBOOK,
    "tensorflow-notebook": (*_SCIPY_NOTEBOOK, "keras", "tensorflow"),
    "pytorch-notebook": (*_SCIPY_NOTEBOOK, "torch", "torchvision"),
    "pyspark-notebook": (*_SCIPY_NOTEBOOK, "grpcio", "pyspark"),
    "all-spark-notebook": (*_SCIPY_NOTEBOOK, "grpcio", "pyspark"),
}
# Packages that only contain others: the first word does not say which one is meant.
_NAMESPACES = frozenset({"azure", "databricks", "google", "opentelemetry", "ruamel"})
_NEVER = frozenset({"IPython", "__main__", "checker", "pip", "setuptools"})
_HOLD_STATEMENTS = (ast.stmt, ast.ExceptHandler, ast.match_case)
# A lesson that installs packages itself, or shows its own requirements.
_INSTALLS = regex(r"\b(?:pip3?|conda|mamba|poetry|uv(?: pip)?)\s+(?:install|add)\s+(?P<what>[^\n&|;#]+)")
_PINS = regex(r"^(?P<name>[A-Za-z][\w.-]*)(?:\[[^\]\n]*\])?[=~>]=\d", re.MULTILINE)
_NAME = regex(r"[A-Za-z][\w.-]*")


def missing_imports(analysis: LessonAnalysis, lab: Lab) -> Iterator[Drift]:
    """One drift for each package, at its first import in the lesson."""
    if lab.requirements is None or not lab.requirements.whole or not analysis.cells:
        return
    installed = _installed(lab)
    by_lesson: frozenset[str] | None = None
    seen: set[str] = set()
    for cell in analysis.cells:
        for node, module in _imports(cell.tree) if cell.tree and "import" in cell.source else ():
            if module in seen or f"{module}.py" in analysis.lesson.text:
                continue
            seen.add(module)
            names = _names(module)
            if not installed & names:
                by_lesson = _installed_by(analysis.lesson.text) if by_lesson is None else by_lesson
                span = cell.span(analysis.lesson, node)
                yield _drift(module, span, cell.block.index, lab, by_lesson=bool(by_lesson & names))


def _drift(module: str, span: Span, block: int, lab: Lab, *, by_lesson: bool) -> Drift:
    name = _INSTALLED_AS.get(module, canonical(module))
    message = f"nothing in {lab.keys.requirements} installs `{module}` (`{name}`)"
    if by_lesson:
        return Drift(f"{message}: only this lesson does", span, block, "info")
    return Drift(f"{message}: add it, unless the lab's image provides it", span, block, "warning")


def _imports(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """The statements that import packages, with the packages; without imports that may fail."""
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Try) and not _FAILS.isdisjoint(handled_names(node.handlers)):
            continue
        match node:
            case ast.Import(names=names):
                modules = [each.name for each in names]
            case ast.ImportFrom(module=str(module), level=0):
                modules = [module]
            case _:
                modules = []
        for each in modules:
            top = each.partition(".")[0]
            if top not in sys.stdlib_module_names and top not in _NAMESPACES | _NEVER:
                assert isinstance(node, ast.stmt)
                yield node, top
        todo += reversed([each for each in children(node) if isinstance(each, _HOLD_STATEMENTS)])


def _names(module: str) -> frozenset[str]:
    """The packages that contain a module."""
    return frozenset(
        {canonical(module), _INSTALLED_AS.get(module, canonical(module)), *_ALSO.get(module, ())}
    )


def _installed(lab: Lab) -> frozenset[str]:
    assert lab.requirements is not None
    asked = {*lab.requirements.packages, *_IMAGES.get(lab.base_image, ())}
    return frozenset(asked | {each for name in asked for each in _BRINGS.get(name, ())})


def _installed_by(text: str) -> frozenset[str]:
    """What the lesson's own commands and requirements install."""
    found = {each["name"] for each in _PINS.finditer(text)}
    for install in _INSTALLS.finditer(text):
        found |= set(_NAME.findall(install["what"]))
    return frozenset(map(canonical, found))

"""Names that are modules when they are used as one: `json.loads`, `pd.DataFrame`.

A lesson that misses one has forgotten an import. Names that lessons also give to their own objects (`queue`,
`uuid`, `time`) count only with an attribute that the module has.
"""

from msgspec import Struct


class KnownModule(Struct, frozen=True):
    """The import that binds the name, and the attributes by which it is recognised (empty: any)."""

    statement: str
    attributes: frozenset[str] = frozenset()


def _any(names: str) -> dict[str, KnownModule]:
    return {name: KnownModule(f"import {name}") for name in names.split()}


def _by(statement: str, attributes: str) -> KnownModule:
    return KnownModule(statement, frozenset(attributes.split()))


KNOWN_MODULES: dict[str, KnownModule] = {
    **_any(
        "argparse asyncio base64 bisect collections contextlib csv dataclasses functools getpass glob gzip"
        " hashlib heapq hmac inspect itertools json logging math multiprocessing os pathlib pickle pprint"
        " random re shutil socket sqlite3 struct subprocess sys tempfile textwrap threading traceback typing"
        " unittest urllib zoneinfo"
    ),
    **_any(
        "boto3 confluent_kafka httpx matplotlib numpy pandas polars psycopg2 pymongo pyspark requests scipy"
        " seaborn sklearn sqlalchemy torch yaml"
    ),
    "np": KnownModule("import numpy as np"),
    "pd": KnownModule("import pandas as pd"),
    "pl": _by("import polars as pl", "DataFrame LazyFrame Series col lit read_csv scan_csv"),
    "plt": KnownModule("import matplotlib.pyplot as plt"),
    "sns": KnownModule("import seaborn as sns"),
    "tf": KnownModule("import tensorflow as tf"),
    "copy": _by("import copy", "copy deepcopy"),
    "datetime": _by(
        "from datetime import datetime",
        "now utcnow today strptime fromtimestamp fromisoformat combine min max",
    ),
    "decimal": _by("import decimal", "Decimal getcontext localcontext"),
    "enum": _by("import enum", "Enum IntEnum StrEnum Flag auto"),
    "io": _by("import io", "StringIO BytesIO TextIOWrapper"),
    "operator": _by("import operator", "attrgetter itemgetter methodcaller add mul"),
    "platform": _by("import platform", "machine node platform python_version release system"),
    "queue": _by("import queue", "Queue LifoQueue PriorityQueue SimpleQueue Empty Full"),
    "secrets": _by("import secrets", "choice compare_digest randbelow token_bytes token_hex token_urlsafe"),
    "signal": _by("import signal", "signal alarm pause SIGINT SIGTERM SIGALRM"),
    "statistics": _by("import statistics", "mean median mode stdev pstdev variance quantiles"),
    "string": _by("import string", "ascii_letters ascii_lowercase ascii_uppercase digits Template"),
    "time": _by(
        "import time",
        "gmtime localtime monotonic perf_counter process_time sleep strftime strptime time time_ns",
    ),
    "uuid": _by("import uuid", "UUID uuid1 uuid3 uuid4 uuid5"),
    "warnings": _by("import warnings", "catch_warnings filterwarnings simplefilter warn"),
}


def _from(module: str, names: str) -> dict[str, str]:
    return {name: f"from {module} import {name}" for name in names.split()}


# Names that are used without their module.
KNOWN_IMPORTS: dict[str, str] = {
    **_from("collections", "Counter OrderedDict defaultdict deque namedtuple"),
    **_from("concurrent.futures", "ProcessPoolExecutor ThreadPoolExecutor"),
    **_from("confluent_kafka", "Consumer KafkaError KafkaException Producer TopicPartition"),
    **_from("dataclasses", "asdict dataclass field"),
    **_from("datetime", "date timedelta timezone"),
    **_from("decimal", "Decimal"),
    **_from("enum", "Enum"),
    **_from("functools", "lru_cache partial wraps"),
    **_from("io", "BytesIO StringIO"),
    **_from("pandas", "DataFrame Series"),
    **_from("pathlib", "Path"),
    **_from("time", "perf_counter sleep"),
    **_from("typing", "Any Callable Dict Iterator List Optional Protocol Union"),
    **_from("uuid", "uuid4"),
}

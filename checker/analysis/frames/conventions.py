"""Names that mean the same in every lesson: of modules, of frames, of methods that return pandas objects."""

import re

from checker.analysis.frames.tables import words
from checker.patterns import regex

# Libraries with frames of their own, where the rules about pandas do not apply.
FOREIGN = words(
    """polars pyspark dask xarray cudf modin vaex datatable ibis daft databricks snowflake koalas awkward
    static_frame h2o astropy tables bigframes narwhals"""
)
# Usual names of these modules, which are understood even when the import is not visible.
CONVENTIONAL = {
    "pd": "pandas",
    "np": "numpy",
    "sns": "seaborn",
    "pl": "polars",
    "spark": "pyspark",
    "xr": "xarray",
    "cudf": "cudf",
}
# Functions of other libraries that return a pandas DataFrame, and modules that consist of such functions.
GIVE_FRAMES = words("seaborn.load_dataset yfinance.download geopandas.read_file")
GIVE_FRAMES_ONLY = ("plotly.express.data.",)
# Methods by which other libraries convert their data to pandas.
TO_PANDAS = words("to_pandas toPandas to_dataframe to_df df fetchdf fetch_df")
# Signs of pandas on any object: accessors, methods that make groups, and methods that take a frequency, when
# they are given one.
ACCESSORS = words("dt cat")
MAKING_GROUPS = words("groupby resample")
GIVEN_FREQUENCIES = words("resample asfreq rolling to_period shift floor ceil round")
# Classes that are known without an import, unless the lesson uses another library with frames.
CLASSES = words("DataFrame Series")

_FRAME_NAME = regex(r"df\d*|df_\w+|\w+_df\d*|dataframe|data_frame", re.IGNORECASE)
# `df_columns`, `df_path`: named after a frame, but not a frame.
_NOT_A_FRAME = regex(
    r".*_(cols?|columns?|names?|paths?|files?|list|dict|map|json|dtypes?|shape|size|rows?|index|url|by\w*)"
)
_SERIES_NAME = regex(r"ts|ser|series|time_?series|\w+_(ts|series)", re.IGNORECASE)


def names_frame(name: str) -> bool:
    """Whether a name conventionally denotes a frame."""
    return _FRAME_NAME.fullmatch(name) is not None and not _NOT_A_FRAME.fullmatch(name)


def names_series(name: str) -> bool:
    """Whether a name conventionally denotes a series."""
    return _SERIES_NAME.fullmatch(name) is not None

"""Names that mean the same in every lesson: of modules, of frames, of what hands data over to pandas."""

import re

from checker.analysis.frames.tables import words
from checker.patterns import regex

# Libraries with frames of their own, on which what is wrong in pandas is right or does not exist.
FOREIGN = words(
    """polars pyspark dask xarray cudf modin vaex datatable ibis daft databricks snowflake koalas awkward
    static_frame h2o astropy tables bigframes narwhals"""
)
# Names that lessons give to these modules everywhere, so that an import out of sight is no riddle.
CONVENTIONAL = {
    "pd": "pandas",
    "np": "numpy",
    "sns": "seaborn",
    "pl": "polars",
    "spark": "pyspark",
    "xr": "xarray",
    "cudf": "cudf",
}
# Functions of other libraries that return a pandas DataFrame, and modules of nothing but such functions.
GIVE_FRAMES = words("seaborn.load_dataset yfinance.download geopandas.read_file")
GIVE_FRAMES_ONLY = ("plotly.express.data.",)
# Methods by which other libraries hand their data over to pandas.
TO_PANDAS = words("to_pandas toPandas to_dataframe to_df df fetchdf fetch_df")
# What speaks for pandas whatever it is asked of: accessors, methods that make groups, and such as are given a
# frequency, when they are.
ACCESSORS = words("dt cat")
MAKING_GROUPS = words("groupby resample")
GIVEN_FREQUENCIES = words("resample asfreq rolling to_period shift floor ceil round")
# Classes that need no import to be known, where no other library has frames.
CLASSES = words("DataFrame Series")

_FRAME_NAME = regex(r"df\d*|df_\w+|\w+_df\d*|dataframe|data_frame", re.IGNORECASE)
# `df_columns`, `df_path`: named after a frame, and not one.
_NOT_A_FRAME = regex(
    r".*_(cols?|columns?|names?|paths?|files?|list|dict|map|json|dtypes?|shape|size|rows?|index|url|by\w*)"
)
_SERIES_NAME = regex(r"ts|ser|series|time_?series|\w+_(ts|series)", re.IGNORECASE)


def names_frame(name: str) -> bool:
    """Whether a name is, by convention, that of a frame."""
    return _FRAME_NAME.fullmatch(name) is not None and not _NOT_A_FRAME.fullmatch(name)


def names_series(name: str) -> bool:
    """Whether a name is, by convention, that of a series."""
    return _SERIES_NAME.fullmatch(name) is not None

"""Tables of what the members of pandas objects return.

The words are names of pandas 3.1 (https://pandas.pydata.org/docs/reference/) or of older versions, which are
part of the API too and never columns read as attributes.
"""

from typing import Literal

from checker.analysis.frames.columns import Dtype
from checker.analysis.frames.tables import words

# What a member gives, from the object it is asked of:
#   same    the same kind with the same dtypes      shape   the same kind, dtypes not known
#   bool    the same kind, all boolean              frame, series, index, groups, array   what they say
#   scalar  one value, or something of no interest  reduced a Series from a frame, one value from a series
#   column  one column or item, taken out           unknown cannot be told from the name alone
Gives = Literal[
    "same",
    "shape",
    "bool",
    "frame",
    "series",
    "index",
    "groups",
    "array",
    "scalar",
    "reduced",
    "column",
    "unknown",
]


def _table(names: dict[Gives, str]) -> dict[str, Gives]:
    return {name: gives for gives, text in names.items() for name in words(text)}


# Members of both DataFrame and Series.
_BOTH = _table(
    {
        "same": """
            abs asfreq at_time between_time bfill clip copy drop drop_duplicates droplevel dropna ffill
            fillna filter head interpolate nlargest nsmallest reindex reindex_like rename_axis
            reorder_levels reset_index round sample set_axis set_flags shift sort_index sort_values
            swaplevel tail take truncate tz_convert tz_localize first last pad backfill
        """,
        "shape": """
            T add add_prefix add_suffix asof astype combine combine_first convert_dtypes cummax cummin
            cumprod cumsum diff div divide explode floordiv infer_objects map mask mod mul multiply
            pct_change pow radd rank rdiv rename replace rfloordiv rmod rmul rpow rsub rtruediv sub
            subtract to_period to_timestamp transform transpose truediv where append tshift slice_shift
            swapaxes
        """,
        "bool": "eq ge gt isin isna isnull le lt ne notna notnull",
        "groups": "ewm expanding groupby resample rolling",
        "index": "index keys",
        "array": "to_numpy values as_matrix",
        "reduced": """
            agg aggregate all any count idxmax idxmin kurt kurtosis max mean median min prod product
            quantile sem skew std sum var nunique apply mad
        """,
        "series": "corrwith duplicated memory_usage xs",
        "frame": "compare describe mode",
        "column": "get pop",
        "scalar": """
            attrs axes empty equals first_valid_index flags hist info last_valid_index ndim plot shape
            size sparse to_clipboard to_csv to_dict to_excel to_hdf to_json to_latex to_markdown
            to_pickle to_sql to_string to_xarray update is_copy
        """,
        "unknown": "align at dtypes from_arrow iat iloc items ix loc pipe squeeze unstack bool iteritems",
    }
)

FRAME: dict[str, Gives] = _BOTH | _table(
    {
        "same": "assign query select_dtypes set_index",
        "shape": "applymap eval isetitem",
        "frame": "corr cov from_dict from_records join melt merge pivot pivot_table",
        "series": "dot squeeze value_counts lookup",
        "index": "columns",
        "scalar": """
            boxplot iterrows itertuples insert style to_feather to_html to_iceberg to_orc to_parquet
            to_records to_stata to_xml to_gbq
        """,
        "unknown": "select get_value set_value stack unstack",
    }
)

SERIES: dict[str, Gives] = _BOTH | _table(
    {
        "same": "repeat",
        "bool": "between duplicated",
        "shape": "argsort case_when compare describe mode value_counts",
        "frame": "to_frame unstack",
        "array": "array unique ravel",
        "scalar": """
            argmax argmin autocorr corr cov divmod dot factorize hasnans is_monotonic_decreasing
            is_monotonic_increasing is_unique item list name nbytes rdivmod searchsorted struct
            memory_usage is_monotonic
        """,
        "unknown": "cat dt str dtype dtypes to_list tolist view xs",
    }
)

INDEX: dict[str, Gives] = _table(
    {
        "same": """
            append astype copy delete difference drop drop_duplicates droplevel dropna fillna
            get_level_values insert intersection join map rename repeat reindex set_names shift
            sort_values symmetric_difference take to_flat_index union unique where
        """,
        "array": "array values to_numpy isin isna isnull notna notnull duplicated asi8 ravel view",
        "series": "to_series value_counts",
        "frame": "to_frame",
        "unknown": "str dt cat dtype tolist to_list min max",
    }
)

GROUPS: dict[str, Gives] = _table(
    {
        "same": """
            agg aggregate all any bfill count cummax cummin cumprod cumsum diff ffill fillna first
            get_group head idxmax idxmin interpolate last max mean median min nth nunique pct_change
            prod quantile rank sample sem shift skew std sum tail take var asfreq nearest pad backfill
            corr cov describe ohlc transform filter kurt mad tshift
        """,
        "series": "cumcount ngroup size value_counts nlargest nsmallest",
        "groups": "ewm expanding resample rolling groupby",
        "scalar": "boxplot groups hist indices ndim ngroups plot keys level dtypes corrwith dtype",
        "unknown": "apply pipe unique is_monotonic_increasing is_monotonic_decreasing",
    }
)

# Members that are read, not called.
PROPERTIES = words(
    """attrs axes empty flags hasnans indices groups is_monotonic_decreasing is_monotonic_increasing is_unique
    name names nbytes ndim ngroups plot shape size struct style"""
)

# Accessors that other libraries add to every frame: not columns, unless a column of that name is seen.
ACCESSORS_OF_LIBRARIES = words("ak ds geo hvplot janitor mpl pint plotly sk spatial ta vbt ww")

# `.str` methods of a text column, by the dtype of their results.
_TEXT_GIVES: dict[Dtype, str] = {
    "text": """
        capitalize casefold center decode get join ljust lower lstrip normalize pad removeprefix
        removesuffix repeat replace rjust rstrip slice slice_replace strip swapcase title translate
        upper wrap zfill
    """,
    "int": "count find len rfind index rindex",
    "bool": """
        contains endswith fullmatch isalnum isalpha isascii isdecimal isdigit islower isnumeric isspace
        istitle isupper match startswith
    """,
    "object": "split rsplit findall partition rpartition encode",
}
TEXT_METHODS: dict[str, Dtype] = {
    name: dtype for dtype, names in _TEXT_GIVES.items() for name in words(names)
}
# The same for `.dt`.
DATE_METHODS: dict[str, Dtype] = {
    **dict.fromkeys(words("day_name month_name strftime"), "text"),
    **dict.fromkeys(words("as_unit ceil floor normalize round tz_convert tz_localize"), "datetime"),
    "total_seconds": "float",
    "to_period": "other",
    "to_pydatetime": "object",
}

# Methods of a Timestamp, Timedelta or Period that return another one.
VALUE_METHODS = words("as_unit asfreq ceil floor normalize replace round tz_convert tz_localize")

# Only frames and series are asked for these in everyday Python, so they reveal what a name holds: properties,
# and methods that are called.
TELLING_PROPERTIES = words("iloc columns dtypes")
# The same for a column of such an object, and for the object itself.
TELLING_OF_COLUMNS = words("value_counts fillna dropna nunique drop_duplicates interpolate iloc")
ASKING_METHODS = words("isna isnull notna notnull isin between")
SERIES_OF_DATES = words("resample asfreq tz_localize tz_convert between_time at_time to_period")
SERIES_METHODS = words("rolling expanding ewm shift diff pct_change autocorr plot interpolate cumsum map")
TELLING_METHODS = words(
    """iterrows itertuples sort_values reset_index set_index value_counts drop_duplicates dropna fillna isna
    notna groupby pivot_table select_dtypes to_csv nlargest nsmallest describe head tail nunique"""
)

"""What can be known about a column's values and an index's labels."""

from typing import Literal

# The dtype of a column or an index, as far as rules need it. "" is unknown; "text" is the `str` dtype that
# pandas 3 infers, "string" the nullable dtype that authors have to ask for; "pairs" is a MultiIndex whose
# first level holds no numbers; "other" is known but none of the rest; "lost" may have been made `object` by
# the lesson itself, so that nothing can be expected of it. Some dtypes say more than their base: text in
# which the lesson wrote None, text that was cast from an unknown column, numbers with gaps, dates and times
# whose unit the lesson asked for (pandas 3 chooses microseconds where pandas 2 chose nanoseconds), integers
# that count from 1970 in the unit that pandas chose, categories that were listed whether or not they occur,
# and objects that are all true, false or missing, or that were missing until they were filled. "text-by-name"
# is a guess from a column's name.
Dtype = Literal[
    "",
    "text",
    "text-or-none",
    "text-cast",
    "text-by-name",
    "object",
    "string",
    "int",
    "epoch",
    "float",
    "float-or-nan",
    "bool",
    "bool-as-object",
    "datetime",
    "datetime-as-asked",
    "timedelta",
    "timedelta-as-asked",
    "period",
    "category",
    "category-listed",
    "pairs",
    "other",
    "lost",
]
_BASES: dict[Dtype, Dtype] = {
    "text-or-none": "text",
    "text-cast": "text",
    "text-by-name": "",
    "epoch": "int",
    "float-or-nan": "float",
    "bool-as-object": "object",
    "datetime-as-asked": "datetime",
    "timedelta-as-asked": "timedelta",
    "category-listed": "category",
}


# Dtypes whose values are stored in a NumPy array, of which `.values` is a view.
NUMPY_DTYPES: frozenset[Dtype] = frozenset({"int", "float", "bool", "object", "datetime", "timedelta"})


def base(dtype: Dtype) -> Dtype:
    """The dtype alone, without what else is known about the values."""
    return _BASES.get(dtype, dtype)


def without_gaps(dtype: Dtype) -> Dtype:
    """The dtype of a column's values after missing ones may have been removed."""
    return base(dtype) if dtype in ("text-or-none", "float-or-nan") else dtype


def as_labels(dtype: Dtype, column: str | None) -> Dtype:
    """The dtype of an index made of such values; `column` is the name of their column."""
    if dtype == "" and base(suggested(column)) == "text":
        return "text-by-name"
    return dtype


# What columns with these names usually hold in the examples of lessons.
_SUGGESTED: dict[Dtype, str] = {
    "text": """
        name city country email title address comment category product region department gender status first
        last surname street brand company language species genre color colour team state full_name first_name
        last_name job position customer user username sex embarked word letter item fruit animal weekday
        month_name type player club artist album song genre director movie book author publisher symbol ticker
        currency store shop vendor supplier segment channel browser device url path message text review tweet
        description note notes remark school subject course
    """,
    "int": "age qty quantity year count visits units stock",
    "float": "price amount salary income revenue cost sales total weight height score temperature discount",
    "datetime": "date time datetime timestamp when day created updated ts created_at updated_at",
}
_BY_NAME: dict[str, Dtype] = {name: dtype for dtype, names in _SUGGESTED.items() for name in names.split()}
_BY_ENDING: dict[str, Dtype] = {"name": "text", "date": "datetime", "datetime": "datetime", "at": "datetime"}


def suggested(column: str | None) -> Dtype:
    """The dtype that a column's name suggests; "" when it suggests none."""
    word = (column or "").casefold()
    return _BY_NAME.get(word) or _BY_ENDING.get(word.rpartition("_")[2] if "_" in word else "", "")

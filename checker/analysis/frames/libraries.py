"""What modules and their members are: pandas, NumPy, and other libraries with frames."""

import sys

from checker.analysis.frames.conventions import CONVENTIONAL, FOREIGN, GIVE_FRAMES, GIVE_FRAMES_ONLY
from checker.analysis.frames.kinds import UNKNOWN, Foreign, Kind, Member, Module, Plain
from checker.analysis.frames.tables import words

_LONG_NAMES = {
    "pandas.core.frame": "pandas",
    "pandas.core.series": "pandas",
    "pandas.core.api": "pandas",
    "pandas.core.dtypes.common": "pandas.api.types",
    "pandas.types.common": "pandas.api.types",
}
_LEAVE_ARGUMENTS = words("IPython matplotlib plotly scipy seaborn sklearn statsmodels tabulate")
# The standard library's values in a column: dates and times, or plain objects.
_VALUES = {
    **dict.fromkeys(
        words("datetime.datetime datetime.datetime.now datetime.datetime.today datetime.datetime.strptime"),
        "datetime",
    ),
    "datetime.timedelta": "timedelta",
    **dict.fromkeys(
        words(
            """datetime.date datetime.date.today datetime.time decimal.Decimal fractions.Fraction uuid.uuid4
            uuid.UUID pathlib.Path"""
        ),
        "object",
    ),
}


def module(name: str) -> Kind:
    """What `import name` gives access to."""
    top = name.partition(".")[0]
    return Foreign(top) if top in FOREIGN else Module(_LONG_NAMES.get(name, name))


def member(of: Module | Member, name: str) -> Kind:
    """An attribute of a module, or of a class in it."""
    dotted = f"{of.name}.{name}"
    if dotted in _LONG_NAMES:
        return Module(_LONG_NAMES[dotted])
    return Member(dotted.replace("numpy.NaN", "numpy.nan").replace("numpy.NAN", "numpy.nan"))


def conventional(name: str) -> Kind | None:
    """The usual meaning of an unbound name."""
    return module(CONVENTIONAL[name]) if name in CONVENTIONAL else None


def gives_frame(function: str) -> bool:
    """Whether a function of another library returns a pandas DataFrame."""
    return function in GIVE_FRAMES or function.startswith(GIVE_FRAMES_ONLY)


def is_known(library: str) -> bool:
    """Whether a module is of the standard library or in this table, and so not the course's own."""
    top = library.partition(".")[0]
    return top in ("pandas", "numpy") or leaves_arguments(top)


def leaves_arguments(library: str) -> bool:
    """Whether the functions of a library are known not to change the columns of frames passed to them."""
    return library in _LEAVE_ARGUMENTS or library in sys.stdlib_module_names


def call_outside(function: str) -> Kind:
    """The result of a function of any other module; those of the standard library return no frames."""
    if function in _VALUES:
        return Plain(_VALUES[function])
    return Plain() if function.partition(".")[0] in sys.stdlib_module_names else UNKNOWN

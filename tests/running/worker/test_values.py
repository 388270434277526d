"""Which values are the same to a reader, on the installed pandas."""

import pytest

from checker.running.worker.values import shown

np = pytest.importorskip("numpy")
pd = pytest.importorskip("pandas")

TEXT = ["Ann", None]
SAME = [
    (pd.Series(TEXT, dtype=object), pd.Series(TEXT, dtype="str")),
    (pd.Series(["Ann", np.nan], dtype=object), pd.Series(TEXT, dtype=object)),
    (pd.to_datetime(pd.Series(["2024-01-05"])).dt.as_unit("ns"), pd.to_datetime(pd.Series(["2024-01-05"]))),
    (pd.Series([1, 2], dtype="int32"), pd.Series([1, 2], dtype="int64")),
    (pd.DataFrame({"a": [1.0, None]}), pd.DataFrame({"a": [1.0, np.nan]})),
    (pd.RangeIndex(2), pd.Index([0, 1])),
    (np.float64(1.5), 1.5),
    (pd.Timestamp("2024-01-05").as_unit("s"), pd.Timestamp("2024-01-05").as_unit("ns")),
    ({3, 1}, {1, 3}),
    (0.1 + 0.2, 0.3),
]
OTHER = [
    (None, np.nan),
    ([None], [np.nan]),
    ("None", None),
    (1, "1"),
    ([1], (1,)),
    ({"a": 1}, {"a": 2}),
    (pd.Series([1, 2]), pd.Series([1, 3])),
    (pd.Series([1, 2]), pd.Series([1, 2], index=["a", "b"])),
    (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]})),
    (np.array([1, 2]), np.array([1000, 2000])),
    (pd.NaT, pd.NA),
    (True, 1),
    (pd.Series([1 << 60]), pd.Series([(1 << 60) + 1])),
]


class Lies:
    def __repr__(self) -> str:
        raise ValueError

    def __eq__(self, other: object) -> bool:
        raise ValueError

    __hash__ = None  # type: ignore[assignment]


def nested(depth: int) -> list[object]:
    return [nested(depth - 1)] if depth else []


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_to_a_reader(one: object, other: object) -> None:
    assert shown(one) is not None
    assert shown(one) == shown(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_value(one: object, other: object) -> None:
    assert shown(one) is not None
    assert shown(other) is not None
    assert shown(one) != shown(other)


@pytest.mark.parametrize("value", [object(), len, pd, Lies(), [object()], nested(9), {"a": Lies()}, int])
def test_what_cannot_be_compared(value: object) -> None:
    assert shown(value) is None


def test_only_the_beginning_is_shown() -> None:
    digest, text = shown("x" * 10_000) or ("", "")
    assert (len(digest), len(text)) == (16, 120)
    assert shown("\udc80") is not None

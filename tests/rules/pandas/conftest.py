"""What the tests share that run examples on the installed pandas."""

import gc
import warnings
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def nothing_is_left() -> Iterator[None]:
    """Closes what examples leave open: the collector would do it, and warn, in whatever test comes later."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()

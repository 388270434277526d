"""The durations of lessons from a results document."""

from collections import defaultdict

from checker.reporting.document import Results


def durations(results: Results) -> dict[str, float]:
    """The seconds that the blocks of each lesson took, by path; only lessons that ran something."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for block in results.blocks:
        if block.seconds:
            seconds[block.path] += block.seconds
    return dict(seconds)

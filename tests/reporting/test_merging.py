"""Shards made whole: what cannot be merged comes first."""

import pytest
from msgspec.structs import replace

from checker.errors import UsageError
from checker.reporting.document import BaselineRecord, Results, RunRecord
from checker.reporting.merging import merge
from tests.reporting.health.documents import NOW, block, document, found


def shard(number: int, total: int, results: Results) -> Results:
    run = replace(NOW, started=f"2026-11-25T12:00:0{number}Z", shard=f"{number}/{total}", division="d")
    return replace(results, run=run)


ONE = shard(1, 2, document([block("b.mdx")], [found("b.mdx")]))
TWO = shard(2, 2, document([block("a.mdx", outcome="failed"), block("c.mdx")], [found("c.mdx", 9)]))


def refusal(*documents: Results) -> str:
    with pytest.raises(UsageError) as refused:
        merge([(f"{number}.json", each) for number, each in enumerate(documents)])
    assert refused.value.remedy
    return str(refused.value)


def in_environment(results: Results, **changed: object) -> Results:
    return replace(results, environment=replace(results.environment, **changed))


def in_run(results: Results, **changed: object) -> Results:
    assert results.run
    return replace(results, run=replace(results.run, **changed))


@pytest.mark.parametrize(
    "whole", [None, NOW, replace(NOW, shard="1/2"), replace(NOW, shard="x", division="d"),
              replace(NOW, shard="0/2", division="d"), replace(NOW, shard="1/99999999", division="d")]
)  # fmt: skip
def test_what_is_no_shard_is_refused(whole: RunRecord | None) -> None:
    assert "no shard" in refusal(replace(ONE, run=whole))


def test_every_shard_is_wanted_once() -> None:
    assert "shard 2/2 is missing" in refusal(ONE)
    assert "shard 1/2 is there 2 times" in refusal(ONE, ONE)
    assert "shard 1/9, 3/9, 4/9, 5/9, 6/9, 7/9, … is missing" in refusal(shard(2, 9, ONE))


def test_shards_of_different_runs_are_refused() -> None:
    assert "divide the lessons in different ways" in refusal(ONE, in_run(TWO, division="other"))
    assert "divide the lessons in different ways" in refusal(ONE, shard(2, 3, TWO))
    assert "different commits" in refusal(ONE, in_run(TWO, revision="e" * 40))
    assert "different versions of the checker" in refusal(
        ONE, replace(TWO, tool=replace(TWO.tool, version="0"))
    )


def test_what_ran_elsewhere_is_refused() -> None:
    assert "different versions of Python" in refusal(ONE, in_environment(TWO, python="2.7"))
    assert "different versions of Python" in refusal(ONE, in_environment(TWO, packages={"pandas": "0.1"}))
    weaker = in_environment(TWO, tier="landlock")
    assert "different tiers: landlock and namespaces" in refusal(
        in_environment(ONE, tier="namespaces"), weaker
    )


def test_a_shard_that_was_held_against_a_baseline_is_refused() -> None:
    assert "baseline" in refusal(replace(ONE, baseline=BaselineRecord(0, 0)), TWO)


def test_the_whole_is_in_the_order_of_paths_whatever_the_order_of_its_shards() -> None:
    whole = merge([("2.json", TWO), ("1.json", ONE)])
    assert whole == merge([("1.json", ONE), ("2.json", TWO)])
    assert [each.path for each in whole.blocks] == ["a.mdx", "b.mdx", "c.mdx"]
    assert [each.path for each in whole.findings] == ["b.mdx", "c.mdx"]
    assert (whole.summary.lessons, whole.summary.blocks, whole.summary.findings.error) == (3, 3, 2)
    assert whole.run == replace(NOW, started="2026-11-25T12:00:01Z")


def test_a_shard_without_anything_to_run_has_no_tier_and_machines_have_their_kernels() -> None:
    first = in_environment(ONE, tier=None, platform="Linux 6.1")
    second = in_environment(TWO, tier="namespaces", platform="Linux 6.2")
    environment = merge([("1.json", first), ("2.json", second)]).environment
    assert (environment.tier, environment.platform) == ("namespaces", "Linux 6.1, Linux 6.2")


def test_what_is_said_once_a_run_is_said_once() -> None:
    warned = [found(f"{name}.mdx", name="no-sandbox", code="RUN191") for name in "ab"]
    parts = [shard(n + 1, 2, document([block(each.path)], [each])) for n, each in enumerate(warned)]
    assert merge([("1.json", parts[0]), ("2.json", parts[1])]).findings == (warned[0],)

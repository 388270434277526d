import sys

import pytest

from checker import doctor
from checker.doctor import Answer, can_run, examine
from checker.doctor.isolation import isolation
from checker.doctor.packages import packages
from checker.errors import SandboxError
from checker.model import TIERS
from checker.running import trial
from checker.running.trial import Trial


def test_every_tier_is_told_of_and_the_interpreter_and_the_packages() -> None:
    answers = examine()
    assert [each.name for each in answers if each.topic == "isolation"] == list(TIERS)
    assert {each.topic for each in answers} == {"isolation", "interpreter", "packages", "services"}
    assert [each for each in answers if each.available == bool(each.remedy)] == []


def test_the_strongest_tier_that_works_is_the_one_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = [Trial("namespaces", "refused", "turn it on"), Trial("bubblewrap"), Trial("landlock")]
    monkeypatch.setattr(trial, "try_all", lambda: tried)
    first, second, third = isolation()
    assert first == Answer("isolation", "namespaces", available=False, detail="refused", remedy="turn it on")
    assert "is used" in second.detail
    assert third.detail == "works"


def test_an_interpreter_that_does_not_start_is_no_fault_of_a_tier(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> list[Trial]:
        raise SandboxError("it does not start", "mend it")

    monkeypatch.setattr(trial, "try_all", fail)
    assert [*isolation()] == [
        Answer("isolation", "any tier", available=False, detail="it does not start", remedy="mend it")
    ]


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_the_container_is_named_in_which_it_works(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    answers = [*isolation()]
    assert [each.name for each in answers] == list(TIERS)
    assert all("docker run" in each.remedy and not each.available for each in answers)


def test_a_package_that_is_missing_is_named_with_the_command_that_installs_it() -> None:
    by_name = {each.name: each for each in packages()}
    assert by_name["pandas"].available
    assert "pip install pyspark" in by_name["pyspark"].remedy


def test_snippets_can_be_run_when_any_tier_works() -> None:
    no = Answer("isolation", "namespaces", available=False, detail="", remedy="x")
    yes = Answer("isolation", "landlock", available=True, detail="")
    other = Answer("packages", "pandas", available=True, detail="3.1")
    assert can_run([no, yes])
    assert not can_run([no, other])


def test_a_question_is_one_function(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Answer("services", "Kafka", available=True, detail="embedded")
    monkeypatch.setattr(doctor, "_QUESTIONS", (lambda: [mine],))
    assert examine() == (mine,)

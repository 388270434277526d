"""What a worker's process does, asked as the client asks it."""

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from checker.errors import SandboxError
from checker.running.cluster import host
from checker.running.cluster.parcel import name, pack
from checker.running.cluster.recipe import Answer, Recipe, Sent, Standing, versions
from checker.running.interpreter import own_interpreter
from checker.running.job import Limits
from checker.running.lab import Lab, PostgresLab, SparkLab
from tests.running.cells import lesson
from tests.sandboxes import needs_sandbox

RECIPE = Recipe(versions(own_interpreter(), Lab()), None, Limits(), {"TEA": "mate"}, Lab(), None, ())


@pytest.fixture(autouse=True)
def _own_host(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = host._Host()
    monkeypatch.setattr(host, "_HOST", fresh)


def prepared(recipe: Recipe, parcels: dict[str, bytes] | None = None) -> Standing:
    told = host.prepare(msgspec.json.encode(recipe), parcels or {}, 1)
    return msgspec.msgpack.decode(told, type=Standing)


def answer(recipe: Recipe, *sent: Sent) -> Answer:
    return msgspec.msgpack.decode(host.run(recipe.key, msgspec.msgpack.encode(sent)), type=Answer)


@needs_sandbox
def test_lessons_run_with_the_files_and_variables_that_were_sent(tmp_path: Path) -> None:
    (tmp_path / "leaf.txt").write_text("sencha")
    packed = pack(str(tmp_path))
    recipe = replace(RECIPE, fixtures=name(packed))
    assert prepared(recipe, {name(packed): packed}).tier
    code = "import os\nprint(open('leaf.txt').read(), os.environ['TEA'])"
    told = answer(recipe, Sent(lesson(code), "first.mdx"))
    assert [each.stdout for each in told.outcomes["lessons/first.mdx"]] == ["sencha mate\n"]
    assert told.seconds > 0
    host._HOST.close()


@needs_sandbox
def test_the_engine_stays_and_room_is_made_for_others() -> None:
    recipes = [replace(RECIPE, env={"N": str(number)}) for number in range(3)]
    for each in (recipes[0], *recipes):
        prepared(each)
    assert list(host._HOST._engines) == [each.key for each in recipes[1:]]
    assert answer(recipes[0], Sent(lesson("1"), "")) == Answer(unready=True)
    host._HOST._engines[recipes[1].key].batches = 1  # at work for somebody else
    prepared(recipes[0])
    assert list(host._HOST._engines) == [recipes[1].key, recipes[0].key]
    host._HOST.close()


def test_a_worker_that_differs_says_in_what() -> None:
    standing = prepared(replace(RECIPE, versions=replace(RECIPE.versions, python="3.99.0")))
    assert standing.tier is None
    assert standing.reason.endswith("where the client has 3.99.0")
    assert standing.remedy == "Install there what is installed here."


def test_an_interpreter_that_is_not_there_is_said() -> None:
    standing = prepared(replace(RECIPE, python="/nowhere/python"))
    assert standing.reason.startswith("the interpreter for snippets, /nowhere/python, does not start")


@needs_sandbox
def test_files_that_cannot_be_put_down_are_said() -> None:
    packed = msgspec.msgpack.encode([(b"../out", 0o644, 0, b"x")])
    standing = prepared(replace(RECIPE, fixtures="f"), {"f": packed})
    assert standing.reason == "the course's files cannot be put down there: '../out' leads out of its folder"


@needs_sandbox
def test_what_the_engine_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(RECIPE)

    def refuse(*_: object) -> None:
        raise SandboxError("the fixtures cannot be copied", "Make them readable.")

    monkeypatch.setattr(host._HOST._engines[RECIPE.key].engine, "run", refuse)
    assert answer(RECIPE, Sent(lesson("1"), "")) == Answer(
        error="the fixtures cannot be copied", remedy="Make them readable."
    )
    host._HOST.close()


def test_a_service_that_the_client_has_not_is_not_found_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def equip(lab: Lab) -> Lab:
        return replace(lab, postgresql=PostgresLab(version="16.4"), spark=SparkLab(version="17"))

    monkeypatch.setattr(host, "equipped", equip)
    without = Lab(postgresql=PostgresLab(), spark=SparkLab())
    assert host._lab(without) == without
    asked = Lab(postgresql=PostgresLab(version="15"), spark=SparkLab(version="11"))
    assert host._lab(asked) == equip(asked)

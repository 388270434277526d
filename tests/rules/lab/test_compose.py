"""Compose files, requirements and variables, read as docker and pip read them."""

from pathlib import Path

import pytest

from checker.config import Config
from checker.config.keys import LabKeys
from checker.errors import ConfigError
from checker.rules.lab.compose import read_compose
from checker.rules.lab.reading import image_parts, lab_of
from checker.rules.lab.requirements import read_requirements
from tests.rules.lab.labs import COMPOSE, lab


def test_services_with_their_names_and_ports() -> None:
    services = read_compose(COMPOSE, {}, "compose.yaml").services
    assert services["kafka"].names == {"kafka", "broker", "kafka-1"}
    assert services["kafka"].published == {9092: 9092, 19094: 9094}
    assert services["connect"].names == {"connect", "workers"}
    assert services["redis"].published == {}


@pytest.mark.parametrize(
    ("port", "published"),
    [
        ('"8080:80"', {8080: 80}),
        ('"127.0.0.1:8080:80/tcp"', {8080: 80}),
        ('"[::1]:8080:80"', {8080: 80}),
        ('"9000-9002:8000-8002"', {9000: 8000, 9001: 8001, 9002: 8002}),
        ('"80"', {0: 80}),
        ('":80"', {0: 80}),
        ("{target: 80}", {0: 80}),
        ("{published: 1}", {}),
        ("web", {}),
        ('"9-1:5"', {9: 5}),
    ],
)
def test_ports(port: str, published: dict[int, int]) -> None:
    text = f"services:\n  a:\n    ports:\n      - {port}\n"
    assert read_compose(text, {}, "c").services["a"].published == published


def test_a_hostile_range_is_cut() -> None:
    text = 'services: {a: {ports: ["1-60000:1-60000"]}}'
    assert len(read_compose(text, {}, "c").services["a"].published) == 1000


@pytest.mark.parametrize(
    ("written", "image"),
    [
        ("a:${TAG}", "a:7"),
        ("a:$TAG", "a:7"),
        ("a:${NONE:-9}", "a:9"),
        ("a:${NONE-9}", "a:9"),
        ("a:${TAG:-9}", "a:7"),
        ("a:${TAG:+set}", "a:set"),
        ("a:${NONE:+set}", "a:"),
        ("a:$${TAG}", "a:${TAG}"),
        ("a:${TAG:?must}", "a:7"),
    ],
)
def test_variables(written: str, image: str) -> None:
    text = f"services:\n  a:\n    image: {written}\n"
    compose = read_compose(text, {"TAG": "7"}, "c")
    assert compose.services["a"].image == image
    assert compose.unset == {}


def test_variables_that_are_not_set() -> None:
    text = "services: {a: {image: 'x:${A}', command: ['$B']}, b: {image: 'y:${A:?no}'}, c: }"
    assert read_compose(text, {}, "c").unset == {"A": ("a", "b"), "B": ("a",)}


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("services: {a: {image: x}}", True),
        ("include: [other.yaml]\nservices: {a: {image: x}}", False),
        ("services: {a: {extends: {service: b}}}", False),
        ("x: &a {image: x}\nservices: {a: {<<: *a, environment: [A=1, B]}}", True),
    ],
)
def test_what_stands_elsewhere(text: str, *, whole: bool) -> None:
    assert read_compose(text, {}, "c").whole is whole


def test_environment_in_both_forms() -> None:
    text = "services: {a: {environment: [A=1, B]}, b: {environment: {C: 2, D: }}, c: {environment: x}}"
    services = read_compose(text, {}, "c").services
    assert dict(services["a"].environment) == {"A": "1", "B": ""}
    assert dict(services["b"].environment) == {"C": "2", "D": ""}
    assert dict(services["c"].environment) == {}


def test_networks_in_any_form() -> None:
    text = "services: {a: {networks: [x]}, b: {networks: {x: , y: {aliases: z}}}}"
    services = read_compose(text, {}, "c").services
    assert services["b"].names == {"b"}


@pytest.mark.parametrize(
    ("text", "message"),
    [("services: [\n", "c:"), ("version: 3\n", "services"), ("- a\n", "c:1"), ("services: 1\n", "services")],
)
def test_what_is_no_compose_file_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        read_compose(text, {}, "c")


def test_aliases_that_grow_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(ConfigError):
        read_compose("\n".join(lines), {}, "c")


@pytest.mark.parametrize(
    ("image", "parts"),
    [
        ("quay.io/debezium/connect:3.2", ("debezium/connect", "3.2")),
        ("postgres:17", ("postgres", "17")),
        ("docker.io/library/postgres", ("postgres", "")),
        ("localhost.x:5000/a/b", ("a/b", "")),
        ("registry.example.org:5000/a/b:1@sha256:abc", ("a/b", "1")),
        ("", ("", "")),
    ],
)
def test_images(image: str, parts: tuple[str, str]) -> None:
    assert image_parts(image) == parts


def test_requirements() -> None:
    read = read_requirements(
        "# tools\npandas[excel]>=2.0,<3 ; python_version > '3'\nNumPy == 1.26.4  # pinned\nrich~=13.1.2\n\n"
        "six\nflask ~= 3\nattrs>1,>=2,!=3,<9,<=8\nodd>=x\n"
    )
    packages = read.packages
    assert (packages["pandas"].least, packages["pandas"].below) == ((2, 0), (3,))
    assert packages["numpy"].exact == (1, 26, 4)
    assert (packages["rich"].least, packages["rich"].below) == ((13, 1, 2), (13, 2))
    assert packages["flask"].below == (4,)
    assert (packages["attrs"].least, packages["attrs"].below) == ((2,), (8,))
    assert packages["six"].least is None
    assert read.whole


@pytest.mark.parametrize("line", ["-r other.txt", "git+https://x/y", "pkg @ https://x/y", "https://x/y.whl"])
def test_requirements_that_lead_elsewhere(line: str) -> None:
    assert not read_requirements(f"pandas\n{line}\n").whole


def test_the_lab_is_read_from_its_files(tmp_path: Path) -> None:
    config = lab(
        tmp_path,
        {
            "compose": "services: {a: {image: 'debezium/connect:${V}'}}",
            "env": "# x\nexport V='3.1.2.Final'\nW=\"a b\"\nX = c # why\n",
            "requirements": "pandas\n",
            "Dockerfile": "FROM quay.io/jupyter/scipy-notebook:latest\nRUN pip\n",
        },
    )
    found = lab_of(config)
    assert found.image_version("debezium/connect") == (3, 1, 2)
    assert found.image_version("debezium/server") is None
    assert found.variables == {"V": "3.1.2.Final", "W": "a b", "X": "c"}
    assert found.base_image == "scipy-notebook"
    assert lab_of(config) is found


def test_without_a_lab_there_is_nothing(tmp_path: Path) -> None:
    found = lab_of(Config(folder=str(tmp_path)))
    assert found.services == {}
    assert found.requirements is None


def test_what_changes_is_read_again(tmp_path: Path) -> None:
    config = lab(tmp_path, {"requirements": "pandas\n"})
    assert lab_of(config).requirements is not None
    (tmp_path / "requirements.txt").write_text("numpy>=2\n", encoding="utf-8")
    (tmp_path / "Dockerfile").write_text("# nothing\n", encoding="utf-8")
    read = lab_of(config).requirements
    assert read is not None
    assert list(read.packages) == ["numpy"]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_bytes(b"\xff\xfe")
    config = Config(folder=str(tmp_path), lab=LabKeys(requirements="requirements.txt"))
    with pytest.raises(ConfigError, match="not UTF-8"):
        lab_of(config)

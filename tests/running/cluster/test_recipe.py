"""What has to be the same on every machine: silence where it is, words where it is not."""

from msgspec.structs import replace

from checker.running.cluster.recipe import Recipe, versions
from checker.running.interpreter import own_interpreter
from checker.running.job import Limits
from checker.running.lab import Lab, PostgresLab, SparkLab

HERE = versions(own_interpreter(), Lab())


def test_the_same_machine_has_no_differences() -> None:
    assert HERE.differences(versions(own_interpreter(), Lab())) == ()


def test_the_versions_of_services_count_where_lessons_find_them() -> None:
    lab = Lab(postgresql=PostgresLab(version="16.4"), spark=SparkLab(version="17.0.2"))
    assert versions(own_interpreter(), lab).differences(HERE) == (
        "postgresql none where the client has 16.4",
        "java none where the client has 17.0.2",
    )


def test_what_differs_is_named() -> None:
    other = replace(HERE, python="3.99.0", packages={**HERE.packages, "msgspec": "0.1"})
    packages = f"msgspec 0.1 where the client has {HERE.packages['msgspec']}"
    assert HERE.differences(other) == (f"python 3.99.0 where the client has {HERE.python}", packages)


def test_another_state_of_the_same_version_is_told_apart() -> None:
    assert HERE.differences(replace(HERE, sources="0")) == (
        f"another state of coursecheck {HERE.coursecheck}",
    )


def test_a_few_packages_are_named_and_the_others_counted() -> None:
    lists = [{f"p{number}": "1" for number in range(count)} for count in (2, 7)]
    few, many = (replace(HERE, packages=each) for each in lists)
    assert few.differences(many) == (
        "p2 1 where the client has none",
        "p3 1 where the client has none",
        "p4 1 where the client has none",
        "2 more packages",
    )


def test_the_same_recipe_has_the_same_key() -> None:
    recipe = Recipe(HERE, None, Limits(), {"A": "1", "B": "2"}, Lab(), None, ())
    assert recipe.key == replace(recipe, env={"B": "2", "A": "1"}).key
    assert recipe.key != replace(recipe, fixtures="00").key

"""Packages, images and events against the lab's."""

from pathlib import Path

import pytest

from checker.config import Config
from checker.rules.lab.dependency_drift import check
from tests.rules.lab.labs import COMPOSE, lab, shown

REQUIREMENTS = "pandas>=2.0\nnumpy==1.26.4\nconfluent-kafka>=2.13\nrequests\npsycopg2-binary~=2.9\n"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return lab(tmp_path, {"compose": COMPOSE, "requirements": REQUIREMENTS})


def python(code: str) -> str:
    return f"# Title\n\n```python\n{code}\n```\n"


@pytest.mark.parametrize(
    "text",
    [
        "The lab has pandas 2.0+ installed.\n",
        "In pandas < 3.0 this worked, and before pandas 3.0+ too, until pandas>=3.0.\n",
        "pandas 3.0 came out in January.\n",
        "`confluent-kafka>=2.13.0` is installed.\n",
        "polars 1.0+ is installed.\n",
        "numpy 1.26+ and pandas\n",
        "Раньше, до pandas 3.0+, было иначе.\n",
        "`pip install pandas==2.3.3` and `pip install polars==1.0`, `pip install numpy==1.26.4`\n",
        python("import json, pandas as pd\nimport numpy as np, confluent_kafka\nimport requests.auth"),
        python("import psycopg2\nfrom dateutil import parser\nimport urllib3"),
        python("try:\n    import polars\nexcept ImportError:\n    polars = None"),
        python("try:\n    import polars\nexcept:\n    pass"),
        python("from . import x\nfrom google.cloud import storage\nimport IPython"),
        "`helper.py` is ours.\n\n" + python("import helper"),
        python("import ("),
        "```yaml\nimage: postgres:17.2\n```\n",
        "```dockerfile\nFROM quay.io/debezium/connect:3.2\nFROM python:3.11\n```\n",
        "```yaml\nimage: quay.io/debezium/connect:latest\nimage: redis:7\n```\n",
        '```json\n{"version": "3.2.0.Final", "connector": "mysql"}\n```\n',
        '```json\n{"version": "1.0.0"}\n```\n',
    ],
)
def test_silent(text: str, config: Config) -> None:
    assert shown(check, text, config) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The lab has **pandas 3.0.0+** installed.\n", ["pandas 3.0.0+"]),
        ("В лабораторном окружении установлен **pandas 3.0.0+**.\n", ["pandas 3.0.0+"]),
        ("Needs `pandas>=3.0`.\n", ["pandas>=3.0!"]),
        ("Pandas 3.0+ is fast.\n\nThe lab has pandas 3.0+.\n\nThe lab has pandas 3.1+.\n", ["pandas 3.0+"]),
        ("requests 2.31+ is installed.\n", ["requests 2.31+"]),
        ("numpy 2.0+ is installed.\n", ["numpy 2.0+"]),
        ("`pip install numpy==2.1.0 x`\n", ["numpy==2.1.0"]),
        ("`pip install pandas==1.5.3`\n", ["pandas==1.5.3"]),
        ("`pip install psycopg2-binary==3.0`\n", ["psycopg2-binary==3.0"]),
        (python("import pyspark.sql\nfrom pyspark import x"), ["import pyspark.sql!"]),
        (python("from sklearn import svm"), ["from sklearn import svm!"]),
        (python("def f():\n    import redis"), ["import redis!"]),
        (python("try:\n    import redis\nexcept ValueError:\n    pass"), ["import redis!"]),
        ("`pip install apache-flink==2.2.0`\n\n" + python("import pyflink"), ["import pyflink?"]),
        ("```text\nflask==3.0.0\n```\n\n" + python("import flask"), ["import flask?"]),
        ("```yaml\nservices:\n  a:\n    image: postgres:15\n```\n", ["postgres:15!"]),
        ("```bash\ndocker pull quay.io/debezium/connect:2.7\n```\n", ["quay.io/debezium/connect:2.7!"]),
        ("```yaml\nimage: debezium/connect:3.2.0\n```\n", ["debezium/connect:3.2.0"]),
        ('```json\n{"version": "2.1.0.Final"}\n{"version": "2.1.0.Final"}\n```\n', ["2.1.0.Final!"]),
        ('In Debezium 2.1 it was\n\n```json\n{"version": "2.1.0.Final"}\n```\n', ["2.1.0.Final?"]),
        ('В **Debezium 2.1.4**:\n\n```json\n{"version": "2.1.0.Final"}\n```\n', ["2.1.0.Final?"]),
        ('In Debezium 2.2 it was\n\n```json\n{"version": "2.1.0.Final"}\n```\n', ["2.1.0.Final!"]),
        ('```json\n{"version": "3.2.5.Final"}\n{"version": "3.2.6.Final"}\n```\n', ["3.2.5.Final?"]),
        ('```json\n{"version": "3.2.5.Final"}\n{"version": "3.1.6.Final"}\n```\n', ["3.1.6.Final!"]),
    ],
)
def test_found(text: str, found: list[str], config: Config) -> None:
    assert shown(check, text, config) == found


def test_the_image_below_the_requirements_brings_packages(tmp_path: Path) -> None:
    text = python("import matplotlib, sklearn, pyspark")
    docker = {"Dockerfile": "FROM jupyter/scipy-notebook:latest\n"}
    config = lab(tmp_path, {"requirements": "tqdm\n", **docker})
    assert shown(check, text, config) == ["import matplotlib, sklearn, pyspark!"]


def test_packages_that_are_installed_under_another_name_or_with_another(tmp_path: Path) -> None:
    text = python("import airflow, bson, dbt, psycopg_pool, pendulum, py4j, fastavro, ruamel.yaml")
    asked = "apache-airflow==3.0.2\npymongo\ndbt-postgres~=1.9\npsycopg[binary,pool]\nconfluent-kafka[avro]\n"
    config = lab(tmp_path, {"requirements": f"{asked}delta-spark\n"})
    assert shown(check, text, config) == []


def test_requirements_that_are_not_all_there_say_nothing_of_imports(tmp_path: Path) -> None:
    config = lab(tmp_path, {"requirements": "-r base.txt\n"})
    assert shown(check, python("import polars"), config) == []


def test_empty_requirements(tmp_path: Path) -> None:
    config = lab(tmp_path, {"requirements": ""})
    assert shown(check, "pandas 3.0+ is installed\n", config) == []


def test_without_a_lab(tmp_path: Path) -> None:
    assert shown(check, python("import polars"), Config(folder=str(tmp_path))) == []
    only_env = lab(tmp_path, {"env": "A=1\n"})
    assert shown(check, python("import polars"), only_env) == []


def test_compose_alone_knows_images(tmp_path: Path) -> None:
    config = lab(tmp_path, {"compose": COMPOSE})
    assert shown(check, python("import polars") + "pandas 3.0+ is installed\n", config) == []
    assert shown(check, "```yaml\nimage: postgres:15\n```\n", config) == ["postgres:15!"]

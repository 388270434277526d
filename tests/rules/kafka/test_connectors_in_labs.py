"""Configurations of connectors against the lab that they are sent to."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from checker.config import Config
from checker.rules.kafka.connector_property import check
from tests.rules.kafka.lessons import fenced, mended, reports, shown
from tests.rules.lab.labs import COMPOSE, lab

POSTGRES = "io.debezium.connector.postgresql.PostgresConnector"
CONFIG: Mapping[str, str] = {
    "connector.class": POSTGRES,
    "database.hostname": "postgres",
    "database.port": "5432",
    "database.user": "postgres",
    "database.dbname": "shop",
    "topic.prefix": "shop",
    "plugin.name": "pgoutput",
}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return lab(tmp_path, {"compose": COMPOSE})


def request(settings: Mapping[str, str]) -> str:
    return fenced("bash", f"curl --json '{json.dumps(settings, indent=1)}' http://localhost:8083/connectors")


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in CONFIG.items() if name not in names}


@pytest.mark.parametrize(
    "settings",
    [
        CONFIG,
        {**CONFIG, "database.hostname": "db.example.com", "database.port": "5433"},
        {**CONFIG, "database.hostname": "redis", "database.port": "1"},
        {**CONFIG, "database.hostname": "${HOST}"},
        {**CONFIG, "database.port": "6000"},
        {**CONFIG, "database.port": "${PORT}"},
        without("database.port"),
        {**without("plugin.name"), "database.hostname": "db.example.com"},
        {**without("plugin.name"), "database.hostname": "redis"},
    ],
)
def test_silent(settings: Mapping[str, str], config: Config) -> None:
    assert shown(check, request(settings), config) == []


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (without("plugin.name"), [POSTGRES]),
        ({**CONFIG, "database.hostname": "localhost"}, ["localhost"]),
        ({**CONFIG, "database.port": "5433"}, ["5433"]),
        ({**CONFIG, "snapshot.mode": "never"}, []),  # the lab's 3.2 may have it still
        ({**CONFIG, "snapshot.mode": "exported"}, ["exported"]),
    ],
)
def test_found(settings: Mapping[str, str], found: list[str], config: Config) -> None:
    assert shown(check, request(settings), config) == found


def test_the_other_side_of_a_port_is_mended(config: Config) -> None:
    text = request({**CONFIG, "database.port": "5433"})
    assert '"database.port": "5432"' in mended(text, reports(check, text, config))


def test_the_machine_itself_is_right_where_connect_runs_on_it(tmp_path: Path) -> None:
    config = lab(tmp_path, {"compose": "services: {postgres: {image: postgres}}"})
    assert shown(check, request({**CONFIG, "database.hostname": "localhost"}), config) == []


@pytest.mark.parametrize(
    ("tables", "found"),
    [
        ("shop.orders", []),
        ("crm.people", ["crm.people"]),
        ("shop.orders,crm.people", ["shop.orders,crm.people"]),
    ],
)
def test_tables_of_databases_that_are_not_captured(tables: str, found: list[str]) -> None:
    settings = {
        "connector.class": "io.debezium.connector.mysql.MySqlConnector",
        "database.include.list": "shop",
        "table.include.list": tables,
    }
    assert shown(check, fenced("json", json.dumps(settings))) == found

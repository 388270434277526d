"""Labs out of texts, for the rules that hold lessons against one."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from checker.analysis.lesson import analyze
from checker.config import Config
from checker.config.keys import LabKeys
from checker.reading.lesson import parse_lesson
from checker.rules.rule import Report

Check = Callable[[Any, Config], Iterable[Report]]

COMPOSE = """
services:
  postgres:
    image: postgres:17
    container_name: postgres
    ports: ["5433:5432"]
  kafka:
    image: apache/kafka:4.1.0
    container_name: broker
    hostname: kafka-1
    ports:
      - "9092:9092"
      - target: 9094
        published: 19094
    environment:
      KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://kafka:9092
      KAFKA_CONTROLLER_QUORUM_VOTERS: 1@kafka:9093
  connect:
    image: quay.io/debezium/connect:3.2.0.Final
    ports: ["8083:8083"]
    networks:
      default:
        aliases: [workers]
  redis:
    image: redis
  jupyter:
    build: ./jupyter
"""


def lab(folder: Path, files: Mapping[str, str]) -> Config:
    """A configuration whose lab is these files, written below a folder; their keys are `[lab]`'s."""
    names = {"compose": "compose.yaml", "env": "lab.env", "requirements": "requirements.txt"}
    for key, text in files.items():
        (folder / names.get(key, key)).write_text(text, encoding="utf-8")
    keys = LabKeys(**{key: names[key] for key in files if key in names})
    return Config(path="coursecheck.toml", folder=str(folder), lab=keys)


def shown(check: Check, text: str, config: Config) -> list[str]:
    """What stands at each report, with `!` for a warning and `?` for information."""
    marks = {"warning": "!", "info": "?"}
    found = check(analyze(parse_lesson("a.mdx", text)), config)
    return [text[each.span.start : each.span.end] + marks.get(each.severity or "", "") for each in found]

"""The files that `[lab]` names, read once and compared with the lessons' commands and addresses."""

import os
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from os.path import dirname, join
from typing import Any

from msgspec import Struct

from checker.config import Config
from checker.config.file import read_text
from checker.config.keys import LabKeys
from checker.errors import ConfigError
from checker.patterns import regex
from checker.rules.kafka.versions import Version, numbers
from checker.rules.lab.compose import Compose, Service, read_compose
from checker.rules.lab.requirements import Requirements, read_requirements

_ASSIGNMENT = regex(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_FROM = regex(r"^FROM[ \t]+(?:--\S+[ \t]+)?(\S+)", re.MULTILINE | re.IGNORECASE)
_REGISTRY = regex(r"^(?:[\w-]+(?:\.[\w-]+)+(?::\d+)?/)?(?:library/)?")
_LONGEST_IMAGE = 300


class Lab(Struct, frozen=True, dict=True):
    """The lab as its files describe it; a part without a file is None.

    `variables` are those of the env file. `base_image` is the last part of the image that the Dockerfile
    beside the requirements begins with, such as `scipy-notebook`.
    """

    keys: LabKeys
    compose: Compose | None = None
    variables: Mapping[str, str] | None = None
    requirements: Requirements | None = None
    base_image: str = ""

    @property
    def services(self) -> Mapping[str, Service]:
        """The services, none when no file describes them."""
        return self.compose.services if self.compose else {}

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The host names by which containers reach each other."""
        return frozenset(name for each in self.services.values() for name in each.names)

    @cached_property
    def published(self) -> frozenset[int]:
        """The machine's ports that lead into the lab."""
        return frozenset(port for each in self.services.values() for port in each.published if port)

    def service_of(self, host: str) -> Service | None:
        """The service that containers reach by a name."""
        return next((each for each in self.services.values() if host in each.names), None)

    def images(self) -> Iterator[tuple[Service, str, str]]:
        """Each service with its image's repository, without the registry, and tag."""
        for service in self.services.values():
            repository, tag = image_parts(service.image)
            if repository:
                yield service, repository, tag

    def image_version(self, repository: str) -> Version | None:
        """The version in the tag of an image, None when no service uses it."""
        return next((numbers(tag) for _, name, tag in self.images() if name == repository), None)


def image_parts(image: str) -> tuple[str, str]:
    """The repository of an image without its registry, and its tag: `quay.io/debezium/connect:3.2`."""
    named = image[:_LONGEST_IMAGE].partition("@")[0]
    repository, colon, tag = named.rpartition(":")
    if not colon or "/" in tag:
        repository, tag = named, ""
    return _REGISTRY.sub("", repository, count=1), tag


def lab_of(config: Config) -> Lab:
    """The lab that a configuration describes.

    Raises ConfigError for a file that cannot be read as what it is.
    """
    keys = config.lab
    if not config.lab_files():
        return _NOTHING
    states = tuple((each.st_size, each.st_mtime_ns) for each in map(os.stat, config.lab_files()))
    return _read(config.folder, keys, states)


_NOTHING = Lab(LabKeys())


@lru_cache(maxsize=4)
def _read(folder: str, keys: LabKeys, _states: tuple[Any, ...]) -> Lab:
    variables = _variables(read_text(join(folder, keys.env))) if keys.env else None
    compose = requirements = None
    base_image = ""
    if keys.compose:
        compose = read_compose(read_text(join(folder, keys.compose)), variables or {}, keys.compose)
    if keys.requirements:
        requirements = read_requirements(read_text(join(folder, keys.requirements)))
        base_image = _base_image(join(folder, dirname(keys.requirements), "Dockerfile"))
    return Lab(keys, compose, variables, requirements, base_image)


def _base_image(dockerfile: str) -> str:
    try:
        text = read_text(dockerfile)
    except ConfigError:  # there is none, or it cannot be read as one
        return ""
    found = _FROM.findall(text)
    return image_parts(found[-1])[0].rpartition("/")[2] if found else ""


def _variables(text: str) -> dict[str, str]:
    return {name: _value(value) for name, value in _ASSIGNMENT.findall(text)}


def _value(text: str) -> str:
    if text[:1] in {'"', "'"} and text[-1:] == text[:1] and len(text) > 1:
        return text[1:-1]
    return text.partition(" #")[0].strip()

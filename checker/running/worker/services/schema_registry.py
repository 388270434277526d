"""A schema registry in a lesson's sandbox: the mock of the client's own package replaces the client.

All clients of a session share what is registered. What the mock does not implement or check is reported as
missing.
"""

import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from socket import socket
from typing import Any, NoReturn

from checker.running.worker import wire
from checker.running.worker.services.services import Services

_PACKAGE = "confluent_kafka"
_URL = "mock://lab"
# The client, its mock, and the modules that contain them.
_CLIENTS = (
    ("_sync", "SchemaRegistryClient", "MockSchemaRegistryClient"),
    ("_async", "AsyncSchemaRegistryClient", "AsyncMockSchemaRegistryClient"),
)
# Inherited methods of the mock that need no registry.
_LOCAL = {"clear_caches", "clear_latest_caches", "close", "config", "new_client"}
# Methods that the mock answers with None.
_EMPTY = {"get_config", "set_config"}


def main(line: socket, lab: int) -> NoReturn:
    """Tell the session by which hosts lessons call the registry; there is no process behind them."""
    hosts = json.loads(os.pread(lab, os.fstat(lab).st_size, 0))["schema_registry"]["hosts"]
    wire.send(line, {"ready": True, "hosts": hosts})
    os._exit(0)


def join(services: Services, answer: wire.Message, line: socket) -> None:
    """Replace the client by the mock, for the addresses of the lab."""
    line.close()
    schemas: dict[str, Any] = {}
    for folder, client, mock in _CLIENTS:
        package = f"{_PACKAGE}.schema_registry.{folder}"
        try:
            real = getattr(import_module(f"{package}.schema_registry_client"), client)
            mocked = getattr(import_module(f"{package}.mock_schema_registry_client"), mock)
            import_module(f"{_PACKAGE}.schema_registry.avro")
        except (AttributeError, ImportError):
            continue  # the lesson's own import reports the error
        _replace(real, _in_lab(real, mocked, services, answer["hosts"], schemas), kept=mocked)


def _in_lab(real: type, mock: type, services: Services, hosts: list[str], schemas: dict[str, Any]) -> type:
    """The mock in the shape of the client, at the lab's addresses."""

    def init(self: Any, conf: Any) -> None:
        url = conf.get("url") if isinstance(conf, dict) else None
        if isinstance(url, str) and url.startswith("http"):
            for each in url.split(","):
                if _host(each) not in hosts:
                    services.lack(f"a schema registry at {_host(each)}, which is not in its hosts")
            conf = {**conf, "url": _URL}
        mock.__init__(self, conf)  # type: ignore[misc]  # what is no configuration is refused by itself
        # All clients share one store; it does not know whether it is used from async code.
        self._store = schemas.setdefault("store", self._store)

    def register_schema_full_response(self: Any, subject_name: str, schema: Any, **more: Any) -> Any:
        latest = self._store.get_latest_version(subject_name)
        if latest is not None and latest.schema != schema:
            services.lack("a schema registry that checks whether the new version of a schema is compatible")
        return mock.register_schema_full_response(self, subject_name, schema, **more)  # type: ignore[attr-defined]

    lacking = {name: _lacking(name, services) for name in dir(real) if _is_lacking(real, mock, name)}
    members = {
        "__init__": init,
        "__module__": real.__module__,
        "__doc__": real.__doc__,
        "register_schema_full_response": register_schema_full_response,
        **lacking,
    }
    return type(real.__name__, (mock,), members)


def _is_lacking(real: type, mock: type, name: str) -> bool:
    if name.startswith("_") or name in _LOCAL or not callable(getattr(real, name)):
        return False
    return name in _EMPTY or getattr(mock, name) is getattr(real, name)


def _lacking(name: str, services: Services) -> Callable[..., NoReturn]:
    def method(*_: Any, **__: Any) -> NoReturn:
        services.lack(f"`{name}()` of a schema registry, which the client's mock does not do")

    return method


def _host(url: str) -> str:
    """The name and port of a URL, in the form that hosts have in the configuration."""
    host = url.strip().partition("://")[2].partition("/")[0].rpartition("@")[2]
    port = "443" if url.strip().startswith("https") else "80"
    return host if ":" in host else f"{host}:{port}"


def _replace(real: type, other: type, *, kept: type) -> None:
    """Replace the real class everywhere in the package, except in the module of its subclass `kept`."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == _PACKAGE and name != kept.__module__:
            for attribute, value in list(vars(module).items()):
                if value is real:
                    setattr(module, attribute, other)

"""What a cell talks to: services by their clients, hosts by their addresses, environment variables."""

import ast
import re
from collections.abc import Iterator

from checker.analysis.needs.clients import (
    CLIENTS,
    HTTP_CALLS,
    HTTP_METHODS,
    HTTP_SESSIONS,
    SERVERS,
    Client,
    client_of,
)
from checker.analysis.needs.meaning import Meanings, argument
from checker.analysis.needs.reach import Reached
from checker.analysis.needs.runners import runner_of
from checker.analysis.needs.want import Want
from checker.model import Need
from checker.patterns import regex

# The host in `postgresql://user:word@host:5432/db`, `host:9092,other:9092`, `host=localhost dbname=shop`.
_ADDRESS = regex(r"(?:.*\bhost=|(?:[\w+]+://)?(?:[^/@\s]*@)?)([\w.-]+(?::\d+)?)")
_PORT = regex(r"\bport=(\d{1,5})\b")
_POSTGRESQL_URLS = ("postgresql", "postgres:")
_IS_ADDRESS = regex(r"://|^[\w.-]+:\d+|\bhost=|^mock:")
_LOCAL_HOST = regex(r"localhost|127(?:\.\d+){3}|0\.0\.0\.0")
_LOOPBACK = regex(rf"(?:{_LOCAL_HOST.pattern})(?::\d+)?")
_ADDRESS_NAMES = (
    "bootstrap_servers", "bootstrap.servers", "conninfo", "dsn", "endpoint_url", "host", "hostname", "hosts",
    "uri", "url",
)  # fmt: skip
# The setting that makes librdkafka start a mock cluster, which needs no broker.
_MOCK_BROKERS = "test.mock.num.brokers"
_NO_SERVER = ("sqlite", "duckdb", "mock:")
# Set in every session.
_ALWAYS_SET = {"HOME", "LANG", "PATH"}
_CREDENTIAL = regex(r"(?:^|_)(?:key|token|password|passwd|secret|credentials?)$", re.IGNORECASE)
_BLANK = regex(r"<.*>|.*(?:\.\.\.|…)|your[\W_].*|.*_here|x{3,}|\*{3,}", re.IGNORECASE | re.DOTALL)


class Services:
    """Finds the services that the cells of one session need; nodes are given in order."""

    def __init__(self, meanings: Meanings) -> None:
        self._meanings = meanings
        self._brokers = ""
        self._is_mock = self._has_server = False
        self._set_variables = set(_ALWAYS_SET)
        self._with_default: set[int] = set()

    def find(self, reached: Reached) -> Iterator[Want]:
        """What one node needs."""
        match reached.node:
            case ast.Dict() as node:
                self._read_client_config(node)
            case ast.BoolOp(op=ast.Or(), values=[*values, _]):
                self._with_default.update(id(each) for each in values)
            case ast.Compare(left=ast.Constant(value=str(name)), comparators=[environment]):
                if self._meanings.dotted(environment) == "os.environ":
                    self._set_variables.add(name)
            case ast.Subscript() as node:
                yield from self._find_in_environment(reached, node)
            case ast.Call() as node:
                yield from self._find_in_call(node)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield from self._find_credential(name, value)
            case ast.Assign() as node if runner := runner_of(node, self._meanings):
                yield Want(Need("service", runner.name), runner.label)

    def _read_client_config(self, node: ast.Dict) -> None:
        keys = [self._meanings.text(each) for each in node.keys]
        if _MOCK_BROKERS in keys or "bootstrap.servers" in keys:
            self._is_mock = _MOCK_BROKERS in keys
            self._brokers = self._from_dict(node)

    def _find_in_call(self, call: ast.Call) -> Iterator[Want]:
        dotted = self._meanings.dotted(call.func)
        last = dotted.rpartition(".")[2]
        if dotted in SERVERS:
            self._has_server = True
        elif dotted in ("os.environ.get", "os.getenv", "os.environ.setdefault"):
            yield from self._find_variable(call, last)
        elif client := client_of(dotted):
            yield from self._find_client(call, client, dotted.partition(".")[0])
        elif runner := runner_of(call, self._meanings):
            yield Want(Need("service", runner.name), runner.label)
        elif dotted in HTTP_CALLS or (last in HTTP_METHODS and dotted.startswith(HTTP_SESSIONS)):
            yield from self._find_host(call, dotted)
        if "." in dotted:
            for keyword in call.keywords:
                yield from self._find_credential(keyword.arg or "", keyword.value)

    def _find_client(self, call: ast.Call, client: Client, library: str) -> Iterator[Want]:
        for each in call.args:
            if isinstance(each, ast.Dict):
                self._read_client_config(each)
        address = self._address(call)
        if client.name == "kafka":
            address = address or self._brokers
        if address.startswith(_NO_SERVER) or (client.name == "kafka" and self._is_mock):
            return
        if client.name == "database" and address.startswith(_POSTGRESQL_URLS):
            client = CLIENTS["psycopg.connect"]
        hosts = tuple(_hosts(address))
        words = f"{client.label} at {hosts[0]}" if hosts else client.label
        yield Want(Need("service", client.name), words, hosts=hosts, library=library)

    def _find_host(self, call: ast.Call, dotted: str) -> Iterator[Want]:
        urls = (self._meanings.url(each) for each in (*call.args, *(each.value for each in call.keywords)))
        address = (
            next(filter(None, urls), "")
            or self._address(call)
            or self._meanings.text(argument(call, 0, "host"))
            or ""
        )
        host = _ADDRESS.match(address)
        # A bare socket whose port is no literal may lead to the lesson's own server; HTTP hardly does.
        if dotted.startswith("socket.") and (not host or _LOCAL_HOST.fullmatch(host[1])):
            return
        if not host:
            yield Want(Need("service", "network"), "the network")
        elif not (self._has_server and _LOOPBACK.fullmatch(host[1])):
            yield Want(Need("service", host[1]), f"the host {host[1]}")

    def _address(self, call: ast.Call) -> str:
        """The address that a client is given, as far as it is a literal."""
        for keyword in call.keywords:
            if keyword.arg in _ADDRESS_NAMES:
                host = self._meanings.url(keyword.value) or self._meanings.text(keyword.value) or ""
                return _with_port(
                    host, next((each.value for each in call.keywords if each.arg == "port"), None)
                )
        match call.args:
            case [ast.Dict() as config, *_]:
                return self._from_dict(config)
            case [ast.Tuple(elts=[host_node, port]), *_]:
                return _with_port(self._meanings.text(host_node) or "", port)
            case [first, *_]:
                text = self._meanings.url(first) or self._meanings.text(first) or ""
                return text if _IS_ADDRESS.search(text) else ""
        return ""

    def _from_dict(self, node: ast.Dict) -> str:
        for key, value in zip(node.keys, node.values, strict=True):
            if self._meanings.text(key) in _ADDRESS_NAMES:
                return self._meanings.text(value) or ""
        return ""

    def _find_variable(self, call: ast.Call, how: str) -> Iterator[Want]:
        name = self._meanings.text(argument(call, 0, "key"))
        if name is None:
            return
        if how == "setdefault":
            self._set_variables.add(name)
        elif argument(call, 1, "default") is None and id(call) not in self._with_default:
            yield from self._want_variable(name)

    def _find_in_environment(self, reached: Reached, node: ast.Subscript) -> Iterator[Want]:
        name = self._meanings.text(node.slice)
        if name is None or self._meanings.dotted(node.value) != "os.environ":
            return
        if isinstance(node.ctx, ast.Store):
            self._set_variables.add(name)
        elif not reached.handles("KeyError"):
            yield from self._want_variable(name)

    def _want_variable(self, name: str) -> Iterator[Want]:
        if name not in self._set_variables:
            yield Want(Need("service", name), f"the environment variable `{name}`")

    def _find_credential(self, name: str, value: ast.expr) -> Iterator[Want]:
        text = self._meanings.text(value)
        if text is not None and _CREDENTIAL.search(name) and _BLANK.fullmatch(text):
            yield Want(Need("service", "credentials"), f"a real value for `{name}`")


def _hosts(address: str) -> Iterator[str]:
    """The hosts in an address; libpq writes the port as a separate word."""
    port = _PORT.search(address)
    for each in address.split(","):
        if host := _ADDRESS.match(each.strip()):
            yield f"{host[1]}:{port[1]}" if port and ":" not in host[1] else host[1]


def _with_port(host: str, port: ast.expr | None) -> str:
    match port:
        case ast.Constant(value=int(number)) if host and 0 < number < 1 << 16:
            return f"{host}:{number}"
    return host

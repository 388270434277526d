"""The addresses that lessons use for one broker."""

from collections.abc import Iterable

_PORT = "9092"
_LOOPBACK = ("127.0.0.1", "localhost", "0.0.0.0", "[::1]")  # noqa: S104 names of one machine, nothing listens


def are_hosts_of(known: Iterable[str], asked: Iterable[str], port: str = _PORT) -> bool:
    """Whether any of the addresses asked for, `name:port` or `name`, is a known one; true without addresses.

    `port` is that of an address without one.
    """
    reachable = {_normal(each, port) for each in known}
    wanted = [_normal(each, port) for each in asked if each.strip()]
    return not wanted or any(each in reachable for each in wanted)


def split(host: str) -> tuple[str, int]:
    """The name and the port of an address, which may have no port."""
    name, _, port = host.rpartition(":")
    return (name, int(port)) if name else (port, int(_PORT))


def _normal(host: str, usual: str) -> tuple[str, str]:
    host = host.strip().lower().rpartition("://")[2]  # it may begin with a listener's protocol
    name, _, port = host.rpartition(":")
    if not port.isdigit():
        name, port = host, usual
    return "localhost" if name in _LOOPBACK else name, port

"""librdkafka's mock cluster, through the C functions in the library that comes with confluent_kafka."""

import ctypes
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

_PRODUCER = 0  # RD_KAFKA_PRODUCER
_BROKER = 1  # the mock's brokers count from 1
_REASON_BYTES = 512
_NUDGE_SECONDS = 0.003
_POINTER = ctypes.c_void_p
_SINCE = "2.13"

# name: return type, argument types
_FUNCTIONS: dict[str, tuple[object, tuple[object, ...]]] = {
    "rd_kafka_conf_new": (_POINTER, ()),
    "rd_kafka_new": (_POINTER, (ctypes.c_int, _POINTER, ctypes.c_char_p, ctypes.c_size_t)),
    "rd_kafka_mock_cluster_new": (_POINTER, (_POINTER, ctypes.c_int)),
    "rd_kafka_mock_cluster_bootstraps": (ctypes.c_char_p, (_POINTER,)),
    "rd_kafka_mock_group_initial_rebalance_delay_ms": (None, (_POINTER, ctypes.c_int32)),
    "rd_kafka_mock_topic_create": (ctypes.c_int, (_POINTER, ctypes.c_char_p, ctypes.c_int, ctypes.c_int)),
    "rd_kafka_mock_topic_set_error": (None, (_POINTER, ctypes.c_char_p, ctypes.c_int)),
    "rd_kafka_mock_broker_set_down": (ctypes.c_int, (_POINTER, ctypes.c_int32)),
    "rd_kafka_mock_broker_set_up": (ctypes.c_int, (_POINTER, ctypes.c_int32)),
    "rd_kafka_mock_push_request_errors_array": (
        None,
        (_POINTER, ctypes.c_int16, ctypes.c_size_t, ctypes.POINTER(ctypes.c_int)),
    ),
}
# Not in every release; functions that need them say so.
_NEWER: dict[str, tuple[object, tuple[object, ...]]] = {
    "rd_kafka_mock_topic_delete": (ctypes.c_int, (_POINTER, ctypes.c_char_p)),
    "rd_kafka_mock_broker_set_host_port": (
        ctypes.c_int,
        (_POINTER, ctypes.c_int32, ctypes.c_char_p, ctypes.c_int),
    ),
}


class MissingError(Exception):
    """The library has no mock cluster, or lacks parts of it; the message is the end of "it needs …"."""


class Cluster:
    """One broker that keeps everything in memory and ends with the process; `address` is where it listens."""

    def __init__(self) -> None:
        self._library = load()
        reason = ctypes.create_string_buffer(_REASON_BYTES)
        handle = self._library.rd_kafka_new(
            _PRODUCER, self._library.rd_kafka_conf_new(), reason, _REASON_BYTES
        )
        cluster = self._library.rd_kafka_mock_cluster_new(handle, 1) if handle else None
        if not cluster:
            words = reason.value.decode(errors="replace") or "no reason given"
            raise MissingError(f"a mock cluster, which librdkafka cannot make here ({words})")
        self._cluster = cluster
        name, _, port = self._library.rd_kafka_mock_cluster_bootstraps(cluster).decode().rpartition(":")
        self.address = (name, int(port))
        self._call("rd_kafka_mock_group_initial_rebalance_delay_ms", 0)

    def advertise(self, name: str, port: int) -> None:
        """Let the broker advertise this address, where the library can; otherwise it advertises its own."""
        if hasattr(self._library, "rd_kafka_mock_broker_set_host_port"):
            self._call("rd_kafka_mock_broker_set_host_port", _BROKER, name.encode(), port)

    def create_topic(self, name: str, partitions: int) -> int:
        """Create a topic; returns an error code of librdkafka, 0 for none."""
        return self._call("rd_kafka_mock_topic_create", name.encode(), partitions, 1)

    def delete_topic(self, name: str) -> int | None:
        """Delete a topic with its messages; returns an error code, None where the library cannot."""
        if not hasattr(self._library, "rd_kafka_mock_topic_delete"):
            return None
        return self._call("rd_kafka_mock_topic_delete", name.encode())

    def fail_topic(self, name: str, error: int) -> None:
        """Let every request about a topic fail with this error code; 0 ends that."""
        self._call("rd_kafka_mock_topic_set_error", name.encode(), error)

    def fail_requests(self, api: int, errors: Sequence[int]) -> None:
        """Let the next requests of this kind, by its protocol number, fail with these error codes."""
        array = (ctypes.c_int * len(errors))(*errors)
        self._call("rd_kafka_mock_push_request_errors_array", api, len(errors), array)

    def go_down(self) -> None:
        """Close all connections and accept no more."""
        self._call("rd_kafka_mock_broker_set_down", _BROKER)

    def come_up(self) -> None:
        """Accept connections again; the topics still hold their messages."""
        self._call("rd_kafka_mock_broker_set_up", _BROKER)

    def _call(self, name: str, *arguments: object) -> int:
        """Call a function that the cluster's own thread executes.

        That thread sometimes sleeps for a second without noticing the call; a connection wakes it.
        """
        result: list[int] = []
        function = getattr(self._library, name)
        call = threading.Thread(target=lambda: result.append(function(self._cluster, *arguments)))
        call.start()
        call.join(_NUDGE_SECONDS)
        while call.is_alive():
            with suppress(OSError):
                socket.create_connection(self.address, 1).close()
            call.join(_NUDGE_SECONDS)
        return result[0] or 0


def load() -> ctypes.CDLL:
    """The library, found through the extension module that is linked with it.

    Raises MissingError when it has no mock cluster.
    """
    try:
        library = ctypes.CDLL(import_module("confluent_kafka.cimpl").__file__)
        for name, (returns, takes) in _FUNCTIONS.items():
            _declare(library, name, returns, takes)
    except (ImportError, OSError, AttributeError) as error:
        words = f"confluent-kafka {_SINCE} or later with librdkafka's mock cluster in it ({error})"
        raise MissingError(words) from error
    for name, (returns, takes) in _NEWER.items():
        with suppress(AttributeError):
            _declare(library, name, returns, takes)
    return library


def _declare(library: ctypes.CDLL, name: str, returns: object, takes: tuple[object, ...]) -> None:
    function = getattr(library, name)
    function.restype, function.argtypes = returns, takes

import sys

import pytest

from tests.cli.conftest import Command


def test_without_the_extra_it_says_what_to_install(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls", None)

    ended = command("lsp")

    assert ended.status == 2
    assert "pip install 'coursecheck[editor]'" in ended.err


def test_the_server_is_handed_the_streams_and_how_far_to_trust(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []

    class Server:
        def __init__(self, *, trust: bool) -> None:
            given.append(trust)

        def start_io(self, *streams: object) -> None:
            given.append(streams)

    monkeypatch.setattr("checker.editor.stdio.take_stdio", lambda: ("in", "out"))
    monkeypatch.setattr("checker.editor.server.make_server", Server)

    assert command("lsp").status == 0
    assert command("lsp", "--stdio", "--trust-config").status == 0
    assert given == [False, ("in", "out"), True, ("in", "out")]

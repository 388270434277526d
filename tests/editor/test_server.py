"""The language server as an editor meets it: over its standard streams."""

from pathlib import Path
from typing import Any

import pytest

from checker.editor import outline
from tests.editor.client import Client, Message
from tests.sandboxes import needs_sandbox

CLEAN = "# Tea\n\nHot water and leaves.\n"
LINK = "# Tea 😋 [x](#gone)\n"
CHAINED = '# Frames\n\n```python\nimport pandas as pd\n\ndf = pd.DataFrame({"a": [1]})\ndf["a"][0] = 5\n```\n'
TWO = "# Sums\n\n```python\nx = 1\n```\n\n```python\nprint(x / 0)\n```\n\n```python\nprint('behind')\n```\n"


def codes(found: list[Message]) -> list[str]:
    return [each["code"] for each in found]


def request(uri: str, **more: object) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, **more}


def at(line: int, character: int) -> dict[str, int]:
    return {"line": line, "character": character}


def test_a_clean_lesson_is_silent(tmp_path: Path) -> None:
    with Client(tmp_path) as client:
        assert client.diagnostics(client.open(tmp_path / "a.mdx", CLEAN)) == []


def test_what_is_no_lesson_and_what_lies_nowhere_is_left_alone(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    with Client(tmp_path) as client:
        assert client.diagnostics(client.open(readme, LINK)) == []
        document = {"uri": "untitled:Untitled-1", "languageId": "mdx", "version": 1, "text": LINK}
        client.tell("textDocument/didOpen", {"textDocument": document})
        assert client.ask("textDocument/hover", request("untitled:Untitled-1", position=at(0, 0))) is None
        assert client.ask("textDocument/codeLens", request(readme.as_uri())) == []
        assert client.ask("textDocument/documentSymbol", request(readme.as_uri())) == []


def test_the_open_text_is_judged_as_it_changes_and_not_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.mdx"
    path.write_text(CLEAN)
    with Client(tmp_path) as client:
        uri = client.open(path, LINK)
        [found] = client.diagnostics(uri)
        assert found["code"] == "broken-anchor"
        assert found["source"] == "coursecheck"
        assert found["severity"] == 1
        # The face is two units of UTF-16.
        assert found["range"] == {"start": at(0, 13), "end": at(0, 18)}
        assert found["codeDescription"]["href"].endswith("/broken_anchor.py")
        client.change(uri, CLEAN, 2)
        assert client.diagnostics(uri, 2) == []


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 15), ("utf-16", 13), ("utf-32", 12)])
def test_columns_are_counted_as_the_editor_does(tmp_path: Path, encoding: str, column: int) -> None:
    with Client(tmp_path, capabilities={"general": {"positionEncodings": [encoding]}}) as client:
        [found] = client.diagnostics(client.open(tmp_path / "a.mdx", LINK))
        assert found["range"]["start"] == at(0, column)


def test_an_unsaved_lesson_counts_for_the_others(tmp_path: Path) -> None:
    other = tmp_path / "other.mdx"
    other.write_text("# Other\n")
    with Client(tmp_path) as client:
        first = client.open(tmp_path / "a.mdx", "# Tea\n\n[x](./other.mdx#milk)\n")
        assert codes(client.diagnostics(first)) == ["broken-anchor"]
        client.diagnostics(client.open(other, "# Other\n\n## Milk\n"))
        assert client.diagnostics(first) == []
        client.tell("textDocument/didClose", request(other.as_uri()))
        assert codes(client.diagnostics(first)) == ["broken-anchor"]


def test_a_quick_fix_is_the_rules_and_names_the_version(tmp_path: Path) -> None:
    capabilities = {"workspace": {"workspaceEdit": {"documentChanges": True}}}
    with Client(tmp_path, capabilities=capabilities) as client:
        uri = client.open(tmp_path / "a.mdx", CHAINED, version=7)
        where = {"start": at(6, 3), "end": at(6, 3)}
        [action] = client.ask(
            "textDocument/codeAction", request(uri, range=where, context={"diagnostics": []})
        )
        [change] = action["edit"]["documentChanges"]
        assert action["kind"] == "quickfix"
        assert action["isPreferred"]
        assert change["textDocument"] == {"uri": uri, "version": 7}
        assert [each["newText"] for each in change["edits"]] == ['df.loc[0, "a"]']
        elsewhere = {"start": at(0, 0), "end": at(2, 0)}
        context: dict[str, object] = {"diagnostics": []}
        assert client.ask("textDocument/codeAction", request(uri, range=elsewhere, context=context)) == []
        context["only"] = ["refactor"]
        assert client.ask("textDocument/codeAction", request(uri, range=where, context=context)) == []


def test_a_hover_explains(tmp_path: Path) -> None:
    with Client(tmp_path) as client:
        uri = client.open(tmp_path / "a.mdx", CHAINED)
        shown = client.ask("textDocument/hover", request(uri, position=at(6, 3)))["contents"]
        assert shown["kind"] == "markdown"
        assert "## Why" in shown["value"]
        assert client.ask("textDocument/hover", request(uri, position=at(0, 0))) is None


def test_blocks_are_in_the_outline(tmp_path: Path) -> None:
    with Client(tmp_path) as client:
        uri = client.open(tmp_path / "a.mdx", TWO + "\n```text\nhello\n```\n")
        found = client.ask("textDocument/documentSymbol", request(uri))
        assert [each["name"] for each in found] == [
            "python x = 1",
            "python print(x / 0)",
            "python print('behind')",
            "text hello",
        ]
        assert found[0]["range"] == {"start": at(2, 0), "end": at(4, 3)}


@needs_sandbox
def test_nothing_runs_until_it_is_asked_for_and_then_only_so_far(tmp_path: Path) -> None:
    with Client(tmp_path) as client:
        uri = client.open(tmp_path / "a.mdx", TWO)
        assert client.diagnostics(uri) == []
        lenses = client.ask("textDocument/codeLens", request(uri))
        assert [each["command"]["title"] for each in lenses] == ["Run this block"] * 3
        command = lenses[1]["command"]
        answer = client.ask("workspace/executeCommand", command)
        assert answer["outcome"] == "failed"
        [found] = client.diagnostics(uri)
        assert (found["code"], found["range"]["start"]) == ("snippet-failed", at(7, 6))
        message = client.wait(lambda each: each.get("method") == "window/showMessage")["params"]
        assert message["message"] == "The block at line 7: failed (ZeroDivisionError: division by zero)"
        titles = [each["command"]["title"] for each in client.ask("textDocument/codeLens", request(uri))]
        assert titles == ["Run this block (passed)", "Run this block (failed)", "Run this block"]
        shown = client.ask("textDocument/hover", request(uri, position=at(7, 0)))["contents"]["value"]
        assert "division by zero" in shown

        # Words above move what was found; another code before it makes it a thing of the past.
        client.change(uri, "\n\n" + TWO, 2)
        assert [each["range"]["start"] for each in client.diagnostics(uri, 2)] == [at(9, 6)]
        client.change(uri, TWO.replace("x = 1", "x = 2"), 3)
        assert client.diagnostics(uri, 3) == []
        titles = [each["command"]["title"] for each in client.ask("textDocument/codeLens", request(uri))]
        assert titles[1] == "Run this block (failed, before the last change)"


@needs_sandbox
def test_one_block_at_a_time_and_the_server_answers_meanwhile(tmp_path: Path) -> None:
    slow = "# Slow\n\n```python\nimport time\n\ntime.sleep(3)\n```\n"
    with Client(tmp_path, capabilities={"workspace": {"codeLens": {"refreshSupport": True}}}) as client:
        uri = client.open(tmp_path / "a.mdx", slow)
        run = {"command": "coursecheck.runBlock", "arguments": [uri, 0]}
        first = client.send("workspace/executeCommand", run)
        assert client.ask("workspace/executeCommand", run) == {"message": "Another block is still running."}
        assert client.ask("textDocument/documentSymbol", request(uri))
        assert (
            client.wait(lambda each: each.get("id") == first and "method" not in each)["result"]["outcome"]
            == "passed"
        )
        client.wait(lambda each: each.get("method") == "workspace/codeLens/refresh")


def test_a_configuration_starts_no_program_of_its_own(tmp_path: Path) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    program.chmod(0o755)
    (tmp_path / "coursecheck.toml").write_text('[run]\npython = "./python"\n')
    with Client(tmp_path) as client:
        uri = client.open(tmp_path / "a.mdx", TWO)
        assert client.diagnostics(uri) == []
        run = {"command": "coursecheck.runBlock", "arguments": [uri, 0]}
        assert "--trust-config" in client.ask("workspace/executeCommand", run)["message"]
        assert not (tmp_path / "started").exists()
    with Client(tmp_path, trust=True) as client:
        uri = client.open(tmp_path / "a.mdx", TWO)
        [found] = client.diagnostics(uri)
        assert "is no Python" in found["message"]
        assert (tmp_path / "started").exists()


def test_a_broken_configuration_is_said_where_the_author_looks_and_mended_on_the_way(tmp_path: Path) -> None:
    config = tmp_path / "coursecheck.toml"
    config.write_text("[rnu]\n")
    with Client(tmp_path) as client:
        uri = client.open(tmp_path / "a.mdx", LINK)
        [found] = client.diagnostics(uri)
        assert found["code"] == "not-checked"
        assert "rnu" in found["message"]
        run = {"command": "coursecheck.runBlock", "arguments": [uri, 0]}
        assert "no open lesson" in client.ask("workspace/executeCommand", run)["message"]
        config.write_text("")
        changed = {"changes": [{"uri": config.as_uri(), "type": 2}]}
        client.tell("workspace/didChangeWatchedFiles", changed)
        assert codes(client.diagnostics(uri)) == ["broken-anchor"]
        config.write_text('[rules]\nignore = ["broken-anchor"]\n')
        client.tell("textDocument/didSave", request(uri))
        assert client.diagnostics(uri) == []


def test_typing_is_answered_once_it_pauses(tmp_path: Path) -> None:
    with Client(tmp_path) as client:
        uri = client.open(tmp_path / "a.mdx", CLEAN)
        assert client.diagnostics(uri) == []
        for version in range(2, 7):
            client.change(uri, LINK * version, version)
        assert len(client.diagnostics(uri, 6)) == 6
        # What has not changed is not said again.
        client.tell("textDocument/didSave", request(uri))
        client.ask("textDocument/documentSymbol", request(uri))
        assert "textDocument/publishDiagnostics" not in [each.get("method") for each in client.waiting()]


def test_two_folders_are_two_courses(tmp_path: Path) -> None:
    for name, ignored in (("one", "broken-anchor"), ("two", "broken-link")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "coursecheck.toml").write_text(f'[rules]\nignore = ["{ignored}"]\n')
    with Client(tmp_path / "one") as client:
        added = {"uri": (tmp_path / "two").as_uri(), "name": "two"}
        client.tell("workspace/didChangeWorkspaceFolders", {"event": {"added": [added], "removed": []}})
        assert client.diagnostics(client.open(tmp_path / "one" / "a.mdx", LINK)) == []
        assert codes(client.diagnostics(client.open(tmp_path / "two" / "a.mdx", LINK))) == ["broken-anchor"]


@pytest.mark.parametrize(
    "params",
    [{}, {"textDocument": {"uri": 5}}, [], {"textDocument": {"uri": "file:///"}, "position": at(-1, 10**12)}],
)
def test_nonsense_ends_nothing(tmp_path: Path, params: object) -> None:
    with Client(tmp_path) as client:
        for method in ("hover", "codeLens", "codeAction", "documentSymbol"):
            client.send(f"textDocument/{method}", params)
        for arguments in (params, ["x", 1], [1, "x"]):
            client.send("workspace/executeCommand", {"command": outline.RUN_COMMAND, "arguments": arguments})
        client.tell("textDocument/didOpen", params)
        client.tell("textDocument/didClose", params)
        client.tell("textDocument/didChange", params)
        uri = client.open(tmp_path / "a.mdx", LINK)
        assert codes(client.diagnostics(uri)) == ["broken-anchor"]


@pytest.mark.parametrize("text", ["\ud800", "\0", "`" * 5000, "😋\r[x](#y)\u2028\n", "\ufeff# Tea\n"])
def test_odd_texts_are_answered(tmp_path: Path, text: str) -> None:
    with Client(tmp_path) as client:
        uri = client.open(tmp_path / "a.mdx", text)
        client.diagnostics(uri)
        client.ask("textDocument/hover", request(uri, position=at(0, 0)))
        where = {"start": at(0, 0), "end": at(99, 99)}
        client.ask("textDocument/codeAction", request(uri, range=where, context={"diagnostics": []}))


def test_the_watching_of_files_is_asked_for(tmp_path: Path) -> None:
    watched = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    with Client(tmp_path, capabilities=watched) as client:
        asked = client.wait(lambda each: each.get("method") == "client/registerCapability")
        [registration] = asked["params"]["registrations"]
        assert registration["method"] == "workspace/didChangeWatchedFiles"


def test_a_document_that_is_closed_is_not_checked_any_more(tmp_path: Path) -> None:
    with Client(tmp_path) as client:
        uri = client.open(tmp_path / "a.mdx", LINK)
        client.diagnostics(uri)
        client.change(uri, CLEAN, 2)
        client.tell("textDocument/didClose", request(uri))
        gone = client.wait(lambda each: each.get("method") == "textDocument/publishDiagnostics")
        assert gone["params"] == {"uri": uri, "diagnostics": []}
        run = {"command": outline.RUN_COMMAND, "arguments": [uri, 0]}
        assert "no open lesson" in client.ask("workspace/executeCommand", run)["message"]


def test_a_block_that_does_not_run_says_why(tmp_path: Path) -> None:
    with Client(tmp_path) as client:
        uri = client.open(tmp_path / "a.mdx", "```text\nhello\n```\n")
        run = {"command": outline.RUN_COMMAND, "arguments": [uri, 0]}
        message = client.ask("workspace/executeCommand", run)["message"]
        assert message.startswith("This block does not run: ")
        hover = client.ask("textDocument/hover", request(uri, position=at(1, 0)))["contents"]["value"]
        assert hover.startswith("This block does not run: ")
        run["arguments"] = [uri, 7]
        assert client.ask("workspace/executeCommand", run) == {
            "message": "The lesson has no such block any more."
        }


@needs_sandbox
def test_a_lesson_may_be_closed_while_it_runs(tmp_path: Path) -> None:
    with Client(tmp_path) as client:
        uri = client.open(tmp_path / "a.mdx", "```python\nimport time\n\ntime.sleep(1)\n```\n")
        client.diagnostics(uri)
        number = client.send(
            "workspace/executeCommand", {"command": outline.RUN_COMMAND, "arguments": [uri, 0]}
        )
        client.tell("textDocument/didClose", request(uri))
        ended = client.wait(lambda each: each.get("id") == number and "method" not in each)
        assert ended["result"]["outcome"] == "passed"


def test_a_defect_of_ours_is_said_and_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object, **_more: object) -> None:
        raise KeyError("ours")

    with Client(tmp_path) as client:
        monkeypatch.setattr("checker.editor.server.diagnostics", fail)
        uri = client.open(tmp_path / "a.mdx", LINK)
        [found] = client.diagnostics(uri)
        assert found["message"] == "not checked, for a defect of coursecheck: KeyError: 'ours'"
        monkeypatch.setattr("checker.editor.outline.symbols", fail)
        assert "error" in client.answer("textDocument/documentSymbol", request(uri))
        monkeypatch.undo()
        client.change(uri, LINK + "\n", 2)
        assert codes(client.diagnostics(uri, 2)) == ["broken-anchor"]

"""The extension for Visual Studio Code: what its manifest promises, and that it starts the server so."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from checker.editor.outline import RUN_COMMAND

FOLDER = Path(__file__).parent.parent / "editors" / "vscode"
MANIFEST: dict[str, Any] = json.loads((FOLDER / "package.json").read_text())
_STUBS = """
const Module = require("module");
const said = { started: [], shown: [], handlers: {} };
const settings = JSON.parse(process.argv[2]);
const vscode = {
  commands: { registerCommand: (name, run) => { said.handlers[name] = run; } },
  window: { showWarningMessage: (m) => said.shown.push(m), showErrorMessage: (m) => said.shown.push(m) },
  workspace: {
    isTrusted: settings.trusted,
    getConfiguration: () => ({ get: (key) => settings[key] }),
    onDidGrantWorkspaceTrust: (run) => { said.handlers.granted = run; },
    onDidChangeConfiguration: (run) => { said.handlers.configured = run; },
  },
};
class LanguageClient {
  constructor(id, name, server, options) { this.server = server; said.options = options; }
  async start() {
    if (settings.fails) { throw new Error("ENOENT"); }
    said.started.push([this.server.command, ...this.server.args]);
  }
  async stop() { said.started.push("stopped"); }
}
const load = Module._load;
const stubs = { vscode, "vscode-languageclient/node": { LanguageClient } };
Module._load = (name, ...rest) => stubs[name] || load(name, ...rest);
const extension = require(process.argv[1]);
(async () => {
  await extension.activate({ subscriptions: [] });
  const next = (...given) => ["asked", ...given];
  const lenses = said.options.middleware.provideCodeLenses("document", "token", next);
  const run = said.options.middleware.executeCommand("RUN", [1], next);
  const other = said.options.middleware.executeCommand("other", [], next);
  vscode.workspace.isTrusted = true;
  await said.handlers.granted();
  await extension.deactivate();
  console.log(JSON.stringify({ ...said, lenses, run: run || null, other }));
})();
"""


def activated(**settings: object) -> dict[str, Any]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = _STUBS.replace("RUN", RUN_COMMAND)
    arguments = [str(FOLDER / "extension.js"), json.dumps(settings)]
    done = subprocess.run(
        [node, "-e", script, *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_what_the_manifest_names_is_there() -> None:
    assert (FOLDER / MANIFEST["main"]).is_file()
    settings = set(MANIFEST["contributes"]["configuration"]["properties"])
    trust = MANIFEST["capabilities"]["untrustedWorkspaces"]
    # Both settings decide what is started.
    assert set(trust["restrictedConfigurations"]) == settings
    assert trust["supported"] == "limited"
    assert all(each.split(".")[1] in (FOLDER / "extension.js").read_text() for each in settings)


def test_a_workspace_that_is_not_trusted_is_checked_and_nothing_is_run() -> None:
    said = activated(trusted=False, path="/opt/coursecheck", trustConfig=True)
    assert said["started"][0] == ["/opt/coursecheck", "lsp"]
    assert said["lenses"] == []
    assert said["run"] is None
    assert "not trusted" in said["shown"][0]
    # What is no run of a block goes through, and once trust is given the server starts anew.
    assert said["other"] == ["asked", "other", []]
    assert said["started"][1:3] == ["stopped", ["/opt/coursecheck", "lsp", "--trust-config"]]


def test_a_trusted_one_starts_the_server_as_the_settings_say() -> None:
    said = activated(trusted=True, path="", trustConfig=False)
    assert said["started"][0] == ["coursecheck", "lsp"]
    assert said["lenses"] == ["asked", "document", "token"]
    assert said["run"] == ["asked", RUN_COMMAND, [1]]


def test_a_server_that_is_not_there_is_said_with_the_remedy() -> None:
    said = activated(trusted=True, path="coursecheck", fails=True)
    assert "pip install 'coursecheck[editor]'" in said["shown"][0]

// Starts `coursecheck lsp` for the lessons that are open; all else is the server's.

"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const RUN = "coursecheck.runBlock";

let client;

function serverArguments(settings, isTrusted) {
  // The setting is restricted, too; a server that was started before trust was given must not have it.
  return settings.get("trustConfig") && isTrusted ? ["lsp", "--trust-config"] : ["lsp"];
}

function middleware() {
  return {
    // Checking reads a lesson; running it is for workspaces that are trusted.
    provideCodeLenses: (document, token, next) => (vscode.workspace.isTrusted ? next(document, token) : []),
    executeCommand: (command, given, next) => {
      if (command === RUN && !vscode.workspace.isTrusted) {
        vscode.window.showWarningMessage("coursecheck runs no blocks in a workspace that is not trusted.");
        return undefined;
      }
      return next(command, given);
    },
  };
}

async function start() {
  const settings = vscode.workspace.getConfiguration("coursecheck");
  const server = {
    command: settings.get("path") || "coursecheck",
    args: serverArguments(settings, vscode.workspace.isTrusted),
  };
  client = new LanguageClient("coursecheck", "coursecheck", server, {
    documentSelector: [
      { scheme: "file", language: "mdx" },
      { scheme: "file", language: "markdown" },
    ],
    middleware: middleware(),
  });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    vscode.window.showErrorMessage(
      `coursecheck: "${server.command} lsp" does not start. ` +
        "Install it with pip install 'coursecheck[editor]', or name it in the setting coursecheck.path. " +
        `(${error.message})`,
    );
  }
}

async function stop() {
  const old = client;
  client = undefined;
  if (old) {
    await old.stop();
  }
}

async function restart() {
  await stop();
  await start();
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("coursecheck.restart", restart),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("coursecheck")) {
        return restart();
      }
      return undefined;
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };

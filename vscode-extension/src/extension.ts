// The extension starts the connect-policy server, shows its status, and restarts it when it exits or on request.
// Everything about policies is in the server.

import * as vscode from "vscode";

import { PATH_SETTING, SECTION, SELECTOR } from "./client";
import example from "./example.json";
import { showReport } from "./report";
import { Server } from "./server";
import { Status } from "./status";
import { CheckTasks, TASK_TYPE } from "./tasks";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    const output = vscode.window.createOutputChannel("Connect Policy", { log: true });
    const status = new Status();
    const started = new Server(context.extensionPath, output, status);
    server = started;
    let waiting: vscode.Disposable | undefined;
    const restart = (): Promise<void> => {
        waiting?.dispose();
        waiting = undefined;
        return started.restart();
    };

    context.subscriptions.push(
        output,
        status,
        vscode.commands.registerCommand(`${SECTION}.restart`, restart),
        vscode.commands.registerCommand(`${SECTION}.showOutput`, () => { output.show(); }),
        vscode.commands.registerCommand(`${SECTION}.openExample`, openExample),
        vscode.commands.registerCommand(`${SECTION}.showReport`, () => showReport(started.locate())),
        vscode.tasks.registerTaskProvider(TASK_TYPE, new CheckTasks(() => started.locate())),
        // This also fires when the workspace becomes trusted and its settings apply.
        vscode.workspace.onDidChangeConfiguration((event) => {
            if (event.affectsConfiguration(PATH_SETTING) && waiting === undefined) {
                void restart();
            }
        }),
        { dispose: () => { waiting?.dispose(); } },
    );
    if (vscode.workspace.textDocuments.some(canHoldPolicy)) {
        await restart();
        return;
    }
    // VS Code activates the extension for any plain text or TOML file, because these can be Terraform files and our configuration.
    waiting = vscode.workspace.onDidOpenTextDocument((document) => {
        if (canHoldPolicy(document)) {
            void restart();
        }
    });
}

/** Whether the document is one of those that are sent to the server. */
function canHoldPolicy(document: vscode.TextDocument): boolean {
    return vscode.languages.match(SELECTOR, document) > 0;
}

/** Opens an example policy. */
async function openExample(): Promise<void> {
    const content = `${JSON.stringify(example, undefined, 2)}\n`;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "json", content }));
}

export async function deactivate(): Promise<void> {
    await server?.stop();
}

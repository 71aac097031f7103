// The extension starts the connect-policy server, shows whether it runs, and starts it anew when asked to.
// All that is known of policies is in the server.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import { createClient, SECTION } from "./client";
import { locate } from "./locate";
import { Status } from "./status";

const PATH_SETTING = `${SECTION}.server.path`;

let client: LanguageClient | undefined;
let pending: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    const output = vscode.window.createOutputChannel("Connect Policy", { log: true });
    const status = new Status();
    const restart = (): Promise<void> => inTurn(() => start(context, output, status));

    context.subscriptions.push(
        output,
        status,
        vscode.commands.registerCommand(`${SECTION}.restart`, restart),
        vscode.commands.registerCommand(`${SECTION}.showOutput`, () => { output.show(); }),
        // This fires too when the workspace becomes trusted and with that its settings count.
        vscode.workspace.onDidChangeConfiguration((event) => {
            if (event.affectsConfiguration(PATH_SETTING)) {
                void restart();
            }
        }),
    );
    await restart();
}

export async function deactivate(): Promise<void> {
    await inTurn(stop);
}

/** Runs `step` after those before it: two restarts in a row must not leave two servers. */
function inTurn(step: () => Promise<void>): Promise<void> {
    pending = pending.then(step);
    return pending;
}

/** The one way to start, first or again. It reports what goes wrong and does not throw. */
async function start(
    context: vscode.ExtensionContext,
    output: vscode.LogOutputChannel,
    status: Status,
): Promise<void> {
    await stop();

    const found = locate({
        setting: vscode.workspace.getConfiguration().get<string>(PATH_SETTING),
        environment: process.env,
        extension: context.extensionPath,
        platform: process.platform,
    });
    if ("missing" in found) {
        output.error(found.missing);
        status.failed(found.missing);
        void askForServer(found.missing);
        return;
    }

    output.info(`Starting ${found.binary} (from ${found.origin})`);
    client = createClient(found.binary, output);
    status.follow(client, found.origin === "extension" ? "comes with the extension" : found.binary);
    try {
        await client.start();
    } catch (error) {
        // The client has told the user already, with a button that leads to the output.
        output.error(`The server did not start: ${String(error)}`);
        status.failed("The server did not start.");
    }
}

async function stop(): Promise<void> {
    const stopping = client;
    client = undefined;
    try {
        await stopping?.dispose();
    } catch {
        // It had not got as far as running, or it was gone; either way there is nothing left to stop.
    }
}

async function askForServer(problem: string): Promise<void> {
    const setting = "Open Setting";
    const output = "Show Output";
    const choice = await vscode.window.showErrorMessage(`Connect Policy: ${problem}`, setting, output);
    if (choice === setting) {
        await vscode.commands.executeCommand(settingsCommand(), { query: PATH_SETTING });
    } else if (choice === output) {
        await vscode.commands.executeCommand(`${SECTION}.showOutput`);
    }
}

/** Opens the settings where the path stands, or else where it would: with a remote machine, that is not the user's. */
function settingsCommand(): string {
    const values = vscode.workspace.getConfiguration().inspect(PATH_SETTING);
    if (values?.workspaceValue !== undefined) {
        return "workbench.action.openWorkspaceSettings";
    }
    const remote = vscode.env.remoteName !== undefined;
    return remote ? "workbench.action.openRemoteSettings" : "workbench.action.openSettings";
}

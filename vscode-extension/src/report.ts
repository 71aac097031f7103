// Shows the report: the server program reads a folder and writes a page, and a panel shows it unchanged. The content security
// policy of the page allows only its own script, by hash, and does not load anything.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import * as vscode from "vscode";

import { SECTION } from "./client";
import type { Found } from "./locate";

/** The page of a large workspace has several megabytes. */
const MOST_BYTES = 64 * 1024 * 1024;

export async function showReport(found: Found): Promise<void> {
    const folder = await pickFolder();
    if (folder === undefined) {
        return;
    }
    if ("missing" in found) {
        void vscode.window.showErrorMessage(found.missing);
        return;
    }
    const title = `Access to Amazon Connect: ${folder.name}`;
    const progress = { location: vscode.ProgressLocation.Window, title };
    try {
        const arguments_ = ["report", "--format", "html", "."];
        const options = { cwd: folder.uri.fsPath, maxBuffer: MOST_BYTES };
        const run = promisify(execFile)(found.binary, arguments_, options);
        const { stdout } = await vscode.window.withProgress(progress, () => run);
        const panel = vscode.window.createWebviewPanel(`${SECTION}.report`, title, vscode.ViewColumn.Active, {
            enableScripts: true,
            enableFindWidget: true,
            localResourceRoots: [],
        });
        panel.webview.html = stdout;
    } catch (error) {
        void vscode.window.showErrorMessage(`Cannot create the report: ${error instanceof Error ? error.message : String(error)}`);
    }
}

/** The folder of the open file, or the one that the user selects. */
async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
    const open = vscode.window.activeTextEditor?.document.uri;
    const folder = open && vscode.workspace.getWorkspaceFolder(open);
    if (folder !== undefined) {
        return folder;
    }
    const folders = (vscode.workspace.workspaceFolders ?? []).filter((one) => one.uri.scheme === "file");
    if (folders.length === 0) {
        void vscode.window.showInformationMessage("Open a folder to create a report.");
    }
    return folders.length < 2 ? folders[0] : vscode.window.showWorkspaceFolderPick();
}

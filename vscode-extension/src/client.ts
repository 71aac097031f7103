// What the language client is told: how to run the server, which documents it sees, which settings it gets.

import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } from "vscode-languageclient/node";

import { LANGUAGES, PATTERN } from "./documents";

export const SECTION = "connectPolicy";
export const PATH_SETTING = `${SECTION}.server.path`;

/** The server reads files itself (its configuration, others in the folder), so virtual documents are left out. */
const SELECTOR = [
    ...LANGUAGES.flatMap((language) => ["file", "untitled"].map((scheme) => ({ scheme, language }))),
    { scheme: "file", pattern: PATTERN },
];

/** @param ended is called when the server ends though nobody stopped it; starting it again is left to the caller */
export function createClient(binary: string, output: vscode.LogOutputChannel, ended: () => void): LanguageClient {
    return new LanguageClient(
        SECTION,
        "Connect Policy",
        { command: binary, args: ["lsp"] },
        {
            documentSelector: SELECTOR,
            outputChannel: output,
            revealOutputChannelOn: RevealOutputChannelOn.Never,
            errorHandler: {
                // An error on a pipe comes before its end, which is what counts.
                error: () => ({ action: ErrorAction.Continue, handled: true }),
                closed: () => {
                    ended();
                    return { action: CloseAction.DoNotRestart, handled: true, message: "The server has ended." };
                },
            },
            // The same settings twice over: at the start as they are, and at each change below their section's name.
            initializationOptions: () => vscode.workspace.getConfiguration().get(SECTION),
            // The server is told its settings and asks for none, which is what this option is deprecated for.
            // eslint-disable-next-line @typescript-eslint/no-deprecated
            synchronize: { configurationSection: SECTION },
        },
    );
}

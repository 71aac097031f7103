// What the language client is told: how to run the server, which documents it sees, which settings it gets.

import * as vscode from "vscode";
import { LanguageClient, RevealOutputChannelOn } from "vscode-languageclient/node";

import { LANGUAGES, PATTERN } from "./documents";

export const SECTION = "connectPolicy";

/** The server reads files itself (its configuration, others in the folder), so virtual documents are left out. */
const SELECTOR = [
    ...LANGUAGES.flatMap((language) => ["file", "untitled"].map((scheme) => ({ scheme, language }))),
    { scheme: "file", pattern: PATTERN },
];

export function createClient(binary: string, output: vscode.LogOutputChannel): LanguageClient {
    return new LanguageClient(
        SECTION,
        "Connect Policy",
        { command: binary, args: ["lsp"] },
        {
            documentSelector: SELECTOR,
            outputChannel: output,
            revealOutputChannelOn: RevealOutputChannelOn.Never,
            // The same settings twice over: at the start as they are, and at each change below their section's name.
            initializationOptions: () => vscode.workspace.getConfiguration().get(SECTION),
            // The server is told its settings and asks for none, which is what this option is deprecated for.
            // eslint-disable-next-line @typescript-eslint/no-deprecated
            synchronize: { configurationSection: SECTION },
        },
    );
}

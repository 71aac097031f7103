// Configures the language client: how to run the server, and which documents and settings it receives.

import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } from "vscode-languageclient/node";

import { LANGUAGES, PATTERN } from "./documents";

export const SECTION = "connectPolicy";
export const PATH_SETTING = `${SECTION}.server.path`;

/** The server reads files itself (its configuration, other files in the folder), so virtual documents are not supported. */
export const SELECTOR = [
    ...LANGUAGES.flatMap((language) => ["file", "untitled"].map((scheme) => ({ scheme, language }))),
    { scheme: "file", pattern: PATTERN },
];

/** @param ended is called when the server exits unexpectedly; the caller restarts it */
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
                // An error on a pipe is followed by its end, which `closed` handles.
                error: () => ({ action: ErrorAction.Continue, handled: true }),
                closed: () => {
                    ended();
                    return { action: CloseAction.DoNotRestart, handled: true, message: "The server exited." };
                },
            },
            // The settings are sent at the start, and after each change under the name of their section.
            initializationOptions: () => vscode.workspace.getConfiguration().get(SECTION),
            // This option is deprecated in favor of requests by the server, but this server does not request settings.
            // eslint-disable-next-line @typescript-eslint/no-deprecated
            synchronize: { configurationSection: SECTION },
        },
    );
}

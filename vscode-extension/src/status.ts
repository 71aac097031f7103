// The entry under `{}` in the status bar: which server runs for this document, and the way to restart it.

import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";

import { LANGUAGES, PATTERN } from "./documents";

export class Status implements vscode.Disposable {
    readonly #item = vscode.languages.createLanguageStatusItem("connectPolicy.status", [
        ...LANGUAGES,
        { pattern: PATTERN },
    ]);

    constructor() {
        this.#item.name = "Connect Policy";
        this.#item.text = "Connect Policy";
        this.#item.command = { command: "connectPolicy.restart", title: "Restart" };
    }

    /** Shows the state of `client` from now on; `program` says what it runs. */
    follow(client: LanguageClient, program: string): void {
        client.onDidChangeState(({ newState }) => {
            const version = client.initializeResult?.serverInfo?.version;
            this.#item.busy = newState === State.Starting;
            this.#item.text = version === undefined ? "Connect Policy" : `Connect Policy ${version}`;
            if (newState === State.Running) {
                this.#show(vscode.LanguageStatusSeverity.Information, program);
            } else if (newState === State.Stopped) {
                this.#show(vscode.LanguageStatusSeverity.Warning, "The server is not running.");
            }
        });
    }

    failed(problem: string): void {
        this.#item.busy = false;
        this.#show(vscode.LanguageStatusSeverity.Error, problem);
    }

    dispose(): void {
        this.#item.dispose();
    }

    #show(severity: vscode.LanguageStatusSeverity, detail: string): void {
        this.#item.severity = severity;
        this.#item.detail = detail;
    }
}

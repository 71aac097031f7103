// The entry under `{}` in the status bar: the server for this document, and a command that restarts it.

import * as vscode from "vscode";

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

    starting(): void {
        this.#item.busy = true;
    }

    /** Shows the server's version, followed by details. */
    running(version: string | undefined, details: readonly (string | undefined)[]): void {
        this.#item.text = ["Connect Policy", version].filter(Boolean).join(" ");
        this.#show(vscode.LanguageStatusSeverity.Information, details.filter(Boolean).join(", "));
    }

    failed(problem: string): void {
        this.#show(vscode.LanguageStatusSeverity.Error, problem);
    }

    dispose(): void {
        this.#item.dispose();
    }

    #show(severity: vscode.LanguageStatusSeverity, detail: string): void {
        this.#item.busy = false;
        this.#item.severity = severity;
        this.#item.detail = detail;
    }
}

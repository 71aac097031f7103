// Starts, stops and restarts the server.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import { Backoff } from "./backoff";
import { createClient, PATH_SETTING, SECTION } from "./client";
import { type Found, locate } from "./locate";
import type { Status } from "./status";

const OUTPUT = "Show Output";
const RESTART = "Restart";
const SETTING = "Open Setting";

export class Server {
    readonly #backoff = new Backoff();
    #client: LanguageClient | undefined;
    #pending: Promise<void> = Promise.resolve();
    #timer: NodeJS.Timeout | undefined;

    constructor(
        private readonly extension: string,
        private readonly output: vscode.LogOutputChannel,
        private readonly status: Status,
    ) {}

    /** The program, by the current settings and environment. */
    locate(): Found {
        return locate({
            // In an untrusted workspace, VS Code ignores the workspace's value of this setting.
            setting: vscode.workspace.getConfiguration().get<string>(PATH_SETTING),
            environment: process.env,
            extension: this.extension,
            platform: process.platform,
        });
    }

    /** Starts or restarts the server. Reports errors and does not throw. */
    restart(): Promise<void> {
        this.#backoff.forget();
        return this.#inTurn(() => this.#start());
    }

    stop(): Promise<void> {
        return this.#inTurn(() => this.#stop());
    }

    /** Runs `step` after all earlier ones: two restarts in a row must not leave two servers. */
    #inTurn(step: () => Promise<void>): Promise<void> {
        clearTimeout(this.#timer);
        this.#pending = this.#pending.then(step);
        return this.#pending;
    }

    async #start(): Promise<void> {
        await this.#stop();
        this.status.starting();

        const found = this.locate();
        if ("missing" in found) {
            this.#failed(found.missing, SETTING);
            return;
        }

        this.output.info(`Starting ${found.binary} (from ${found.origin})`);
        let hasRun = false;
        const client = createClient(found.binary, this.output, () => {
            if (hasRun && client === this.#client) {
                this.#ended();
            }
        });
        this.#client = client;
        try {
            await client.start();
            hasRun = true;
        } catch (error) {
            // The client has already shown an error with a button that opens the output.
            this.output.error(`The server did not start: ${String(error)}`);
            this.status.failed("The server did not start.");
            return;
        }
        const program = found.origin === "extension" ? "bundled with the extension" : found.binary;
        const version = client.initializeResult?.serverInfo?.version;
        const catalog = await catalogOf(found.binary);
        this.output.info(`Server version ${version ?? "unknown"}, ${catalog ?? "unknown catalog date"}`);
        this.status.running(version, [catalog, program]);
    }

    async #stop(): Promise<void> {
        clearTimeout(this.#timer);
        const stopping = this.#client;
        this.#client = undefined;
        try {
            await stopping?.dispose();
        } catch {
            // The server was not running yet, or has already exited.
        }
    }

    /** Restarts the server after an unexpected exit, or reports it after too many. */
    #ended(): void {
        const delay = this.#backoff.next(Date.now());
        if (delay === undefined) {
            this.#failed("The server keeps exiting unexpectedly. Select Restart to start it again.", RESTART);
            return;
        }
        this.output.warn(`The server exited unexpectedly. Restarting in ${String(delay / 1_000)} s.`);
        // The same text each time, so that VS Code shows it once.
        const problem = "The server exited unexpectedly and is restarting.";
        this.status.failed(problem);
        void this.#ask(vscode.window.showWarningMessage, problem, OUTPUT);
        this.#timer = setTimeout(() => void this.#inTurn(() => this.#start()), delay);
    }

    /** Shows an error with a button that helps to fix it. */
    #failed(problem: string, button: string): void {
        this.output.error(problem);
        this.status.failed(problem);
        void this.#ask(vscode.window.showErrorMessage, problem, button, OUTPUT);
    }

    async #ask(
        show: (message: string, ...buttons: string[]) => Thenable<string | undefined>,
        problem: string,
        ...buttons: string[]
    ): Promise<void> {
        const choice = await show(`Connect Policy: ${problem}`, ...buttons);
        if (choice === SETTING) {
            await vscode.commands.executeCommand(settingsCommand(), { query: PATH_SETTING });
        } else if (choice === OUTPUT) {
            this.output.show();
        } else if (choice === RESTART) {
            await vscode.commands.executeCommand(`${SECTION}.restart`);
        }
    }
}

/** The catalog date, which the program prints with its version. */
async function catalogOf(binary: string): Promise<string | undefined> {
    try {
        const { stdout } = await promisify(execFile)(binary, ["--version"], { timeout: 10_000 });
        const date = /\(catalog(?:ue)? of ([\d-]+)\)/.exec(stdout)?.[1];
        return date === undefined ? undefined : `catalog of ${date}`;
    } catch {
        return undefined; // Another server. It works; the date is only for display.
    }
}

/** The command that opens the settings that contain the path, or should contain it: with a remote machine, not the user's. */
function settingsCommand(): string {
    const inWorkspace = vscode.workspace.getConfiguration().inspect(PATH_SETTING)?.workspaceValue !== undefined;
    const which = inWorkspace ? "Workspace" : vscode.env.remoteName === undefined ? "" : "Remote";
    return `workbench.action.open${which}Settings`;
}

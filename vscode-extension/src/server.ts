// One server, started and started again: the only place that starts and stops it.

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

    /** The program, as settings and environment are now. */
    locate(): Found {
        return locate({
            // In an untrusted workspace, VS Code leaves out what the workspace says of this one.
            setting: vscode.workspace.getConfiguration().get<string>(PATH_SETTING),
            environment: process.env,
            extension: this.extension,
            platform: process.platform,
        });
    }

    /** Starts the server, first or again. It reports what goes wrong and does not throw. */
    restart(): Promise<void> {
        this.#backoff.forget();
        return this.#inTurn(() => this.#start());
    }

    stop(): Promise<void> {
        return this.#inTurn(() => this.#stop());
    }

    /** Runs `step` after those before it: two restarts in a row must not leave two servers. */
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
            // The client has told the user already, with a button that leads to the output.
            this.output.error(`The server did not start: ${String(error)}`);
            this.status.failed("The server did not start.");
            return;
        }
        const program = found.origin === "extension" ? "comes with the extension" : found.binary;
        const catalogue = await catalogueOf(found.binary);
        this.status.running(client.initializeResult?.serverInfo?.version, [catalogue, program]);
    }

    async #stop(): Promise<void> {
        clearTimeout(this.#timer);
        const stopping = this.#client;
        this.#client = undefined;
        try {
            await stopping?.dispose();
        } catch {
            // It had not got as far as running, or it was gone; either way there is nothing left to stop.
        }
    }

    /** The server has ended and nobody here asked it to. */
    #ended(): void {
        const delay = this.#backoff.next(Date.now());
        if (delay === undefined) {
            this.#failed("The server keeps ending by itself. It is not started again until you ask for it.", RESTART);
            return;
        }
        this.output.warn(`The server ended by itself. It starts again in ${String(delay / 1_000)} s.`);
        // The same words each time, so that VS Code shows them once.
        const problem = "The server ended by itself and starts again.";
        this.status.failed(problem);
        void this.#ask(vscode.window.showWarningMessage, problem, OUTPUT);
        this.#timer = setTimeout(() => void this.#inTurn(() => this.#start()), delay);
    }

    /** Says everywhere what is wrong until somebody does something about it, for which there is a button. */
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

/** How old the facts are, which the program tells beside its version. */
async function catalogueOf(binary: string): Promise<string | undefined> {
    try {
        const { stdout } = await promisify(execFile)(binary, ["--version"], { timeout: 10_000 });
        return /\((catalogue of [\d-]+)\)/.exec(stdout)?.[1];
    } catch {
        return undefined; // Some other server: it works, and this is only shown.
    }
}

/** Opens the settings where the path stands, or else where it would: with a remote machine, that is not the user's. */
function settingsCommand(): string {
    const inWorkspace = vscode.workspace.getConfiguration().inspect(PATH_SETTING)?.workspaceValue !== undefined;
    const which = inWorkspace ? "Workspace" : vscode.env.remoteName === undefined ? "" : "Remote";
    return `workbench.action.open${which}Settings`;
}

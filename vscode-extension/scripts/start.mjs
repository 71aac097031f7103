// npm start: builds the server and the extension, and opens tests/examples in VS Code: the installed `code`, or the VS Code server
// from npm, for a browser, at the printed address. Ctrl+C stops everything.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers";
import { fileURLToPath } from "node:url";

/** Milliseconds after which what was asked to end is ended. */
const PATIENCE = 5_000;

const extension = fileURLToPath(new URL("..", import.meta.url));
const repository = resolve(extension, "..");
const examples = join(repository, "tests/examples");
// npm and code are scripts on Windows, which only a shell runs there.
const windows = process.platform === "win32";

const work = mkdtempSync(join(tmpdir(), "connect-policy-start-"));
process.on("exit", () => { rmSync(work, { recursive: true, force: true, maxRetries: 5 }); });
let child;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    // While something is built, Ctrl+C reaches the builder as well, so that `run` gives up.
    process.on(signal, end);
}

if (!existsSync(join(extension, "node_modules"))) {
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
}
const vsix = join(work, "connect-policy.vsix");
run("npm", ["run", "--silent", "package", "--", "--out", vsix]);

// This variable would replace the server in the package.
delete process.env.CONNECT_POLICY_SERVER;
// Separate settings and extensions: the user's own are not changed.
const profile = ["--user-data-dir", join(work, "user"), "--extensions-dir", join(work, "extensions")];
if (spawnSync("code", ["--version"], { shell: windows }).status === 0) {
    openInstalled();
} else {
    openInBrowser();
}
child.on("exit", (status) => { process.exitCode = status ?? 0; });

function openInstalled() {
    run("code", [...profile, "--install-extension", vsix]);
    console.log(`Opening ${examples} in VS Code\nPress Ctrl+C to stop.`);
    child = start("code", [...profile, "--new-window", "--wait", "--disable-workspace-trust", examples], "inherit");
}

function openInBrowser() {
    const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "connect-policy-ci", "vscode");
    mkdirSync(cache, { recursive: true });
    run("bash", [join(repository, "tests/editors/vscode/install-vscode.sh"), cache]);
    // No gallery: nothing is looked up outside.
    process.env.EXTENSIONS_GALLERY = "{}";
    if (process.platform === "linux") {
        // VS Code leaves its sockets behind, which are to go with the rest. Elsewhere their paths would be too long so.
        process.env.TMPDIR = process.env.XDG_RUNTIME_DIR = work;
    }
    const server = [join(cache, "vscode/out/server-main.js"), ...profile, "--server-data-dir", join(work, "server"),
        "--accept-server-license-terms", "--telemetry-level", "off"];
    run("node", [...server, "--install-extension", vsix]);
    child = start("node", [...server, "--host", "127.0.0.1", "--port", "0", "--without-connection-token",
        "--disable-workspace-trust"], ["ignore", "pipe", "pipe"]);
    let log = "";
    let told = false;
    const listen = (data) => {
        log += data;
        const port = /^Extension host agent listening on (\d+)/m.exec(log)?.[1];
        if (port !== undefined && !told) {
            told = true;
            const address = new URL(`http://127.0.0.1:${port}/`);
            address.searchParams.set("folder", examples);
            console.log(`Open VS Code at ${address}\nPress Ctrl+C to stop.`);
        }
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    // Most of what the server says is for its developers; when it has not come to serve, it tells why.
    child.on("exit", () => { if (!told) { console.error(log); } });
}

/** Runs a program to its end. Where it fails it has said why, and nothing follows. */
function run(program, values) {
    try {
        execFileSync(program, quoted(values), { cwd: extension, stdio: "inherit", shell: windows });
    } catch (error) {
        console.error(`${program} ${values[0]}: ${error.signal ?? `failed with ${error.status ?? error.message}`}`);
        process.exit(1);
    }
}

/** Starts a program as a group of its own, which Ctrl+C does not reach before us. */
function start(program, values, stdio) {
    return spawn(program, quoted(values), { detached: !windows, shell: windows, stdio });
}

function quoted(values) {
    return windows ? values.map((value) => `"${value}"`) : values;
}

/** Ends what was opened. */
function end() {
    if (child === undefined) {
        return;
    }
    signalAll("SIGTERM");
    setTimeout(signalAll, PATIENCE, "SIGKILL").unref();
}

function signalAll(signal) {
    // The group has the server and all that it has started. An installed VS Code detaches itself from the program that
    // starts it, and leaves its process's number with its settings.
    for (const id of [windows ? child.pid : -child.pid, windowOfOurs()]) {
        kill(id, signal);
    }
}

function windowOfOurs() {
    try {
        return Number(readFileSync(join(work, "user/code.lock"), "utf8")) || undefined;
    } catch {
        return undefined; // There is none, as with the server in the browser.
    }
}

function kill(id, signal) {
    try {
        if (id !== undefined) {
            process.kill(id, signal);
        }
    } catch {
        // It has ended already.
    }
}

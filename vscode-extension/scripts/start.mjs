// npm start: builds the server and the extension and opens VS Code on tests/examples with it. That is the `code` that
// is installed, or else the VS Code server from npm in a browser, at an address that is printed. Ctrl+C ends it all.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const extension = fileURLToPath(new URL("..", import.meta.url));
const repository = resolve(extension, "..");
const examples = join(repository, "tests/examples");
const run = (program, values, options = {}) =>
    execFileSync(program, values, { cwd: extension, stdio: "inherit", shell: process.platform === "win32", ...options });

if (!existsSync(join(extension, "node_modules"))) {
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
}
const work = mkdtempSync(join(tmpdir(), "connect-policy-start-"));
process.on("exit", () => { rmSync(work, { recursive: true, force: true }); });
const vsix = join(work, "connect-policy.vsix");
run("npm", ["run", "--silent", "package", "--", "--out", vsix]);

// Settings and extensions of their own: what is installed otherwise stays as it is.
const profile = ["--user-data-dir", join(work, "user"), "--extensions-dir", join(work, "extensions")];
const code = spawnSync("code", ["--version"], { shell: process.platform === "win32" }).status === 0;
let child;
if (code) {
    run("code", [...profile, "--install-extension", vsix]);
    console.log(`Opening ${examples}. Ctrl+C ends it.`);
    child = start("code", [...profile, "--new-window", "--wait", "--disable-workspace-trust", examples]);
} else {
    const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "connect-policy-ci", "vscode");
    mkdirSync(cache, { recursive: true });
    run("bash", [join(repository, "tests/editors/vscode/install-vscode.sh"), cache]);
    const server = join(cache, "vscode/out/server-main.js");
    const flags = [...profile, "--server-data-dir", join(work, "server"), "--accept-server-license-terms",
        "--telemetry-level", "off"];
    const env = { ...process.env, EXTENSIONS_GALLERY: "{}" };
    delete env.CONNECT_POLICY_SERVER;
    run("node", [server, ...flags, "--install-extension", vsix], { env, shell: false });
    child = start("node", [server, ...flags, "--host", "127.0.0.1", "--port", "0", "--without-connection-token",
        "--disable-workspace-trust"], { env, stdio: ["ignore", "pipe", "inherit"] });
    let told = false;
    let log = "";
    child.stdout.on("data", (data) => {
        log += data;
        const port = /^Extension host agent listening on (\d+)/m.exec(log)?.[1];
        if (port !== undefined && !told) {
            told = true;
            const address = new URL(`http://127.0.0.1:${port}/`);
            address.searchParams.set("folder", examples);
            console.log(`VS Code is at ${address}\nCtrl+C ends it.`);
        }
    });
}

for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => { end(child); });
}
child.on("exit", (status) => { process.exitCode = status ?? 0; });

/** Starts a program as a group of its own, which Ctrl+C does not reach before us. */
function start(program, values, options = { stdio: "inherit" }) {
    return spawn(program, values, { detached: process.platform !== "win32", ...options });
}

/** Ends the program and all that it has started. */
function end(running) {
    try {
        process.kill(process.platform === "win32" ? running.pid : -running.pid, "SIGTERM");
    } catch {
        // It has ended already.
    }
}

// Packages the extension with the server for one platform:
//   npm run package [-- --out FILE] [--target VSCE_TARGET]
//
// Builds the server with cargo, or uses the program in CONNECT_POLICY_BINARY. To package for another platform, set both this
// variable and --target. The target `universal` has no program. With SOURCE_DATE_EPOCH, the same input gives the same bytes.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { createVSIX } from "@vscode/vsce";

/** The most bytes that a package may have. */
const LIMIT = 5_000_000;

const extension = fileURLToPath(new URL("..", import.meta.url));
const repository = resolve(extension, "..");

const { values } = parseArgs({ options: { out: { type: "string" }, target: { type: "string" } } });
const target = values.target ?? thisPlatform();
const isUniversal = target === "universal";
const out = resolve(values.out ?? join(extension, `connect-policy-${target}.vsix`));
rmSync(join(extension, "server"), { recursive: true, force: true });
const origin = isUniversal ? "without a program" : `with ${bundleProgram()}`;

process.chdir(extension);
// Pictures are embedded, so that the extension's page shows them without network access.
const readme = readFileSync("README.md", "utf8").replace(/\]\((images\/[a-z]+\.png)\)/g, (_, path) =>
    `](data:image/png;base64,${readFileSync(path, "base64")})`);
mkdirSync("dist", { recursive: true });
writeFileSync("dist/README.md", readme);

await createVSIX({
    packagePath: out,
    target: isUniversal ? undefined : target,
    dependencies: false,
    readmePath: "dist/README.md",
    rewriteRelativeLinks: false,
});
const { size } = statSync(out);
if (size > LIMIT) {
    throw new Error(`${out} has ${size} bytes; the limit is ${LIMIT}`);
}
console.log(`${out}: ${size} bytes, ${origin}`);

/** @returns the path of the program that is put into the package; `universal` packages have none */
function bundleProgram() {
    const binary = process.env.CONNECT_POLICY_BINARY ? resolve(process.env.CONNECT_POLICY_BINARY) : buildServer();
    const folder = join(extension, "server");
    mkdirSync(folder);
    const bundled = join(folder, target.startsWith("win32-") ? "connect-policy.exe" : "connect-policy");
    copyFileSync(binary, bundled);
    chmodSync(bundled, 0o755);
    return binary;
}

/** @returns the name that VS Code's marketplace has for the platform this runs on */
function thisPlatform() {
    // Linux without glibc is Alpine, to the marketplace.
    const musl = process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime;
    return `${musl ? "alpine" : process.platform}-${process.arch === "arm" ? "armhf" : process.arch}`;
}

/** @returns the program that cargo says it made, wherever its target folder is */
function buildServer() {
    const messages = execFileSync(
        "cargo",
        ["build", "--profile", "dist", "--locked", "--bin", "connect-policy", "--message-format=json-render-diagnostics"],
        { cwd: repository, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 },
    );
    const executables = messages
        .split("\n")
        .filter((line) => line.startsWith("{"))
        .map((line) => JSON.parse(line))
        .filter((message) => message.reason === "compiler-artifact" && message.executable)
        .map((message) => message.executable);
    if (executables.length !== 1) {
        throw new Error(`expected one program from cargo, found ${executables.length}`);
    }
    return executables[0];
}

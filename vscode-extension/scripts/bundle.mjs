// Bundles the extension into dist/extension.js, and writes the licenses of the bundled packages next to it.
//   bundle.mjs [--test]      with --test, bundles the tests into dist/test instead

import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const common = { bundle: true, platform: "node", target: "node20", format: "cjs", metafile: true };

if (process.argv.includes("--test")) {
    rmSync("dist/test", { recursive: true, force: true });
    await build({ ...common, entryPoints: tests(), outdir: "dist/test", sourcemap: "inline" });
} else {
    const result = await build({
        ...common,
        entryPoints: ["src/extension.ts"],
        outfile: "dist/extension.js",
        external: ["vscode"],
        minify: true,
        logLevel: "info",
    });
    writeFileSync("dist/THIRD-PARTY-NOTICES.txt", notices(Object.keys(result.metafile.inputs)));
}

function tests() {
    return readdirSync("test").filter((name) => name.endsWith(".test.ts")).map((name) => join("test", name));
}

/** Minifying drops the comments that hold the licences, which ask to be passed on. */
function notices(inputs) {
    const folders = new Set(inputs.map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]));
    folders.delete(undefined);
    return [...folders].sort().map((folder) => {
        const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
        const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
        if (file === undefined) {
            throw new Error(`${name} does not have a license file`);
        }
        return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
    }).join(`\n${"-".repeat(80)}\n\n`);
}

// Opens a workbench that runs host/TESTS.js in its extension host, and passes on what that prints.
//   host.mjs [TESTS]

import { appendFileSync, rmSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { openBrowser, OUT, PORT, workbench, WORKSPACE } from "./browser.mjs";

const LIMIT = 180_000;
const MARK = "[test] ";
const name = process.argv[2] ?? "run";

const tests = fileURLToPath(new URL("host", import.meta.url));
const remote = (path) => `vscode-remote://127.0.0.1:${PORT}${path}`;

rmSync(`${OUT}/host-${name}-console.log`, { force: true });
const { browser, page } = await openBrowser();
const exit = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
await page.exposeFunction("codeAutomationLog", (_level, words) => {
    const line = words.join(" ");
    if (line.startsWith(MARK)) {
        console.log(line.slice(MARK.length));
    }
    appendFileSync(`${OUT}/host-${name}-console.log`, `${line}\n`);
});
await page.goto(workbench(WORKSPACE, [
    ["extensionDevelopmentPath", remote(tests)],
    ["extensionTestsPath", remote(`${tests}/${name}`)],
    ["skipWelcome", "true"],
]));

let timer;
const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, LIMIT, "no end within the time limit");
});
const code = await Promise.race([exit, limit]);
clearTimeout(timer);
if (code !== 0) {
    console.log(`exit: ${code}`);
    await page.screenshot({ path: `${OUT}/host-${name}-failed.png` });
    process.exitCode = 1;
}
await browser.close();

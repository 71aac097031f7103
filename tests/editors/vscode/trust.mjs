// A workspace whose own settings choose the program that runs. While nobody trusts it, the extension's own server
// serves; once it is trusted, the chosen program does, which shows that the setting was one to beware of.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { openBrowser, OUT, workbench, WORKSPACE } from "./browser.mjs";

const MARK = join(WORKSPACE, "has-run");
const { browser, page } = await openBrowser();
let failed = 0;
let passed = 0;

try {
    await page.goto(workbench(WORKSPACE, [["skipWelcome", "true"]]), { waitUntil: "domcontentloaded" });
    await page.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: 60_000 });

    await test("the workspace is not trusted, and its policy is checked all the same", async () => {
        await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
        await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "policy.json" }).dblclick();
        await page.waitForSelector(".editor-instance .squiggly-warning");
    });
    await test("the program that its settings choose has not run", () => {
        assert.ok(!existsSync(MARK));
    });
    await test("once it is trusted, the program runs", async () => {
        await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).click();
        await page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true }).click();
        await until("it has run", () => existsSync(MARK));
    });
} catch (error) {
    failed += 1;
    console.log(error.stack);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
await browser.close();

async function test(name, body) {
    try {
        await body();
        passed += 1;
        console.log(`ok   ${name}`);
    } catch (error) {
        failed += 1;
        console.log(`FAIL ${name}\n${error.stack}`);
        await page.screenshot({ path: `${OUT}/trust-failed-${failed}.png` });
    }
}

async function until(what, holds) {
    const end = Date.now() + 20_000;
    while (!holds()) {
        if (Date.now() > end) {
            throw new Error(`in vain: ${what}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

// Works in the editor as a person would: opens files, types, looks, chooses. What a test expects of a document is
// compared with the saved file, not with what the screen shows of it.

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { EXTENSION, openBrowser, OUT, workbench, WORKSPACE } from "./browser.mjs";

const LIMIT = 20_000;
const TYPO = "connect:DescribeUsr";
const EDITOR = ".editor-instance .monaco-editor";
const FIXES = ".action-widget .monaco-list-row";
const QUICK = ".quick-input-widget .monaco-list-row";
const SUGGESTIONS = ".suggest-widget.visible .monaco-list-row";

const tests = [];
const test = (name, body) => tests.push({ name, body });

const { browser, page } = await openBrowser();
const { keyboard } = page;
page.on("pageerror", (error) => console.log(`     page error: ${error.message.slice(0, 200)}`));

test("policy.json: the typo is underlined, and hover tells of an action", async () => {
    await open("policy.json");
    await page.waitForSelector(`${EDITOR} .squiggly-warning`);
    await page.locator(`${EDITOR} .view-line span`, { hasText: "connect:ListQueues" }).last().hover();
    await page.waitForSelector(".monaco-hover:not(.hidden) >> text=ListQueues");
    await picture("hover", 70, 310);
    await page.mouse.move(1190, 600);
    await page.waitForSelector(".monaco-hover:not(.hidden)", { state: "hidden" });
});

test("policy.json: the list opens while typing between two quotes, and Enter completes the entry", async () => {
    await open("policy.json");
    const before = saved("policy.json");
    await placeAfter("policy.json", `"${TYPO}"`);
    await type(',\n""');
    await dismiss();
    await keyboard.press("ArrowLeft");
    await type("connect:ListU");
    await choose("connect:ListUsers", "completion");
    await keyboard.press("Enter");
    await expectSaved("policy.json", before.replace(`"${TYPO}"`, `"${TYPO}",\n        "connect:ListUsers"`));
});

test("policy.json: so it does when a quote is typed to begin with", async () => {
    await open("policy.json");
    const before = saved("policy.json");
    await placeAfter("policy.json", '"connect:DescribeQueue",');
    // VS Code may or may not close the quote at once, after how far it has come in reading the document. Either way
    // the quote at the end leaves one.
    await type('\n"connect:ListQueueQ');
    await choose("connect:ListQueueQuickConnects");
    await keyboard.press("Enter");
    await type('",');
    await expectSaved("policy.json", before.replace(
        '"connect:DescribeQueue",', '"connect:DescribeQueue",\n        "connect:ListQueueQuickConnects",'));
});

test("policy.json: a quick fix from the editor's menu corrects the typo", async () => {
    await open("policy.json");
    const before = saved("policy.json");
    await placeAfter("policy.json", "connect:Desc", TYPO);
    await page.waitForSelector(`${EDITOR} .squiggly-warning`);
    await keyboard.press("Control+Period");
    await moveTo("the fix", FIXES, (row) => /`connect:DescribeUser`/.test(row));
    await picture("fix", 200, 260);
    await keyboard.press("Enter");
    await expectSaved("policy.json", before.replace(TYPO, "connect:DescribeUser"));
    await page.waitForSelector(`${EDITOR} .squiggly-warning`, { state: "detached" });
});

test("template.yaml: the list opens while typing an entry, and Tab completes it", async () => {
    await open("template.yaml");
    await page.waitForSelector(`${EDITOR} .squiggly-warning`);
    const before = saved("template.yaml");
    await placeAfter("template.yaml", TYPO);
    await type("\n- connect:ListU");
    await choose("connect:ListUsers");
    await keyboard.press("Tab");
    await expectSaved("template.yaml", before.replace(TYPO, `${TYPO}\n              - connect:ListUsers`));
});

test("main.tf: the list opens while typing between two quotes, and Enter completes the entry", async () => {
    await open("main.tf");
    await page.waitForSelector(`${EDITOR} .squiggly-warning`);
    const before = saved("main.tf");
    await placeAfter("main.tf", `"${TYPO}",`);
    await type('\n"",');
    await dismiss();
    await keyboard.press("ArrowLeft");
    await keyboard.press("ArrowLeft");
    await type("connect:ListU");
    await choose("connect:ListUsers");
    await keyboard.press("Enter");
    await expectSaved("main.tf", before.replace(`"${TYPO}",`, `"${TYPO}",\n      "connect:ListUsers",`));
});

test("main.tf: so it does while the closing quote is yet to come", async () => {
    await open("main.tf");
    const before = saved("main.tf");
    await placeAfter("main.tf", `"${TYPO}",`);
    await type('\n"connect:ListQueueQ');
    await choose("connect:ListQueueQuickConnects");
    await keyboard.press("Enter");
    await type('",');
    await expectSaved("main.tf", before.replace(`"${TYPO}",`, `"${TYPO}",\n      "connect:ListQueueQuickConnects",`));
});

test("main.tf: a console task writes its actions, and what they grant stands above the statement", async () => {
    await open("main.tf");
    const before = saved("main.tf");
    await placeAfter("main.tf", `"${TYPO}",`);
    await type('\n"",');
    await dismiss();
    await keyboard.press("ArrowLeft");
    await keyboard.press("ArrowLeft");
    await type("edit call");
    const label = /^(Edit call recording) \(console task, (\d+) actions\)/;
    await moveTo("the task", SUGGESTIONS, (row) => label.test(row));
    const [, , count] = label.exec((await rows(`${SUGGESTIONS}.focused`))[0]);
    await picture("task");
    await keyboard.press("Enter");
    await save();
    const [head, tail] = before.split(`"${TYPO}",`);
    const lines = saved("main.tf").slice(head.length, -tail.length).split("\n");
    assert.equal(lines.shift(), `"${TYPO}",`);
    assert.equal(lines.length, Number(count));
    assert.deepEqual(lines.filter((line) => !/^ {6}"[a-z0-9]+:[A-Za-z]+",$/.test(line)), []);
    assert.ok(saved("main.tf").startsWith(head) && saved("main.tf").endsWith(tail));
    await keyboard.press("Control+Home");
    await page.locator(`${EDITOR} .codelens-decoration`, { hasText: /Console: / }).waitFor();
});

test("main.tf: a wildcard's count stands beside it", async () => {
    await open("main.tf");
    await placeAfter("main.tf", `"${TYPO}",`);
    await type('\n"connect:List*",');
    await page.locator(`${EDITOR} .view-line`, { hasText: /connect:List\*".*\d+\sactions/ }).waitFor();
    await keyboard.press("Control+Home");
    await picture("glance");
    await keyboard.press("Control+KeyS");
    await page.waitForSelector(".tab.active:not(.dirty)");
});

test("the task lists what it finds in files that are closed, and opening one tells nothing twice", async () => {
    const listed = page.locator(".markers-panel .monaco-list-row", { hasText: `unknown action \`${TYPO}\`` });
    writeFileSync(join(WORKSPACE, "closed.json"), saved("policy.json").replace("connect:DescribeUser", TYPO));
    await command("Tasks: Run Task");
    await moveTo("the provider", QUICK, (row) => row.includes("connect-policy"));
    await keyboard.press("Enter");
    await moveTo("the task", QUICK, (row) => row.includes("connect-policy: check"));
    await keyboard.press("Enter");
    await page.locator(".terminal-wrapper.active").waitFor();
    await command("Problems: Focus on Problems View");
    await page.locator(".markers-panel .monaco-list-row", { hasText: "closed.json" }).waitFor();
    const before = await listed.count();
    await picture("problems", 258, 400);
    await open("closed.json");
    // The server has read it once this is there.
    await page.locator(`${EDITOR} .codelens-decoration`, { hasText: /Console: / }).waitFor();
    assert.equal(await listed.count(), before);
    await command("View: Hide Panel");
});

test("a server that dies is told of", async () => {
    await open("policy.json");
    process.kill(Number(serverOf()), "SIGKILL");
    await page.locator(".notification-toast", { hasText: "The server exited unexpectedly and is restarting" }).waitFor();
    await screenshot("ended");
    await command("Notifications: Clear All Notifications");
});

test("the walkthrough opens, with its pictures", async () => {
    await command("Welcome: Open Walkthrough...");
    await moveTo("ours", QUICK, (row) => row.startsWith("Write access policies for Amazon Connect"));
    await keyboard.press("Enter");
    await page.locator(".getting-started-step", { hasText: "Complete actions and tasks" }).click();
    await page.waitForFunction(() => [...document.querySelectorAll("img")]
        .some((image) => image.naturalWidth > 0 && image.srcset.includes("completion")));
    await screenshot("walkthrough");
});

test("the status bar tells which server runs", async () => {
    await open("main.tf");
    await page.locator("[id='status.languageStatus']").hover();
    await page.waitForSelector(".hover-language-status >> text=/Connect Policy \\d+\\.\\d+/");
    await page.waitForSelector(".hover-language-status >> text=/catalog of \\d{4}-\\d{2}-\\d{2}/");
    await screenshot("status");
});

test("a server that is not there is reported, with a way to the setting", async () => {
    const folder = `${WORKSPACE}-without-server`;
    mkdirSync(join(folder, ".vscode"), { recursive: true });
    writeFileSync(join(folder, ".vscode/settings.json"), '{ "connectPolicy.server.path": "/no/such/program" }');
    copyFileSync(join(WORKSPACE, "policy.json"), join(folder, "policy.json"));
    await openWorkbench(folder);
    await open("policy.json");
    const notice = page.locator(".notification-toast", { hasText: "/no/such/program is not an executable" });
    await notice.waitFor();
    await screenshot("no-server");
    await notice.getByRole("button", { name: "Open Setting" }).click();
    await page.locator(".settings-editor .setting-item-category", { hasText: "Connect Policy › Server" }).waitFor();
});

let failed = 0;
try {
    await openWorkbench(WORKSPACE);
    for (const { name, body } of tests) {
        try {
            await body();
            console.log(`ok   ${name}`);
        } catch (error) {
            failed += 1;
            console.log(`FAIL ${name}\n${error.stack}`);
            await screenshot(`failed-${failed}`);
            await keyboard.press("Escape");
        }
    }
    console.log(`${tests.length - failed} passed, ${failed} failed`);
} catch (error) {
    failed += 1;
    console.log(error.stack);
    await screenshot("failed-start");
} finally {
    await browser.close();
}
process.exitCode = failed === 0 ? 0 : 1;

async function openWorkbench(folder) {
    await page.goto(workbench(folder, [["skipWelcome", "true"]]), { waitUntil: "domcontentloaded" });
    await page.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: 60_000 });
}

async function open(file) {
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: file }).dblclick();
    await page.waitForSelector(`.tab.active[data-resource-name="${file}"]`);
    await page.waitForSelector(`${EDITOR}.focused .view-line`);
}

/** Puts the cursor right behind the first `text` of the saved file, or behind the one that `whole` begins with. */
async function placeAfter(file, text, whole = text) {
    const offset = saved(file).indexOf(whole);
    assert.ok(offset >= 0 && whole.startsWith(text), `${file} does not hold ${whole}`);
    const before = saved(file).slice(0, offset + text.length).split("\n");
    const line = before.length;
    const column = before.at(-1).length + 1;
    await keyboard.press("Control+KeyG");
    await page.waitForSelector(".quick-input-widget .input");
    await keyboard.type(`:${line}:${column}`);
    await keyboard.press("Enter");
    await page.locator(".statusbar-item", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
    await page.waitForSelector(`${EDITOR}.focused`);
}

/** Key by key, at the pace of a fast typist. */
async function type(text) {
    for (const key of text) {
        if (key === "\n") {
            await dismiss();
            await keyboard.press("Enter");
        } else {
            await keyboard.type(key, { delay: 30 });
        }
    }
}

/** Closes the list, where one is open: the next key is not meant for it. */
async function dismiss() {
    if (await page.locator(SUGGESTIONS).count() > 0) {
        await keyboard.press("Escape");
        await page.waitForSelector(".suggest-widget.visible", { state: "hidden" });
    }
}

/** Waits for completion to offer `label` and moves to it. */
async function choose(label, name) {
    await moveTo(label, SUGGESTIONS, (row) => row.split(",")[0].trim() === label);
    if (name !== undefined) {
        await picture(name, 150, 360);
    }
}

/** Waits for a list to hold the row that `is` accepts, and moves down to it. */
async function moveTo(what, list, is) {
    await until(`${what} is offered`, async () => (await rows(list)).some(is));
    const focused = async () => (await rows(`${list}.focused`))[0] ?? "";
    for (let step = 0; step < 20; step += 1) {
        const current = await focused();
        if (is(current)) {
            return;
        }
        await keyboard.press("ArrowDown");
        await until("the next row is chosen", async () => (await focused()) !== current);
    }
    assert.fail(`${what} is not among the first of ${JSON.stringify(await rows(list))}`);
}

async function rows(list) {
    return page.locator(list).evaluateAll((all) => all.map((row) => row.getAttribute("aria-label") ?? ""));
}

function saved(file) {
    return readFileSync(join(WORKSPACE, file), "utf8");
}

async function expectSaved(file, text) {
    await save();
    assert.equal(saved(file), text);
}

async function save() {
    await page.waitForSelector(".suggest-widget.visible", { state: "hidden" });
    await until("the document has changed", async () => (await page.locator(".tab.active.dirty").count()) === 1);
    await keyboard.press("Control+KeyS");
    await page.waitForSelector(".tab.active:not(.dirty)");
}

/** Runs a command from the palette, by its title. */
async function command(title) {
    await keyboard.press("F1");
    await page.waitForSelector(".quick-input-widget .input");
    await keyboard.type(title);
    await moveTo(title, QUICK, (row) => row.startsWith(title));
    await keyboard.press("Enter");
}

/** The process of the packaged server, of which there is one. */
function serverOf() {
    const program = join(EXTENSION, "server/connect-policy");
    const found = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((pid) => {
        try {
            return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").filter(Boolean).at(-1) === "lsp"
                && realpathSync(`/proc/${pid}/exe`) === program;
        } catch {
            return false; // It ended meanwhile, or it is somebody else's.
        }
    });
    assert.equal(found.length, 1);
    return found[0];
}

/** Takes a picture of a part of the editor, from a height on, for the README and the walkthrough. */
async function picture(name, y = 36, height = 480) {
    await screenshot(`pictures/${name}`, { x: 348, y, width: 852, height });
}

/** Takes a picture once nothing fades in or out any more. */
async function screenshot(name, clip) {
    await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== "running"));
    await page.screenshot({ path: `${OUT}/${name}.png`, clip });
}

async function until(what, holds) {
    const end = Date.now() + LIMIT;
    while (!(await holds())) {
        if (Date.now() > end) {
            throw new Error(`in vain: ${what}; the list holds ${JSON.stringify(await rows(SUGGESTIONS))}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

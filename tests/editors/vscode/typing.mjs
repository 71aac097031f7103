// Enter and Tab belong to the person who types: every key of ../typing.tsv is typed with its sign, then Enter, then Tab, at the
// pace of a person. The saved file then holds what was typed and what the editor indents by, and nothing
// else, with each of the settings of what Enter accepts. VS Code's own support of JSON is left out by run.sh: it opens a list of
// values behind every colon.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { openBrowser, OUT, workbench, WORKSPACE } from "./browser.mjs";

const EDITOR = ".editor-instance .monaco-editor";
const SUGGESTIONS = ".suggest-widget.visible .monaco-list-row";
/** How long a list has to open by itself, in milliseconds: far longer than the server takes. */
const PAUSE = 150;
/** What goes before the cases of a file: the server has read it once the typo is underlined. */
const HEADS = {
    json: '[{"Statement": [{"Effect": "Allow", "Action": "connect:DescribeUsr", "Resource": "*"}]},\n',
    yaml: 'Statement: [{Effect: Allow, Action: "connect:DescribeUsr", Resource: "*"}]\n',
    tf: 'data "aws_iam_policy_document" "typo" {\n  statement {\n    actions = ["connect:DescribeUsr"]\n  }\n}\n',
};
const MARKS = { json: (number) => `// case ${number}\n`, yaml: (number) => `---\n# case ${number}\n`, tf: (number) => `# case ${number}\n` };

const cases = readFileSync(new URL("../typing.tsv", import.meta.url), "utf8").trimEnd().split("\n").flatMap((line) => {
    const [format, before, typed, after, keys] = line.split("\t").map((cell) => cell.replaceAll("\\n", "\n"));
    return keys.split(" ").map((key) => ({ format, before, typed: typed.replace("%", key), after }));
});

const { browser, page: firstPage } = await openBrowser();
let failed = 0;
try {
    // One window for each setting, all at once: they mostly wait.
    await Promise.all(["on", "smart", "off"].map(async (accepts, number) => {
        const folder = join(WORKSPACE, accepts);
        mkdirSync(join(folder, ".vscode"), { recursive: true });
        writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({
            "editor.acceptSuggestionOnEnter": accepts,
            // The words of the document are the editor's own list.
            "editor.wordBasedSuggestions": "off",
        }));
        for (const format of Object.keys(HEADS)) {
            writeFileSync(join(folder, `typing.${format}`), file(format).map(({ text }) => text).join(""));
        }
        const page = number === 0 ? firstPage : await (await browser.newContext({ viewport: { width: 1200, height: 760 } })).newPage();
        page.setDefaultTimeout(60_000);
        await page.goto(workbench(folder, [["skipWelcome", "true"]]), { waitUntil: "domcontentloaded" });
        await page.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: 60_000 });
        for (const format of Object.keys(HEADS)) {
            await typeAll(page, folder, format, accepts);
        }
    }));
} catch (error) {
    failed += 1;
    console.log(error.stack);
    await firstPage.screenshot({ path: `${OUT}/typing-failed.png` });
} finally {
    await browser.close();
}
process.exitCode = failed === 0 ? 0 : 1;

/** The parts of a file: its head, and of each case the text up to the cursor and the text behind it. */
function file(format) {
    const own = cases.filter((one) => one.format === format);
    return [{ text: HEADS[format] }, ...own.map(({ before, typed, after }, number) => {
        const head = MARKS[format](number) + before;
        return { head, typed, after: `${after}\n`, text: `${head}${after}\n` };
    })];
}

async function typeAll(page, folder, format, accepts) {
    const { keyboard } = page;
    const name = `typing.${format}`;
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).dblclick();
    await page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
    await page.waitForSelector(`${EDITOR} .squiggly-warning`);
    const parts = file(format);
    const lists = [];
    await keyboard.press("Control+End");
    await cursorAt(page, parts.map(({ text }) => text).join(""));
    // From the bottom up, so that all above a case is as it was.
    for (let number = parts.length - 1; number > 0; number -= 1) {
        const { head, typed } = parts[number];
        await goTo(page, parts.slice(0, number).map(({ text }) => text).join("") + head);
        await keyboard.type(typed, { delay: 10 });
        await page.waitForTimeout(PAUSE);
        await noteList(page, lists, typed);
        await keyboard.press("Enter");
        await page.waitForTimeout(PAUSE);
        await noteList(page, lists, `${typed} and Enter`);
        await keyboard.press("Tab");
    }
    await keyboard.press("Control+KeyS");
    await page.waitForSelector(".tab.active:not(.dirty)");
    const wrong = differences(readFileSync(join(folder, name), "utf8"), parts).concat(lists);
    const what = `${name}, acceptSuggestionOnEnter ${accepts}: ${parts.length - 1} keys, their sign, Enter and Tab leave what was typed`;
    console.log(wrong.length === 0 ? `ok   ${what}` : `FAIL ${what}\n${wrong.join("\n")}`);
    failed += wrong.length;
}

/** Puts the cursor at the end of a text with which the file begins, and which ends in a line of which nothing else is left. */
async function goTo(page, text) {
    const { keyboard } = page;
    const lines = text.split("\n");
    const status = page.locator(".statusbar-item", { hasText: /^Ln \d+, Col \d+/ });
    const current = Number(/Ln (\d+)/.exec(await status.innerText())[1]);
    for (let line = current; line > lines.length; line -= 1) {
        await keyboard.press("ArrowUp");
    }
    await keyboard.press("End");
    await cursorAt(page, text);
}

/** Waits until the status bar shows that the cursor is at the end of a text with which the file begins. */
async function cursorAt(page, text) {
    const lines = text.split("\n");
    await page.locator(".statusbar-item", { hasText: `Ln ${lines.length}, Col ${lines.at(-1).length + 1}` }).waitFor();
}

/** Notes a list that is open, and which item Enter would write. */
async function noteList(page, lists, typed) {
    const rows = await page.locator(SUGGESTIONS).evaluateAll((all) => all.map((row) => row.getAttribute("aria-label") ?? ""));
    if (rows.length > 0) {
        lists.push(`behind ${typed} a list is open: ${rows.slice(0, 3).join(" | ")}`);
    }
}

/** What of a saved text is neither as it was nor typed. */
function differences(text, parts) {
    const wrong = [];
    let rest = text;
    const take = (expected, what) => {
        if (!rest.startsWith(expected)) {
            wrong.push(`${what}: ${JSON.stringify(rest.slice(0, 120))} is not ${JSON.stringify(expected)}`);
            return false;
        }
        rest = rest.slice(expected.length);
        return true;
    };
    take(parts[0].text, "the head");
    for (const [number, { head, typed, after }] of parts.entries()) {
        if (number === 0) {
            continue;
        }
        const start = rest.indexOf(head);
        assert.ok(start >= 0, `case ${number - 1} is missing: ${rest.slice(0, 200)}`);
        rest = rest.slice(start);
        if (take(head + typed, `behind ${typed}`)) {
            const white = /^\n[ \t]*/.exec(rest);
            if (white === null) {
                wrong.push(`behind ${typed}: ${JSON.stringify(rest.slice(0, 80))}`);
            } else {
                rest = rest.slice(white[0].length);
                take(after, `behind ${typed}, Enter and Tab`);
            }
        }
    }
    return wrong;
}

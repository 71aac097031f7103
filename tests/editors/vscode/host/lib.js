// What the tests inside the extension host share: a list of tests, and questions to VS Code as an editor asks them.

const assert = require("node:assert/strict");
const fs = require("node:fs");
const vscode = require("vscode");

const SOURCE = "connect-policy";

/** Marks our lines in the log, in which VS Code writes too. */
const MARK = "[test] ";

const tests = [];
const test = (name, body) => tests.push({ name, body });

async function run() {
    say(`VS Code ${vscode.version}`);
    let failed = 0;
    for (const { name, body } of tests) {
        try {
            await body();
            say(`ok   ${name}`);
        } catch (error) {
            failed += 1;
            say(`FAIL ${name}\n${error.stack}`);
            await vscode.commands.executeCommand("workbench.action.files.revert");
        }
    }
    say(`${tests.length - failed} passed, ${failed} failed`);
    if (failed > 0) {
        throw new Error(`${failed} failed`);
    }
}

function say(text) {
    console.log(MARK + text);
}

async function open(file, folder = vscode.workspace.workspaceFolders[0]) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, file));
    // In a tab of its own: the client forgets what it was told of documents that no tab shows.
    await vscode.window.showTextDocument(document, { preview: false });
    return document;
}

/** The findings of a document that come from this project, all or those of one rule. */
function ours(document, rule) {
    return vscode.languages.getDiagnostics(document.uri ?? document).filter((finding) =>
        finding.source === SOURCE && (rule === undefined || code(finding) === rule));
}

function code(finding) {
    return finding.code?.value ?? finding.code;
}

/** Waits until the only finding of a rule is there, and gives it. */
async function only(document, rule) {
    await until(`${rule} is found`, () => ours(document, rule).length > 0);
    const findings = ours(document, rule);
    assert.equal(findings.length, 1, JSON.stringify(ours(document)));
    return findings[0];
}

async function none(document, rule) {
    await until(`${rule} is gone`, () => ours(document, rule).length === 0);
}

/** Replaces the first `text` of a document, as one edit, and puts the cursor behind what takes its place. */
async function replace(document, text, by) {
    const editor = await vscode.window.showTextDocument(document);
    const start = document.getText().indexOf(text);
    assert.ok(start >= 0, `${text} is not in the document`);
    const range = new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
    assert.ok(await editor.edit((edit) => { edit.replace(range, by); }));
    const cursor = document.positionAt(start + by.length);
    editor.selection = new vscode.Selection(cursor, cursor);
}

/** Opens the list at the cursor as a person does and takes the item chosen first, which makes the text `holds`. */
async function acceptFirst(document, holds) {
    await vscode.commands.executeCommand("editor.action.triggerSuggest");
    await until("the item is in the document", async () => {
        await vscode.commands.executeCommand("acceptSelectedSuggestion");
        return holds(document.getText());
    }, () => document.getText());
}

async function revert(document) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await until("the document is as it was", () => !document.isDirty);
}

/** Closes an untitled document that is shown. Until it is gone, the next one would get its name, and its text with it. */
async function discard(document) {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await until("the document is closed", () => document.isClosed);
}

/** The processes that this extension host has started with `lsp` as their last argument. */
function servers() {
    return fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
        try {
            const parent = /^PPid:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
            const words = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").filter((word) => word !== "");
            return Number(parent?.[1]) === process.pid && words.at(-1) === "lsp";
        } catch {
            return false; // It ended meanwhile.
        }
    });
}

async function until(what, holds, state = () => "") {
    const end = Date.now() + 20_000;
    while (!(await holds())) {
        if (Date.now() > end) {
            throw new Error(`in vain: ${what} ${state()}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

module.exports = {
    acceptFirst, code, discard, none, only, open, ours, replace, revert, run, say, servers, test, until,
};

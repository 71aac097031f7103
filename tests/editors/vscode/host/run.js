// Runs inside VS Code's extension host, beside the extension under test, and asks for everything through VS Code's
// API: what comes back is what an editor shows, after all extensions have had their say.

const assert = require("node:assert/strict");
const fs = require("node:fs");
const vscode = require("vscode");

const SOURCE = "connect-policy";
const TYPO = "connect:DescribeUsr";
const FILES = ["policy.json", "template.yaml", "main.tf"];

/** Marks our lines in the log, in which VS Code writes too. */
const MARK = "[test] ";

const tests = [];
const test = (name, body) => tests.push({ name, body });

test("the extension is installed, and a policy activates it", async () => {
    const extension = vscode.extensions.getExtension("connect-policy.connect-policy");
    assert.ok(extension, "not installed");
    await open("policy.json");
    await until("the extension is active", () => extension.isActive);
});

test("Terraform is plain text here, so nothing below leans on its extension", async () => {
    assert.equal((await open("main.tf")).languageId, "plaintext");
});

for (const file of FILES) {
    test(`${file}: the typo is found, once`, async () => {
        const document = await open(file);
        const [finding] = await onlyTypo(document);
        assert.equal(document.getText(finding.range), TYPO);
        assert.equal(finding.severity, vscode.DiagnosticSeverity.Warning);
    });

    test(`${file}: nothing is said twice`, async () => {
        const document = await open(file);
        await onlyTypo(document);
        const said = ours(document).map((finding) => JSON.stringify([code(finding), finding.range, finding.message]));
        assert.deepEqual(said, [...new Set(said)]);
        say(`     ${said.length} finding(s) in ${file}`);
    });

    test(`${file}: completion replaces the whole entry and nothing around it`, async () => {
        const document = await open(file);
        await onlyTypo(document);
        const start = document.getText().indexOf(TYPO);
        const cursor = document.positionAt(start + "connect:Desc".length);
        const list = await vscode.commands.executeCommand(
            "vscode.executeCompletionItemProvider", document.uri, cursor);
        const items = list.items.filter((item) => label(item) === "connect:DescribeUser");
        assert.equal(items.length, 1, `connect:DescribeUser is offered ${items.length} times`);
        const range = items[0].range.replacing ?? items[0].range;
        assert.equal(document.getText(range), TYPO);
    });

    test(`${file}: hover tells of an action`, async () => {
        const document = await open(file);
        await onlyTypo(document);
        const cursor = document.positionAt(document.getText().indexOf("connect:ListQueues") + 10);
        const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, cursor);
        const texts = hovers.flatMap((hover) => hover.contents).map((content) => content.value ?? content);
        assert.equal(texts.filter((text) => text.includes("ListQueues")).length, 1, JSON.stringify(texts));
    });

    test(`${file}: the quick fix corrects the typo`, async () => {
        const document = await open(file);
        const [finding] = await onlyTypo(document);
        const before = document.getText();
        const actions = await vscode.commands.executeCommand(
            "vscode.executeCodeActionProvider", document.uri, finding.range, vscode.CodeActionKind.QuickFix.value);
        const fix = actions.find((action) => action.title.includes("connect:DescribeUser`"));
        assert.ok(fix, JSON.stringify(actions.map((action) => action.title)));
        await vscode.workspace.applyEdit(fix.edit);
        assert.equal(document.getText(), before.replace(TYPO, "connect:DescribeUser"));
        await until("the finding is gone", () => typos(document).length === 0);
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand("workbench.action.files.revert");
        await onlyTypo(document);
    });
}

test("an untitled document is checked as well", async () => {
    const content = (await open("policy.json")).getText();
    const document = await vscode.workspace.openTextDocument({ language: "json", content });
    await vscode.window.showTextDocument(document);
    await onlyTypo(document);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
});

test("the command restarts the server, and findings come back once", async () => {
    const document = await open("policy.json");
    await onlyTypo(document);
    const [before] = servers();
    await vscode.commands.executeCommand("connectPolicy.restart");
    await until("another server runs alone", () => servers().length === 1 && servers()[0] !== before);
    await onlyTypo(document);
});

test("a server that dies is started again", async () => {
    const document = await open("policy.json");
    await onlyTypo(document);
    const [before] = servers();
    process.kill(before, "SIGKILL");
    await until("another server runs alone", () => servers().length === 1 && servers()[0] !== before);
    await onlyTypo(document);
});

test("a path that names nothing stops the server, an empty one brings it back", async () => {
    const document = await open("policy.json");
    await onlyTypo(document);
    const settings = () => vscode.workspace.getConfiguration("connectPolicy");
    await settings().update("server.path", "/no/such/program", vscode.ConfigurationTarget.Global);
    await until("no server runs", () => servers().length === 0);
    await until("its findings are gone", () => ours(document).length === 0);
    await settings().update("server.path", undefined, vscode.ConfigurationTarget.Global);
    await until("a server runs", () => servers().length === 1);
    await onlyTypo(document);
});

exports.run = async () => {
    say(`VS Code ${vscode.version}`);
    let failed = 0;
    for (const { name, body } of tests) {
        try {
            await body();
            say(`ok   ${name}`);
        } catch (error) {
            failed += 1;
            say(`FAIL ${name}\n${error.stack}`);
        }
    }
    say(`${tests.length - failed} passed, ${failed} failed`);
    if (failed > 0) {
        throw new Error(`${failed} failed`);
    }
};

function say(text) {
    console.log(MARK + text);
}

async function open(file) {
    const folder = vscode.workspace.workspaceFolders[0].uri;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, file));
    await vscode.window.showTextDocument(document);
    return document;
}

function ours(document) {
    return vscode.languages.getDiagnostics(document.uri).filter((finding) => finding.source === SOURCE);
}

function typos(document) {
    return ours(document).filter((finding) => code(finding) === "unknown-action");
}

async function onlyTypo(document) {
    await until("the typo is found", () => typos(document).length > 0);
    assert.equal(typos(document).length, 1, JSON.stringify(ours(document)));
    return typos(document);
}

function code(finding) {
    return finding.code?.value ?? finding.code;
}

function label(item) {
    return item.label.label ?? item.label;
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

async function until(what, holds) {
    const end = Date.now() + 20_000;
    while (!(await holds())) {
        if (Date.now() > end) {
            throw new Error(`in vain: ${what}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

// Runs inside VS Code's extension host, beside the extension under test, and asks for everything through VS Code's
// API: what comes back is what an editor shows, after all extensions have had their say.

const assert = require("node:assert/strict");
const path = require("node:path");
const vscode = require("vscode");

const {
    acceptFirst, code, discard, none, only, open, ours, replace, revert, run, say, servers, test, until,
} = require("./lib");

const TYPO = "connect:DescribeUsr";
const UNKNOWN = "unknown-action";
/** The files by what begins and ends an entry in them, and the name of the statement. */
const FILES = {
    "policy.json": { statement: "SupervisorsReadQueuesAndUsers", entry: (name) => `        "${name}"`, between: ",\n" },
    "template.yaml": { statement: "ReadQueuesAndUsers", entry: (name) => `              - ${name}`, between: "\n" },
    "main.tf": { statement: "ReadQueuesAndUsers", entry: (name) => `      "${name}"`, between: ",\n" },
};
const { Global } = vscode.ConfigurationTarget;

const ask = (command, ...values) => vscode.commands.executeCommand(command, ...values);
const settings = () => vscode.workspace.getConfiguration("connectPolicy");
const inFolder = (file) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, file);
const write = (file, text) => vscode.workspace.fs.writeFile(inFolder(file), new TextEncoder().encode(text));
const whole = (document) => new vscode.Range(0, 0, document.lineCount, 0);

test("plain text activates the extension, but does not start the server", async () => {
    await write("notes.txt", `${TYPO}\n`);
    await open("notes.txt");
    await until("the extension is active", () => vscode.extensions.getExtension("connect-policy.connect-policy").isActive);
    assert.deepEqual(servers(), []);
    await ask("workbench.action.closeActiveEditor");
    await vscode.workspace.fs.delete(inFolder("notes.txt"));
});

test("the extension is installed, and a policy activates it", async () => {
    const extension = vscode.extensions.getExtension("connect-policy.connect-policy");
    assert.ok(extension, "not installed");
    await open("policy.json");
    await until("the extension is active", () => extension.isActive);
});

test("Terraform is plain text here, so nothing below leans on its extension", async () => {
    assert.equal((await open("main.tf")).languageId, "plaintext");
});

for (const [file, { statement, entry, between }] of Object.entries(FILES)) {
    test(`${file}: the typo is found, once`, async () => {
        const document = await open(file);
        const finding = await only(document, UNKNOWN);
        assert.equal(document.getText(finding.range), TYPO);
        assert.equal(finding.severity, vscode.DiagnosticSeverity.Warning);
    });

    test(`${file}: nothing is said twice`, async () => {
        const document = await open(file);
        await only(document, UNKNOWN);
        const said = ours(document).map((finding) => JSON.stringify([code(finding), finding.range, finding.message]));
        assert.deepEqual(said, [...new Set(said)]);
        say(`     ${said.length} finding(s) in ${file}`);
    });

    test(`${file}: completion replaces the whole entry and nothing around it`, async () => {
        const document = await open(file);
        await only(document, UNKNOWN);
        const start = document.getText().indexOf(TYPO);
        const cursor = document.positionAt(start + "connect:Desc".length);
        const list = await ask("vscode.executeCompletionItemProvider", document.uri, cursor);
        const items = list.items.filter((item) => label(item) === "connect:DescribeUser");
        assert.equal(items.length, 1, `connect:DescribeUser is offered ${items.length} times`);
        const range = items[0].range.replacing ?? items[0].range;
        assert.equal(document.getText(range), TYPO);
    });

    test(`${file}: an action is taken from the list into the document`, async () => {
        const document = await open(file);
        const before = document.getText();
        await replace(document, TYPO, "connect:ListSecurityK");
        await acceptFirst(document, (text) => text === before.replace(TYPO, "connect:ListSecurityKeys"));
        await none(document, UNKNOWN);
        await revert(document);
    });

    test(`${file}: a console task is taken from the list into the document, in the list's style`, async () => {
        const document = await open(file);
        const before = document.getText();
        await replace(document, TYPO, "Edit call");
        const { items } = await ask(
            "vscode.executeCompletionItemProvider", document.uri, vscode.window.activeTextEditor.selection.active);
        const labels = items.map(label).filter((text) => text.startsWith("Edit call recording (console task"));
        assert.equal(labels.length, 1, JSON.stringify(labels));
        const count = Number(/(\d+) actions\)$/.exec(labels[0])[1]);
        await acceptFirst(document, (text) => !text.includes("Edit call"));

        const [head, tail] = before.split(entry(TYPO));
        const text = document.getText();
        assert.ok(text.startsWith(head) && text.endsWith(tail), text);
        const entries = text.slice(head.length, text.length - tail.length).split(between);
        const names = entries.map((line) => /[a-z0-9]+:[A-Za-z]+/.exec(line)?.[0]);
        assert.deepEqual(entries, names.map(entry));
        assert.equal(names.length, count);
        assert.ok(names.includes("connect:UpdateInstanceStorageConfig") && names.includes("s3:CreateBucket"), names);
        await until("nothing is wrong with them",
            () => ours(document).every((finding) => finding.severity > vscode.DiagnosticSeverity.Warning));

        const lenses = await ask("vscode.executeCodeLensProvider", document.uri, 100);
        const titles = lenses.map((lens) => lens.command?.title ?? "");
        assert.equal(titles.filter((title) => title.startsWith("Console: ")).length, 1, JSON.stringify(titles));
        await revert(document);
    });

    test(`${file}: hover tells of an action`, async () => {
        const document = await open(file);
        await only(document, UNKNOWN);
        const cursor = document.positionAt(document.getText().indexOf("connect:ListQueues") + 10);
        const hovers = await ask("vscode.executeHoverProvider", document.uri, cursor);
        const texts = hovers.flatMap((hover) => hover.contents).map((content) => content.value ?? content);
        assert.equal(texts.filter((text) => text.includes("ListQueues")).length, 1, JSON.stringify(texts));
    });

    test(`${file}: the quick fix corrects the typo`, async () => {
        const document = await open(file);
        const finding = await only(document, UNKNOWN);
        const before = document.getText();
        const actions = await ask(
            "vscode.executeCodeActionProvider", document.uri, finding.range, vscode.CodeActionKind.QuickFix.value);
        const fix = actions.find((action) => action.title.includes("connect:DescribeUser`"));
        assert.ok(fix, JSON.stringify(actions.map((action) => action.title)));
        await vscode.workspace.applyEdit(fix.edit);
        assert.equal(document.getText(), before.replace(TYPO, "connect:DescribeUser"));
        await none(document, UNKNOWN);
        await revert(document);
        await only(document, UNKNOWN);
    });

    test(`${file}: fix all corrects what is certain and leaves the rest`, async () => {
        const document = await open(file);
        const before = document.getText();
        // Bare, YAML would take this one for a key and its value.
        const quote = file.endsWith(".yaml") ? '"' : "";
        await replace(document, "connect:DescribeQueue", `${quote}connect: DescribeQueue${quote}`);
        await only(document, "malformed-action");
        await ask("editor.action.sourceAction", { kind: "source.fixAll.connectPolicy", apply: "first" });
        const after = before.replace("connect:DescribeQueue", `${quote}connect:DescribeQueue${quote}`);
        await until("it is corrected", () => document.getText() === after, () => document.getText());
        await only(document, UNKNOWN);
        await revert(document);
    });

    test(`${file}: a wildcard's count stands beside it`, async () => {
        const document = await open(file);
        await replace(document, TYPO, "connect:List*");
        let hints = [];
        await until("the hint is there", async () => {
            hints = await ask("vscode.executeInlayHintProvider", document.uri, whole(document));
            return hints.length > 0;
        });
        assert.equal(hints.length, 1);
        assert.match(hints[0].label, /^\d+ actions$/);
        const at = document.getText().indexOf("connect:List*") + "connect:List*".length;
        assert.equal(document.offsetAt(hints[0].position) - at, entry("")[entry("").length - 1] === '"' ? 1 : 0);
        await revert(document);
    });

    test(`${file}: the outline names the statement, and the link to AWS's page is in the hover of the key`, async () => {
        const document = await open(file);
        const symbols = await ask("vscode.executeDocumentSymbolProvider", document.uri);
        const flat = symbols.flatMap(function all(symbol) { return [symbol, ...(symbol.children ?? []).flatMap(all)]; });
        assert.equal(flat.filter((symbol) => symbol.name === statement).length, 1, JSON.stringify(flat));
        const links = await ask("vscode.executeLinkProvider", document.uri);
        const targets = links.map((link) => String(link.target)).filter((target) => target.includes("aws.amazon.com"));
        assert.deepEqual(targets, [], "a key is underlined");
        const key = document.positionAt(document.getText().search(/actions?\b/i) + 1);
        const hovers = await ask("vscode.executeHoverProvider", document.uri, key);
        const texts = hovers.flatMap((hover) => hover.contents).map((content) => content.value ?? content);
        assert.ok(texts.some((text) => text.includes("(https://docs.aws.amazon.com/")), JSON.stringify(texts));
    });
}

for (const [file, language] of [["policy.json", "json"], ["template.yaml", "yaml"]]) {
    test(`an untitled document of ${language} is checked as well`, async () => {
        const content = (await open(file)).getText();
        const document = await vscode.workspace.openTextDocument({ language, content });
        await vscode.window.showTextDocument(document);
        await only(document, UNKNOWN);
        await discard(document);
    });
}

test("the example that the walkthrough opens has a finding", async () => {
    await ask("connectPolicy.openExample");
    const { document } = vscode.window.activeTextEditor;
    assert.ok(document.isUntitled);
    await only(document, UNKNOWN);
    await discard(document);
});

test("a rule's level is changed while the editor runs", async () => {
    const document = await open("policy.json");
    await only(document, UNKNOWN);
    await settings().update("rules", { [UNKNOWN]: "off" }, Global);
    await none(document, UNKNOWN);
    await settings().update("rules", { [UNKNOWN]: "error" }, Global);
    await until("it is an error", () => severity(document) === vscode.DiagnosticSeverity.Error);
    await settings().update("rules", undefined, Global);
    await until("it is a warning", () => severity(document) === vscode.DiagnosticSeverity.Warning);
});

test("the least level is changed while the editor runs", async () => {
    const document = await open("policy.json");
    await only(document, UNKNOWN);
    await settings().update("level", "error", Global);
    await none(document, UNKNOWN);
    await settings().update("level", undefined, Global);
    await only(document, UNKNOWN);
});

test("a connect-policy.toml comes, changes and goes while the editor runs", async () => {
    const document = await open("policy.json");
    await only(document, UNKNOWN);
    await write("connect-policy.toml", `[rules]\n${UNKNOWN} = "off"\n`);
    await none(document, UNKNOWN);
    await write("connect-policy.toml", `[rules]\n${UNKNOWN} = "error"\n`);
    await until("it is an error", () => severity(document) === vscode.DiagnosticSeverity.Error);
    await vscode.workspace.fs.delete(inFolder("connect-policy.toml"));
    await until("it is a warning", () => severity(document) === vscode.DiagnosticSeverity.Warning);
});

test("a slip in connect-policy.toml is found, and all that the schema knows is not", async () => {
    await write("connect-policy.toml", '[rule]\nfull-access = "off"\n');
    const document = await open("connect-policy.toml");
    await only(document, "bad-config");
    const extension = vscode.extensions.getExtension("connect-policy.connect-policy");
    const schema = require(path.join(extension.extensionPath, "schemas/connect-policy.schema.json"));
    await replace(document, document.getText(), tomlOf(schema));
    await until("nothing is found", () => ours(document).length === 0,
        () => JSON.stringify(ours(document).map((finding) => finding.message)));
    await revert(document);
    await ask("workbench.action.closeActiveEditor");
    await vscode.workspace.fs.delete(inFolder("connect-policy.toml"));
});

test("the task checks the folder", async () => {
    const [task, ...others] = await vscode.tasks.fetchTasks({ type: "connect-policy" });
    assert.equal(others.length, 0);
    assert.equal(task.name, "check");
    const ended = new Promise((resolve) => {
        const listener = vscode.tasks.onDidEndTaskProcess((event) => {
            listener.dispose();
            resolve(event.exitCode);
        });
    });
    await vscode.tasks.executeTask(task);
    assert.equal(await ended, 1);
});

test("the command restarts the server, and findings come back once", async () => {
    const document = await open("policy.json");
    await only(document, UNKNOWN);
    const [before] = servers();
    await ask("connectPolicy.restart");
    await until("another server runs alone", () => servers().length === 1 && servers()[0] !== before);
    await only(document, UNKNOWN);
});

test("a list is judged with its uses in another file of its folder, and each leads to the other", async () => {
    const using = 'data "aws_iam_policy_document" "p" {\n  statement {\n    actions   = local.lists["a"].names\n    resources = ["*"]\n  }\n}\n';
    const lists = 'locals {\n  lists = { a = { names = ["connect:CreateUser"] } }\n}\n';
    // The one that uses the list is open nowhere: the server reads it from the disk.
    await write("module/using.tf", using);
    await write("module/lists.tf", lists);
    const document = await open("module/lists.tf");
    const finding = await only(document, "privilege-escalation");
    assert.equal(document.getText(finding.range), "connect:CreateUser");
    const related = finding.relatedInformation.map(({ location, message }) =>
        [path.basename(location.uri.path), location.range.start.line, message]);
    assert.deepEqual(related, [["using.tf", 2, "used here"]]);
    // What another program writes is noticed.
    await write("module/using.tf", using.replace('"*"', '"arn:aws:connect:eu-west-1:111122223333:instance/*"'));
    await until("it weighs less on named resources", () =>
        ours(document, "privilege-escalation")[0]?.severity === vscode.DiagnosticSeverity.Information);
    await write("module/using.tf", using);
    await until("it weighs more on everything", () =>
        ours(document, "privilege-escalation")[0]?.severity === vscode.DiagnosticSeverity.Warning);
    const other = await open("module/using.tf");
    const cursor = other.positionAt(using.indexOf("local.lists") + 3);
    let found = [];
    await until("the definition is found", async () => {
        found = await ask("vscode.executeDefinitionProvider", other.uri, cursor);
        return found.length > 0;
    });
    assert.deepEqual(found.map(({ uri, range }) => [path.basename(uri.path), document.getText(range)]), [["lists.tf", "names"]]);
    // The file that nobody has saved counts as it stands in the editor.
    await replace(other, "local.lists", "local.other");
    await none(document, "privilege-escalation");
    await revert(other);
    await only(document, "privilege-escalation");
    await vscode.workspace.fs.delete(inFolder("module"), { recursive: true });
});

test("with the setting on, files that nobody has open are checked, and off again their findings go", async () => {
    const name = "closed/policy.json";
    const text = (action) => JSON.stringify({
        Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
    });
    await write(name, text(TYPO));
    const closed = inFolder(name);
    await only(await open("policy.json"), UNKNOWN);
    assert.deepEqual(ours(closed), []);
    await settings().update("checkWorkspace", true, Global);
    assert.equal((await only(closed, UNKNOWN)).severity, vscode.DiagnosticSeverity.Warning);
    // What another program writes is noticed, each way.
    await write(name, text("connect:ListUsers"));
    await none(closed, UNKNOWN);
    await write(name, text(TYPO));
    await only(closed, UNKNOWN);
    // A file that goes takes its findings with it.
    await vscode.workspace.fs.delete(closed);
    await none(closed, UNKNOWN);
    await write(name, text(TYPO));
    await only(closed, UNKNOWN);
    // Opened, it is told of once, and as it is in the editor; closed, as it is on the disk.
    const document = await open(name);
    await only(document, UNKNOWN);
    await replace(document, TYPO, "connect:ListUsers");
    await none(document, UNKNOWN);
    await ask("workbench.action.revertAndCloseActiveEditor");
    await only(closed, UNKNOWN);
    await settings().update("checkWorkspace", undefined, Global);
    await none(closed, UNKNOWN);
    await only(await open("policy.json"), UNKNOWN);
    await vscode.workspace.fs.delete(inFolder("closed"), { recursive: true });
});

test("a server that dies is started again, and again", async () => {
    for (let time = 0; time < 2; time += 1) {
        const document = await open("policy.json");
        await only(document, UNKNOWN);
        const [before] = servers();
        process.kill(before, "SIGKILL");
        await until("another server runs alone", () => servers().length === 1 && servers()[0] !== before);
        await only(document, UNKNOWN);
        const cursor = document.positionAt(document.getText().indexOf("connect:ListQueues") + 10);
        const hovers = await ask("vscode.executeHoverProvider", document.uri, cursor);
        assert.ok(hovers.length > 0, "it does not serve");
    }
});

test("a path that names nothing stops the server, an empty one brings it back", async () => {
    const document = await open("policy.json");
    await only(document, UNKNOWN);
    await settings().update("server.path", "/no/such/program", Global);
    await until("no server runs", () => servers().length === 0);
    await until("its findings are gone", () => ours(document).length === 0);
    await settings().update("server.path", undefined, Global);
    await until("a server runs", () => servers().length === 1);
    await only(document, UNKNOWN);
});

exports.run = run;

function label(item) {
    return item.label.label ?? item.label;
}

function severity(document) {
    return ours(document, UNKNOWN)[0]?.severity;
}

/** A toml in which every key of the schema stands once. */
function tomlOf(schema) {
    const tables = Object.entries(schema.properties).map(([name, property]) => property.type === "array"
        ? `[[${name}]]\n${keys(property.items, { paths: '["**/*.json"]' })}`
        : `[${name}]\n${keys(property, { actions: '["connect:Something"]', permissions: '["Some.View"]' })}`);
    return tables.join("\n");

    function keys(table, examples) {
        return Object.entries(table.properties).map(([name, property]) => {
            const value = property.enum ? JSON.stringify(property.enum[0])
                : property.type === "boolean" ? String(property.default)
                : property.type === "object" ? `{ ${keys(property, {}).trim().replaceAll("\n", ", ")} }`
                    : examples[name] ?? "[]";
            return `${name} = ${value}\n`;
        }).join("");
    }
}

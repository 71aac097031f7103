// Runs inside VS Code's extension host on a workspace of two folders, each with a configuration of its own.

const assert = require("node:assert/strict");
const vscode = require("vscode");

const { discard, only, open, ours, run, servers, test, until } = require("./lib");

const UNKNOWN = "unknown-action";

test("two folders are added to the window, and one server serves them", async () => {
    // The workspace file holds none: VS Code for the browser reads that file while it opens the window, and on a loaded
    // machine a window was seen that stayed without the file's folders for good. Adding them is an edit, and is not lost.
    const folders = ["one", "two"].map((name) => ({ uri: vscode.Uri.joinPath(vscode.workspace.workspaceFile, "..", name) }));
    assert.ok(vscode.workspace.updateWorkspaceFolders(0, 0, ...folders));
    await until("the folders are open", () => vscode.workspace.workspaceFolders?.length === 2);
    await only(await open("policy.json"), UNKNOWN);
    assert.equal(servers().length, 1);
});

test("each folder goes by its own configuration", async () => {
    const [first, second] = vscode.workspace.workspaceFolders;
    const one = await open("policy.json", first);
    const two = await open("policy.json", second);
    await until("it is an error in one folder, as configured there",
        () => ours(one, UNKNOWN)[0]?.severity === vscode.DiagnosticSeverity.Error,
        () => JSON.stringify([one.uri.toString(), ours(one)]));
    await until("it is information in the other",
        () => ours(two, UNKNOWN)[0]?.severity === vscode.DiagnosticSeverity.Information);
    await only(one, UNKNOWN);
    await only(two, UNKNOWN);
});

test("an untitled document goes by the first folder", async () => {
    const content = (await open("policy.json")).getText();
    const document = await vscode.workspace.openTextDocument({ language: "json", content });
    await vscode.window.showTextDocument(document);
    await until("it is an error", () => ours(document, UNKNOWN)[0]?.severity === vscode.DiagnosticSeverity.Error);
    await discard(document);
});

test("each folder has its task", async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: "connect-policy" });
    assert.deepEqual(tasks.map((task) => task.scope.name).sort(), ["one", "two"]);
});

exports.run = run;

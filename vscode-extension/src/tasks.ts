// Tasks that check whole folders. The Problems panel shows their findings in closed files; open files have findings from the
// server.

import * as vscode from "vscode";

import type { Found } from "./locate";

export const TASK_TYPE = "connect-policy";

/** `taskDefinitions` in package.json describes these. */
interface Definition extends vscode.TaskDefinition {
    readonly paths?: readonly string[];
    readonly level?: string;
}

export class CheckTasks implements vscode.TaskProvider {
    constructor(private readonly locate: () => Found) {}

    provideTasks(): vscode.Task[] {
        const folders = vscode.workspace.workspaceFolders ?? [];
        return folders.flatMap((folder) => this.#task({ type: TASK_TYPE }, folder, "check") ?? []);
    }

    resolveTask(task: vscode.Task): vscode.Task | undefined {
        const scope = task.scope ?? vscode.TaskScope.Workspace;
        return this.#task(task.definition, scope, task.name);
    }

    #task(
        definition: Definition,
        scope: vscode.WorkspaceFolder | vscode.TaskScope,
        name: string,
    ): vscode.Task | undefined {
        const found = this.locate();
        if ("missing" in found) {
            return undefined;
        }
        const level = definition.level === undefined ? [] : ["--level", definition.level];
        const execution = new vscode.ProcessExecution(found.binary, ["check", ...level, ...(definition.paths ?? [])]);
        return new vscode.Task(definition, scope, name, "connect-policy", execution, "$connect-policy");
    }
}

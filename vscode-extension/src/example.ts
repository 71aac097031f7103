// A policy to try things on, for those who have none at hand.

import * as vscode from "vscode";

const POLICY = {
    Version: "2012-10-17",
    Statement: [
        {
            Sid: "TryItHere",
            Effect: "Allow",
            Action: ["connect:ListQueues", "connect:DescribeUsr"],
            Resource: "arn:aws:connect:eu-central-1:111122223333:instance/11111111-2222-3333-4444-555555555555/*",
        },
    ],
};

export async function openExample(): Promise<void> {
    const content = `${JSON.stringify(POLICY, undefined, 2)}\n`;
    const document = await vscode.workspace.openTextDocument({ language: "json", content });
    await vscode.window.showTextDocument(document);
}

// Writes the levels by rule into package.json. The server's tests write the schema of connect-policy.toml.
//   generate.mjs [--check]      with --check, only checks that package.json is up to date
//
// The rules come from server/docs/rules.md, which the server's tests generate. A built server has them too, but is not available
// everywhere the extension is tested.

import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";

const folder = new URL("..", import.meta.url);
const read = (path) => readFileSync(new URL(path, folder), "utf8");

const LEVELS = ["off", "hint", "information", "warning", "error"];

const rules = rulesOf(read("../server/docs/rules.md"));
const manifest = JSON.parse(read("package.json"));
manifest.contributes.configuration.properties["connectPolicy.rules"] = {
    type: "object",
    default: {},
    scope: "window",
    order: 2,
    markdownDescription:
        "Level by [rule](https://github.com/connect-policy/connect-policy/blob/main/server/docs/rules.md), for example "
        + "`\"full-access\": \"off\"`. `connect-policy.toml` takes precedence.",
    additionalProperties: false,
    properties: Object.fromEntries(rules.map((rule) => [rule.id, {
        type: "string",
        enum: LEVELS,
        default: rule.level,
        description: rule.summary,
    }])),
};
const files = new Map([["package.json", text(manifest)]]);

if (process.argv.includes("--check")) {
    const stale = [...files].filter(([path, content]) => readOrNothing(path) !== content).map(([path]) => path);
    if (stale.length > 0) {
        console.error(`${stale.join(" and ")}: out of date; run \`npm run generate\``);
        process.exitCode = 1;
    }
} else {
    for (const [path, content] of files) {
        writeFileSync(new URL(path, folder), content);
    }
    console.log(`${rules.length} rules in ${[...files.keys()].join(" and ")}`);
}

/** @returns id, level and first sentence of each rule, in the page's order */
function rulesOf(page) {
    const rules = page.split(/^## /m).slice(1).map((part) => {
        const [, id, level, summary] = /^(\S+)\n\nLevel: (\S+)\n\n([^]*?)\n(?:\n|$)/.exec(part) ?? [];
        if (!LEVELS.includes(level)) {
            throw new Error(`cannot read the rule at "${part.slice(0, 60)}"`);
        }
        return { id, level, summary: summary.replaceAll("\n", " ") };
    });
    if (rules.length === 0) {
        throw new Error("server/docs/rules.md does not contain rules");
    }
    return rules;
}

function readOrNothing(path) {
    try {
        return read(path);
    } catch {
        return undefined;
    }
}

function text(value) {
    return `${JSON.stringify(value, undefined, 2)}\n`;
}

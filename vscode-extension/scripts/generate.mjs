// Writes what repeats the server's rules: the levels in package.json's settings and the schema of connect-policy.toml.
//   generate.mjs [--check]      with --check, only tells whether they are as they would be written
//
// The rules come from server/docs/rules.md, which is generated from the server's registry and which the server's tests
// keep equal to it. Asking a built server would say the same, but needs one wherever the extension is tested.

import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";

const folder = new URL("..", import.meta.url);
const read = (path) => readFileSync(new URL(path, folder), "utf8");

const LEVELS = ["off", "hint", "information", "warning", "error"];
const SCHEMA = "schemas/connect-policy.schema.json";

const rules = rulesOf(read("../server/docs/rules.md"));
const manifest = JSON.parse(read("package.json"));
manifest.contributes.configuration.properties["connectPolicy.rules"] = {
    type: "object",
    default: {},
    scope: "window",
    order: 3,
    markdownDescription:
        "Level by rule, for example `\"full-access\": \"off\"`. A `connect-policy.toml` in the project comes first.",
    additionalProperties: false,
    properties: Object.fromEntries(rules.map((rule) => [rule.id, {
        type: "string",
        enum: LEVELS,
        default: rule.level,
        description: rule.summary,
    }])),
};
const files = new Map([["package.json", text(manifest)], [SCHEMA, text(schema())]]);

if (process.argv.includes("--check")) {
    const stale = [...files].filter(([path, content]) => readOrNothing(path) !== content).map(([path]) => path);
    if (stale.length > 0) {
        console.error(`${stale.join(" and ")}: not as the server's rules ask for; run \`npm run generate\``);
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
            throw new Error(`no rule is understood at "${part.slice(0, 60)}"`);
        }
        return { id, level, summary: summary.replaceAll("\n", " ") };
    });
    if (rules.length === 0) {
        throw new Error("server/docs/rules.md holds no rule");
    }
    return rules;
}

function schema() {
    const strings = (description, extra = {}) => ({
        type: "array",
        description,
        items: { type: "string", minLength: 1, ...extra },
    });
    const table = (description, properties, extra = {}) => ({
        type: "object",
        description,
        additionalProperties: false,
        ...extra,
        properties,
    });
    const levels = (description) => table(description, Object.fromEntries(rules.map((rule) => [rule.id, {
        description: rule.summary,
        default: rule.level,
        enum: LEVELS,
    }])));
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        $id: manifest.contributes.tomlValidation[0].url,
        title: "connect-policy.toml",
        ...table("What a project settles for everybody who works on it, in the editor and in CI alike.", {
            catalog: table("What the project knows besides what ships.", {
                permissions: strings("Names of security-profile permissions that exist."),
                actions: strings("Actions that exist, each as `service:Action`.", { pattern: "^[^:]+:[^:]+$" }),
                "permissions-from": strings("JSON files with names of permissions, relative to this file."),
                "service-reference": strings("JSON files of AWS's service reference, relative to this file."),
            }),
            rules: levels("Levels by rule."),
            files: table("Which files are read.", { exclude: strings("Globs of files that are left out.") }),
            override: {
                type: "array",
                description: "Other levels for some paths; the last that speaks of a rule holds.",
                items: table("Other levels for some paths.", {
                    paths: strings("Globs of the files that it is for."),
                    rules: levels("Levels by rule, for these files."),
                }, { required: ["paths", "rules"] }),
            },
            editor: table("What an editor shows beside the text.", {
                "inlay-hints": { description: "How many actions a wildcard takes in, and a permission's label.", default: true, type: "boolean" },
                "code-lenses": { description: "Which console tasks a statement grants, and what a profile holds.", default: true, type: "boolean" },
            }),
            scope: table("Of which policies rules speak.", {
                policies: {
                    description: "`connect`: policies that are about Amazon Connect; `all`: every policy.",
                    default: "connect",
                    enum: ["connect", "all"],
                },
            }),
        }),
    };
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

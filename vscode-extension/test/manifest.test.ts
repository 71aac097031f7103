import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { LANGUAGES } from "../src/documents";

interface Manifest {
    readonly activationEvents: readonly string[];
    readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
    readonly contributes: {
        readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
        readonly configurationDefaults: Readonly<Record<string, unknown>>;
    };
}

// npm runs scripts in the package's folder.
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;

test("every language the server sees activates the extension", () => {
    const expected = [...LANGUAGES, "plaintext", "toml"].map((language) => `onLanguage:${language}`);
    assert.deepEqual([...manifest.activationEvents].sort(), expected.sort());
});

test("in every language the list opens inside strings", () => {
    const expected = LANGUAGES.map((language) => `[${language}]`);
    assert.deepEqual(Object.keys(manifest.contributes.configurationDefaults).sort(), expected.sort());
    for (const defaults of Object.values(manifest.contributes.configurationDefaults)) {
        assert.deepEqual(defaults, { "editor.quickSuggestions": { strings: "on" } });
    }
});

test("an untrusted workspace cannot choose the program", () => {
    const path = "connectPolicy.server.path";
    assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(path));
    assert.equal(manifest.contributes.configuration.properties[path]?.scope, "machine-overridable");
});

test("the README lists every setting", () => {
    const readme = readFileSync("README.md", "utf8");
    const settings = Object.keys(manifest.contributes.configuration.properties);
    assert.deepEqual(settings.filter((setting) => !readme.includes(`| \`${setting}\` |`)), []);
});

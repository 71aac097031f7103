import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, isAbsolute, join, relative } from "node:path";
import process from "node:process";
import { after, beforeEach, test } from "node:test";

import { locate, type Places } from "../src/locate";

const root = mkdtempSync(join(tmpdir(), "connect-policy-locate-"));
after(() => { rmSync(root, { recursive: true }); });

let folder = root;
beforeEach(() => { folder = mkdtempSync(join(root, "case-")); });

function program(name: string, mode = 0o755): string {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
    chmodSync(file, mode);
    return file;
}

function find(places: Partial<Places>): ReturnType<typeof locate> {
    return locate({
        setting: undefined,
        environment: {},
        extension: join(folder, "extension"),
        platform: "linux",
        ...places,
    });
}

function missing(places: Partial<Places>): string {
    const found = find(places);
    assert.ok("missing" in found, JSON.stringify(found));
    return found.missing;
}

test("the setting comes before everything else", () => {
    const setting = program("mine");
    program("extension/server/connect-policy");
    const environment = { CONNECT_POLICY_SERVER: program("other"), PATH: folder };
    assert.deepEqual(find({ setting, environment }), { binary: setting, origin: "setting" });
});

test("an empty setting is none", () => {
    const binary = program("other");
    assert.deepEqual(find({ setting: " ", environment: { CONNECT_POLICY_SERVER: binary } }), {
        binary,
        origin: "environment",
    });
});

test("a setting may begin at home", () => {
    const message = missing({ setting: "~/no/such/program" });
    assert.ok(message.includes(join(homedir(), "no/such/program")), message);
});

test("the bundled program comes before PATH", () => {
    const binary = program("extension/server/connect-policy");
    program("bin/connect-policy");
    assert.deepEqual(find({ environment: { PATH: join(folder, "bin") } }), { binary, origin: "extension" });
});

test("on Windows the program has its suffix and needs no other mark", () => {
    const binary = program("bin/connect-policy.exe", 0o644);
    assert.deepEqual(find({ platform: "win32", environment: { PATH: join(folder, "bin") } }), {
        binary,
        origin: "PATH",
    });
});

test("PATH is searched in order, past what is no program", () => {
    // Windows has no mark of a program but its suffix.
    program(process.platform === "win32" ? "first/other" : "first/connect-policy", 0o644);
    mkdirSync(join(folder, "second", "connect-policy"), { recursive: true });
    const binary = program("third/connect-policy");
    const path = ["first", "second", "third"].map((name) => join(folder, name)).join(delimiter);
    assert.deepEqual(find({ environment: { PATH: path } }), { binary, origin: "PATH" });
});

test("a relative folder on PATH is passed over", () => {
    program("bin/connect-policy");
    // On Windows the folder may be on another drive, to which no relative path leads.
    const path = [".", "", relative(process.cwd(), join(folder, "bin"))].filter((one) => !isAbsolute(one)).join(delimiter);
    assert.match(missing({ environment: { PATH: path } }), /connect-policy is not on PATH/);
});

test("what was named and is not there is reported, not replaced", () => {
    program("extension/server/connect-policy");
    const gone = join(folder, "gone");
    assert.match(missing({ setting: gone }), /connectPolicy\.server\.path: .*gone is not an executable/);
    assert.match(missing({ environment: { CONNECT_POLICY_SERVER: gone } }), /CONNECT_POLICY_SERVER: .*gone/);
    assert.match(missing({ setting: folder }), /not an executable/);
});

test("a relative setting is refused", () => {
    assert.match(missing({ setting: "bin/connect-policy" }), /must be an absolute path/);
});

test("without any, the message says what to do", () => {
    assert.match(missing({}), /Install it, or set its path in connectPolicy\.server\.path/);
});

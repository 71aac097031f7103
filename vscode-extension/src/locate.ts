// Finds the server program. Nothing of VS Code is used here, so the tests run without it.

import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";

export interface Places {
    /** The setting `connectPolicy.server.path`. */
    readonly setting: string | undefined;
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** The folder of this extension. */
    readonly extension: string;
    readonly platform: NodeJS.Platform;
}

export type Found =
    | { readonly binary: string; readonly origin: "setting" | "environment" | "extension" | "PATH" }
    /** A sentence that says what to do. */
    | { readonly missing: string };

const VARIABLE = "CONNECT_POLICY_SERVER";

/**
 * What somebody named counts or is reported, and nothing else is tried in its stead: a server other than the one
 * asked for would be harder to notice than none.
 */
export function locate(places: Places): Found {
    const setting = places.setting?.trim();
    if (setting) {
        const binary = setting.startsWith("~/") ? join(homedir(), setting.slice(2)) : setting;
        return named(binary, "setting", "The setting connectPolicy.server.path", places.platform);
    }
    const variable = places.environment[VARIABLE];
    if (variable) {
        return named(variable, "environment", `The environment variable ${VARIABLE}`, places.platform);
    }

    const program = places.platform === "win32" ? "connect-policy.exe" : "connect-policy";
    const bundled = join(places.extension, "server", program);
    if (isProgram(bundled, places.platform)) {
        return { binary: bundled, origin: "extension" };
    }
    // A relative folder on PATH would be looked up in the workspace, whose programs are not ours to run.
    const folders = (places.environment.PATH ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
    const installed = folders.map((folder) => join(folder, program)).find((file) => isProgram(file, places.platform));
    if (installed !== undefined) {
        return { binary: installed, origin: "PATH" };
    }
    return {
        missing:
            `There is no server program for this platform in the extension and no ${program} on PATH. ` +
            "Install it, or put its path into the setting connectPolicy.server.path.",
    };
}

function named(binary: string, origin: "setting" | "environment", who: string, platform: NodeJS.Platform): Found {
    if (!isAbsolute(binary)) {
        return { missing: `${who} must be an absolute path, but is ${binary}. Correct it, or leave it empty.` };
    }
    if (!isProgram(binary, platform)) {
        return { missing: `${who} names ${binary}, which is not a program. Correct it, or leave it empty.` };
    }
    return { binary, origin };
}

function isProgram(file: string, platform: NodeJS.Platform): boolean {
    try {
        accessSync(file, platform === "win32" ? constants.F_OK : constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}

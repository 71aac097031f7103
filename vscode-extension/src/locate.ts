// Finds the server program. Does not use VS Code, so the tests run without it.

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
    /** A message that says what to do. */
    | { readonly missing: string };

const VARIABLE = "CONNECT_POLICY_SERVER";

/**
 * A configured path is used or reported; nothing else is tried instead, because an unexpected server is harder to notice
 * than a missing one.
 */
export function locate(places: Places): Found {
    const setting = places.setting?.trim();
    if (setting) {
        const binary = setting.startsWith("~/") ? join(homedir(), setting.slice(2)) : setting;
        return named(binary, "setting", "connectPolicy.server.path", places.platform);
    }
    const variable = places.environment[VARIABLE];
    if (variable) {
        return named(variable, "environment", VARIABLE, places.platform);
    }

    const program = places.platform === "win32" ? "connect-policy.exe" : "connect-policy";
    const bundled = join(places.extension, "server", program);
    if (isProgram(bundled, places.platform)) {
        return { binary: bundled, origin: "extension" };
    }
    // Relative folders on PATH are skipped: they would run programs from the workspace.
    const folders = (places.environment.PATH ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
    const installed = folders.map((folder) => join(folder, program)).find((file) => isProgram(file, places.platform));
    if (installed !== undefined) {
        return { binary: installed, origin: "PATH" };
    }
    return {
        missing:
            `Server program not found: it is not bundled for this platform, and ${program} is not on PATH. ` +
            "Install it, or set its path in connectPolicy.server.path.",
    };
}

function named(binary: string, origin: "setting" | "environment", who: string, platform: NodeJS.Platform): Found {
    if (!isAbsolute(binary)) {
        return { missing: `${who} must be an absolute path, found ${binary}. Correct it, or remove it.` };
    }
    if (!isProgram(binary, platform)) {
        return { missing: `${who}: ${binary} is not an executable. Correct it, or remove it.` };
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

// Runs the bundled tests. Passes each file by name, because Node 20 and the Windows shell do not expand patterns.

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const files = readdirSync("dist/test").filter((name) => name.endsWith(".test.js")).map((name) => join("dist/test", name));
process.exitCode = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1;

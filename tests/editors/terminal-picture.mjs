// Draws what the checker prints in a terminal as a picture, from its real output.
//
//   node terminal-picture.mjs BINARY OUT.png -- ARGUMENT…
//
// Run it in the repository's root after `npm ci` in tests/editors/vscode. Needs chromium (or its path in CHROMIUM).
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('vscode/package.json', import.meta.url))('playwright-core');
const [binary, picture, , ...argumentsOfIt] = process.argv.slice(2);
const run = spawnSync(binary, argumentsOfIt, { env: { ...process.env, CLICOLOR_FORCE: '1', FORCE_COLOR: '1' }, encoding: 'utf8' });
const colours = { 31: '#f14c4c', 91: '#f14c4c', 32: '#23d18b', 92: '#23d18b', 33: '#e5c07b', 93: '#e5c07b', 34: '#6cb6ff', 94: '#6cb6ff', 36: '#56b6c2', 96: '#56b6c2' };

const html = [];
let style = '';
for (const part of `$ connect-policy ${argumentsOfIt.join(' ')}\n${run.stdout.replaceAll(/\u001b\]8;;[^\u001b]*\u001b\\/g, '')}`.split(/(\u001b\[[0-9;]*m)/)) {
  const codes = /^\u001b\[([0-9;]*)m$/.exec(part)?.[1];
  if (codes === undefined) {
    html.push(`<span style="${style}">${part.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</span>`);
    continue;
  }
  for (const code of codes.split(';').map(Number)) {
    if (code === 0) style = '';
    else if (code === 1) style += 'font-weight:bold;';
    else if (colours[code]) style += `color:${colours[code]};`;
  }
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage({ viewport: { width: 1160, height: 400 }, deviceScaleFactor: 1 });
await page.setContent(`<body style="margin:0;background:#1e1e1e"><pre style="margin:0;padding:16px 20px;color:#ddd;font:13px/1.45 'DejaVu Sans Mono',monospace;width:max-content">${html.join('')}</pre>`);
await (await page.$('pre')).screenshot({ path: picture });
await browser.close();

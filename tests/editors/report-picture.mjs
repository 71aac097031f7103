// Takes a picture of the security profiles in the report on a folder, from the real page in a real browser.
//
//   node report-picture.mjs BINARY OUT.png light|dark FOLDER
//
// Run it in the repository's root after `npm ci` in tests/editors/vscode. Needs chromium (or its path in CHROMIUM).
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('vscode/package.json', import.meta.url))('playwright-core');
const [binary, picture, colorScheme, folder] = process.argv.slice(2);
const run = spawnSync(binary, ['report', '--format', 'html', folder], { encoding: 'utf8' });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme });
await page.setContent(run.stdout);
const table = await page.locator('table').last().boundingBox();
await page.screenshot({ path: picture, fullPage: true, clip: { x: 0, y: table.y - 56, width: 1280, height: table.height + 110 } });
await browser.close();

// A headless Chromium on the VS Code server that run.sh started.

import process from "node:process";

import { chromium } from "playwright-core";

/** The environment that run.sh sets. */
export const { PORT, WORKSPACE, OUT, CHROMIUM, EXTENSION } = process.env;

export async function openBrowser() {
    const browser = await chromium.launch({
        executablePath: CHROMIUM,
        headless: true,
        args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-sync",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            // Whatever a page or the browser itself would look up outside does not exist.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ],
    });
    const page = await browser.newPage({ viewport: { width: 1200, height: 760 } });
    page.setDefaultTimeout(30_000);
    return { browser, page };
}

/** The address of the workbench with a folder or a workspace file open in it; `payload` goes to its environment. */
export function workbench(path, payload) {
    const kind = path.endsWith(".code-workspace") ? "workspace" : "folder";
    const query = new URLSearchParams({ [kind]: path, payload: JSON.stringify(payload) });
    return `http://127.0.0.1:${PORT}/?${query}`;
}

// Runs the shipped main bundle against the fake and prints what it did, as JSON.

import { pathToFileURL } from 'node:url';
import { fake } from './electron-module.mjs';

await import(pathToFileURL(process.argv[2]).href);
while (!fake.names().includes('loadURL') && !fake.names().includes('exit')) await new Promise((r) => setTimeout(r, 5));

const page = await fake.state.scheme?.(new Request('app://ui/'));
const outside = await fake.state.scheme?.(new Request('app://ui/%2e%2e/electron/main.js'));
process.stdout.write(
  JSON.stringify({
    calls: fake.calls,
    page: page && { status: page.status, policy: page.headers.get('content-security-policy'), text: await page.text() },
    outside: outside?.status,
    menu: fake.state.menu,
  }),
);

// npm run smoke:electron: the shipped window in the real Electron, before a release. CI has no binary and can't run it;
// there `--if-there` says so and goes on. Without that a binary that is not there is a failure.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail, inRoot, root, say } from './lib.mjs';
import { setup } from './setup.mjs';

const name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';
const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH || inRoot('node_modules', 'electron', 'dist');
const binary = join(folder, name);
if (!existsSync(binary)) {
  const why = `there is no Electron binary at ${binary}`;
  if (process.argv.includes('--if-there')) {
    process.stdout.write(`NOT CHECKED in the real Electron: ${why}; npm run smoke:electron belongs to each release.\n`);
    process.exit(0);
  }
  say('='.repeat(72));
  say('THE SMOKE TEST DID NOT RUN. Nothing of the window has been tried in the real Electron.');
  fail(`${why}; npx install-electron fetches one, or ELECTRON_OVERRIDE_DIST_PATH names its folder.\n${'='.repeat(72)}`);
}
await setup();

const { _electron } = await import('playwright-core');
const app = await _electron.launch({ executablePath: binary, args: [root] });
const page = await app.firstWindow();
const complaints = [];
page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()));
page.on('pageerror', (e) => complaints.push(e.message));
await page.waitForSelector('#app > *');

const seen = await page.evaluate(async () => ({
  address: location.href,
  bridge: Object.keys(window.otascope).sort(),
  node: typeof window.require + typeof window.process,
  reply: (await window.otascope.request('{"op":"status"}')).length,
  refused: await window.otascope.request('{"op":"open","inputs":[{"path":"/etc/hosts"}]}').catch((e) => e.message),
}));
const first = await app.evaluate(({ BrowserWindow }) =>
  BrowserWindow.getAllWindows()[0].webContents.getLastWebPreferences(),
);
await app.close();

const wrong = [
  seen.address.startsWith('app://ui/') || `the page is at ${seen.address}`,
  seen.bridge.length === 6 || `the bridge has ${seen.bridge.join(', ')}`,
  seen.node === 'undefinedundefined' || 'the page sees Node',
  seen.reply > 0 || 'the engine does not answer',
  /chosen by hand/.test(seen.refused) || 'a path was opened that nobody chose',
  (first.sandbox && first.contextIsolation && !first.nodeIntegration) || 'the window is not locked down',
  complaints.length === 0 || `the page complained: ${complaints.join(' | ')}`,
].filter((ok) => ok !== true);
for (const sentence of wrong) say(sentence);
say(wrong.length === 0 ? 'the window works in Electron' : `${wrong.length} things are wrong`);
process.exitCode = wrong.length === 0 ? 0 : 1;

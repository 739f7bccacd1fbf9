// npm run setup: dependencies, dist/ and the `npx otascope` entry, each only when something changed.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { fail, filesUnder, hashOf, inRoot, npm, readStamp, root, runNode, say, withLock, writeStamp } from './lib.mjs';

const SOURCES = ['captures', 'dissectors', 'analysis', 'cli', 'electron', 'ui', 'package.json', 'scripts/build.mjs'];
const OUTPUTS = ['dist/cli/otascope.js', 'dist/ui/index.html', 'dist/electron/main.js', 'dist/electron/preload.cjs'];
const INSTALLED = inRoot('node_modules', '.otascope-installed');
const BUILT = inRoot('dist', '.built');

/** Brings the checkout up to date. `quick` when nothing changed: two hashes. */
export async function setup() {
  dependencies();
  await build();
  link();
}

/** The first half of it: what the checks need. */
export function dependencies() {
  checkNode();
  install();
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`otascope needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  }
}

function install() {
  const wanted = hashOf(['package-lock.json']);
  if (existsSync(inRoot('node_modules', 'vite')) && readStamp(INSTALLED) === wanted) return;
  say('installing dependencies (npm ci)');
  // Electron wants a newer Node than we do, but only its types are used here: the warning would alarm for nothing.
  const status = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) fail(`npm ci failed with status ${status}; its words are above.`, status);
  writeStamp(INSTALLED, wanted);
}

async function build() {
  const configs = readdirSync(root).filter((name) => /^(vite|ts)\S*config\S*\.(ts|json)$/.test(name));
  const wanted = hashOf([...filesUnder(SOURCES), ...configs.sort()]);
  if (readStamp(BUILT) === wanted && OUTPUTS.every((o) => existsSync(inRoot(o)))) return;
  await withLock(inRoot('dist', '.lock'), async () => {
    if (readStamp(BUILT) === wanted && OUTPUTS.every((o) => existsSync(inRoot(o)))) return;
    say('building dist/');
    const status = await runNode(inRoot('scripts', 'build.mjs'));
    if (status !== 0) fail('the build failed; the reason is above.', status);
    writeStamp(BUILT, wanted);
  });
}

/** `npx otascope` looks in node_modules/.bin first. */
function link() {
  const folder = inRoot('node_modules', '.bin');
  mkdirSync(folder, { recursive: true });
  if (process.platform === 'win32') {
    writeFileSync(
      inRoot('node_modules', '.bin', 'otascope.cmd'),
      '@node "%~dp0\\..\\..\\dist\\cli\\otascope.js" %*\r\n',
    );
    return;
  }
  const at = inRoot('node_modules', '.bin', 'otascope');
  if (existsSync(at)) return;
  rmSync(at, { force: true });
  symlinkSync('../../dist/cli/otascope.js', at);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await setup();
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  say(`otascope ${version} is ready: npx otascope --help`);
}

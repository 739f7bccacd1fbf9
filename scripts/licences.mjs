// npm run licences: what is shipped and under which terms, what is only used to build it, and whether all is pinned.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot, say } from './lib.mjs';

/** Terms that a copy may be given away under with ours, its own text included. */
const SHIPPED = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0']);

/** Terms that bind only who gives copies away: tools that stay on the machine of whoever builds. */
const TOOLS = new Set([
  ...SHIPPED,
  'BlueOak-1.0.0',
  'MPL-2.0',
  'Python-2.0',
  'WTFPL',
  'CC0-1.0',
  // As two old packages write it; their texts are the 2- and 3-clause ones.
  'BSD',
  'BSD-3',
]);

/** Packages that want to run a script when they are installed. None is run (`--ignore-scripts`): a new one is looked at. */
const INSTALL_SCRIPTS = new Set(['fsevents', 'electron-winstaller']);

/** Whether an SPDX expression of names, OR and AND leaves terms that are `allowed`. */
export function permits(expression, allowed) {
  const words = String(expression ?? '').replace(/^\((.*)\)$/, '$1');
  if (words.includes(' OR ')) return words.split(' OR ').some((w) => permits(w, allowed));
  if (words.includes(' AND ')) return words.split(' AND ').every((w) => permits(w, allowed));
  return allowed.has(words.trim());
}

const nameOf = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** The packages of a lock file (version 3): name, version, licence, integrity, wanted by a script or not. */
export const locked = (lock) =>
  Object.entries(lock.packages)
    .filter(([place]) => place !== '')
    .map(([place, p]) => ({ place, name: nameOf(place), ...p }));

/** What is wrong with a lock file and its package.json, one sentence each; nothing when all is pinned and allowed. */
export function faultsOfLock(name, manifest, lock) {
  const faults = [];
  for (const [dependency, range] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range)) faults.push(`${name}: ${dependency} is not pinned: '${range}'.`);
  }
  for (const p of locked(lock)) {
    const it = `${name}: ${p.name} ${p.version}`;
    if (!/^sha512-[A-Za-z0-9+/]{86}==$/.test(p.integrity ?? '')) faults.push(`${it} has no sha512 in the lock file.`);
    if (p.resolved !== undefined) faults.push(`${it} is tied to one address: ${p.resolved}.`);
    if (p.hasInstallScript && !INSTALL_SCRIPTS.has(p.name)) faults.push(`${it} wants to run a script when installed.`);
    if (p.deprecated !== undefined) faults.push(`${it} was given up by its authors: ${p.deprecated}`);
    if (!permits(p.license, TOOLS)) faults.push(`${it} is under '${p.license}', which nobody has allowed.`);
  }
  return faults;
}

/** What is wrong with the terms of packages that are shipped. */
export const faultsOfShipped = (packages) =>
  packages.flatMap((p) => [
    ...(permits(p.licence, SHIPPED)
      ? []
      : [`${p.name} ${p.version} is shipped and under '${p.licence}', which nobody has allowed.`]),
    ...(p.text === undefined
      ? [`${p.name} ${p.version} is shipped and has no licence text to be shipped with it.`]
      : []),
  ]);

/** Which folder of dist/ is made by which configuration. */
const BUNDLES = {
  ui: ['vite.config.ts'],
  cli: ['vite.config.cli.ts'],
  electron: ['vite.config.electron.ts', 'vite.config.preload.ts'],
};

/**
 * The packages that really are in the bundles, by the modules that the bundler put there: a development dependency may
 * be shipped and a dependency may not. Each with the folders of dist/ that hold code of it.
 */
export async function shippedPackages(targets = Object.keys(BUNDLES)) {
  const { build } = await import('vite');
  const found = new Map();
  for (const target of targets) {
    const recorder = () => ({
      name: 'shipped-packages',
      generateBundle(_options, bundle) {
        for (const chunk of Object.values(bundle)) {
          for (const [id, module] of Object.entries(chunk.modules ?? {})) {
            const inside = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/').replace(/^\0/, ''));
            if (inside === null || module.renderedLength === 0) continue;
            const folder = inside[0];
            if (!found.has(folder)) found.set(folder, new Set());
            found.get(folder).add(target);
          }
        }
      },
    });
    for (const config of BUNDLES[target]) {
      await build({
        configFile: inRoot(config),
        logLevel: 'error',
        plugins: [recorder()],
        worker: { plugins: () => [recorder()] },
        build: { write: false },
      });
    }
  }
  return [...found]
    .map(([folder, where]) => ({ ...readPackage(folder), where: [...where].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((f) => /^(licen[cs]e|copying)(\.|$)/i.test(f));
  return { name, version, licence: license, text: file && readFileSync(join(folder, file), 'utf8').trim() };
}

/** The notices that go with every copy. */
export const notices = (packages) =>
  [
    'otascope contains code of these packages, under their own terms.',
    ...packages.map((p) => `${'='.repeat(72)}\n${p.name} ${p.version} (${p.licence})\n\n${p.text}`),
    '',
  ].join('\n\n');

/** Every lock file of the project: its name, package.json and content. */
export const lockFiles = () =>
  ['.', 'packaging'].map((folder) => {
    const read = (file) => JSON.parse(readFileSync(inRoot(folder, file), 'utf8'));
    return { name: join(folder, 'package-lock.json'), manifest: read('package.json'), lock: read('package-lock.json') };
  });

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const faults = lockFiles().flatMap((l) => faultsOfLock(l.name, l.manifest, l.lock));
  const shipped = existsSync(inRoot('node_modules', 'vite')) ? await shippedPackages() : [];
  faults.push(...faultsOfShipped(shipped));
  for (const p of shipped) say(`  ${p.name} ${p.version}  ${p.licence}  in ${p.where.join(', ')}`);
  for (const sentence of faults) say(sentence);
  const count = lockFiles().reduce((n, l) => n + locked(l.lock).length, 0);
  say(`${shipped.length} packages shipped, ${count} locked, ${faults.length} faults`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

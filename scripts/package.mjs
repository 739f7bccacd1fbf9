// npm run package [-- --linux|--win|--mac ...]: lays out what is given away, then has electron-builder make installers.
// Two layouts, each whole and with no file for development: the window (dist/package/app), the command (dist/package/npm).

import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeIcons } from './icons.mjs';
import { fail, inRoot, npm, runNode, say } from './lib.mjs';
import { lockFiles, notices, shippedPackages } from './licences.mjs';
import { writeBom } from './sbom.mjs';
import { setup } from './setup.mjs';

const manifest = () => lockFiles()[0].manifest;

/** What both say of themselves: no scripts, no dependencies (all is in the bundles), nothing private. */
function common() {
  const { name, version, description, license, type, engines } = manifest();
  return { name, version, description, license, type, engines };
}

/** Each layout: its package.json, the folders of dist/ it takes, and other files of the checkout. */
export const LAYOUTS = {
  app: {
    manifest: () => {
      const { engines: _, ...rest } = common();
      return { ...rest, author: 'otascope maintainers', main: 'dist/electron/main.js' };
    },
    folders: ['electron', 'ui'],
    files: ['LICENSE'],
  },
  npm: {
    manifest: () => ({
      ...common(),
      keywords: ['wap', 'oma', 'provisioning', 'wbxml', 'sms', 'pcap'],
      bin: { otascope: 'dist/cli/otascope.js' },
      files: ['dist/', 'THIRD-PARTY.txt', 'CHANGELOG.md'],
    }),
    folders: ['cli', 'ui'],
    files: ['LICENSE', 'README.md', 'CHANGELOG.md'],
  },
};

/** Lays one out in `folder`, from the built dist/. `shipped`: as shippedPackages() gives it. */
export function layOut(name, folder, shipped) {
  const layout = LAYOUTS[name];
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'dist'), { recursive: true });
  for (const part of layout.folders) {
    if (!existsSync(inRoot('dist', part))) fail(`dist/${part} is not built: run 'npm run setup' first.`);
    cpSync(inRoot('dist', part), join(folder, 'dist', part), { recursive: true });
  }
  for (const file of layout.files) cpSync(inRoot(file), join(folder, file));
  const inside = shipped.filter((p) => p.where.some((w) => layout.folders.includes(w)));
  writeFileSync(join(folder, 'THIRD-PARTY.txt'), notices(inside));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(layout.manifest(), null, 2)}\n`);
}

/** Both, and the list of what they are made of. */
export async function layOutAll() {
  await setup();
  const shipped = await shippedPackages();
  for (const name of Object.keys(LAYOUTS)) layOut(name, inRoot('dist', 'package', name), shipped);
  writeIcons(inRoot('dist', 'package', 'resources'));
  writeBom(inRoot('dist', 'package', 'otascope.cdx.json'), shipped);
  return shipped;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const args = process.argv.slice(2);
  await layOutAll();
  say('dist/package/app, dist/package/npm and dist/package/otascope.cdx.json are laid out');
  if (!args.includes('--lay-out-only')) {
    const builder = inRoot('packaging', 'node_modules', 'electron-builder', 'cli.js');
    if (!existsSync(builder)) {
      const status = npm([
        'ci',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        '--prefix',
        'packaging',
      ]);
      if (status !== 0) fail('electron-builder could not be installed; the reason is above.', status);
    }
    // It fetches Electron's binary and its own tools: on a machine that may reach nothing it ends here, with its reason.
    process.exitCode = await runNode(builder, [
      '--config',
      'packaging/electron-builder.json',
      '--publish',
      'never',
      ...args,
    ]);
  }
}

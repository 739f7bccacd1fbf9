// Packs the app into a stand-in for Electron's distribution, to see what electron-builder really makes of our settings:
// the archive with its files and digests, the fuses burnt in, the languages left. Only the binary is not the real one.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, runNode } from './lib.mjs';

/** Marks the fuses in Electron's binary; then come a version, how many there are, and one character for each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** In the order of the wire (@electron/fuses, FuseV1Options). */
const WIRE = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
];

/** As Electron ships them. */
const AS_SHIPPED = '10110001';

function standIn(folder) {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  const binary = [
    Buffer.alloc(64),
    Buffer.from(SENTINEL),
    Buffer.from([1, AS_SHIPPED.length]),
    Buffer.from(AS_SHIPPED),
  ];
  writeFileSync(join(folder, 'electron'), Buffer.concat([...binary, Buffer.alloc(64)]), { mode: 0o755 });
  for (const language of ['en-US', 'en-GB', 'de', 'ja']) writeFileSync(join(folder, 'locales', `${language}.pak`), 'x');
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'version', 'chrome-sandbox']) {
    writeFileSync(join(folder, file), 'x');
  }
}

/** Files of an archive, which is sizes, their list as JSON, and their octets: path, size, octets and the digest that its list has for them. */
export function readArchive(path) {
  const octets = readFileSync(path);
  const { files } = JSON.parse(octets.subarray(16, 16 + octets.readUInt32LE(12)).toString('utf8'));
  const data = 8 + octets.readUInt32LE(4);
  const out = [];
  const walk = (folder, at) => {
    for (const [name, entry] of Object.entries(folder)) {
      if (entry.files !== undefined) walk(entry.files, `${at}${name}/`);
      else {
        const from = data + Number(entry.offset);
        const bytes = entry.unpacked ? undefined : octets.subarray(from, from + entry.size);
        out.push({ path: at + name, size: entry.size, bytes, digest: entry.integrity?.hash });
      }
    }
  };
  walk(files, '');
  return out.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Fuse -> whether it is on, as burnt into a binary. */
export function readFuses(binary) {
  const octets = readFileSync(binary);
  const at = octets.indexOf(SENTINEL) + SENTINEL.length + 2;
  return Object.fromEntries(WIRE.map((fuse, n) => [fuse, octets[at + n] === 0x31]));
}

/** Resolves to what was made; undefined where electron-builder is not installed. `files`: of the laid out app. */
export async function trial(fuses, files) {
  const builder = inRoot('packaging', 'node_modules', 'electron-builder', 'cli.js');
  if (!existsSync(builder)) return undefined;
  const at = inRoot('dist', 'package', 'trial');
  rmSync(at, { recursive: true, force: true });
  standIn(join(at, 'electron'));
  const args = ['--config', 'packaging/electron-builder.json', '--publish', 'never', '--linux', 'dir', '--x64'];
  const own = [`-c.electronDist=${join(at, 'electron')}`, `-c.directories.output=${join(at, 'out')}`];
  const status = await runNode(builder, [...args, ...own]);
  if (status !== 0)
    return { archive: [], faults: [`electron-builder ended with status ${status}; its words are above.`] };

  const app = join(at, 'out', 'linux-unpacked');
  const archive = readArchive(join(app, 'resources', 'app.asar'));
  const faults = [];
  const inside = new Set(archive.map((f) => f.path));
  const wanted = new Set(files.map((f) => f.path));
  for (const path of inside) if (!wanted.has(path)) faults.push(`app.asar: ${path} does not belong there.`);
  for (const path of wanted) if (!inside.has(path)) faults.push(`app.asar: ${path} is missing.`);
  for (const f of archive) {
    const is = f.bytes && createHash('sha256').update(f.bytes).digest('hex');
    if (f.digest === undefined || is !== f.digest) faults.push(`app.asar: ${f.path} has no digest, or another's.`);
  }
  const burnt = readFuses(join(app, 'otascope-desktop'));
  for (const [fuse, value] of Object.entries(fuses)) {
    if (burnt[fuse] !== value) faults.push(`The fuse ${fuse} was burnt in as ${burnt[fuse]}, not ${value}.`);
  }
  const languages = readdirSync(join(app, 'locales'));
  if (String(languages) !== 'en-US.pak') faults.push(`Languages that are shipped: ${languages.join(', ')}.`);
  const beside = readdirSync(join(app, 'resources')).filter((f) => f !== 'app.asar');
  if (beside.length > 0) faults.push(`Beside the archive lies ${beside.join(', ')}.`);
  return { archive, faults };
}

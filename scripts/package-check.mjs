// npm run package:check: all that can be known of the packages without Electron's binary.

import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot, say } from './lib.mjs';
import { faultsOfShipped } from './licences.mjs';
import { LAYOUTS, layOutAll } from './package.mjs';
import { trial } from './package-trial.mjs';

/** What each fuse of the shipped binary has to be; another value or a missing one is a fault. */
export const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

/** MiB of each layout: a file too many is noticed. */
const LIMIT = { app: 12, npm: 12 };

/** Kinds of files that are opened with otascope. */
export const EXTENSIONS = ['cap', 'pcap', 'pcapng', 'pdu', 'wbxml'];

/** One sentence for each thing in electron-builder's configuration that would ship something unsafe or unwanted. */
export function faultsOfConfig(config, electronVersion) {
  const faults = [];
  const want = (ok, sentence) => ok || faults.push(sentence);
  for (const [fuse, value] of Object.entries(FUSES)) {
    const is = config.electronFuses?.[fuse];
    want(is === value, `The fuse ${fuse} is ${is}, not ${value}.`);
  }
  want(config.asar === true, 'The app is not in an archive, so its integrity can not be checked.');
  want(config.disableAsarIntegrity !== true, 'The archive would have no integrity digest.');
  want(config.asarUnpack === undefined, 'Files outside the archive are not covered by its integrity.');
  want(config.extraResources === undefined && config.extraFiles === undefined, 'Files are added beside the archive.');
  want(config.publish === null, 'Something would be published.');
  want(
    config.electronVersion === electronVersion,
    `Electron ${config.electronVersion} is not the tested ${electronVersion}.`,
  );
  // By one name there and by another here; 'en' alone would keep every English on Linux and Windows.
  const languages = ['linux', 'win', 'mac'].map((system) => config[system]?.electronLanguages);
  want(
    JSON.stringify(languages) === '[["en-US"],["en-US"],["en"]]',
    'Languages would be shipped that the page has not.',
  );
  want(config.mac?.hardenedRuntime === true, 'The hardened runtime of macOS is off.');
  want(config.nsis?.perMachine === true, 'Windows knows file kinds only of apps that are installed for the machine.');
  const kinds = (config.fileAssociations ?? []).flatMap((a) => a.ext).sort();
  want(String(kinds) === String(EXTENSIONS), `Opened with otascope are ${kinds.join(', ')}.`);
  return faults;
}

/** What electron-builder takes an app's icons from; without them every system shows Electron's own. */
const ICONS = ['icon.icns', 'icon.ico', 'icons/512x512.png'];

export const faultsOfIcons = (folder) =>
  ICONS.filter((name) => !existsSync(join(folder, name))).map((name) => `The icon ${name} is missing.`);

/** Files of a folder with their sizes, sorted. */
export function filesOf(folder) {
  const out = [];
  const walk = (at) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) walk(path);
      else
        out.push({
          path: relative(folder, path).split(sep).join('/'),
          size: lstatSync(path).size,
          link: entry.isSymbolicLink(),
        });
    }
  };
  walk(folder);
  return out.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const MAY_BE = {
  app: /^(package\.json|LICENSE|THIRD-PARTY\.txt|dist\/electron\/(main\.js|engine\.js|preload\.cjs|\w+-worker\.js|chunks\/[\w.-]+\.js)|dist\/ui\/.+)$/,
  npm: /^(package\.json|LICENSE|THIRD-PARTY\.txt|README\.md|CHANGELOG\.md|dist\/cli\/(otascope\.js|[\w-]+\.js|chunks\/[\w.-]+\.js)|dist\/ui\/.+)$/,
};
const OF_THE_PAGE = /^dist\/ui\/(index\.html|assets\/[\w.-]+\.(js|css|svg|png|woff2)|samples\/[\w.-]+)$/;

/** What is wrong with a layout: files that do not belong there, or that are missing. */
export function faultsOfLayout(name, folder) {
  const files = filesOf(folder);
  const faults = [];
  for (const f of files) {
    const fits = MAY_BE[name].test(f.path) && (!f.path.startsWith('dist/ui/') || OF_THE_PAGE.test(f.path));
    if (!fits) faults.push(`${name}: ${f.path} does not belong there.`);
    if (f.link) faults.push(`${name}: ${f.path} is a link.`);
    if (/\.(js|cjs|html|css|json|md|txt)$/.test(f.path) && !f.path.includes('/samples/')) {
      const text = readFileSync(join(folder, f.path), 'utf8');
      if (text.includes(inRoot())) faults.push(`${name}: ${f.path} names a folder of this machine.`);
      if (/\/\/[#@] sourceMappingURL=/.test(text)) faults.push(`${name}: ${f.path} points to its sources.`);
    }
  }
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const key of ['private', 'scripts', 'dependencies', 'devDependencies']) {
    if (manifest[key] !== undefined) faults.push(`${name}: package.json has '${key}'.`);
  }
  for (const entry of [manifest.main, ...Object.values(manifest.bin ?? {})]) {
    if (entry !== undefined && !existsSync(join(folder, entry))) faults.push(`${name}: ${entry} is not there.`);
  }
  const size = files.reduce((n, f) => n + f.size, 0);
  if (size > LIMIT[name] * 2 ** 20)
    faults.push(`${name}: ${(size / 2 ** 20).toFixed(1)} MiB is more than ${LIMIT[name]}.`);
  return { files, size, faults };
}

/** Against electron-builder's own schema, where it is installed; undefined where it is not. */
export async function faultsOfSchema(config) {
  const schema = inRoot('packaging', 'node_modules', 'app-builder-lib', 'scheme.json');
  if (!existsSync(schema)) return undefined;
  const { default: Ajv } = await import('ajv');
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));
  if (validate(config)) return [];
  return validate.errors.map((e) => `electron-builder.json${e.instancePath} ${e.message}.`);
}

export const builderConfig = () => JSON.parse(readFileSync(inRoot('packaging', 'electron-builder.json'), 'utf8'));

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const shipped = await layOutAll();
  const { devDependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const config = builderConfig();
  const faults = [
    ...faultsOfConfig(config, devDependencies.electron),
    ...faultsOfShipped(shipped),
    ...faultsOfIcons(inRoot(config.directories.buildResources)),
  ];
  for (const name of Object.keys(LAYOUTS)) {
    const seen = faultsOfLayout(name, inRoot('dist', 'package', name));
    faults.push(...seen.faults);
    say(`dist/package/${name}: ${seen.files.length} files, ${(seen.size / 2 ** 20).toFixed(2)} MiB`);
    for (const f of seen.files) say(`  ${String(f.size).padStart(9)}  ${f.path}`);
  }
  say('fuses:');
  for (const [fuse, value] of Object.entries(config.electronFuses)) say(`  ${value ? 'on ' : 'off'} ${fuse}`);
  say(`licences: ${shipped.map((p) => `${p.name} ${p.licence}`).join(', ')}`);
  const schema = await faultsOfSchema(config);
  if (schema === undefined) {
    say('NOT CHECKED against the schema of electron-builder: npm ci --ignore-scripts --prefix packaging installs it.');
  } else faults.push(...schema);
  const tried = await trial(FUSES, filesOf(inRoot('dist', 'package', 'app')));
  if (tried === undefined) say('NOT TRIED with electron-builder: the archive, its digests, the fuses as burnt in.');
  else {
    faults.push(...tried.faults);
    const size = tried.archive.reduce((n, f) => n + f.size, 0);
    say(
      `app.asar: ${tried.archive.length} files, ${(size / 2 ** 20).toFixed(2)} MiB, each with its digest; fuses burnt in`,
    );
  }
  say("NOT CHECKED without Electron's binary: that it starts from the archive, the installers, signatures.");
  for (const sentence of faults) say(sentence);
  say(faults.length === 0 ? 'the packages can be made' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

// npm run sbom: what otascope is made of, as CycloneDX 1.6. The same tree gives the same octets: no clock, no chance.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot, say } from './lib.mjs';
import { locked, lockFiles, shippedPackages } from './licences.mjs';

const purl = (name, version) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

const hashOf = (integrity) => ({
  alg: 'SHA-512',
  content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex'),
});

const licenceOf = (expression) => [
  / (OR|AND) /.test(expression)
    ? { expression }
    : { license: /^BSD(-3)?$/.test(expression) ? { name: expression } : { id: expression } },
];

/**
 * `shipped` as shippedPackages() gives it, `lock` the project's lock file. What is in a bundle is required, Electron too,
 * which the desktop app carries as a whole; what only builds or tests is excluded.
 */
export function bom(manifest, lock, shipped) {
  const inBundles = new Map(shipped.map((p) => [`${p.name}@${p.version}`, p.where]));
  const seen = new Set();
  const components = [];
  for (const p of locked(lock)) {
    const id = `${p.name}@${p.version}`;
    if (seen.has(id)) continue;
    seen.add(id);
    const where = inBundles.get(id) ?? (p.name === 'electron' ? ['desktop app'] : undefined);
    components.push({
      type: p.name === 'electron' ? 'framework' : 'library',
      'bom-ref': purl(p.name, p.version),
      name: p.name,
      version: p.version,
      scope: where === undefined ? 'excluded' : 'required',
      hashes: [hashOf(p.integrity)],
      licenses: licenceOf(p.license),
      purl: purl(p.name, p.version),
      ...(where === undefined ? {} : { properties: where.map((value) => ({ name: 'otascope:part', value })) }),
    });
  }
  components.sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
  const root = purl(manifest.name, manifest.version);
  const required = components.filter((c) => c.scope === 'required').map((c) => c['bom-ref']);
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': root,
        name: manifest.name,
        version: manifest.version,
        description: manifest.description,
        licenses: [{ license: { id: manifest.license } }],
        purl: root,
      },
    },
    components,
    dependencies: [{ ref: root, dependsOn: required }],
  };
}

/** Writes it and returns it. */
export function writeBom(path, shipped) {
  const { manifest, lock } = lockFiles()[0];
  const made = bom(manifest, lock, shipped);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const path = inRoot('dist', 'package', 'otascope.cdx.json');
  const made = writeBom(path, await shippedPackages());
  const required = made.components.filter((c) => c.scope === 'required').length;
  say(`dist/package/otascope.cdx.json: ${made.components.length} components, ${required} of them shipped`);
}

// npm run audit: known vulnerabilities of everything in the lock files, each fixed or argued in audit-accepted.json.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot, say } from './lib.mjs';
import { locked, lockFiles } from './licences.mjs';

/** [{ id, package, why, until }]: advisories that were looked at and do not concern us, each until a day. */
export const accepted = () => JSON.parse(readFileSync(inRoot('scripts', 'audit-accepted.json'), 'utf8'));

/**
 * Reads what `npm audit --json` printed. `checked` is false when the registry did not answer, which is no pass and no
 * failure. `faults`: one sentence for each advisory that nobody argued, and for each argument that is out of date.
 */
export function readAudit(text, arguedFor, today) {
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    return { checked: false, reason: 'npm audit printed no report', faults: [] };
  }
  if (report.vulnerabilities === undefined) {
    return { checked: false, reason: String(report.message ?? report.error?.summary ?? 'no report'), faults: [] };
  }
  const seen = new Map();
  for (const v of Object.values(report.vulnerabilities)) {
    for (const a of v.via) {
      // A name instead of an advisory: the way down to it, told at the package it is about.
      if (typeof a === 'string') continue;
      const id = /GHSA(-\w{4}){3}/.exec(a.url ?? '')?.[0] ?? String(a.source);
      seen.set(`${id} ${a.name}`, { id, package: a.name, severity: a.severity, title: a.title, range: a.range });
    }
  }
  const faults = [];
  for (const a of seen.values()) {
    const argument = arguedFor.find((x) => x.id === a.id && x.package === a.package);
    const it = `${a.package} (${a.range}): ${a.title} [${a.severity}, ${a.id}]`;
    if (argument === undefined) faults.push(`${it}: update it, or argue in scripts/audit-accepted.json.`);
    else if (argument.until < today) faults.push(`${it}: was accepted until ${argument.until}; look at it again.`);
  }
  return { checked: true, reason: '', faults };
}

/**
 * Advisories that are known by heart: a floor under the lock files where nobody answers. [{ id, package, fixed, what }]:
 * versions of a major with a fix are affected below it, older majors altogether, newer ones not.
 */
export const known = () => JSON.parse(readFileSync(inRoot('scripts', 'advisories.json'), 'utf8'));

const parts = (version) => version.split('-')[0].split('.').map(Number);

const isBelow = (a, b) => {
  const n = a.findIndex((part, i) => part !== b[i]);
  return n >= 0 && a[n] < b[n];
};

/** Whether a version is one that the advisory is about. */
export function affects({ fixed }, version) {
  const own = parts(version);
  const fixes = fixed.map(parts);
  const inMajor = fixes.find(([major]) => major === own[0]);
  return inMajor === undefined
    ? isBelow(own, fixes[0]) || fixes.slice(1).some((f) => own[0] < f[0] && own[0] > fixes[0][0])
    : isBelow(own, inMajor);
}

/** One sentence for each locked version that is below what is known to be mended. */
export const faultsByHeart = (packages, advisories) =>
  packages.flatMap((p) =>
    advisories
      .filter((a) => a.package === p.name && affects(a, p.version))
      .map((a) => `${p.name} ${p.version}: ${a.what} [${a.id}, mended in ${a.fixed.join(', ')}]: update it.`),
  );

function npmAudit(folder) {
  const args = ['audit', '--json', '--audit=true', '--package-lock-only', '--fetch-retries=0', '--fetch-timeout=20000'];
  const cli = process.env.npm_execpath;
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 };
  return cli !== undefined && /npm-cli\.c?js$/.test(cli)
    ? spawnSync(process.execPath, [cli, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const today = new Date().toISOString().slice(0, 10);
  let failed = 0;
  for (const { name, lock } of lockFiles()) {
    const { checked, reason, faults } = readAudit(npmAudit(join(inRoot(), dirname(name))).stdout, accepted(), today);
    faults.push(...faultsByHeart(locked(lock), known()));
    if (!checked) {
      process.stdout.write(
        `NOT CHECKED for known vulnerabilities, but for the ${known().length} known by heart: ${name}. ${reason.split('\n')[0]}\n`,
      );
    }
    say(`${name}: ${faults.length} advisories that nobody argued`);
    for (const sentence of faults) say(`${name}: ${sentence}`);
    failed += faults.length;
  }
  process.exitCode = failed > 0 ? 1 : 0;
}

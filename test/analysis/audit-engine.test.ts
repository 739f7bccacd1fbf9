// The review over whole captures: what it finds, what it leaves alone, and how a page asks for it.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import type { AuditResult } from '../../analysis/audit/audit.ts';
import { auditLoaded } from '../../analysis/engine/audit.ts';
import { createFlows } from '../../analysis/engine/flowsof.ts';
import { scan } from '../../analysis/engine/scan.ts';
import { createSession, type Session } from '../../analysis/engine/session.ts';
import { fromBytes } from '../../captures/source.ts';
import { readRequest } from '../../cli/host/requests.ts';
import { otascope } from '../cli/terminal.ts';
import { fileSource, root } from '../support/shared.ts';
import { absent } from './shared.ts';

const samples = join(root, 'captures', 'samples');
const sample = (name: string) => fileSource(join(samples, name));

async function reviewOf(path: string, tryPins = false): Promise<AuditResult> {
  const { loaded } = await scan([fileSource(path)], { keys: { imsi: [], pin: [] } });
  return auditLoaded(loaded, { flows: createFlows(loaded), tryPins });
}

const serious = (r: AuditResult): string =>
  [...new Set(r.findings.filter((f) => f.severity === 'critical' || f.severity === 'high').map((f) => f.rule.code))]
    .map((c) => c.slice(4))
    .sort()
    .join(' ');

describe('an evening of phishing', () => {
  const reviewed = reviewOf(join(samples, 'phishing-evening.pcap'));
  test('what it is, from the most serious on', async () => {
    const r = await reviewed;
    expect(r.headline).toMatch(/^Somebody could take over a phone: \d+ serious problems\.$/);
    expect(serious(r).split(' ')).toEqual(
      expect.arrayContaining([
        'DM-UNPROTECTED',
        'DOWNGRADE',
        'LOOK-ALIKE',
        'MANY-VICTIMS',
        'PIN-BY-SMS',
        'TAKEOVER-PROXY',
      ]),
    );
  });
  test('the text with the PIN is named by frame and time, never by its number', async () => {
    const f = (await reviewed).findings.find((x) => x.rule.code === 'AUD-PIN-BY-SMS')!;
    expect(f.text).toBe(
      'A text message to the same phone gave away the PIN that the MAC was made with, 6 s before the settings, by the same sender.',
    );
    expect(f.evidence[0]).toMatchObject({ message: null, what: 'the text with the number' });
    expect(f.evidence[0]!.frames.length).toBe(1);
    expect(JSON.stringify(await reviewed)).not.toContain('4711');
  });
  test('who sent, and to whom', async () => {
    const { senders, victims } = await reviewed;
    expect(senders.map((s) => [s.name, s.type, s.messages, s.victims])).toEqual([
      ['Operator', 'name', 6, 5],
      ['+4915550100399', 'number', 1, 1],
      ['32100', 'code', 1, 1],
    ]);
    expect(victims.map((v) => [v.name, v.arrived, v.worst])).toEqual([
      ['+4915550100310', 4, 'critical'],
      ...[311, 312, 313, 314].map((n) => [`+4915550100${n}`, 1, 'high']),
    ]);
  });
});

describe('samples without an attack in them', () => {
  /** What of the other samples is serious, and rightly so. */
  const SERIOUS: Readonly<Record<string, string>> = {
    'unsigned-hijack.pcap': 'UNAUTHENTICATED',
    // The MAC is lost between two hops: the phone gets settings without one.
    'pap-mac-lost.pcap': 'UNAUTHENTICATED',
  };
  const calm = [
    'netwpin-welcome.pcap',
    'mixed-day.pcapng',
    'modem-log.log',
    'map-phone-off.pcap',
    'sgd-absent.pcap',
    'card-bootstrap.pcap',
    'throttled-retry.pcap',
    'usernetwpin-second-try.pcap',
    'userpin-altered.pcap',
    'modem-retry.pcap',
    'netwpin-ascii-imsi.pcap',
    'part-missing.pcap',
    'wtp-confirmed-push.pcap',
  ];
  test.each([...calm, ...Object.keys(SERIOUS)])('%s', async (name) => {
    expect(serious(await reviewOf(join(samples, name)))).toBe(SERIOUS[name] ?? '');
  });
});

describe('recorded captures', () => {
  /** All that is serious in them; each was looked at and is what the capture was made to show. */
  const SERIOUS: Readonly<Record<string, string>> = {
    'cont-ipfrag-udp': 'UNAUTHENTICATED',
    'fail-mac': 'DOWNGRADE MAC-COPIED SEC-WITHOUT-MAC UNAUTHENTICATED',
    'kannel-pap-cp-sms': 'UNAUTHENTICATED',
    'kannel-udp-confirmed': 'UNAUTHENTICATED',
    'kannel-udp-confirmed-retransmit': 'UNAUTHENTICATED',
    'kannel-udp-connectionless': 'UNAUTHENTICATED',
    // Phones submit the settings.
    'sigtran-mo-fsm': 'FROM-PHONE',
  };
  const folder = join(root, '..', 'shared', 'captures');
  const names = existsSync(folder) ? readdirSync(folder).filter((n) => /\.pcap(ng)?(\.|$)/.test(n)) : [];
  if (names.length === 0) absent('captures', 'all');
  else {
    test('ordinary settings do not scream', { timeout: 60_000 }, async () => {
      const found: Record<string, string> = {};
      for (const n of names) {
        const what = serious(await reviewOf(join(folder, n)));
        if (what !== '') found[n.replace(/\.pcap.*/, '')] = what;
      }
      expect(found).toEqual(SERIOUS);
    });
  }
});

describe('trying PINs', () => {
  test('only when asked, and it says how many guesses it took', async () => {
    const path = join(samples, 'throttled-retry.pcap');
    const codes = (r: AuditResult) => r.findings.map((f) => f.rule.code);
    expect(codes(await reviewOf(path))).not.toContain('AUD-PIN-GUESSED');
    const r = await reviewOf(path, true);
    expect(codes(r)).toContain('AUD-PIN-GUESSED');
    expect(r.findings.find((f) => f.rule.code === 'AUD-PIN-GUESSED')!.text).toMatch(/after \d+ guesses/);
    expect(JSON.stringify(r)).not.toContain('8642');
  });
  test('it can be stopped', async () => {
    const { loaded } = await scan([sample('userpin-altered.pcap')], { keys: { imsi: [], pin: [] } });
    const signal = { aborted: false };
    let pauses = 0;
    const r = await auditLoaded(loaded, {
      flows: createFlows(loaded),
      tryPins: true,
      signal,
      pause() {
        pauses += 1;
        signal.aborted = pauses > 2;
      },
    });
    expect(pauses).toBeLessThan(6);
    expect(r.findings.map((f) => f.rule.code)).not.toContain('AUD-PIN-GUESSED');
  });
});

describe('as a page asks', () => {
  async function opened(...names: string[]): Promise<Session> {
    const session = createSession({ open: () => Promise.reject(new Error('no')), samples: async () => [] });
    await session.openSources(names.map(sample));
    return session;
  }
  test('a summary, and rows in pages', async () => {
    const session = await opened('phishing-evening.pcap');
    const summary = await session.request({ op: 'audit' });
    expect(structuredClone(summary)).toEqual(summary);
    expect(summary.state).toBe('ready');
    expect(summary.groups[0]).toMatchObject({ code: 'AUD-DM-UNPROTECTED', severity: 'critical', findings: 1 });
    const all = await session.request({ op: 'auditRows', table: 'findings', from: 0, count: 200 });
    expect(structuredClone(all)).toEqual(all);
    expect(all.total).toBe(Object.values(summary.bySeverity).reduce((a, b) => a + b));
    const second = await session.request({ op: 'auditRows', table: 'findings', from: 1, count: 1 });
    expect(second.findings).toEqual([all.findings[1]]);
    const one = await session.request({
      op: 'auditRows',
      table: 'findings',
      from: 0,
      count: 9,
      code: 'AUD-LOOK-ALIKE',
    });
    expect(one.findings.map((f) => f.code)).toEqual(['AUD-LOOK-ALIKE']);
    const victims = await session.request({ op: 'auditRows', table: 'victims', from: 3, count: 200 });
    expect([victims.total, victims.victims.length]).toEqual([5, 2]);
  });
  test('evidence leads to octets that are there', async () => {
    const session = await opened('phishing-evening.pcap');
    const { findings } = await session.request({ op: 'auditRows', table: 'findings', from: 0, count: 200 });
    let seen = 0;
    for (const e of findings.flatMap((f) => f.evidence)) {
      if (e.message === null || e.range === null) continue;
      const { bytes } = await session.request({ op: 'bytes', message: e.message, buffer: e.range.buffer });
      expect(e.range.start + e.range.length).toBeLessThanOrEqual(bytes.length);
      seen += 1;
    }
    expect(seen).toBeGreaterThan(20);
    const server = findings.find((f) => f.code === 'AUD-DM-UNPROTECTED')!.evidence[0]!;
    const { bytes } = await session.request({ op: 'bytes', message: server.message!, buffer: 'body' });
    const text = new TextDecoder().decode(
      bytes.subarray(server.range!.start, server.range!.start + server.range!.length),
    );
    expect(text).toContain('http://dm.mobi1e.example/');
  });
  test('keys make another judgement', async () => {
    const session = await opened('usernetwpin-second-try.pcap');
    const severities = async () => (await session.request({ op: 'audit' })).groups.map((g) => g.code);
    expect(await severities()).not.toContain('AUD-MAC-WRONG');
    await session.request({ op: 'keys', keys: { imsi: ['001010000000041'], pin: ['7319'] } });
    expect(await severities()).toContain('AUD-MAC-WRONG');
  });
  test('trying, and stopping', async () => {
    const session = await opened('throttled-retry.pcap');
    const tried = await session.request({ op: 'audit', pins: 'try' });
    expect([tried.triedPins, tried.groups.map((g) => g.code).includes('AUD-PIN-GUESSED')]).toEqual([true, true]);
    expect((await session.request({ op: 'audit' })).triedPins).toBe(true);
    expect((await session.request({ op: 'audit', pins: 'stop' })).triedPins).toBe(false);
  });
  test('what a carrier lets through', () => {
    const ask = (r: object) => 'error' in readRequest(r, { path: () => false });
    expect(ask({ op: 'audit' })).toBe(false);
    expect(ask({ op: 'audit', pins: 'all' })).toBe(true);
    expect(ask({ op: 'auditRows', table: 'findings', from: 0, count: 5, severity: 'high' })).toBe(false);
    expect(ask({ op: 'auditRows', table: 'messages', from: 0, count: 5 })).toBe(true);
  });
});

test('a capture that breaks off is not called clean without a word', async () => {
  const whole = readFileSync(join(samples, 'netwpin-welcome.pcap'));
  const cut = fromBytes('cut.pcap', new Uint8Array(whole.subarray(0, 2000)));
  const { loaded } = await scan([cut], { keys: { imsi: [], pin: [] } });
  const r = await auditLoaded(loaded, { flows: createFlows(loaded) });
  expect(r.notCheckable).toContain('cut.pcap breaks off: what came after that is not known.');
});

describe('otascope audit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otascope-audit-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const evening = join(samples, 'phishing-evening.pcap');
  const quiet = join(samples, 'netwpin-welcome.pcap');

  test('text begins with the verdict', async () => {
    const { code, out, err } = await otascope(['audit', evening]);
    expect([code, err]).toEqual([0, '']);
    expect(out.startsWith('Somebody could take over a phone')).toBe(true);
    expect(out).toContain('Senders');
    expect(out).toContain('Could not be checked');
  });
  test('JSON obeys the schema it prints; CSV has a line a finding', async () => {
    const validate = new Ajv({ strict: false }).compile(JSON.parse((await otascope(['audit', '--schema'])).out));
    const { out } = await otascope(['audit', evening, quiet, '--json']);
    const report = JSON.parse(out);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    const csv = (await otascope(['audit', evening, quiet, '--csv'])).out.trimEnd().split('\r\n');
    expect(csv.length).toBe(report.findings.length + 1);
  });
  test('--fail-on', async () => {
    const status = async (file: string, least: string) => (await otascope(['audit', file, '--fail-on', least])).code;
    expect(await status(evening, 'critical')).toBe(1);
    expect(await status(quiet, 'high')).toBe(0);
    expect(await status(quiet, 'low')).toBe(1);
    expect(await status(quiet, 'severe')).toBe(2);
  });
  test('--redact leaves no number', async () => {
    const { out } = await otascope(['audit', evening, '--json', '--redact']);
    expect(out).not.toMatch(/4915550100\d/);
    expect(out).toContain('number-1');
  });
  test('what can not be read is status 3, the rest is reviewed', async () => {
    const bad = join(folder, 'x.png');
    writeFileSync(bad, readFileSync(quiet).subarray(0, 3));
    const { code, out } = await otascope(['audit', quiet, bad]);
    expect(code).toBe(3);
    expect(out).toContain('Nothing looks like an attack');
  });
});

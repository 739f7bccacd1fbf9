// Servers and senders of the reviewer's own: what they make milder, and what they do not.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isInNetwork, parseNetwork } from '../../analysis/audit/cidr.ts';
import type { SceneMessage } from '../../analysis/audit/examples.ts';
import { knownLines, NOTHING_KNOWN, parseKnown } from '../../analysis/audit/known.ts';
import { otascope } from '../cli/terminal.ts';
import { root } from '../support/shared.ts';
import { review } from './audit-scene.ts';

describe('entries', () => {
  test('comments and white space are left out', () => {
    const text = '\uFEFF# ours\r\n mobile.example  # all of it\r\n\r\n#32100\r\n+49155#1\n';
    expect(knownLines(text)).toEqual(['mobile.example', '+49155#1']);
  });

  test('a name covers what is below it, a single label only itself', () => {
    const networks = ['192.0.2.080', '198.51.100.0/24', '2001:db8::/33'];
    const k = parseKnown(['Mobile.Example', '*.other.example', 'gateway', ...networks]);
    const ours = ['mobile.example', 'mms.mobile.example', 'a.other.example', 'gateway', '192.0.2.80', '198.51.100.7'];
    expect(ours.filter((h) => !k.server(h))).toEqual([]);
    expect(k.server('2001:db8:7fff::1')).toBe(true);
    const others = ['notmobile.example', 'mobile.example.evil.test', 'a.gateway', '192.0.2.81', '198.51.101.7', ''];
    expect(others.filter((h) => k.server(h))).toEqual([]);
    expect(k.server('2001:db8:8000::1')).toBe(false);
  });

  test('senders with and without a plus, in any case', () => {
    const k = parseKnown(['+4915550100310', 'Operator']);
    expect([k.sender('4915550100310'), k.sender('OPERATOR'), k.sender('Operator 2')]).toEqual([true, true, false]);
  });

  test('what can be no entry is named by its number', () => {
    expect(() => parseKnown(['a.example', 'https://b.example/'])).toThrow('entry 2 is no network');
    expect(() => parseKnown(['192.0.2.0/33'])).toThrow('entry 1 is no network');
    expect(() => parseKnown(['x'.repeat(254)])).toThrow('entry 1 has more than 253 characters');
    expect(() => parseKnown(Array(1001).fill('a'))).toThrow('more than 1000');
  });

  for (const { network, inside, outside } of [
    { network: '192.0.2.128/25', inside: '192.0.2.255', outside: '192.0.2.127' },
    { network: '0.0.0.0/0', inside: '203.0.113.9', outside: '2001:db8::1' },
    { network: '::ffff:192.0.2.0/120', inside: '::ffff:192.0.2.9', outside: '192.0.2.9' },
    { network: '2001:db8::1', inside: '2001:0DB8:0:0:0:0:0:1', outside: '2001:db8::2' },
  ]) {
    test(`network ${network}`, () => {
      const n = parseNetwork(network)!;
      expect([isInNetwork(inside, n), isInNetwork(outside, n)]).toEqual([true, false]);
    });
  }
});

const parm = (name: string, value: string): string => `<parm name="${name}" value="${value}"/>`;
const settings = (proxy: string, more = ''): string =>
  `<wap-provisioningdoc><characteristic type="PXLOGICAL">${parm('PROXY-ID', 'p')}<characteristic type="PXPHYSICAL">${parm('PHYSICAL-PROXY-ID', '1')}${parm('PXADDR', proxy)}</characteristic></characteristic>${more}</wap-provisioningdoc>`;
const page = (url: string): string =>
  `<characteristic type="APPLICATION">${parm('APPID', 'w2')}<characteristic type="RESOURCE">${parm('URI', url)}<parm name="STARTPAGE"/></characteristic></characteristic>`;
const CERT = `<characteristic type="CertificateStore">${parm('X', '1')}</characteristic>`;
const known = parseKnown(['mobile.example', '32100', '+4915550100999']);
const unsigned = (xml: string, over: Partial<SceneMessage> = {}): SceneMessage => ({
  xml,
  verdict: 'unprotected',
  ...over,
});
const told = (m: SceneMessage, k = known) => {
  const { findings } = review([m], { known: k });
  const f = findings.find((x) => x.rule.code === 'AUD-UNAUTHENTICATED');
  return [f?.severity, f?.ours];
};

describe('servers', () => {
  const home = settings('px.mobile.example', page('http://start.mobile.example/'));

  test('settings that lead to them alone are at most low, whoever sent them', () => {
    expect(told(unsigned(home), NOTHING_KNOWN)).toEqual(['high', null]);
    expect(told(unsigned(home, { from: '+4915550100666' }))).toEqual(['low', 'servers']);
    const all = review([unsigned(home, { from: 'Stranger' })], { known }).findings;
    expect(all.every((f) => f.ours === 'servers' && (f.severity === 'low' || f.severity === 'info'))).toBe(true);
  });

  for (const [name, xml] of [
    ['one server of somebody else', settings('px.mobile.example', page('http://evil.example/'))],
    ['a host behind an @', settings('px.mobile.example', page('http://x@start.mobile.example/'))],
    ['a certificate', settings('px.mobile.example', CERT)],
    ['a name that only ends alike', settings('pxmobile.example')],
    ['no server at all', '<wap-provisioningdoc/>'],
  ] as const) {
    test(`${name}: as severe as before`, () => {
      expect(told(unsigned(xml))).toEqual(told(unsigned(xml), NOTHING_KNOWN));
    });
  }

  test('the way back to servers of our own is no takeover, the way from them is', () => {
    const [own, other] = [unsigned(home), unsigned(settings('px.evil.example'))] as const;
    const severity = (scene: SceneMessage[]) =>
      review(scene, { known }).findings.find((f) => f.rule.code === 'AUD-TAKEOVER-PROXY')?.severity;
    expect(severity([own, other])).toBe('high');
    expect(severity([other, own])).toBe('low');
  });

  test('a name like our own is found without the real one in the capture', () => {
    const texts = (k: typeof known) =>
      review([unsigned(settings('px.mobi1e.example'))], { known: k })
        .findings.filter((f) => f.rule.code === 'AUD-LOOK-ALIKE')
        .map((f) => f.text);
    expect(texts(NOTHING_KNOWN)).toEqual([]);
    expect(texts(known)).toEqual(['The name mobi1e.example looks like mobile.example, which is named as your own.']);
  });

  test('links of indications', () => {
    const link = (url: string): SceneMessage => ({
      kind: 'service-loading',
      details: [['Address', url]],
      from: '32999',
    });
    const of = (url: string) => review([link(url)], { known }).findings.map((f) => f.ours);
    expect(of('http://www.mobile.example/a.jad')).toEqual(['servers', 'servers']);
    expect(of('http://www.evil.example/a.jad')).toEqual([null, null]);
  });
});

test('a sender makes milder only what rests on the sender', () => {
  const r = review([unsigned(settings('px.evil.example'), { from: '+4915550100999' })], { known });
  const of = (code: string) => r.findings.filter((f) => f.rule.code === code).map((f) => [f.severity, f.ours])[0];
  expect(of('AUD-SENDER-NUMBER')).toEqual(['low', 'sender']);
  expect(of('AUD-UNAUTHENTICATED')).toEqual(['high', null]);
  expect(r.senders.map((s) => s.ours)).toEqual([true]);
});

describe('otascope audit --known', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'otascope-known-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const sample = join(root, 'captures', 'samples', 'unsigned-hijack.pcap');
  const withList = (text: string, ...more: string[]) => {
    const file = join(folder, 'ours.txt');
    writeFileSync(file, text);
    return otascope(['audit', sample, '--known', file, ...more]);
  };

  test('what leads home is no serious problem', async () => {
    const before = await otascope(['audit', sample, '--fail-on', 'high', '--json']);
    expect(before.code).toBe(1);
    const { senders } = JSON.parse(before.out) as { senders: { hosts: string[] }[] };
    const { code, out } = await withList(senders.flatMap((s) => s.hosts).join('\n'), '--fail-on', 'medium');
    expect(code).toBe(0);
    expect(out).toContain('leads to your own servers alone');
  });

  test('a list that is wrong ends it with a sentence', async () => {
    const { code, err } = await withList('ok.example\nhttp://x.example/\n');
    const why = 'entry 2 is no network such as 192.0.2.0/24; a server is named without https:// and path.';
    expect([code, err]).toEqual([2, `otascope: ${join(folder, 'ours.txt')}: ${why}\n`]);
    const none = await otascope(['audit', sample, '--known', join(folder, 'none')]);
    expect([none.code, none.err]).toEqual([2, `otascope: the list ${join(folder, 'none')} can't be read (ENOENT).\n`]);
  });
});

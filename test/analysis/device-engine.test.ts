// Phones through the engine and the command line: samples, older settings, tables, many subscribers, recorded captures.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stateOf } from '../../analysis/device/alone.ts';
import { formatTable } from '../../analysis/device/formats.ts';
import { legacySettings } from '../../analysis/device/legacy.ts';
import { legText, routesOf } from '../../analysis/device/routes.ts';
import { tableOf } from '../../analysis/device/table.ts';
import type { TableRow } from '../../analysis/engine/contract/device.ts';
import { createDevices } from '../../analysis/engine/device.ts';
import type { Flows } from '../../analysis/engine/flowsof.ts';
import type { Loaded } from '../../analysis/engine/load.ts';
import { createSession, type Session } from '../../analysis/engine/session.ts';
import type { DecodedDocument } from '../../dissectors/content/document.ts';
import { otascope } from '../cli/terminal.ts';
import { fileSource, namesIn, root, sharedFolder } from '../support/shared.ts';
import { ch, doc, nap, px } from './device-support.ts';
import { elementOf } from './xml.ts';

const sample = (name: string): string => join(root, 'captures', 'samples', name);

async function session(files: readonly string[], imsi: readonly string[] = [], pin: readonly string[] = []) {
  const s: Session = createSession(
    { open: () => Promise.reject(new Error('no files')), samples: async () => [] },
    { keys: { imsi, pin } },
  );
  await s.openSources(files.map(fileSource));
  return s;
}

const PHONE = '+4915550100230';
const KEYS = [['001010000000230'], ['5524']] as const;

describe('the sample of one phone', () => {
  test('five messages, each with its fate', async () => {
    const s = await session([sample('phone-life.pcap')], ...KEYS);
    const { total, rows } = await s.request({ op: 'devices', from: 0, count: 10 });
    expect([total, rows[0]?.id, rows[0]?.messages]).toEqual([1, PHONE, 5]);
    const d = await s.request({ op: 'device', subscriber: PHONE });
    expect(d.steps.map((x) => `${x.message} ${x.bootstrap} ${x.outcome}`)).toEqual([
      'm1 NETWPIN taken',
      'm2 USERPIN taken',
      'm3 NETWPIN lost',
      'm4 NETWPIN taken',
      'm5 none refused',
    ]);
    expect([d.step, d.against, d.diff.same]).toEqual([4, 3, true]);
    expect(d.contexts.map((c) => c.kind)).toEqual(['home', 'other']);
    expect(d.routes.every((r) => r.whole)).toBe(true);
    const before = await s.request({ op: 'device', subscriber: PHONE, step: 3, against: 0 });
    expect(before.diff.consequences).toContain(
      'MMS now goes over access point mms.example.com instead of access point internet.example.com.',
    );
    expect(
      before.objects
        .flatMap((o) => o.values)
        .filter((v) => v.secret)
        .map((v) => v.value),
    ).toEqual(['***', '***']);
  });

  test('every value points at octets of its message that say it', async () => {
    const s = await session([sample('phone-life.pcap')], ...KEYS);
    const d = await s.request({ op: 'device', subscriber: PHONE, secrets: true });
    let seen = 0;
    for (const v of d.objects.flatMap((o) => o.values)) {
      expect(v.origin.range?.buffer).toBe('body');
      const { bytes } = await s.request({ op: 'bytes', message: v.origin.message, buffer: 'body' });
      const { start, length } = v.origin.range!;
      expect(start + length).toBeLessThanOrEqual(bytes.length);
      if (!/^[a-z.]+\.example\.(com|org)$/.test(v.value)) continue;
      seen += 1;
      expect(new TextDecoder().decode(bytes.subarray(start, start + length))).toContain(v.value.slice(0, 8));
    }
    expect(seen).toBeGreaterThan(2);
  });

  test('without keys it would be accepted if they fit; with them given later it is', async () => {
    const s = await session([sample('phone-life.pcap')]);
    const outcomes = async () =>
      (await s.request({ op: 'device', subscriber: PHONE })).steps.map((x) => x.outcome).join(' ');
    expect(await outcomes()).toBe('assumed assumed lost assumed refused');
    await s.request({ op: 'keys', keys: { imsi: [...KEYS[0]], pin: [...KEYS[1]] } });
    expect(await outcomes()).toBe('taken taken lost taken refused');
  });

  test('diff of two messages; of one that is not complete there is a sentence', async () => {
    const s = await session([sample('phone-life.pcap')], ...KEYS);
    const same = await s.request({ op: 'diff', a: 'm4', b: 'm4' });
    expect([same.same, same.problem]).toEqual([true, null]);
    expect((await s.request({ op: 'diff', a: 'm1', b: 'm4' })).entries.length).toBeGreaterThan(2);
    expect((await s.request({ op: 'diff', a: 'm1', b: 'm3' })).problem).toBe(
      'm3 is not complete: what it would have set is unknown.',
    );
  });

  test('who is found by a part of the number', async () => {
    const s = await session([sample('phone-life.pcap'), sample('bad-line.pcap')]);
    const found = await s.request({ op: 'devices', from: 0, count: 10, find: '0230' });
    expect(found.rows.map((r) => r.id)).toEqual([PHONE]);
    expect((await s.request({ op: 'devices', from: 0, count: 10 })).total).toBe(3);
    await expect(s.request({ op: 'device', subscriber: 'nobody' })).rejects.toThrow('No settings were sent to nobody.');
  });
});

describe('one delivery seen at several hops is one message', () => {
  test('the sighting nearest to the phone counts', async () => {
    const s = await session([sample('pap-mac-lost.pcap')]);
    const { rows } = await s.request({ op: 'devices', from: 0, count: 1 });
    const d = await s.request({ op: 'device', subscriber: rows[0]!.id });
    expect(d.steps.map((x) => `${x.message} ${x.bootstrap} after ${x.sightings}`)).toEqual(['m2 none after m1']);
  });

  test('the card', async () => {
    const s = await session([sample('card-bootstrap.pcap')]);
    const { rows } = await s.request({ op: 'devices', from: 0, count: 1 });
    const d = await s.request({ op: 'device', subscriber: rows[0]!.id });
    expect(d.steps.map((x) => `${x.bootstrap} ${x.outcome} ${x.asked}`)).toEqual(['card taken null']);
  });
});

describe('older settings', () => {
  const decoded = (xml: string): DecodedDocument => ({
    format: 'xml',
    publicId: null,
    publicIdText: null,
    wbxmlVersion: null,
    charset: null,
    charsetName: null,
    root: elementOf(xml),
    length: xml.length,
  });
  const ota = (...inner: string[]) => decoded(`<CHARACTERISTIC-LIST>${inner.join('')}</CHARACTERISTIC-LIST>`);
  const c = (type: string, ...parms: [string, string][]) =>
    `<CHARACTERISTIC TYPE="${type}">${parms.map(([n, v]) => `<PARM NAME="${n}" VALUE="${v}"/>`).join('')}</CHARACTERISTIC>`;

  test('browser settings are an access point, a proxy and a browser', () => {
    const address = c(
      'ADDRESS',
      ['BEARER', 'GPRS'],
      ['PROXY', '10.0.0.1'],
      ['PORT', '9201'],
      ['GPRS_ACCESSPOINTNAME', 'wap.example'],
      ['PPP_AUTHNAME', 'jo'],
      ['PPP_AUTHSECRET', 'hush'],
    );
    const d = legacySettings(
      ota(address, '<CHARACTERISTIC TYPE="URL" VALUE="http://wap.example/"/>', c('NAME', ['NAME', 'Example'])),
    );
    const state = stateOf(d, { message: 'm1', index: 0, range: null });
    const [route] = routesOf(state);
    expect(route?.legs.map(legText)).toEqual(['proxy 10.0.0.1 port 9201 over access point wap.example']);
    expect(route?.server?.address).toBe('http://wap.example/');
    expect(route?.legs[0]?.proxy?.reason.text).toBe('It stands in the same settings.');
    const rows = tableOf(state, { secrets: false }).map((r) => `${r.label}=${r.value}`);
    for (const row of ['APN=wap.example', 'User name=jo', 'Password=***', 'Proxy port=9201'])
      expect(rows).toContain(row);
  });

  test('MMS settings and bookmarks', () => {
    const mms = legacySettings(
      ota(
        c('ADDRESS', ['GPRS_ACCESSPOINTNAME', 'mms.example']),
        '<CHARACTERISTIC TYPE="MMSURL" VALUE="http://mms.example/"/>',
      ),
    );
    expect(mms?.characteristics.map((x) => x.type)).toEqual(['NAPDEF', 'APPLICATION']);
    const marks = legacySettings(ota(c('BOOKMARK', ['NAME', 'News'], ['URL', 'http://news.example/'])));
    const rows = tableOf(stateOf(marks, { message: 'm1', index: 0, range: null }), { secrets: false });
    expect(rows.map((r) => `${r.label}=${r.value}`)).toContain('Bookmark "News"=http://news.example/');
  });

  test('synchronisation', () => {
    const d = legacySettings(
      decoded(
        '<SyncSettings><Name>Work</Name><HostAddr>http://sync.example/</HostAddr><Auth><Username>jo</Username><Cred>hush</Cred></Auth><RemoteDB><Name>Contacts</Name><URI>./c</URI></RemoteDB></SyncSettings>',
      ),
    );
    const rows = tableOf(stateOf(d, { message: 'm1', index: 0, range: null }), { secrets: false });
    expect(rows.map((r) => `${r.label}=${r.value}`)).toEqual(
      expect.arrayContaining([
        'Server=http://sync.example/',
        'User name=jo',
        'Password=***',
        'Database "Contacts"=./c',
      ]),
    );
  });

  test('anything else is none', () => {
    expect(legacySettings(decoded('<si/>'))).toBeNull();
    expect(legacySettings(null)).toBeNull();
    expect(legacySettings(ota())?.characteristics).toEqual([]);
  });
});

describe('the table to copy', () => {
  const origin = { message: 'm1', index: 0, range: null };
  const row = (label: string, value: string): TableRow => ({ group: 'Group', label, value, secret: false, origin });

  test('a person finds what a phone asks for', () => {
    const mail = ch(
      'APPLICATION',
      { APPID: '25', FROM: 'jo@example.org' },
      ch('APPADDR', { ADDR: 'smtp.example.org' }, ch('PORT', { PORTNBR: '465', SERVICE: '465' })),
    );
    const dm = ch(
      'APPLICATION',
      { APPID: 'w7', 'PROVIDER-ID': 'dm.example', ADDR: 'http://dm.example/' },
      ch('APPAUTH', { AAUTHLEVEL: 'CLIENT', AAUTHNAME: 'd', AAUTHSECRET: 's' }),
    );
    const state = stateOf(doc(nap('A', 'a.example', { INTERNET: null }), px('P', '192.0.2.1', 'A'), mail, dm), origin);
    const rows = tableOf(state, { secrets: true }).map((r) => `${r.group}|${r.label}|${r.value}`);
    expect(rows).toEqual(
      expect.arrayContaining([
        'Access point a.example|APN|a.example',
        'Outgoing mail (SMTP)|Mail address|jo@example.org',
        'Outgoing mail (SMTP)|Server|smtp.example.org',
        'Outgoing mail (SMTP)|Port|465',
        'Device management "dm.example"|Server id|dm.example',
        'Device management "dm.example"|Password (of the phone)|s',
      ]),
    );
  });

  const nasty = '=cmd|\u202e`<b>*\t\n"x"';
  const cases = [
    { format: 'csv', has: `"'=cmd|`, not: '\n"\n' },
    { format: 'tsv', has: "Group\tA\t'=cmd|", not: '\u202e' },
    { format: 'md', has: '| A | =cmd\\|', not: '<b>' },
    { format: 'text', has: '  A  =cmd|', not: '\u202e' },
    { format: 'json', has: '"setting": "A"', not: '\t' },
  ] as const;
  for (const c of cases) {
    test(`${c.format} is safe where it is pasted`, () => {
      const text = formatTable('T', [row('A', nasty)], c.format);
      expect(text).toContain(c.has);
      expect(text).not.toContain(c.not);
    });
  }

  test('one line a row', () => {
    expect(
      formatTable('T', [row('A', 'x'), row('B', nasty)], 'tsv')
        .trimEnd()
        .split('\n'),
    ).toHaveLength(3);
  });
});

test('a hundred thousand phones are listed by the page', () => {
  const records = Array.from({ length: 100_000 }, (_, index) => ({
    id: `m${index + 1}`,
    index,
    kind: 'client-provisioning',
    state: 'complete',
    joined: {
      direction: 'mt',
      to: { value: String(491_555_000_000 + index), type: 'international' },
      imsi: null,
      ports: null,
    },
    verification: { verdict: 'valid' },
  }));
  const devices = createDevices(
    { records } as unknown as Loaded,
    { transactionOf: () => undefined } as unknown as Flows,
  );
  const began = performance.now();
  const page = devices.list({ op: 'devices', from: 99_900, count: 200 });
  expect([page.total, page.rows.length, page.rows[99]?.id]).toEqual([100_000, 100, '+491555099999']);
  expect(devices.list({ op: 'devices', from: 0, count: 10, find: '99999' }).rows).toHaveLength(1);
  expect(performance.now() - began).toBeLessThan(10_000);
});

describe('on the command line', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'otascope-device-'));
    const xml = (apn: string) =>
      `<?xml version="1.0"?><wap-provisioningdoc version="1.0"><characteristic type="NAPDEF"><parm name="NAPID" value="N"/><parm name="BEARER" value="GSM-GPRS"/><parm name="NAP-ADDRESS" value="${apn}"/><parm name="NAP-ADDRTYPE" value="APN"/></characteristic></wap-provisioningdoc>`;
    writeFileSync(join(folder, 'a.xml'), xml('a.example'));
    writeFileSync(join(folder, 'b.xml'), xml('b.example'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const life = sample('phone-life.pcap');
  const keys = ['--imsi', KEYS[0][0], '--pin', KEYS[1][0]];

  test('device', async () => {
    const { code, out } = await otascope(['device', life, ...keys]);
    expect(code).toBe(0);
    for (const part of ['CONTEXT-ALLOW 0', '[seen in clients]', 'Ways', 'What the phone holds', 'never arrived']) {
      expect(out).toContain(part);
    }
    const early = await otascope(['device', life, 'm1', ...keys]);
    expect(early.out).not.toContain('CONTEXT-ALLOW 0');
    expect((await otascope(['device', life, '--subscriber', '4915550100230'])).code).toBe(0);
    expect((await otascope(['device', life, '--subscriber', '1'])).code).toBe(2);
    const json = JSON.parse((await otascope(['device', life, '--json'])).out) as { devices: unknown[] };
    expect(json.devices).toHaveLength(1);
  });

  test('settings', async () => {
    expect((await otascope(['settings', life, ...keys])).out).toContain('MMSC');
    expect((await otascope(['settings', life, '--message', 'm2', '--format', 'csv'])).out).toMatch(
      /^group,setting,value,message\r\n/,
    );
    expect((await otascope(['settings', life, ...keys, '--show-secrets'])).out).not.toContain('***');
    const json = JSON.parse((await otascope(['settings', life, '--format', 'json'])).out) as { title: string };
    expect(json.title).toBe(`Settings of ${PHONE}`);
    expect((await otascope(['settings', life, '--message', 'm99'])).code).toBe(2);
  });

  test('diff', async () => {
    const [a, b] = [join(folder, 'a.xml'), join(folder, 'b.xml')];
    expect(await otascope(['diff', a, a])).toMatchObject({ code: 0, out: 'no difference that a phone would act on\n' });
    const differ = await otascope(['diff', a, b]);
    expect(differ.code).toBe(1);
    expect(differ.out).toContain('a.example -> b.example');
    expect((await otascope(['diff', `${life}#m1`, `${life}#m4`])).code).toBe(1);
    expect((await otascope(['diff', life, a])).err).toContain(
      'has 5 messages with settings (m1, m2, m3, m4, m5); say which',
    );
    expect((await otascope(['diff', `${life}#m1`, `${life}#m3`])).code).toBe(3);
    expect((await otascope(['diff', a])).code).toBe(2);
  });
});

const captures = sharedFolder('captures', 'device view of recorded captures');
const names =
  captures === null ? [] : namesIn(captures, '.pcap').filter((n) => /^(kannel|fail|node|ota|gsmtap)/.test(n));

test(
  captures === null
    ? 'shared captures absent: their phones not looked at'
    : `phones of ${names.length} shared captures`,
  async () => {
    let phones = 0;
    for (const name of names) {
      const s = await session([join(captures!, name)], ['001010000000001'], ['1234']);
      const { rows } = await s.request({ op: 'devices', from: 0, count: 500 });
      for (const r of rows) {
        const d = await s.request({ op: 'device', subscriber: r.id, against: -1 });
        phones += 1;
        expect(d.steps.length).toBeGreaterThan(0);
        expect(structuredClone(d)).toEqual(d);
        for (const step of d.steps) expect(step.reasons.length, `${name} ${step.message}`).toBeGreaterThan(0);
        for (const route of d.routes) for (const hop of route.hops) expect(hop.reason.text).toMatch(/\.$/);
      }
    }
    expect(phones).toBeGreaterThanOrEqual(captures === null ? 0 : 20);
  },
);

describe('keys that were given for somebody else', () => {
  const victim = '+4915550100310';
  const first = async (imsi: string) => {
    const s = await session([sample('phishing-evening.pcap')], [imsi]);
    return (await s.request({ op: 'device', subscriber: victim })).steps[0]!;
  };
  test('in a capture of several phones a key that fits none of this one tells nothing of it', async () => {
    const step = await first('262010000000001');
    expect(step.outcome).toBe('assumed');
    expect(step.reasons[0]?.text).toMatch(/^Not to be checked with what was given/);
  });
  test('where the table of subscribers gives the key of this number, a MAC that does not fit is refused', async () => {
    const s: Session = createSession(
      { open: () => Promise.reject(new Error('no files')), samples: async () => [] },
      {
        keys: { imsi: [], pin: [] },
        subscribers: [{ msisdn: victim.slice(1), imsi: '262010000000001', pin: null }],
      },
    );
    await s.openSources([fileSource(sample('phishing-evening.pcap'))]);
    expect((await s.request({ op: 'device', subscriber: victim })).steps[0]?.outcome).toBe('refused');
  });
  test('alone in its capture, the phone is the one that was meant', async () => {
    const s = await session([sample('userpin-altered.pcap')], [], ['2580']);
    const { rows } = await s.request({ op: 'devices', from: 0, count: 1 });
    const d = await s.request({ op: 'device', subscriber: rows[0]!.id });
    expect(d.steps[0]?.outcome).toBe('refused');
  });
});

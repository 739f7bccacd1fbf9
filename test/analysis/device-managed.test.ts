// Management bootstraps that come plain: as settings of a phone, among provisioning documents, and in the security review.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { managedSettings } from '../../analysis/device/managed.ts';
import { settingsOf } from '../../analysis/device/objects.ts';
import type { Characteristic } from '../../dissectors/content/document.ts';
import { canonicalXml } from '../../dissectors/content/xml/index.ts';
import { otascope } from '../cli/terminal.ts';
import { accountNodes, bootstrapTree } from '../generator/pushes.ts';
import { elementOf } from './xml.ts';

const read = (nodes: Readonly<Record<string, string>>) => {
  const root = elementOf(canonicalXml(bootstrapTree(nodes)));
  return managedSettings({ ...EMPTY, root });
};
const EMPTY = {
  format: 'xml',
  publicId: null,
  publicIdText: null,
  wbxmlVersion: null,
  charset: null,
  charsetName: null,
  length: 0,
} as const;

/** 'PROVIDER-ID=x APPADDR(ADDR=y)'. */
const told = (c: Characteristic): string =>
  [
    ...c.parms.map((p) => `${p.name}=${p.value}`),
    ...c.characteristics.map((inner) => `${inner.type}(${told(inner)})`),
  ].join(' ');

const ACCOUNT = accountNodes('op', 'dm.example.com', 'geheim', 'bm9uY2U=');

describe('the document that says the same', () => {
  for (const { name, nodes, out, others } of [
    {
      name: 'DM 1.2',
      nodes: { ...ACCOUNT, './DMAcc/op/ToConRef/1/ConRef': './NAP/internet', './NAP/internet/Addr': 'internet' },
      out: 'APPID=w7 PROVIDER-ID=dm.example.com NAME=Example management TO-NAPID=./NAP/internet APPADDR(ADDR=https://dm.example.com/dm) APPAUTH(AAUTHLEVEL=APPSRV AAUTHTYPE=DIGEST AAUTHNAME=dm.example.com AAUTHSECRET=geheim AAUTHDATA=bm9uY2U=)',
      others: 1,
    },
    {
      name: 'DM 1.1',
      nodes: {
        './SyncML/DMAcc/op/ServerId': 'old.example.com',
        './SyncML/DMAcc/op/Addr': 'http://192.0.2.9/',
        './SyncML/DMAcc/op/AddrType': '1',
        './SyncML/DMAcc/op/PortNbr': '8080',
        './SyncML/DMAcc/op/ClientPW': 'pw',
        './SyncML/DMAcc/op/UserName': 'me',
      },
      out: 'APPID=w7 PROVIDER-ID=old.example.com APPADDR(ADDR=http://192.0.2.9/ ADDRTYPE=1 PORT(PORTNBR=8080)) APPAUTH(AAUTHLEVEL=CLIENT AAUTHNAME=me AAUTHSECRET=pw)',
      others: 0,
    },
    {
      name: 'two addresses, a port of its own, a level that nobody knows',
      nodes: {
        './DMAcc/a/AppAddr/1/Addr': 'https://a.example/',
        './DMAcc/a/AppAddr/2/Addr': '192.0.2.1',
        './DMAcc/a/AppAddr/2/Port/1/PortNbr': '443',
        './DMAcc/a/AppAuth/x/AAuthLevel': 'HTTP',
      },
      out: 'APPID=w7 APPADDR(ADDR=https://a.example/) APPADDR(ADDR=192.0.2.1 PORT(PORTNBR=443)) APPAUTH(AAUTHLEVEL=HTTP)',
      others: 0,
    },
  ]) {
    test(name, () => {
      const m = read(nodes);
      expect([m?.document.characteristics.map(told), m?.others]).toEqual([[out], others]);
    });
  }

  test('an account without server or address is not installed', () => {
    const { things, dropped } = settingsOf(read({ './DMAcc/a/Name': 'x' })!.document);
    expect([things.length, dropped.length]).toEqual([0, 1]);
  });

  test('anything else is none', () => {
    expect(managedSettings(null)).toBeNull();
    expect(managedSettings({ ...EMPTY, root: elementOf('<SyncML><SyncBody><Final/></SyncBody></SyncML>') })).toBeNull();
    expect(managedSettings({ ...EMPTY, root: elementOf('<wap-provisioningdoc/>') })).toBeNull();
  });
});

describe('through the command line', () => {
  const IMSI = '001010000000099';
  const TO = '+4915550100099';
  let folder = '';
  const file = (name: string): string => join(folder, name);
  const make = async (name: string, xml: string, time: string, ...more: string[]): Promise<void> => {
    writeFileSync(file('d.xml'), xml);
    const argv = ['encode', file('d.xml'), '--to', TO, '--time', time, '-o', file(name), ...more];
    expect(await otascope(argv)).toMatchObject({ code: 0 });
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'otascope-managed-'));
    const cp =
      '<wap-provisioningdoc><characteristic type="APPLICATION"><parm name="APPID" value="w7"/><parm name="PROVIDER-ID" value="dm.example.com"/><characteristic type="APPADDR"><parm name="ADDR" value="https://old.example.com/dm"/></characteristic></characteristic></wap-provisioningdoc>';
    const signed = ['--sec', 'netwpin', '--imsi', IMSI];
    await make('1.pcap', cp, '2026-11-12T10:00:00Z', ...signed);
    await make('2.pcap', canonicalXml(bootstrapTree(ACCOUNT)), '2026-11-12T11:00:00Z', ...signed);
    await make('3.pcap', canonicalXml(bootstrapTree({ ...ACCOUNT, './A/b': 'c' })), '2026-11-12T12:00:00Z');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('it replaces the account that a provisioning document set up', async () => {
    const { out } = await otascope(['device', file('1.pcap'), file('2.pcap'), '--imsi', IMSI]);
    expect(out).toContain('IMSI (NETWPIN)  taken');
    expect(out).toMatch(/~ Device management .*replaced/);
    expect(out).toMatch(/Address +https:\/\/dm\.example\.com\/dm/);
    expect(out).not.toContain('geheim');
  });

  test('unprotected, it is perhaps taken, and told as what it is', async () => {
    const { out } = await otascope(['device', file('3.pcap')]);
    expect(out).toContain('no protection  perhaps taken');
    expect(out).toContain('no client whose source is public was seen to take a plain one');
    expect(out).toContain('It sets one further node of the management tree');
  });

  test('the security review finds what it takes over', async () => {
    const { out } = await otascope(['audit', file('3.pcap'), '--json']);
    const { findings } = JSON.parse(out) as { findings: { code: string; severity: string; evidence: unknown[] }[] };
    const of = (code: string) => findings.find((f) => f.code === code);
    expect(of('AUD-DM-UNPROTECTED')).toMatchObject({ severity: 'critical' });
    expect(of('AUD-UNAUTHENTICATED')).toMatchObject({ severity: 'high' });
    expect(out).not.toContain('geheim');
  });

  test('it is compared with a provisioning document that says the same or not', async () => {
    const { out, code } = await otascope(['diff', file('1.pcap'), file('2.pcap')]);
    expect(code).toBe(1);
    expect(out).toContain('https://old.example.com/dm');
  });
});

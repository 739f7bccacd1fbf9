// What pushes are to each other and to the time they were sent at, through the whole engine.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ethernet, udpPacket } from '../../analysis/encode/network.ts';
import { Tape } from '../../analysis/encode/tape.ts';
import { scan } from '../../analysis/engine/scan.ts';
import { accountsOfKeys } from '../../analysis/pushes/accounts.ts';
import { fromBase64, toBase64, triggerDigest } from '../../analysis/pushes/digest.ts';
import { chains, type SentIndication } from '../../analysis/pushes/indications.ts';
import { buildReport } from '../../analysis/report/index.ts';
import { fromBytes } from '../../captures/source.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import type { Indication } from '../../dissectors/content/si/index.ts';
import { element } from '../../dissectors/content/tree.ts';
import { characteristic, provisioning } from '../generator/documents.ts';
import { Session } from '../generator/gateway.ts';
import { ascii, cstring, fromHex, join, octets, u32, utf8 } from '../generator/octets.ts';
import { openPush, parts, typedPush } from '../generator/push.ts';
import { accountNodes, base64, bootstrap, card, suplInit, trigger } from '../generator/pushes.ts';
import { splitUserData } from '../generator/sms.ts';
import { pcapOf } from '../generator/story.ts';

const TO = '+4915550100299';
const SERVER = 'dm.example.com';
const NONCE = fromHex('00ff10203040');
const DM = 'application/vnd.syncml.notification';

/** Pushes one after the other, and what the report says of each. */
async function report(pushes: readonly Uint8Array[], dm: readonly string[] = []) {
  const tape = new Tape('2026-11-06T08:00:00Z');
  const session = new Session(tape, 0x7a00).begin();
  pushes.forEach((p, i) => {
    session.submitParts('32100', TO, parts(p, i + 1));
    session.pause(10_000);
  });
  session.end();
  const { report: of } = await scan([fromBytes('x.pcap', pcapOf(tape))], { keys: { imsi: [], pin: [], dm } });
  return buildReport(of({ showSecrets: false })).messages;
}

const call = (t: Partial<Parameters<typeof trigger>[0]>): Uint8Array =>
  typedPush(DM, trigger({ server: SERVER, session: 1, ...t }));

const wrapped = (level: string, password: string): Uint8Array =>
  openPush(
    provisioning(
      characteristic(
        'APPLICATION',
        { APPID: 'w7', 'PROVIDER-ID': SERVER, ADDR: 'https://dm.example.com/' },
        characteristic('APPAUTH', {
          AAUTHLEVEL: level,
          AAUTHNAME: level === 'CLIENT' ? 'phone' : SERVER,
          AAUTHSECRET: password,
          AAUTHDATA: base64(NONCE),
        }),
      ),
    ),
  );

const plain = (password: string): Uint8Array =>
  typedPush('application/vnd.syncml.dm+wbxml', bootstrap(accountNodes('op', SERVER, password, base64(NONCE))));

interface Case {
  readonly name: string;
  readonly account: Uint8Array | null;
  readonly call: Uint8Array;
  readonly dm?: readonly string[];
  readonly verdict: string;
  readonly otherwise?: string;
  readonly codes: readonly string[];
}

const b64 = (b: Uint8Array): string => Buffer.from(b).toString('base64');
const md5 = (b: Uint8Array): Uint8Array => createHash('md5').update(b).digest();

/** As the standard has it, but with other credentials. */
function signed(name: string, password: string, nonce: Uint8Array): Uint8Array {
  const bare = trigger({ server: SERVER, session: 1 });
  const covered = bare.subarray(16);
  const who = b64(md5(utf8(`${name}:${password}`)));
  return typedPush(DM, join(md5(join(ascii(`${who}:`), nonce, ascii(`:${b64(md5(covered))}`))), covered));
}

const right = call({ password: 'geheim', nonce: NONCE });

const CASES: readonly Case[] = [
  {
    name: 'account wrapped in provisioning',
    account: wrapped('APPSRV', 'geheim'),
    call: right,
    verdict: 'valid',
    codes: [],
  },
  { name: 'account in a bootstrap of its own', account: plain('geheim'), call: right, verdict: 'valid', codes: [] },
  {
    name: 'another password',
    account: plain('anders'),
    call: right,
    verdict: 'invalid',
    codes: ['DM-DIGEST-MISMATCH'],
  },
  { name: 'no account', account: null, call: right, verdict: 'no-key', codes: [] },
  {
    name: 'an account of another server',
    account: plain('geheim'),
    call: call({ server: 'x', password: 'geheim', nonce: NONCE }),
    verdict: 'no-key',
    codes: [],
  },
  {
    name: 'given by the user',
    account: null,
    call: right,
    dm: [`${SERVER}:geheim:${base64(NONCE)}`],
    verdict: 'valid',
    codes: [],
  },
  {
    name: 'given wrongly',
    account: null,
    call: right,
    dm: [`${SERVER}:geheim`],
    verdict: 'invalid',
    codes: ['DM-DIGEST-MISMATCH'],
  },
  { name: 'no digest', account: plain('geheim'), call: call({}), verdict: 'unprotected', codes: ['DM-DIGEST-EMPTY'] },
  {
    name: 'made with the credentials of the phone',
    account: wrapped('CLIENT', 'geheim'),
    call: signed('phone', 'geheim', NONCE),
    verdict: 'invalid',
    otherwise: 'dm-phone-credentials',
    codes: ['DM-DIGEST-OTHER-FORM'],
  },
  {
    name: 'made with the text of the nonce',
    account: plain('geheim'),
    call: signed(SERVER, 'geheim', ascii(base64(NONCE))),
    verdict: 'invalid',
    otherwise: 'dm-nonce-as-text',
    codes: ['DM-DIGEST-OTHER-FORM'],
  },
  {
    name: 'made without the nonce',
    account: plain('geheim'),
    call: signed(SERVER, 'geheim', octets()),
    verdict: 'invalid',
    otherwise: 'dm-no-nonce',
    codes: ['DM-DIGEST-OTHER-FORM'],
  },
];

describe('digests of notifications', () => {
  for (const c of CASES) {
    test(c.name, async () => {
      const messages = await report(c.account === null ? [c.call] : [c.account, c.call], c.dm);
      const m = messages.at(-1)!;
      expect(m.kind).toBe('dm-notification');
      expect({ verdict: m.security.verdict, otherwise: m.security.matchesOtherDerivation }).toEqual({
        verdict: c.verdict,
        otherwise: c.otherwise ?? null,
      });
      expect(m.findings.map((f) => f.code).filter((f) => f.startsWith('DM-DIGEST'))).toEqual(c.codes);
      expect(JSON.stringify(messages)).not.toContain('geheim');
    });
  }

  test('a bootstrap that comes after the notification speaks for it, too', async () => {
    const messages = await report([right, plain('geheim')]);
    expect(messages[0]!.security.verdict).toBe('valid');
    expect(messages[0]!.security.explanation).toContain('message m2');
  });

  test('the digest is that of another implementation', () => {
    const covered = ascii('anything');
    const who = b64(md5(utf8('s:p')));
    const due = md5(join(ascii(`${who}:`), NONCE, ascii(`:${b64(md5(covered))}`)));
    expect(Buffer.from(triggerDigest('s', 'p', NONCE, covered))).toEqual(Buffer.from(due));
  });

  test('base64', () => {
    for (const text of ['', 'a', 'ab', 'abc', 'abcd\u00ff']) {
      const bytes = utf8(text);
      expect(toBase64(bytes)).toBe(b64(bytes));
      expect(fromBase64(b64(bytes))).toEqual(bytes);
    }
    for (const wrong of ['a', 'a b=', 'ü===']) expect(fromBase64(wrong)).toBeUndefined();
  });

  test('keys as they are given', () => {
    expect(
      accountsOfKeys({ dm: ['s:p:a:b', 's:p', 'nothing', ':p'] }).map((a) => [a.serverId, a.credentials[0]?.nonce]),
    ).toEqual([
      ['s', 'a:b'],
      ['s', ''],
    ]);
  });
});

const sent = (message: string, of: Partial<Indication>, more: Partial<SentIndication> = {}): SentIndication => ({
  message,
  recipient: 'a',
  sent: '2026-11-06T08:00:00Z',
  content: message,
  indication: {
    identity: 'id',
    byId: true,
    created: null,
    expires: null,
    action: 'signal-medium',
    element: { ...element('indication'), start: 0, length: 1, attributes: [], children: [] },
    ...of,
  },
  ...more,
});

describe('chains of indications', () => {
  const table: readonly {
    name: string;
    all: readonly SentIndication[];
    out: Readonly<Record<string, readonly string[]>>;
  }[] = [
    { name: 'replaced', all: [sent('m1', {}), sent('m2', {})], out: { m2: ['SI-REPLACES'] } },
    { name: 'to somebody else', all: [sent('m1', {}), sent('m2', {}, { recipient: 'b' })], out: {} },
    { name: 'another identity', all: [sent('m1', {}), sent('m2', { identity: 'other' })], out: {} },
    { name: 'without an identity', all: [sent('m1', { identity: null }), sent('m2', { identity: null })], out: {} },
    {
      name: 'a copy',
      all: [sent('m1', {}, { content: 'x' }), sent('m2', {}, { content: 'x' })],
      out: { m2: ['SI-REPEATED'] },
    },
    {
      name: 'an older one',
      all: [
        sent('m1', { created: '2026-11-06T07:00:00Z' }),
        sent('m2', { created: '2026-11-06T06:00:00Z' }),
        sent('m3', { created: '2026-11-06T07:30:00Z' }),
      ],
      out: { m2: ['SI-OLDER'], m3: ['SI-REPLACES'] },
    },
    {
      name: 'deleted, and deleted again, then new',
      all: [sent('m1', {}), sent('m2', { action: 'delete' }), sent('m3', { action: 'delete' }), sent('m4', {})],
      out: { m2: ['SI-DELETES'], m3: ['SI-DELETES-NOTHING'] },
    },
    { name: 'expired', all: [sent('m1', { expires: '2026-11-06T07:59:59Z' })], out: { m1: ['SI-EXPIRED'] } },
    { name: 'not expired', all: [sent('m1', { expires: '2026-11-06T08:00:01Z' })], out: {} },
    { name: 'no time in the capture', all: [sent('m1', { expires: '1999-01-01T00:00:00Z' }, { sent: null })], out: {} },
    {
      name: 'created in the future',
      all: [sent('m1', { created: '2026-11-07T00:00:00Z' })],
      out: { m1: ['SI-CREATED-LATER'] },
    },
  ];
  for (const t of table) {
    test(t.name, () => {
      const found = chains(t.all);
      expect(Object.fromEntries([...found].map(([m, f]) => [m, f.map((x) => x.rule.code)]))).toEqual(t.out);
    });
  }
});

describe('other bearers and times', () => {
  test('a multimedia message that had expired', async () => {
    const body = (expiry: number): Uint8Array =>
      join(
        octets(0x8c, 0x82, 0x98),
        cstring('T'),
        octets(0x8d, 0x92, 0x8a, 0x80, 0x8e, 2, 1, 0, 0x88, 6, 0x80, 4),
        u32(expiry),
        octets(0x83),
        cstring('http://m.example/'),
      );
    const at = Date.UTC(2026, 10, 6, 7) / 1000;
    const push = (expiry: number) => typedPush('application/vnd.wap.mms-message', body(expiry));
    const messages = await report([push(at), push(at + 86_400)]);
    expect(messages.map((m) => m.findings.map((f) => f.code))).toEqual([['MMS-EXPIRED'], []]);
    expect(messages[1]!.summary).toContain(' until 2026-11-07T07:00:00Z');
  });

  test('SUPL INIT as a datagram of its own', async () => {
    const body = suplInit({ session: fromHex('01020304'), server: 'slp.example.com', method: 1, mode: 0 });
    const [from, to] = [
      { mac: '02:00:5e:00:53:0a', ip: '192.0.2.10', port: 40000 },
      { mac: '02:00:5e:00:53:14', ip: '192.0.2.30', port: 7275 },
    ];
    const file = writePcap([{ bytes: ethernet(from, to, udpPacket(from, to, 1, body)), time: 1n }], { linkType: 1 });
    const { report: of } = await scan([fromBytes('x.pcap', file)], { keys: { imsi: [], pin: [] } });
    const built = buildReport(of({ showSecrets: false }));
    expect(built.messages.map((m) => [m.kind, m.bearer])).toEqual([['supl-init', 'udp']]);
    expect(built.totals.byKind).toEqual({ 'supl-init': 1 });
  });

  test('a card that is sent as characters', async () => {
    const tape = new Tape('2026-11-06T08:00:00Z');
    const session = new Session(tape, 0x7a00).begin();
    const [message] = splitUserData(card(['FN:Erika']), { reference: 1, destinationPort: 9204, sourcePort: 0 });
    session.submit({ from: '1', to: TO, esmClass: 0x40, dataCoding: 0, message: message! });
    session.end();
    const { report: of } = await scan([fromBytes('x.pcap', pcapOf(tape))], { keys: { imsi: [], pin: [] } });
    expect(buildReport(of({ showSecrets: false })).messages.map((m) => m.summary)).toEqual([
      'A business card of Erika.',
    ]);
  });
});

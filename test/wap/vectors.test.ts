// Pushes that were really sent: published short messages, and the headers gateways added in recorded captures.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodePush } from '../../dissectors/wap/encode.ts';
import { decodeWsp, looksLikePush } from '../../dissectors/wap/wsp/index.ts';
import { both, hex, toHex } from '../content/support.ts';
import { namesIn, readJson, sharedFolder } from '../support/shared.ts';

const CP = 'application/vnd.wap.connectivity-wbxml';
const decode = (bytes: Uint8Array, connectionOriented = false) =>
  both(bytes, 'datagram', (c) => decodeWsp(c, { connectionOriented }));

/** User data without its header. */
const content = (userData: Uint8Array): Uint8Array => userData.slice(1 + userData[0]!);

/** User data of an SMS-DELIVER in hex, with its service centre address. */
function userData(pdu: string): Uint8Array {
  const b = hex(pdu);
  const tpdu = b.slice(1 + b[0]!);
  const address = 2 + Math.ceil(tpdu[1]! / 2);
  return tpdu.slice(1 + address + 2 + 7 + 1);
}

function join2(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((p) => [...p]));
}

const spec = sharedFolder('spec', 'the published bootstrap messages');
const vectors = sharedFolder('vectors', 'short messages of other decoders');
const captures = sharedFolder('captures', 'the WSP headers of recorded captures');

if (spec === null || vectors === null || captures === null) {
  test('shared folder absent: some 170 pushes not compared', () => expect([spec, vectors, captures]).toContain(null));
} else {
  describe('published short messages', () => {
    const messages = readJson<readonly { id: string; body_hex: string; mac?: string; sms_parts?: readonly string[] }[]>(
      join(spec, 'test-vectors.json'),
    );
    for (const m of messages.filter((x) => x.sms_parts !== undefined)) {
      test(m.id, () => {
        const bytes = join2((m.sms_parts ?? []).map((p) => content(hex(p))));
        const { out, codes } = decode(bytes);
        expect(codes).toEqual([]);
        expect(out).toMatchObject({
          pduType: 'Push',
          contentType: CP,
          sec: 1,
          mac: m.mac,
          headers: [],
        });
        expect(toHex(bytes.slice(out!.body.start))).toBe(m.body_hex.toLowerCase());
        expect(looksLikePush(bytes, 0, bytes.length)).toBe(0.95);
      });
    }

    const lines = (...path: string[]): string[] =>
      readFileSync(join(vectors, ...path), 'utf8')
        .split(/\s+/)
        .filter((l) => /^[0-9A-Fa-f]{40,}$/.test(l));

    test('a service indication over two messages', () => {
      const bytes = join2(lines('python-messaging', 'wap-si-2part.pdus.txt').map((l) => content(userData(l))));
      const { out, codes } = decode(bytes);
      expect(codes).toEqual([]);
      expect(out).toMatchObject({ transactionId: 1, contentType: 'application/vnd.wap.sic', charset: 106 });
      expect(out?.headers.map((x) => `${x.name}: ${x.value}`)).toEqual([
        'Encoding-Version: 1.5',
        'Content-Length: 162',
        'Push-Flag: 4 (last push message)',
      ]);
    });

    test('an MMS notification', () => {
      const bytes = content(userData(lines('ofono-sms', 'wap_push_1.pdu.txt')[0] ?? ''));
      const { out, codes } = decode(bytes);
      expect(out).toMatchObject({ contentType: 'application/vnd.wap.mms-message' });
      expect(codes).toEqual(['WSP-CONTENT-TYPE-TEXT']);
      expect(looksLikePush(bytes, 0, bytes.length)).toBe(0.8);
    });

    test('four parts behind a marker', () => {
      const bytes = join2(lines('mihini-sms', 'omacp-4part-deliver.pdus.txt').map((l) => content(userData(l)))).slice(
        4,
      );
      const { out, codes } = decode(bytes);
      expect(codes).toEqual([]);
      expect(out).toMatchObject({ transactionId: 0x31, sec: 1, mac: 'D55FAFF91DFD93F5808833BD6CAA1EB4E0432444' });
      expect(out?.body.length).toBe(415);
    });
  });

  describe('headers of recorded captures', () => {
    interface Message {
      readonly id: string;
      readonly bodyHex?: string;
      readonly wsp?: {
        readonly tid?: number;
        readonly pdu: string;
        readonly contentType: string;
        readonly charset?: number;
        readonly restHeadersHex: string;
      };
      readonly security?: { readonly sec: number | null; readonly mac: string | null };
    }
    const counts = { pushes: 0, 'with headers behind the type': 0, 'SEC and MAC equal': 0 };
    for (const name of namesIn(captures, '.truth.json')) {
      const messages = readJson<{ messages: readonly Message[] }>(join(captures, name)).messages.filter(
        (m) => m.wsp !== undefined && m.bodyHex !== undefined,
      );
      if (messages.length === 0) continue;
      test(name.replace('.truth.json', ''), () => {
        for (const m of messages) check(m, `${name} ${m.id}`);
      });
    }

    function check(m: Message, where: string): void {
      const w = m.wsp!;
      const body = hex(m.bodyHex ?? '');
      const connectionless = w.tid !== undefined;
      const type = encodePush({
        connectionless: false,
        contentType: w.contentType,
        contentTypeAsText: !connectionless,
        ...(w.charset === undefined ? {} : { charset: w.charset }),
        ...(m.security?.sec == null ? {} : { sec: m.security.sec }),
        ...(m.security?.mac == null ? {} : { mac: m.security.mac }),
        body: new Uint8Array(0),
      }).slice(2);
      const rest = hex(w.restHeadersHex);
      const head = connectionless ? [w.tid ?? 0] : [];
      const code = w.pdu === 'push' ? 6 : 7;
      const bytes = Uint8Array.from([...head, code, type.length + rest.length, ...type, ...rest, ...body]);
      const { out, codes } = decode(bytes, !connectionless);
      expect(
        codes.filter((x) => !/-(MAC|SEC)-|-CONTENT-TYPE-TEXT$/.test(x)),
        where,
      ).toEqual([]);
      expect(out, where).toMatchObject({
        transactionId: w.tid ?? null,
        pduType: w.pdu === 'push' ? 'Push' : 'ConfirmedPush',
        contentType: w.contentType,
        charset: w.charset ?? null,
        sec: m.security?.sec ?? null,
        mac: m.security?.mac ?? null,
      });
      expect(out?.body, where).toEqual({ start: bytes.length - body.length, length: body.length });
      counts.pushes += 1;
      if (m.security?.mac != null) counts['SEC and MAC equal'] += 1;
      if (rest.length > 0) {
        counts['with headers behind the type'] += 1;
        const values = Object.fromEntries(out?.headers.map((x) => [x.name, x.value]) ?? []);
        expect(values, where).toMatchObject({
          'User-Agent': 'Python-urllib/3.11',
          'Content-Length': String(body.length),
        });
      }
      // A document that is damaged, or a few octets of body, make it less sure; none is taken for something else.
      if (connectionless) expect(looksLikePush(bytes, 0, bytes.length), where).toBeGreaterThanOrEqual(0.5);
    }

    test('the table of counts', () => {
      console.table(counts);
      expect(counts.pushes).toBeGreaterThanOrEqual(155);
      expect(counts['with headers behind the type']).toBeGreaterThanOrEqual(11);
    });
  });
}

describe('looksLikePush', () => {
  const yes: [string, string, number][] = [
    ['the usual', `0106 2f 1f2db6918192${'41'.repeat(40)}00 030b6a0005`, 0.95],
    ['a type in one octet', '0106 01 b6 030b6a0005', 0.95],
    ['a type as text', `0106 0d ${toHex(new TextEncoder().encode('text/vnd.a.b'))}00`, 0.8],
    ['a web type', '0106 01 83 6869', 0.5],
    ['ConfirmedPush', '0107 01 ae 02056a0005', 0.95],
    ['XML', `0106 01 ad ${toHex(new TextEncoder().encode('<si/>'))}`, 0.95],
  ];
  for (const [name, s, sure] of yes) test(name, () => expect(looksLikePush(hex(s), 0, hex(s).length)).toBe(sure));

  const no: [string, string][] = [
    ['nothing', ''],
    ['another PDU type', '0104 01 b6 030b6a0005'],
    ['no content type', '0106 00 030b6a0005'],
    ['headers beyond the end', '0106 7f b6 030b6a0005'],
    ['a type not assigned', '0106 01 d9 030b6a0005'],
    ['a word that is no type', `0106 06 ${toHex(new TextEncoder().encode('hello'))}00`],
    ['headers that are none', '0106 03 b6 0001 030b6a0005'],
    ['a bare document', '030b6a00c54601 c65501 01 01'],
    ['text', toHex(new TextEncoder().encode('Hello, this is an ordinary message.'))],
  ];
  for (const [name, s] of no) test(name, () => expect(looksLikePush(hex(s), 0, hex(s).length)).toBe(0));

  test('looks only at its window', () => {
    const bytes = hex('ffff 0106 01 b6 030b6a0005 ffff');
    expect(looksLikePush(bytes, 2, bytes.length - 2)).toBe(0.95);
    expect(looksLikePush(bytes, 2, 5)).toBe(0);
  });

  test('chance octets behind the two that must be right are rarely taken for a push', () => {
    const samples = fc.sample(fc.uint8Array({ minLength: 20, maxLength: 140 }), { numRuns: 5000, seed: 3 });
    let taken = 0;
    for (const s of samples) {
      s[1] = 6;
      if (looksLikePush(s, 0, s.length) >= 0.8) taken += 1;
    }
    console.log(`${taken} of ${samples.length} random datagrams with a push type octet look like a push`);
    expect(taken).toBeLessThan(25);
  });
});

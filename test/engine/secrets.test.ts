// Passwords planted in every place a document has for them show nowhere, unless asked for.

import { describe, expect, test } from 'vitest';
import { Tape } from '../../analysis/encode/tape.ts';
import type { Detail } from '../../analysis/engine/contract.ts';
import { createSession, type Session } from '../../analysis/engine/session.ts';
import { fromBytes } from '../../captures/source.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import { element } from '../../dissectors/content/tree.ts';
import { encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import { PROV } from '../../dissectors/content/wbxml/tables/prov.ts';
import { apn, characteristic, proxy } from '../generator/documents.ts';
import { Session as Gateway } from '../generator/gateway.ts';
import { ascii, toHex } from '../generator/octets.ts';
import { parts, protectedPush, typedPush } from '../generator/push.ts';
import { deliverPdu } from '../generator/sms.ts';

const PIN = '86420975';
const PLANTED = /plant[a-z]+/gi;

const DOCUMENT = element(
  'wap-provisioningdoc',
  { version: '1.1' },
  characteristic('BOOTSTRAP', { NAME: 'Example' }),
  proxy('PX', 'Proxy', '192.0.2.1', '8080', 'N', { 'PXAUTH-ID': 'user', 'PXAUTH-PW': 'plantpxauth' }),
  characteristic('PXLOGICAL', { 'PROXY-ID': 'PX2', NAME: 'Other', 'PROXY-PW': 'plantproxypw' }),
  apn(
    'N',
    'Data',
    'data',
    {},
    characteristic('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHNAME: 'user', AUTHSECRET: 'plantnap' }),
  ),
  characteristic(
    'APPLICATION',
    { APPID: 'w7', NAME: 'DM', 'PROVIDER-ID': 'd', ADDR: 'http://u:planturl@dm.example/x' },
    characteristic('APPAUTH', {
      AAUTHLEVEL: 'APPSRV',
      AAUTHNAME: 'n',
      AAUTHSECRET: 'plantapp',
      AAUTHDATA: 'plantdata',
    }),
  ),
  characteristic('WLAN', {}, characteristic('WEPKEY', { LENGTH: '64', INDEX: '0', DATA: 'plantwep' })),
  characteristic('APPLICATION', { APPID: '110' }, characteristic('APPAUTH', { 'BASAUTH-PW': 'plantbas' })),
);
const XML =
  '<wap-provisioningdoc><characteristic type="NAPDEF"><parm name="NAPID" value="N"/>' +
  '<parm value="plantbefore" name="AUTHSECRET"/></characteristic></wap-provisioningdoc>';

const signed = (body: Uint8Array): Uint8Array => protectedPush('USERPIN', ascii(PIN), body);
const body = encodeWbxml(DOCUMENT, { table: PROV });

function capture(fill: (g: Gateway) => void): Uint8Array {
  const tape = new Tape('2026-11-20T10:00:00Z');
  const gateway = new Gateway(tape, 100).begin();
  fill(gateway);
  gateway.end();
  return writePcap(tape.frames, { linkType: 1 });
}
const send = (push: Uint8Array) => capture((g) => void g.submitParts('Sender', '+4915550100999', parts(push, 7)));

const inputs: readonly (readonly [string, Uint8Array])[] = [
  ['inline strings', send(signed(body))],
  ['string table', send(signed(encodeWbxml(DOCUMENT, { table: PROV, stringTable: true })))],
  ['names as literals', send(signed(encodeWbxml(DOCUMENT, { table: PROV, tokens: false })))],
  ['text, and the value before its name', send(typedPush('text/vnd.wap.connectivity-xml', ascii(XML)))],
  [
    'parts sent twice, the copies longer by a TLV',
    capture((g) => {
      const messages = parts(signed(body), 7);
      g.submitParts('Sender', '+4915550100999', messages);
      for (const message of messages) {
        const tlvs = [Uint8Array.of(0x04, 0x26, 0, 1, 1)];
        g.submit({ from: 'Sender', to: '+4915550100999', esmClass: 0x40, message, tlvs });
      }
    }),
  ],
  [
    'a part is missing',
    capture((g) => {
      const messages = parts(signed(body), 7).filter((_, i) => i !== 2);
      g.submitParts('Sender', '+4915550100999', messages);
    }),
  ],
  ['the document breaks off', send(signed(body.subarray(0, body.length - 60)))],
  [
    'the document claims a string table that is longer than it',
    send(signed(Uint8Array.of(...body.subarray(0, 3), 0xff, 0x7f, ...body.subarray(4)))),
  ],
  [
    'hex in a log',
    ascii(
      parts(signed(body), 7)
        .map((userData) => {
          const pdu = { serviceCentre: '+4915550100000', from: '12345', time: '261120100000', userData };
          return `+CMT: ,${userData.length}\r\n${toHex(deliverPdu(pdu))}\r\n`;
        })
        .join(''),
    ),
  ],
];

async function open(bytes: Uint8Array): Promise<Session> {
  const host = { open: () => Promise.reject(new Error('nothing to open')), samples: async () => [] };
  const session = createSession(host, { keys: { imsi: [], pin: [PIN] } });
  await session.openSources([fromBytes('planted', bytes)]);
  return session;
}

const hexOf = (text: string): string => toHex(ascii(text)).replace(/../g, '$& ').trim();
/** Planted words that a text shows, as characters or as octets in hex. */
function leaks(text: string): string[] {
  const words = [...JSON.stringify(DOCUMENT).matchAll(PLANTED), ...XML.matchAll(PLANTED)].map((m) => m[0]);
  return words.filter((w) => text.includes(w) || text.includes(hexOf(w)) || text.includes(hexOf(w).slice(0, -6)));
}

describe('planted secrets', () => {
  for (const [name, bytes] of inputs) {
    test(name, async () => {
      const session = await open(bytes);
      const { messages } = await session.request({ op: 'rows', table: 'messages', from: 0, count: 10 });
      expect(messages.length).toBeGreaterThan(0);
      for (const { id } of messages) {
        const masked: Detail = await session.request({ op: 'detail', message: id });
        expect(leaks(JSON.stringify(masked))).toEqual([]);
        expect(JSON.stringify(masked)).not.toContain(PIN);
        for (const { name: buffer } of masked.buffers) {
          const reply = await session.request({ op: 'bytes', message: id, buffer });
          const shown = reply.bytes.slice();
          for (const r of reply.secret ?? []) shown.fill(0x2a, r.start, r.start + r.length);
          const text = String.fromCharCode(...shown);
          expect(leaks(text), buffer).toEqual([]);
          // What a log spells in hex is followed, too.
          expect(leaks(text.replace(/../g, '$& ').trim()), buffer).toEqual([]);
        }
      }
    });
  }

  test('they show when asked for', async () => {
    const session = await open(inputs[0]![1]);
    const detail = await session.request({ op: 'detail', message: 'm1', secrets: true });
    expect(leaks(JSON.stringify(detail))).toEqual(leaks(JSON.stringify(DOCUMENT)).slice());
    expect(leaks(detail.xml ?? '')).toHaveLength(leaks(JSON.stringify(DOCUMENT)).length);
  });

  test('only they are hidden', async () => {
    const session = await open(inputs[0]![1]);
    const { secret = [], bytes } = await session.request({ op: 'bytes', message: 'm1', buffer: 'body' });
    const hidden = secret.reduce((n, r) => n + r.length, 0);
    expect(hidden).toBeGreaterThan(60);
    expect(hidden).toBeLessThan(bytes.length / 3);
  });
});

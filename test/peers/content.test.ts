// Pushes that are no provisioning documents: SUPL INIT and MMS PDUs as tshark reads them, SyncML, rights and the
// small documents as libwbxml does.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ethernet, udpPacket } from '../../analysis/encode/network.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { decodeBody } from '../../dissectors/content/index.ts';
import type { Detail } from '../../dissectors/content/kinds.ts';
import { element } from '../../dissectors/content/tree.ts';
import { encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import { CHANNEL } from '../../dissectors/content/wbxml/tables/channel.ts';
import { canonicalXml, readXml } from '../../dissectors/content/xml/index.ts';
import { encodePush } from '../../dissectors/wap/encode.ts';
import { mmsNotification } from '../generator/documents.ts';
import { ascii, cstring, fromHex, octets, join as together } from '../generator/octets.ts';
import {
  accountNodes,
  bootstrap,
  indication,
  invalidation,
  newMail,
  rights,
  type SuplFields,
  suplInit,
} from '../generator/pushes.ts';
import { peer } from '../project/peers.ts';
import { namesIn, sharedFolder } from '../support/shared.ts';
import { tsharkFields } from './tshark.ts';

const detailsOf = (body: Uint8Array, contentType: string): readonly Detail[] =>
  decodeBody(new Cursor(body, 0, body.length, null, [], 'body'), { contentType }).details;

const GATEWAY = { mac: '02:00:5e:00:53:0a', ip: '192.0.2.10', port: 9200 };
const PHONE = { mac: '02:00:5e:00:53:14', ip: '192.0.2.30' };
const PUSH_PORT = 2948;
const SUPL_PORT = 7275;

/** One datagram a frame, to a port of the phone. */
function capture(datagrams: readonly Uint8Array[], port: number): Uint8Array {
  const to = { ...PHONE, port };
  const frames = datagrams.map((data, i) => ({
    bytes: ethernet(GATEWAY, to, udpPacket(GATEWAY, to, i + 1, data)),
    time: BigInt(i + 1) * 1_000_000_000n,
  }));
  return writePcap(frames, { linkType: 1 });
}

/** Ours by label, and how tshark's text of the same value must read. */
type Pair = readonly [theirs: string, label: string, same: (ours: string, theirs: string) => boolean];

const equal = (ours: string, theirs: string): boolean => ours === theirs;
const contained = (ours: string, theirs: string): boolean => ours.includes(theirs);
const hexOf = (ours: string, theirs: string): boolean =>
  ours.replace(/^0x/, '').toLowerCase() === theirs.replace(/:/g, '').toLowerCase();

/** Numbers of an enumeration as the words of ours. */
const words =
  (...names: readonly string[]) =>
  (ours: string, theirs: string): boolean =>
    names[Number(theirs)] !== undefined && ours.startsWith(names[Number(theirs)]!);

function differences(
  path: string,
  program: string,
  bodies: readonly Uint8Array[],
  contentType: string,
  pairs: readonly Pair[],
  counts: Map<string, number>,
): string[] {
  const theirs = tsharkFields(program, path, [...new Set(pairs.map(([name]) => name))]);
  const out: string[] = [];
  for (const [i, body] of bodies.entries()) {
    const ours = detailsOf(body, contentType);
    const values = theirs.get(i + 1);
    for (const [name, label, same] of pairs) {
      const value = values?.get(name)?.[0];
      const own = ours.find((d) => d.label === label)?.value;
      if (value === undefined && own === undefined) continue;
      if (value === undefined || own === undefined) {
        if (value !== undefined) out.push(`frame ${i + 1} ${name}: tshark has ${value}, here is no ${label}`);
        continue;
      }
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (!same(own, value)) out.push(`frame ${i + 1} ${name}: ${own}, tshark has ${value}`);
    }
  }
  return out;
}

const session = fromHex('0a0b0c0d');
const SUPL: readonly SuplFields[] = [
  { session, server: 'slp.example.com', method: 0, mode: 0 },
  { session, server: 'h-SLP.mnc001.mcc001.pub.3gppnetwork.org', method: 5, mode: 1, version: [2, 0, 4] },
  {
    session,
    server: 'slp.example.com',
    method: 1,
    notification: { type: 3, requestor: 'Family finder', client: 'Example' },
    qop: { horizontal: 20, vertical: 7, age: 60, delay: 5 },
    mode: 0,
    mac: fromHex('a1b2c3d4e5f60718'),
    key: fromHex('000102030405060708090a0b0c0d0e0f'),
  },
  { session, server: 's.example', method: 9, notification: { type: 4 }, address: 'other.example.com', mode: 1 },
  {
    session,
    server: 's.example',
    method: 6,
    notification: { type: 1, client: 'Taxi' },
    qop: { horizontal: 0 },
    mode: 0,
  },
];

const SUPL_PAIRS: readonly Pair[] = [
  ['ulp.maj', 'Version', (ours, theirs) => ours.split('.')[0] === theirs],
  ['ulp.min', 'Version', (ours, theirs) => ours.split('.')[1] === theirs],
  ['ulp.servind', 'Version', (ours, theirs) => ours.split('.')[2] === theirs],
  ['ulp.sessionID', 'Session of the server', hexOf],
  ['ulp.fqdn', 'Server', equal],
  ['ulp.message', 'Message', words('SUPL INIT')],
  [
    'ulp.posMethod',
    'Positioning',
    words(
      'A-GPS, the server computes',
      'A-GPS, the device computes',
      'A-GPS, the server computes if',
      'A-GPS, the device computes if',
      'GPS alone',
      'AFLT',
      'enhanced cell',
      'E-OTD',
      'OTDOA',
      'no position',
    ),
  ],
  [
    'ulp.notificationType',
    'Notification',
    words('the user is neither', 'the user is told', 'the user is asked; w', 'the user is asked; w', 'privacy'),
  ],
  ['ulp.encodingType', 'Encoding of names', words('UCS-2', 'GSM', 'UTF-8')],
  ['ulp.requestorId', 'Requested by', (ours, theirs) => ours.startsWith(theirs)],
  ['ulp.clientName', 'Client', (ours, theirs) => ours.startsWith(theirs)],
  [
    'ulp.horacc',
    'Quality wanted',
    (ours, theirs) => ours.startsWith(`${(10 * (1.1 ** Number(theirs) - 1)).toFixed(1)} m`),
  ],
  ['ulp.maxLocAge', 'Quality wanted', (ours, theirs) => contained(ours, `at most ${theirs} s old`)],
  ['ulp.delay', 'Quality wanted', (ours, theirs) => contained(ours, `within ${2 ** Number(theirs)} s`)],
  ['ulp.sLPMode', 'Mode', words('proxy', 'non-proxy')],
  ['ulp.mac', 'MAC', hexOf],
  ['ulp.keyIdentity', 'Key identity', hexOf],
];

/** With its character set; tshark reads what is not ASCII in it as something else. */
const encodedText = together(octets(0x96, 5, 0xea), ascii('Hey'), octets(0));
const MMS: readonly Uint8Array[] = [
  mmsNotification('+4915550100001', 'http://mms.example.com/a', 30_000),
  together(
    octets(0x8c, 0x82, 0x98),
    cstring('T2'),
    octets(0x8d, 0x90, 0x89, 1, 0x81),
    encodedText,
    octets(0x8a, 0x83, 0x8f, 0x82, 0x86, 0x80, 0x8e, 2, 0x75, 0x30, 0x88, 6, 0x80, 4, 0x65, 0x4c, 0x2f, 0x00, 0x83),
    cstring('http://mms.example.com/b'),
  ),
  together(
    octets(0x8c, 0x86, 0x8d, 0x90, 0x8b),
    cstring('id@example'),
    octets(0x97),
    cstring('+4915550100002/TYPE=PLMN'),
    octets(0x85, 4, 0x65, 0x4c, 0x2f, 0x00, 0x95, 0x81),
  ),
  together(octets(0x8c, 0x81, 0x98), cstring('T3'), octets(0x8d, 0x90, 0x92, 0x80, 0x8b), cstring('m@example')),
];

const dateOf = (theirs: string): string => `${new Date(`${theirs} UTC`).toISOString().slice(0, 19)}Z`;

const MMS_PAIRS: readonly Pair[] = [
  [
    'mmse.message_type',
    'Type',
    (ours, theirs) =>
      [
        'm-send-req',
        'm-send-conf',
        'm-notification-ind',
        'm-notifyresp-ind',
        'm-retrieve-conf',
        'm-acknowledge-ind',
        'm-delivery-ind',
      ][Number(theirs) & 0x7f] === ours,
  ],
  ['mmse.transaction_id', 'Transaction', equal],
  ['mmse.mms_version', 'Version', equal],
  ['mmse.message_size', 'Size', (ours, theirs) => ours === `${theirs} octets`],
  ['mmse.content_location', 'Content location', equal],
  [
    'mmse.message_class.id',
    'Class',
    (ours, theirs) => ['Personal', 'Advertisement', 'Informational', 'Auto'][Number(theirs) & 0x7f] === ours,
  ],
  ['mmse.priority', 'Priority', (ours, theirs) => ['Low', 'Normal', 'High'][Number(theirs) & 0x7f] === ours],
  ['mmse.delivery_report', 'Delivery report', (ours, theirs) => ['Yes', 'No'][Number(theirs) & 1] === ours],
  ['mmse.expiry.rel', 'Expiry', (ours, theirs) => ours === `${Math.round(Number(theirs))} s`],
  ['mmse.expiry.abs', 'Expiry', (ours, theirs) => ours === dateOf(theirs.replace(/\.\d+.*$/, ''))],
  ['mmse.subject', 'Subject', equal],
  ['mmse.to', 'To', equal],
  ['mmse.message_id', 'Message-ID', equal],
  ['mmse.from', 'From', (ours, theirs) => ours === theirs || (theirs.includes('insert') && ours.includes('inserted'))],
];

describe('pushes against tshark', () => {
  const program = peer('tshark', 'tshark', 'SUPL INIT and MMS PDUs');
  if (program === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'otascope-content-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const counts = new Map<string, number>();
  const compare = (
    name: string,
    bodies: readonly Uint8Array[],
    contentType: string,
    pairs: readonly Pair[],
    port = PUSH_PORT,
  ): string[] => {
    const path = join(folder, `${name}.pcap`);
    const datagrams = port === PUSH_PORT ? bodies.map((body) => encodePush({ contentType, body })) : bodies;
    writeFileSync(path, capture(datagrams, port));
    return differences(path, program, bodies, contentType, pairs, counts);
  };

  test('SUPL INIT', () => {
    // As a datagram of its own: tshark does not know the number of its content type.
    expect(compare('supl', SUPL.map(suplInit), 'application/vnd.omaloc-supl-init', SUPL_PAIRS, SUPL_PORT)).toEqual([]);
    for (const [name] of SUPL_PAIRS) expect(counts.get(name) ?? 0, name).toBeGreaterThan(0);
  });

  test('MMS PDUs', () => {
    const vectors = sharedFolder('vectors', 'recorded MMS notifications');
    const recorded = vectors === null ? [] : namesIn(join(vectors, 'mms-engine'), '.ind');
    const bodies = [...MMS, ...recorded.map((n) => new Uint8Array(readFileSync(join(vectors!, 'mms-engine', n))))];
    expect(compare('mms', bodies, 'application/vnd.wap.mms-message', MMS_PAIRS)).toEqual([]);
    for (const [name] of MMS_PAIRS) expect(counts.get(name) ?? 0, name).toBeGreaterThan(0);
  });

  test('what was compared', () => {
    console.log([...counts].map(([name, n]) => `${name} ${n}`).join(', '));
    expect([...counts.values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(60);
  });
});

/** As libwbxml writes it, with white space, declaration and document type taken away by our own reader. */
function plain(xml: string): string {
  const bytes = new TextEncoder().encode(xml);
  const { root } = readXml(new Cursor(bytes, 0, bytes.length, null, [], 'body'));
  return root === null ? '' : canonicalXml(root).replace(/>\s+/g, '>').replace(/\s+</g, '<');
}

/** libwbxml writes name spaces into the elements of other code pages. */
const withoutNamespaces = (xml: string): string => xml.replace(/ xmlns="[^"]*"/g, '');

const WBXML: readonly (readonly [name: string, contentType: string, body: Uint8Array])[] = [
  [
    'DM bootstrap',
    'application/vnd.syncml.dm+wbxml',
    bootstrap(accountNodes('op', 'dm.example.com', 'example', 'bm9uY2U=')),
  ],
  ['SI', 'application/vnd.wap.sic', indication({ href: 'https://www.a.com/', id: '1', action: 'delete' }, 'Text')],
  ['CO', 'application/vnd.wap.coc', invalidation(['http://www.a.net/x'], ['https://b.org/'])],
  ['EMN', 'application/vnd.wap.emn+wbxml', newMail('mailat:a@example.org', '2026-11-06T09:58:00Z')],
  [
    'channel',
    'application/vnd.wap.channelc',
    encodeWbxml(
      element(
        'channel',
        { base: 'http://c.example/', maxspace: '9' },
        element('title', {}, 'News'),
        element('abstract', {}, 'What is new'),
        element('resource', { href: 'https://c.example/a', etag: 'x', md5: 'y', success: 'http://s', failure: 'f' }),
      ),
      { table: CHANNEL },
    ),
  ],
  ['rights', 'application/vnd.oma.drm.rights+wbxml', rights('cid:1@example.com', 'a2V5', '3')],
];

describe('documents against libwbxml', () => {
  const program = peer('wbxml2xml', 'wbxml-utils', 'SyncML, rights and the small documents');
  if (program === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'otascope-content-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  for (const [name, contentType, body] of WBXML) {
    test(name, () => {
      const from = join(folder, 'in.wbxml');
      writeFileSync(from, body);
      execFileSync(program, ['-o', `${from}.xml`, from], { stdio: 'ignore' });
      const c = new Cursor(body, 0, body.length, null, [], 'body');
      const { document } = decodeBody(c, { contentType });
      const ours = document?.root == null ? '' : canonicalXml(document.root);
      expect(ours).toBe(withoutNamespaces(plain(readFileSync(`${from}.xml`, 'utf8'))));
    });
  }
});

// Each kind of push and smart message from octets written elsewhere: what is read, what is said to be wrong, and that
// nothing done to the octets breaks the reading.

import { describe, expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { type BodyHint, decodeBody, decodePort } from '../../dissectors/content/index.ts';
import { element } from '../../dissectors/content/tree.ts';
import { encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import { CHANNEL } from '../../dissectors/content/wbxml/tables/channel.ts';
import { PROV } from '../../dissectors/content/wbxml/tables/prov.ts';
import { SYNCML_12 } from '../../dissectors/content/wbxml/tables/syncml.ts';
import { canonicalXml } from '../../dissectors/content/xml/index.ts';
import { serviceLoading } from '../generator/documents.ts';
import { ascii, fromHex, join, octets, utf8 } from '../generator/octets.ts';
import {
  accountNodes,
  bootstrap,
  bootstrapTree,
  card,
  entry,
  indication,
  invalidation,
  item,
  multipart,
  networkCode,
  newMail,
  picture,
  rights,
  ringingTone,
  suplInit,
  syncEntry,
  syncList,
  trigger,
} from '../generator/pushes.ts';
import { both, damaged, hex } from './support.ts';

const DM = 'application/vnd.syncml.notification';
const DS = 'application/vnd.syncml.ds.notification';
const DM_DOCUMENT = 'application/vnd.syncml.dm+wbxml';
const CONTENT = 'application/vnd.oma.drm.content';
const MESSAGE = 'application/vnd.oma.drm.message';
const MULTIPART = 'application/vnd.wap.multipart.mixed';
const SUPL = 'application/vnd.omaloc-supl-init';

const LOGO = Array.from({ length: 14 }, (_, y) => (y % 2 === 0 ? '#.' : '.#').repeat(36));
const PICTURE = [...LOGO, ...LOGO];

const account = accountNodes('op', 'dm.example.com', 'geheim', 'bm9uY2U=');
const { './DMAcc/op/ServerID': _, ...nameless } = account;

/** A request for the position that says whose it is. */
const position = suplInit({
  session: fromHex('01020304'),
  server: 'slp.example.com',
  method: 1,
  notification: { type: 3, requestor: 'Family finder' },
  qop: { horizontal: 20, vertical: 7, age: 60, delay: 5 },
  mode: 1,
});

const dcf = (version: number, length: number): Uint8Array =>
  join(
    octets(version, 9, 5),
    ascii('image/gif'),
    ascii('cid:1'),
    octets(36, length),
    ascii('Rights-Issuer: http://ri.example/\r\nX: '),
    fromHex('00112233'),
  );

interface Case {
  readonly name: string;
  readonly in: Uint8Array;
  readonly on: BodyHint | number;
  readonly kind: string;
  readonly details?: Readonly<Record<string, string>>;
  readonly codes?: readonly string[];
}

const typed = (contentType: string): BodyHint => ({ contentType });
const si = typed('application/vnd.wap.sic');
const sl = typed('application/vnd.wap.slc');
const co = typed('application/vnd.wap.coc');
const emn = typed('application/vnd.wap.emn+wbxml');

const cases: readonly Case[] = [
  {
    name: 'SI: delete without si-id',
    in: indication({ href: 'http://a.example/', action: 'delete' }, ''),
    on: si,
    kind: 'service-indication',
    codes: ['SI-DELETE-NO-ID'],
  },
  {
    name: 'SI: created after it expires, no text, an address that no browser opens, an unknown action',
    in: utf8(
      '<si><indication href="tel:+4915550100" created="2026-01-02T00:00:00Z" si-expires="2026-01-01T00:00:00Z" ' +
        'action="shout"/></si>',
    ),
    on: typed('text/vnd.wap.si'),
    kind: 'service-indication',
    codes: ['SI-NO-TEXT', 'SI-EXPIRES-BEFORE-CREATED', 'PUSH-ACTION', 'PUSH-ADDRESS-SCHEME'],
  },
  {
    name: 'SL: shown without asking, without an address',
    in: utf8('<sl action="execute-high"/>'),
    on: typed('text/vnd.wap.sl'),
    kind: 'service-loading',
    details: { Action: 'execute-high' },
    codes: ['SL-NO-ADDRESS', 'SL-EXECUTE-HIGH'],
  },
  { name: 'SL: cache', in: serviceLoading('http://a.example/'), on: sl, kind: 'service-loading' },
  {
    name: 'CO: nothing to invalidate',
    in: invalidation([], []),
    on: co,
    kind: 'cache-operation',
    codes: ['CO-EMPTY'],
  },
  {
    name: 'CO: an operation without an address',
    in: utf8('<co><invalidate-object/><invalidate-service uri="http://b.example/"/></co>'),
    on: typed('text/vnd.wap.co'),
    kind: 'cache-operation',
    details: { 'Service to invalidate': 'http://b.example/' },
    codes: ['CO-NO-ADDRESS'],
  },
  {
    name: 'EMN: a mailbox that is an address only, without a time',
    in: utf8('<emn mailbox="a@example.com"/>'),
    on: typed('text/vnd.wap.emn+xml'),
    kind: 'email-notification',
    codes: ['EMN-MAILBOX-SCHEME', 'EMN-NO-TIME'],
  },
  {
    name: 'EMN: no mailbox',
    in: utf8('<emn timestamp="2026-11-06T09:58:00Z"/>'),
    on: typed('text/vnd.wap.emn+xml'),
    kind: 'email-notification',
    codes: ['EMN-NO-MAILBOX'],
  },
  {
    name: 'EMN as WBXML',
    in: newMail('imap://a@example.de', '2026-11-06T09:58:00Z'),
    on: emn,
    kind: 'email-notification',
    details: { Mailbox: 'imap://a@example.de', Time: '2026-11-06T09:58:00Z' },
  },
  {
    name: 'DM notification: version 1.1, the user is asked, vendor data',
    in: trigger({ server: 's', session: 7, ui: 3, version: 11, body: octets(1, 2) }),
    on: typed(DM),
    kind: 'dm-notification',
    details: {
      Version: '1.1',
      'User interface': 'user interaction: The user is asked first',
      Session: '0x0007',
      Server: 's',
      'Vendor data': '0102',
    },
  },
  {
    name: 'DM notification: a version nobody defined, bits for future use, no server',
    in: hex(`${'00'.repeat(16)} ffd8000001 0001 00`),
    on: typed('application/vnd.oma.dm.notification'),
    kind: 'dm-notification',
    codes: ['DM-NOTIFICATION-VERSION', 'DM-NOTIFICATION-FUTURE', 'DM-NOTIFICATION-NO-SERVER'],
  },
  {
    name: 'DM notification: the server identifier is longer than the body',
    in: hex(`${'00'.repeat(16)} 0318000000 0001 0a 6162`),
    on: { contentType: null, applicationId: 'x-wap-application:syncml.dm' },
    kind: 'dm-notification',
    details: { Server: 'ab' },
    codes: ['DM-NOTIFICATION-SHORT'],
  },
  {
    name: 'DS notification: two data stores',
    in: trigger({
      server: 'ds',
      session: 1,
      body: syncList(syncEntry(6, 0x07, 'contacts'), syncEntry(10, 0x0305, 'calendar')),
    }),
    on: typed(DS),
    kind: 'sync-notification',
    details: { Server: 'ds', Synchronise: 'calendar, text/calendar, refresh from the server' },
  },
  {
    name: 'DS notification: fewer stores than announced, an unknown way, octets behind',
    in: trigger({ server: 'ds', session: 1, body: join(octets(0x20), syncEntry(3, 0, 'a'), octets(9, 9)) }),
    on: typed(DS),
    kind: 'sync-notification',
    details: { Synchronise: 'a, any content, way 3' },
    codes: ['DS-NOTIFICATION-SYNCS', 'DS-NOTIFICATION-SYNCS'],
  },
  {
    name: 'DS notification without its list',
    in: trigger({ server: 'ds', session: 1 }),
    on: typed(DS),
    kind: 'sync-notification',
    codes: ['DS-NOTIFICATION-SYNCS'],
  },
  {
    name: 'DM bootstrap',
    in: bootstrap(account),
    on: typed(DM_DOCUMENT),
    kind: 'dm-bootstrap',
    details: {
      'SyncML version': '1.2',
      Protocol: 'DM/1.2',
      'DMAcc/op/ServerID': 'dm.example.com',
      'DMAcc/op/AppAuth/1/AAuthSecret': 'geheim',
    },
    codes: ['DM-BOOTSTRAP-SECRET'],
  },
  {
    name: 'DM bootstrap as text',
    in: utf8(canonicalXml(bootstrapTree(account))),
    on: typed('application/vnd.syncml.dm+xml'),
    kind: 'dm-bootstrap',
    details: { 'DMAcc/op/AppAddr/1/Addr': 'https://dm.example.com/dm' },
    codes: ['DM-BOOTSTRAP-SECRET'],
  },
  {
    name: 'DM bootstrap without a server identifier, with a command that sets nothing',
    in: encodeWbxml(
      element(
        'SyncML',
        {},
        element(
          'SyncBody',
          {},
          element('Get', {}, element('Item', {}, element('Target', {}, element('LocURI', {}, './DevInfo')))),
          ...(bootstrapTree(nameless).children.flatMap((c) =>
            c.kind === 'element' && c.name === 'SyncBody'
              ? c.children.filter((x) => x.kind === 'element' && x.name === 'Add').slice(0, 3)
              : [],
          ) as never[]),
        ),
      ),
      { table: SYNCML_12 },
    ),
    on: typed(DM_DOCUMENT),
    kind: 'dm-bootstrap',
    codes: ['DM-BOOTSTRAP-COMMAND', 'DM-BOOTSTRAP-NO-SERVER'],
  },
  {
    name: 'a message of a synchronisation',
    in: encodeWbxml(
      element('SyncML', {}, element('SyncHdr', {}, element('VerProto', {}, 'SyncML/1.2')), element('SyncBody')),
      { table: SYNCML_12 },
    ),
    on: typed('application/vnd.syncml+wbxml'),
    kind: 'sync-message',
    details: { Protocol: 'SyncML/1.2' },
  },
  {
    name: 'an empty DM message',
    in: encodeWbxml(
      element('SyncML', {}, element('SyncHdr', {}, element('VerProto', {}, 'DM/1.2')), element('SyncBody')),
      { table: SYNCML_12 },
    ),
    on: typed(DM_DOCUMENT),
    kind: 'dm-bootstrap',
    codes: ['DM-BOOTSTRAP-EMPTY'],
  },
  {
    name: 'rights',
    in: rights('cid:1@example.com', 'a2V5', '3'),
    on: typed('application/vnd.oma.drm.rights+wbxml'),
    kind: 'drm-rights',
    details: { Content: 'cid:1@example.com', Permission: 'display, without limit', Key: 'a2V5' },
    codes: ['DRM-KEY-IN-CLEAR'],
  },
  {
    name: 'rights to nothing',
    in: utf8('<o-ex:rights/>'),
    on: typed('application/vnd.oma.drm.rights+xml'),
    kind: 'drm-rights',
    codes: ['DRM-NO-CONTENT', 'DRM-NO-PERMISSION'],
  },
  {
    name: 'protected content',
    in: dcf(1, 4),
    on: typed(CONTENT),
    kind: 'drm-content',
    details: {
      'Content type': 'image/gif',
      Content: 'cid:1',
      'Rights-Issuer': 'http://ri.example/',
      'Encrypted content': '4 octets',
    },
  },
  {
    name: 'protected content: another version, cut',
    in: dcf(2, 90),
    on: typed(CONTENT),
    kind: 'drm-content',
    codes: ['DRM-CONTENT-VERSION', 'DRM-CONTENT-SHORT'],
  },
  {
    name: 'a DRM message',
    in: utf8(
      '--b\r\nContent-Type: application/vnd.oma.drm.rights+xml\r\n\r\n<o-ex:rights/>\r\n--b\r\nContent-Type: image/gif\r\n' +
        'Content-ID: <1@example.com>\r\n\r\nGIF89a\r\n--b--\r\n',
    ),
    on: typed(MESSAGE),
    kind: 'drm-content',
    details: { Part: 'image/gif, 8 octets', Content: '<1@example.com>' },
  },
  {
    name: 'a DRM message without a boundary',
    in: utf8('Content-Type: image/gif\r\n\r\n'),
    on: typed(MESSAGE),
    kind: 'drm-content',
    codes: ['DRM-MESSAGE-BOUNDARY'],
  },
  {
    name: 'SUPL INIT on its port',
    in: position,
    on: 7275,
    kind: 'supl-init',
    details: {
      Version: '1.0.0',
      'Session of the server': '0x01020304',
      Server: 'slp.example.com',
      Message: 'SUPL INIT',
      Positioning: 'A-GPS, the device computes',
      'Requested by': 'Family finder (logical name)',
      'Quality wanted': '57.3 m, 8.5 m high, at most 60 s old, within 32 s',
      Mode: 'non-proxy: the device speaks with the positioning centre',
    },
  },
  {
    name: 'SUPL: the length lies, the message is another',
    in: hex('0063 010000 14'),
    on: typed(SUPL),
    kind: 'supl-init',
    details: { Message: 'SUPL END' },
    codes: ['SUPL-LENGTH', 'SUPL-NOT-INIT'],
  },
  {
    name: 'a multipart of three, one of them settings',
    in: multipart(
      [0x30, serviceLoading('http://a.example/')],
      [
        0x36,
        encodeWbxml(
          element(
            'wap-provisioningdoc',
            {},
            element('characteristic', { type: 'NAPDEF' }, element('parm', { name: 'NAPID', value: 'N' })),
          ),
          { table: PROV },
        ),
      ],
      [0x03, ascii('x')],
    ),
    on: typed(MULTIPART),
    kind: 'client-provisioning',
    details: {
      'Part 1': 'application/vnd.wap.slc, 20 octets',
      'Part 1: Address': 'http://a.example/',
      'Part 3': 'text/plain, 1 octets',
    },
  },
  {
    name: 'a multipart that says more parts than it has',
    in: join(octets(3), multipart([0x30, serviceLoading('http://a.example/')]).subarray(1)),
    on: typed(MULTIPART),
    kind: 'multipart',
    codes: ['MULTIPART-COUNT'],
  },
  {
    name: 'a multipart whose part is longer than it',
    in: hex('01 01 20 83 6162'),
    on: typed('application/vnd.wap.multipart.related'),
    kind: 'multipart',
    details: { 'Part 1': 'text/plain, 2 octets' },
    codes: ['MULTIPART-LENGTH'],
  },
  {
    name: 'a multipart in a multipart',
    in: multipart([0x23, multipart([0x03, ascii('x')])]),
    on: typed(MULTIPART),
    kind: 'multipart',
    details: { 'Part 1: Part 1': 'text/plain, 1 octets' },
  },
  {
    name: 'a ringing tone',
    in: ringingTone('Scale', [
      { note: 1, length: 2 },
      { note: 0, length: 3 },
      { note: 12, length: 4, dots: 1 },
    ]),
    on: 5505,
    kind: 'ringing-tone',
    details: { Kind: 'basic song', Title: 'Scale', Tempo: '125 beats a minute', Tune: '4c5,8p,16b5.', Notes: '3' },
  },
  {
    // The beginning of a tone that is quoted in many places: title 'test'.
    name: 'a ringing tone that is cut',
    in: hex('024a3a51d195cdd008001b2055059061056055855054'),
    on: 5505,
    kind: 'ringing-tone',
    details: { Title: 'test' },
    codes: ['NOKIA-TONE'],
  },
  { name: 'no ringing tone', in: hex('0102'), on: 5505, kind: 'ringing-tone', codes: ['NOKIA-TONE'] },
  {
    name: 'an operator logo',
    in: join(octets(0x30), networkCode('262', '01'), octets(0x0a), picture(LOGO)),
    on: 5506,
    kind: 'operator-logo',
    details: { Network: '262 01', Picture: '72 by 14 pixels' },
  },
  {
    name: 'an operator logo without version and end, for no network, of a size nobody shows',
    in: join(hex('aabbcc'), picture(['########'])),
    on: 5506,
    kind: 'operator-logo',
    details: { Network: 'AABBCC', Picture: '8 by 1 pixels' },
    codes: ['NOKIA-LOGO-NETWORK', 'NOKIA-LOGO-SIZE'],
  },
  {
    name: 'a caller logo whose pixels are missing',
    in: hex('00480e01ff'),
    on: 5507,
    kind: 'caller-logo',
    codes: ['NOKIA-LOGO'],
  },
  {
    name: 'a picture message',
    in: join(octets(0x30), item(0, ascii('Hello')), item(2, picture(PICTURE)), item(1, hex('0041'))),
    on: 5514,
    kind: 'picture-message',
    details: { Picture: '72 by 28 pixels', Text: 'A' },
  },
  {
    name: 'a picture message with an item that is cut and one that is not defined',
    in: join(octets(0x30), item(9, hex('aa')), hex('000005 41')),
    on: 5514,
    kind: 'picture-message',
    details: { Text: 'A', 'Item of kind 9': '1 octets' },
    codes: ['NOKIA-PICTURE', 'NOKIA-PICTURE'],
  },
  {
    name: 'a business card, folded and quoted',
    in: card([
      'N:Müller;Jürgen',
      'FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=BCrgen M=C3=',
      '=BCller',
      'TEL;CELL;PREF:+49155',
      'NOTE:one',
      ' two',
    ]),
    on: 9204,
    kind: 'business-card',
    details: { Name: 'Jürgen Müller', 'Name in parts': 'Müller, Jürgen', 'Telephone (cell)': '+49155', Note: 'onetwo' },
  },
  {
    name: 'a card without an end and with a line that is none',
    in: utf8('BEGIN:VCARD\nFN:A\nnothing\n'),
    on: typed('text/x-vcard'),
    kind: 'business-card',
    details: { Name: 'A' },
    codes: ['VOBJECT-LINE', 'VOBJECT-FRAME'],
  },
  {
    name: 'a card by its first octets',
    in: card(['FN:A']),
    on: { contentType: null },
    kind: 'business-card',
    details: { Name: 'A' },
  },
  {
    name: 'a calendar entry',
    in: entry(['SUMMARY:Dentist', 'DTSTART:20261112T090000Z']),
    on: 228,
    kind: 'calendar-entry',
    details: { Kind: 'VEVENT', Summary: 'Dentist', Begins: '2026-11-12T09:00:00Z' },
  },
  {
    name: 'a channel',
    in: encodeWbxml(
      element(
        'channel',
        { base: 'http://c.example/', EventId: '1' },
        element('title', {}, 'News'),
        element('resource', { href: 'http://c.example/a' }),
      ),
      { table: CHANNEL },
    ),
    on: typed('application/vnd.wap.channelc'),
    kind: 'other-push',
    details: { 'Base address': 'http://c.example/', Event: '1', Title: 'News', Resource: 'http://c.example/a' },
  },
  {
    name: 'plain text',
    in: utf8('Grüße'),
    on: typed('text/plain'),
    kind: 'other-push',
    details: { Text: 'Grüße' },
  },
  {
    name: 'a bookmark',
    in: utf8('BEGIN:VBKM\r\nTITLE:News\r\nURL:http://n.example/\r\nEND:VBKM\r\n'),
    on: typed('text/x-vbookmark'),
    kind: 'other-push',
    details: { Title: 'News', Address: 'http://n.example/' },
  },
  {
    name: 'a port of an application',
    in: ascii('x'),
    on: 16000,
    kind: 'application-message',
    details: { Port: '16000, free for applications' },
  },
  { name: 'a port of an application, 8 bits', in: ascii('x'), on: 240, kind: 'application-message' },
  {
    name: 'a port that nobody reads',
    in: ascii('x'),
    on: 5503,
    kind: 'unknown',
    details: { Port: '5503, Nokia internet access configuration' },
  },
];

const decode = (c: Cursor, on: Case['on']) => (typeof on === 'number' ? decodePort(c, on) : decodeBody(c, on));

describe('pushes and smart messages', () => {
  for (const x of cases) {
    test(x.name, () => {
      const { out, codes } = both(x.in, 'body', (c) => decode(c, x.on));
      expect({ kind: out.kind, codes }).toEqual({ kind: x.kind, codes: x.codes ?? [] });
      if (x.details !== undefined)
        expect(Object.fromEntries(out.details.map((d) => [d.label, d.value]))).toMatchObject(x.details);
      for (const d of out.details)
        if (d.range !== null) expect(d.range.start + d.range.length).toBeLessThanOrEqual(x.in.length);
    });
  }
});

describe('damage', () => {
  for (const x of cases.filter((c) => c.in.length < 400)) {
    test(x.name, () => {
      let n = 0;
      for (const d of damaged(x.in)) {
        n += 1;
        // Comparing costs more than reading: every eighth with the recorder.
        if (n % 8 === 0) both(d.bytes, 'body', (c) => decode(c, x.on));
        else decode(new Cursor(d.bytes, 0, d.bytes.length, null, [], 'body'), x.on);
      }
      expect(n).toBe(x.in.length * 5);
    });
  }
});

describe('trees', () => {
  test('every octet of a smart message is in a row', () => {
    for (const x of cases.filter((c) => (c.codes ?? []).length === 0 && typeof c.on === 'number')) {
      const { rows } = both(x.in, 'body', (c) => decode(c, x.on));
      const seen = new Set<number>();
      for (const r of rows)
        if (r.value !== null || r.text !== undefined) for (let i = 0; i < r.length; i += 1) seen.add(r.start + i);
      const unread = [...x.in.keys()].filter((i) => !seen.has(i));
      expect(unread, x.name).toEqual([]);
    }
  });
});

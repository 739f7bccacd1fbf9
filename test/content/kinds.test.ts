// Whatever a push can be: what is chosen, why, and what is told of it.

import { describe, expect, test } from 'vitest';
import { type BodyHint, decodeBody } from '../../dissectors/content/index.ts';
import { element } from '../../dissectors/content/tree.ts';
import { encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import { OTA_SETTINGS, SYNC_SETTINGS } from '../../dissectors/content/wbxml/tables/ota.ts';
import { PROV } from '../../dissectors/content/wbxml/tables/prov.ts';
import { CO, DRMREL, EMN, SI, SL } from '../../dissectors/content/wbxml/tables/push.ts';
import { both, hex, toHex } from './support.ts';

const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s);
const h = (s: string): string => toHex(utf8(s));

interface Case {
  readonly name: string;
  readonly in: Uint8Array;
  readonly hint: BodyHint;
  readonly kind: string;
  readonly chosenBy: string;
  readonly details?: Readonly<Record<string, string>>;
  readonly codes?: readonly string[];
}

const type = (contentType: string): BodyHint => ({ contentType });
const nap = element(
  'wap-provisioningdoc',
  { version: '1.0' },
  element('characteristic', { type: 'NAPDEF' }, element('parm', { name: 'NAPID', value: 'N' })),
);

const MMS = `8c82 98 ${h('T1')}00 8d90 8a80 8e020400 88 05 81 03 03f480 83 ${h('http://m/')}00`;

const cases: readonly Case[] = [
  {
    name: 'client provisioning',
    in: encodeWbxml(nap, { table: PROV }),
    hint: type('application/vnd.wap.connectivity-wbxml'),
    kind: 'client-provisioning',
    chosenBy: 'public identifier 0x0B',
  },
  {
    name: 'client provisioning without a content type',
    in: encodeWbxml(nap, { table: PROV }),
    hint: { contentType: null },
    kind: 'client-provisioning',
    chosenBy: 'public identifier 0x0B',
  },
  {
    name: 'client provisioning as text',
    in: utf8('<wap-provisioningdoc/>'),
    hint: type('text/vnd.wap.connectivity-xml; charset=utf-8'),
    kind: 'client-provisioning',
    chosenBy: 'content type text/vnd.wap.connectivity-xml',
  },
  {
    name: 'text where WBXML is announced',
    in: utf8('<wap-provisioningdoc/>'),
    hint: type('application/vnd.wap.connectivity-wbxml'),
    kind: 'client-provisioning',
    chosenBy: 'content type application/vnd.wap.connectivity-wbxml',
    codes: ['CONTENT-FORM'],
  },
  {
    name: 'WBXML where text is announced',
    in: encodeWbxml(nap, { table: PROV }),
    hint: type('text/vnd.wap.connectivity-xml'),
    kind: 'client-provisioning',
    chosenBy: 'public identifier 0x0B',
    codes: ['CONTENT-FORM'],
  },
  {
    name: 'another document than announced',
    in: encodeWbxml(nap, { table: PROV }),
    hint: type('application/vnd.wap.sic'),
    kind: 'client-provisioning',
    chosenBy: 'its root element',
    codes: ['WBXML-PUBLIC-ID-MISMATCH', 'CONTENT-TYPE-MISMATCH'],
  },
  {
    name: 'service indication',
    in: encodeWbxml(
      element(
        'si',
        {},
        element(
          'indication',
          {
            href: 'http://a.b/',
            'si-id': '7',
            action: 'signal-high',
            created: '2026-11-20T08:15:00Z',
            'si-expires': '2026-12-31T00:00:00Z',
          },
          'Neue Nachrichten',
        ),
      ),
      { table: SI, version: 2 },
    ),
    hint: type('application/vnd.wap.sic'),
    kind: 'service-indication',
    chosenBy: 'public identifier 0x05',
    details: {
      Text: 'Neue Nachrichten',
      Address: 'http://a.b/',
      Action: 'signal-high',
      Identifier: '7',
      Created: '2026-11-20T08:15:00Z',
      Expires: '2026-12-31T00:00:00Z',
    },
  },
  {
    name: 'a date that is none',
    in: hex('02056a00 45 c6 10 c30499992099 01 03 48 00 01 01'),
    hint: type('application/vnd.wap.sic'),
    kind: 'service-indication',
    chosenBy: 'public identifier 0x05',
    details: { Text: 'H', Expires: '99992099' },
    codes: ['WBXML-BAD-DATE'],
  },
  {
    name: 'service loading',
    in: encodeWbxml(element('sl', { href: 'https://www.a.org/x', action: 'execute-low' }), { table: SL }),
    hint: type('application/vnd.wap.slc'),
    kind: 'service-loading',
    chosenBy: 'public identifier 0x06',
    details: { Address: 'https://www.a.org/x', Action: 'execute-low' },
  },
  {
    name: 'cache operation',
    in: encodeWbxml(
      element(
        'co',
        {},
        element('invalidate-object', { uri: 'http://a/' }),
        element('invalidate-service', { uri: 'http://b/' }),
      ),
      { table: CO },
    ),
    hint: type('application/vnd.wap.coc'),
    kind: 'cache-operation',
    chosenBy: 'public identifier 0x07',
    details: { 'Object to invalidate': 'http://a/', 'Service to invalidate': 'http://b/' },
  },
  {
    name: 'e-mail notification',
    in: encodeWbxml(element('emn', { mailbox: 'mailat:user@wapforum.org', timestamp: '2002-04-16T06:40:00Z' }), {
      table: EMN,
    }),
    hint: type('application/vnd.wap.emn+wbxml'),
    kind: 'email-notification',
    chosenBy: 'public identifier 0x0D',
    details: { Mailbox: 'mailat:user@wapforum.org', Time: '2002-04-16T06:40:00Z' },
    codes: ['WBXML-DISPUTED-TOKEN'],
  },
  {
    name: 'OTA settings',
    in: encodeWbxml(
      element(
        'CHARACTERISTIC-LIST',
        {},
        element(
          'CHARACTERISTIC',
          { TYPE: 'ADDRESS' },
          element('PARM', { NAME: 'BEARER', VALUE: 'GPRS' }),
          element('PARM', { NAME: 'PPP_AUTHSECRET', VALUE: 'pw' }),
        ),
        element('CHARACTERISTIC', { TYPE: 'URL', VALUE: 'http://a/' }),
      ),
      { table: OTA_SETTINGS, version: 1 },
    ),
    hint: { contentType: 'application/x-wap-prov.browser-settings', port: 49999 },
    codes: ['OTA-NO-PROXY', 'OTA-GPRS-WITHOUT-APN', 'OTA-CREDENTIALS-HALF', 'OTA-UNNAMED'],
    kind: 'ota-settings',
    chosenBy: 'content type application/x-wap-prov.browser-settings',
    details: { 'ADDRESS BEARER': 'GPRS', 'ADDRESS PPP_AUTHSECRET': 'pw', URL: 'http://a/' },
  },
  {
    name: 'OTA settings by port',
    in: encodeWbxml(element('CHARACTERISTIC-LIST'), { table: OTA_SETTINGS, version: 1 }),
    hint: { contentType: null, port: 49999 },
    codes: ['OTA-NOTHING-KNOWN'],
    kind: 'ota-settings',
    chosenBy: 'port 49999',
  },
  {
    name: 'synchronisation settings',
    in: encodeWbxml(element('SyncSettings', {}, element('Name', {}, 'Server'), element('Cred', {}, 'pw')), {
      table: SYNC_SETTINGS,
    }),
    hint: type('application/vnd.nokia.syncset+wbxml'),
    codes: ['SYNCSET-NO-HOST', 'SYNCSET-DATABASE'],
    kind: 'ota-settings',
    chosenBy: 'content type application/vnd.nokia.syncset+wbxml',
    details: { Name: 'Server', Cred: 'pw' },
  },
  {
    name: 'rights object',
    in: encodeWbxml(element('o-ex:rights', {}, element('o-dd:uid', {}, 'cid:1'), element('ds:KeyValue', {}, 'key')), {
      table: DRMREL,
    }),
    hint: type('application/vnd.oma.drm.rights+wbxml'),
    kind: 'drm-rights',
    chosenBy: 'public identifier 0x0E',
    details: { Content: 'cid:1', Key: 'key' },
    codes: ['DRM-NO-PERMISSION', 'DRM-KEY-IN-CLEAR'],
  },
  {
    name: 'MMS notification',
    in: hex(MMS),
    hint: type('application/vnd.wap.mms-message'),
    kind: 'mms-notification',
    chosenBy: 'content type application/vnd.wap.mms-message',
    details: {
      Type: 'm-notification-ind',
      Transaction: 'T1',
      Version: '1.0',
      Class: 'Personal',
      Size: '1024 octets',
      Expiry: '259200 s',
      'Content location': 'http://m/',
    },
  },
  {
    name: 'MMS notification by its octets',
    in: hex(MMS),
    hint: { contentType: null },
    kind: 'mms-notification',
    chosenBy: 'its first octets',
  },
  {
    name: 'MMS: subject with a character set, sender inserted, an own class, an absolute expiry',
    in: hex(
      `8c82 98 ${h('T')}00 8d92 96 07 ea ${h('Süß')}00 89 01 81 8a ${h('vip')}00 8e0101 88 06 80 04 3813f680 83 ${h('http://u/')}00`,
    ),
    hint: type('application/vnd.wap.mms-message'),
    kind: 'mms-notification',
    chosenBy: 'content type application/vnd.wap.mms-message',
    details: { Subject: 'Süß', From: 'inserted by the relay', Class: 'vip', Expiry: '1999-10-25T06:19:44Z' },
  },
  {
    name: 'MMS: other PDU, order, values',
    in: hex(`98 ${h('T')}00 8c86 97 ${h('+49')}00 9583 8d90 ff80`),
    hint: type('application/vnd.wap.mms-message'),
    kind: 'mms-notification',
    chosenBy: 'content type application/vnd.wap.mms-message',
    details: { Type: 'm-delivery-ind', To: '+49', 'X-Mms-Status': 'Deferred' },
    codes: ['MMS-UNKNOWN-FIELD', 'MMS-FIRST-FIELDS'],
  },
  {
    name: 'MMS: fields missing and cut',
    in: hex(`8c82 98 ${h('T')}00 8d90 88 05 81`),
    hint: type('application/vnd.wap.mms-message'),
    kind: 'mms-notification',
    chosenBy: 'content type application/vnd.wap.mms-message',
    codes: ['MMS-TRUNCATED', 'MMS-MISSING-FIELD', 'MMS-MISSING-FIELD', 'MMS-MISSING-FIELD'],
  },
  {
    name: 'session initiation',
    in: hex('00 02 84 87 08 c4 0a 23f1 7f000001'),
    hint: type('application/vnd.wap.sia'),
    kind: 'session-initiation',
    chosenBy: 'content type application/vnd.wap.sia',
  },
  {
    name: 'session initiation as a gateway garbles it',
    in: hex('0001340fc90a393230313132372e302e302e31'),
    hint: type('application/vnd.wap.sia'),
    kind: 'session-initiation',
    chosenBy: 'content type application/vnd.wap.sia',
    details: { Version: '0' },
    codes: ['SIA-CONTACT-POINT'],
  },
  {
    name: 'DM notification',
    in: hex(`${'ab'.repeat(16)} 0318000000 00ff 04 ${h('srv1')} aa`),
    hint: type('application/vnd.syncml.notification'),
    kind: 'dm-notification',
    chosenBy: 'content type application/vnd.syncml.notification',
    details: {
      Digest: 'AB'.repeat(16),
      Version: '1.2',
      'User interface': 'background: The user is not told',
      'Initiated by': 'the server',
      Session: '0x00FF',
      Server: 'srv1',
      'Vendor data': 'AA',
    },
  },
  {
    name: 'DM notification, too short',
    in: hex('abcd'),
    hint: type('application/vnd.syncml.notification'),
    kind: 'dm-notification',
    chosenBy: 'content type application/vnd.syncml.notification',
    codes: ['DM-NOTIFICATION-SHORT'],
  },
  {
    name: 'SUPL INIT',
    in: hex('0008 010000 aabbcc'),
    hint: type('application/vnd.omaloc-supl-init'),
    kind: 'supl-init',
    chosenBy: 'content type application/vnd.omaloc-supl-init',
    details: { Version: '1.0.0' },
    codes: ['SUPL-UNREAD'],
  },
  {
    name: 'some other push',
    in: hex('aabbcc'),
    hint: type('image/vnd.wap.wbmp'),
    kind: 'other-push',
    chosenBy: 'content type image/vnd.wap.wbmp',
  },
  {
    name: 'the application tells where the content type could not be read',
    in: hex('0008 010000 aabbcc'),
    hint: { contentType: null, applicationId: 'x-oma-application:ulp.ua' },
    kind: 'supl-init',
    chosenBy: 'application x-oma-application:ulp.ua',
    codes: ['SUPL-UNREAD'],
  },
  { name: 'nothing known', in: hex('aabbcc'), hint: { contentType: null }, kind: 'unknown', chosenBy: 'nothing' },
  { name: 'nothing at all', in: hex(''), hint: { contentType: null }, kind: 'unknown', chosenBy: 'nothing' },
  {
    name: 'an empty body that should be WBXML',
    in: hex(''),
    hint: type('application/vnd.wap.connectivity-wbxml'),
    kind: 'client-provisioning',
    chosenBy: 'content type application/vnd.wap.connectivity-wbxml',
    codes: ['WBXML-EMPTY'],
  },
];

describe('decodeBody', () => {
  for (const c of cases) {
    test(c.name, () => {
      const { out, codes } = both(c.in, 'body', (cursor) => decodeBody(cursor, c.hint));
      expect({ kind: out.kind, chosenBy: out.chosenBy, codes }).toEqual({
        kind: c.kind,
        chosenBy: c.chosenBy,
        codes: c.codes ?? [],
      });
      if (c.details !== undefined) {
        expect(Object.fromEntries(out.details.map((d) => [d.label, d.value]))).toMatchObject(c.details);
      }
      for (const d of out.details)
        if (d.range !== null) expect(d.range.start + d.range.length).toBeLessThanOrEqual(c.in.length);
      if (out.kind === 'client-provisioning' && out.document?.root) expect(out.provisioning).not.toBeNull();
    });
  }

  test('session initiation names applications and contact points', () => {
    const { out } = both(hex('00 02 84 87 08 c4 0a 23f1 7f000001'), 'body', (c) =>
      decodeBody(c, type('application/vnd.wap.sia')),
    );
    expect(out.details.map((d) => d.value)).toEqual([
      '0',
      'x-wap-application:mms.ua',
      'x-wap-application:syncml.dm',
      '127.0.0.1 port 9201, GSM CSD, IPv4',
    ]);
  });

  test('passwords among the details are marked, and hidden in the tree', () => {
    const settings = cases.find((c) => c.name === 'OTA settings')!;
    const { out, rows } = both(settings.in, 'body', (c) => decodeBody(c, settings.hint));
    expect(out.details.filter((d) => d.secret === true).map((d) => d.value)).toEqual(['pw']);
    expect(rows.filter((r) => r.value === 'pw').every((r) => r.field.secret === true)).toBe(true);
    const rights = cases.find((c) => c.name === 'rights object')!;
    const keys = both(rights.in, 'body', (c) => decodeBody(c, rights.hint)).rows.filter((r) => r.value === 'key');
    expect(keys.map((r) => r.field.secret)).toEqual([true]);
  });

  test('the model keeps order, absent values and what has no name', () => {
    const doc = element(
      'wap-provisioningdoc',
      { version: '1.1' },
      element(
        'characteristic',
        { type: 'PXLOGICAL' },
        element('parm', { name: 'TRUST' }),
        element('odd', {}, element('parm', { name: 'X' })),
        element('parm', { value: 'v' }),
        element('characteristic', {}, element('parm', { name: 'A', value: '' })),
      ),
    );
    const { out } = both(encodeWbxml(doc, { table: PROV }), 'body', (c) => decodeBody(c, { contentType: null }));
    expect(out.provisioning).toMatchObject({
      version: '1.1',
      characteristics: [
        {
          type: 'PXLOGICAL',
          parms: [
            { name: 'TRUST', value: null },
            { name: '', value: 'v' },
          ],
          characteristics: [{ type: '', parms: [{ name: 'A', value: '' }] }],
        },
      ],
    });
  });
});

// Management documents and their accounts, what is secret in them, and what ports and applications are called.

import { describe, expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { managedAccounts, managedNodes } from '../../dissectors/content/dm/syncml.ts';
import { decodeBody, decodePort } from '../../dissectors/content/index.ts';
import { isBodyPort, portName } from '../../dissectors/content/ports.ts';
import { CONTENT_DECODERS } from '../../dissectors/content/registry.ts';
import { element } from '../../dissectors/content/tree.ts';
import { encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import { DEVINF_12, SYNCML_12 } from '../../dissectors/content/wbxml/tables/syncml.ts';
import { canonicalXml } from '../../dissectors/content/xml/index.ts';
import { APPLICATION_IDS } from '../../dissectors/wap/wsp/names.ts';
import { utf8 } from '../generator/octets.ts';
import { accountNodes, bootstrap, bootstrapTree, picture } from '../generator/pushes.ts';
import { both } from './support.ts';

const DM_DOCUMENT = 'application/vnd.syncml.dm+wbxml';
const LOGO = Array.from({ length: 14 }, (_, y) => (y % 2 === 0 ? '#.' : '.#').repeat(36));
const account = accountNodes('op', 'dm.example.com', 'geheim', 'bm9uY2U=');

describe('trees', () => {
  test('a logo is drawn row by row', () => {
    const { rows } = both(picture(LOGO), 'body', (c) => decodePort(c, 5507));
    const drawn = rows.filter((r) => r.field.path === 'nokia.bitmap.row').map((r) => r.value);
    expect(drawn).toEqual(LOGO.map((l) => l.replaceAll('#', '█').replaceAll('.', '·')));
  });

  test('passwords and nonces of a bootstrap are secret rows, in WBXML and in text', () => {
    for (const [body, type] of [
      [bootstrap(account), DM_DOCUMENT],
      [utf8(canonicalXml(bootstrapTree(account))), 'application/vnd.syncml.dm+xml'],
    ] as const) {
      const { out, rows } = both(body, 'body', (c) => decodeBody(c, { contentType: type }));
      for (const value of ['geheim', 'bm9uY2U=']) {
        const found = rows.filter((r) => r.value === value);
        expect(found.length).toBeGreaterThan(0);
        expect(found.every((r) => r.field.secret === true)).toBe(true);
      }
      expect(rows.some((r) => r.value === 'dm.example.com' && r.field.secret !== true)).toBe(true);
      expect(out.details.filter((d) => d.secret === true).map((d) => d.value)).toEqual(['geheim', 'bm9uY2U=']);
    }
  });
});

describe('management accounts', () => {
  const nodes = (of: Readonly<Record<string, string>>) => {
    const body = bootstrap(of);
    const { document } = decodeBody(new Cursor(body, 0, body.length, null, [], 'body'), { contentType: DM_DOCUMENT });
    return managedNodes(document!);
  };

  test('of DM 1.2', () => {
    expect(managedAccounts(nodes(account))).toMatchObject([
      {
        serverId: 'dm.example.com',
        addresses: ['https://dm.example.com/dm'],
        credentials: [{ level: 'SRVCRED', name: 'dm.example.com', secret: 'geheim', data: 'bm9uY2U=' }],
      },
    ]);
  });

  test('of DM 1.1', () => {
    const of = {
      './SyncML/DMAcc/op/ServerId': 'old.example.com',
      './SyncML/DMAcc/op/Addr': 'http://old.example.com/',
      './SyncML/DMAcc/op/ServerPW': 'srv',
      './SyncML/DMAcc/op/ServerNonce': 'MTIz',
      './SyncML/DMAcc/op/UserName': 'me',
      './SyncML/DMAcc/op/ClientPW': 'pw',
    };
    expect(managedAccounts(nodes(of))).toMatchObject([
      {
        serverId: 'old.example.com',
        addresses: ['http://old.example.com/'],
        credentials: [
          { level: 'SRVCRED', name: 'old.example.com', secret: 'srv', data: 'MTIz' },
          { level: 'CLCRED', name: 'me', secret: 'pw', data: null },
        ],
      },
    ]);
  });

  test('described by name within one another', () => {
    const node = (name: string, ...inner: readonly (ReturnType<typeof element> | string)[]) =>
      element('Node', {}, element('NodeName', {}, name), ...inner);
    const tree = element(
      'MgmtTree',
      {},
      element('VerDTD', {}, '1.2'),
      node(
        'DMAcc',
        node(
          'op',
          node('ServerID', element('Value', {}, 'tnd.example.com')),
          node('AppAuth', node('1', node('AAuthSecret', element('Value', {}, 'geheim')))),
        ),
      ),
    );
    const item = element('Item', {}, element('Target', {}, element('LocURI', {}, '.')), element('Data', {}, tree));
    const document = element('SyncML', {}, element('SyncBody', {}, element('Add', {}, item)));
    const body = encodeWbxml(document, { table: SYNCML_12 });
    const { out, rows } = both(body, 'body', (c) => decodeBody(c, { contentType: DM_DOCUMENT }));
    expect(out.details.map((d) => [d.label, d.value])).toEqual([
      ['DMAcc/op/ServerID', 'tnd.example.com'],
      ['DMAcc/op/AppAuth/1/AAuthSecret', 'geheim'],
    ]);
    expect(rows.filter((r) => r.value === 'geheim').every((r) => r.field.secret === true)).toBe(true);
  });
});

describe('names', () => {
  test('device information is read', () => {
    const body = encodeWbxml(element('DevInf', {}, element('Man', {}, 'Example'), element('Mod', {}, 'One')), {
      table: DEVINF_12,
    });
    const { out } = both(body, 'body', (c) => decodeBody(c, { contentType: 'application/vnd.syncml-devinf+wbxml' }));
    expect(out.document?.root && canonicalXml(out.document.root)).toBe(
      '<DevInf><Man>Example</Man><Mod>One</Mod></DevInf>',
    );
  });

  test('well-known ports', () => {
    expect(portName(2948)).toBe('WAP Push');
    expect(portName(16500)).toBe('free for applications');
    expect(portName(250)).toBe('free for applications, 8-bit port');
    expect(portName(1234)).toBeUndefined();
  });

  test('the applications of the registry', () => {
    expect(APPLICATION_IDS.get(0x07)).toBe('x-wap-application:syncml.dm');
    expect(APPLICATION_IDS.get(0x10)).toBe('x-oma-application:ulp.ua');
  });
});

describe('ports', () => {
  test('each port with a decoder is one whose datagrams are bodies', () => {
    const decoded = CONTENT_DECODERS.flatMap((d) => (d.form === 'binary' ? (d.ports ?? []) : []));
    expect([...decoded].sort()).toEqual([...Array(65536).keys()].filter(isBodyPort).sort());
    for (const port of decoded) expect(portName(port), String(port)).toBeDefined();
  });
});

// Every document that Kannel, gammu and libwbxml make, their own samples included: made here, read by otascope, and
// beside what docs/peers.md says of it. None of their files is kept.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { element, type TreeElement } from '../../dissectors/content/tree.ts';
import { decodeWbxml } from '../../dissectors/content/wbxml/decode.ts';
import type { TokenTable } from '../../dissectors/content/wbxml/table.ts';
import { OTA_SETTINGS } from '../../dissectors/content/wbxml/tables/ota.ts';
import { PROV } from '../../dissectors/content/wbxml/tables/prov.ts';
import { canonicalXml } from '../../dissectors/content/xml/index.ts';
import { report } from '../encode/support.ts';
import { peer } from '../project/peers.ts';
import { namesIn, sharedFolder } from '../support/shared.ts';
import { documentsOf, saidOf, written } from './documents.ts';

const dir = mkdtempSync(join(tmpdir(), 'otascope-documents-'));
afterAll(() => rmSync(dir, { recursive: true }));

const KANNEL = '/usr/lib/kannel/test';
const kannel = (['test_ota', 'test_si', 'test_sl'] as const).map((tool) =>
  peer(tool, 'kannel-extras', `documents of Kannel's ${tool}`, KANNEL),
);

/** Kannel's compilers print what they made: 'data: 02 05 6a ...'. */
function compiled(tool: string, file: string): Uint8Array {
  const { stderr } = spawnSync(join(KANNEL, tool), [file], { encoding: 'latin1' });
  const lines = [...stderr.matchAll(/ data: ((?:[0-9a-f]{2} )+)/g)].map((m) => m[1]);
  return new Uint8Array(Buffer.from(lines.join('').replaceAll(' ', ''), 'hex'));
}

if (kannel.every((path) => path !== undefined)) {
  describe('Kannel', () => {
    const samples = {
      'si.txt': 'test_si',
      'sl.txt': 'test_sl',
      'settings4.txt': 'test_ota',
      'bookmark.txt': 'test_ota',
    };
    for (const [file, tool] of Object.entries(samples)) {
      test(file, () => {
        expect(saidOf(compiled(tool, join(KANNEL, file)))).toEqual(written('Kannel', file));
      });
    }

    test('every line of the page was checked', () => {
      expect(documentsOf('Kannel').sort()).toEqual(Object.keys(samples).sort());
    });

    const OTA_TYPE = 'application/x-wap-prov.browser-settings';
    const doctype = (t: TokenTable): string =>
      t === OTA_SETTINGS
        ? '<!DOCTYPE CHARACTERISTIC-LIST SYSTEM "file://gw/settings.dtd">'
        : `<!DOCTYPE ${t.root} PUBLIC "${t.publicIdText}" "about:dtd">`;
    const startsOf = (t: TokenTable, name: string): string[] => [
      ...new Set(
        [...t.pages.values()]
          .flatMap((p) => [...p.starts.values()])
          .filter((s) => s.name === name && s.prefix !== '')
          .map((s) => s.prefix),
      ),
    ];
    const valuesOf = (t: TokenTable): string[] => [
      ...new Set([...t.pages.values()].flatMap((p) => [...p.values.values()])),
    ];
    const prov = (...inner: TreeElement[]): TreeElement => element('wap-provisioningdoc', { version: '1.0' }, ...inner);
    const ota = (...inner: TreeElement[]): TreeElement => element('CHARACTERISTIC-LIST', {}, ...inner);
    const si = (href: string, action: string, date: string): TreeElement =>
      element(
        'si',
        {},
        element('indication', { href, 'si-id': '1@a', action, created: date, 'si-expires': date }, 'Hello'),
      );
    const URLS = ['http://a.com/', 'http://www.a.org/b?c=1&d=ü', 'https://a.edu', 'https://www.a.net/'];

    const whole: readonly { name: string; tool: string; table?: TokenTable; xml: readonly TreeElement[] }[] = [
      {
        name: 'provisioning, every parm, type and value that has a token',
        tool: 'test_ota',
        table: PROV,
        xml: [
          prov(
            element(
              'characteristic',
              { type: 'NAPDEF' },
              ...startsOf(PROV, 'name').map((name) => element('parm', { name, value: 'xyz' })),
            ),
          ),
          prov(
            ...startsOf(PROV, 'type').map((type) =>
              element('characteristic', { type }, element('parm', { name: 'NAME', value: 'ü' })),
            ),
          ),
          prov(
            element(
              'characteristic',
              { type: 'NAPDEF' },
              ...valuesOf(PROV).map((value) => element('parm', { name: 'BEARER', value })),
            ),
          ),
        ],
      },
      {
        name: 'OTA settings, every name, type and value that has a token',
        tool: 'test_ota',
        table: OTA_SETTINGS,
        xml: [
          ota(
            element(
              'CHARACTERISTIC',
              { TYPE: 'ADDRESS' },
              ...startsOf(OTA_SETTINGS, 'NAME').map((NAME) => element('PARM', { NAME, VALUE: 'xyz' })),
            ),
          ),
          ota(
            ...startsOf(OTA_SETTINGS, 'TYPE').map((TYPE) =>
              element('CHARACTERISTIC', { TYPE }, element('PARM', { NAME: 'NAME', VALUE: 'ü' })),
            ),
          ),
          ota(
            element(
              'CHARACTERISTIC',
              { TYPE: 'ADDRESS' },
              ...startsOf(OTA_SETTINGS, 'VALUE').map((VALUE) => element('PARM', { NAME: 'BEARER', VALUE })),
            ),
          ),
        ],
      },
      {
        name: 'service indications: actions, addresses, dates',
        tool: 'test_si',
        xml: ['signal-none', 'signal-low', 'signal-medium', 'signal-high', 'delete'].map((action, i) =>
          si(URLS[i % URLS.length]!, action, i % 2 === 0 ? '2026-11-23T08:15:00Z' : '2026-11-23T00:00:00Z'),
        ),
      },
      {
        name: 'service loading: actions, addresses',
        tool: 'test_sl',
        xml: ['execute-low', 'execute-high', 'cache', 'cache'].map((action, i) =>
          element('sl', { href: URLS[i]!, action }),
        ),
      },
    ];
    for (const { name, tool, table, xml } of whole) {
      test(name, () => {
        for (const root of xml) {
          const file = join(dir, 'kannel.xml');
          const type = tool === 'test_si' ? 'si' : 'sl';
          const dtd =
            table === undefined
              ? `<!DOCTYPE ${type} PUBLIC "-//WAPFORUM//DTD ${type.toUpperCase()} 1.0//EN" "about:dtd">`
              : doctype(table);
          writeFileSync(file, `<?xml version="1.0"?>\n${dtd}${canonicalXml(root)}`);
          const bytes = compiled(tool, file);
          const c = new Cursor(bytes, 0, bytes.length, null, [], 'body');
          const { document } = decodeWbxml(c, { contentType: table === OTA_SETTINGS ? OTA_TYPE : null });
          expect(document.root === null ? null : canonicalXml(document.root)).toBe(canonicalXml(root));
          expect(c.findings.filter((f) => f.rule.severity === 'error')).toEqual([]);
        }
      });
    }

    test('an address without a scheme, which it loses', () => {
      const file = join(dir, 'bare.xml');
      writeFileSync(
        file,
        '<?xml version="1.0"?>\n<!DOCTYPE sl PUBLIC "-//WAPFORUM//DTD SL 1.0//EN" "about:dtd"><sl href="a.org/x"/>',
      );
      const bytes = compiled('test_sl', file);
      const c = new Cursor(bytes, 0, bytes.length, null, [], 'body');
      expect(canonicalXml(decodeWbxml(c, { contentType: null }).document.root!)).toBe('<sl href=""/>');
    });
  });
}

const gammu = peer('gammu', 'gammu', 'messages of gammu');

// Settings, an entry of each phone book and calendar: what gammu makes messages of.
const BACKUP = `[Backup]
Format = 1.05

[Bookmark1]
URL = "http://example.com/a"
Title = "Example"

[WAPSettings1]
Title00 = "Example data"
HomePage00 = "http://example.com/"
Type00 = Continuous
Security00 = Off
Bearer00 = Data
Number00 = "+491700000000"
IP00 = "192.0.2.1"
User00 = "user"
Password00 = "geheim99"
Authentication00 = Normal
CallSpeed00 = 14400
CallType00 = ISDN
Login00 = Automatic
Title01 = "Example GPRS"
HomePage01 = "http://example.com/"
Type01 = Temporary
Security01 = On
Bearer01 = GPRS
IP01 = "192.0.2.1"
User01 = "user"
Password01 = "geheim99"
Authentication01 = Secure
Login01 = Manual

[MMSSettings1]
Title00 = "Example MMS"
HomePage00 = "http://mms.example.com/"
Type00 = Continuous
Bearer00 = GPRS
IP00 = "192.0.2.1"

[PhonePBK001]
Location = 001
Entry00Type = NumberGeneral
Entry00Text = "+491700000000"
Entry01Type = Name
Entry01Text = "Example"

[Calendar1]
Type = Meeting
StartTime = 20261124T100000
EndTime = 20261124T110000
Text = "Example meeting"
`;

if (gammu !== undefined) {
  describe('gammu', () => {
    const backup = join(dir, 'b.backup');
    const ringtone = join(dir, 'r.rttl');
    const config = join(dir, 'gammurc');
    const phone = join(dir, 'phone');
    writeFileSync(backup, BACKUP);
    writeFileSync(ringtone, 'Example:d=4,o=5,b=120:c,e,g,2c6\n');
    writeFileSync(config, `[gammu]\nmodel = dummy\nconnection = none\nport = ${phone}\ngammuloc = /dev/null\n`);

    /** The messages as its dummy phone keeps them. */
    function made(...command: readonly string[]): Uint8Array {
      rmSync(phone, { recursive: true, force: true });
      mkdirSync(phone);
      const r = spawnSync(gammu!, ['-c', config, 'savesms', ...command], { encoding: 'utf8' });
      const folder = join(phone, 'sms', '1');
      const names = readdirSync(folder).sort((a, b) => Number(a) - Number(b));
      if (names.length === 0) throw new Error(`gammu made nothing: ${r.stdout}${r.stderr}`);
      return new Uint8Array(Buffer.concat(names.map((n) => readFileSync(join(folder, n)))));
    }

    const commands: Readonly<Record<string, readonly string[]>> = {
      'TEXT, one part': ['TEXT', '-text', 'Hello'],
      'TEXT, two parts': ['TEXT', '-text', 'x'.repeat(300), '-len', '300'],
      BOOKMARK: ['BOOKMARK', backup, '1'],
      'WAPSETTINGS DATA': ['WAPSETTINGS', backup, '1', 'DATA'],
      'WAPSETTINGS GPRS': ['WAPSETTINGS', backup, '1', 'GPRS'],
      MMSSETTINGS: ['MMSSETTINGS', backup, '1'],
      WAPINDICATOR: ['WAPINDICATOR', 'http://example.com/x', 'Hello'],
      MMSINDICATOR: ['MMSINDICATOR', 'http://mms.example.com/1', 'Title', '+491700000000'],
      VCARD10: ['VCARD10', backup, 'ME', '1'],
      VCARD21: ['VCARD21', backup, 'ME', '1'],
      'VCARD21 -nokia': ['VCARD21', backup, 'ME', '1', '-nokia'],
      CALENDAR: ['CALENDAR', backup, '1'],
      RINGTONE: ['RINGTONE', ringtone],
      'RINGTONE -long': ['RINGTONE', ringtone, '-long'],
      EMS: ['EMS', '-text', 'Hello', '-format', 'b'],
    };
    for (const [name, command] of Object.entries(commands)) {
      test(name, async () => {
        const { messages } = await report('gammu.smsbackup', made(...command), {}, true);
        expect(messages.map((m) => m.state)).toEqual(['complete']);
        const errors = messages.flatMap((m) => m.findings).filter((f) => f.severity === 'error');
        const said = { kinds: messages.map((m) => m.kind), errors: [...new Set(errors.map((f) => f.code))].sort() };
        expect(said).toEqual(written('gammu', name));
      });
    }

    test('every line of the page was checked', () => {
      expect(documentsOf('gammu').sort()).toEqual(Object.keys(commands).sort());
    });
  });
}

const xml2wbxml = peer('xml2wbxml', 'libwbxml2-utils', "documents of libwbxml's own test suite");
const vectors = sharedFolder('vectors', "documents of libwbxml's own test suite");

if (vectors === null) {
  test('shared vectors absent: 9 documents of libwbxml not compared', () => expect(vectors).toBeNull());
} else if (xml2wbxml !== undefined) {
  describe('libwbxml', () => {
    const names = namesIn(join(vectors, 'libwbxml'), '.xml');
    for (const name of names) {
      test(name, () => {
        const input = readFileSync(join(vectors, 'libwbxml', name));
        const { stdout } = spawnSync(xml2wbxml, ['-o', '-', '-'], { input });
        expect(saidOf(new Uint8Array(stdout))).toEqual(written('libwbxml', name));
      });
    }

    test('every line of the page was checked', () => {
      expect(documentsOf('libwbxml').sort()).toEqual(names);
    });
  });
}

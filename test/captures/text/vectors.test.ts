// Files of other programs, where the optional folder with them is there: as far as a container can be wrong.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../../../captures/reader.ts';
import { hex, octets, type ReadBack, readBytes } from './samples.ts';

const shared = new URL('../../../../shared/', import.meta.url);
const present = existsSync(new URL('vectors/index.json', shared));

interface Entry {
  readonly file: string;
  readonly format: string;
  readonly records: readonly (Partial<Omit<LogRecord, 'bytes'>> & {
    readonly starts?: string;
    readonly octets?: number;
  })[];
  readonly codes?: readonly string[];
}

const SCTS = 'TEXT-TIME-FROM-SCTS';

const deliver = { content: 'tpdu-sc', direction: 'mt' } as const;
const entries: readonly Entry[] = [
  {
    file: 'gammu/at-sms-02.dump',
    format: 'at-log',
    records: [{ content: 'tpdu-sc', direction: 'mo', label: '+CMGR', octets: 37 }],
  },
  {
    file: 'gammu/at-sms-33.dump',
    format: 'at-log',
    records: [{ ...deliver, udhi: true, label: '+CMGR', octets: 133 }],
    // The dump says 29; the PDU in it is longer.
    codes: ['TEXT-PDU-LENGTH', SCTS],
  },
  { file: 'gammu/at-sms-40.dump', format: 'at-log', records: [{ ...deliver, udhi: true, dcs: 0xf5 }], codes: [SCTS] },
  {
    file: 'gammu/smsbackups-mms.smsbackup',
    format: 'smsbackup',
    records: ['0B05040B8423F00003AA0201', '0B05040B8423F00003AA0202'].map((starts) => ({
      content: 'user-data',
      udhi: true,
      dcs: 4,
      from: '5574',
      smsc: '+420603052000',
      direction: 'mt',
      starts,
    })),
    codes: ['TEXT-TIME-NO-ZONE'],
  },
  {
    file: 'ofono-sms/simple_deliver.pdu.txt',
    format: 'hex',
    records: [{ ...deliver, udhi: false, dcs: 0 }],
    codes: [SCTS],
  },
  { file: 'ofono-sms/alnum_sender.pdu.txt', format: 'hex', records: [deliver], codes: [SCTS] },
  { file: 'ofono-sms/unicode_deliver.pdu.txt', format: 'hex', records: [{ ...deliver, dcs: 25 }], codes: [SCTS] },
  { file: 'ofono-sms/simple_submit.pdu.txt', format: 'hex', records: [{ content: 'tpdu-sc', direction: 'mo' }] },
  { file: 'ofono-sms/simple_mwi.pdu.txt', format: 'hex', records: [{ ...deliver, dcs: 200 }], codes: [SCTS] },
  {
    file: 'ofono-sms/wap_push_1.pdu.txt',
    format: 'hex',
    records: [{ ...deliver, udhi: true, octets: 136 }],
    codes: [SCTS],
  },
  {
    file: 'python-messaging/wap-si-2part.pdus.txt',
    format: 'hex',
    records: [
      { ...deliver, udhi: true },
      { ...deliver, udhi: true },
    ],
    codes: [SCTS],
  },
  {
    file: 'mihini-sms/omacp-4part-deliver.pdus.txt',
    format: 'hex',
    records: [1, 2, 3, 4].map(() => ({ ...deliver, udhi: true, dcs: 4 })),
    codes: [SCTS],
  },
  {
    file: 'aosp-telephony/testAddressing.pdus.txt',
    format: 'hex',
    records: [deliver, deliver, deliver],
    codes: [SCTS],
  },
  {
    file: 'aosp-telephony/testMultipart.pdus.txt',
    format: 'hex',
    records: [
      { ...deliver, udhi: true },
      { ...deliver, udhi: true },
    ],
    // 160 septets announced, 152 there.
    codes: ['TEXT-PDU-CUT', SCTS],
  },
  { file: 'gecko-wappush/si-href.json', format: 'hex', records: [{ content: 'wbxml' }, { content: 'xml' }] },
  { file: 'gecko-wappush/vendorconfig-truncated.json', format: 'hex', records: [{ content: 'wbxml', octets: 16 }] },
];

const load = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, shared)));
const pick = (r: LogRecord, like: Entry['records'][number]) => {
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(like)) {
    if (key === 'starts') out[key] = hex(r.bytes).slice(0, like.starts!.length);
    else out[key] = key === 'octets' ? r.bytes.length : r[key as keyof LogRecord];
  }
  return out;
};

const documents = ['sailfish-provisioning', 'libwbxml', 'umts-tools', 'gecko-wappush', 'nokia-s40-example'];

if (!present) {
  console.warn(
    'The folder "shared" is not beside the project: 16 logs, the documents and sms_parts were not compared.',
  );
  test(`shared captures absent: ${entries.length + documents.length + 2} comparisons not run`, () => {
    expect(present).toBe(false);
  });
} else {
  describe('logs of other programs', () => {
    for (const e of entries) {
      test(e.file, async () => {
        const out = (await readBytes(load(`vectors/${e.file}`))) as ReadBack;
        expect(out.reader.format).toBe(e.format);
        expect(out.records.map((r, i) => pick(r, e.records[i] ?? {}))).toEqual(e.records);
        expect(out.codes).toEqual(e.codes ?? []);
      });
    }
  });

  describe('documents of other programs', () => {
    for (const folder of documents) {
      const names = readdirSync(new URL(`vectors/${folder}/`, shared)).filter((n) => /\.(?:wbxml|xml)$/.test(n));
      test(`${folder}: ${names.length} files`, async () => {
        expect(names.length).toBeGreaterThan(0);
        for (const name of names) {
          const bytes = load(`vectors/${folder}/${name}`);
          const out = await readBytes(bytes);
          expect([name, out?.reader.format]).toEqual([name, name.endsWith('.xml') ? 'xml' : 'wbxml']);
          expect(out!.records).toHaveLength(1);
          expect(out!.records[0]!.bytes).toEqual(bytes);
        }
      });
    }

    test('an MMS body by itself is left to those who know it', async () => {
      expect(await readBytes(load('vectors/mms-engine/m-notification_1.ind'))).toBeUndefined();
    });
  });

  test('sms_parts, as lines of hex, as a table and in their JSON', async () => {
    const all = JSON.parse(new TextDecoder().decode(load('spec/test-vectors.json'))) as {
      readonly id: string;
      readonly body_hex: string;
      readonly sms_parts?: readonly string[];
    }[];
    const withParts = all.filter((v) => v.sms_parts !== undefined);
    expect(withParts.length).toBeGreaterThan(0);
    for (const v of withParts) {
      const parts = v.sms_parts!;
      const lines = await readBytes(new TextEncoder().encode(`${parts.join('\n')}\n`));
      expect(lines!.records.map((r) => [r.content, r.udhi, hex(r.bytes)])).toEqual(
        parts.map((p) => ['user-data', true, p.toUpperCase()]),
      );
      const table = ['udh,ud', ...parts.map((p) => `${p.slice(0, 24)},${p.slice(24)}`)].join('\r\n');
      const rows = await readBytes(new TextEncoder().encode(table));
      expect(rows!.records.map((r) => hex(r.bytes))).toEqual(parts.map((p) => p.toUpperCase()));
      const json = await readBytes(new TextEncoder().encode(JSON.stringify(v, null, 1)));
      expect(json!.records.filter((r) => r.content === 'user-data').map((r) => hex(r.bytes))).toEqual(
        parts.map((p) => p.toUpperCase()),
      );
    }
    for (const v of all) {
      const out = await readBytes(octets(v.body_hex));
      if (v.body_hex.length > 20) expect([v.id, out?.reader.format]).toEqual([v.id, 'wbxml']);
    }
  });
}

// Short messages that other projects published, and what their authors say is in them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { serviceCentre } from '../../dissectors/sms/address.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { decodeRecord } from '../../dissectors/sms/log.ts';
import { decodeTpdu } from '../../dissectors/sms/tpdu.ts';
import { tpduFields } from '../../dissectors/sms/tpdufields.ts';
import { readJson, sharedFolder } from '../support/shared.ts';
import { assemble, hex, listen, made, readCapture, record, toHex } from './support.ts';

const vectors = sharedFolder('vectors', 'the comparison of short messages with published vectors');
const spec = sharedFolder('spec', 'the reassembly of published user data');

const lines = (path: string): string[] =>
  readFileSync(join(vectors ?? '', path), 'utf8')
    .split(/\s+/)
    .filter((l) => l !== '');

/** Every PDU of the file as a record of a log without times. */
function joinedOf(path: string): Joined[] {
  return assemble((a) => {
    lines(path).forEach((line, i) => {
      const heard = listen();
      decodeRecord(record('tpdu-sc', hex(line), { number: i + 1 }), i + 1, Number.NaN, heard.sink);
      for (const m of heard.messages) a.shortMessage(m);
    });
  });
}

const codes = (j: Joined | undefined): string[] => (j?.findings ?? []).map((x) => x.rule.code);

describe('published short messages', () => {
  if (vectors === null) {
    test('shared vectors absent: 14 comparisons not run', () => expect(vectors).toBeNull());
    return;
  }

  test('ofono simple_deliver', () => {
    const c = new Cursor(hex(lines('ofono-sms/simple_deliver.pdu.txt')[0]!));
    const centre = serviceCentre(c, tpduFields.serviceCentre);
    const t = decodeTpdu(c, 'mt');
    expect(centre).toEqual({ value: '31624000000', type: 'international', plan: 1 });
    expect(t.kind).toBe('SMS-DELIVER');
    expect(t.address?.value).toBe('31641600986');
    expect([t.pid, t.dcs]).toEqual([0, 0]);
    expect(t.timeStamp).toEqual({
      text: '2002-08-26T19:37:41-01:00',
      epochMs: Date.UTC(2002, 7, 26, 20, 37, 41),
      zone: -4,
    });
    expect(t.userData?.text).toBe('How are you?');
    expect(c.findings).toEqual([]);
  });

  test('ofono alnum_sender', () => {
    const [j] = joinedOf('ofono-sms/alnum_sender.pdu.txt');
    expect(j?.from).toMatchObject({ value: 'sipgate', type: 'alphanumeric' });
    expect(j?.smsc?.value).toBe('447785016005');
    expect(j?.text).toBe('Testmail');
    const c = new Cursor(hex(lines('ofono-sms/alnum_sender.pdu.txt')[0]!));
    serviceCentre(c, tpduFields.serviceCentre);
    expect(decodeTpdu(c, 'mt').timeStamp?.text).toBe('2008-08-13T12:07:22+01:00');
  });

  test('ofono unicode_deliver', () => {
    const [j] = joinedOf('ofono-sms/unicode_deliver.pdu.txt');
    // The list of vectors quotes 'characters'; the octets say 'chars'.
    expect(j?.text).toContain('This message is 63 unicode chars.');
    expect(j?.text?.length).toBe(63);
  });

  test('ofono simple_submit', () => {
    const [j] = joinedOf('ofono-sms/simple_submit.pdu.txt');
    expect(j).toMatchObject({
      operation: 'SMS-SUBMIT',
      direction: 'mo',
      text: 'hellohello',
      to: { value: '46708251358' },
    });
  });

  test('ofono simple_mwi', () => {
    const [j] = joinedOf('ofono-sms/simple_mwi.pdu.txt');
    expect(j).toMatchObject({ dcs: 200, payload: 'text', text: '' });
  });

  test('ofono wap_push_1', () => {
    const [j] = joinedOf('ofono-sms/wap_push_1.pdu.txt');
    expect(j).toMatchObject({ payload: 'wsp', ports: { destination: 2948, source: 9200 }, state: 'complete' });
    expect(toHex(j?.data.bytes ?? new Uint8Array(0))).toMatch(
      /^0106246170706c69636174696f6e2f766e642e7761702e6d6d732d6d657373616765/,
    );
  });

  test('python-messaging wap-si-2part', () => {
    const [j] = joinedOf('python-messaging/wap-si-2part.pdus.txt');
    expect(j?.segments.map((s) => [s.part, s.of, s.reference, s.status])).toEqual([
      [1, 2, 150, 'used'],
      [2, 2, 150, 'used'],
    ]);
    expect(j?.smsc).toMatchObject({ value: '491722270541', type: 'international' });
    expect(toHex(j?.data.bytes ?? new Uint8Array(0))).toMatch(/^01060b03ae81eac3958d01a2b484/);
    expect(new TextDecoder().decode(j?.data.bytes)).toContain('Zum kostenlosen Portal "Mein');
  });

  test('mihini: a push behind four octets, without any port', () => {
    const [j] = joinedOf('mihini-sms/omacp-4part-deliver.pdus.txt');
    expect(j?.from).toMatchObject({ value: '20170097', type: 'national' });
    expect(j?.data.bytes.length).toBe(469);
    expect(j).toMatchObject({ payload: 'wsp', payloadOffset: 4, ports: null, dcs: 4 });
    expect(codes(j)).toEqual(['PUSH-NO-PORT', 'PUSH-OFFSET']);
    const wbxml = new Uint8Array(readFileSync(join(vectors, 'mihini-sms/omacp-4part-reassembled.wbxml')));
    expect(toHex(j!.data.bytes).endsWith(toHex(wbxml))).toBe(true);
  });

  test('aosp testAddressing', () => {
    const [one, two, three] = joinedOf('aosp-telephony/testAddressing.pdus.txt');
    expect(one).toMatchObject({
      smsc: { value: '14155551212' },
      from: { value: '16505551111', type: 'international' },
      text: 'Test',
    });
    expect(two?.text).toBe('(Subject)Test');
    expect(three?.from?.value).toBe('*#abc#*51');
  });

  test('aosp testMultipart: septets behind fill bits, of a first part that is not all there', () => {
    const [j] = joinedOf('aosp-telephony/testMultipart.pdus.txt');
    expect(j?.segments.map((s) => [s.part, s.of, s.reference])).toEqual([
      [1, 2, 0],
      [2, 2, 0],
    ]);
    // 133 of the 140 octets are in the file: 145 of the 153 characters.
    expect(codes(j)).toEqual(['TPDU-UDL']);
    expect(j?.text).toBe(`${'1'.repeat(145)}1111111222222222222222222222`);
  });

  test.each([
    ['at-sms-33.dump', { destination: 2948, source: 9200 }, '040603be'],
    [
      'at-sms-40.dump',
      { destination: 2948, source: 9200 },
      '4f06226170706c69636174696f6e2f766e642e7761702e6d6d732d6d65737361676500',
    ],
  ] as const)('gammu %s', async (name, ports, begin) => {
    const read = await readCapture(name, new Uint8Array(readFileSync(join(vectors, 'gammu', name))));
    expect(read.joined).toHaveLength(1);
    expect(read.joined[0]).toMatchObject({ bearer: 'text-log', payload: 'wsp', ports, state: 'complete' });
    expect(toHex(read.joined[0]!.data.bytes).startsWith(begin)).toBe(true);
  });

  test('gammu at-sms-02.dump: a submit from the memory of a phone', async () => {
    const name = 'gammu/at-sms-02.dump';
    const read = await readCapture(name, new Uint8Array(readFileSync(join(vectors, name))));
    expect(read.joined[0]).toMatchObject({ operation: 'SMS-SUBMIT', text: 'May salary na ba?' });
  });

  test('gammu mms.smsbackup: two records, one push', async () => {
    const name = 'gammu/smsbackups-mms.smsbackup';
    const read = await readCapture(name, new Uint8Array(readFileSync(join(vectors, name))));
    expect(read.joined).toHaveLength(1);
    const j = read.joined[0]!;
    expect(j).toMatchObject({ payload: 'wsp', state: 'complete', missing: [] });
    expect(j.segments.map((s) => [s.part, s.of, s.reference])).toEqual([
      [1, 2, 170],
      [2, 2, 170],
    ]);
    expect(new TextDecoder('latin1').decode(j.data.bytes)).toContain('http://mmscz/?m=m5da5a9jn210ma56q20');
  });

  test('jsmpp: 8-bit references join, 16-bit ones with part 0 are refused', () => {
    const file = readJson<{ pairs_8bit_ref: string[]; pairs_16bit_ref: string[] }>(
      join(vectors, 'smpp/jsmpp-concatenated-payloads.json'),
    );
    const feed = (list: string[]): Joined[] =>
      assemble((a) => {
        list.forEach((text, i) => {
          a.shortMessage(made({ frame: i + 1, data: hex(text), more: { dcs: 3 } }));
        });
      });
    const [joined, ...others] = feed(file.pairs_8bit_ref);
    expect(others).toEqual([]);
    expect(joined).toMatchObject({ state: 'complete', payload: 'text' });
    expect(joined?.segments.map((s) => [s.part, s.of, s.reference, s.referenceBits])).toEqual([
      [1, 2, 210, 8],
      [2, 2, 210, 8],
    ]);
    expect(joined?.text).toMatch(/^Lorem ipsum .*malesuada ultricies\.Curabitur .*urna\.$/);
    const refused = feed(file.pairs_16bit_ref);
    expect(refused.map((j) => [j.state, j.segments.map((s) => [s.part, s.of, s.reference, s.referenceBits])])).toEqual([
      ['complete', [[0, 1, 0xd202, 16]]],
      ['incomplete', [[0, 2, 0xd202, 16]]],
    ]);
    expect(codes(refused[1])).toContain('CONCAT-PART-NUMBER');
  });

  test('ndpi: SMPP on port 9000 is found by its content', async () => {
    const name = 'smpp/ndpi-smpp_in_general.pcap';
    const read = await readCapture(name, new Uint8Array(readFileSync(join(vectors, name))));
    expect(read.joined).toHaveLength(1);
    expect(read.joined[0]).toMatchObject({ operation: 'submit_sm', text: 'test', to: { value: '1234567890' } });
    expect(read.answers).toMatchObject([{ operation: 'submit_sm_resp', ok: true, messageId: '47c8c77a' }]);
  });
});

describe('user data of gateways', () => {
  if (spec === null) {
    test('shared specification sheets absent: 3 reassemblies not run', () => expect(spec).toBeNull());
    return;
  }
  interface Published {
    readonly id: string;
    readonly body_hex: string;
    readonly mac?: string;
    readonly sms_parts?: readonly string[];
  }
  const published = readJson<Published[]>(join(spec, 'test-vectors.json')).filter((v) => v.sms_parts !== undefined);
  test('they are there', () => expect(published.length).toBe(3));
  test.each(published.map((v) => [v.id, v] as const))('%s', (_, v) => {
    const parts = v.sms_parts ?? [];
    for (const udhi of [true, undefined]) {
      const out = assemble((a) => {
        parts.forEach((text, i) => {
          const heard = listen();
          const more = udhi === undefined ? { number: i + 1 } : { number: i + 1, udhi };
          decodeRecord(record('user-data', hex(text), more), i + 1, Number.NaN, heard.sink);
          for (const m of heard.messages) a.shortMessage(m);
        });
      });
      expect(out).toHaveLength(1);
      expect(out[0]).toMatchObject({ state: 'complete', payload: 'wsp', ports: { destination: 2948, source: 9200 } });
      expect(toHex(out[0]!.data.bytes).endsWith(v.body_hex.toLowerCase())).toBe(true);
      expect(new TextDecoder('latin1').decode(out[0]!.data.bytes)).toContain(v.mac ?? '');
      expect(codes(out[0])).toEqual([]);
    }
  });
});

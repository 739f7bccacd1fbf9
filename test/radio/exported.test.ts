// Exported PDUs: options, and the PDU for whoever reads it.

import { describe, expect, test } from 'vitest';
import type { Cursor } from '../../dissectors/base/cursor.ts';
import type { Context, Handover } from '../../dissectors/base/dissector.ts';
import { EXPORTED_AS, exported } from '../../dissectors/bearer/exported/index.ts';
import { dissectors } from '../../dissectors/index.ts';
import { createRegistry } from '../../dissectors/registry.ts';
import { hex, latin1, toHex } from '../sms/support.ts';
import { batchOf, type FrameSpec } from '../stack/build.ts';
import { rig } from '../stack/rig.ts';
import { codesOf, DELIVER, type Read, read, SUBMIT, sweep, uncovered } from './support.ts';

const u16 = (v: number): string => v.toString(16).padStart(4, '0');
const option = (tag: number, value: string): string => `${u16(tag)} ${u16(hex(value).length)} ${value}`;
const named = (name: string): string => {
  const padded = latin1(name.padEnd(4 * Math.ceil(name.length / 4), '\0'));
  return option(12, toHex(padded));
};
const pdu = (name: string, content: string, more = ''): string => `${named(name)} ${more} 0000 0000 ${content}`;
const IPV4 = `${option(20, 'c0000201')} ${option(21, 'c0000202')} ${option(24, '00000002')} ${option(25, '00001388')} ${option(26, '00000ad7')}`;
const WAY = (v: number): string => option(35, `0000000${v}`);

const run = (...records: readonly string[]): Read =>
  read(
    exported.decode,
    records.map((r) => ({ bytes: hex(r) })),
  );

describe('short messages', () => {
  test('a TPDU to the phone', () => {
    const r = run(pdu('gsm_sms', DELIVER));
    expect(r.messages).toMatchObject([
      {
        bearer: 'exported-pdu',
        operation: 'SMS-DELIVER',
        direction: 'mt',
        from: { value: '1234' },
        to: null,
        udhi: true,
      },
    ]);
    expect(toHex(r.messages[0]!.pdu.bytes)).toBe(toHex(hex(DELIVER)));
    expect(codesOf(r)).toEqual([]);
    expect(uncovered(r.rows, hex(pdu('gsm_sms', DELIVER)).length)).toEqual([]);
  });
  test('a TPDU from the phone, by its type or by the direction option', () => {
    expect(run(pdu('gsm_sms', SUBMIT)).messages).toMatchObject([{ direction: 'mo', to: { value: '491234' } }]);
    expect(run(pdu('gsm_sms', SUBMIT, WAY(0))).messages).toMatchObject([{ direction: 'mo' }]);
    expect(run(pdu('gsm_sms', SUBMIT, WAY(1))).messages).toEqual([]);
  });
  test('RP and CP messages, and their answers', () => {
    const data = `01 07 00 00 ${hex(DELIVER).length.toString(16)} ${DELIVER}`;
    const r = run(pdu('gsm_a.rp', data), pdu('gsm_a_rp', '04 07 01 16'));
    expect(r.messages).toMatchObject([{ bearer: 'exported-pdu', dissector: 'sm-rp' }]);
    expect(r.answers).toMatchObject([{ ok: false, code: 'RP-ERROR 22', answerKey: r.messages[0]?.answerKey }]);
    const cp = run(pdu('gsm_a_dtap', `09 01 ${hex(data).length.toString(16)} ${data}`), pdu('gsm_a_dtap', '05 08'));
    expect(cp.messages).toHaveLength(1);
  });
  test('a push and a document', () => {
    const r = run(pdu('wsp', '01 06 01 b6 03', IPV4), pdu('wbxml', '03 0b 6a 00'));
    expect(r.datagrams).toMatchObject([
      {
        content: 'wsp',
        from: { value: '192.0.2.1', type: 'ip' },
        to: { value: '192.0.2.2', type: 'ip' },
        ports: { source: 5000, destination: 2775 },
      },
      { content: 'wbxml', from: null, ports: null },
    ]);
  });
});

describe('other protocols', () => {
  const given = (record: string): [string, string, Handover | undefined][] => {
    const out: [string, string, Handover | undefined][] = [];
    const decode = (c: Cursor, ctx: Context): void =>
      exported.decode(c, { ...ctx, next: (table, key, _, over) => out.push([table, String(key), over]) > 0 });
    read(decode, [{ bytes: hex(record) }]);
    return out;
  };
  test('go to their dissector with their ends', () => {
    expect(given(pdu('smpp', '00', IPV4))).toEqual([
      [
        'dissector',
        'smpp',
        {
          sourceAddress: '192.0.2.1',
          destinationAddress: '192.0.2.2',
          sourcePort: 5000,
          destinationPort: 2775,
          conversation: 'exported smpp 192.0.2.1:5000 192.0.2.2:2775',
          direction: 0,
        },
      ],
    ]);
  });
  test('there is a dissector for each name', () => {
    const ids = dissectors.map((d) => d.id);
    expect(Object.values(EXPORTED_AS).filter((id) => !ids.includes(id))).toEqual([]);
  });
  test('both ways are one conversation', () => {
    const back = `${option(20, 'c0000202')} ${option(21, 'c0000201')} ${option(25, '00000ad7')} ${option(26, '00001388')}`;
    expect(given(pdu('smpp', '00', back))[0]?.[2]).toMatchObject({
      conversation: 'exported smpp 192.0.2.1:5000 192.0.2.2:2775',
      direction: 1,
    });
  });
  test('IPv6', () => {
    const six = option(22, '20010db8000000000000000000000001');
    expect(given(pdu('smpp', '00', six))[0]?.[2]?.sourceAddress).toBe('2001:db8::1');
  });
  test('nobody reads them: told once a name', () => {
    expect(codesOf(run(pdu('bgp', '00'), pdu('bgp', '00'), pdu('dns', '00')))).toEqual([
      'EXPORTED-UNREAD',
      'EXPORTED-UNREAD',
    ]);
    expect(codesOf(run('0000 0000 01', '0000 0000 01'))).toEqual(['EXPORTED-UNNAMED']);
    expect(codesOf(run(pdu('exported', '00')))).toEqual(['EXPORTED-UNREAD']);
  });
  test('an option beyond the record', () => {
    expect(codesOf(run('000c 0100 736d7070'))).toEqual(['EXPORTED-OPTION-LENGTH']);
  });
});

test('through the driver: link type 252 and an SMPP PDU', () => {
  const submit =
    '0000003e 00000004 00000000 00000007 00 00 01 3132333400 01 01 34393137303330303030303100 04 00 00 00 00 01 00 f5 00 04 01061fb6';
  const message = hex(submit);
  message[3] = message.length;
  const frames: FrameSpec[] = [{ bytes: hex(pdu('smpp', toHex(message), IPV4)), link: 252, time: 0 }];
  const r = rig({ dissectors });
  r.run(batchOf(frames));
  expect(r.codes()).toEqual([]);
  expect(r.registered).toEqual([1]);
  expect(createRegistry(dissectors).bound('dissector', 'smpp')?.id).toBe('smpp');
});

describe('damage', () => {
  const data = `01 07 00 00 ${hex(DELIVER).length.toString(16)} ${DELIVER}`;
  sweep(exported.decode, {
    TPDU: [pdu('gsm_sms', DELIVER, IPV4 + WAY(1))],
    RP: [pdu('gsm_a.rp', data), pdu('gsm_a.rp', '02 07')],
    push: [pdu('wsp', '01 06 01 b6 03', IPV4)],
  });
});

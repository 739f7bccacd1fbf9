// Delivery receipts, and the vectors of node-smpp.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { messageIdForms } from '../../dissectors/bearer/smpp/receipt.ts';
import { hex, latin1, toHex } from '../sms/support.ts';
import { readJson, sharedFolder } from '../support/shared.ts';
import { data, deliver, tlv, z } from './build.ts';
import { codesOf, read } from './read.ts';

describe('receipts', () => {
  const TEXT = 'id:1715099 sub:001 dlvrd:000 submit date:2611231120 done date:2611231120 stat:UNDELIV err:06B text:';
  const cases: readonly { name: string; in: Uint8Array; out: Record<string, unknown>; codes?: string[] }[] = [
    {
      name: 'text of Appendix B',
      in: deliver({ esm: 4, content: latin1(TEXT) }),
      out: { messageId: '1715099', state: 'failed', code: '06B', text: 'UNDELIV' },
    },
    {
      name: 'parameters',
      in: deliver({ esm: 4, tlvs: [tlv(0x001e, z('1A2B')), tlv(0x0427, [2]), tlv(0x0423, hex('030000'))] }),
      out: { messageId: '1A2B', state: 'delivered', code: 'GSM 0x0000', text: 'DELIVERED' },
    },
    {
      name: 'parameters go before the text',
      in: deliver({ esm: 4, content: latin1(TEXT), tlvs: [tlv(0x001e, z('x')), tlv(0x0427, [1])] }),
      out: { messageId: 'x', state: 'pending', code: '06B' },
    },
    {
      name: 'intermediate notification',
      in: deliver({ esm: 0x20, tlvs: [tlv(0x001e, z('7')), tlv(0x0427, [1])] }),
      out: { state: 'pending', text: 'ENROUTE' },
    },
    { name: 'user acknowledgement', in: deliver({ esm: 0x10, content: latin1('yes') }), out: { state: 'delivered' } },
    {
      name: 'text without the message type',
      in: deliver({ content: latin1(TEXT) }),
      out: { messageId: '1715099', state: 'failed' },
      codes: ['SMPP-RECEIPT-UNMARKED'],
    },
    {
      name: 'in data_sm',
      in: data({ esm: 4, tlvs: [tlv(0x001e, z('7')), tlv(0x0427, [5])] }),
      out: { messageId: '7', state: 'failed' },
    },
    {
      name: 'nothing known',
      in: deliver({ esm: 4, content: latin1('done') }),
      out: { messageId: null, state: 'unknown' },
    },
  ];
  test.each(cases)('$name', (c) => {
    const r = read([[1, c.in]]);
    expect(r.messages).toEqual([]);
    expect(r.receipts).toHaveLength(1);
    expect(r.receipts[0]).toMatchObject(c.out);
    expect(r.codes).toEqual(c.codes ?? []);
  });

  test('forms of a message id', () => {
    expect(messageIdForms('1A2B')).toContain(String(0x1a2b));
    expect(messageIdForms('6699')).toContain('1A2B');
    expect(messageIdForms('0006699')).toContain('6699');
    expect(messageIdForms('msg-7')).toEqual(['msg-7', 'MSG-7']);
  });
});

describe('node-smpp', () => {
  const folder = sharedFolder('vectors', 'the SMPP vectors of node-smpp');
  if (folder === null) {
    test('shared vectors absent: 3 comparisons not run', () => expect(folder).toBeNull());
    return;
  }
  const vectors = readJson<{ hex: string }[]>(join(folder, 'smpp/node-smpp-submit_sm.json'));
  test('submit_sm with a national language element', () => {
    const r = read([[0, hex(vectors[0]!.hex)]]);
    expect(r.messages[0]).toMatchObject({
      from: { value: '46701133111', type: 'international', plan: 0 },
      to: { value: '46709771337', type: 'international', plan: 1 },
      udhi: true,
      dcs: 1,
    });
    expect(toHex(r.messages[0]!.userData.bytes)).toBe('03240103747b7374');
    expect(codesOf(r)).toEqual([]);
  });
  test('message_payload beside short_message', () => {
    const r = read([[0, hex(vectors[1]!.hex)]]);
    expect(toHex(r.messages[0]!.userData.bytes)).toBe('03240103747b7374');
    expect(codesOf(r)).toEqual(['SMPP-TWO-PAYLOADS']);
  });
  test('command_length shorter than the body', () => {
    const bytes = hex(vectors[2]!.hex);
    const r = read([[0, bytes.subarray(0, 60)]]);
    expect(toHex(r.messages[0]!.userData.bytes)).toBe('0324010374');
    expect(codesOf(r)).toEqual(['SMPP-SM-LENGTH']);
  });
});

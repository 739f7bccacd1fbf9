// GSUP messages, and the IPA multiplex around them.

import { describe, expect, test } from 'vitest';
import type { Cursor } from '../../dissectors/base/cursor.ts';
import { type Context, NEED_MORE, NOT_OURS } from '../../dissectors/base/dissector.ts';
import { gsup } from '../../dissectors/bearer/gsup/index.ts';
import { ipa } from '../../dissectors/bearer/gsup/ipa.ts';
import { hex } from '../sms/support.ts';
import { codesOf, DELIVER, type Read, read, SUBMIT, sweep, uncovered } from './support.ts';

const size = (text: string): string => hex(text).length.toString(16).padStart(2, '0');
const ie = (tag: string, value: string): string => `${tag} ${size(value)} ${value}`;

const IMSI = ie('01', '3214103254769 8f1'.replace(/\s/g, ''));
const CENTRE = '03 91 947101670000';
const MT = `28 ${IMSI} ${ie('40', '01')} ${ie('41', '01 3214103254769 8f1')} ${ie('42', CENTRE)} ${ie('43', DELIVER)} ${ie('45', '01')}`;
const MO = `24 ${IMSI} ${ie('40', '02')} ${ie('41', CENTRE)} ${ie('42', '02 91 947102143658')} ${ie('43', SUBMIT)}`;
const framed = (message: string): string => {
  const n = hex(message).length + 2;
  return `${(n >> 8).toString(16).padStart(2, '0')}${(n & 255).toString(16).padStart(2, '0')} ee 05 ${message}`;
};

/** Requests go one way, answers the other. */
const run = (...messages: readonly (readonly [0 | 1, string])[]): Read =>
  read(
    gsup.decode,
    messages.map(([direction, m]) => ({ direction, bytes: hex(m) })),
  );

describe('short messages', () => {
  test('MT-forwardSM', () => {
    const r = run([0, MT]);
    expect(r.messages).toMatchObject([
      {
        bearer: 'gsup',
        operation: 'MT-forwardSM',
        direction: 'mt',
        imsi: '234101234567891',
        from: { value: '1234', type: 'international' },
        to: null,
        smsc: { value: '491710760000', type: 'international' },
        dissector: 'gsup',
        udhi: true,
      },
    ]);
    expect(codesOf(r)).toEqual([]);
    expect(uncovered(r.rows, hex(MT).length)).toEqual([]);
  });
  test('MO-forwardSM names the number of the subscriber', () => {
    const r = run([0, MO]);
    expect(r.messages).toMatchObject([
      {
        operation: 'MO-forwardSM',
        direction: 'mo',
        imsi: '234101234567891',
        from: { value: '491720416385', type: 'international' },
        to: { value: '491234' },
        smsc: { value: '491710760000' },
      },
    ]);
  });
  test('without a TPDU', () => {
    expect(codesOf(run([0, `28 ${IMSI}`]))).toEqual(['GSUP-NO-TPDU']);
  });
  test('status reports are receipts', () => {
    const report = '06 05 0691942143 62112261405540 62112261405540 46';
    const r = run([0, `28 ${IMSI} ${ie('40', '01')} ${ie('43', report)}`]);
    expect(r.messages).toEqual([]);
    expect(r.receipts).toMatchObject([{ bearer: 'gsup', state: 'failed', messageId: '5' }]);
  });
});

describe('answers', () => {
  test('result', () => {
    const r = run([0, MT], [1, `2a ${IMSI} ${ie('40', '01')}`]);
    expect(r.answers).toMatchObject([{ ok: true, text: 'the phone has it', operation: 'MT-forwardSM result' }]);
    expect(r.answers[0]?.answerKey).toBe(r.messages[0]?.answerKey);
  });
  test('result of a submission gives the reference that a status report quotes', () => {
    const r = run([0, MO], [1, `26 ${IMSI} ${ie('40', '02')}`]);
    expect(r.answers).toMatchObject([{ ok: true, messageId: '5' }]);
  });
  test('error with a relay cause', () => {
    const r = run([0, MT], [1, `29 ${IMSI} ${ie('40', '01')} ${ie('44', '16')}`]);
    expect(r.answers).toMatchObject([
      { ok: false, temporary: true, code: 'RP-ERROR 22', text: 'memory capacity exceeded' },
    ]);
  });
  test('error with another cause', () => {
    const r = run([0, MT], [1, `29 ${IMSI} ${ie('40', '01')} ${ie('02', '11')}`]);
    expect(r.answers).toMatchObject([{ ok: false, temporary: false, code: 'cause 17' }]);
  });
  test('for another reference, or from the same side: untied', () => {
    const error = (reference: string): string => `29 ${IMSI} ${ie('40', reference)} ${ie('44', '1b')}`;
    expect(codesOf(run([0, MT], [1, error('02')]))).toEqual(['GSUP-ERROR-UNTIED']);
    expect(codesOf(run([0, MT], [0, error('01')]))).toEqual(['GSUP-ERROR-UNTIED']);
  });
});

describe('other messages', () => {
  test('READY-FOR-SM', () => {
    const r = run([0, `2c ${IMSI} ${ie('46', '02')}`]);
    expect(r.findings.map((x) => x.finding)).toMatchObject([{ message: 'memory is available' }]);
    expect(codesOf(r)).toEqual(['GSUP-READY-FOR-SM']);
  });
  test('InsertData ties number and IMSI', () => {
    const r = run([0, `10 ${IMSI} ${ie('08', '06 947102143658')}`]);
    expect(r.identities).toMatchObject([{ imsi: '234101234567891', msisdn: '491720416385' }]);
  });
  test('an element beyond the message', () => {
    expect(codesOf(run([0, `04 ${IMSI} 08 20 06`]))).toEqual(['GSUP-ELEMENT-LENGTH']);
  });
  test('an unknown type', () => expect(codesOf(run([0, `7c ${IMSI}`]))).toEqual(['GSUP-TYPE']));
});

describe('IPA', () => {
  const looks: readonly [string, string, boolean][] = [
    ['GSUP', framed(MT), true],
    ['ping', '0001 fe 00', true],
    ['pong with a length', '0002 fe 01 00', false],
    ['identity request', '0003 fe 04 01 08', true],
    ['identity', '0005 fe 05 0003 01 41', true],
    ['RSL', '0010 00 02 01 01 41 02 03 0b', true],
    ['RSL of another kind', '0010 00 08 28 01 41 03 03 0b', false],
    ['CTRL', '0010 ee 00 474554', false],
    ['GSUP of an unknown type', '0010 ee 05 7c 01 08', false],
    ['text', '47 45 54 20 2f 20 48', false],
    ['nothing', '0001 fe', false],
  ];
  for (const [name, octets, yes] of looks) {
    test(`looks like it: ${name}`, () => {
      const b = hex(octets);
      expect(ipa.looksLike(b, 0, b.length)).toBe(yes);
    });
  }
  const frames: readonly [string, string, number][] = [
    ['GSUP', '00c1 ee', 0xc4],
    ['two octets', '00c1', NEED_MORE],
    ['no protocol of it', '00c1 47', NOT_OURS],
    ['length 0', '0000 fe', NOT_OURS],
    ['text', '47 45', NOT_OURS],
  ];
  for (const [name, octets, length] of frames) {
    test(`length: ${name}`, () => {
      const b = hex(octets);
      expect(ipa.frame(b, 0, b.length, false)).toBe(length);
    });
  }
  test('hands the payload on', () => {
    const given: unknown[] = [];
    const decode = (c: Cursor, ctx: Context): void =>
      ipa.decode(c, { ...ctx, next: (table, key, inner) => given.push([table, key, inner.left]) > 0 });
    read(decode, [{ bytes: hex(framed(MT)) }, { bytes: hex('0003 00 0201') }, { bytes: hex('0001 fe 00') }]);
    expect(given).toEqual([
      ['ipa.proto', 0xee05, hex(MT).length],
      ['ipa.proto', 0, 2],
    ]);
  });
});

describe('damage', () => {
  sweep(gsup.decode, { MT: [MT, `29 ${IMSI} ${ie('40', '01')} ${ie('44', '16')}`], MO: [MO], data: [`10 ${IMSI}`] });
  sweep(ipa.decode, { IPA: [framed(MT), '0001 fe 00'] });
});

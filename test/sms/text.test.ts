// Alphabets, data coding, and text headers.

import { describe, expect, test } from 'vitest';
import { decodeDcs, describeDcs, smppAlphabet } from '../../dissectors/sms/dcs.ts';
import { firstSeptetBit, septetsToText, shiftKnown, unpackSeptets } from '../../dissectors/sms/gsm7.ts';
import { decodeText, parseTextHeader } from '../../dissectors/sms/text.ts';
import { hex, latin1 } from './support.ts';

const NO = { locking: null, single: null };
const septets = (text: string): string => septetsToText(hex(text), NO);

describe('7-bit alphabet', () => {
  test('packed septets', () => {
    const b = hex('e8329bfd4697d9ec37');
    expect(septetsToText(unpackSeptets(b, 0, b.length, 0, 10))).toBe('hellohello');
    expect(unpackSeptets(b, 0, 2, 0, 10)).toHaveLength(2);
    expect(unpackSeptets(b, 0, b.length, 0, 255)).toHaveLength(10);
  });
  test('all 128 characters, and those behind the escape', () => {
    const all = septetsToText(Uint8Array.from({ length: 128 }, (_, i) => i).filter((v) => v !== 0x1b));
    expect(all).toHaveLength(127);
    expect(new Set(all).size).toBe(127);
    expect(all.slice(0, 16)).toBe('@£$¥èéùìòÇ\nØø\rÅå');
    expect(all.slice(-5)).toBe('äöñüà');
    expect(septets('1b14 1b28 1b29 1b2f 1b3c 1b3d 1b3e 1b40 1b65 1b0a')).toBe('^{}\\[~]|€\f');
    expect(septets('1b41 1b1b 61')).toBe('A a');
    expect(septets('611b')).toBe('a ');
  });
  test('fill bits', () => {
    expect([0, 1, 6, 7, 8, 12, 140].map(firstSeptetBit)).toEqual([0, 14, 49, 56, 70, 98, 1120]);
  });
  test('national tables', () => {
    const turkish = { locking: 1, single: 1 };
    expect(septetsToText(hex('0b0c1c1d400760 1b63 1b65'), turkish)).toBe('ĞğŞşİıçç€');
    expect(septetsToText(hex('7b7c 1b7b 1b05'), { locking: 3, single: 3 })).toBe('ãõãê');
    expect(septetsToText(hex('1b09 1b41 61'), { locking: null, single: 2 })).toBe('çÁa');
    expect(septetsToText(hex('00 03 42 61'), { locking: 6, single: null })).toBe('ँअमa');
    expect(septetsToText(hex('1b1c 1b25 1b41'), { locking: null, single: 6 })).toBe('०९A');
    expect(septetsToText(hex('00 13'), { locking: 13, single: 13 })).toBe('اڄ');
    for (let language = 1; language <= 13; language += 1) {
      expect(shiftKnown('single', language)).toBe(true);
      expect(shiftKnown('locking', language)).toBe(language !== 2);
      const text = septetsToText(
        Uint8Array.from({ length: 128 }, (_, i) => i).filter((v) => v !== 0x1b),
        { locking: language, single: language },
      );
      expect(text).toHaveLength(127);
      expect(text).toContain('0123456789');
      expect(text).toContain('abcdefghijklmnopqrstuvwxyz');
    }
    expect([0, 14, 255].map((l) => shiftKnown('single', l))).toEqual([false, false, false]);
  });
});

describe('data coding', () => {
  test('all 256 values mean something', () => {
    const count = { gsm7: 0, '8bit': 0, ucs2: 0, reserved: 0 };
    for (let dcs = 0; dcs < 256; dcs += 1) {
      const d = decodeDcs(dcs);
      count[d.alphabet] += 1;
      expect(describeDcs(dcs)).not.toContain('undefined');
      expect(d.messageClass === null || d.messageClass === (dcs & 3)).toBe(true);
    }
    expect(count).toEqual({ gsm7: 32 + 64 + 16 + 16 + 8, '8bit': 32 + 8, ucs2: 32 + 16, reserved: 32 });
  });
  const cases: readonly (readonly [number, string])[] = [
    [0x00, '7-bit default alphabet'],
    [0x04, '8-bit data'],
    [0x08, 'UCS2'],
    [0x0c, 'reserved alphabet, reserved coding'],
    [0x10, '7-bit default alphabet, class 0 (display)'],
    [0x15, '8-bit data, class 1 (ME)'],
    [0x24, '8-bit data, compressed'],
    [0x58, 'UCS2, class 0 (display), for automatic deletion'],
    [0x80, '7-bit default alphabet, reserved coding'],
    [0xc8, '7-bit default alphabet, voicemail waiting on, discard'],
    [0xd1, '7-bit default alphabet, fax waiting off'],
    [0xeb, 'UCS2, other waiting on'],
    [0xf5, '8-bit data, class 1 (ME)'],
    [0xf6, '8-bit data, class 2 ((U)SIM)'],
    [0xf9, '7-bit default alphabet, class 1 (ME), reserved coding'],
  ];
  test.each(cases)('0x%s', (dcs, text) => expect(describeDcs(dcs)).toBe(text));
  test('of SMPP', () => {
    expect([0, 1, 2, 3, 4, 8, 0xf5, 0xf1, 0x15, 0x18].map(smppAlphabet)).toEqual([
      'gsm7',
      'single-octet',
      '8bit',
      'single-octet',
      '8bit',
      'ucs2',
      '8bit',
      'gsm7',
      '8bit',
      'ucs2',
    ]);
  });
});

describe('text', () => {
  const smpp = (dcs: number, bytes: Uint8Array, more = {}): string | null =>
    decodeText({ bytes, headerLength: 0, dcs, dcsOf: 'smpp', udl: undefined, shifts: NO, ...more });
  const cases: readonly (readonly [string, number, Uint8Array, string | null])[] = [
    ['default alphabet, one octet a character', 0, hex('48 00 1b65'), 'H@€'],
    ['default alphabet that is Latin 1', 0, latin1('Grüße'), 'Grüße'],
    ['Latin 1', 3, latin1('Grüße'), 'Grüße'],
    ['Cyrillic', 6, hex('bfe0d8d2d5e2'), 'Привет'],
    ['Hebrew', 7, hex('f9ece5ed'), 'שלום'],
    ['UCS2', 8, hex('00480069 d83dde00'), 'Hi😀'],
    ['UCS2 with an odd octet', 8, hex('0048 00'), 'H\ufffd'],
    ['octets', 4, hex('00ff'), null],
    ['a charset kept for later', 0x0b, latin1('hi'), 'hi'],
    ['nothing', 0, hex(''), ''],
  ];
  test.each(cases)('%s', (_, dcs, bytes, text) => expect(smpp(dcs, bytes)).toBe(text));
  test('every data coding reads any octets', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    for (let dcs = 0; dcs < 256; dcs += 1) {
      expect(() => smpp(dcs, bytes)).not.toThrow();
      expect(() => smpp(dcs, bytes, { dcsOf: 'tp', udl: 160, headerLength: 7 })).not.toThrow();
    }
  });
  test('every language reads any septets', () => {
    const bytes = Uint8Array.from({ length: 140 }, (_, i) => (i * 37) & 0xff);
    for (let language = 0; language < 256; language += 1) {
      const shifts = { locking: language, single: 255 - language };
      expect(() => smpp(0, bytes, { dcsOf: 'tp', udl: 160, shifts })).not.toThrow();
    }
  });
});

describe('text headers', () => {
  const cases: readonly (readonly [string, object | null])[] = [
    ['//SCKL0B84 rest', { length: 11, destination: 2948, source: null, concatenation: null }],
    ['//SCKL0B8423F0 x', { length: 15, destination: 2948, source: 9200 }],
    [
      '//SCKL15811581230401 x',
      { length: 21, destination: 0x1581, concatenation: { reference: 0x23, total: 4, part: 1 } },
    ],
    ['//SCKL0B84230201 x', { destination: 2948, source: null, concatenation: { reference: 0x23, total: 2, part: 1 } }],
    ['//SCKF5 x', { length: 8, destination: 0xf5 }],
    ['//SCKL0B84', null],
    ['//SCK', null],
    ['SCKL0B84 x', null],
    ['//SCKLzzzz x', null],
  ];
  test.each(cases)('%s', (text, out) => {
    const read = parseTextHeader(text);
    if (out === null) expect(read).toBeNull();
    else expect(read).toMatchObject(out);
  });
});

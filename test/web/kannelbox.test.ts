// What Kannel's boxes say to each other.

import { describe, expect, test } from 'vitest';
import { kannelBox } from '../../dissectors/bearer/kannelbox/index.ts';
import { codesOf, type Pdu, read, sweep } from '../radio/support.ts';
import { cat, u32 } from '../smpp/build.ts';
import { frames, hex, latin1, toHex } from './support.ts';

const ID = 'e043b347-9138-45e6-93a2-0b7c8b7dcda6';
const NOTHING = hex('ffffffff');
const string = (value: string | Uint8Array | null): Uint8Array => {
  if (value === null) return NOTHING;
  const bytes = typeof value === 'string' ? latin1(value) : value;
  return cat(u32(bytes.length), bytes);
};
const message = (type: number, ...members: readonly Uint8Array[]): Uint8Array => {
  const body = cat(u32(type), ...members);
  return cat(u32(body.length), body);
};

interface Sms {
  readonly udh?: Uint8Array | null;
  readonly content?: Uint8Array;
  readonly type?: number;
  readonly mclass?: Uint8Array;
  readonly coding?: number;
}

const sms = (s: Sms = {}): Uint8Array =>
  message(
    2,
    string('1234'),
    string('+491701'),
    string(s.udh === undefined ? hex('06 0504 0b84 0b84') : s.udh),
    string(s.content ?? hex('0106')),
    hex('6b042172'),
    string('smpp'),
    NOTHING,
    NOTHING,
    NOTHING,
    NOTHING,
    string(ID),
    cat(u32(s.type ?? 2)),
    s.mclass ?? NOTHING,
    NOTHING,
    cat(u32(s.coding ?? 1)),
    hex('ffffffff ffffffff'),
  );
const ack = (nack: number): Uint8Array => message(3, cat(u32(nack)), hex('6b042172'), string(ID));
const converse = (...pdus: readonly Pdu[]) => read(kannelBox.decode, pdus);

describe('Kannel box messages', () => {
  test('a short message and its acknowledgement', () => {
    const r = converse({ bytes: sms() }, { bytes: ack(0), direction: 1 });
    expect(r.messages).toMatchObject([
      {
        bearer: 'kannel-box',
        from: { value: '1234' },
        to: { value: '491701', type: 'international' },
        dcs: 4,
        udhi: true,
      },
    ]);
    expect(toHex(r.messages[0]!.userData.bytes)).toBe('0605040b840b840106');
    expect(r.answers).toMatchObject([{ ok: true, text: 'taken', code: null }]);
    expect(r.answers[0]?.answerKey).toBe(r.messages[0]?.answerKey);
    expect(codesOf(r)).toEqual([]);
  });

  const cases: readonly { name: string; in: Sms; out: object }[] = [
    { name: 'text', in: { udh: null, coding: 0 }, out: { udhi: false, dcs: 3, dcsOf: 'smpp' } },
    { name: 'UCS-2', in: { udh: null, coding: 2 }, out: { dcs: 8 } },
    { name: 'a message class', in: { mclass: hex('00000001') }, out: { dcs: 0xf5 } },
    { name: 'from the phone', in: { type: 0 }, out: { direction: 'mo' } },
  ];
  test.each(cases)('$name', ({ in: s, out }) => expect(converse({ bytes: sms(s) }).messages).toMatchObject([out]));

  test('reports, heartbeats and what is refused', () => {
    expect(converse({ bytes: sms({ type: 3 }) }).messages).toEqual([]);
    expect(converse({ bytes: message(0, u32Bytes(5)) }).messages).toEqual([]);
    const refused = converse({ bytes: ack(1) }, { bytes: ack(2) }, { bytes: ack(3) });
    expect(refused.answers.map((a) => [a.ok, a.temporary, a.code])).toEqual([
      [false, false, 'nack 1'],
      [false, true, 'nack 2'],
      [true, false, null],
    ]);
  });

  test('is claimed by a message or an acknowledgement, and framed by its length', () => {
    const stream = cat(sms(), message(0, u32Bytes(1)), ack(0));
    for (const good of [sms(), ack(0)]) expect(kannelBox.looksLike(good, 0, good.length)).toBe(true);
    for (const bad of [message(0, u32Bytes(1)), hex('0000002f 00000002 00000000 00000001'), sms().slice(0, 100)]) {
      expect(kannelBox.looksLike(bad, 0, bad.length)).toBe(false);
    }
    for (const step of [1, 5, 64, stream.length]) {
      expect(frames(kannelBox, stream, step)).toEqual([sms().length, 12, ack(0).length]);
    }
  });

  test('a member that is longer than the message', () => {
    const bytes = sms();
    bytes[8 + 4 + 4 + 3] = 0xf0;
    expect(codesOf(converse({ bytes }))).toContain('KANNELBOX-LENGTH');
  });
});

const u32Bytes = (v: number): Uint8Array => cat(u32(v));

describe('damage', () => {
  sweep(kannelBox.decode, { 'a message and its acknowledgement': [toHex(sms()), toHex(ack(0))] });
});

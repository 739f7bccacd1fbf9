// GSMTAP of the radio interface: LAPDm segments, repetitions, losses, identities.

import { describe, expect, test } from 'vitest';
import { framesOf } from '../../dissectors/base/bytemap.ts';
import { gsmtap } from '../../dissectors/bearer/gsmtap/index.ts';
import { hex, toHex } from '../sms/support.ts';
import { codesOf, DELIVER, type Read, read, SUBMIT, sweep, uncovered } from './support.ts';
import { DISC, established, gsmtapFrame, iFrames, lapdmFrame, SABM, UA } from './um.ts';

const lv = (text: string): string => hex(text).length.toString(16).padStart(2, '0') + text;
const DATA = (reference: string): string => `01 ${reference} 07 91 947101670000 00 ${lv(DELIVER)}`;
const CP = (reference = '07'): string => `09 01 ${lv(DATA(reference))}`;
const ACK = '89 01 02 02 07';
const up = { up: true };

const run = (...frames: readonly string[]): Read =>
  read(
    gsmtap.decode,
    frames.map((f) => ({ bytes: hex(f) })),
  );

describe('segments', () => {
  test('joined in order, each octet leads to its frame', () => {
    const frames = iFrames(CP());
    expect(frames.length).toBe(3);
    const r = run(established(), ...frames);
    expect(codesOf(r)).toEqual([]);
    const m = r.messages[0]!;
    expect(m).toMatchObject({
      bearer: 'gsmtap',
      direction: 'mt',
      operation: 'SMS-DELIVER',
      frame: 4,
      dissector: 'sm-cp',
    });
    expect(framesOf(m.pdu.map)).toEqual([2, 3, 4]);
    for (const p of m.pdu.map) {
      const frame = hex(frames[p.frame - 2]!);
      expect(toHex(frame.slice(p.offset, p.offset + p.length))).toBe(
        toHex(m.pdu.bytes.slice(p.start, p.start + p.length)),
      );
    }
  });
  test('acknowledged by the phone', () => {
    const r = run(established(), ...iFrames(CP()), ...iFrames(ACK, 0, up));
    expect(r.answers).toMatchObject([{ ok: true, answerKey: r.messages[0]?.answerKey }]);
  });
  test('numbers go on behind 7', () => {
    const messages = [0, 3, 6, 1].map((first, i) => iFrames(CP(`0${i}`), first));
    const r = run(established(), ...messages.flat());
    expect(r.messages).toHaveLength(4);
    expect(codesOf(r)).toEqual([]);
  });
  test('a repeated frame is told once and joined once', () => {
    const [a, b, c] = iFrames(CP());
    const r = run(established(), a!, a!, b!, b!, c!, c!);
    expect(r.messages).toHaveLength(1);
    expect(codesOf(r)).toEqual(['LAPDM-REPEATED']);
  });
  test('a lost frame: what came before it is the beginning of a message that was cut', () => {
    const [a, b, , d] = iFrames(`09 01 ${lv(`${DATA('07')}${'00'.repeat(20)}`)}`);
    const r = run(established(), a!, b!, d!);
    expect(r.messages).toMatchObject([{ cut: true }]);
    expect(framesOf(r.messages[0]!.pdu.map)).toEqual([2, 3]);
    expect(codesOf(r)).toEqual(['LAPDM-GAP', 'LAPDM-INCOMPLETE']);
  });
  test('behind a loss the next message is found', () => {
    const r = run(established(), iFrames(CP('01'))[2]!, ...iFrames(CP('02'), 3));
    expect(r.messages.map((m) => m.pdu.bytes[4])).toEqual([2]);
    expect(codesOf(r)).toEqual(['LAPDM-GAP']);
  });
  test('a capture that begins in the middle', () => {
    const r = run(...iFrames(CP('01'), 2).slice(1), ...iFrames(CP('02'), 5));
    expect(r.messages.map((m) => m.pdu.bytes[4])).toEqual([2]);
    expect(codesOf(r)).toEqual([]);
  });
  test('a capture that begins with a first segment', () => {
    expect(run(...iFrames(CP(), 4)).messages).toHaveLength(1);
  });
  test('a new link counts from 0 again; what was unfinished is told', () => {
    const r = run(established(), ...iFrames(CP('01')).slice(0, 2), established(), ...iFrames(CP('02')));
    expect(r.messages.map((m) => [m.pdu.bytes[4], m.cut ?? false])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(codesOf(r)).toEqual(['LAPDM-INCOMPLETE']);
  });
  test('DISC ends what was unfinished', () => {
    const r = run(established(), ...iFrames(CP()).slice(0, 2), gsmtapFrame(lapdmFrame(DISC), up));
    expect(r.messages).toMatchObject([{ cut: true }]);
  });
  test('a length beyond the frame', () => {
    const r = run(established(), gsmtapFrame('0f 00 ff 09 01'));
    expect(codesOf(r)).toContain('LAPDM-LENGTH');
  });
  test('more segments than a message has', () => {
    const frames = Array.from({ length: 30 }, (_, i) =>
      gsmtapFrame(lapdmFrame((i & 7) << 1, i === 0 ? `0901f8${'00'.repeat(17)}` : '00'.repeat(20), true)),
    );
    expect(codesOf(run(established(), ...frames))).toContain('LAPDM-LONG');
  });
});

describe('channels', () => {
  test('each has its own numbers and references', () => {
    const one = iFrames(CP('01'));
    const two = iFrames(CP('01'), 0, { subSlot: 3 });
    const r = run(established(), established(3, { subSlot: 3 }), ...one.flatMap((f, i) => [f, two[i]!]));
    expect(r.messages).toHaveLength(2);
    const acks = run(
      ...[established(), established(3, { subSlot: 3 }), ...one, ...two],
      ...iFrames('89 01 02 02 01', 0, { up: true, subSlot: 3 }),
    );
    expect(acks.answers.map((a) => a.answerKey)).toEqual([acks.messages[1]?.answerKey]);
  });
  test('short messages during a call: SACCH with its layer 1 header', () => {
    const slow = iFrames(CP(), 0, { channel: 0x89 }).map((f) => f.replace(/(00 02 00) /, '$1 05 01 '));
    const r = run(...slow.map((f) => f.replace(/(2b){2}$/, '')));
    expect(r.messages).toHaveLength(1);
  });
  test('broadcast channels and other frames are passed over', () => {
    const r = run(
      gsmtapFrame('49 06 1b 00 00', { channel: 1 }),
      gsmtapFrame(lapdmFrame(3, '0601')),
      gsmtapFrame('01 02', { channel: 13 }),
      gsmtapFrame('', { type: 3 }),
    );
    expect(codesOf(r)).toEqual([]);
    expect(r.messages).toEqual([]);
  });
  test('another version is told once', () => {
    expect(codesOf(run('03 04 00 00', '03 04 00 00'))).toEqual(['GSMTAP-VERSION']);
    expect(codesOf(run('01 04 01 00', ''))).toEqual(['GSMTAP-VERSION', 'BASE-TRUNCATED']);
  });
  test('a header that is too short, or longer', () => {
    expect(codesOf(run(gsmtapFrame('').replace('02 04', '02 03')))).toEqual(['GSMTAP-HEADER']);
    const longer = iFrames(CP()).map((f) => f.replace('02 04', '02 05').replace('00 02 00', '00 02 00 aabbccdd'));
    expect(run(...longer).messages).toHaveLength(1);
  });
});

describe('who the subscriber is', () => {
  const IMSI = '08 29 26108967452301';
  const named: readonly [string, string][] = [
    ['Paging Response', `06 27 00 03 535892 ${IMSI}`],
    ['CM Service Request', `05 64 74 03 535892 ${IMSI}`],
    ['Location Updating Request', `05 08 70 62f210 1234 33 ${IMSI}`],
    ['Identity Response', `05 59 ${IMSI}`],
  ];
  for (const [name, message] of named) {
    test(name, () => {
      const sabm = gsmtapFrame(lapdmFrame(SABM, toHex(hex(message)), false, 0), up);
      const r = run(sabm, gsmtapFrame(lapdmFrame(UA, toHex(hex(message)), false, 0)), established(), ...iFrames(CP()));
      expect(r.identities).toMatchObject([{ imsi: '262019876543210', msisdn: null, text: name, frame: 1 }]);
      expect(r.messages).toMatchObject([{ imsi: '262019876543210' }]);
      expect(codesOf(r)).toEqual([]);
    });
  }
  test('a temporary identity names nobody', () => {
    const r = run(gsmtapFrame(lapdmFrame(SABM, '0627000353589205f412345678', false, 0), up));
    expect(r.identities).toEqual([]);
  });
  test('the next connection on the channel is somebody else', () => {
    const paging = toHex(hex(`06 27 00 03 535892 ${IMSI}`));
    const r = run(
      gsmtapFrame(lapdmFrame(SABM, paging, false, 0), up),
      ...iFrames(CP('01')),
      gsmtapFrame(lapdmFrame(SABM, '', false, 0), up),
      established(),
      ...iFrames(CP('01')),
      ...iFrames('89 01 02 02 01', 0, up),
    );
    expect(r.messages.map((m) => m.imsi)).toEqual(['262019876543210', null]);
    expect(r.answers.map((a) => a.answerKey)).toEqual([r.messages[1]?.answerKey]);
  });
  test('what the phone submits carries its IMSI', () => {
    const paging = toHex(hex(`05 24 74 03 535892 ${IMSI}`));
    const submit = `19 01 ${lv(`00 21 00 07 91 947101670000 ${lv(SUBMIT)}`)}`;
    const sabm = gsmtapFrame(lapdmFrame(SABM, paging, false, 0), up);
    const r = run(sabm, established(3, up), ...iFrames(submit, 0, up), ...iFrames('99 01 02 03 21'));
    expect(r.messages).toMatchObject([{ direction: 'mo', imsi: '262019876543210', operation: 'SMS-SUBMIT' }]);
    expect(r.answers).toMatchObject([{ ok: true, text: 'accepted' }]);
  });
});

describe('tree and damage', () => {
  test('every octet of a frame has a row', () => {
    for (const frame of [established(), ...iFrames(CP()), ...iFrames(ACK, 0, up), gsmtapFrame('0102', { type: 9 })]) {
      expect(uncovered(run(frame).rows, hex(frame).length)).toEqual([]);
    }
  });
  const paging = toHex(hex('06 27 00 03 535892 08 29 26108967452301'));
  sweep(gsmtap.decode, {
    'a message and its answer': [
      gsmtapFrame(lapdmFrame(SABM, paging, false, 0), up),
      established(),
      ...iFrames(CP()),
      ...iFrames(ACK, 0, up),
    ],
  });
});

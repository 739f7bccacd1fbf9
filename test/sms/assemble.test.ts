// Concatenation: what is joined, what is not, and what is said about it.

import { describe, expect, test } from 'vitest';
import { concatMapped, framesOf } from '../../dissectors/base/bytemap.ts';
import { createAssembler } from '../../dissectors/sms/assemble.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { assemble, hex, latin1, type Made, made, mapped, part, toHex } from './support.ts';

const PUSH = hex('01062f1f2db69181923038');
const P = (
  reference: number,
  total: number,
  number: number,
  text: string,
  frame: number,
  more: Partial<Made> = {},
): Made => ({
  frame,
  data: part(reference, total, number, latin1(text)),
  ...more,
});
const feed = (list: readonly Made[]): Joined[] =>
  assemble((a) => {
    for (const m of list) a.shortMessage(made(m));
  });

const text = (j: Joined): string => new TextDecoder('latin1').decode(j.data.bytes);
const codes = (j: Joined): string[] => j.findings.map((x) => x.rule.code);
const status = (j: Joined): string => j.segments.map((s) => `${s.frame}:${s.part}/${s.of} ${s.status}`).join(', ');

interface Case {
  readonly name: string;
  readonly in: readonly Made[];
  /** One line a message: state, data, segments. */
  readonly out: readonly string[];
  readonly codes?: readonly string[][];
}

const line = (j: Joined): string => `${j.state} [${text(j)}] ${status(j)}`;

const cases: readonly Case[] = [
  {
    name: 'in order',
    in: [P(1, 2, 1, 'a', 1), P(1, 2, 2, 'b', 2)],
    out: ['complete [ab] 1:1/2 used, 2:2/2 used'],
    codes: [[]],
  },
  {
    name: 'in reverse',
    in: [P(1, 3, 3, 'c', 1), P(1, 3, 2, 'b', 2), P(1, 3, 1, 'a', 3)],
    out: ['complete [abc] 1:3/3 used, 2:2/3 used, 3:1/3 used'],
    codes: [['CONCAT-OUT-OF-ORDER']],
  },
  {
    name: 'a part that never came',
    in: [P(1, 3, 1, 'a', 1), P(1, 3, 3, 'c', 2)],
    out: ['incomplete [ac] 1:1/3 used, 2:3/3 used'],
    codes: [['CONCAT-MISSING-PART']],
  },
  {
    name: 'copies, before and after the end',
    in: [P(1, 2, 1, 'a', 1), P(1, 2, 1, 'a', 2), P(1, 2, 2, 'b', 3), P(1, 2, 2, 'b', 4)],
    out: ['complete [ab] 1:1/2 used, 2:1/2 duplicate, 3:2/2 used, 4:2/2 duplicate'],
    codes: [['CONCAT-DUPLICATE']],
  },
  {
    name: 'sent again from the start, nine seconds later',
    in: [P(1, 3, 1, 'a', 1), P(1, 3, 2, 'b', 2), P(1, 3, 1, 'a', 11), P(1, 3, 2, 'b', 12), P(1, 3, 3, 'c', 13)],
    out: ['complete [abc] 1:1/3 used, 2:2/3 used, 11:1/3 duplicate, 12:2/3 duplicate, 13:3/3 used'],
  },
  {
    name: 'sent again from the start, ten minutes later: still one message',
    in: [P(1, 3, 1, 'a', 1), P(1, 3, 2, 'b', 2), P(1, 3, 1, 'a', 601), P(1, 3, 2, 'b', 602), P(1, 3, 3, 'c', 603)],
    out: ['complete [abc] 1:1/3 used, 2:2/3 used, 601:1/3 duplicate, 602:2/3 duplicate, 603:3/3 used'],
  },
  {
    name: 'sent again complete, ten minutes later: two messages',
    in: [P(1, 2, 1, 'a', 1), P(1, 2, 2, 'b', 2), P(1, 2, 1, 'a', 601), P(1, 2, 2, 'b', 602)],
    out: ['complete [ab] 1:1/2 used, 2:2/2 used', 'complete [ab] 601:1/2 used, 602:2/2 used'],
    codes: [[], ['CONCAT-SENT-AGAIN']],
  },
  {
    name: 'one part of a complete message again, ten minutes later: evidence, not a message',
    in: [P(1, 2, 1, 'a', 1), P(1, 2, 2, 'b', 2), P(1, 2, 2, 'b', 601)],
    out: ['complete [ab] 1:1/2 used, 2:2/2 used, 601:2/2 duplicate'],
    codes: [['CONCAT-LATE']],
  },
  {
    name: 'the last part ten minutes later: joined, and said',
    in: [P(1, 2, 1, 'a', 1), P(1, 2, 2, 'b', 601)],
    out: ['complete [ab] 1:1/2 used, 601:2/2 used'],
    codes: [['CONCAT-RESUMED-GUESS']],
  },
  {
    name: 'the last part two hours later: too late',
    in: [P(1, 2, 1, 'a', 1), P(1, 2, 2, 'b', 7300)],
    out: ['incomplete [a] 1:1/2 used, 7300:2/2 late'],
    codes: [['CONCAT-MISSING-PART', 'CONCAT-LATE']],
  },
  {
    name: 'reference used again after a complete message',
    in: [P(1, 2, 1, 'a', 1), P(1, 2, 2, 'b', 2), P(1, 2, 1, 'A', 3), P(1, 2, 2, 'B', 4)],
    out: ['complete [ab] 1:1/2 used, 2:2/2 used', 'complete [AB] 3:1/2 used, 4:2/2 used'],
    codes: [[], ['CONCAT-REFERENCE-REUSED']],
  },
  {
    name: 'reference used again after an incomplete message',
    in: [P(1, 3, 1, 'a', 1), P(1, 3, 2, 'b', 2), P(1, 3, 1, 'A', 241), P(1, 3, 2, 'B', 242), P(1, 3, 3, 'C', 243)],
    out: ['incomplete [ab] 1:1/3 used, 2:2/3 used', 'complete [ABC] 241:1/3 used, 242:2/3 used, 243:3/3 used'],
    codes: [['CONCAT-MISSING-PART', 'CONCAT-SPLIT-GUESS'], ['CONCAT-REFERENCE-REUSED']],
  },
  {
    name: 'the same, with the new message in reverse: its last part is not joined to the old ones',
    in: [P(1, 3, 1, 'a', 1), P(1, 3, 2, 'b', 2), P(1, 3, 3, 'C', 241), P(1, 3, 2, 'B', 242), P(1, 3, 1, 'A', 243)],
    out: ['incomplete [ab] 1:1/3 used, 2:2/3 used', 'complete [ABC] 241:3/3 used, 242:2/3 used, 243:1/3 used'],
    codes: [
      ['CONCAT-MISSING-PART', 'CONCAT-SPLIT-GUESS'],
      ['CONCAT-OUT-OF-ORDER', 'CONCAT-REFERENCE-REUSED'],
    ],
  },
  {
    name: 'a middle part that both messages share',
    in: [
      P(1, 3, 1, 'a', 1),
      P(1, 3, 2, 'm', 2),
      P(1, 3, 3, 'c', 3),
      P(1, 3, 2, 'm', 60),
      P(1, 3, 1, 'A', 61),
      P(1, 3, 3, 'C', 62),
    ],
    out: [
      'complete [amc] 1:1/3 used, 2:2/3 used, 3:3/3 used, 60:2/3 duplicate',
      'complete [AmC] 61:1/3 used, 62:3/3 used, 60:2/3 used',
    ],
    codes: [['CONCAT-DUPLICATE'], ['CONCAT-OUT-OF-ORDER', 'CONCAT-REFERENCE-REUSED', 'CONCAT-SHARED-PART-GUESS']],
  },
  {
    name: 'a copy of the old message does not complete the new one before its own part comes',
    in: [
      P(1, 3, 1, 'a', 1),
      P(1, 3, 2, 'b', 2),
      P(1, 3, 3, 'c', 3),
      P(1, 3, 3, 'c', 4),
      P(1, 3, 1, 'A', 60),
      P(1, 3, 2, 'B', 61),
      P(1, 3, 3, 'C', 62),
    ],
    out: [
      'complete [abc] 1:1/3 used, 2:2/3 used, 3:3/3 used, 4:3/3 duplicate',
      'complete [ABC] 60:1/3 used, 61:2/3 used, 62:3/3 used',
    ],
  },
  {
    name: 'two messages interleaved',
    in: [P(1, 2, 1, 'a', 1), P(2, 2, 1, 'A', 2), P(1, 2, 2, 'b', 3), P(2, 2, 2, 'B', 4)],
    out: ['complete [ab] 1:1/2 used, 3:2/2 used', 'complete [AB] 2:1/2 used, 4:2/2 used'],
  },
  {
    name: 'one reference, two recipients',
    in: [
      P(1, 2, 1, 'a', 1),
      P(1, 2, 1, 'A', 2, { to: '4477' }),
      P(1, 2, 2, 'b', 3),
      P(1, 2, 2, 'B', 4, { to: '4477' }),
    ],
    out: ['complete [ab] 1:1/2 used, 3:2/2 used', 'complete [AB] 2:1/2 used, 4:2/2 used'],
  },
  {
    name: 'one reference, a sender that is a number and one that is a name',
    in: [P(1, 2, 1, 'a', 1), P(1, 2, 2, 'B', 2, { more: { from: { value: '1234', type: 'alphanumeric' } } })],
    out: ['incomplete [a] 1:1/2 used', 'incomplete [B] 2:2/2 used'],
  },
  {
    name: 'references of 8 and of 16 bits are not the same',
    in: [P(1, 2, 1, 'a', 1), { frame: 2, data: hex('0c 05040b8423f0 0804 0001 0202 42') }],
    out: ['incomplete [a] 1:1/2 used', 'incomplete [B] 2:2/2 used'],
  },
  {
    name: 'totals that disagree',
    in: [P(1, 3, 1, 'a', 1), P(1, 3, 2, 'b', 2), P(1, 4, 3, 'c', 3)],
    out: ['incomplete [ab] 1:1/3 used, 2:2/3 used, 3:3/4 conflict'],
    codes: [['CONCAT-MISSING-PART', 'CONCAT-TOTAL-DISAGREES']],
  },
  {
    name: 'totals that disagree, the odd one first',
    in: [P(1, 4, 3, 'c', 1), P(1, 3, 1, 'a', 2), P(1, 3, 2, 'b', 3)],
    out: ['incomplete [c] 1:3/4 used, 2:1/3 conflict, 3:2/3 conflict'],
  },
  {
    name: 'a wrong total that was mended',
    in: [P(1, 3, 1, 'a', 1), P(1, 3, 2, 'b', 2), P(1, 4, 3, 'c', 3), P(1, 3, 3, 'c', 4)],
    out: ['complete [abc] 1:1/3 used, 2:2/3 used, 4:3/3 used', 'incomplete [c] 3:3/4 used'],
  },
  {
    name: 'two messages of different totals with one reference',
    in: [P(1, 2, 1, 'a', 1), P(1, 2, 2, 'b', 2), P(1, 3, 1, 'A', 3), P(1, 3, 2, 'B', 4), P(1, 3, 3, 'C', 5)],
    out: ['complete [ab] 1:1/2 used, 2:2/2 used', 'complete [ABC] 3:1/3 used, 4:2/3 used, 5:3/3 used'],
  },
  {
    name: 'numbers that cannot be',
    in: [P(1, 2, 0, 'a', 1), P(1, 2, 3, 'b', 2)],
    out: ['incomplete [] 1:0/2 conflict, 2:3/2 conflict'],
    codes: [['CONCAT-MISSING-PART', 'CONCAT-PART-NUMBER']],
  },
  {
    name: 'a number that cannot be beside those that can',
    in: [P(1, 2, 1, 'a', 1), P(1, 2, 0, 'x', 2), P(1, 2, 2, 'b', 3)],
    out: ['complete [ab] 1:1/2 used, 2:0/2 conflict, 3:2/2 used'],
  },
  {
    name: 'a total of 1, or of 0, joins nothing',
    in: [P(1, 1, 1, 'a', 1), P(1, 1, 0, 'b', 2), P(1, 0, 0, 'c', 3)],
    out: ['complete [a] 1:1/1 used', 'complete [b] 2:0/1 used', 'complete [c] 3:0/0 used'],
  },
  {
    name: 'a third reading of a part: nothing is guessed',
    in: [P(1, 3, 1, 'a', 1), P(1, 3, 2, 'b', 2), P(1, 3, 3, 'c', 300), P(1, 3, 3, 'x', 301)],
    out: ['incomplete [ab] 1:1/3 used, 2:2/3 used', 'incomplete [c] 300:3/3 used', 'incomplete [x] 301:3/3 used'],
  },
];

describe('concatenation', () => {
  test.each(cases)('$name', (c) => {
    const out = feed(c.in);
    expect(out.map(line)).toEqual(c.out);
    if (c.codes !== undefined) expect(out.map(codes)).toEqual(c.codes);
    for (const j of out) {
      expect(j.missing.length === 0 || j.state === 'incomplete').toBe(true);
      expect(j.data.map.reduce((n, p) => n + p.length, 0)).toBe(j.data.bytes.length);
      expect(j.ports).toEqual({ destination: 2948, source: 9200 });
      expect(j.payload).toBe('wsp');
    }
    // Times that nobody knows change nothing but what depends on pauses.
    expect(() => feed(c.in.map((m) => ({ ...m, seconds: Number.NaN })))).not.toThrow();
  });

  test('missing parts and what is certain', () => {
    const [j] = feed([P(1, 4, 1, 'aa', 1), P(1, 4, 2, 'bb', 2), P(1, 4, 4, 'dd', 3)]);
    expect(j).toMatchObject({ missing: [3], contiguous: 4, state: 'incomplete' });
    expect(text(j!)).toBe('aabbdd');
    const [late] = feed([P(1, 3, 2, 'bb', 1), P(1, 3, 3, 'cc', 2)]);
    expect(late).toMatchObject({ missing: [1], contiguous: 0 });
  });

  test('octets lead back to the frames', () => {
    const [j] = feed([P(1, 2, 2, 'cd', 7), P(1, 2, 1, 'ab', 9)]);
    expect(j?.data.map).toEqual([
      { start: 0, length: 2, frame: 9, offset: 12 },
      { start: 2, length: 2, frame: 7, offset: 12 },
    ]);
    expect(j?.segments.map((s) => framesOf(s.pdu.map))).toEqual([[7], [9]]);
  });

  test("buffers are copied: what the bearer does with its own afterwards is nobody else's affair", () => {
    const data = part(1, 2, 1, latin1('ab'));
    const out = assemble((a) => {
      a.shortMessage(made({ frame: 1, data }));
      data.fill(0);
      a.shortMessage(made(P(1, 2, 2, 'cd', 2)));
    });
    expect(text(out[0]!)).toBe('abcd');
    expect(toHex(out[0]!.segments[0]!.pdu.bytes)).not.toMatch(/^0000/);
  });

  test('ports in the first part only', () => {
    const [j] = feed([
      { frame: 1, data: part(1, 2, 1, latin1('a')) },
      { frame: 2, data: part(1, 2, 2, latin1('b'), false) },
    ]);
    expect(j).toMatchObject({ ports: { destination: 2948, source: 9200 }, payload: 'wsp', state: 'complete' });
  });

  test('ports that differ', () => {
    const second = part(1, 2, 2, latin1('b'));
    second.set([0x23, 0xf0], 3);
    const [j] = feed([P(1, 2, 1, 'a', 1), { frame: 2, data: second }]);
    expect(j?.ports?.destination).toBe(2948);
    expect(codes(j!)).toEqual(['CONCAT-PORTS-DIFFER']);
  });

  test('segmentation parameters of SMPP', () => {
    const sar = (n: number): Partial<Made> => ({
      udhi: false,
      more: {
        concatenation: { reference: 119, bits: 16, total: 2, part: n },
        ports: { source: 9200, destination: 2948 },
      },
    });
    const [j] = feed([
      { frame: 1, data: latin1('a'), ...sar(1) },
      { frame: 2, data: latin1('b'), ...sar(2) },
    ]);
    expect(line(j!)).toBe('complete [ab] 1:1/2 used, 2:2/2 used');
    expect(j?.segments[0]).toMatchObject({ reference: 119, referenceBits: 16 });
  });

  test('a header goes before segmentation parameters', () => {
    const more: Partial<Made> = { more: { concatenation: { reference: 9, bits: 16, total: 5, part: 5 } } };
    const [j] = feed([P(1, 2, 1, 'a', 1, more), P(1, 2, 2, 'b', 2, more)]);
    expect(line(j!)).toBe('complete [ab] 1:1/2 used, 2:2/2 used');
  });

  test('hops of one message are messages of their own', () => {
    const hop: Partial<Made> = { more: { operation: 'deliver_sm' } };
    expect(
      feed([P(1, 2, 1, 'a', 1), P(1, 2, 1, 'a', 2, hop), P(1, 2, 2, 'b', 3), P(1, 2, 2, 'b', 4, hop)]),
    ).toHaveLength(2);
  });

  test('a part the capture cut', () => {
    const [j] = feed([P(1, 2, 1, 'a', 1, { more: { cut: true } }), P(1, 2, 2, 'b', 2)]);
    expect(j).toMatchObject({ state: 'incomplete', missing: [], contiguous: 1 });
    expect(codes(j!)).toEqual(['CONCAT-CUT']);
  });

  test('complete messages leave when their copies had time to come, others when nobody waits', () => {
    const out: Joined[] = [];
    const a = createAssembler((j) => out.push(j));
    for (const m of [P(1, 2, 1, 'a', 1), P(1, 2, 2, 'b', 2), P(2, 2, 1, 'c', 3)]) a.shortMessage(made(m));
    a.tick(100e9);
    expect(out).toEqual([]);
    a.tick(130e9);
    expect(out.map(line)).toEqual(['complete [ab] 1:1/2 used, 2:2/2 used']);
    a.tick(3700e9);
    expect(out.map(line)[1]).toBe('incomplete [c] 3:1/2 used');
    expect(a.load).toEqual({ runs: 0, bytes: 0 });
    a.end();
    expect(out).toHaveLength(2);
  });

  test('texts that need no joining go elsewhere when somebody wants them there', () => {
    const texts: number[] = [];
    const out = assemble(
      (a) => {
        a.shortMessage(made({ frame: 1, udhi: false, data: latin1('hello'), more: { dcs: 0 } }));
        a.shortMessage(made({ frame: 2, udhi: false, data: PUSH, more: { dcs: 0 } }));
        a.shortMessage(made({ frame: 3, udhi: false, data: latin1('//SCKL0B84 x'), more: { dcs: 0 } }));
        a.shortMessage(made({ frame: 4, udhi: false, data: latin1('hello'), more: { dcs: 4 } }));
        a.shortMessage(made({ frame: 5, data: part(1, 2, 1, latin1('a'), false), more: { dcs: 0 } }));
      },
      { onText: (m) => texts.push(m.frame) },
    );
    expect(texts).toEqual([1]);
    expect(out.map((j) => j.segments[0]?.frame)).toEqual([2, 3, 4, 5]);
  });

  test('late copies are told', () => {
    const told: string[] = [];
    const out: Joined[] = [];
    const a = createAssembler((j) => out.push(j), { onLate: (j, s) => told.push(`${j.segments.length} ${s.status}`) });
    for (const m of [P(1, 2, 1, 'a', 1), P(1, 2, 2, 'b', 2), P(1, 2, 2, 'b', 601)]) a.shortMessage(made(m));
    a.end();
    expect(told).toEqual(['3 duplicate']);
    expect(out[0]?.lastTime).toBe(601e9);
  });
});

describe('what the content is', () => {
  const single = (data: Uint8Array, more: Partial<Made> = {}): Joined =>
    feed([{ frame: 1, data, udhi: false, ...more }])[0]!;

  test('a push without a port', () => {
    const j = single(PUSH);
    expect(j.payload).toBe('wsp');
    expect(codes(j)).toEqual(['PUSH-NO-PORT']);
    expect(j.payloadOffset).toBeUndefined();
  });
  test('a push behind something', () => {
    const j = single(concatMapped([mapped(hex('deadbeef'), 1), mapped(PUSH, 1)]).bytes);
    expect(j).toMatchObject({ payload: 'wsp', payloadOffset: 4 });
    expect(codes(j)).toEqual(['PUSH-NO-PORT', 'PUSH-OFFSET']);
  });
  test('a push to the secured port', () => {
    const data = part(1, 1, 1, PUSH);
    data.set([0x0b, 0x85], 3);
    expect(codes(feed([{ frame: 1, data }])[0]!)).toEqual(['PUSH-SECURED-PORT']);
  });
  test('a push to a port of its own', () => {
    expect(
      codes(single(concatMapped([mapped(hex('06 0504c0010000'), 1), mapped(PUSH, 1)]).bytes, { udhi: true })),
    ).toEqual(['PUSH-NO-PORT']);
  });
  test('octets that are no push', () => {
    for (const data of [
      '',
      '01',
      '0106',
      '010600',
      '01062fff',
      '01060a0102030405',
      '0106016162',
      'ff06ffffff',
      '01068000',
    ]) {
      expect(single(hex(data)).payload).toBe('binary');
    }
  });
  test('a push to the right port with the data coding of text', () => {
    const j = feed([{ frame: 1, data: part(1, 1, 1, PUSH), more: { dcs: 0 } }])[0]!;
    expect(j).toMatchObject({ payload: 'wsp', text: null });
    expect(codes(j)).toEqual(['PUSH-DATA-CODING']);
  });
  test('text is text, whatever it begins with', () => {
    const j = single(latin1('\u0001\u0006Hello'), { more: { dcs: 0 } });
    expect(j).toMatchObject({ payload: 'text', text: '£ùHello' });
  });
  test('text of several parts, a character across two of them', () => {
    const out = feed([
      { frame: 1, data: part(1, 2, 1, hex('0048 d83d'), false), more: { dcs: 8 } },
      { frame: 2, data: part(1, 2, 2, hex('de00 0049'), false), more: { dcs: 8 } },
    ]);
    expect(out[0]?.text).toBe('H😀I');
  });
  test('text with a hole', () => {
    const out = feed([
      { frame: 1, data: part(1, 3, 1, latin1('one'), false), more: { dcs: 0 } },
      { frame: 2, data: part(1, 3, 3, latin1('three'), false), more: { dcs: 0 } },
    ]);
    expect(out[0]).toMatchObject({ payload: 'text', text: 'one … three', state: 'incomplete' });
  });
  test('ports and parts in the text itself', () => {
    const out = feed([
      { frame: 1, udhi: false, data: latin1('//SCKL15811581230201 first'), more: { dcs: 0 } },
      { frame: 2, udhi: false, data: latin1('//SCKL15811581230202 second'), more: { dcs: 0 } },
    ]);
    expect(out).toHaveLength(1);
    expect(out[0]).toMatchObject({
      ports: { source: 0x1581, destination: 0x1581 },
      state: 'complete',
      text: 'firstsecond',
    });
    expect(text(out[0]!)).toBe('firstsecond');
    expect(out[0]!.findings.map((f) => [f.rule.code, f.message])).toEqual([
      ['SMS-TEXT-HEADER', 'the text says port 5505; the same in 1 other part'],
    ]);
    expect(out[0]!.segments.map((s) => s.findings?.length)).toEqual([1, 1]);
  });
  test('a national language: both readings are told', () => {
    const j = feed([{ frame: 1, data: hex('03240103747b7374'), more: { dcs: 1 } }])[0]!;
    expect(j).toMatchObject({ payload: 'text', text: 'täst' });
    expect(j.findings.map((x) => x.message)).toEqual(["with the Portuguese table it reads 'tãst'"]);
  });
  test('datagrams pass through', () => {
    const out = assemble((a) => {
      a.datagram({
        bearer: 'udp',
        operation: 'WDP',
        direction: 'mt',
        from: null,
        to: null,
        imsi: null,
        ports: { source: 9200, destination: 2948 },
        time: 5,
        frame: 3,
        content: 'wsp',
        data: mapped(PUSH, 3),
        pdu: mapped(PUSH, 3),
        dissector: 'wdp',
        chosenBy: 'port 2948',
        answerKey: null,
        findings: [],
      });
    });
    expect(out[0]).toMatchObject({
      payload: 'wsp',
      state: 'complete',
      contiguous: PUSH.length,
      firstTime: 5,
      missing: [],
    });
    expect(out[0]?.segments).toMatchObject([
      { part: 1, of: 1, reference: null, frame: 3, length: PUSH.length, status: 'used' },
    ]);
  });
});

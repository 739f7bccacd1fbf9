import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NEED_MORE, NOT_OURS, type StreamDissector } from '../../dissectors/base/dissector.ts';
import { StreamFramer } from '../../dissectors/driver/framer.ts';
import { join } from './build.ts';
import { pdu } from './rig.ts';

const dissector: StreamDissector = {
  kind: 'stream',
  id: 'ot',
  title: '',
  refs: [],
  fields: {},
  rules: [],
  carriedBy: [],
  maxLength: 5000,
  looksLike: (b, s, e) => e - s >= 4 && b[s] === 0x4f && b[s + 1] === 0x54 && b[s + 2]! < 0x10,
  frame(b, s, e) {
    if (b[s] !== 0x4f || (e - s > 1 && b[s + 1] !== 0x54)) return NOT_OURS;
    return e - s < 4 ? NEED_MORE : 4 + ((b[s + 2]! << 8) | b[s + 3]!);
  },
  decode() {},
};

interface Got {
  readonly pdus: string[];
  readonly reports: string[];
  readonly framer: StreamFramer;
  /** PDU octets as they were when given, and the borrowed views themselves. */
  readonly views: [Uint8Array, Uint8Array][];
  data(bytes: Uint8Array): void;
}

function make(limit = 1000): Got {
  const pdus: string[] = [];
  const reports: string[] = [];
  const views: [Uint8Array, Uint8Array][] = [];
  let order = 0;
  let at = 0;
  const framer = new StreamFramer(dissector, limit, {
    pdu(bytes, missing, from) {
      const map = from.origin(0, bytes.length);
      let covered = 0;
      for (const p of map) {
        expect(p.start).toBe(covered);
        covered += p.length;
      }
      expect(covered).toBe(bytes.length);
      expect(from.frame()).toBe(map.reduce((n, p) => Math.max(n, p.frame), 0));
      const text = String.fromCharCode(...bytes.subarray(4));
      pdus.push(missing > 0 ? `${text} -${missing}` : text);
      views.push([bytes, bytes.slice()]);
    },
    report: (rule, message, about) =>
      reports.push(`${rule.code} ${Number.parseInt(message, 10)} @${about.origin(0, 1)[0]?.frame}`),
  });
  return {
    pdus,
    reports,
    framer,
    views,
    data(bytes) {
      order += 1;
      const { length } = bytes;
      const map = [{ start: 0, length, frame: order, offset: 100 }];
      framer.data({ at, length, bytes: join('ffff', bytes, 'ffff'), start: 2, map, frame: order, time: order, order });
      at += length;
    },
  };
}

const abc = join(pdu('one'), pdu('twotwo'), pdu(''), pdu('three'));

describe('PDUs', () => {
  test('several in one segment', () => {
    const g = make();
    g.data(abc);
    expect([g.pdus, g.reports]).toEqual([['one', 'twotwo', '', 'three'], []]);
  });

  test('one octet at a time', () => {
    const g = make();
    for (const b of abc) g.data(Uint8Array.of(b));
    g.framer.end();
    expect([g.pdus, g.reports]).toEqual([['one', 'twotwo', '', 'three'], []]);
  });

  test('cut anywhere: the same PDUs, and views stay as they were', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 40 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat()),
        (texts, cuts) => {
          const plain = texts.map((t) => t.replace(/[^ -~]/g, '?'));
          const stream = join(...plain.map(pdu));
          const at = [...new Set([0, ...cuts.map((n) => n % stream.length), stream.length])].sort((a, b) => a - b);
          const g = make();
          for (let i = 0; i + 1 < at.length; i++) g.data(stream.subarray(at[i], at[i + 1]));
          g.framer.end();
          expect([g.pdus, g.reports]).toEqual([plain, []]);
          for (const [view, then] of g.views) expect(view).toEqual(then);
        },
      ),
    );
  });
});

describe('what is no PDU', () => {
  test('is skipped up to the next header', () => {
    const g = make();
    g.data(join('000102030405', pdu('one')));
    g.data(join('4f5f', pdu('two')));
    expect([g.pdus, g.reports]).toEqual([
      ['one', 'two'],
      ['STREAM-RESYNC 6 @1', 'STREAM-RESYNC 2 @2'],
    ]);
  });

  test('wherever it is cut', () => {
    const stream = join(pdu('one'), '4f4f4f00ff', pdu('two'), '99');
    for (let i = 1; i < stream.length; i++) {
      for (let j = i; j < stream.length; j += 3) {
        const g = make();
        g.data(stream.subarray(0, i));
        g.data(stream.subarray(i, j));
        g.data(stream.subarray(j));
        g.framer.end();
        expect(g.pdus, `cut at ${i} and ${j}`).toEqual(['one', 'two']);
        expect(g.reports.map((r) => r.split(' ').slice(0, 2).join(' '))).toEqual([
          'STREAM-RESYNC 5',
          'STREAM-UNFRAMED 1',
        ]);
      }
    }
  });

  test('a length beyond the maximum is no header', () => {
    const h = make();
    h.data(join('4f541fff', pdu('one')));
    expect([h.pdus, h.reports]).toEqual([['one'], ['STREAM-RESYNC 4 @1']]);
  });

  test('too much of it: no more is looked for', () => {
    const g = make(500);
    g.data(pdu('one'));
    for (let i = 0; i < 10; i++) g.data(new Uint8Array(100));
    g.data(pdu('two'));
    g.framer.end();
    expect(g.pdus).toEqual(['one']);
    expect(g.reports.length).toBe(1);
    expect(g.reports[0]).toMatch(/^STREAM-UNFRAMED 5\d\d @2$/);
  });
});

describe('gaps', () => {
  const cases: {
    name: string;
    before: Uint8Array;
    gap: number;
    after: Uint8Array;
    pdus: string[];
    reports: string[];
  }[] = [
    { name: 'between PDUs', before: pdu('one'), gap: 50, after: pdu('two'), pdus: ['one', 'two'], reports: [] },
    {
      name: 'inside a PDU',
      before: pdu('abcdefgh').subarray(0, 6),
      gap: 2,
      after: join('65666768', pdu('two')),
      pdus: ['ab -6', 'two'],
      reports: [],
    },
    {
      name: 'up to the end of a PDU',
      before: pdu('abcdefgh').subarray(0, 6),
      gap: 6,
      after: pdu('two'),
      pdus: ['ab -6', 'two'],
      reports: [],
    },
    {
      name: 'over the end of a PDU',
      before: pdu('abcdefgh').subarray(0, 6),
      gap: 9,
      after: join('010203', pdu('two')),
      pdus: ['ab -6', 'two'],
      reports: ['STREAM-RESYNC 3 @2'],
    },
    {
      name: 'inside a header',
      before: join(pdu('one'), '4f54'),
      gap: 3,
      after: join('0102', pdu('two')),
      pdus: ['one', 'two'],
      reports: ['STREAM-RESYNC 4 @1'],
    },
    {
      name: 'of unknown size',
      before: pdu('abcdefgh').subarray(0, 6),
      gap: 0,
      after: pdu('two'),
      pdus: ['ab -6', 'two'],
      reports: [],
    },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const g = make();
      g.data(c.before);
      g.framer.gap(c.gap);
      g.data(c.after);
      expect([g.pdus, g.reports]).toEqual([c.pdus, c.reports]);
    });
  }

  test('two gaps inside one PDU', () => {
    const g = make();
    g.data(pdu('abcdefghij').subarray(0, 6));
    g.framer.gap(2);
    g.data(Uint8Array.of(1, 2));
    g.framer.gap(1);
    g.data(join('010203', pdu('two')));
    expect([g.pdus, g.reports]).toEqual([['ab -8', 'two'], []]);
  });
});

describe('the end', () => {
  test('inside a PDU: what is there', () => {
    const g = make();
    g.data(pdu('abcdefgh').subarray(0, 7));
    g.framer.end();
    expect([g.pdus, g.reports]).toEqual([['abc -5'], ['STREAM-INCOMPLETE 7 @1']]);
  });

  test('inside a header', () => {
    const g = make();
    g.data(join(pdu('one'), '4f54'));
    g.framer.end();
    expect([g.pdus, g.reports]).toEqual([['one'], ['STREAM-INCOMPLETE 2 @1']]);
  });
});

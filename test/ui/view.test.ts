import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteRange, BytesReply } from '../../analysis/engine/contract.ts';
import { matchSet } from '../../ui/view/bits.ts';
import { cArray, hexText, tsv } from '../../ui/view/copy.ts';
import { checkDraft, draftOf, formatChoice, parseChoice, portsOf, portWords } from '../../ui/view/decode-as.ts';
import { formatBytes, formatRemaining, formatSilence, keepUnits, rateMeter } from '../../ui/view/format.ts';
import { EMPTY_HASH, formatHash, parseHash } from '../../ui/view/hash.ts';
import { commandFor, KEYS } from '../../ui/view/keys.ts';
import { sameOctets, tidy } from '../../ui/view/origin.ts';
import { barHeight, barOfTop, bring, MAX_HEIGHT, maxTop, reveal, topOfBar, visibleRows } from '../../ui/view/scroll.ts';

const press = (key: string, more: Partial<Parameters<typeof commandFor>[0]> = {}) => ({
  key,
  code: '',
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...more,
});
const page = { chart: false, inText: false };

describe('keys', () => {
  const cases: readonly {
    readonly name: string;
    readonly e: ReturnType<typeof press>;
    readonly where?: { chart: boolean; inText: boolean };
    readonly out: string | null;
  }[] = [
    { name: 'W zooms by place, whatever it types', e: press('z', { code: 'KeyW' }), out: 'zoom-in' },
    { name: 'n', e: press('n', { code: 'KeyN' }), out: 'next-finding' },
    { name: 'N', e: press('N', { code: 'KeyN', shiftKey: true }), out: 'previous-finding' },
    { name: 'e', e: press('e', { code: 'KeyE' }), out: 'next-error' },
    { name: 'Shift e', e: press('E', { code: 'KeyE', shiftKey: true }), out: 'next-failed' },
    { name: '? is typed with shift', e: press('?', { code: 'Slash', shiftKey: true }), out: 'help' },
    { name: 'Alt 5 by place', e: press('∞', { code: 'Digit5', altKey: true }), out: 'tab-5' },
    { name: 'Ctrl S is the browser’s', e: press('s', { code: 'KeyS', ctrlKey: true }), out: null },
    { name: 'arrows are left to lists', e: press('ArrowUp'), out: null },
    { name: 'arrows on the chart', e: press('ArrowUp'), where: { chart: true, inText: false }, out: 'lane-up' },
    { name: 'nothing in a text field', e: press('n'), where: { chart: false, inText: true }, out: null },
    { name: 'but Esc', e: press('Escape'), where: { chart: false, inText: true }, out: 'back' },
    { name: 'and Ctrl O', e: press('o', { ctrlKey: true }), where: { chart: false, inText: true }, out: 'open' },
  ];
  for (const c of cases) test(c.name, () => expect(commandFor(c.e, c.where ?? page)).toBe(c.out));

  test('no chord is bound twice in one scope', () => {
    const seen = new Set<string>();
    for (const b of KEYS) {
      for (const c of b.chords) {
        const id = JSON.stringify([b.scope, c.key, c.code, c.shift ?? false, c.alt ?? false, c.mod ?? false]);
        expect(seen.has(id), id).toBe(false);
        seen.add(id);
      }
    }
  });
});

describe('numbers with units', () => {
  test.each([
    ['within 3.4 s, half of them in 12 ms or less', 'within 3.4\u00a0s, half of them in 12\u00a0ms or less'],
    ['2 service indications within 3 min.', '2 service indications within 3\u00a0min.'],
    ['90 % of 2 GB (1.5 h)', '90\u00a0% of 2\u00a0GB (1.5\u00a0h)'],
    ['4 messages, 7 sent', '4 messages, 7 sent'],
  ])('%s', (text, out) => expect(keepUnits(text)).toBe(out));

  test.each([
    [5200, '5 s'],
    [119_999, '119 s'],
    [120_000, '2 min'],
    [3_700_000, '61 min'],
  ])('silent for %d ms: %s', (ms, words) => expect(formatSilence(ms)).toBe(words));
});

describe('scaled scrollbar', () => {
  const few = { rows: 1000, rowHeight: 24, view: 500 };
  const many = { rows: 4_000_000, rowHeight: 24, view: 500 };

  test('literal below the limit', () => {
    expect(barHeight(few)).toBe(24_000);
    expect(topOfBar(1234, few)).toBe(1234);
  });
  test('capped above it, and both ends are reached', () => {
    expect(barHeight(many)).toBe(MAX_HEIGHT);
    expect(topOfBar(MAX_HEIGHT - many.view, many)).toBeCloseTo(maxTop(many), 3);
    expect(topOfBar(0, many)).toBe(0);
  });
  test('bar and table positions are inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: maxTop(many), noNaN: true }), (top) => {
        expect(Math.abs(topOfBar(barOfTop(top, many), many) - top)).toBeLessThan(1e-3);
      }),
    );
  });
  test('rows seen cover the view', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: maxTop(many) }), (top) => {
        const v = visibleRows(top, many, 0);
        expect(v.y).toBeLessThanOrEqual(0);
        expect(v.y + (v.to - v.from) * 24).toBeGreaterThanOrEqual(500);
      }),
    );
    expect(visibleRows(0, { rows: 3, rowHeight: 24, view: 500 })).toEqual({ from: 0, to: 3, y: 0 });
  });
  test('bring leaves alone what is seen, and puts the rest a third down', () => {
    expect(bring(10, 10, 100, few)).toBe(100);
    const top = bring(500, 501, 0, few);
    expect(top).toBeLessThan(500 * 24 - 24);
    expect(top + 500).toBeGreaterThan(502 * 24 + 24);
    expect(bring(0, 0, 9000, few)).toBe(0);
    // Taller than the view: its beginning is seen.
    expect(bring(100, 300, 0, few)).toBe(100 * 24 - 24);
  });
  test('reveal moves as little as it can', () => {
    expect(reveal(0, 100, few)).toBe(0);
    expect(reveal(10, 100, few)).toBe(100);
    expect(reveal(30, 100, few)).toBe(244);
  });
});

describe('octets through reassembly', () => {
  const reply = (buffer: string, origin: BytesReply['origin']): BytesReply => ({
    buffer,
    bytes: new Uint8Array(0),
    origin,
  });
  const replies = new Map(
    [
      reply('body', [{ start: 0, length: 100, from: 'datagram', offset: 50 }]),
      reply('datagram', [
        { start: 0, length: 80, from: 'frame:6', offset: 120 },
        { start: 80, length: 70, from: 'frame:8', offset: 118 },
      ]),
      reply('frame:6', []),
      reply('frame:8', []),
    ].map((r) => [r.buffer, r] as const),
  );
  const range = (buffer: string, start: number, length: number): ByteRange => ({ buffer, start, length });

  test('a value across two parts leads to two frames', () => {
    expect(sameOctets(range('body', 28, 4), replies)).toEqual([
      range('body', 28, 4),
      range('datagram', 78, 4),
      range('frame:6', 198, 2),
      range('frame:8', 118, 2),
    ]);
  });
  test('a frame leads up to datagram and body', () => {
    expect(sameOctets(range('frame:8', 117, 3), replies)).toEqual([
      range('frame:8', 117, 3),
      range('datagram', 80, 2),
      range('body', 30, 2),
    ]);
  });
  test('an origin that leads to itself ends', () => {
    const loop = new Map([['body', reply('body', [{ start: 0, length: 10, from: 'body', offset: 0 }])]]);
    expect(sameOctets(range('body', 0, 4), loop)).toEqual([range('body', 0, 4)]);
  });
  test('tidy joins neighbours', () => {
    expect(tidy([range('a', 4, 2), range('a', 0, 4), range('b', 9, 1), range('a', 8, 1)])).toEqual([
      range('a', 0, 6),
      range('a', 8, 1),
      range('b', 9, 1),
    ]);
  });
});

describe('the view in the address', () => {
  test('there and back', () => {
    const full = {
      ...EMPTY_HASH,
      view: 'list' as const,
      tab: 'bytes' as const,
      message: 'm12',
      range: [-5, 4_000_000_000] as const,
      time: 'utc' as const,
      octets: { buffer: 'frame:812', start: 12, length: 4 },
      filter: 'verdict:invalid +49 "a b"',
      pinned: ['kind == text', 'a & b'],
      sample: 'wrong-pin',
    };
    expect(parseHash(`#${formatHash(full)}`)).toEqual(full);
    expect(formatHash(full)).toContain('at=frame:812@12-15');
  });
  test('defaults need no words', () => expect(formatHash(EMPTY_HASH)).toBe(''));
  test('nonsense falls back', () => {
    expect(parseHash('#view=x&tab=%zz&t=5..1&at=body@9-3&time=mars')).toEqual(EMPTY_HASH);
    fc.assert(fc.property(fc.string(), (s) => void parseHash(s)));
  });
});

describe('copies', () => {
  test('a cell is one cell', () =>
    expect(
      tsv([
        ['a\tb', 'c\nd'],
        ['e', ''],
      ]),
    ).toBe('a b\tc d\ne\t\n'));
  test('octets as C', () => {
    expect(
      cArray(
        'm1_frame:3',
        Uint8Array.from({ length: 13 }, (_, i) => i),
      ),
    ).toBe(
      'const unsigned char m1_frame_3[13] = {\n  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B,\n  0x0C,\n};\n',
    );
    expect(hexText(new Uint8Array([0, 255]))).toBe('00FF');
  });
});

describe('a set of matches', () => {
  test('knows its members and their places', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 5000 }), (fits) => {
        const bits = new Uint8Array((fits.length + 7) >>> 3);
        fits.forEach((f, i) => {
          if (f) bits[i >> 3]! |= 1 << (i & 7);
        });
        const members = fits.flatMap((f, i) => (f ? [i] : []));
        const m = matchSet(bits, fits.length, members.length);
        expect(fits.every((f, i) => m.has(i) === f)).toBe(true);
        expect([m.has(-1), m.has(fits.length)]).toEqual([false, false]);
        members.forEach((at, place) => {
          if (m.rank(at) !== place) throw new Error(`${at} is at ${m.rank(at)}, not ${place}`);
        });
        expect(m.rank(fits.length)).toBe(members.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('who reads a port', () => {
  test('there and back', () => {
    for (const text of ['udp.port=5000:wdp', 'tcp.port=2775:smpp']) {
      const c = parseChoice(text);
      expect(c === null ? null : formatChoice(c)).toBe(text);
    }
    expect(['udp.port=0:x', 'udp.port=65536:x', 'sctp.port=1:x', 'udp.port=5000', ''].map(parseChoice)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
  test('the form begins with what is in force, and with the port it was opened for', () => {
    const rows = (choices: readonly string[], wanted: Parameters<typeof draftOf>[1] = null) =>
      draftOf(choices, wanted).map((d) => [d.table, d.port, d.decoder]);
    expect(rows([])).toEqual([['tcp.port', '', '']]);
    expect(rows(['udp.port=5000:wdp'])).toEqual([['udp.port', '5000', 'wdp']]);
    expect(rows(['udp.port=5000:wdp'], { table: 'tcp.port', port: 5000 })).toEqual([
      ['udp.port', '5000', 'wdp'],
      ['tcp.port', '5000', ''],
    ]);
    expect(rows(['udp.port=5000:wdp'], { table: 'udp.port', port: 5000 })).toHaveLength(1);
  });
  test('the form becomes choices, or says which row can’t', () => {
    const row = (port: string, decoder = 'smpp', table: 'tcp.port' | 'udp.port' = 'tcp.port') => ({
      key: 0,
      table,
      port,
      decoder,
    });
    expect(checkDraft([])).toEqual({ choices: [] });
    expect(checkDraft([row(' 2775 '), row('2775', 'wdp', 'udp.port')])).toEqual({
      choices: ['tcp.port=2775:smpp', 'udp.port=2775:wdp'],
    });
    for (const port of ['', '0', '65536', '1e3', '-1', '12.5', 'x']) {
      expect(checkDraft([row('1'), row(port)])).toMatchObject({ row: 1, text: expect.stringContaining('65535') });
    }
    expect(checkDraft([row('9'), row('09')])).toMatchObject({ row: 1, text: expect.stringContaining('twice') });
    expect(checkDraft([row('9', '')])).toMatchObject({ row: 0 });
  });
  test('ports in what the engine says was there, each once', () => {
    const notes = ['TCP 92 %', 'TCP port 2775 19 %', 'UDP port 53 7 %', 'TCP port 2775: 1 connection without SMPP'];
    expect(portsOf(notes).map((p) => (p === null ? null : portWords(p)))).toEqual([
      null,
      'TCP port 2775',
      'UDP port 53',
      null,
    ]);
  });
});

describe('sizes', () => {
  test('bytes', () =>
    expect([0, 999, 1000, 31_420, 999_600, 20.1e9].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1 kB',
      '31.4 kB',
      '1 MB',
      '20.1 GB',
    ]));
  test('remaining', () =>
    expect([0.2, 3.4, 200, Number.NaN].map(formatRemaining)).toEqual([
      'almost done',
      'about 4 s left',
      'about 3 min left',
      '',
    ]));
  test('rate follows the last seconds and restarts with a new file', () => {
    const m = rateMeter(1000);
    m.add(0, 0);
    expect(m.add(500, 1000)).toBe(2000);
    expect(m.add(2000, 1000)).toBe(0);
    expect(m.add(2100, 10)).toBe(0);
  });
});

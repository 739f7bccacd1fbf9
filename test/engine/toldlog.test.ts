// Texts that are kept as octets until somebody asks: the same is found as in a list of all of them.

import { describe, expect, test } from 'vitest';
import { createTold } from '../../analysis/engine/told.ts';
import { ToldLog } from '../../analysis/engine/toldlog.ts';
import { hashOfOctets, type PlainText, type TextContent } from '../../dissectors/base/texts.ts';
import { seeded } from '../generator/octets.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

/** 'number:text'. */
function read(b: Uint8Array, start: number, end: number): TextContent {
  const all = String.fromCharCode(...b.subarray(start, end));
  const colon = all.indexOf(':');
  const bytes = octets(all.slice(colon + 1));
  return { to: all.slice(0, colon), from: null, bytes, dcs: 3, dcsOf: 'smpp', udl: undefined };
}

/** As a bearer gives it: somewhere in a buffer that is used again. */
function plain(to: string, text: string, time: number, nameHash?: number): PlainText {
  const start = time % 7;
  const bytes = new Uint8Array(start + to.length + text.length + 9).fill(0x39);
  bytes.set(octets(`${to}:${text}`), start);
  const nameEnd = start + to.length;
  const hash = nameHash ?? hashOfOctets(bytes, start, nameEnd);
  const end = nameEnd + 1 + text.length;
  return { bytes, start, end, nameStart: start, nameEnd, nameHash: hash, time, frame: time, read };
}

/** What is taken out of a log, as 'number:text'. */
function taken(log: ToldLog, most: number): string[] {
  const out: string[] = [];
  log.take(most, ({ bytes, time, frame }) => {
    expect(frame).toBe(time);
    out.push(new TextDecoder().decode(bytes));
  });
  return out;
}

describe('log', () => {
  test('the first text of each phone and its last ones are given, in the order they came', () => {
    const log = new ToldLog();
    for (const [i, to] of ['1', '2', '1', '1', '1', '1', '2'].entries())
      expect(log.add(plain(to, `t${i}`, i))).toBe(true);
    expect(taken(log, 2)).toEqual(['1:t0', '2:t1', '1:t4', '1:t5', '2:t6']);
    expect(log.size).toBe(0);
    expect(taken(log, 2)).toEqual([]);
  });

  test('names of one hash do not push each other out', () => {
    const log = new ToldLog();
    for (const [i, to] of ['2', '1', '1', '1', '1'].entries()) log.add(plain(to, `t${i}`, i, 77));
    const out = taken(log, 1);
    expect(out).toContain('2:t0');
    expect(out).toContain('1:t1');
    expect(out.at(-1)).toBe('1:t4');
  });

  test('has a size', () => {
    const log = new ToldLog();
    const long = 'x'.repeat(20_000);
    let n = 0;
    while (log.add(plain('1', long, n))) n += 1;
    expect(n).toBeGreaterThan(205);
    expect(n).toBeLessThan(211);
    expect(taken(log, 4).length).toBe(5);
    expect(log.add(plain('1', long, 1))).toBe(true);
  });
});

test('asked at any time, the same is told as of all texts in a list', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = seeded(seed);
    const told = createTold();
    const list: [string, string][] = [];
    const expected = (to: string): string[] =>
      list
        .filter(([name]) => name === to)
        .map(([, text]) => text)
        .slice(-4)
        .reverse();
    for (let i = 0; i < 200; i++) {
      const to = `${100 + random(12)}`;
      const text = `${1000 + random(9000)}`;
      list.push([to, text]);
      told.plain(plain(to, text, i));
      if (random(20) > 0) continue;
      const asked = `${100 + random(14)}`;
      expect(told.texts(asked).map((t) => t.text)).toEqual(expected(asked));
    }
    const names = [...new Set(list.map(([name]) => name))].reverse();
    expect(told.all()).toEqual([...new Set(names.flatMap(expected))]);
  }
});

test('texts of phones that came too late are not wanted', () => {
  const told = createTold();
  for (let i = 0; i < 10_000; i++) told.plain(plain(`${100_000 + i}`, '1234', i));
  const [known, other] = [octets('100500'), octets('999999')];
  expect(told.wants(hashOfOctets(known, 0, 6))).toBe(true);
  expect(told.wants(hashOfOctets(other, 0, 6))).toBe(false);
  told.plain(plain('999999', '5678', 1));
  expect(told.texts('999999')).toEqual([]);
  expect(told.texts('100500').map((t) => t.text)).toEqual(['1234']);
});

// When things happened, as far as a log says it.

import { describe, expect, test } from 'vitest';
import { readTime } from '../../../captures/text/clock.ts';
import { FIRST, PUSH, read, SECOND, UD, UDH } from './samples.ts';

const utc = (sec: number, ns: number): string => new Date(sec * 1000 + ns / 1e6).toISOString();

describe('forms of a time', () => {
  const forms: readonly (readonly [string, string | undefined, string?])[] = [
    ['2026-11-23 11:19:38 [1] [2] DEBUG', '2026-11-23T11:19:38.000Z', 'full'],
    ['2026-11-23T11:19:38.5Z x', '2026-11-23T11:19:38.500Z', 'full'],
    ['2026-11-23T12:19:38,250+01:00', '2026-11-23T11:19:38.250Z', 'full'],
    ['2026-11-23 12:19:38 +0100', '2026-11-23T11:19:38.000Z', 'full'],
    ['2026/11/23 11:19:38', '2026-11-23T11:19:38.000Z', 'full'],
    ['[2026-11-23 11:19:38] x', '2026-11-23T11:19:38.000Z', 'full'],
    ['20261123T111938', '2026-11-23T11:19:38.000Z', 'full'],
    ['20261123 11:19:38', '2026-11-23T11:19:38.000Z', 'full'],
    ['23.11.2026 11:19:38', '2026-11-23T11:19:38.000Z', 'full'],
    ['23/11/2026 11:19:38', '2026-11-23T11:19:38.000Z', 'full'],
    ['11/23/2026 11:19:38', '2026-11-23T11:19:38.000Z', 'full'],
    ['[23/Nov/2026:12:19:38 +0100]', '2026-11-23T11:19:38.000Z', 'full'],
    ['23-Nov-2026 11:19:38', '2026-11-23T11:19:38.000Z', 'full'],
    ['Mon Nov 23 11:19:38 2026', '2026-11-23T11:19:38.000Z', 'full'],
    ['Nov 23 11:19:38 host x', '1970-11-23T11:19:38.000Z', 'no-year'],
    ['11-23 11:19:38.123  1 2 D', '1970-11-23T11:19:38.123Z', 'no-year'],
    ['> 11:19:38.123 x', '1970-01-01T11:19:38.123Z', 'time-of-day'],
    ['[11:19:38] x', '1970-01-01T11:19:38.000Z', 'time-of-day'],
    ['1795519178.250 x', '2026-11-24T11:19:38.250Z', 'full'],
    ['2026-13-23 11:19:38', undefined],
    ['2026-11-23 25:19:38', undefined],
    ['11:19:38:0B:91:44:27', undefined],
    ['07 91 44', undefined],
    ['0791447758100650', undefined],
    ['Novel 23', undefined],
    ['', undefined],
  ];
  for (const [text, at, kind] of forms) {
    test(text === '' ? '(nothing)' : text, () => {
      const t = readTime(text);
      expect(t === undefined ? undefined : utc(t.moment.sec, t.moment.ns)).toBe(at);
      expect(t?.kind).toBe(kind);
    });
  }
});

const line = (time: string, pdu: string): string => `${time} rx: ${pdu}\n`;

async function times(text: string): Promise<{ at: (string | null)[]; codes: string[] }> {
  const { reader, records, codes } = await read(text);
  const base = Number((reader.base ?? 0n) / 1_000_000n);
  return {
    at: records.map((r) => (Number.isNaN(r.time) ? null : new Date(base + r.time / 1e6).toISOString())),
    codes,
  };
}

describe('times of records', () => {
  test('the base is the first time of the log, not of the first record', async () => {
    const { reader, records } = await read(
      `2026-11-23T11:00:00Z start, pdu mode\n${line('2026-11-23T11:00:01.5Z', PUSH)}`,
    );
    expect(reader.base).toBe(BigInt(Date.UTC(2026, 10, 23, 11)) * 1_000_000n);
    expect(records[0]!.time).toBe(1.5e9);
  });

  test('a log over New Year without years goes on', async () => {
    const { at, codes } = await times(line('12-31 23:59:59.900', FIRST.pdu) + line('01-01 00:00:00.100', SECOND.pdu));
    expect(at).toEqual(['1970-12-31T23:59:59.900Z', '1971-01-01T00:00:00.100Z']);
    expect(codes).toEqual(['TEXT-TIME-NO-YEAR']);
  });

  test('a log over midnight without dates goes on; small steps back do not make a day', async () => {
    const { at, codes } = await times(
      ['23:59:59', '23:59:58', '00:00:01', '11:00:00'].map((t) => line(t, FIRST.pdu)).join(''),
    );
    expect(at).toEqual([
      '1970-01-01T23:59:59.000Z',
      '1970-01-01T23:59:58.000Z',
      '1970-01-02T00:00:01.000Z',
      '1970-01-02T11:00:00.000Z',
    ]);
    expect(codes).toEqual(['TEXT-TIME-OF-DAY']);
  });

  test('a guessed order of day and month is said once', async () => {
    const { at, codes } = await times(line('03/04/2026 10:00:00', FIRST.pdu) + line('03/04/2026 10:00:01', SECOND.pdu));
    expect(at).toEqual(['2026-04-03T10:00:00.000Z', '2026-04-03T10:00:01.000Z']);
    expect(codes).toEqual(['TEXT-TIME-DAY-MONTH', 'TEXT-TIME-NO-ZONE']);
  });

  test('a line without a time takes that of the line before it, passed over or not', async () => {
    const { at } = await times(`2026-11-23T11:00:00Z something came in\n${FIRST.pdu}\n`);
    expect(at).toEqual(['2026-11-23T11:00:00.000Z']);
  });

  test('a time long ago in the log is not taken', async () => {
    const { at } = await times(`2026-11-23T10:00:00Z something pdu\n${'text\n'.repeat(40)}${FIRST.pdu}\n`);
    expect(at).toEqual(['2026-11-23T11:19:38.000Z']);
  });

  test('without any time the service centre is asked, and a log with half a date does not mix with it', async () => {
    expect(await times(`${FIRST.pdu}\n${PUSH}\n`)).toEqual({
      at: ['2026-11-23T11:19:38.000Z', null],
      codes: ['TEXT-TIME-FROM-SCTS'],
    });
    const { at } = await times(`11:00:00 pdu\n${'text\n'.repeat(40)}${FIRST.pdu}\n`);
    expect(at).toEqual([null]);
  });

  test('no time at all: no base', async () => {
    const { reader, records } = await read(`${PUSH}\n`);
    expect(reader.base).toBeNull();
    expect(records[0]!.time).toBeNaN();
  });

  test('the base is there when the first batch is given, in a log longer than its head', async () => {
    const text = `${'nothing here\n'.repeat(20_000)}2026-11-23T11:00:00Z x\n${line('2026-11-23T11:00:01Z', PUSH)}`;
    const { reader, records } = await read(text, 1000, 4096);
    expect(reader.base).toBe(BigInt(Date.UTC(2026, 10, 23, 11, 0, 1)) * 1_000_000n);
    expect(records.map((r) => r.time)).toEqual([0]);
  });

  test('a log with full dates lends them to lines without', async () => {
    const { at, codes } = await times(
      `${line('2026-12-31T23:00:00Z', FIRST.pdu)}${line('01-01 00:10:00.5', FIRST.pdu)}${line('23:30:00', SECOND.pdu)}`,
    );
    expect(at).toEqual(['2026-12-31T23:00:00.000Z', '2027-01-01T00:10:00.500Z', '2026-12-31T23:30:00.000Z']);
    expect(codes).toEqual([]);
  });

  test('a table in local time with its zone', async () => {
    const { at, codes } = await times(`udh;ud;date\n${UDH[0]};${UD[0]};2026-11-23 12:19:38 +0100\n`);
    expect(at).toEqual(['2026-11-23T11:19:38.000Z']);
    expect(codes).toEqual([]);
  });
});

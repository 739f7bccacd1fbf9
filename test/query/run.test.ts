// Filters run: on made columns, on a sample, and on fields that need a decode.

import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FilterReply } from '../../analysis/engine/contract/query.ts';
import { createSession, type Session } from '../../analysis/engine/session.ts';
import { countBits, rowsOf } from '../../analysis/query/bits.ts';
import { type Column, type Columns, makeColumn } from '../../analysis/query/columns.ts';
import { complete } from '../../analysis/query/complete.ts';
import { evaluate } from '../../analysis/query/evaluate.ts';
import { fieldLookup } from '../../analysis/query/fields.ts';
import { ordered } from '../../analysis/query/order.ts';
import { type ParseOptions, parse } from '../../analysis/query/parse.ts';
import { fileSource, root } from '../support/shared.ts';

type Row = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>;

const EMPTY: Readonly<Record<string, Row[string]>> = {};
const ROWS: readonly Row[] = [
  {
    'sms.from': '+3725',
    'prov.security': 'USERPIN',
    'mac.ok': false,
    'parts.missing': 0,
    'finding.severity': ['note', 'error'],
    'finding.code': ['A-ONE'],
    frame: [1, 2],
  },
  {
    'sms.from': 'Operator',
    'prov.security': 'NETWPIN',
    'mac.ok': true,
    'parts.missing': 2,
    'finding.severity': [],
    'finding.code': [],
    frame: [7],
  },
  {
    'sms.from': null,
    'prov.security': null,
    'mac.ok': false,
    'parts.missing': 0,
    'finding.severity': ['warning'],
    'finding.code': ['B-TWO', 'A-ONE'],
    frame: [],
  },
];

function columnsOf(rows: readonly Row[]): Columns {
  const made = new Map<string, Column>();
  return {
    rows: rows.length,
    column(f) {
      const column =
        made.get(f.path) ?? makeColumn(f, rows.length, (i) => (rows[i] ?? EMPTY)[f.path] ?? (f.many ? [] : null));
      made.set(f.path, column);
      return column;
    },
  };
}

const options: ParseOptions = { lookup: fieldLookup(), base: null };
const columns = columnsOf(ROWS);

function fitting(text: string, of = columns): number[] {
  const p = parse(text, options);
  if (!p.ok) throw new Error(p.error.message);
  const { sure, maybe } = evaluate(p.node, of);
  expect(sure).toBe(maybe);
  expect(countBits(sure)).toBe(rowsOf(sure).length);
  return [...rowsOf(sure)];
}

describe('on columns', () => {
  test.each<readonly [string, readonly number[]]>([
    ['', [0, 1, 2]],
    ['sms.from == +3725', [0]],
    ['sms.from == operator', []],
    ['sms.from contains OPER', [1]],
    ['sms.from ~ "^\\+37"', [0]],
    ['sms.from != +3725', [1]],
    ['not sms.from == +3725', [1, 2]],
    ['sms.from', [0, 1]],
    ['not mac.ok', [0, 2]],
    ['prov.security in {USERPIN, NETWPIN} and parts.missing > 0', [1]],
    ['finding.severity >= warn', [0, 2]],
    ['finding.severity == note', [0]],
    ['finding.severity in note..warning', [0, 2]],
    ['finding.code == A-ONE and not finding.code == B-TWO', [0]],
    ['frame in 2..7', [0, 1]],
    ['frame == 7 or finding.code contains two', [1, 2]],
    ['a-one', [0, 2]],
    ['-a-one', [1]],
    ['missing:2', [1]],
  ])('%s', (text, rows) => expect(fitting(text)).toEqual(rows));

  test('sets of every size keep to their rows', () => {
    for (const n of [0, 1, 31, 32, 33, 64, 100]) {
      const of = columnsOf(Array.from({ length: n }, (_, i) => ({ 'parts.missing': i })));
      expect(fitting('parts.missing >= 0', of).length).toBe(n);
      expect(fitting('not parts.missing == 5', of).length).toBe(n > 5 ? n - 1 : n);
      expect(fitting('not parts.missing >= 0', of)).toEqual([]);
    }
  });
});

describe('completion', () => {
  const offered = (text: string, cursor = text.length) => complete(text, cursor, options, columns);
  test.each<readonly [string, string]>([
    ['', 'message.id'],
    ['prov.', 'prov.security'],
    ['prov.security ', '=='],
    ['prov.security == ', 'NETWPIN'],
    ['prov.security == U', 'USERPIN'],
    ['finding.code in {', 'A-ONE'],
    ['mac.ok ', 'and'],
    ['mac.ok a', 'and'],
    ['method:n', 'method:NETWPIN'],
    ['not fin', 'finding.code'],
  ])('%s', (text, insert) => expect(offered(text).items.map((i) => i.insert)).toContain(insert));

  test('values come with counts, most frequent first', () => {
    const { items, start, end } = offered('finding.code == ');
    expect(items.map((i) => [i.insert, i.count])).toEqual([
      ['A-ONE', 2],
      ['B-TWO', 1],
    ]);
    expect([start, end]).toEqual([16, 16]);
  });
  test('what is under the cursor is replaced', () => {
    expect(offered('prov.secu == NETWPIN', 6)).toMatchObject({ start: 0, end: 9 });
  });
});

describe('on a sample', () => {
  const opened = async (): Promise<Session> => {
    const session = createSession({
      open: () => Promise.reject(new Error('Nothing to open.')),
      samples: async () => [],
    });
    await session.openSources([fileSource(join(root, 'captures', 'samples', 'mixed-day.pcapng'))]);
    return session;
  };
  const run = async (session: Session, text: string): Promise<FilterReply> => {
    let reply = await session.request({ op: 'filter', text, decode: true });
    for (let i = 0; reply.decoding !== null && i < 1000; i += 1)
      reply = await session.request({ op: 'filter', text, decode: true });
    return reply;
  };

  test('columns, decoded fields and parameters agree with the rows', async () => {
    const session = await opened();
    const all = await session.request({ op: 'rows', table: 'messages', from: 0, count: 200 });
    expect(all.total).toBeGreaterThan(0);
    const provisioning = all.messages.filter((m) => m.kind === 'client-provisioning').map((m) => m.id);

    const kind = await session.request({
      op: 'rows',
      table: 'messages',
      from: 0,
      count: 200,
      filter: 'kind == client-provisioning',
    });
    expect(kind.messages.map((m) => m.id)).toEqual(provisioning);
    expect(kind.total).toBe(provisioning.length);

    const text = 'parm.NAP-ADDRESS or parm.PXADDR';
    const check = await session.request({ op: 'check', text });
    expect(check).toMatchObject({ state: 'valid', typed: text, needsDecode: { messages: all.total } });
    const before = await session.request({ op: 'filter', text });
    expect(before).toMatchObject({ count: 0, decoding: { done: 0, of: all.total } });
    const after = await run(session, text);
    expect(after.decoding).toBeNull();
    expect(after.count).toBeGreaterThan(0);

    // What columns settle is not decoded.
    const narrow = await session.request({ op: 'check', text: `message.id == ${provisioning[0]} and wbxml.version` });
    expect(narrow.needsDecode?.messages).toBe(1);

    const none = await run(session, 'kind == client-provisioning and wdp.port == 1');
    expect(none.count).toBe(0);
    expect(none.blame).toEqual([
      { term: 'kind == client-provisioning', count: provisioning.length },
      { term: 'wdp.port == 1', count: 0 },
    ]);
    await expect(session.request({ op: 'filter', text: '(' })).rejects.toThrow(/not closed|missing/);
  });

  test('a table has any field as a column, in any order', async () => {
    const session = await opened();
    const all = await session.request({ op: 'rows', table: 'messages', from: 0, count: 200 });
    const columns = ['message.id', 'duration', 'mac.ok', 'wbxml.version', 'frame'];
    const grid = await session.request({ op: 'grid', from: 0, count: 200, columns, by: 'message.id', down: true });
    expect(grid.messages.map((m) => m.id)).toEqual(all.messages.map((m) => m.id).reverse());
    expect(grid.cells.map((c) => c[0])).toEqual(grid.messages.map((m) => m.id));
    expect(grid.cells.map((c) => c[2])).toEqual(grid.messages.map((m) => (m.verdict === 'valid' ? 'yes' : 'no')));
    expect(grid.cells.flatMap((c) => c[3])).toContain('1.3');
    const first = await session.request({ op: 'place', index: 0, by: 'message.id', down: true });
    expect(first.place).toBe(all.total - 1);
    expect(await session.request({ op: 'place', index: 0, filter: 'kind == nothing' })).toEqual({ place: null });
    await expect(session.request({ op: 'grid', from: 0, count: 1, columns: [], by: 'wbxml.version' })).rejects.toThrow(
      /sorted/,
    );
    const fields = await session.request({ op: 'fields' });
    expect(fields.find((f) => f.path === 'kind')?.sorts).toBe(true);
    expect(fields.length).toBeGreaterThan(400);
  });

  test('secrets can be asked for by no field', async () => {
    const session = await opened();
    expect((await run(session, 'parm.AUTHSECRET')).count).toBe(0);
    expect((await run(session, 'parm.PXAUTH-PW')).count).toBe(0);
  });
});

describe('order', () => {
  const by = (path: string, down = false, filter = ''): number[] => {
    const field = options.lookup(path);
    if (field === undefined) throw new Error(path);
    return [...ordered(Int32Array.from(fitting(filter)), columns.column(field), down)];
  };
  test.each<readonly [string, boolean, readonly number[]]>([
    ['sms.from', false, [0, 1, 2]],
    ['sms.from', true, [1, 0, 2]],
    ['parts.missing', true, [1, 0, 2]],
    ['parts.missing', false, [0, 2, 1]],
    ['finding.code', false, [0, 2, 1]],
    ['frame', true, [1, 0, 2]],
  ])('%s, down: %s', (path, down, rows) => expect(by(path, down)).toEqual(rows));
  test('of what fits', () => expect(by('sms.from', true, 'not mac.ok')).toEqual([0, 2]));
  test('of no rows', () => expect(by('sms.from', false, 'kind == x')).toEqual([]));
  test('as sorting does, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(null))),
        fc.boolean(),
        (values, down) => {
          const of = columnsOf(values.map((v) => ({ 'parts.missing': v })));
          const field = options.lookup('parts.missing')!;
          const all = Int32Array.from(values, (_, i) => i);
          const expected = [...all].sort((a, b) => {
            const [x, y] = [values[a] ?? null, values[b] ?? null];
            if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1;
            return x === y ? a - b : down ? y - x : x - y;
          });
          expect([...ordered(all, of.column(field), down)]).toEqual(expected);
        },
      ),
    );
  });
});

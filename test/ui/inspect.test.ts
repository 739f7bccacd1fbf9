import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FindingRow, TreeNode } from '../../analysis/engine/contract.ts';
import { groupFindings } from '../../ui/view/group.ts';
import { alignMacs, differenceText, rowsOf } from '../../ui/view/mac.ts';
import { ancestors, childrenOf, nodeAt, nodeOf, startOpen, visibleNodes } from '../../ui/view/nodes.ts';
import { xmlTokens } from '../../ui/view/xml.ts';

const node = (id: number, parent: number, start: number, length: number, buffer = 'body'): TreeNode => ({
  id,
  parent,
  label: `n${id}`,
  value: '',
  path: 'x',
  range: length > 0 ? { buffer, start, length } : null,
  secret: false,
  clause: null,
});

describe('the field tree', () => {
  const tree = [node(1, -1, 0, 100), node(2, 1, 10, 20), node(3, 2, 12, 4), node(4, 1, 40, 4), node(9, 77, 0, 0)];
  test('a node without its parent is a root', () => {
    expect(
      childrenOf(tree)
        .get(-1)
        ?.map((n) => n.id),
    ).toEqual([1, 9]);
  });
  test('closed nodes hide what is inside', () => {
    const rows = (open: number[]): number[] => visibleNodes(childrenOf(tree), new Set(open)).map((r) => r.node.id);
    expect(rows([])).toEqual([1, 9]);
    expect(rows([1])).toEqual([1, 2, 4, 9]);
    expect(rows([1, 2])).toEqual([1, 2, 3, 4, 9]);
    expect(rows([2])).toEqual([1, 9]);
  });
  test('levels and places are what a reader is told', () => {
    const rows = visibleNodes(childrenOf(tree), new Set([1, 2]));
    expect(rows.map((r) => [r.level, r.place, r.siblings])).toEqual([
      [1, 1, 2],
      [2, 1, 2],
      [3, 1, 1],
      [2, 2, 2],
      [1, 2, 2],
    ]);
  });
  test('an octet belongs to the smallest node that holds it', () => {
    expect([5, 11, 13, 41, 99].map((at) => nodeAt(tree, 'body', at)?.id)).toEqual([1, 2, 3, 4, 1]);
    expect(nodeAt(tree, 'datagram', 13)).toBe(null);
  });
  test('octets belong to the node that holds all of them', () => {
    expect(nodeOf(tree, { buffer: 'body', start: 12, length: 4 })?.id).toBe(3);
    expect(nodeOf(tree, { buffer: 'body', start: 12, length: 5 })?.id).toBe(2);
  });
  test('ancestors end in a circle too', () => {
    expect(ancestors(tree, 3)).toEqual([2, 1]);
    expect(ancestors([node(1, 2, 0, 1), node(2, 1, 0, 1)], 1)).toEqual([2, 1]);
  });
  test('PDUs of parts start closed, unless there is nothing else', () => {
    const pdus = [
      node(1, -1, 0, 9, 'pdu:1'),
      node(2, 1, 0, 4, 'pdu:1'),
      node(3, -1, 0, 9, 'frame:7'),
      node(4, 3, 0, 4),
    ];
    const rest = [node(5, -1, 0, 9), node(6, 5, 0, 4)];
    expect([...startOpen([...pdus, ...rest])]).toEqual([5]);
    expect([...startOpen(pdus)]).toEqual([1, 3]);
  });
  test('the start shows a bounded number of rows', () => {
    const wide = [node(0, -1, 0, 9), ...Array.from({ length: 1000 }, (_, i) => node(i + 1, 0, 0, 1))];
    expect(visibleNodes(childrenOf(wide), startOpen(wide, 100)).length).toBeLessThanOrEqual(100);
    expect(visibleNodes(childrenOf(tree), startOpen(tree)).length).toBe(5);
  });
});

describe('XML', () => {
  const kinds = (line: string): string =>
    xmlTokens(line)
      .map((t) => `${t.kind}:${t.text}`)
      .join('|');
  const cases: readonly (readonly [string, string])[] = [
    ['<a>', 'tag:<a|tag:>'],
    [
      '<parm name="N" value="v"/>',
      'tag:<parm|text: |name:name|text:=|value:"N"|text: |name:value|text:=|value:"v"|tag:/>',
    ],
    ['</a>', 'tag:</a|tag:>'],
    ['a="b"', 'text:a|text:=|text:"b"'],
    ['<!-- x -->', 'comment:<!-- x -->'],
  ];
  for (const [line, out] of cases) test(line, () => expect(kinds(line)).toBe(out));
  test('no character is lost or moved', () => {
    fc.assert(
      fc.property(fc.string(), (s) => {
        const again = xmlTokens(s).map((t) => t.text);
        expect(again.join('')).toBe(s);
      }),
    );
  });
});

describe('two MACs', () => {
  test('digit under digit, whatever their case', () => {
    const d = alignMacs('AB12', 'ab13');
    expect(d.map((x) => x.same)).toEqual([true, true, true, false]);
    expect(differenceText(d)).toBe('1 of 4 digits differ');
    expect(differenceText(alignMacs('AB', 'AB'))).toBe('all 2 digits agree');
  });
  test('a shorter one is padded, a missing one too', () => {
    expect(alignMacs('AB', 'ABC').at(-1)).toEqual({ received: '·', computed: 'C', same: false });
    expect(alignMacs(null, 'A')).toEqual([{ received: '·', computed: 'A', same: false }]);
  });
  test('rows', () => expect(rowsOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]));
});

describe('findings by rule', () => {
  const row = (index: number, code: string, severity: FindingRow['severity']): FindingRow => ({
    index,
    message: null,
    code,
    severity,
    text: '',
    clause: '',
    time: index,
    frame: null,
  });
  test('worst first, then the most frequent; within a rule as captured', () => {
    const groups = groupFindings([
      row(0, 'B', 'warning'),
      row(1, 'A', 'error'),
      row(2, 'B', 'warning'),
      row(3, 'C', 'warning'),
      row(4, 'D', 'note'),
    ]);
    expect(groups.map((g) => [g.code, g.rows.map((r) => r.index)])).toEqual([
      ['A', [1]],
      ['B', [0, 2]],
      ['C', [3]],
      ['D', [4]],
    ]);
  });
});

// Questions about two messages, or two captures, at once.

import { compareFields } from '../compare/fields.ts';
import { compareSteps, partedOnWay } from '../compare/steps.ts';
import type { CompareReplies, CompareReply, CompareSide, PairRow, PairsRequest } from './contract/compare.ts';
import type { DiffReply } from './contract/device.ts';
import type { FlowReply } from './contract/flows.ts';
import type { Detail, MessageRow, TreeNode } from './contract.ts';
import type { Loaded } from './load.ts';
import type { MessageRecord } from './records.ts';

export interface Compared {
  readonly record: MessageRecord;
  readonly detail: Detail;
  /** The same fields with their secrets. */
  readonly whole: readonly TreeNode[];
  readonly flow: FlowReply;
  readonly body: Uint8Array;
}

const inputOf = (r: MessageRecord, loaded: Loaded): number => {
  const frame = r.joined.segments[0]?.frame;
  return frame === undefined ? 0 : loaded.frames.at(frame).input;
};

function side(c: Compared, loaded: Loaded): CompareSide {
  const { t0, t1 } = c.flow.transaction;
  return {
    row: c.detail.row,
    file: loaded.opened[inputOf(c.record, loaded)]?.source.name ?? '',
    outcome: c.flow.outcome,
    summary: c.record.summary,
    took: t1 - t0,
  };
}

function firstDifference(a: Uint8Array, b: Uint8Array): number | null {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i += 1) if (a[i] !== b[i]) return i;
  return a.length === b.length ? null : n;
}

const quoted = (text: string | null): string =>
  text === null ? 'nothing' : text === '' ? 'no value' : `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`;

/** Content of the documents, not of the envelopes they came in. */
const OF_BODY = (r: {
  readonly rangeA: { readonly buffer: string } | null;
  readonly rangeB: { readonly buffer: string } | null;
}): boolean => (r.rangeA ?? r.rangeB)?.buffer === 'body';

export function compareTwo(a: Compared, b: Compared, settings: DiffReply, loaded: Loaded): CompareReply {
  const steps = compareSteps(a.flow, b.flow);
  const { rows: fields, more } = compareFields(
    { shown: a.detail.tree, whole: a.whole },
    { shown: b.detail.tree, whole: b.whole },
  );
  const differ = firstDifference(a.body, b.body);
  return {
    a: side(a, loaded),
    b: side(b, loaded),
    parted: partedAt(),
    steps,
    fields,
    more,
    settings,
    body: { a: a.body.length, b: b.body.length, differ },
  };

  function partedAt(): CompareReply['parted'] {
    const way = partedOnWay(steps);
    if (way !== null) return { where: 'way', ...way };
    const [va, vb] = [a.record.verification, b.record.verification];
    // A group differs because of what is in it.
    const tells = fields.map(
      (f, i) => !f.same && !f.usual && (fields[i + 1]?.depth ?? 0) <= f.depth && (f.a ?? f.b) !== '',
    );
    const content = fields.findIndex((f, i) => tells[i] === true && OF_BODY(f));
    const field = fields[content];
    if (field !== undefined) {
      const text = `They take the same way and part in their content, at ${field.label}: ${quoted(field.a)} in the first, ${quoted(field.b)} in the second.`;
      return { where: 'content', text, at: content };
    }
    if (va.verdict !== vb.verdict) {
      const text = `Way and content are alike; the first is ${va.verdict} (${va.method ?? 'no method'}), the second ${vb.verdict} (${vb.method ?? 'no method'}).`;
      return { where: 'key', text, at: null };
    }
    const other = tells.indexOf(true);
    const envelope = fields[other];
    if (envelope === undefined) return null;
    const text = `Way and content are alike; the first difference is ${envelope.label}: ${quoted(envelope.a)} in the first, ${quoted(envelope.b)} in the second.`;
    return { where: 'content', text, at: other };
  }
}

export interface PairContext {
  readonly loaded: Loaded;
  row(r: MessageRecord): MessageRow;
}

const recipient = (r: MessageRow): string => r.to ?? r.imsi ?? '';

function differences(a: MessageRecord, b: MessageRecord, x: MessageRow, y: MessageRow): string[] {
  return [
    ...(x.outcome === y.outcome ? [] : ['outcome']),
    ...(x.verdict === y.verdict ? [] : ['verdict']),
    ...(x.parts === y.parts && x.missing === y.missing ? [] : ['parts']),
    ...(a.content === b.content ? [] : ['content']),
  ];
}

/** Counterparts: same recipient, kind and content first, then same recipient and kind, then same kind, each in order. */
export function createPairs({ loaded, row }: PairContext): (r: PairsRequest) => CompareReplies['pairs'] {
  let kept: { readonly key: string; readonly rows: readonly PairRow[]; readonly differing: number } | null = null;
  const made = (first: number, second: number): readonly PairRow[] => {
    const ofInput = (i: number) => loaded.records.filter((r) => inputOf(r, loaded) === i);
    const left = ofInput(first).map((r) => ({ r, row: row(r) }));
    const free = new Set(ofInput(second).map((r) => ({ r, row: row(r) })));
    type One = (typeof left)[number];
    const partner = new Map<One, One>();
    const keys: readonly ((o: One) => string)[] = [
      (o) => `${recipient(o.row)}|${o.r.kind}|${o.r.content}`,
      (o) => `${recipient(o.row)}|${o.r.kind}`,
      (o) => o.r.kind,
    ];
    for (const key of keys) {
      const waiting = new Map<string, One[]>();
      for (const o of free) waiting.set(key(o), [...(waiting.get(key(o)) ?? []), o]);
      for (const o of left) {
        if (partner.has(o)) continue;
        const found = waiting.get(key(o))?.shift();
        if (found === undefined) continue;
        partner.set(o, found);
        free.delete(found);
      }
    }
    const rows = left.map((o): PairRow => {
      const p = partner.get(o);
      if (p === undefined) return { a: o.row, b: null, differs: ['only in the first'] };
      return { a: o.row, b: p.row, differs: differences(o.r, p.r, o.row, p.row) };
    });
    for (const o of free) rows.push({ a: null, b: o.row, differs: ['only in the second'] });
    return [...rows.filter((r) => r.differs.length > 0), ...rows.filter((r) => r.differs.length === 0)];
  };
  return ({ a, b, from, count }) => {
    const key = `${a} ${b}`;
    if (kept?.key !== key) {
      const rows = made(a, b);
      kept = { key, rows, differing: rows.filter((r) => r.differs.length > 0).length };
    }
    return {
      total: kept.rows.length,
      differing: kept.differing,
      rows: kept.rows.slice(from, from + Math.min(count, 200)),
    };
  };
}

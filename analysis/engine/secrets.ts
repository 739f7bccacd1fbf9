// Octets of secrets: known where a decoder read them, followed through the byte maps to wherever else they stand.

import type { ByteMap, FrameId, Piece } from '../../dissectors/base/bytemap.ts';
import type { TreeRow } from '../../dissectors/base/recorder.ts';
import { withoutUserinfo } from '../report/mask.ts';
import type { Block } from './blocks.ts';
import type { BufferName } from './contract.ts';
import type { Interpretation } from './interpret.ts';
import type { MessageRecord } from './records.ts';

export interface OctetRange {
  readonly start: number;
  readonly length: number;
}

/** In order of `start`, apart from each other. What could not be read of a push may be a secret, and counts as one. */
export interface Secrets {
  in(buffer: BufferName): readonly OctetRange[];
  inFrame(frame: FrameId): readonly OctetRange[];
}

/** Shorter octet strings would be found where they mean something else. */
const SHORTEST_COPY = 3;

const shown = (row: TreeRow): string => row.text ?? (typeof row.value === 'string' ? row.value : '');

/** Does the row read a secret, or a URL with a password in it? */
const readsSecret = (row: TreeRow): boolean =>
  row.field.secret === true || (row.value !== null && withoutUserinfo(shown(row)) !== shown(row));

export function secretsOf(r: MessageRecord, i: Interpretation, blocks: readonly Block[]): Secrets {
  const found = new Map<BufferName, OctetRange[]>();
  for (const b of blocks) found.set(b.buffer, b.rows.filter(readsSecret));
  const body = [...(found.get('body') ?? []), ...unread(i, blocks)];
  found.set('body', body);
  const inDatagram = body.map(({ start, length }) => ({ start: start + i.bodyStart, length }));
  found.set('datagram', [...(found.get('datagram') ?? []), ...inDatagram, ...behindGap(r)]);
  if ([...found.values()].every((ranges) => ranges.length === 0)) return NONE;

  const frames = new Map<FrameId, OctetRange[]>();
  const follow = (map: ByteMap, ranges: readonly OctetRange[]): void => {
    for (const { frame, ...range } of toFrames(map, tidy(ranges))) {
      const known = frames.get(frame);
      if (known === undefined) frames.set(frame, [range]);
      else known.push(range);
    }
  };
  const complete = (b: { buffer: BufferName; map: ByteMap }): OctetRange[] => {
    const ranges = tidy([...(found.get(b.buffer) ?? []), ...fromFrames(b.map, frames)]);
    found.set(b.buffer, ranges);
    return ranges;
  };
  for (const b of blocks) follow(b.map, found.get(b.buffer) ?? []);
  follow(r.joined.data.map, found.get('datagram') ?? []);
  const { segments } = r.joined;
  const pdus = segments.map((s, n) => ({ buffer: `pdu:${n + 1}`, bytes: s.pdu.bytes, map: s.pdu.map }));
  for (const pdu of pdus) complete(pdu);
  // Copies of a part are nobody's reading: what is secret in the part is secret in them.
  for (const [n, s] of segments.entries()) {
    const used = s.status === 'used' ? -1 : segments.findIndex((u) => u.status === 'used' && u.part === s.part);
    if (used < 0) continue;
    const ranges = copied(pdus[used]!.bytes, found.get(pdus[used]!.buffer) ?? [], s.pdu.bytes);
    found.set(pdus[n]!.buffer, [...(found.get(pdus[n]!.buffer) ?? []), ...ranges]);
    follow(s.pdu.map, ranges);
    complete(pdus[n]!);
  }
  complete({ buffer: 'datagram', map: r.joined.data.map });
  complete({ buffer: 'body', map: i.body.map });
  return { in: (buffer) => found.get(buffer) ?? [], inFrame: (frame) => tidy(frames.get(frame) ?? []) };
}

/** Parts behind a missing one, which nobody could decode. */
function behindGap({ joined: j }: MessageRecord): OctetRange[] {
  if (j.state === 'complete' || j.payload === 'text' || j.payload === 'binary') return [];
  return [{ start: j.contiguous, length: j.data.bytes.length - j.contiguous }];
}

/** Octets of a document with settings that no row claims: its decoder gave up. */
function unread(i: Interpretation, blocks: readonly Block[]): OctetRange[] {
  const body = blocks.find((b) => b.buffer === 'body');
  if (body === undefined || !SETTINGS.has(i.kind)) return [];
  // A string table without a document behind it is read by nobody.
  if (i.content?.document?.root == null) return [{ start: 0, length: body.bytes.length }];
  const out: OctetRange[] = [];
  let end = 0;
  for (const row of [...body.rows.filter((r) => r.value !== null), { start: body.bytes.length, length: 0 }]) {
    if (row.start > end) out.push({ start: end, length: row.start - end });
    end = Math.max(end, row.start + row.length);
  }
  return out;
}

/** Kinds of documents that carry passwords. */
const SETTINGS: ReadonlySet<string> = new Set(['client-provisioning', 'ota-settings', 'dm-bootstrap']);

const NONE: Secrets = { in: () => [], inFrame: () => [] };

/** Sorted, overlaps joined, empty ones gone. */
function tidy(ranges: readonly OctetRange[]): OctetRange[] {
  const out: { start: number; length: number }[] = [];
  for (const { start, length } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (length === 0) continue;
    if (last === undefined || start > last.start + last.length) out.push({ start, length });
    else last.length = Math.max(last.length, start + length - last.start);
  }
  return out;
}

const widthOf = (p: Piece): number => p.width ?? 1;

/** Where octets of a buffer stand in frames. */
function toFrames(map: ByteMap, ranges: readonly OctetRange[]): (OctetRange & { frame: FrameId })[] {
  const out: (OctetRange & { frame: FrameId })[] = [];
  for (const p of map) {
    for (const r of ranges) {
      const from = Math.max(p.start, r.start);
      const to = Math.min(p.start + p.length, r.start + r.length);
      if (from >= to) continue;
      const width = widthOf(p);
      out.push({ frame: p.frame, start: p.offset + (from - p.start) * width, length: (to - from) * width });
    }
  }
  return out;
}

/** Where octets of frames stand in a buffer. */
function fromFrames(map: ByteMap, frames: ReadonlyMap<FrameId, readonly OctetRange[]>): OctetRange[] {
  const out: OctetRange[] = [];
  for (const p of map) {
    const width = widthOf(p);
    const end = p.offset + p.length * width;
    for (const r of frames.get(p.frame) ?? []) {
      const from = Math.max(p.offset, r.start);
      const to = Math.min(end, r.start + r.length);
      if (from >= to) continue;
      const start = p.start + Math.floor((from - p.offset) / width);
      out.push({ start, length: p.start + Math.ceil((to - p.offset) / width) - start });
    }
  }
  return out;
}

/** The same octets in a copy: in the same place when it is as long, and wherever else they are. */
function copied(original: Uint8Array, ranges: readonly OctetRange[], copy: Uint8Array): OctetRange[] {
  const out: OctetRange[] = original.length === copy.length ? [...ranges] : [];
  for (const { start, length } of ranges) {
    if (length < SHORTEST_COPY) continue;
    const wanted = original.subarray(start, start + length);
    for (let at = 0; at + length <= copy.length; at++) {
      if (wanted.every((v, k) => copy[at + k] === v)) out.push({ start: at, length });
    }
  }
  return out;
}

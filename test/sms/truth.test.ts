// Messages, parts, answers and receipts of recorded SMPP traffic against what its makers wrote down.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { framesOf } from '../../dissectors/base/bytemap.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { namesIn, readJson, sharedFolder } from '../support/shared.ts';
import { readCapture, toHex } from './support.ts';

interface TruthSegment {
  readonly index: number;
  readonly total: number;
  readonly ref: number | null;
  readonly refBits: number | null;
  readonly frames: readonly number[];
  readonly length: number;
  readonly status?: number;
  readonly messageId?: string;
}

interface TruthMessage {
  readonly id: string;
  readonly bearer: string;
  readonly from: string;
  readonly to: string;
  readonly srcPort: number | null;
  readonly dstPort: number | null;
  readonly complete: boolean;
  readonly missing?: readonly number[];
  readonly frames: readonly number[];
  readonly firstTime: string;
  readonly lastTime: string;
  readonly segments: readonly TruthSegment[];
  readonly kind?: string;
  readonly payloadLength?: number;
  readonly bodyHex?: string;
}

interface Truth {
  readonly name: string;
  readonly file: string;
  readonly synthetic: boolean | string;
  readonly timesApproximate?: unknown;
  readonly messages: readonly TruthMessage[];
  readonly receipts?: readonly {
    readonly id: string;
    readonly stat: string;
    readonly err: string;
    readonly frames: readonly number[];
  }[];
}

const SMPP = new Set(['submit_sm', 'deliver_sm', 'data_sm']);
/** Half of the parts were never captured: nothing tells that they were there. */
const CUT = new Set(['cont-snaplen-96']);

const folder = sharedFolder('captures', 'the comparison of short messages with recorded truth');
const truths: Truth[] =
  folder === null ? [] : namesIn(folder, '.truth.json').map((n) => readJson<Truth>(join(folder, n)));
const ready = truths.filter(
  (t) => t.messages.length > 0 && t.messages.every((m) => SMPP.has(m.bearer)) && !CUT.has(t.name),
);

function iso(base: bigint, time: number): string {
  const ns = base + BigInt(Math.round(time));
  const text = new Date(Number(ns / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  return `${text}.${String(ns % 1_000_000_000n).padStart(9, '0')}Z`;
}

const intersects = (a: readonly number[], b: readonly number[]): boolean => a.some((x) => b.includes(x));

/** Ours for theirs: the same parties, reference and a frame in common. */
function pair(ours: Joined[], t: TruthMessage): Joined | undefined {
  const at = ours.findIndex(
    (j) =>
      j.to?.value === t.to &&
      j.from?.value === t.from &&
      j.operation === t.bearer &&
      j.segments[0]?.reference === (t.segments[0]?.refBits == null ? null : t.segments[0].ref) &&
      intersects(
        j.segments.flatMap((s) => framesOf(s.pdu.map)),
        t.frames,
      ),
  );
  return at < 0 ? undefined : ours.splice(at, 1)[0];
}

describe('recorded SMPP traffic', () => {
  if (folder === null) {
    test('shared captures absent: 0 comparisons run', () => expect(truths).toEqual([]));
    return;
  }
  test('the captures are there', () => expect(ready.length).toBeGreaterThan(45));
  test.each(ready.map((t) => [t.name, t] as const))('%s', async (name, truth) => {
    const read = await readCapture(truth.file, new Uint8Array(readFileSync(join(folder, truth.file))));
    // Other hops of the same push are other bearers' business.
    const left = read.joined.filter((j) => j.bearer === 'smpp' || j.bearer === 'udp');
    const answers = new Map(read.answers.map((a) => [a.answerKey, a]));
    for (const t of truth.messages) {
      const j = pair(left, t);
      expect(j, `${t.id} was found`).toBeDefined();
      if (j === undefined) continue;
      expect(j.state, t.id).toBe(t.complete ? 'complete' : 'incomplete');
      if (t.missing !== undefined) expect(j.missing, t.id).toEqual(t.missing);
      expect(j.ports, t.id).toEqual(t.dstPort === null ? null : { source: t.srcPort, destination: t.dstPort });
      expect(j.direction, t.id).toBe('mt');
      expect(j.payload, t.id).toBe(t.kind === 'sms-text' ? 'text' : 'wsp');
      if (truth.timesApproximate === undefined && !/spb|3-interfaces/.test(name)) {
        // Of a PDU in several packets the makers took the first packet, or the one that completed it.
        const whole = Math.min(...j.segments.map((x) => x.time));
        expect([iso(read.base, j.firstTime), iso(read.base, whole)], t.id).toContain(t.firstTime);
        // Cut anew into small packets, this one kept the times of the packets before.
        if (name !== 'cont-tcp-ooo') expect(iso(read.base, j.lastTime), t.id).toBe(t.lastTime);
      }
      if (t.payloadLength !== undefined && t.complete) expect(j.data.bytes.length, t.id).toBe(t.payloadLength);
      if (t.bodyHex !== undefined) expect(toHex(j.data.bytes), t.id).toContain(t.bodyHex.toLowerCase());
      expect(j.segments.length, `${t.id} segments`).toBe(t.segments.length);
      const used = new Set<TruthSegment>();
      for (const s of j.segments) {
        const frames = framesOf(s.pdu.map);
        const their = t.segments.find((x) => !used.has(x) && x.index === s.part && intersects(x.frames, frames));
        expect(their, `${t.id} part ${s.part} in frame ${frames}`).toBeDefined();
        if (their === undefined) continue;
        used.add(their);
        const reference = their.refBits === null ? null : their.ref;
        expect([s.of, s.reference, s.referenceBits]).toEqual([their.total, reference, their.refBits]);
        // Written captures count the header too, and those cut anew list every frame of a shared packet.
        if (truth.synthetic === false) expect(s.length, `${t.id} part ${s.part}`).toBe(their.length);
        if (their.status !== undefined) {
          const answer = answers.get(s.answerKey ?? '');
          expect(answer?.ok, `${t.id} part ${s.part} answer`).toBe(their.status === 0);
          // deliver_sm_resp has no message id on the wire.
          const id = t.bearer === 'deliver_sm' ? undefined : their.messageId;
          expect(answer?.messageId ?? undefined, `${t.id} part ${s.part} id`).toBe(id);
        }
      }
      // The octets lead back to frames of the message.
      expect(framesOf(j.data.map).every((f) => j.segments.some((s) => framesOf(s.pdu.map).includes(f)))).toBe(true);
    }
    expect(left.map((j) => [j.operation, j.to?.value, j.text])).toEqual([]);
    for (const r of truth.receipts ?? []) {
      const found = read.receipts.find((x) => x.messageId === r.id && r.frames.includes(x.frame));
      expect(found, `receipt ${r.id}`).toBeDefined();
      expect(found?.code).toBe(r.err);
      expect(found?.state).toBe(r.stat === 'DELIVRD' ? 'delivered' : 'failed');
    }
    expect(read.receipts.length).toBe(truth.receipts?.length ?? 0);
  });
});

// The frames of some messages as a pcapng file of their own, with what was found as comments that other tools show.

import { sentenceOf } from '../../captures/finding.ts';
import { type WrittenBlock, type WrittenSection, writePcapng } from '../../captures/write/pcapng.ts';
import { type FrameId, framesOf } from '../../dissectors/base/bytemap.ts';
import type { Flows } from './flowsof.ts';
import type { FrameBytes } from './framebytes.ts';
import type { Loaded } from './load.ts';
import { allFindings, type MessageRecord } from './records.ts';

/** Frames of one slice. */
const MOST = 200_000;
/** Octets of one comment (an option's length has 16 bits). */
const LONGEST = 60_000;
/** Link types of rows that are no frames. */
const NO_FRAME = 0xffff;

export interface Slice {
  readonly bytes: Uint8Array;
  readonly frames: number;
  readonly left: readonly string[];
}

function framesOfMessage(r: MessageRecord, flows: Flows): Set<FrameId> {
  const out = new Set<FrameId>();
  for (const s of r.joined.segments) {
    out.add(s.frame);
    for (const id of framesOf(s.pdu.map)) out.add(id);
  }
  for (const e of flows.flowOf(r).events) out.add(e.frame);
  return out;
}

function commentsOf(r: MessageRecord): string {
  const found = allFindings(r).map((f) => `${f.rule.severity} ${f.rule.code}: ${sentenceOf(f)} [${f.rule.clause}]`);
  return [`otascope ${r.id}: ${r.summary}`, ...found].join('\n');
}

const cut = (text: string): string => {
  const encoded = new TextEncoder().encode(text);
  return encoded.length <= LONGEST ? text : `${new TextDecoder().decode(encoded.subarray(0, LONGEST))}…`;
};

/** One section an input, one interface a link type; frames as captured, in their order. */
export async function slice(
  records: readonly MessageRecord[],
  loaded: Loaded,
  flows: Flows,
  frameBytes: FrameBytes,
): Promise<Slice> {
  const comments = new Map<FrameId, string[]>();
  const wanted = new Set<FrameId>();
  let over = 0;
  for (const r of records) {
    const frames = framesOfMessage(r, flows);
    for (const id of frames) {
      if (wanted.size < MOST || wanted.has(id)) wanted.add(id);
      else over += 1;
    }
    const last = r.joined.segments.at(-1)?.frame ?? [...frames][0];
    if (last !== undefined) comments.set(last, [...(comments.get(last) ?? []), commentsOf(r)]);
  }
  const order = [...wanted].sort((a, b) => a - b);
  const base = loaded.base ?? 0n;
  let lines = 0;
  let gone = 0;
  let why = '';
  let written = 0;
  const sections: WrittenSection[] = [];
  for (const [input, opened] of loaded.opened.entries()) {
    const links: number[] = [];
    const blocks: WrittenBlock[] = [];
    for (const id of order) {
      const f = loaded.frames.at(id);
      if (f.input !== input) continue;
      if (f.linkType === NO_FRAME) {
        lines += 1;
        continue;
      }
      const bytes = await frameBytes.read(id);
      if (bytes === undefined) {
        gone += 1;
        why = frameBytes.whyNot(id);
        continue;
      }
      let link = links.indexOf(f.linkType);
      if (link < 0) link = links.push(f.linkType) - 1;
      const comment = comments.get(id);
      blocks.push({
        kind: 'packet',
        interface: link,
        time: Number.isNaN(f.time) ? 0n : base + BigInt(Math.round(f.time)),
        bytes,
        wireLength: f.wireLength,
        ...(comment === undefined ? {} : { comment: cut(comment.join('\n\n')) }),
      });
      written += 1;
    }
    if (blocks.length === 0) continue;
    const interfaces = links.map((linkType) => ({ linkType, resolution: { base: 10, exponent: 9 } }) as const);
    sections.push({ application: 'otascope', comment: `Slice of ${opened.source.name}`, interfaces, blocks });
  }
  if (sections.length === 0) sections.push({ application: 'otascope', interfaces: [{ linkType: 1 }], blocks: [] });
  const left = [
    ...(over > 0 ? [`${over} frames are left out: a slice has at most ${MOST}.`] : []),
    ...(lines > 0 ? [`${lines} records came from a text log and are no frames: they are left out.`] : []),
    ...(gone > 0 ? [`${gone} frames can't be read again and are left out: ${why}.`] : []),
  ];
  return { bytes: writePcapng(sections), frames: written, left };
}

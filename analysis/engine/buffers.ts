// Names of a message's buffers, and the way from each octet back to its frame.

import { type ByteMap, type FrameId, framesOf, type Mapped } from '../../dissectors/base/bytemap.ts';
import type { BufferName, ByteRange, BytesReply } from './contract.ts';
import type { FrameTable } from './frames.ts';
import type { Interpretation } from './interpret.ts';
import type { MessageRecord } from './records.ts';

export type BufferOf =
  | { readonly kind: 'body' }
  | { readonly kind: 'datagram' }
  | { readonly kind: 'pdu'; readonly segment: number }
  | { readonly kind: 'frame'; readonly frame: FrameId };

/** 'frame:812', or 'frame:2:812' for the second of several inputs. */
export function frameName(frames: FrameTable, id: FrameId, inputs: number): BufferName {
  const f = frames.at(id);
  return inputs > 1 ? `frame:${f.input + 1}:${f.number}` : `frame:${f.number}`;
}

/** Frames that carried any part of the message, in order of appearance. */
export function framesOfMessage(r: MessageRecord): FrameId[] {
  const seen = new Set<FrameId>();
  for (const s of r.joined.segments) {
    for (const f of framesOf(s.pdu.map)) seen.add(f);
    seen.add(s.frame);
  }
  return [...seen];
}

/** Reads a buffer's name as one of this message's; undefined for any other. */
export function parseBuffer(
  r: MessageRecord,
  frames: FrameTable,
  inputs: number,
  name: BufferName,
): BufferOf | undefined {
  if (name === 'body' || name === 'datagram') return name === 'body' ? { kind: 'body' } : { kind: 'datagram' };
  const pdu = /^pdu:(\d{1,6})$/.exec(name);
  if (pdu !== null) {
    const segment = Number(pdu[1]) - 1;
    return r.joined.segments[segment] === undefined ? undefined : { kind: 'pdu', segment };
  }
  const frame = framesOfMessage(r).find((id) => frameName(frames, id, inputs) === name);
  return frame === undefined ? undefined : { kind: 'frame', frame };
}

export const rangeIn = (buffer: BufferName, range: { start: number; length: number }): ByteRange => ({
  buffer,
  start: range.start,
  length: range.length,
});

const toFrames = (map: ByteMap, frames: FrameTable, inputs: number): BytesReply['origin'] =>
  map.map((p) => ({
    start: p.start,
    length: p.length,
    from: frameName(frames, p.frame, inputs),
    offset: p.offset,
    ...(p.width === undefined ? {} : { width: p.width }),
  }));

/** Octets of a buffer that is kept, with their way back; frames are read by whoever has the source. */
export function bufferReply(
  r: MessageRecord,
  i: Interpretation,
  frames: FrameTable,
  inputs: number,
  name: BufferName,
  which: Exclude<BufferOf, { kind: 'frame' }>,
): BytesReply {
  if (which.kind === 'body') {
    const { length } = i.body.bytes;
    const origin = length === 0 ? [] : [{ start: 0, length, from: 'datagram', offset: i.bodyStart }];
    return { buffer: name, bytes: i.body.bytes, origin };
  }
  const m: Mapped = which.kind === 'datagram' ? r.joined.data : r.joined.segments[which.segment]!.pdu;
  return { buffer: name, bytes: m.bytes, origin: toFrames(m.map, frames, inputs) };
}

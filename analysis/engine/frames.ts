// The dense frame table: one row for each frame that belongs to something decoded, in columns.

import { type FrameBatch, type LogRecord, numberOf } from '../../captures/reader.ts';
import type { FrameId } from '../../dissectors/base/bytemap.ts';

/** Link type of a log record's row: no LINKTYPE_ value. */
const RECORD_LINK = 0xffff;

const FIRST = 64;

export interface FrameFacts {
  readonly input: number;
  /** 1-based, as Wireshark counts. */
  readonly number: number;
  readonly time: number;
  readonly offset: number;
  readonly length: number;
  readonly wireLength: number;
  readonly linkType: number;
}

export interface FrameTable {
  readonly length: number;
  /** Adds frame `index` of the batch; `shift` moves its time to the session's base. */
  add(batch: FrameBatch, index: number, input: number, shift: number): FrameId;
  /** Adds a log record; its octets are kept, a log has no frame to read them from. */
  addRecord(record: LogRecord, input: number, time: number): FrameId;
  at(id: FrameId): FrameFacts;
  /** Octets of a log record's row. */
  recordBytes(id: FrameId): Uint8Array | undefined;
}

export function createFrameTable(): FrameTable {
  let size = FIRST;
  let length = 0;
  let input = new Uint16Array(size);
  let link = new Uint16Array(size);
  let number = new Float64Array(size);
  let time = new Float64Array(size);
  let offset = new Float64Array(size);
  let captured = new Uint32Array(size);
  let wire = new Uint32Array(size);
  const records = new Map<FrameId, Uint8Array>();

  const grow = <T extends Uint16Array | Uint32Array | Float64Array>(column: T): T => {
    const wider = new (column.constructor as new (n: number) => T)(size);
    wider.set(column);
    return wider;
  };
  const row = (): FrameId => {
    if (length === size) {
      size *= 2;
      input = grow(input);
      link = grow(link);
      number = grow(number);
      time = grow(time);
      offset = grow(offset);
      captured = grow(captured);
      wire = grow(wire);
    }
    length += 1;
    return length - 1;
  };

  return {
    get length() {
      return length;
    },
    add(batch, index, from, shift) {
      const id = row();
      input[id] = from;
      link[id] = batch.linkType[index]!;
      number[id] = numberOf(batch, index);
      time[id] = batch.time[index]! + shift;
      offset[id] = batch.offset[index]!;
      captured[id] = batch.length[index]!;
      wire[id] = batch.wireLength[index]!;
      return id;
    },
    addRecord(record, from, at) {
      const id = row();
      input[id] = from;
      link[id] = RECORD_LINK;
      number[id] = record.number;
      time[id] = at;
      offset[id] = record.offset;
      captured[id] = record.bytes.length;
      wire[id] = record.bytes.length;
      records.set(id, record.bytes);
      return id;
    },
    at(id) {
      return {
        input: input[id]!,
        number: number[id]!,
        time: time[id]!,
        offset: offset[id]!,
        length: captured[id]!,
        wireLength: wire[id]!,
        linkType: link[id]!,
      };
    },
    recordBytes: (id) => records.get(id),
  };
}

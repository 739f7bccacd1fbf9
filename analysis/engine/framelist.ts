// The frame list: pages of all frames of an input, read again from the file, and what one frame holds.

import type { RandomAccess } from '../../captures/compressed/access.ts';
import { frameAtTime, framesFrom, type Walked } from '../../captures/index/walk.ts';
import { createRandomAccess } from '../../captures/open.ts';
import type { FrameBatch } from '../../captures/reader.ts';
import type { Source } from '../../captures/source.ts';
import { fields } from '../../dissectors/base/fields.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { type FrameLayers, layersOfFrame } from '../../dissectors/driver/inspect.ts';
import { ipProtocols } from '../../dissectors/net/protocols.ts';
import { messageBlocks } from './blocks.ts';
import { framesOfMessage } from './buffers.ts';
import type { FrameChoice, FrameReplies, FrameRow, FramesRequest } from './contract/frames.ts';
import type { TreeNode } from './contract.ts';
import type { FrameBytes } from './framebytes.ts';
import { linkName } from './framelinks.ts';
import type { FrameFacts } from './frames.ts';
import { type Owned, ownedFrames } from './framesowned.ts';
import type { OpenedInput } from './inputs.ts';
import type { Loaded } from './load.ts';
import { MAX_ROWS } from './rows.ts';
import { type OctetRange, secretsOf } from './secrets.ts';
import { addBlock } from './tree.ts';

type Ask<K extends FramesRequest['op']> = Extract<FramesRequest, { op: K }>;

export interface FrameList {
  page(r: Ask<'frames'>): Promise<FrameReplies['frames']>;
  place(r: Ask<'framePlace'>): Promise<FrameReplies['framePlace']>;
  frame(r: Ask<'frame'>): Promise<FrameReplies['frame']>;
}

const own = fields('frame', { headers: { kind: 'group', label: 'Frame' } });

const NO_AGAIN = 'The input was a stream: only the frames of messages are known, the others can not be read again.';
const READ_THROUGH = (how: string): string =>
  `The file is compressed (${how}) and has to be unpacked from its beginning to get here: pages far back take longer.`;
/** Compressed octets that are unpacked before anybody notices. */
const UNNOTICED = 8 * 1024 * 1024;

export function createFrameList(loaded: Loaded, frameBytes: FrameBytes): FrameList {
  const inputOf = (input: number): OpenedInput => {
    const found = loaded.opened[input];
    if (found === undefined) throw new Error(`There is no input ${input + 1}.`);
    return found;
  };
  const known = keptOwned(loaded);
  /** Rows that the frame table has: all of a log's, and those of messages. */
  const inTable = (o: OpenedInput, input: number, only: FrameChoice): Owned | null =>
    only === 'messages' || isLog(o) ? known(input, only === 'all') : null;
  const shiftOf = (base: bigint | null): number =>
    base === null || loaded.base === null ? 0 : Number(base - loaded.base);
  const access = new Map<number, Promise<RandomAccess>>();

  async function walked(o: OpenedInput, input: number): Promise<Walked> {
    const format = o.reader?.format ?? '';
    let opened = access.get(input);
    if (opened === undefined) {
      opened = createRandomAccess(asFar(o));
      access.set(input, opened);
      opened.catch(() => access.delete(input));
    }
    return {
      name: o.source.name,
      access: await opened,
      limit: format.includes('+') ? Number.POSITIVE_INFINITY : o.consumed,
      anchors: loaded.anchors[input]!,
      headers: o.reader?.headers,
      isPcapng: format.startsWith('pcapng'),
    };
  }

  /** Row of the frame table, with what its octets say where they can be read. */
  async function ofTable(of: Owned, place: number): Promise<FrameRow> {
    const id = of.id(place);
    const bytes = loaded.frames.recordBytes(id) === undefined ? await frameBytes.read(id) : undefined;
    const messages = of.owners(place).map((i) => loaded.records[i]!.id);
    return rowOf(loaded.frames.at(id), bytes, messages);
  }

  /** Frames `number` to `end` and their octets, which are borrowed. */
  async function* reread(o: OpenedInput, input: number, number: number, end: number) {
    const of = known(input, false);
    for await (const { batch, base } of framesFrom(await walked(o, input), number)) {
      const shift = shiftOf(base);
      for (let i = Math.max(0, number - batch.firstNumber); i < batch.count; i += 1) {
        if (batch.firstNumber + i >= end) return;
        const facts = factsOf(batch, i, input, shift);
        const start = batch.start[i]!;
        const bytes = batch.bytes.subarray(start, start + facts.length);
        const place = of.placeOf(facts.number);
        const mine = place < of.length && of.number(place) === facts.number ? of.owners(place) : [];
        yield {
          row: rowOf(
            facts,
            bytes,
            mine.map((m) => loaded.records[m]!.id),
          ),
          bytes,
        };
      }
    }
  }

  async function atTime(o: OpenedInput, input: number, time: number, only: FrameChoice): Promise<number> {
    const of = inTable(o, input, only);
    if (of === null) {
      const first = again(o) ? await frameAtTime(await walked(o, input), time, shiftOf) : null;
      return first === null ? Number.POSITIVE_INFINITY : first - 1;
    }
    let place = 0;
    while (place < of.length && !(loaded.frames.at(of.id(place)).time >= time)) place += 1;
    return place;
  }

  return {
    async page({ input, from, count, only = 'all' }) {
      const o = inputOf(input);
      const of = inTable(o, input, only);
      const total = of?.length ?? loaded.anchors[input]!.frames;
      const end = Math.min(total, from + Math.min(count, MAX_ROWS));
      const rows: FrameRow[] = [];
      if (of !== null) for (let i = from; i < end; i += 1) rows.push(await ofTable(of, i));
      else if (again(o) && from < end) for await (const f of reread(o, input, from + 1, end + 1)) rows.push(f.row);
      return { total, from, rows, note: of === null ? noteOf(o) : null };
    },
    async place({ input, frame, time, message, only = 'all' }) {
      let at = { input, number: frame ?? Number.NaN };
      if (message !== undefined) {
        const r = loaded.records.find((m) => m.id === message);
        if (r === undefined) throw new Error(`There is no message ${message}.`);
        at = loaded.frames.at(framesOfMessage(r)[0]!);
      }
      const o = inputOf(at.input);
      const of = inTable(o, at.input, only);
      const total = of?.length ?? loaded.anchors[at.input]!.frames;
      const ofNumber = of === null ? at.number - 1 : of.placeOf(at.number);
      const place = time === undefined ? ofNumber : await atTime(o, at.input, time, only);
      return { input: at.input, place: place >= 0 && place < total ? place : null };
    },
    async frame({ input, number, secrets = false }) {
      const o = inputOf(input);
      const of = known(input, isLog(o));
      const place = of.placeOf(number);
      const mine = place < of.length && of.number(place) === number;
      const buffer = loaded.opened.length > 1 ? `frame:${input + 1}:${number}` : `frame:${number}`;
      if (mine) {
        const row = await ofTable(of, place);
        const bytes = await frameBytes.read(of.id(place));
        if (bytes === undefined) throw new Error(`The octets of frame ${number} can't be read again.`);
        const secret = secrets ? [] : secretOctets(loaded, of, place);
        return { row, bytes: { buffer, bytes, origin: [], secret }, tree: headerTree(buffer, bytes, row) };
      }
      if (!isLog(o) && !again(o)) throw new Error(NO_AGAIN);
      for await (const { row, bytes: borrowed } of isLog(o) ? [] : reread(o, input, number, number + 1)) {
        const bytes = borrowed.slice();
        return { row, bytes: { buffer, bytes, origin: [], secret: [] }, tree: headerTree(buffer, bytes, row) };
      }
      throw new Error(`There is no frame ${number} in ${o.source.name}.`);
    },
  };
}

const isLog = (o: OpenedInput): boolean => o.reader !== null && !/^pcap/.test(o.reader.format);
const again = ({ source }: OpenedInput): boolean => source.size !== null || source.again === true;

function noteOf(o: OpenedInput): string | null {
  if (!again(o)) return NO_AGAIN;
  const [, how] = /\+(.*)/.exec(o.reader?.format ?? '') ?? [];
  return how !== undefined && o.consumed > UNNOTICED ? READ_THROUGH(how) : null;
}

/** What was read of the source and no more: beyond it a source that is being written would wait. */
function asFar(o: OpenedInput): Source {
  const { source } = o;
  return {
    name: source.name,
    size: source.size,
    read: (at, into) => source.read(at, at >= o.consumed ? into.subarray(0, 0) : into.subarray(0, o.consumed - at)),
  };
}

/** Made anew when there are other messages. */
function keptOwned(loaded: Loaded): (input: number, others: boolean) => Owned {
  const made = new Map<string, Owned>();
  let state = '';
  return (input, others) => {
    const now = `${loaded.records.length} ${loaded.frames.length} ${loaded.done}`;
    if (now !== state) made.clear();
    state = now;
    const key = `${input} ${others}`;
    let of = made.get(key);
    if (of === undefined) {
      of = ownedFrames(loaded, input, others);
      made.set(key, of);
    }
    return of;
  };
}

const factsOf = (b: FrameBatch, i: number, input: number, shift: number): FrameFacts => ({
  input,
  number: b.firstNumber + i,
  time: b.time[i]! + shift,
  offset: b.offset[i]!,
  length: b.length[i]!,
  wireLength: b.wireLength[i]!,
  linkType: b.linkType[i]!,
});

/** Link type of a log record's row in the frame table: no LINKTYPE_ value. */
const RECORD_LINK = 0xffff;

function rowOf(f: FrameFacts, bytes: Uint8Array | undefined, messages: readonly string[]): FrameRow {
  const { number, time, length, wireLength, linkType } = f;
  const facts = { number, time, length, wireLength, messages };
  if (linkType === RECORD_LINK) {
    return { ...facts, link: null, linkName: 'record of a log', protocol: 'record', from: null, to: null };
  }
  const link = { link: linkType, linkName: linkName(linkType) };
  if (bytes === undefined) return { ...facts, ...link, protocol: '', from: null, to: null };
  const layers = layersOfFrame(bytes, linkType, null, wireLength > length);
  return {
    ...facts,
    ...link,
    protocol: protocolOf(layers, linkType),
    from: endOf(layers.sourceAddress, layers.sourcePort),
    to: endOf(layers.destinationAddress, layers.destinationPort),
  };
}

function endOf(address: string, port: number): string | null {
  if (address === '') return null;
  return port === 0 ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function protocolOf({ transport, protocol, missing }: FrameLayers, link: number): string {
  switch (transport) {
    case 'none':
      return missing > 0 ? 'cut' : 'malformed';
    case 'fragment':
      return `fragment of ${ipProtocols[protocol] ?? `IP protocol ${protocol}`}`;
    case 'control':
      return 'tunnel signalling';
    case 'other':
      return linkName(link);
    default:
      return ipProtocols[protocol] ?? `IP protocol ${protocol}`;
  }
}

/** What no message of the frame may show. */
function secretOctets(loaded: Loaded, of: Owned, place: number): readonly OctetRange[] {
  return of.owners(place).flatMap((i) => {
    const r = loaded.records[i]!;
    const { blocks, interpretation } = messageBlocks(r);
    return secretsOf(r, interpretation, blocks).inFrame(of.id(place));
  });
}

function headerTree(buffer: string, bytes: Uint8Array, row: FrameRow): TreeNode[] {
  if (row.link === null) return [];
  const rows: TreeRow[] = [];
  layersOfFrame(bytes, row.link, recordInto(rows), row.wireLength > row.length);
  const nodes: TreeNode[] = [];
  addBlock(nodes, { field: own.headers, text: `${bytes.length} octets`, buffer, bytes, map: [], rows }, null);
  return nodes;
}

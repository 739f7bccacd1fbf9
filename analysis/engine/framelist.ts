// The frame list: pages of all frames of an input, read again from the file, and what one frame holds.

import { framesFrom } from '../../captures/index/walk.ts';
import type { FrameBatch } from '../../captures/reader.ts';
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

export function createFrameList(loaded: Loaded, frameBytes: FrameBytes): FrameList {
  const inputOf = (input: number): OpenedInput => {
    const found = loaded.opened[input];
    if (found === undefined) throw new Error(`There is no input ${input + 1}.`);
    return found;
  };
  const owned = keptOwned(loaded);
  const isLog = (o: OpenedInput): boolean => o.reader !== null && !/^pcap/.test(o.reader.format);
  const again = ({ source }: OpenedInput): boolean => source.size !== null || source.again === true;
  const messagesOf = (of: Owned, number: number): string[] => {
    const place = of.placeOf(number);
    if (place === of.length || of.number(place) !== number) return [];
    return of.owners(place).map((i) => loaded.records[i]!.id);
  };
  const totalOf = (o: OpenedInput, input: number, only: FrameChoice): number =>
    only === 'messages' ? owned(input).length : (o.reader?.frames ?? 0);

  /** Row of the frame table, with what its octets say where they can be read. */
  async function ofTable(of: Owned, place: number): Promise<FrameRow> {
    const id = of.id(place);
    const bytes = loaded.frames.recordBytes(id) === undefined ? await frameBytes.read(id) : undefined;
    const messages = of.owners(place).map((i) => loaded.records[i]!.id);
    return rowOf(loaded.frames.at(id), bytes, messages);
  }

  async function all(o: OpenedInput, input: number, from: number, count: number): Promise<FrameRow[]> {
    const rows: FrameRow[] = [];
    const of = owned(input);
    const end = from + count + 1;
    for await (const { batch, base } of framesFrom(o.source, from + 1, end)) {
      const shift = base === null || loaded.base === null ? 0 : Number(base - loaded.base);
      for (let i = Math.max(0, from + 1 - batch.firstNumber); i < batch.count; i += 1) {
        if (batch.firstNumber + i >= end) return rows;
        const facts = factsOf(batch, i, input, shift);
        const start = batch.start[i]!;
        const bytes = batch.bytes.subarray(start, start + facts.length);
        rows.push(rowOf(facts, bytes, messagesOf(of, facts.number)));
      }
    }
    return rows;
  }

  return {
    async page({ input, from, count, only = 'all' }) {
      const o = inputOf(input);
      const total = totalOf(o, input, only);
      const wanted = Math.max(0, Math.min(count, MAX_ROWS, total - from));
      const rows: FrameRow[] = [];
      let note: string | null = null;
      if (only === 'messages' || isLog(o)) {
        const of = owned(input);
        for (let i = from; i < from + wanted && i < of.length; i += 1) rows.push(await ofTable(of, i));
      } else if (!again(o)) note = NO_AGAIN;
      else if (wanted > 0) rows.push(...(await all(o, input, from, wanted)));
      return { total, from, rows, note };
    },
    async place({ input, frame, time, message, only = 'all' }) {
      let at = { input, number: frame ?? Number.NaN };
      if (message !== undefined) {
        const r = loaded.records.find((m) => m.id === message);
        if (r === undefined) throw new Error(`There is no message ${message}.`);
        at = loaded.frames.at(framesOfMessage(r)[0]!);
      }
      const o = inputOf(at.input);
      const total = totalOf(o, at.input, only);
      const of = owned(at.input);
      let place = total;
      if (time !== undefined && only === 'messages') {
        for (place = 0; place < of.length && !(loaded.frames.at(of.id(place)).time >= time); ) place += 1;
      } else if (time !== undefined) {
        place = again(o) && !isLog(o) ? await placeOfTime(o, time, total) : total;
      } else place = only === 'messages' ? of.placeOf(at.number) : at.number - 1;
      return { input: at.input, place: place >= 0 && place < total ? place : null };
    },
    async frame({ input, number, secrets = false }) {
      const o = inputOf(input);
      const of = owned(input);
      const place = of.placeOf(number);
      const mine = place < of.length && of.number(place) === number;
      const name = loaded.opened.length > 1 ? `frame:${input + 1}:${number}` : `frame:${number}`;
      const missing = new Error(`There is no frame ${number} in ${o.source.name}.`);
      let bytes: Uint8Array | undefined;
      let row: FrameRow | undefined;
      let cut = false;
      if (mine) {
        row = await ofTable(of, place);
        bytes = await frameBytes.read(of.id(place));
      } else if (again(o) && !isLog(o)) {
        for await (const { batch, base } of framesFrom(o.source, number, number + 1)) {
          const i = number - batch.firstNumber;
          if (i < 0 || i >= batch.count) continue;
          const shift = base === null || loaded.base === null ? 0 : Number(base - loaded.base);
          bytes = batch.bytes.slice(batch.start[i]!, batch.start[i]! + batch.length[i]!);
          row = rowOf(factsOf(batch, i, input, shift), bytes, []);
          break;
        }
      }
      if (row === undefined) throw missing;
      if (bytes === undefined)
        throw new Error(`The octets of frame ${number} can't be read again: ${o.source.name} was a stream.`);
      cut = row.wireLength > row.length;
      const secret = mine && !secrets ? secretOctets(loaded, of, place) : [];
      return { row, bytes: { buffer: name, bytes, origin: [], secret }, tree: headerTree(name, bytes, row.link, cut) };
    },
  };

  async function placeOfTime(o: OpenedInput, time: number, total: number): Promise<number> {
    for await (const { batch, base } of framesFrom(o.source, 1, total + 1)) {
      const shift = base === null || loaded.base === null ? 0 : Number(base - loaded.base);
      for (let i = 0; i < batch.count; i += 1) {
        if (batch.time[i]! + shift >= time) return batch.firstNumber + i - 1;
      }
    }
    return total;
  }
}

/** Made anew when there are other messages. */
function keptOwned(loaded: Loaded): (input: number) => Owned {
  let made = new Map<number, Owned>();
  let state = '';
  return (input) => {
    const now = `${loaded.records.length} ${loaded.done}`;
    if (now !== state) made = new Map();
    state = now;
    let of = made.get(input);
    if (of === undefined) {
      of = ownedFrames(loaded, input);
      made.set(input, of);
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

function headerTree(name: string, bytes: Uint8Array, link: number | null, cut: boolean): TreeNode[] {
  if (link === null) return [];
  const rows: TreeRow[] = [];
  layersOfFrame(bytes, link, recordInto(rows), cut);
  const nodes: TreeNode[] = [];
  addBlock(nodes, { field: own.headers, text: `${bytes.length} octets`, buffer: name, bytes, map: [], rows }, null);
  return nodes;
}

// draft-ietf-opsawg-pcap-08 4, File Header, and the variants that patched libpcap versions wrote.

import type { FindingLog } from '../findinglog.ts';
import { LIMITS } from '../limits.ts';
import { u16, u32 } from '../octets.ts';
import { PCAP_RULES } from './rules.ts';

/** How records are laid out, settled by the file header and, for old variants, by the first records. */
export interface PcapLayout {
  readonly little: boolean;
  /** Nanoseconds for one unit of the time fraction. */
  readonly unit: 1 | 1000;
  readonly fileHeader: 24 | 28;
  readonly recordHeader: 16 | 20 | 24 | 28;
  /** Do captured and original length stand in the order of versions before 2.3? */
  readonly swapped: 'no' | 'yes' | 'maybe';
  readonly linkType: number;
  readonly snapLength: number;
  /** 'microseconds, little-endian' and what is unusual. */
  readonly variant: string;
}

interface Magic {
  readonly unit: 1 | 1000;
  readonly fileHeader: 24 | 28;
  /** Record header lengths to try, the likeliest first. */
  readonly recordHeaders: readonly (16 | 20 | 24 | 28)[];
  readonly name: string;
}

// Besides the two values of the draft: libpcap with Kuznetzov's patches (interface, protocol and packet type make the
// record header 24 octets, SMP fields 28; one release kept the standard magic), Nokia IPSO (20 octets, standard magic),
// and the lcap files of IXIA, which have the length of all records behind the file header.
const MAGICS: ReadonlyMap<number, Magic> = new Map([
  [0xa1b2c3d4, { unit: 1000, fileHeader: 24, recordHeaders: [16, 24, 20], name: 'microseconds' }],
  [0xa1b23c4d, { unit: 1, fileHeader: 24, recordHeaders: [16], name: 'nanoseconds' }],
  [0xa1b2cd34, { unit: 1000, fileHeader: 24, recordHeaders: [24, 28], name: 'microseconds, patched libpcap' }],
  [0x1c0001ac, { unit: 1, fileHeader: 28, recordHeaders: [16], name: 'nanoseconds, IXIA hardware' }],
  [0x1c0001ab, { unit: 1000, fileHeader: 28, recordHeaders: [16], name: 'microseconds, IXIA software' }],
]);

/** ifType values that AIX writes with version 2.2 where others write link types (RFC 1573). Its fractions are nanoseconds. */
const AIX_LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [6, 1],
  [9, 6],
  [15, 10],
  [24, 0],
]);

export const isPcap = (head: Uint8Array): boolean => head.length >= 4 && magicOf(head, 0) !== undefined;

function magicOf(b: Uint8Array, at: number): { magic: Magic; little: boolean } | undefined {
  for (const little of [true, false]) {
    const magic = MAGICS.get(u32(b, at, little));
    if (magic !== undefined) return { magic, little };
  }
  return undefined;
}

/** Reads the file header at `at`, which must be of `isPcap` octets. Undefined, with a finding, when it is cut off. */
export function readFileHeader(b: Uint8Array, at: number, origin: number, log: FindingLog): PcapLayout | undefined {
  const found = magicOf(b, at);
  if (found === undefined) return undefined;
  const { magic, little } = found;
  if (b.length < at + magic.fileHeader) {
    log.add(PCAP_RULES.headerCut, origin + at, b.length - at, `${b.length - at} octets of ${magic.fileHeader}`);
    return undefined;
  }
  const major = u16(b, at + 4, little);
  const minor = u16(b, at + 6, little);
  const snapLength = u32(b, at + 16, little);
  const link = u32(b, at + 20, little);
  const aix = major === 2 && minor === 2 && magic.unit === 1000 ? AIX_LINK_TYPES.get(link) : undefined;
  reportHeader(log, origin + at, major, minor, snapLength, link);
  const records = b.subarray(at + magic.fileHeader);
  const recordHeader =
    aix === undefined ? chooseRecordHeader(records, little, magic.recordHeaders) : magic.recordHeaders[0]!;
  const names = [magic.name, little ? 'little-endian' : 'big-endian'];
  if (aix !== undefined) names.push('AIX');
  if (recordHeader !== 16) names.push(`record headers of ${recordHeader} octets`);
  const variant = names.join(', ');
  if (aix !== undefined || recordHeader !== 16) {
    log.add(PCAP_RULES.variant, origin + at, magic.fileHeader, `Read as: ${variant}`);
  }
  return {
    little,
    unit: aix === undefined ? magic.unit : 1,
    fileHeader: magic.fileHeader,
    recordHeader,
    swapped: (major === 2 && minor < 3) || major === 543 ? 'yes' : major === 2 && minor === 3 ? 'maybe' : 'no',
    linkType: aix ?? link & 0xffff,
    snapLength,
    variant,
  };
}

function reportHeader(
  log: FindingLog,
  at: number,
  major: number,
  minor: number,
  snapLength: number,
  link: number,
): void {
  if (major !== 2 || minor !== 4) {
    log.add(PCAP_RULES.version, at + 4, 4, `Version ${major}.${minor}; it is read as far as it looks like 2.4`);
  }
  if (snapLength === 0 || snapLength > 0x7fffffff) {
    log.add(PCAP_RULES.snapLength, at + 16, 4, `Snapshot length ${snapLength}; it is taken as no limit`);
  }
  if ((link & 0x04000000) !== 0) {
    const octets = (link >>> 28) * 2;
    log.add(
      PCAP_RULES.frameCheckSequence,
      at + 20,
      4,
      `The last ${octets} octets of every frame are its check sequence`,
    );
  }
  if ((link & 0x0bff0000) !== 0) {
    const set = ((link & 0x0bff0000) >>> 0).toString(16).padStart(8, '0');
    log.add(PCAP_RULES.reservedBits, at + 20, 4, `Bits 0x${set} are set; the link type is read as ${link & 0xffff}`);
  }
}

/** The record header length of the first records: the usual one, unless the records make sense with another one only. */
function chooseRecordHeader<T extends 16 | 20 | 24 | 28>(b: Uint8Array, little: boolean, lengths: readonly T[]): T {
  const usual = lengths[0]!;
  if (goodRecords(b, little, usual) >= 0) return usual;
  return lengths.find((length) => goodRecords(b, little, length) >= 2) ?? usual;
}

const RECORDS_TRIED = 3;

/** How many of the first records make sense with headers of this length; -1 when one does not. */
function goodRecords(b: Uint8Array, little: boolean, recordHeader: number): number {
  let at = 0;
  let before = 0;
  for (let i = 0; i < RECORDS_TRIED; i++) {
    if (at + recordHeader > b.length) return i;
    const seconds = u32(b, at, little);
    const captured = u32(b, at + 8, little);
    const original = u32(b, at + 12, little);
    if (u32(b, at + 4, little) >= 1_000_000 || captured > LIMITS.usualFrameBytes) return -1;
    if (captured > original || original === 0 || original > LIMITS.usualFrameBytes * 16) return -1;
    if (i > 0 && Math.abs(seconds - before) > 30 * 86_400) return -1;
    before = seconds;
    at += recordHeader + captured;
    if (at > b.length) return i;
  }
  return RECORDS_TRIED;
}

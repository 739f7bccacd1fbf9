// draft-ietf-opsawg-pcapng-05 4.2, Interface Description Block: link type, and what its time stamps count.

import type { FindingLog } from '../findinglog.ts';
import { u16, u32 } from '../octets.ts';
import { eachOption, OPTION, optionText } from './options.ts';
import { PCAPNG_RULES } from './rules.ts';

const NANO = 1_000_000_000n;

/** An interface of a section, and how its ticks become nanoseconds since the reader's base. */
export interface CaptureInterface {
  readonly linkType: number;
  /** 0: no limit. */
  readonly snapLength: number;
  readonly name: string;
  /** Ticks of a second. */
  readonly ticks: bigint;
  /** Seconds to be added to what the ticks say. */
  readonly offset: bigint;
  /** The base's whole second in ticks: high and low 32 bits. */
  high: number;
  low: number;
  /** Nanoseconds of the base beyond its whole second. */
  rest: number;
  /** Nanoseconds of a tick where they are whole, else 0. */
  unit: number;
  /** Ticks of a second as a double. */
  rate: number;
  /** Time of its last packet, nanoseconds since the base; NaN: none yet. */
  last: number;
  /** What its statistics said before, and when. */
  dropped: number;
  droppedByOs: number;
  told: number | null;
  /** Packets that were said to be lost between two of its packets, since then. */
  placed: number;
}

/** For packets whose interface nobody described: a link type that no dissector claims, microseconds. */
const UNKNOWN_LINK_TYPE = 0xffff;

function makeInterface(
  linkType: number,
  snapLength: number,
  name: string,
  ticks: bigint,
  offset: bigint,
): CaptureInterface {
  const unit = NANO % ticks === 0n ? Number(NANO / ticks) : 0;
  const statistics = { last: Number.NaN, dropped: 0, droppedByOs: 0, told: null, placed: 0 };
  return {
    linkType,
    snapLength,
    name,
    ticks,
    offset,
    high: 0,
    low: 0,
    rest: 0,
    unit,
    rate: Number(ticks),
    ...statistics,
  };
}

export const unknownInterface = (): CaptureInterface => makeInterface(UNKNOWN_LINK_TYPE, 0, '', 1_000_000n, 0n);

/** Nanoseconds since 1970 of a time stamp, rounded down. */
export function absoluteTime(f: CaptureInterface, high: number, low: number): bigint {
  const ticks = (BigInt(high) << 32n) | BigInt(low);
  return (ticks * NANO) / f.ticks + f.offset * NANO;
}

/** Counts the interface's times from `base`, nanoseconds since 1970. */
export function setBase(f: CaptureInterface, base: bigint): void {
  let seconds = base / NANO;
  if (seconds * NANO > base) seconds -= 1n;
  const ticks = (seconds - f.offset) * f.ticks;
  f.high = Number(ticks >> 32n);
  f.low = Number(ticks & 0xffffffffn);
  f.rest = Number(base - seconds * NANO);
}

/** Nanoseconds since the base, rounded down. */
export function relativeTime(f: CaptureInterface, high: number, low: number): number {
  const ticks = (high - f.high) * 4294967296 + (low - f.low);
  if (f.unit !== 0) return ticks * f.unit - f.rest;
  const seconds = Math.floor(ticks / f.rate);
  return seconds * 1e9 + Math.floor(((ticks - seconds * f.rate) * 1e9) / f.rate) - f.rest;
}

/** Reads the block at [at, end); it has at least 20 octets. */
export function readInterface(
  b: Uint8Array,
  at: number,
  end: number,
  little: boolean,
  origin: number,
  log: FindingLog,
  comment: (text: string) => void,
): CaptureInterface {
  const snapLength = u32(b, at + 12, little);
  let ticks = 1_000_000n;
  let offset = 0n;
  let name = '';
  const bad = eachOption(b, at + 16, end - 4, little, (code, pos, length) => {
    if (code === OPTION.comment) comment(optionText(b, pos, length));
    else if (code === OPTION.interfaceName) name = optionText(b, pos, length);
    else if (code === OPTION.timeResolution && length >= 1) ticks = ticksOf(b[pos]!, origin + pos, log);
    else if (code === OPTION.timeOffset && length >= 8) offset = signed64(b, pos, little);
    else if (code === OPTION.fcsLength && length >= 1 && b[pos] !== 0) {
      const message = `The last ${b[pos]} bits of every frame are its check sequence`;
      log.add(PCAPNG_RULES.frameCheckSequence, origin + pos, 1, message);
    }
  });
  if (bad >= 0) log.add(PCAPNG_RULES.options, origin + bad, end - 4 - bad, 'The rest of the options was not read');
  if (snapLength > 0x7fffffff) {
    const message = `Snapshot length ${snapLength}; it is taken as no limit`;
    log.add(PCAPNG_RULES.snapLength, origin + at + 12, 4, message);
  }
  return makeInterface(u16(b, at + 8, little), snapLength > 0x7fffffff ? 0 : snapLength, name, ticks, offset);
}

/** if_tsresol: most significant bit clear, a power of 10; set, a power of 2. */
function ticksOf(value: number, at: number, log: FindingLog): bigint {
  const exponent = value & 0x7f;
  const binary = (value & 0x80) !== 0;
  if (exponent > (binary ? 63 : 19)) {
    const message = `${binary ? 2 : 10}^-${exponent} s; times are read as microseconds`;
    log.add(PCAPNG_RULES.timeResolution, at, 1, message);
    return 1_000_000n;
  }
  return (binary ? 2n : 10n) ** BigInt(exponent);
}

function signed64(b: Uint8Array, at: number, little: boolean): bigint {
  const high = u32(b, little ? at + 4 : at, little);
  const low = u32(b, little ? at : at + 4, little);
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low));
}

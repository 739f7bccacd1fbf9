// Where a card keeps its provisioning files: entries of a PKCS#15 data object directory (OMA-WAP-TS-ProvSC-V1_1).

export type ProvisioningFile = 'Bootstrap' | 'Config1' | 'Config2';

export interface ProvisioningEntry {
  readonly name: ProvisioningFile;
  /** Last file identifier of the path, '5f01'. */
  readonly fid: string;
  /** The whole path, '3f007f505f01'. */
  readonly path: string;
  /** Octets of the file, where only a part of it is the document. */
  readonly offset: number;
  readonly length: number | null;
}

const NAMES: Readonly<Record<number, ProvisioningFile>> = { 1: 'Bootstrap', 2: 'Config1', 3: 'Config2' };

/** A0 00 00 00 63 'PKCS-15'. */
export const PKCS15 = 'a000000063504b43532d3135';

const OCTET_STRING = 0x04;
const INTEGER = 0x02;
const CONSTRUCTED = 0x20;
/** PKCS#15 6.1.5, Path: length has the context tag 0. */
const PATH_LENGTH = 0x80;
const MOST_ENTRIES = 16;

const hex = (b: Uint8Array): string => Array.from(b, (v) => v.toString(16).padStart(2, '0')).join('');

interface Element {
  readonly tag: number;
  readonly start: number;
  readonly length: number;
}

/** ITU-T X.690 8.1: the element at `at`, tags of one octet and lengths of up to two; null where there is none. */
function element(b: Uint8Array, at: number): Element | null {
  const tag = b[at];
  const first = b[at + 1];
  if (tag === undefined || first === undefined || tag === 0x00 || tag === 0xff) return null;
  if (first < 0x80) return { tag, start: at + 2, length: first };
  if (first === 0x81) return { tag, start: at + 3, length: b[at + 2] ?? 0 };
  if (first === 0x82) return { tag, start: at + 4, length: ((b[at + 2] ?? 0) << 8) | (b[at + 3] ?? 0) };
  return null;
}

const number = (b: Uint8Array, e: Element): number => {
  let out = 0;
  for (let i = 0; i < Math.min(e.length, 4); i += 1) out = out * 256 + (b[e.start + i] ?? 0);
  return out;
};

/** The path behind an object identifier, found without regard to the nesting that cards disagree about. */
function pathBehind(b: Uint8Array, from: number, end: number): Omit<ProvisioningEntry, 'name'> | null {
  let path = '';
  let offset = 0;
  let length: number | null = null;
  for (let at = from; at < end; ) {
    const e = element(b, at);
    if (e === null) break;
    if (path === '' && (e.tag & CONSTRUCTED) !== 0) {
      at = e.start;
      continue;
    }
    if (e.tag === OCTET_STRING && path === '' && e.length >= 2 && e.length <= 16 && e.length % 2 === 0) {
      path = hex(b.subarray(e.start, Math.min(e.start + e.length, end)));
    } else if (e.tag === INTEGER && path !== '') offset = number(b, e);
    else if (e.tag === PATH_LENGTH && path !== '') length = number(b, e);
    else if (path !== '') break;
    at = e.start + e.length;
  }
  return path.length < 4 ? null : { fid: path.slice(-4), path, offset, length };
}

/** Object identifier 2.23.43.5.n as octets, n at the end; tag and length in front are not asked for. */
const isIdentifier = (b: Uint8Array, at: number): boolean =>
  b[at] === 0x67 && b[at + 1] === 0x2b && b[at + 2] === 0x05 && NAMES[b[at + 3]!] !== undefined;

/** Entries of a directory file that name provisioning files. Octets that are no directory give none. */
export function provisioningEntries(b: Uint8Array): ProvisioningEntry[] {
  const places: number[] = [];
  for (let at = 0; at + 4 <= b.length && places.length < MOST_ENTRIES; at += 1)
    if (isIdentifier(b, at)) places.push(at);
  return places.flatMap((at, i) => {
    const found = pathBehind(b, at + 4, places[i + 1] ?? b.length);
    return found === null ? [] : [{ name: NAMES[b[at + 3]!]!, ...found }];
  });
}

// draft-ietf-opsawg-pcapng-05 3.1, General Block Structure; 10.1, Standardized Block Type Codes.

import { u32 } from '../octets.ts';

export const BLOCK = {
  sectionHeader: 0x0a0d0d0a,
  interfaceDescription: 1,
  packet: 2,
  simplePacket: 3,
  nameResolution: 4,
  interfaceStatistics: 5,
  enhancedPacket: 6,
  systemdJournal: 9,
  decryptionSecrets: 0x0a,
  custom: 0x0bad,
  customUncopied: 0x40000bad,
} as const;

/** Octets of a block of each known type, without options. */
const LEAST: ReadonlyMap<number, number> = new Map([
  [BLOCK.sectionHeader, 28],
  [BLOCK.interfaceDescription, 20],
  [BLOCK.packet, 32],
  [BLOCK.simplePacket, 16],
  [BLOCK.nameResolution, 12],
  [BLOCK.interfaceStatistics, 24],
  [BLOCK.enhancedPacket, 32],
  [BLOCK.systemdJournal, 12],
  [BLOCK.decryptionSecrets, 20],
  [BLOCK.custom, 16],
  [BLOCK.customUncopied, 16],
]);

const NAMES: ReadonlyMap<number, string> = new Map([
  [BLOCK.nameResolution, 'name resolution'],
  [BLOCK.interfaceStatistics, 'interface statistics'],
  [BLOCK.systemdJournal, 'systemd journal'],
  [BLOCK.decryptionSecrets, 'decryption secrets'],
  [BLOCK.custom, 'custom'],
  [BLOCK.customUncopied, 'custom'],
]);

export const leastLength = (type: number): number => LEAST.get(type) ?? 12;
export const isKnown = (type: number): boolean => LEAST.has(type);
export const blockName = (type: number): string =>
  NAMES.get(type) ?? `unknown block 0x${type.toString(16).padStart(8, '0')}`;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** Byte order that the magic of a section header at `at` gives; undefined when it is damaged. */
export function byteOrder(b: Uint8Array, at: number): boolean | undefined {
  if (u32(b, at + 8, true) === BYTE_ORDER_MAGIC) return true;
  if (u32(b, at + 8, false) === BYTE_ORDER_MAGIC) return false;
  return undefined;
}

export const padded = (n: number): number => (n + 3) & ~3;

/** Is a file with these first octets a pcapng file? The magic may be damaged when the block lengths agree. */
export function isPcapng(head: Uint8Array): boolean {
  if (head.length < 12 || u32(head, 0, true) !== BLOCK.sectionHeader) return false;
  return byteOrder(head, 0) !== undefined || guessByteOrder(head, 0, head.length) !== undefined;
}

/** The byte order in which a block's two lengths agree; for section headers without a good magic. */
export function guessByteOrder(b: Uint8Array, at: number, end: number): boolean | undefined {
  for (const little of [true, false]) {
    const total = u32(b, at + 4, little);
    if (total < 28 || total % 4 !== 0 || at + total > end) continue;
    if (u32(b, at + total - 4, little) === total) return little;
  }
  return undefined;
}

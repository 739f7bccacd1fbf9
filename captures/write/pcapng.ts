// draft-ietf-opsawg-pcapng-05: writes pcapng files of several sections and interfaces.

import { BLOCK, padded } from '../pcapng/format.ts';
import { OPTION } from '../pcapng/options.ts';
import { OctetWriter } from './octets.ts';
import type { WrittenFrame } from './pcap.ts';

export interface WrittenInterface {
  readonly linkType: number;
  /** 0: no limit. */
  readonly snapLength?: number;
  readonly name?: string;
  readonly comment?: string;
  /** Ticks of a second: a power of 10 or of 2. Left out: microseconds, and no option is written. */
  readonly resolution?: { readonly base: 2 | 10; readonly exponent: number };
  /** Seconds that readers must add to the times of this interface. */
  readonly offset?: bigint;
}

export type WrittenBlock =
  | (WrittenFrame & {
      readonly kind: 'packet' | 'obsolete';
      readonly interface: number;
      readonly comment?: string;
      readonly lost?: number;
    })
  /** A simple packet block; of interface 0, without time. */
  | { readonly kind: 'simple'; readonly bytes: Uint8Array; readonly wireLength?: number }
  /** An interface that is described only here; its number is the next one of the section. */
  | { readonly kind: 'interface'; readonly interface: WrittenInterface }
  | { readonly kind: 'other'; readonly type: number; readonly body: Uint8Array };

export interface WrittenSection {
  readonly byteOrder?: 'little' | 'big';
  readonly comment?: string;
  readonly hardware?: string;
  readonly system?: string;
  readonly application?: string;
  readonly interfaces: readonly WrittenInterface[];
  readonly blocks: readonly WrittenBlock[];
  /** Give the section's length instead of -1. */
  readonly withLength?: boolean;
}

export function writePcapng(sections: readonly WrittenSection[]): Uint8Array {
  const parts = sections.map(writeSection);
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function writeSection(section: WrittenSection): Uint8Array {
  const out = new OctetWriter(section.byteOrder !== 'big');
  const interfaces = [...section.interfaces];
  let lengthAt = 0;
  block(out, BLOCK.sectionHeader, () => {
    out.u32(0x1a2b3c4d).u16(1).u16(0);
    lengthAt = out.length;
    out.u64(-1n);
    options(out, [
      [OPTION.comment, section.comment],
      [2, section.hardware],
      [3, section.system],
      [4, section.application],
    ]);
  });
  const first = out.length;
  for (const f of section.interfaces) describe(out, f);
  for (const b of section.blocks) {
    if (b.kind === 'interface') {
      interfaces.push(b.interface);
      describe(out, b.interface);
    } else if (b.kind === 'other') block(out, b.type, () => out.raw(b.body).pad());
    else if (b.kind === 'simple') {
      block(out, BLOCK.simplePacket, () => {
        out
          .u32(b.wireLength ?? b.bytes.length)
          .raw(b.bytes)
          .pad();
      });
    } else packet(out, b, interfaces[b.interface]);
  }
  if (section.withLength === true) {
    const length = out.length - first;
    out.patch32(lengthAt + (out.little ? 0 : 4), length);
    out.patch32(lengthAt + (out.little ? 4 : 0), 0);
  }
  return out.done();
}

function block(out: OctetWriter, type: number, body: () => void): void {
  const at = out.length;
  out.u32(type).u32(0);
  body();
  const total = out.length - at + 4;
  out.u32(total);
  out.patch32(at + 4, total);
}

const utf8 = new TextEncoder();

function options(out: OctetWriter, list: readonly (readonly [number, string | Uint8Array | undefined])[]): void {
  let any = false;
  for (const [code, value] of list) {
    if (value === undefined) continue;
    any = true;
    const bytes = typeof value === 'string' ? utf8.encode(value) : value;
    out.u16(code).u16(bytes.length).raw(bytes).pad();
  }
  if (any) out.u16(OPTION.end).u16(0);
}

function describe(out: OctetWriter, f: WrittenInterface): void {
  const resolution = f.resolution;
  const octet = resolution === undefined ? undefined : (resolution.base === 2 ? 0x80 : 0) | resolution.exponent;
  const offset = f.offset === undefined ? undefined : new OctetWriter(out.little).u64(f.offset).done();
  block(out, BLOCK.interfaceDescription, () => {
    out
      .u16(f.linkType)
      .u16(0)
      .u32(f.snapLength ?? 0);
    options(out, [
      [OPTION.comment, f.comment],
      [OPTION.interfaceName, f.name],
      [OPTION.timeResolution, octet === undefined ? undefined : new Uint8Array([octet])],
      [OPTION.timeOffset, offset],
    ]);
  });
}

function packet(
  out: OctetWriter,
  b: Extract<WrittenBlock, { readonly kind: 'packet' | 'obsolete' }>,
  f: WrittenInterface | undefined,
): void {
  const { base, exponent } = f?.resolution ?? { base: 10, exponent: 6 };
  const ticks = ((b.time - (f?.offset ?? 0n) * 1_000_000_000n) * BigInt(base) ** BigInt(exponent)) / 1_000_000_000n;
  block(out, b.kind === 'packet' ? BLOCK.enhancedPacket : BLOCK.packet, () => {
    if (b.kind === 'packet') out.u32(b.interface);
    else out.u16(b.interface).u16(b.lost ?? 0xffff);
    out.u32(Number(BigInt.asUintN(32, ticks >> 32n))).u32(Number(BigInt.asUintN(32, ticks)));
    out.u32(b.bytes.length).u32(b.wireLength ?? b.bytes.length);
    out.raw(b.bytes).raw(new Uint8Array(padded(b.bytes.length) - b.bytes.length));
    const lost =
      b.lost === undefined || b.kind === 'obsolete'
        ? undefined
        : new OctetWriter(out.little).u64(BigInt(b.lost)).done();
    options(out, [
      [OPTION.comment, b.comment],
      [OPTION.packetDropped, lost],
    ]);
  });
}

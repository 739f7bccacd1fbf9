import type { Cursor } from '../../base/cursor.ts';
import { header, readHeader } from '../../link/header.ts';
import { CONTROL, CUT, INNER_IP, UDP_PAYLOAD } from '../../link/next.ts';
import type { Packet } from '../../link/packet.ts';
import { gtpuFields as f } from './fields.ts';

/** 3GPP TS 29.281 4.4.2.3. */
export const GTPU_PORT = 2152;

const G_PDU = 255;
/** Version 1, protocol type GTP; the spare bit and the three presence flags are free. */
const VERSION_MASK = 0xf0;
const VERSION_1_GTP = 0x30;
const EXTENSION = 0x04;
const OPTIONAL_FIELDS = 0x07;
const MAX_EXTENSIONS = 8;

const fixed = header(f.flags, f.messageType, f.length, f.teid);

// 3GPP TS 29.281 5.1, General format of the GTP-U header. Anything else on the port stays a UDP payload.
export function decodeGtpu(c: Cursor, p: Packet): number {
  const flags = c.peek();
  const type = c.peek(1);
  if (flags === undefined || type === undefined || (flags & VERSION_MASK) !== VERSION_1_GTP) return UDP_PAYLOAD;
  const announced = ((c.peek(2) ?? 0) << 8) | (c.peek(3) ?? 0);
  // Offload can leave a length of 0, never one beyond the datagram.
  if (announced > c.left - fixed.size + p.missing) return UDP_PAYLOAD;
  if (c.left < fixed.size && c.rec === null) return CUT;
  readHeader(c, fixed);
  if (type !== G_PDU) return CONTROL;
  if ((flags & OPTIONAL_FIELDS) !== 0) {
    if (c.left < 4 && c.rec === null) return CUT;
    c.u16(f.sequence);
    c.u8(f.npdu);
    const extension = c.u8(f.nextExtension);
    if ((flags & EXTENSION) !== 0 && !skipExtensions(c, extension)) return CUT;
  }
  return INNER_IP;
}

// 3GPP TS 29.281 5.2.1: length in units of 4 octets, it and the next type included. False: cut or endless.
function skipExtensions(c: Cursor, first: number): boolean {
  let next = first;
  for (let i = 0; i < MAX_EXTENSIONS; i++) {
    if (next === 0) return true;
    const units = c.peek() ?? 0;
    if ((units === 0 || units * 4 > c.left) && c.rec === null) return false;
    c.u8(f.extensionLength);
    c.span(f.extensionData, units * 4 - 2);
    next = c.u8(f.nextExtension);
  }
  return next === 0;
}

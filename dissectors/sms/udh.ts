// User data header of short messages.

import type { Cursor } from '../base/cursor.ts';
import { fields } from '../base/fields.ts';
import type { Concatenation, Ports, UserDataHeader } from '../base/message.ts';
import {
  ELEMENT_LENGTHS,
  ELEMENT_NAMES,
  elementName,
  elementReserved,
  isRepeatable,
  LANGUAGES,
  SAME_MEANING,
} from './elements.ts';
import { udhRules } from './udhrules.ts';

export const udhFields = fields('sms.udh', {
  header: { kind: 'group', label: 'User data header', clause: '3GPP TS 23.040 9.2.3.24' },
  length: { kind: 'u8', label: 'Header length', unit: 'octets' },
  element: { kind: 'group', label: 'Information element' },
  iei: { kind: 'u8', label: 'Element', names: ELEMENT_NAMES, hex: true },
  iel: { kind: 'u8', label: 'Element length', unit: 'octets' },
  data: { kind: 'bytes', label: 'Element data' },
  reference8: { kind: 'u8', label: 'Reference', clause: '3GPP TS 23.040 9.2.3.24.1' },
  reference16: { kind: 'u16', label: 'Reference', clause: '3GPP TS 23.040 9.2.3.24.8' },
  total: { kind: 'u8', label: 'Number of parts' },
  part: { kind: 'u8', label: 'Part number' },
  destinationPort8: { kind: 'u8', label: 'Destination port', clause: '3GPP TS 23.040 9.2.3.24.3' },
  sourcePort8: { kind: 'u8', label: 'Source port' },
  destinationPort16: { kind: 'u16', label: 'Destination port', clause: '3GPP TS 23.040 9.2.3.24.4' },
  sourcePort16: { kind: 'u16', label: 'Source port' },
  indication: { kind: 'u8', label: 'Indication and storage', hex: true, clause: '3GPP TS 23.040 9.2.3.24.2' },
  count: { kind: 'u8', label: 'Message count' },
  control: { kind: 'u8', label: 'Control parameters', hex: true, clause: '3GPP TS 23.040 9.2.3.24.5' },
  source: {
    kind: 'u8',
    label: 'Source of the following elements',
    names: { 1: 'original sender', 2: 'original receiver', 3: 'service centre' },
    clause: '3GPP TS 23.040 9.2.3.24.6',
  },
  position: { kind: 'u8', label: 'Position' },
  span: { kind: 'u8', label: 'Characters' },
  format: { kind: 'u8', label: 'Format', hex: true, clause: '3GPP TS 23.040 9.2.3.24.10.1.1' },
  number: { kind: 'u8', label: 'Number' },
  headerEnd: { kind: 'u8', label: 'E-mail header length', clause: '3GPP TS 23.040 9.2.3.24.11' },
  linkPosition: { kind: 'u16', label: 'Position', clause: '3GPP TS 23.040 9.2.3.24.12' },
  titleLength: { kind: 'u8', label: 'Title length' },
  urlLength: { kind: 'u8', label: 'URL length' },
  language: { kind: 'u8', label: 'Language', names: LANGUAGES, clause: '3GPP TS 23.040 9.2.3.24.15, 9.2.3.24.16' },
  stray: { kind: 'bytes', label: 'Stray octets' },
});

export interface UdhElement {
  readonly id: number;
  /** First octet of the element's data in the cursor's buffer, and how many there are. */
  readonly start: number;
  readonly length: number;
}

/** Numbers of parts are as sent: `part` may be 0 or above `total`, and `total` may be 0. */
export interface Udh extends UserDataHeader {
  readonly elements: readonly UdhElement[];
}

const u16 = (b: Uint8Array, at: number): number => (b[at]! << 8) | b[at + 1]!;

function readData(h: Cursor, id: number, size: number): void {
  const f = udhFields;
  const end = h.pos + size;
  const w = h.window(size);
  const fits = size >= (ELEMENT_LENGTHS[id] ?? 0);
  if (!fits || ELEMENT_LENGTHS[id] === undefined) {
    if (id === 10 && size >= 3) {
      w.u8(f.position);
      w.u8(f.span);
      w.u8(f.format);
    } else if ((id === 12 || id === 18) && size >= 1) w.u8(f.position);
  } else if (id === 0 || id === 8) {
    if (id === 0) w.u8(f.reference8);
    else w.u16(f.reference16);
    w.u8(f.total);
    w.u8(f.part);
  } else if (id === 4) {
    w.u8(f.destinationPort8);
    w.u8(f.sourcePort8);
  } else if (id === 5) {
    w.u16(f.destinationPort16);
    w.u16(f.sourcePort16);
  } else if (id === 1) {
    w.u8(f.indication);
    w.u8(f.count);
  } else if (id === 6) w.u8(f.control);
  else if (id === 7) w.u8(f.source);
  else if (id === 11 || id === 13) {
    w.u8(f.position);
    w.u8(f.number);
  } else if (id >= 14 && id <= 17) w.u8(f.position);
  else if (id === 19) w.u8(f.number);
  else if (id === 32) w.u8(f.headerEnd);
  else if (id === 33) {
    w.u16(f.linkPosition);
    w.u8(f.titleLength);
    w.u8(f.urlLength);
  } else if (id === 36 || id === 37) w.u8(f.language);
  if (w.pos < end) w.raw(f.data, end - w.pos);
}

interface Reading {
  elements: UdhElement[];
  concatenation: Concatenation | null;
  ports: Ports | null;
  singleShift: number | null;
  lockingShift: number | null;
}

const sameConcatenation = (a: Concatenation, b: Concatenation): boolean =>
  (a.reference & 0xff) === (b.reference & 0xff) && a.total === b.total && a.part === b.part;

/** Takes the meaning of one element over; elements shorter than they must be have none. */
function interpret(c: Cursor, out: Reading, e: UdhElement): void {
  const b = c.bytes;
  const at = e.start;
  const need = ELEMENT_LENGTHS[e.id];
  if (need !== undefined && e.length < need) return;
  if (e.id === 0 || e.id === 8) {
    const wide = e.id === 8;
    const next: Concatenation = {
      reference: wide ? u16(b, at) : b[at]!,
      bits: wide ? 16 : 8,
      total: b[at + (wide ? 2 : 1)]!,
      part: b[at + (wide ? 3 : 2)]!,
    };
    if (out.concatenation !== null && !sameConcatenation(out.concatenation, next)) {
      c.report(udhRules.contradiction, at - 2, e.length + 2, 'two concatenation elements say different things');
    }
    out.concatenation = next;
    if (next.total === 0) {
      c.report(udhRules.total, at, e.length, `part ${next.part} of 0`);
    } else if (next.part === 0 || next.part > next.total) {
      c.report(udhRules.partNumber, at, e.length, `part ${next.part} of ${next.total}`);
    }
  } else if (e.id === 4 || e.id === 5) {
    const wide = e.id === 5;
    const next: Ports = wide
      ? { destination: u16(b, at), source: u16(b, at + 2) }
      : { destination: b[at]!, source: b[at + 1]! };
    if (out.ports !== null && (out.ports.destination !== next.destination || out.ports.source !== next.source)) {
      const message = `port ${next.destination} after port ${out.ports.destination}`;
      c.report(udhRules.contradiction, at - 2, e.length + 2, message);
    }
    out.ports = next;
  } else if (e.id === 36) out.singleShift = b[at]!;
  else if (e.id === 37) out.lockingShift = b[at]!;
}

function judge(c: Cursor, seen: readonly UdhElement[], e: UdhElement, claimed: number): void {
  const hexId = e.id.toString(16).toUpperCase().padStart(2, '0');
  if (elementReserved(e.id)) c.report(udhRules.reserved, e.start - 2, 1, `element ${hexId}`);
  const need = ELEMENT_LENGTHS[e.id];
  if (need !== undefined && claimed !== need) {
    c.report(udhRules.elementLength, e.start - 1, 1, `element ${hexId} has ${claimed} octets where ${need} are due`);
  }
  const twin = SAME_MEANING[e.id];
  for (const other of seen) {
    if (other.id === e.id && !isRepeatable(e.id)) {
      c.report(udhRules.repeated, e.start - 2, e.length + 2, `element ${hexId} again`);
      return;
    }
    if (other.id === twin) {
      c.report(udhRules.repeated, e.start - 2, e.length + 2, `element ${hexId} has the meaning of an earlier element`);
      return;
    }
  }
}

// 3GPP TS 23.040 9.2.3.24, TP-User Data: the header in front of the content.
/**
 * Reads a user data header at the cursor: length octet, then information elements. The cursor ends behind the header
 * (at the end of its window when the header claims more). What was readable is kept; findings say the rest.
 */
export function decodeUdh(c: Cursor): Udh {
  const f = udhFields;
  return c.group(f.header, undefined, () => {
    const at = c.pos;
    const claimedLength = c.u8(f.length);
    const out: Reading = { elements: [], concatenation: null, ports: null, singleShift: null, lockingShift: null };
    const overrun = claimedLength > c.left;
    if (overrun) {
      c.report(udhRules.overrun, at, 1, `the header claims ${claimedLength} octets, ${c.left} are there`);
    }
    if (claimedLength === 0) c.report(udhRules.empty, at, 1, 'header length 0');
    const h = c.windowUpTo(claimedLength);
    while (h.left >= 2) {
      h.group(
        f.element,
        undefined,
        () => {
          const id = h.u8(f.iei);
          const claimed = h.u8(f.iel);
          const size = Math.min(claimed, h.left);
          // Where the header is cut, so is its last element.
          if (size < claimed && !overrun) {
            h.report(udhRules.elementOverrun, h.pos - 1, 1, `the element claims ${claimed} octets, ${size} are left`);
          }
          const e: UdhElement = { id, start: h.pos, length: size };
          judge(h, out.elements, e, claimed);
          readData(h, id, size);
          interpret(h, out, e);
          out.elements.push(e);
          return elementName(id);
        },
        (name) => name,
      );
    }
    if (h.left > 0) {
      if (!overrun) h.report(udhRules.strayOctet, h.pos, h.left, 'one octet is too short for an element');
      h.raw(f.stray, h.left);
    }
    return { length: c.pos - at, ...out };
  });
}

/**
 * Whether [start, end) begins with what can only be a user data header: elements of known kinds and right lengths fill
 * it exactly, and at least one of them is a valid concatenation or an application port. For data whose indicator bit
 * is not set.
 */
export function looksLikeUdh(b: Uint8Array, start: number, end: number): boolean {
  const length = b[start];
  if (length === undefined || length < 4 || length > 139 || start + 1 + length > end) return false;
  const stop = start + 1 + length;
  let at = start + 1;
  let telling = false;
  while (at < stop) {
    if (at + 2 > stop) return false;
    const id = b[at]!;
    const size = b[at + 1]!;
    const data = at + 2;
    const need = ELEMENT_LENGTHS[id];
    if (data + size > stop || elementReserved(id) || (need !== undefined && size !== need)) return false;
    if (id === 0 || id === 8) {
      const total = b[data + size - 2]!;
      const part = b[data + size - 1]!;
      if (total < 2 || part < 1 || part > total) return false;
      telling = true;
    } else if (id === 5) telling = true;
    at = data + size;
  }
  return telling;
}

// One APDU of a card: header, command data, response data, status.

import type { Cursor } from '../../base/cursor.ts';
import { simFields as f } from './fields.ts';
import { simRules } from './rules.ts';

export const INS = {
  fetch: 0x12,
  verify: 0x20,
  change: 0x24,
  disable: 0x26,
  enable: 0x28,
  unblock: 0x2c,
  authenticate: 0x88,
  select: 0xa4,
  readBinary: 0xb0,
  readRecord: 0xb2,
  getResponse: 0xc0,
  envelope: 0xc2,
  updateBinary: 0xd6,
  updateRecord: 0xdc,
} as const;

/** Instructions with data for the card: P3 counts them. */
const WITH_DATA: ReadonlySet<number> = new Set([
  0x10, 0x14, 0x20, 0x24, 0x26, 0x28, 0x2c, 0x32, 0x82, 0x88, 0x89, 0xa2, 0xa4, 0xaa, 0xc2, 0xd6, 0xdb, 0xdc, 0xe0,
  0xe4,
]);
/** Instructions whose data are PINs, or keys derived from the subscriber's. */
const SECRET: ReadonlySet<number> = new Set([INS.verify, INS.change, INS.disable, INS.enable, INS.unblock, 0x88, 0x89]);

export interface Range {
  readonly start: number;
  readonly length: number;
}

export interface Apdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly p3: number;
  /** Octets of the cursor's buffer. */
  readonly command: Range;
  readonly response: Range;
  /** null: not in the trace. */
  readonly status: number | null;
}

/** Carried out, perhaps with more to fetch (61, 9F), a proactive command waiting (91), or a warning (62, 63, 92). */
export function succeeded(status: number | null): boolean {
  if (status === null || status === 0x9000) return true;
  const first = status >> 8;
  return (
    first === 0x91 || first === 0x61 || first === 0x9f || first === 0x62 || first === 0x63 || status >> 4 === 0x920
  );
}

/** The response to this command is fetched by GET RESPONSE. */
export const hasMore = (status: number | null): boolean =>
  status !== null && (status >> 8 === 0x61 || status >> 8 === 0x9f);

const STATUSES: Readonly<Record<number, string>> = {
  36864: 'normal ending',
  37632: 'toolkit is busy',
  37888: 'no file selected',
  37890: 'out of range',
  37892: 'file not found',
  37896: 'the file does not fit the command',
  38914: 'no PIN initialised',
  38916: 'access condition not fulfilled, or wrong PIN',
  38920: 'contradiction with the PIN status',
  38976: 'PIN blocked',
  26368: 'wrong length',
  27010: 'security status not satisfied',
  27011: 'PIN blocked',
  27013: 'conditions of use not satisfied',
  27014: 'command not allowed, no file selected',
  27264: 'wrong data',
  27266: 'file not found',
  27267: 'record not found',
  27270: 'wrong P1 or P2',
  27392: 'wrong P1 or P2',
  27904: 'instruction not supported',
  28160: 'class not supported',
  28416: 'technical problem',
};
const RANGES: Readonly<Record<number, string>> = {
  97: 'more data is available',
  98: 'warning, memory unchanged',
  99: 'warning, memory changed',
  108: 'wrong expected length',
  145: 'normal ending, a proactive command waits',
  146: 'memory management',
  158: 'data download error',
  159: 'more data is available',
};

export const describeStatus = (status: number): string =>
  STATUSES[status] ?? RANGES[status >> 8] ?? `status ${status.toString(16)}`;

function part(c: Cursor, field: typeof f.command, length: number): Range {
  const start = c.pos;
  if (length > 0) c.span(field, length);
  return { start, length };
}

// ETSI TS 102 221 10.1: class, instruction, P1, P2, P3, then data and status as they came over the line.
/**
 * Reads the APDU in the cursor's whole window. `hasStatus`: its last two octets are the status. `data` reads command or
 * response data into the tree in place of plain octets, and need not.
 */
export function readApdu(c: Cursor, hasStatus: boolean, data?: (c: Cursor, a: Apdu) => void): Apdu {
  const cla = c.u8(f.cla);
  const ins = c.u8(f.ins);
  const p1 = c.u8(f.p1);
  const p2 = c.u8(f.p2);
  const p3At = c.pos;
  const p3 = c.u8(f.p3);
  const statusOctets = hasStatus && c.left >= 2 ? 2 : 0;
  const octets = c.left - statusOctets;
  const announced = WITH_DATA.has(ins) ? p3 : 0;
  // A refusal may come before the data.
  const commandOctets = Math.min(announced, octets);
  if (commandOctets < announced && octets > 0) {
    c.report(simRules.length, p3At, 1, `${announced} octets announced, ${octets} are there`);
  }
  const rest = octets - commandOctets;
  const status = statusOctets === 0 ? null : (c.bytes[c.end - 2]! << 8) | c.bytes[c.end - 1]!;
  const start = c.pos;
  // One octet between data and status is the expected length of a command that has both.
  const expected = announced > 0 && rest === 1 ? 1 : 0;
  const a: Apdu = {
    cla,
    ins,
    p1,
    p2,
    p3,
    command: { start, length: commandOctets },
    response: { start: start + commandOctets + expected, length: rest - expected },
    status,
  };
  const secret = SECRET.has(ins);
  if (!secret) data?.(c, a);
  if (c.pos < start + commandOctets) part(c, secret ? f.secret : f.command, start + commandOctets - c.pos);
  if (expected === 1) c.u8(f.expected);
  const left = c.left - statusOctets;
  if (left > 0) part(c, secret ? f.secret : f.response, left);
  if (status !== null) {
    const at = c.take(2);
    if (c.rec !== null) c.rec.leaf(f.status, at, 2, status, `${status.toString(16)}: ${describeStatus(status)}`);
  }
  return a;
}

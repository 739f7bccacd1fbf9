// WAP-230-WSP 8.2.2: what opens, moves and closes a session.

import type { Cursor } from '../../base/cursor.ts';
import { type Capabilities, readCapabilities } from './capabilities.ts';
import { f } from './fields.ts';
import { readUintvar } from './primitives.ts';
import { WSP } from './rules.ts';

/** What Connect, ConnectReply, Redirect, Disconnect, Suspend and Resume say. */
export interface WspSession {
  /** Major and minor in one octet; of Connect only. */
  readonly version: number | null;
  /** Of all but Connect and Redirect. */
  readonly id: number | null;
  readonly capabilities: Capabilities | null;
  /** Of Redirect: where to connect instead. */
  readonly redirects: readonly string[];
}

const CONNECT = 0x01;
const CONNECT_REPLY = 0x02;
const REDIRECT = 0x03;
const DISCONNECT = 0x05;
const SUSPEND = 0x08;
const RESUME = 0x09;

export const isSessionPdu = (type: number): boolean =>
  type === CONNECT ||
  type === CONNECT_REPLY ||
  type === REDIRECT ||
  type === DISCONNECT ||
  type === SUSPEND ||
  type === RESUME;

function short(c: Cursor, what: string): null {
  c.report(WSP.truncated, c.pos, c.left, `The PDU ends inside ${what}`);
  c.pos = c.end;
  return null;
}

/**
 * Reads the PDU behind its type. `headers` is called with the window of the headers, or undefined where their length
 * can't be read. Null: the PDU ends too early to mean anything.
 */
export function readSession(c: Cursor, type: number, headers: (length: number | undefined) => void): WspSession | null {
  if (c.left === 0) return short(c, type === REDIRECT ? 'the flags' : 'the PDU');
  if (type === REDIRECT) return redirect(c);
  // 8.2.2.1 Connect: version. All others: session identifier.
  const version = type === CONNECT ? c.u8(f.version) : null;
  const id = type === CONNECT ? null : readUintvar(c, f.sessionId);
  if (id === undefined) return short(c, 'the session identifier');
  if (type === DISCONNECT || type === SUSPEND) return { version, id, capabilities: null, redirects: [] };
  const size = readUintvar(c, f.capabilitiesLength);
  if (size === undefined) return short(c, 'the capabilities length');
  // 8.2.2.6 Resume has no headers length: headers are what is left.
  const headersLength = type === RESUME ? undefined : readUintvar(c, f.headersLength);
  if (size > c.left) return short(c, 'the capabilities');
  const capabilities = c.group(f.capabilities, `${size} octets`, () => readCapabilities(c.window(size)));
  headers(type === RESUME ? c.left : headersLength);
  return { version, id, capabilities, redirects: [] };
}

/** Flags of an address: a bearer type, a port, and how long it is (8.2.2.3). */
const HAS_BEARER = 0x80;
const HAS_PORT = 0x40;
const ADDRESS_LENGTH = 0x3f;

// 8.2.2.3 Redirect: flags and addresses.
function redirect(c: Cursor): WspSession | null {
  c.u8(f.flags);
  const length = readUintvar(c, f.addressesLength);
  if (length === undefined || length > c.left) return short(c, 'the addresses');
  const w = c.window(length);
  const redirects: string[] = [];
  while (w.left > 0) {
    const text = w.group(
      f.address,
      undefined,
      () => redirectAddress(w),
      (t) => t ?? '',
    );
    if (text === null) break;
    redirects.push(text);
  }
  return { version: null, id: null, capabilities: null, redirects };
}

function redirectAddress(w: Cursor): string | null {
  const flags = w.u8(f.addressFlags);
  const needed = (flags & ADDRESS_LENGTH) + ((flags & HAS_BEARER) === 0 ? 0 : 1) + ((flags & HAS_PORT) === 0 ? 0 : 2);
  if (needed > w.left) return short(w, 'an address');
  if ((flags & HAS_BEARER) !== 0) w.u8(f.addressBearer);
  const port = (flags & HAS_PORT) === 0 ? null : w.u16(f.addressPort);
  const octets = w.raw(f.addressOctets, flags & ADDRESS_LENGTH);
  const address =
    octets.length === 4 ? octets.join('.') : Array.from(octets, (o) => o.toString(16).padStart(2, '0')).join('');
  return port === null ? address : `${address}:${port}`;
}

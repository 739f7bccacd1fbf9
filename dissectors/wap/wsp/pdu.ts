// WAP-230-WSP 8.2: PDUs. Push and ConfirmedPush in full, the others as far as their headers go.

import type { Rule } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Range } from '../../content/document.ts';
import type { WspHeader, WspPush } from '../push.ts';
import { type ContentType, readContentType } from './contenttype.ts';
import { f } from './fields.ts';
import { headersEnd } from './framing.ts';
import { readHeaders } from './headers.ts';
import { CONFIRMED_PUSH, PDU_TYPES, PUSH } from './names.ts';
import { readUintvar } from './primitives.ts';
import { WSP } from './rules.ts';
import { judgeSecurity } from './security.ts';
import { isSessionPdu, readSession, type WspSession } from './session.ts';

export interface WspOptions {
  /** True: as in WTP, without the transaction octet in front. */
  readonly connectionOriented?: boolean;
}

/** What is filled in while reading; whatever was read stays. */
interface Draft {
  readonly transactionId: number | null;
  readonly pduType: string;
  contentType: ContentType | null;
  headers: WspHeader[];
  body: Range;
  session: WspSession | null;
}

const REPLY = 0x04;

function short(c: Cursor, what: string): void {
  c.report(WSP.truncated, c.pos, c.left, `The PDU ends inside ${what}`);
  c.pos = c.end;
}

/** The body is opened for reading elsewhere; here it is only where it is. */
function takeBody(c: Cursor, d: Draft): void {
  d.body = { start: c.pos, length: c.left };
  if (c.left > 0) c.rec?.leaf(f.body, c.pos, c.left, null, `${c.left} octets`);
  c.pos = c.end;
}

/** Reads the length of the headers and makes their window. */
function headersWindow(c: Cursor): Cursor | undefined {
  const at = c.pos;
  const claimed = readUintvar(c, f.headersLength);
  if (claimed === undefined) {
    short(c, 'the headers length');
    return undefined;
  }
  const length = c.pos - at;
  const { end, fault } = headersEnd(c, claimed);
  const tell = (rule: Rule): void =>
    c.report(rule, at, length, `The headers length is ${claimed}; ${end - c.pos} octets are headers`);
  if (fault === 'long') tell(WSP.headersLong);
  if (fault === 'short') tell(WSP.headersShort);
  return c.window(end - c.pos);
}

// 8.2.4.1 Push and ConfirmedPush, 8.2.3.3 Reply: headers length, content type, headers, data.
function typedBody(c: Cursor, d: Draft): void {
  const w = headersWindow(c);
  if (w === undefined) return;
  const row = c.rec?.open(f.headers, w.pos) ?? -1;
  d.contentType = readContentType(w);
  d.headers = readHeaders(w);
  c.rec?.close(row, w.end);
  takeBody(c, d);
}

function plainHeaders(c: Cursor, d: Draft, length: number | undefined): void {
  if (length === undefined) {
    short(c, 'the headers length');
    return;
  }
  if (length > c.left)
    c.report(WSP.headersLong, c.pos, c.left, `The headers length is ${length}, ${c.left} octets are left`);
  const w = c.windowUpTo(length);
  const row = c.rec?.open(f.headers, w.pos) ?? -1;
  d.headers = readHeaders(w);
  c.rec?.close(row, w.end);
}

function uri(c: Cursor, length: number): void {
  const at = c.take(length);
  let text = '';
  for (const o of c.bytes.subarray(at, at + Math.min(length, 4096))) text += String.fromCharCode(o);
  c.rec?.leaf(f.uri, at, length, text);
}

// 8.2.3.1 Get: URI, then headers up to the end. 8.2.3.2 Post: lengths of both, URI, content type, headers, data.
function method(c: Cursor, d: Draft, posts: boolean): void {
  const uriLength = readUintvar(c, f.uriLength);
  const headersLength = posts ? readUintvar(c, f.headersLength) : 0;
  if (uriLength === undefined || headersLength === undefined || uriLength > c.left) {
    short(c, 'the URI');
    return;
  }
  uri(c, uriLength);
  if (!posts) {
    plainHeaders(c, d, c.left);
    return;
  }
  const w = c.windowUpTo(headersLength);
  d.contentType = readContentType(w);
  d.headers = readHeaders(w);
  takeBody(c, d);
}

function readPdu(c: Cursor, d: Draft, type: number): void {
  if (type === PUSH || type === CONFIRMED_PUSH) typedBody(c, d);
  else if (type === REPLY) {
    if (c.left === 0) short(c, 'the status');
    else {
      c.u8(f.status);
      typedBody(c, d);
    }
  } else if (isSessionPdu(type)) d.session = readSession(c, type, (length) => plainHeaders(c, d, length));
  else if (type >= 0x40 && type < 0x60) method(c, d, false);
  else if (type >= 0x60 && type < 0x80) method(c, d, true);
}

/**
 * Decodes the PDU that fills the window; the cursor should count in 'datagram'. Undefined: there is no room for a
 * PDU type, or it is not assigned. Else whatever could be read, with what is wrong among the cursor's findings
 * (WSP-*). Never throws.
 *
 * @see WAP-230-WSP-20010705-a 8.2, 8.4
 */
export function decodeWsp(c: Cursor, options: WspOptions = {}): WspPush | undefined {
  const connectionless = options.connectionOriented !== true;
  if (c.left < (connectionless ? 2 : 1)) return undefined;
  const transactionId = connectionless ? c.u8(f.transactionId) : null;
  const type = c.u8(f.pduType);
  const pduType = PDU_TYPES[type];
  if (pduType === undefined) {
    c.report(WSP.pduType, c.pos - 1, 1, `PDU type 0x${type.toString(16)} is not assigned`);
    return undefined;
  }
  const d: Draft = {
    transactionId,
    pduType,
    contentType: null,
    headers: [],
    body: { start: c.end, length: 0 },
    session: null,
  };
  readPdu(c, d, type);
  const parameters = d.contentType?.parameters ?? [];
  const security = judgeSecurity(c, parameters);
  return {
    transactionId,
    pduType,
    contentType: d.contentType?.mediaType ?? null,
    contentTypeRange: d.contentType?.range ?? { start: c.pos, length: 0 },
    parameters: parameters.map(({ name, value, start, length, valueRange }) => ({
      name,
      value,
      start,
      length,
      valueRange,
    })),
    headers: d.headers,
    ...security,
    charset: parameters.find((p) => p.name.toLowerCase() === 'charset')?.number ?? null,
    body: d.body,
    ...(d.session === null ? {} : { session: d.session }),
  };
}

// application/x-www-form-urlencoded: parameters of a query or a form, as text and as octets that lead back to frames.

import type { ByteMap, Mapped, Piece } from '../../base/bytemap.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import { latin1, type Span } from '../text/delimited.ts';
import type { StartFields } from './fields.ts';
import { find } from './octets.ts';

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const QUESTION = 0x3f;
const PERCENT = 0x25;
const PLUS = 0x2b;
const MOST_PARAMETERS = 256;

export interface Parameter {
  /** Lower case. */
  readonly name: string;
  /** The value as it is written. */
  readonly span: Span;
}

/** Names of the content of a message; the gateways' readers know no other. */
export const CONTENT_NAMES = ['text', 'data', 'message', 'msg', 'body', 'ud'] as const;
const CONTENT: ReadonlySet<string> = new Set(CONTENT_NAMES);

/** What lets somebody in, or opens a provisioning message: never shown unless asked for. */
const SECRET = /pass|pwd|pin$|^pin|secret|token|api_?key|session/;
export const isSecretParameter = (name: string): boolean => SECRET.test(name);

/** Parameters between `start` and `end`. */
export function parametersIn(b: Uint8Array, start: number, end: number): Parameter[] {
  const out: Parameter[] = [];
  for (let at = start; at < end && out.length < MOST_PARAMETERS; ) {
    const stop = find(b, AMPERSAND, at, end);
    const equals = find(b, EQUALS, at, stop);
    if (equals < stop) {
      const name = latin1(b, { start: at, length: equals - at }).toLowerCase();
      out.push({ name, span: { start: equals + 1, length: stop - equals - 1 } });
    }
    at = stop + 1;
  }
  return out;
}

/** Where the query of a request target begins, behind its '?'; the target's end where it has none. */
export function queryStart(b: Uint8Array, target: Span): number {
  const end = target.start + target.length;
  return Math.min(end, find(b, QUESTION, target.start, end) + 1);
}

/** Records a request target: its path, and each parameter by itself, so that secrets are masked and nothing else. */
export const recordTarget =
  (f: StartFields) =>
  (c: Cursor, target: Span): void => {
    if (c.rec === null) return;
    const from = queryStart(c.bytes, target);
    const end = target.start + target.length;
    const path: Span = { start: target.start, length: (from < end ? from - 1 : end) - target.start };
    c.rec.leaf(f.path, path.start, path.length, latin1(c.bytes, path));
    recordParameters(c, parametersIn(c.bytes, from, end), f);
  };

export function recordParameters(c: Cursor, parameters: readonly Parameter[], f: StartFields): void {
  for (const p of parameters) {
    const start = p.span.start - p.name.length - 1;
    const field = isSecretParameter(p.name) ? f.secretQuery : f.query;
    // Settings hold passwords: what they say is shown where they are decoded.
    const isContent = CONTENT.has(p.name);
    const text = textOf(c.bytes, p.span).replace(/\p{Cc}/gu, '·');
    const shown = isContent ? `(${p.span.length} characters)` : text;
    c.rec?.leaf(field, start, p.span.start + p.span.length - start, `${p.name}=${shown}`);
  }
}

const digit = (v: number | undefined): number => {
  if (v === undefined) return -1;
  if (v >= 0x30 && v <= 0x39) return v - 0x30;
  const lower = v | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
};

/** The octets a value stands for, and where in the value each run of them began. */
function unescaped(b: Uint8Array, s: Span): { readonly bytes: Uint8Array; readonly runs: readonly Piece[] } {
  const out = new Uint8Array(s.length);
  const runs: { start: number; length: number; frame: number; offset: number; width: number }[] = [];
  const end = s.start + s.length;
  let n = 0;
  for (let at = s.start; at < end; ) {
    const high = b[at] === PERCENT && at + 2 < end ? digit(b[at + 1]) : -1;
    const low = high < 0 ? -1 : digit(b[at + 2]);
    const width = low < 0 ? 1 : 3;
    out[n] = low < 0 ? (b[at] === PLUS ? 0x20 : b[at]!) : high * 16 + low;
    const run = runs.at(-1);
    if (run?.width === width) run.length += 1;
    else runs.push({ start: n, length: 1, frame: -1, offset: at - s.start, width });
    n += 1;
    at += width;
  }
  return { bytes: out.subarray(0, n), runs };
}

export function textOf(b: Uint8Array, s: Span): string {
  const { bytes } = unescaped(b, s);
  return new TextDecoder().decode(bytes);
}

/** The octets a value stands for, each with the frame that spells it. */
export function octetsOf(b: Uint8Array, s: Span, origin: ByteMap): Mapped {
  const { bytes, runs } = unescaped(b, s);
  const map: Piece[] = [];
  for (const run of runs) {
    const width = run.width ?? 1;
    for (const piece of origin) {
      // Octets of the run whose first character lies in this piece.
      const first = Math.max(0, Math.ceil((piece.start - run.offset) / width));
      const stop = Math.min(run.length, Math.ceil((piece.start + piece.length - run.offset) / width));
      if (first >= stop) continue;
      const offset = piece.offset + run.offset + first * width - piece.start;
      const placed = { start: run.start + first, length: stop - first, frame: piece.frame, offset };
      map.push(width === 1 ? placed : { ...placed, width });
    }
  }
  return { bytes, map };
}

export const mappedOctets = (c: Cursor, ctx: Context, s: Span): Mapped =>
  octetsOf(c.bytes, s, ctx.origin(s.start, s.length));

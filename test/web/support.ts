// What the tests of text protocols share: messages written as text, all that the sink heard, sweeps over damage.

import { expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import type { StreamDissector } from '../../dissectors/base/dissector.ts';
import { http } from '../../dissectors/bearer/http/index.ts';
import { sip, sipOverTcp } from '../../dissectors/bearer/sip/index.ts';
import { type Pdu, type Read, read, story } from '../radio/support.ts';
import { latin1 } from '../sms/support.ts';

export { codesOf, type Read, story } from '../radio/support.ts';
export { hex, latin1, toHex } from '../sms/support.ts';

/** Lines end with LF in the tests and with CR LF on the wire; `<hex ...>` stands for octets. */
export function wire(text: string): Uint8Array {
  const spelled = text
    .replace(/\n/g, '\r\n')
    .replace(/<hex ([0-9a-fA-F\s]+)>/g, (_, digits: string) =>
      digits.replace(/\s+/g, '').replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))),
    );
  return latin1(spelled);
}

/** Adds Content-Length, `name` of it given, to a message whose head ends with an empty line. */
export function sized(text: string, name = 'Content-Length'): string {
  const at = text.indexOf('\n\n');
  const body = wire(text.slice(at + 2));
  return `${text.slice(0, at)}\n${name}: ${body.length}${text.slice(at)}`;
}

export interface Said {
  /** 0: the side that opened the connection. */
  readonly by: 0 | 1;
  readonly text: string;
}

export const pdus = (said: readonly Said[]): Pdu[] => said.map((s) => ({ bytes: wire(s.text), direction: s.by }));

const decoders = { http: http.decode, sip: sip.decode, 'sip-tcp': sipOverTcp.decode } as const;
export type Protocol = keyof typeof decoders;

/** Decodes the messages of one connection in order. */
export const converse = (protocol: Protocol, said: readonly Said[], told = true): Read =>
  read(decoders[protocol], pdus(said), told);

/** The usual sweeps over a good conversation. */
export function sweepText(protocol: Protocol, conversations: Readonly<Record<string, readonly Said[]>>): void {
  for (const [name, said] of Object.entries(conversations)) {
    const all = pdus(said);
    const decode = decoders[protocol];
    test(`${name}: the recorder changes nothing`, () => {
      const told = read(decode, all);
      expect(story(read(decode, all, false))).toBe(story(told));
      expect(told.rows.length).toBeGreaterThan(0);
    });
    test(`${name}: every octet is in the tree but ends of lines and what stands between fields`, () => {
      all.forEach((pdu, i) => {
        const { rows } = read(decode, [...all.slice(0, i), pdu].slice(-1));
        const seen = new Uint8Array(pdu.bytes.length);
        for (const r of rows) if (r.field.kind !== 'group') seen.fill(1, r.start, r.start + r.length);
        const gaps = [...pdu.bytes].filter((_, at) => seen[at] === 0).map((v) => String.fromCharCode(v));
        expect(gaps.join('').replace(/[\r\n ?&]|--[\w-]+(?:--)?|[0-9a-f]+(?=\r)|\d{1,3}/g, '')).toBe('');
      });
    });
    test(`${name}: cut at every octet, and every octet replaced, nothing is thrown`, () => {
      all.forEach((p, i) => {
        const step = Math.max(1, Math.floor(p.bytes.length / 400));
        for (let n = 0; n < p.bytes.length; n += step) {
          const cut = all.map((q, j) => (j === i ? { ...q, bytes: q.bytes.slice(0, n) } : q));
          expect(story(read(decode, cut, false))).toBe(story(read(decode, cut)));
          for (const v of [0x00, 0x0a, 0x20, 0x3a, 0xff]) {
            const flipped = p.bytes.slice();
            flipped[n] = v;
            read(decode, [...all.slice(0, i), { ...p, bytes: flipped }, ...all.slice(i + 1)], false);
          }
        }
      });
    });
  }
}

/** Lengths of the messages in a stream that grows by `step` octets, as a framer asks for them. */
export function frames(d: Pick<StreamDissector, 'frame'>, stream: Uint8Array, step: number): number[] {
  const out: number[] = [];
  let at = 0;
  for (let end = Math.min(step, stream.length); ; end = Math.min(end + step, stream.length)) {
    for (;;) {
      const last = end === stream.length;
      const length = at < end ? d.frame(stream, at, end, last) : 0;
      if (length <= 0 || length > end - at) break;
      out.push(length);
      at += length;
    }
    if (end === stream.length) return at === end ? out : [...out, -(end - at)];
  }
}

/** Reads with a cursor of its own; findings' codes beside the result. */
export function withCursor<T>(bytes: Uint8Array, decode: (c: Cursor) => T): { out: T; codes: string[] } {
  const c = new Cursor(bytes);
  const out = decode(c);
  return { out, codes: c.findings.map((f) => f.rule.code) };
}

// What the tests of radio bearers share: messages by hand, everything the sink heard, sweeps over damage.

import { expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import type { Context } from '../../dissectors/base/dissector.ts';
import type { Identity } from '../../dissectors/base/message.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { connection, type Heard, hex, listen } from '../sms/support.ts';

export interface AllHeard extends Heard {
  readonly identities: Identity[];
}

export function listenAll(): AllHeard {
  const heard = listen();
  const identities: Identity[] = [];
  return { ...heard, identities, sink: { ...heard.sink, identity: (i) => void identities.push(i) } };
}

export interface Read extends AllHeard {
  /** Of what belongs to no message. */
  readonly codes: string[];
  readonly rows: TreeRow[];
}

export interface Pdu {
  readonly bytes: Uint8Array;
  readonly direction?: 0 | 1;
}

/** Decodes PDUs of one connection in order, frames numbered from 1. */
export function read(decode: (c: Cursor, ctx: Context) => void, pdus: readonly Pdu[], told = true): Read {
  const heard = listenAll();
  const link = connection(heard.sink, 'link');
  const codes: string[] = [];
  const rows: TreeRow[] = [];
  pdus.forEach(({ bytes, direction = 0 }, i) => {
    const c = new Cursor(bytes, 0, bytes.length, told ? recordInto(rows) : null);
    decode(c, link.context(direction, i + 1));
    codes.push(...c.findings.map((x) => x.rule.code));
  });
  return { ...heard, codes, rows };
}

export const codesOf = (r: Read): string[] => [
  ...r.codes,
  ...r.messages.flatMap((m) => m.findings.map((x) => x.rule.code)),
  ...r.datagrams.flatMap((m) => m.findings.map((x) => x.rule.code)),
  ...r.findings.map((x) => x.finding.rule.code),
];

/** SMS-DELIVER from +1234 on port 2948, part 1 of 2 under reference 0x11, two octets of content. */
export const DELIVER = '40 0491 2143 00f5 62112261405540 0e 0b05040b8423f00003110201 0106';
/** SMS-SUBMIT number 5 to +491234, text 'hi'. */
export const SUBMIT = '01 05 0691 942143 00 00 02 e834';

const plain = (x: unknown): string =>
  JSON.stringify(x, (_, v: unknown) => (v instanceof Uint8Array ? Array.from(v) : Number.isNaN(v) ? 'NaN' : v));

/** What was heard, in a form that can be compared. */
export const story = (r: Read): string =>
  plain([r.messages, r.datagrams, r.answers, r.receipts, r.identities, r.findings, r.codes]);

/**
 * The usual sweeps over good inputs: with and without a recorder the same; cut at every octet, and every octet
 * replaced, nothing is thrown.
 */
export function sweep(decode: (c: Cursor, ctx: Context) => void, inputs: Readonly<Record<string, readonly string[]>>) {
  for (const [name, pdus] of Object.entries(inputs)) {
    const all = pdus.map((p) => ({ bytes: hex(p) }));
    test(`${name}: the recorder changes nothing`, () => {
      const told = read(decode, all);
      expect(story(read(decode, all, false))).toBe(story(told));
      expect(told.rows.length).toBeGreaterThan(0);
    });
    test(`${name}: cut at every octet, flipped at every octet`, () => {
      all.forEach((p, i) => {
        for (let n = 0; n < p.bytes.length; n += 1) {
          const cut = all.map((q, j) => (j === i ? { bytes: q.bytes.slice(0, n) } : q));
          expect(story(read(decode, cut, false))).toBe(story(read(decode, cut)));
          for (const mask of [0xff, 0x80, 0x01]) {
            const bytes = p.bytes.slice();
            bytes[n]! ^= mask;
            const flipped = all.map((q, j) => (j === i ? { bytes } : q));
            expect(story(read(decode, flipped, false))).toBe(story(read(decode, flipped)));
          }
        }
      });
    });
  }
}

/** Octets of the input that no row of the tree covers. */
export function uncovered(rows: readonly TreeRow[], length: number): number[] {
  const seen = new Uint8Array(length);
  for (const r of rows) if (r.field.kind !== 'group') seen.fill(1, r.start, r.start + r.length);
  return [...seen.keys()].filter((i) => seen[i] === 0);
}

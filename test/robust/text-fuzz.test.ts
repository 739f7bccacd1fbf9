// Text logs as nobody wrote them: mutated, cut into pieces, random. TEXT_FUZZ_SEED repeats a run.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../../captures/reader.ts';
import { readTime } from '../../captures/text/clock.ts';
import { LogContext } from '../../captures/text/context.ts';
import { hexOnly, hexTokens } from '../../captures/text/hex.ts';
import type { Encoding } from '../../captures/text/lines.ts';
import { payloadEnd, payloadStart } from '../../captures/text/payload.ts';
import { LogScanner } from '../../captures/text/scan.ts';
import { judge } from '../../captures/text/shape.ts';
import { splitRow } from '../../captures/text/table.ts';
import {
  DOCUMENT,
  deliver,
  FIRST,
  hex,
  hexdump,
  octetString,
  PORTS,
  PUSH,
  type ReadBack,
  readBytes,
  SECOND,
  smppDump,
  submit,
  UD,
  UDH,
  UDS,
  XML,
} from '../captures/text/samples.ts';

const seed = Number(process.env.TEXT_FUZZ_SEED ?? Date.now() % 0x7fffffff);
console.log(`text fuzz: seed ${seed} (TEXT_FUZZ_SEED=${seed} repeats it)`);
const check = <T>(property: fc.IAsyncProperty<T> | fc.IProperty<T>, numRuns: number): Promise<void> =>
  Promise.resolve(fc.assert(property as fc.IAsyncProperty<T>, { seed, numRuns }));

const k = '2026-11-23 11:19:38 [42] [7] DEBUG: ';
const lines: readonly string[] = [
  `${FIRST.pdu}\n`,
  `${SECOND.pdu}\r\n`,
  `${UDS[0]}\n${UDS[1]}\n`,
  `AT+CIMI\n262011234567890\nOK\n`,
  `+CMGL: 1,1,,${FIRST.length}\n${FIRST.pdu}\nOK\n`,
  `AT+CMGS=${submit('12', UDS[1]).length}\n> ${submit('12', UDS[1]).pdu}\x1a\n`,
  `+CMGR: "REC UNREAD","+49172",,"26/11/23,11:19:38+04",145,68,0,4,"+49171",145,140\n${UDS[1]}\nOK\n`,
  `11-23 11:19:38.120  1423  1490 D RILJ    : [UNSL]< UNSOL_RESPONSE_NEW_SMS ${SECOND.pdu} [SUB0]\n`,
  `11-23 11:19:38.120  1423  1423 D WapPushOverSms: Rx: ${PUSH}\n`,
  `UDH,UD\n${UDH[0]},${UD[0]}\n${UDH[1]},"${UD[1]}"\n\n`,
  `from;to;time;pdu\nA;B;2026-11-23T12:19:38+01:00;${FIRST.pdu}\n`,
  `2026-11-23T11:19:38Z from=A to=B udh=${UDH[0]} ud=${UD[0]}\n`,
  smppDump(k, UDS[0], 1),
  octetString(k, DOCUMENT),
  `2026-11-23 11:19:38 Sent SMS [from:A] [to:B] [flags:-1:1:-1:-1:3] [msg:${UD[1].length / 2}:${UD[1]}] [udh:12:${UDH[1]}]\n`,
  '1.2.3.4 - - [23/Nov/2026:12:19:38 +0100] "GET /cgi-bin/sendsms?to=1&udh=%06%05%04%0b%84%23%f0&text=%01%06 HTTP/1.1"\n',
  `[SMSBackup000]\nPDU = Deliver\nDateTime = 20261123T111938\nUDH = ${UDH[1]}\nText00 = ${UD[1]}\nCoding = 8bit\nLength = 50\n\n`,
  `${hexdump(DOCUMENT, 8)}0000007f\n`,
  XML,
  'Just a line of text.\n',
  '\n',
];

type Mutation = (text: string) => string;

const position = fc.double({ min: 0, max: 1, noNaN: true });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(position, fc.nat(40)).map(([at, n]) => (t: string) => {
    const i = Math.floor(at * t.length);
    return t.slice(0, i) + t.slice(i + n);
  }),
  fc.tuple(position, fc.string({ unit: 'binary', maxLength: 12 })).map(([at, s]) => (t: string) => {
    const i = Math.floor(at * t.length);
    return t.slice(0, i) + s + t.slice(i);
  }),
  fc
    .tuple(
      position,
      fc.constantFrom('\n', '\r', '"', ',', '=', '[', '+CMT: ,155\n', '0x', ' ', '<si>', '%', '\\n', 'F'),
    )
    .map(([at, s]) => (t: string) => {
      const i = Math.floor(at * t.length);
      return t.slice(0, i) + s + t.slice(i);
    }),
  fc.tuple(position, position).map(([a, b]) => (t: string) => {
    const i = Math.floor(a * t.length);
    return t.slice(0, i) + t.slice(Math.floor(b * t.length), Math.floor(b * t.length) + 400) + t.slice(i);
  }),
);

const log: fc.Arbitrary<string> = fc
  .tuple(fc.array(fc.constantFrom(...lines), { maxLength: 8 }), fc.array(mutation, { maxLength: 6 }))
  .map(([parts, mutations]) => mutations.reduce((t, m) => m(t), parts.join('')));

function sound(out: ReadBack, size: number): void {
  expect(out.records.map((r) => r.number)).toEqual(out.records.map((_, i) => i + 1));
  expect(out.reader.frames).toBe(out.records.length);
  for (const r of out.records) {
    expect(r.offset).toBeGreaterThanOrEqual(0);
    expect(r.length).toBeGreaterThan(0);
    expect(r.offset + r.length).toBeLessThanOrEqual(size);
    expect(r.bytes.length).toBeGreaterThan(0);
    expect(r.bytes.length).toBeLessThanOrEqual(r.length + 1);
    expect(Number.isNaN(r.time) || Number.isFinite(r.time)).toBe(true);
    if (!Number.isNaN(r.time)) expect(out.reader.base).not.toBeNull();
  }
  expect(out.findings.length).toBeLessThan(1100);
  for (const f of out.findings) {
    expect(f.of).toBe('file');
    expect(f.start).toBeGreaterThanOrEqual(0);
    expect(f.length).toBeGreaterThanOrEqual(0);
    expect(f.start + f.length).toBeLessThanOrEqual(size);
  }
  const { truncatedAt } = out.reader;
  if (truncatedAt !== null) expect(truncatedAt).toBe(size);
}

describe('mutated logs', () => {
  test('are read without an exception, in bounds, and the same each time', async () => {
    await check(
      fc.asyncProperty(log, async (text) => {
        const bytes = new TextEncoder().encode(text);
        const out = await readBytes(bytes);
        if (out === undefined) return;
        sound(out, bytes.length);
        expect((await readBytes(bytes))!.records).toEqual(out.records);
      }),
      500,
    );
  });

  test('are the same in any pieces, in any encoding', async () => {
    await check(
      fc.property(log, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 20 }), (text, sizes) => {
        for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
          const bytes = encoded(text, encoding);
          const whole = scan(bytes, encoding, [bytes.length]);
          expect(scan(bytes, encoding, sizes)).toEqual(whole);
        }
      }),
      200,
    );
  });

  test('a log is not disturbed by what follows it, past a blank line and some text', async () => {
    await check(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...lines), { minLength: 1, maxLength: 5 }),
        log,
        async (parts, rest) => {
          const first = `${parts.join('')}\n\nAnd now something else.\n`;
          const alone = await readBytes(new TextEncoder().encode(first));
          const both = await readBytes(new TextEncoder().encode(`${first}${'\nText again.'.repeat(20)}\n\n${rest}`));
          const shown = (r: LogRecord) => [r.content, r.label, hex(r.bytes), r.offset, r.length, r.from, r.to];
          expect((both?.records ?? []).slice(0, alone?.records.length ?? 0).map(shown)).toEqual(
            (alone?.records ?? []).map(shown),
          );
        },
      ),
      200,
    );
  });
});

function encoded(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const out = new Uint8Array(2 * text.length);
  const view = new DataView(out.buffer);
  for (let i = 0; i < text.length; i += 1) view.setUint16(2 * i, text.charCodeAt(i), encoding === 'utf-16le');
  return out;
}

function scan(bytes: Uint8Array, encoding: Encoding, sizes: readonly number[]) {
  const ctx = new LogContext();
  const scanner = new LogScanner(encoding, ctx);
  const buffer = new Uint8Array(512 + bytes.length);
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const part = bytes.subarray(at, at + sizes[i % sizes.length]!);
    buffer.fill(0x41);
    buffer.set(part);
    scanner.push(buffer.subarray(0, part.length), at);
    at += part.length;
  }
  buffer.fill(0x42);
  scanner.finish(bytes.length);
  return { records: ctx.records, findings: ctx.findings, identities: ctx.identities, cut: ctx.truncatedAt };
}

test('random octets', async () => {
  await check(
    fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
      const out = await readBytes(bytes);
      if (out !== undefined) sound(out, bytes.length);
    }),
    1500,
  );
});

describe('helpers take any text', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), log);
  test('hex, time, payload, rows', async () => {
    await check(
      fc.property(text, fc.nat(40), (t, from) => {
        let last = 0;
        for (const token of hexTokens(t, 4)) {
          expect(token.start).toBeGreaterThanOrEqual(last);
          expect(token.end).toBeGreaterThan(token.start);
          expect(token.digits).toMatch(/^[0-9a-fA-F]+$/);
          last = token.end;
        }
        hexOnly(t);
        const time = readTime(t, Math.min(from, t.length));
        if (time !== undefined) expect(Number.isFinite(time.moment.sec)).toBe(true);
        expect(payloadEnd(t)).toBeLessThanOrEqual(t.length);
        expect(payloadStart(t, 0)).toBeLessThanOrEqual(t.length);
        splitRow(t, ',');
      }),
      1500,
    );
  });

  test('shapes of any octets', async () => {
    await check(
      fc.property(fc.uint8Array({ maxLength: 200 }), (b) => {
        const s = judge(b);
        if (s?.fit === 'exact' || s?.fit === 'open') expect(s.octets).toBe(b.length);
        if (s?.fit === 'short') expect(s.octets).toBeGreaterThan(b.length);
        if (s?.fit === 'long') expect(s.octets).toBeLessThan(b.length);
      }),
      5000,
    );
  });
});

describe('whatever the octets, they come back from every kind of log', () => {
  const spaced = (h: string) => h.replace(/(..)(?=.)/g, '$1 ');
  const percent = (h: string) => h.replace(/(..)/g, '%$1');
  const header = (ref: number) => `0B${PORTS}0003${ref.toString(16).padStart(2, '0').toUpperCase()}0201`;
  const kinds: Readonly<Record<string, (udh: string, ud: string) => readonly [text: string, octets: string]>> = {
    'user data in a line': (h, d) => [`${h}${d}\n`, h + d],
    'header and data in a line': (h, d) => [`${h},${d}\n`, h + d],
    'deliver in a line': (h, d) => pdu((p) => `${p.pdu}\n`, h + d),
    'deliver in groups': (h, d) => pdu((p) => `${spaced(p.pdu)}\n`, h + d),
    'deliver wrapped': (h, d) => pdu((p) => `${p.pdu.replace(/(.{64})(?=.)/g, '$1\n')}\n`, h + d),
    '+CMGR': (h, d) => pdu((p) => `+CMGR: 0,,${p.length}\n${p.pdu}\nOK\n`, h + d),
    '+CMT wrapped': (h, d) => pdu((p) => `+CMT: ,${p.length}\n${p.pdu.replace(/(.{50})(?=.)/g, '$1\n')}\n`, h + d),
    '+CMT in logcat': (h, d) =>
      pdu(
        (p) => `11-23 11:19:38.1 D/AT ( 3): AT< +CMT: ,${p.length}\n11-23 11:19:38.1 D/AT ( 3): AT< ${p.pdu}\n`,
        h + d,
      ),
    'new SMS in logcat': (h, d) =>
      pdu((p) => `11-23 11:19:38.120  1  2 D RILJ    : [UNSL]< UNSOL_RESPONSE_NEW_SMS ${p.pdu} [SUB0]\n`, h + d),
    table: (h, d) => [`UDH,UD\n${h},${d}\n`, h + d],
    'table of PDUs': (h, d) => pdu((p) => `from;pdu\nA;"${p.pdu}"\n`, h + d),
    'key=value': (h, d) => [`x udh=${h} ud=${d} y\n`, h + d],
    'Kannel SMPP': (h, d) => [smppDump(k, h + d, 9), h + d],
    'Kannel access log': (h, d) => [
      `Sent SMS [from:A] [to:B] [flags:-1:1:-1:-1:3] [msg:${d.length / 2}:${d}] [udh:${h.length / 2}:${h}]\n`,
      h + d,
    ],
    'Kannel request': (h, d) => [`GET /cgi-bin/sendsms?to=1&udh=${percent(h)}&text=${percent(d)} HTTP/1.1\n`, h + d],
    backup: (h, d) => [
      `[SMSBackup000]\nUDH = ${h}\nText00 = ${d.slice(0, 100)}\n${d.length > 100 ? `Text01 = ${d.slice(100)}\n` : ''}Coding = 8bit\nLength = ${d.length / 2}\n`,
      h + d,
    ],
    hexdump: (h, d) => [hexdump(h + d, 8), h + d],
    'hexdump without bars': (h, d) => [`${hexdump(h + d, 4, false)}\n`, h + d],
  };

  function pdu(write: (p: { pdu: string; length: number }) => string, ud: string): readonly [string, string] {
    const p = deliver({ ud });
    return [write(p), p.pdu];
  }

  for (const [name, make] of Object.entries(kinds)) {
    test(name, async () => {
      await check(
        fc.asyncProperty(fc.nat(255), fc.uint8Array({ minLength: 4, maxLength: 128 }), async (ref, data) => {
          const [text, expected] = make(header(ref), hex(data));
          const out = await readBytes(new TextEncoder().encode(`A line before.\n${text}`));
          expect(out?.records.map((r) => hex(r.bytes))).toEqual([expected]);
          expect(out!.findings.filter((f) => f.rule.severity !== 'note')).toEqual([]);
        }),
        150,
      );
    });
  }
});

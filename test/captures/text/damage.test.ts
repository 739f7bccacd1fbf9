// What is wrong in a log is said, with the place, and what can be read is kept.

import { describe, expect, test } from 'vitest';
import {
  DOCUMENT,
  deliver,
  FIRST,
  hex,
  hexdump,
  octetString,
  octets,
  PUSH,
  read,
  readBytes,
  SECOND,
  smppDump,
  submit,
  UD,
  UDH,
  UDS,
  XML,
} from './samples.ts';

interface Case {
  readonly name: string;
  readonly in: string;
  readonly records: readonly string[];
  readonly codes: readonly string[];
  /** Text under the range of the first finding that is no note. */
  readonly under?: string;
  readonly truncated?: boolean;
}

const SCTS = 'TEXT-TIME-FROM-SCTS';
const short = deliver({ ud: UDS[1].slice(0, 60) });

const cases: readonly Case[] = [
  {
    name: 'odd number of digits in a bare PDU',
    in: `${FIRST.pdu.slice(0, -1)}\n`,
    records: [FIRST.pdu.slice(0, -2)],
    codes: ['TEXT-ODD-HEX', 'TEXT-PDU-CUT', SCTS],
    under: FIRST.pdu.slice(0, -1),
  },
  {
    name: 'odd number of digits behind a header',
    in: `+CMGR: 1,,${FIRST.length}\n${FIRST.pdu.slice(0, -1)}\nOK\n`,
    records: [FIRST.pdu.slice(0, -2)],
    codes: ['TEXT-ODD-HEX', 'TEXT-PDU-LENGTH', SCTS],
  },
  {
    name: 'announced length disagrees',
    in: `+CMGR: 1,,${FIRST.length + 9}\n${FIRST.pdu}\nOK\n`,
    records: [FIRST.pdu],
    codes: ['TEXT-PDU-LENGTH', SCTS],
    under: FIRST.pdu,
  },
  {
    name: 'a letter among the digits',
    in: `${FIRST.pdu.slice(0, 100)}x${FIRST.pdu.slice(101)}\n`,
    records: [FIRST.pdu.slice(0, 100)],
    codes: ['TEXT-NOT-HEX', SCTS],
    under: 'x',
  },
  {
    name: 'a letter among the digits behind a header',
    in: `+CMT: ,${FIRST.length}\n${FIRST.pdu.slice(0, 100)}O${FIRST.pdu.slice(101)}\n${SECOND.pdu}\n`,
    records: [FIRST.pdu.slice(0, 100), SECOND.pdu],
    codes: ['TEXT-NOT-HEX', 'TEXT-PDU-LENGTH', SCTS],
    under: 'O',
  },
  {
    name: 'a PDU cut in the middle of a log',
    in: `${FIRST.pdu.slice(0, 200)}\nlater\n${SECOND.pdu}\n`,
    records: [FIRST.pdu.slice(0, 200), SECOND.pdu],
    codes: ['TEXT-PDU-CUT', SCTS],
    under: FIRST.pdu.slice(0, 200),
  },
  {
    name: 'octets behind a PDU',
    in: `${short.pdu}FFFF\n`,
    records: [`${short.pdu}FFFF`],
    codes: ['TEXT-PDU-LONG', SCTS],
  },
  {
    name: 'a header without its PDU',
    in: `+CMT: ,${FIRST.length}\nOK\n+CMT: ,${SECOND.length}\n${SECOND.pdu}\n`,
    records: [SECOND.pdu],
    codes: ['TEXT-PDU-MISSING', SCTS],
    under: `+CMT: ,${FIRST.length}`,
  },
  {
    name: 'the file ends inside a PDU',
    in: `${FIRST.pdu}\n${SECOND.pdu.slice(0, 120)}`,
    records: [FIRST.pdu, SECOND.pdu.slice(0, 120)],
    codes: [SCTS, 'TEXT-PDU-CUT', 'TEXT-FILE-CUT'],
    truncated: true,
  },
  {
    name: 'the file ends inside a PDU behind a header',
    in: `+CMT: ,${FIRST.length}\n${FIRST.pdu.slice(0, 120)}`,
    records: [FIRST.pdu.slice(0, 120)],
    codes: ['TEXT-PDU-LENGTH', 'TEXT-FILE-CUT', SCTS],
    truncated: true,
  },
  {
    name: 'the file ends behind a header',
    in: `+CMT: ,${FIRST.length}`,
    records: [],
    codes: ['TEXT-PDU-MISSING', 'TEXT-FILE-CUT', 'TEXT-NOTHING'],
    truncated: true,
  },
  {
    name: 'the file ends inside an octet string',
    in: octetString('', DOCUMENT).slice(0, 400),
    records: [DOCUMENT.slice(0, 142)],
    codes: ['TEXT-DUMP-LENGTH', 'TEXT-FILE-CUT'],
    truncated: true,
  },
  {
    name: 'the file ends inside an SMPP PDU',
    in: smppDump('', UDS[0], 1).slice(0, 900),
    records: [UDS[0].slice(0, 128)],
    codes: ['TEXT-DUMP-LENGTH', 'TEXT-FILE-CUT'],
    truncated: true,
  },
  {
    name: 'the file ends inside XML',
    in: `see:\n${XML.slice(0, 120)}`,
    records: [hex(new TextEncoder().encode(XML.slice(0, 120)))],
    codes: ['TEXT-FILE-CUT'],
    truncated: true,
  },
  {
    name: 'rows of a table that are no message',
    in: `UDH,UD\n${UDH[0]},${UD[0]}\n05000,AB\n0500,ABCD\n${UDH[1]},nothex\n`,
    records: [UDS[0]],
    codes: ['TEXT-ROW', 'TEXT-ROW', 'TEXT-ROW'],
    under: '05000,AB',
  },
  {
    name: 'an odd digit in a table',
    in: `UDH,UD\n${UDH[0]},${UD[0]}A\n`,
    records: [UDS[0]],
    codes: ['TEXT-ODD-HEX'],
  },
  {
    name: 'a header without its length octet',
    in: `UDH,UD\n${UDH[0].slice(2)},${UD[0]}\n`,
    records: [UDS[0]],
    codes: [],
  },
  {
    name: 'a backup whose length disagrees',
    in: `[SMSBackup000]\nUDH = ${UDH[0]}\nText00 = ${UD[0]}\nCoding = 8bit\nLength = 7\n`,
    records: [UDS[0]],
    codes: ['TEXT-PDU-LENGTH'],
  },
  {
    name: 'hex that is nothing we know',
    in: 'first\nda39a3ee5e6b4b0d3255bfef95601890afd80709\n9e107d9d372bb6826bd81d3542a419d6\nlast\n',
    records: [],
    codes: ['TEXT-HEX-UNKNOWN', 'TEXT-NOTHING'],
  },
  {
    name: 'digits that are no hex at all',
    in: 'account 12345678901234567890 of 2026\n4929 1234 5678 9012\n12345678901234567890\n',
    records: [],
    codes: ['TEXT-HEX-UNKNOWN', 'TEXT-NOTHING'],
  },
  {
    name: 'Kannel access log whose counts disagree',
    in: `2026-11-23T11:19:38Z Sent SMS [from:A] [to:B] [flags:-1:1:-1:-1:3] [msg:9:${UD[1]}] [udh:12:${UDH[1]}]\n`,
    records: [UDS[1]],
    codes: ['TEXT-DUMP-LENGTH'],
  },
];

describe('damage', () => {
  for (const c of cases) {
    test(c.name, async () => {
      const { records, codes, findings, reader } = await read(c.in);
      expect(records.map((r) => hex(r.bytes))).toEqual(c.records);
      expect(codes).toEqual(c.codes);
      expect(reader.truncatedAt).toBe(c.truncated === true ? c.in.length : null);
      if (c.under === undefined) return;
      const f = findings.find((x) => x.rule.severity !== 'note');
      expect(c.in.slice(f!.start, f!.start + f!.length)).toBe(c.under);
    });
  }

  test('unknown hex names the first line and the count', async () => {
    const { findings } = await read(
      'a\nb\nda39a3ee5e6b4b0d3255bfef95601890afd80709\nc\n9e107d9d372bb6826bd81d3542a419d6\n',
    );
    expect(findings[0]!.message).toBe('2 lines of hex are no message; the first is line 3.');
  });

  test('a very long line is cut and said', async () => {
    const { codes, records } = await read(`${'x'.repeat(300_000)} ${FIRST.pdu}\n${SECOND.pdu}\n`);
    expect(records.map((r) => hex(r.bytes))).toEqual([SECOND.pdu]);
    expect(codes).toContain('TEXT-LINE-LENGTH');
  });

  test('findings have a budget', async () => {
    const { findings, records } = await read(`${FIRST.pdu.slice(0, 200)}\n\n`.repeat(1500));
    expect(records).toHaveLength(1500);
    expect(findings.length).toBeLessThan(1010);
    expect(findings.at(-1)!.rule.code).toBe('TEXT-FINDINGS-BUDGET');
  });

  test('a text message in UDH parts of a bad reference does not stop the rest', async () => {
    const { records } = await read(`UDH,UD\n${UDH[0]},${UD[0]}\n\n${SECOND.pdu}\n`);
    expect(records.map((r) => r.content)).toEqual(['user-data', 'tpdu-sc']);
  });
});

const golden: Readonly<Record<string, string>> = {
  bare: `${FIRST.pdu}\n${SECOND.pdu}\n`,
  at: `AT+CIMI\n262011234567890\nOK\n+CMGL: 1,1,,${SECOND.length}\n${SECOND.pdu}\nOK\nAT+CMGS=${submit('12', UDS[1]).length}\n> ${submit('12', UDS[1]).pdu}\x1a\n`,
  textMode: `+CMGR: "REC UNREAD","+49172",,"26/11/23,11:19:38+04",145,68,0,4,"+49171",145,140\n${UDS[1]}\nOK\n`,
  android: `11-23 11:19:38.120  1423  1490 D RILJ    : [UNSL]< UNSOL_RESPONSE_NEW_SMS ${SECOND.pdu} [SUB0]\n`,
  table: `"udh";"ud";"from";"time"\n"${UDH[1]}";"${UD[1]}";"A ""b""";"2026-11-23T12:19:38+01:00"\n`,
  kannel: smppDump('2026-11-23 11:19:38 [1] [2] DEBUG: ', UDS[1], 3),
  access: `2026-11-23 11:19:38 Sent SMS [from:A] [to:B] [flags:-1:1:-1:-1:3] [msg:${UD[1].length / 2}:${UD[1]}] [udh:12:${UDH[1]}]\n`,
  request: `1.2.3.4 - - [23/Nov/2026:12:19:38 +0100] "GET /cgi-bin/sendsms?to=1&udh=%06%05%04%0b%84%23%f0&text=%01%06 HTTP/1.1"\n`,
  backup: `[SMSBackup000]\nSMSC = "+49"\nPDU = Deliver\nDateTime = 20261123T111938\nUDH = ${UDH[1]}\nText00 = ${UD[1]}\nCoding = 8bit\nLength = ${UD[1].length / 2}\n`,
  hexdump: hexdump(DOCUMENT, 8),
  xml: `text\n${XML}`,
  push: `Rx: ${PUSH}\n`,
};

const files: readonly (readonly [string, Uint8Array])[] = [
  ...Object.entries(golden).map(([name, text]) => [name, new TextEncoder().encode(text)] as const),
  ['WBXML file', octets(DOCUMENT)],
  ['push file', octets(PUSH)],
  ['user data file', octets(UDS[1])],
  ['XML file', new TextEncoder().encode(XML)],
];

describe('every cut and every flipped octet', () => {
  for (const [name, bytes] of files) {
    test(`${name}: cut at every octet`, async () => {
      const whole = await readBytes(bytes);
      expect(whole!.records.length).toBeGreaterThan(0);
      for (let n = 0; n < bytes.length; n += 1) {
        const out = await readBytes(bytes.slice(0, n));
        if (out === undefined) continue;
        expect(out.records.length).toBeLessThanOrEqual(whole!.records.length + 1);
        inBounds(out, n);
      }
    });

    test(`${name}: every octet flipped`, async () => {
      const flipped = bytes.slice();
      for (let i = 0; i < bytes.length; i += 1) {
        for (const mask of [0x01, 0x80, 0xff, 0x20]) {
          flipped[i] = bytes[i]! ^ mask;
          const out = await readBytes(flipped);
          if (out !== undefined) inBounds(out, bytes.length);
        }
        flipped[i] = bytes[i]!;
      }
    });
  }
});

function inBounds(out: NonNullable<Awaited<ReturnType<typeof readBytes>>>, size: number): void {
  for (const r of out.records) {
    if (r.offset < 0 || r.offset + r.length > size) throw new Error(`record at ${r.offset}+${r.length} of ${size}`);
  }
  for (const f of out.findings) {
    if (f.start < 0 || f.length < 0 || f.start + f.length > size) {
      throw new Error(`${f.rule.code} at ${f.start}+${f.length} of ${size}`);
    }
  }
}

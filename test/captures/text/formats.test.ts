// Every kind of log, each with the two halves of the same push in it.

import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../../../captures/reader.ts';
import {
  DOCUMENT,
  FIRST,
  hex,
  hexdump,
  octetString,
  octets,
  PUSH,
  read,
  readBytes,
  report,
  SECOND,
  smppDump,
  submit,
  UD,
  UDH,
  UDS,
  utf16,
  XML,
} from './samples.ts';

type Expected = Partial<Omit<LogRecord, 'bytes'>> & { readonly hex: string };

interface Case {
  readonly name: string;
  readonly in: string;
  readonly format?: string;
  readonly out: readonly Expected[];
  readonly codes?: readonly string[];
  /** Absolute time of each record. */
  readonly times?: readonly (string | null)[];
}

const NO_ZONE = 'TEXT-TIME-NO-ZONE';
const SCTS = 'TEXT-TIME-FROM-SCTS';
const both: readonly Expected[] = [
  { content: 'tpdu-sc', direction: 'mt', udhi: true, dcs: 4, hex: FIRST.pdu },
  { content: 'tpdu-sc', direction: 'mt', udhi: true, dcs: 4, hex: SECOND.pdu },
];
const bothData: readonly Expected[] = UDS.map((u) => ({ content: 'user-data', udhi: true, hex: u }));
const labelled = (label: string, of: readonly Expected[], more: Partial<LogRecord> = {}): readonly Expected[] =>
  of.map((e) => ({ ...e, ...more, label }));
const sctsTimes = ['2026-11-23T11:19:38Z', '2026-11-23T11:19:40Z'];
const k = (s: number) => `2026-11-23 11:19:${s} [4242] [7] DEBUG: `;
const spaced = (h: string) => h.replace(/(..)(?=.)/g, '$1 ');
const wrap = (h: string, n: number) => h.replace(new RegExp(`(.{${n}})(?=.)`, 'g'), '$1\n');

const cases: readonly Case[] = [
  {
    name: 'bare PDU lines',
    in: `${FIRST.pdu}\n${SECOND.pdu}\n`,
    format: 'hex',
    out: both,
    codes: [SCTS],
    times: sctsTimes,
  },
  { name: 'lower case, CRLF', in: `${FIRST.pdu.toLowerCase()}\r\n${SECOND.pdu}\r\n`, out: both, codes: [SCTS] },
  { name: 'CR alone', in: `${FIRST.pdu}\r${SECOND.pdu}\r`, out: both, codes: [SCTS] },
  { name: 'spaces between octets', in: `${spaced(FIRST.pdu)}\n${spaced(SECOND.pdu)}`, out: both, codes: [SCTS] },
  { name: 'colons between octets', in: FIRST.pdu.replace(/(..)(?=.)/g, '$1:'), out: [both[0]!], codes: [SCTS] },
  { name: '0x before octets', in: FIRST.pdu.replace(/(..)/g, '0x$1, '), out: [both[0]!], codes: [SCTS] },
  { name: '\\x before octets', in: `b"${FIRST.pdu.replace(/(..)/g, '\\x$1')}"`, out: [both[0]!], codes: [SCTS] },
  { name: '0x before all', in: `0x${FIRST.pdu}\n`, out: [both[0]!], codes: [SCTS] },
  { name: 'in quotes, with a name', in: `pdu: "${FIRST.pdu}",\n`, out: [both[0]!], codes: [SCTS] },
  { name: 'wrapped at 76', in: `${wrap(FIRST.pdu, 76)}\n${wrap(SECOND.pdu, 76)}\n`, out: both, codes: [SCTS] },
  {
    name: 'quoted in a letter',
    in: `> ${wrap(FIRST.pdu, 72).replace(/\n/g, '\n> ')}\n`,
    out: [both[0]!],
    codes: [SCTS],
  },
  {
    name: 'without a service centre',
    in: `${FIRST.pdu.slice(16)}\n`,
    out: [{ content: 'tpdu', hex: FIRST.pdu.slice(16) }],
    codes: [SCTS],
  },
  {
    name: 'submit and status report',
    in: `${submit('491721234567', UDS[0]).pdu}\n${report('491721234567').pdu}\n`,
    out: [
      { content: 'tpdu-sc', direction: 'mo', hex: submit('491721234567', UDS[0]).pdu },
      { content: 'tpdu-sc', direction: 'mt', udhi: false, hex: report('491721234567').pdu },
    ],
    codes: [SCTS],
    times: [null, '2026-11-23T11:19:42Z'],
  },
  { name: 'user data with its header', in: `${UDS[0]}\n${UDS[1]}\n`, format: 'hex', out: bothData },
  { name: 'header and data apart', in: `${UDH[0]},${UD[0]}\n${UDH[1]},${UD[1]}\n`, out: bothData },
  { name: 'a push', in: `${PUSH}\n`, out: [{ content: 'wsp', hex: PUSH }] },
  { name: 'a document', in: `${DOCUMENT}\n`, out: [{ content: 'wbxml', hex: DOCUMENT }] },
  { name: 'a document, wrapped', in: `${wrap(DOCUMENT, 64)}\n`, out: [{ content: 'wbxml', hex: DOCUMENT }] },
  { name: 'a document in JSON', in: `{"body_hex":"${DOCUMENT}"}`, out: [{ content: 'wbxml', hex: DOCUMENT }] },
  {
    name: 'a dump as of hexdump -C',
    in: `${hexdump(DOCUMENT, 8)}00000080\n`,
    out: [{ content: 'wbxml', hex: DOCUMENT, label: 'hexdump' }],
  },
  { name: 'a dump as of Wireshark', in: hexdump(UDS[0], 4, false), out: [bothData[0]!] },
  {
    name: 'two dumps',
    in: `${hexdump(UDS[0])}\n${hexdump(UDS[1])}`,
    out: labelled('hexdump', bothData),
  },
  {
    name: 'a dump as of xxd',
    in: hexdump(PUSH, 8, false).replace(
      /^(\w{8}) (.{48})/gm,
      (_, o, h) => `${o}: ${h.replace(/ (..) (..)/g, '$1$2 ').trim()} `,
    ),
    out: [{ content: 'wsp', hex: PUSH }],
  },
  {
    name: '+CMGL',
    in: `AT+CMGL=4\r\n+CMGL: 1,1,,${FIRST.length}\r\n${FIRST.pdu}\r\n+CMGL: 2,1,"",${SECOND.length}\r\n${SECOND.pdu}\r\n\r\nOK\r\n`,
    format: 'at-log',
    out: labelled('+CMGL', both),
    codes: [SCTS],
  },
  {
    name: '+CMGR, as gammu keeps it',
    in: `AT+CMGR=1\n+CMGR: 3,,${FIRST.length}\n${FIRST.pdu}\nOK\n`,
    out: labelled('+CMGR', [both[0]!]),
    codes: [SCTS],
  },
  {
    name: '+CMT with times, as minicom writes them',
    in: `[2026-11-23 11:20:01.250] +CMT: ,${FIRST.length}\n[2026-11-23 11:20:01.260] ${FIRST.pdu}\n`,
    out: labelled('+CMT', [both[0]!]),
    codes: [NO_ZONE],
    times: ['2026-11-23T11:20:01.25Z'],
  },
  {
    name: '+CDS',
    in: `+CDS: ${report('491721234567').length}\n${report('491721234567').pdu}\n`,
    out: [{ label: '+CDS', direction: 'mt', hex: report('491721234567').pdu }],
    codes: [SCTS],
  },
  {
    name: 'AT+CMGS with prompt and end',
    in: `AT+CMGS=${submit('1234', UDS[0]).length}\r\n> ${submit('1234', UDS[0]).pdu}\x1a\r\n+CMGS: 17\r\n\r\nOK\r\n`,
    out: [{ label: 'AT+CMGS', content: 'tpdu-sc', direction: 'mo', hex: submit('1234', UDS[0]).pdu }],
  },
  {
    name: 'AT+CMGW, then another command',
    in: `AT+CMGW=${submit('1234', UDS[0]).length}\n${submit('1234', UDS[0]).pdu}^Z\n+CMGW: 3\nOK\nAT+CSQ\n`,
    out: [{ label: 'AT+CMGW', hex: submit('1234', UDS[0]).pdu }],
  },
  {
    name: 'line ends written out',
    in: `rx: b'\\r\\n+CMT: ,${FIRST.length}\\r\\n${FIRST.pdu}\\r\\n'\n`,
    out: labelled('+CMT', [both[0]!]),
    codes: [SCTS],
  },
  {
    name: 'text mode with a hex body',
    in: `+CMGR: "REC UNREAD","+491721234567",,"26/11/23,11:19:38+04",145,68,0,4,"+491710760000",145,140\n${UDS[0]}\nOK\n`,
    out: [
      {
        content: 'user-data',
        label: '+CMGR',
        udhi: true,
        dcs: 4,
        direction: 'mt',
        from: '+491721234567',
        smsc: '+491710760000',
        hex: UDS[0],
      },
    ],
    times: ['2026-11-23T10:19:38Z'],
  },
  {
    name: 'text mode with a text',
    in: '+CMGL: 1,"REC READ","+491721234567",,"26/11/23,11:19:38+04"\nSee you at 12\n\nOK\n',
    out: [],
    codes: ['TEXT-NOTHING'],
  },
  {
    name: 'AT+CIMI names the subscriber of what follows',
    in: `AT+CIMI\r\r\n262011234567890\r\n\r\nOK\r\n+CMT: ,${FIRST.length}\r\n${FIRST.pdu}\r\n`,
    out: labelled('+CMT', [both[0]!], { imsi: '262011234567890' }),
    codes: [SCTS],
  },
  {
    name: 'cell broadcast is passed over',
    in: `+CBM: 88\n0010C35001110${'1'.repeat(163)}\n+CMT: ,${FIRST.length}\n${FIRST.pdu}\n`,
    out: labelled('+CMT', [both[0]!]),
    codes: ['TEXT-CELL-BROADCAST', SCTS],
  },
  {
    name: 'Android, threadtime',
    in: `11-23 11:19:38.120  1423  1490 D RILJ    : [UNSL]< UNSOL_RESPONSE_NEW_SMS ${FIRST.pdu} [SUB0]\n11-23 11:19:40.002  1423  1490 D RILJ    : [UNSL]< UNSOL_RESPONSE_NEW_SMS ${SECOND.pdu} [SUB0]\n`,
    format: 'android-radio-log',
    out: labelled('UNSOL_RESPONSE_NEW_SMS', both),
    codes: ['TEXT-TIME-NO-YEAR'],
    times: ['1970-11-23T11:19:38.12Z', '1970-11-23T11:19:40.002Z'],
  },
  {
    name: 'Android, time format, AT channel',
    in: `11-23 11:19:38.120 D/AT      (   32): AT< +CMT: ,${FIRST.length}\n11-23 11:19:38.121 D/AT      (   32): AT< ${FIRST.pdu}\n11-23 11:19:38.130 D/RILC    (   32): other\n`,
    format: 'at-log',
    out: labelled('+CMT', [both[0]!]),
    codes: ['TEXT-TIME-NO-YEAR'],
  },
  {
    name: 'Android, push handler, year and zone',
    in: `2026-11-23 12:19:38.120 +0100  1423  1423 D WapPushOverSms: Rx: ${PUSH}\n2026-11-23 12:19:38.200 +0100  1423  1423 W InboundSmsHandler: dispatchWapPdu() returned -1\n`,
    out: [{ content: 'wsp', label: 'WapPushOverSms', direction: 'mt', hex: PUSH }],
    times: ['2026-11-23T11:19:38.12Z'],
  },
  {
    name: 'Android, an IMSI in the log',
    in: `11-23 11:19:30.000  1423  1490 D RILJ    : [0011]< GET_IMSI 262011234567890 [SUB0]\n11-23 11:19:38.120  1423  1423 D WapPushOverSms: Rx: ${PUSH}\n`,
    out: [{ content: 'wsp', imsi: '262011234567890', hex: PUSH }],
    codes: ['TEXT-TIME-NO-YEAR'],
  },
  {
    name: 'table of header and data',
    in: `UDH,UD\n${UDH[0]},${UD[0]}\n${UDH[1]},${UD[1]}\n`,
    format: 'table',
    out: labelled('table', bothData),
  },
  {
    name: 'table of messages, semicolons, quotes',
    in: `"udh";"message";"from";"to";"time"\n"${UDH[0]}";"${UD[0]}";"OTA; ""Centre""";"+491721234567";"2026-11-23T12:19:38+01:00"\n"${UDH[1]}";"${UD[1]}";"OTA; ""Centre""";"+491721234567";"2026-11-23T12:19:40+01:00"\n`,
    out: labelled('table', bothData, { from: 'OTA; "Centre"', to: '+491721234567' }),
    times: sctsTimes,
  },
  {
    name: 'table of SMSD',
    in: `UpdatedInDB\tReceivingDateTime\tText\tSenderNumber\tCoding\tUDH\tSMSCNumber\tClass\tTextDecoded\tID\n2026-11-23 11:21:00\t2026-11-23 11:19:38\t${UD[0]}\t5574\t8bit\t${UDH[0]}\t+491710760000\t1\t\t1\n2026-11-23 11:21:00\t2026-11-23 11:19:40\t${UD[1]}\t5574\t8bit\t${UDH[1]}\t+491710760000\t1\t\t2\n2026-11-23 11:22:00\t2026-11-23 11:22:40\t00480069\t5574\tDefault_No_Compression\t\t+491710760000\t-1\tHi\t3\n`,
    out: labelled('table', bothData, { from: '5574', smsc: '+491710760000', dcs: 4 }),
    codes: [NO_ZONE],
    times: sctsTimes,
  },
  {
    name: 'table of a database client',
    in: `+--------+------+------+\n| id | udh | ud |\n+--------+------+------+\n| 1 | ${UDH[0]} | ${UD[0]} |\n| 2 | ${UDH[1]} | ${UD[1]} |\n+--------+------+------+\n2 rows in set\n`,
    out: labelled('table', bothData),
  },
  {
    name: 'table of PDUs',
    in: `from,to,time,pdu\nSMSC,+491721234567,1795519178,${FIRST.pdu}\nSMSC,+491721234567,1795519180000,${SECOND.pdu}\n`,
    out: labelled('table', both, { from: 'SMSC', to: '+491721234567' }),
    times: ['2026-11-24T11:19:38Z', '2026-11-24T11:19:40Z'],
  },
  {
    name: 'a value over two lines in a table',
    in: `TextDecoded,UDH,Text\n"two\nlines",${UDH[0]},${UD[0]}\n,${UDH[1]},${UD[1]}\n`,
    out: bothData,
  },
  {
    name: 'key=value',
    in: `2026-11-23T11:19:38Z mt from=OTA to=491721234567 udh=${UDH[0]} ud=${UD[0]} status=0\n2026-11-23T11:19:40Z mt from=OTA to=491721234567 udh=${UDH[1]} ud=${UD[1]} status=0\n`,
    out: labelled('key=value', bothData, { from: 'OTA', to: '491721234567' }),
    times: sctsTimes,
  },
  {
    name: 'Kannel, SMPP PDUs',
    in: `${k(38)}SMPP[c]: Sending PDU:\n${smppDump(k(38), UDS[0], 11)}${k(40)}SMPP[c]: Sending PDU:\n${smppDump(k(40), UDS[1], 12)}`,
    format: 'kannel-log',
    out: labelled('Kannel submit_sm', bothData, { from: 'OTA Centre', to: '491721234567', direction: 'mt', dcs: 4 }),
    codes: [NO_ZONE],
    times: sctsTimes,
  },
  {
    name: 'Kannel, two threads at once',
    in: interleave(smppDump(k(38), UDS[0], 11), smppDump(k(38).replace('[7]', '[8]'), UDS[1], 12)),
    // The shorter one is through first.
    out: labelled('Kannel submit_sm', [...bothData].reverse()),
    codes: [NO_ZONE],
  },
  {
    name: 'Kannel, octet string by itself',
    in: `${k(38)}OTA: dumping binary\n${octetString(k(38), DOCUMENT)}${k(38)}done\n`,
    out: [{ content: 'wbxml', label: 'Kannel octet string', hex: DOCUMENT }],
    codes: [NO_ZONE],
  },
  {
    name: 'Kannel, message between boxes',
    in: [
      'Msg object at 0x7f00:',
      ' type: sms',
      ' sms.sender = "OTA"',
      ' sms.receiver = "491721234567"',
      ' sms.udhdata =',
      octetString('', UDH[0], '   ').trimEnd(),
      ' sms.msgdata =',
      octetString('', UD[0], '   ').trimEnd(),
      ' sms.sms_type = 2',
      ' sms.coding = 1',
      'Msg object ends.',
    ]
      .flatMap((l) => l.split('\n'))
      .map((l) => `${k(38)}${l}\n`)
      .join(''),
    out: labelled('Kannel message', [bothData[0]!], { from: 'OTA', to: '491721234567', direction: 'mt', dcs: 4 }),
    codes: [NO_ZONE],
  },
  {
    name: 'Kannel, AT2 driver',
    in: `${k(38)}AT2[m1]: <-- +CMT: ,${FIRST.length}\n${k(38)}AT2[m2]: --> AT+CSQ^M\n${k(38)}AT2[m1]: <-- ${FIRST.pdu}\n`,
    out: labelled('+CMT', [both[0]!]),
    codes: [NO_ZONE],
  },
  {
    name: 'Kannel, AT2 driver sends, the PDU wrapped by hand',
    in: `${k(38)}AT2[m1]: --> AT+CMGS=${submit('1234', UDS[0]).length}^M\n${k(38)}AT2[m1]: <-- > \n${k(38)}AT2[m1]: \u2013>\n${wrap(submit('1234', UDS[0]).pdu, 81)}\n${k(39)}AT2[m1]: --> ^Z\n`,
    out: [{ label: 'AT+CMGS', direction: 'mo', hex: submit('1234', UDS[0]).pdu }],
    codes: [NO_ZONE],
  },
  {
    name: 'Kannel, access log',
    in: `2026-11-23 11:19:38 Sent SMS [SMSC:c] [SVC:ota] [ACT:] [BINF:] [FID:77] [META:?] [from:OTA] [to:+491721234567] [flags:-1:1:-1:-1:3] [msg:${UD[0].length / 2}:${UD[0]}] [udh:12:${UDH[0]}]\n2026-11-23 11:19:41 Sent SMS [SMSC:c] [SVC:t] [ACT:] [BINF:] [FID:78] [META:?] [from:OTA] [to:+491721234567] [flags:-1:0:-1:-1:3] [msg:5:Hello] [udh:0:]\n`,
    out: labelled('Kannel access log', [bothData[0]!], { from: 'OTA', to: '+491721234567', dcs: 4, direction: 'mt' }),
    codes: [NO_ZONE],
  },
  {
    name: 'Kannel, sendsms request',
    in: `10.0.0.7 - - [23/Nov/2026:12:19:38 +0100] "GET /cgi-bin/sendsms?username=u&password=p&from=OTA&to=%2B491721234567&coding=1&udh=${escaped(UDH[0])}&text=${escaped(UD[0])} HTTP/1.1" 202 20\n`,
    out: labelled('Kannel sendsms', [bothData[0]!], { from: 'OTA', to: '+491721234567', direction: 'mt', dcs: 4 }),
    times: ['2026-11-23T11:19:38Z'],
  },
  {
    name: 'Kannel, sendota request',
    in: `2026-11-23 11:19:38 [42] [3] INFO: smsbox: Got HTTP request </cgi-bin/sendota?from=OTA&to=0172&text=${encodeURIComponent(XML)}&sec=userpin&pin=1234> from <10.0.0.7>\n`,
    out: [
      { content: 'xml', label: 'Kannel sendota', from: 'OTA', to: '0172', hex: hex(new TextEncoder().encode(XML)) },
    ],
    codes: [NO_ZONE],
  },
  {
    name: 'gammu backup',
    in: `; Saved\n\n[SMSBackup000]\nSMSC = "+491710760000"\nPDU = Deliver\nDateTime = 20261123T111938\nState = Read\nNumber = "5574"\nUDH = ${UDH[0]}\nText00 = ${UD[0].slice(0, 200)}\nText01 = ${UD[0].slice(200)}\nCoding = 8bit\nLength = ${UD[0].length / 2}\n\n[SMSBackup001]\nPDU = Submit\nDateTime = 20261123T111940Z\nNumber = ""\nNumberUnicode = 002B00310032\nUDH = ${UDH[1]}\nText00 = ${UD[1]}\nCoding = 8bit\nLength = ${UD[1].length / 2}\n`,
    format: 'smsbackup',
    out: [
      { ...bothData[0]!, dcs: 4, from: '5574', smsc: '+491710760000', direction: 'mt' },
      { ...bothData[1]!, dcs: 4, to: '+12', direction: 'mo' },
    ],
    codes: [NO_ZONE],
    times: sctsTimes,
  },
  {
    name: 'provisioning XML in a letter',
    in: `Hi,\nthis is what we sent:\n\n${XML}\nBye`,
    out: [{ content: 'xml', hex: hex(new TextEncoder().encode(XML.trimEnd())) }],
  },
  {
    name: 'a letter with everything in it',
    in: `From: someone\nDate: Mon, 23 Nov 2026 11:00:00 +0100\n\nThe modem says:\n> AT+CMGR=1\n> +CMGR: 0,,${FIRST.length}\n> ${FIRST.pdu}\n> OK\nand the gateway\n\nUDH,UD\n${UDH[1]},${UD[1]}\n\nMD5 9e107d9d372bb6826bd81d3542a419d6, and a hash alone:\nda39a3ee5e6b4b0d3255bfef95601890afd80709\nwith\n${hexdump(DOCUMENT)}\nRegards\n`,
    out: [
      { ...both[0]!, label: '+CMGR' },
      { ...bothData[1]!, label: 'table' },
      { content: 'wbxml', hex: DOCUMENT },
    ],
    codes: [SCTS, 'TEXT-HEX-UNKNOWN'],
  },
];

/** Lines of one and the other in turn. */
function interleave(a: string, b: string): string {
  const [left, right] = [a.trimEnd().split('\n'), b.trimEnd().split('\n')];
  let out = '';
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    for (const line of [left[i], right[i]]) if (line !== undefined) out += `${line}\n`;
  }
  return out;
}

function escaped(h: string): string {
  return Array.from(octets(h), (o) => {
    const c = String.fromCharCode(o);
    return /[A-Za-z0-9]/.test(c) ? c : o === 0x20 ? '+' : `%${o.toString(16).padStart(2, '0')}`;
  }).join('');
}

const absolute = (base: bigint | null, time: number): string | null => {
  if (Number.isNaN(time)) return null;
  const ns = (base ?? 0n) + BigInt(Math.round(time));
  return new Date(Number(ns / 1_000_000n)).toISOString();
};

const pick = (r: LogRecord, e: Expected): Record<string, unknown> => {
  const out: Record<string, unknown> = { hex: hex(r.bytes) };
  for (const key of Object.keys(e)) if (key !== 'hex') out[key] = r[key as keyof LogRecord];
  return out;
};

describe('kinds of logs', () => {
  for (const c of cases) {
    test(c.name, async () => {
      const { reader, records, codes } = await read(c.in);
      expect(records.map((r, i) => (c.out[i] === undefined ? hex(r.bytes) : pick(r, c.out[i])))).toEqual(
        c.out.map((e) => ({ ...e })),
      );
      expect(codes).toEqual(c.codes ?? []);
      if (c.format !== undefined) expect(reader.format).toBe(c.format);
      if (c.times !== undefined) {
        expect(records.map((r) => absolute(reader.base, r.time))).toEqual(
          c.times.map((t) => (t === null ? null : new Date(t).toISOString())),
        );
      }
      expect(records.map((r) => r.number)).toEqual(records.map((_, i) => i + 1));
      expect(reader.frames).toBe(records.length);
    });

    test(`${c.name}: in UTF-16 with a mark, and in small pieces`, async () => {
      const whole = await read(c.in);
      const strip = (r: LogRecord) => ({ ...r, offset: 0, length: 0, bytes: hex(r.bytes) });
      for (const big of [true, false]) {
        const wide = await readBytes(utf16(c.in, big));
        expect(wide!.records.map(strip)).toEqual(whole.records.map(strip));
        expect(wide!.codes).toEqual(whole.codes);
      }
      const pieces = await read(c.in, 100, 7);
      expect(pieces.records).toEqual(whole.records);
      expect(pieces.findings).toEqual(whole.findings);
      const marked = await readBytes(Uint8Array.of(0xef, 0xbb, 0xbf, ...new TextEncoder().encode(c.in)));
      expect(marked!.records.map(strip)).toEqual(whole.records.map(strip));
    });

    test(`${c.name}: ranges lead to the digits`, async () => {
      const bytes = new TextEncoder().encode(c.in);
      const { records, findings } = await read(c.in);
      for (const r of records) {
        expect(r.length).toBeGreaterThan(0);
        expect(r.offset + r.length).toBeLessThanOrEqual(bytes.length);
        if (r.content === 'xml' || /sendsms|hexdump/.test(r.label)) continue;
        const text = new TextDecoder().decode(bytes.subarray(r.offset, r.offset + r.length));
        const digits = text.toUpperCase().replace(/0X|[^0-9A-F]/g, '');
        expect(digits.replace(/\s/g, '')).toContain(hex(r.bytes.subarray(-4)));
      }
      for (const f of findings) expect(f.start + f.length).toBeLessThanOrEqual(bytes.length);
    });
  }
});

// Short messages made here, and the logs that programs write about them.

import type { Finding } from '../../../captures/finding.ts';
import type { CaptureReader, LogRecord } from '../../../captures/reader.ts';
import { fromBytes, type Source } from '../../../captures/source.ts';
import { openText } from '../../../captures/text/open.ts';

export const hex = (b: Uint8Array): string =>
  Array.from(b, (o) => o.toString(16).padStart(2, '0').toUpperCase()).join('');

export const octets = (text: string): Uint8Array =>
  Uint8Array.from(text.replace(/\s/g, '').match(/../g) ?? [], (p) => Number.parseInt(p, 16));

const byte = (n: number): string => n.toString(16).padStart(2, '0').toUpperCase();

const swap = (digits: string): string => (digits.length % 2 ? `${digits}F` : digits).replace(/(.)(.)/g, '$2$1');

const address = (digits: string): string => byte(digits.length) + (digits.length > 5 ? '91' : '81') + swap(digits);

const centre = (digits: string): string => {
  const value = `91${swap(digits)}`;
  return byte(value.length / 2) + value;
};

/** yymmddhhmmss and the zone in quarters of an hour. */
const stamp = (digits: string, zone = '00'): string => swap(digits + zone);

export interface Made {
  readonly pdu: string;
  /** TPDU octets, without the service centre. */
  readonly length: number;
}

export interface Deliver {
  readonly from?: string;
  readonly ud: string;
  readonly scts?: string;
  readonly dcs?: string;
  readonly udhi?: boolean;
}

export const SMSC = '491710760000';

export function deliver({ from = '491721234567', ud, scts = '261123111938', dcs = '04', udhi = true }: Deliver): Made {
  const udl = ud.length / 2;
  const tpdu = `${udhi ? '44' : '04'}${address(from)}00${dcs}${stamp(scts)}${byte(udl)}${ud}`;
  return { pdu: centre(SMSC) + tpdu, length: tpdu.length / 2 };
}

export function submit(to: string, ud: string): Made {
  const tpdu = `5100${address(to)}0004A7${byte(ud.length / 2)}${ud}`;
  return { pdu: `00${tpdu}`, length: tpdu.length / 2 };
}

export function report(to: string): Made {
  const tpdu = `0607${address(to)}${stamp('261123111938')}${stamp('261123111942')}00`;
  return { pdu: centre(SMSC) + tpdu, length: tpdu.length / 2 };
}

/** A NAPDEF with NAME, NAPID, BEARER, NAP-ADDRESS and NAP-ADDRTYPE, and a BOOTSTRAP with NAME. */
export const DOCUMENT = [
  '030B6A0045C65501',
  '8707060354657374204F70657261746F722041636365737320506F696E740001',
  '87110603544553542D4E4150310001',
  '871006AB01',
  '870806037761702E6578616D706C652E6F72670001',
  '870906890101',
  'C656018707060354657374204F70657261746F722042726F777365722050726F66696C6500010101',
].join('');

const MAC = Array.from('0123456789ABCDEF0123456789ABCDEF01234567', (c) => c.charCodeAt(0).toString(16)).join('');

/** Push of the document, SEC 1 and a MAC. */
export const PUSH = `01062F1F2DB6918192${MAC}00${DOCUMENT}`;

export const PORTS = '05040B8423F0';

/** User data of the push in two parts, each with its header. */
export function parts(reference = 'A7', push = PUSH): readonly [string, string] {
  const at = 256;
  return [`0B${PORTS}0003${reference}0201${push.slice(0, at)}`, `0B${PORTS}0003${reference}0202${push.slice(at)}`];
}

export const UDH = [`0B${PORTS}0003A70201`, `0B${PORTS}0003A70202`] as const;
export const UD = [PUSH.slice(0, 256), PUSH.slice(256)] as const;
export const UDS = parts();
export const FIRST = deliver({ ud: UDS[0] });
export const SECOND = deliver({ ud: UDS[1], scts: '261123111940' });
export const XML =
  '<?xml version="1.0"?>\n<wap-provisioningdoc version="1.1">\n  <characteristic type="NAPDEF">\n    <parm name="NAPID" value="N1"/>\n  </characteristic>\n</wap-provisioningdoc>\n';

export interface ReadBack {
  readonly reader: CaptureReader;
  readonly records: LogRecord[];
  readonly findings: readonly Finding[];
  readonly codes: string[];
}

/** Gives at most `step` octets a read, as a pipe does. */
export const inSteps = (name: string, bytes: Uint8Array, step: number): Source => ({
  name,
  size: null,
  async read(at, into) {
    const part = bytes.subarray(at, at + Math.min(step, into.length));
    into.set(part);
    return part.length;
  },
});

export async function readBytes(bytes: Uint8Array, headLength = 1 << 16, step?: number): Promise<ReadBack | undefined> {
  const source = step === undefined ? fromBytes('log', bytes) : inSteps('log', bytes, step);
  const reader = await openText(source, bytes.slice(0, headLength));
  if (reader === undefined) return undefined;
  const records: LogRecord[] = [];
  for await (const batch of reader.batches()) if (batch.kind === 'records') records.push(...batch.records);
  return { reader, records, findings: reader.findings, codes: reader.findings.map((f) => f.rule.code) };
}

export async function read(text: string, headLength?: number, step?: number): Promise<ReadBack> {
  const out = await readBytes(new TextEncoder().encode(text), headLength, step);
  if (out === undefined) throw new Error('not read as text');
  return out;
}

const spaced = (h: string): string => h.replace(/(..)(?=.)/g, '$1 ').toLowerCase();

/** A dump as Kannel writes an octet string. */
export function octetString(prefix: string, h: string, indent = ''): string {
  const lines = [
    `${indent}Octet string at 0x7f4c2c001234:`,
    `${indent}  len:  ${h.length / 2}`,
    `${indent}  size: ${h.length / 2 + 1}`,
    `${indent}  immutable: 0`,
  ];
  for (let i = 0; i < h.length; i += 32) {
    const line = h.slice(i, i + 32);
    const shown = Array.from(octets(line), (o) => (o > 0x20 && o < 0x7f ? String.fromCharCode(o) : '.')).join('');
    lines.push(`${indent}  data: ${`${spaced(line)} `.padEnd(48)}  ${shown}`);
  }
  lines.push(`${indent}Octet string dump ends.`);
  return lines.map((l) => `${prefix}${l}\n`).join('');
}

export function smppDump(prefix: string, ud: string, sequence: number): string {
  const fields = [
    'SMPP PDU 0x7f4c2c005678 dump:',
    '  type_name: submit_sm',
    '  command_id: 4 = 0x00000004',
    '  command_status: 0 = 0x00000000',
    `  sequence_number: ${sequence} = 0x${sequence.toString(16).padStart(8, '0')}`,
    '  service_type: NULL',
    '  source_addr_ton: 5 = 0x00000005',
    '  source_addr_npi: 0 = 0x00000000',
    '  source_addr: "OTA Centre"',
    '  dest_addr_ton: 1 = 0x00000001',
    '  dest_addr_npi: 1 = 0x00000001',
    '  destination_addr: "491721234567"',
    '  esm_class: 67 = 0x00000043',
    '  protocol_id: 0 = 0x00000000',
    '  data_coding: 4 = 0x00000004',
    `  sm_length: ${ud.length / 2} = 0x${(ud.length / 2).toString(16).padStart(8, '0')}`,
    '  short_message:',
  ];
  return `${fields.map((l) => `${prefix}${l}\n`).join('') + octetString(prefix, ud, '    ')}${prefix}SMPP PDU dump ends.\n`;
}

/** A dump with offsets, 16 octets a line. */
export function hexdump(h: string, pad = 4, bar = true): string {
  let out = '';
  for (let i = 0; i < h.length; i += 32) {
    const line = h.slice(i, i + 32);
    const shown = Array.from(octets(line), (o) => (o >= 0x20 && o < 0x7f ? String.fromCharCode(o) : '.')).join('');
    out += `${(i / 2).toString(16).padStart(pad, '0')}  ${spaced(line).padEnd(47)}  ${bar ? `|${shown}|` : shown}\n`;
  }
  return out;
}

/** Text in UTF-16 with a byte order mark. */
export function utf16(text: string, big: boolean): Uint8Array {
  const out = new Uint8Array(2 * text.length + 2);
  const put = (i: number, u: number) => {
    out[2 * i] = big ? u >> 8 : u & 255;
    out[2 * i + 1] = big ? u & 255 : u >> 8;
  };
  put(0, 0xfeff);
  for (let i = 0; i < text.length; i += 1) put(i + 1, text.charCodeAt(i));
  return out;
}

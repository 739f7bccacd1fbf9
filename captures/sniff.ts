// What a file is, by its first octets: what is read here, and names for what is not.

import { type Compression, compressionOf } from './compressed/layer.ts';
import { hasOctets, hasText, u16, u32 } from './octets.ts';
import { isPcap } from './pcap/header.ts';
import { isPcapng } from './pcapng/format.ts';
import type { Unreadable } from './reader.ts';

export type Container = 'pcap' | 'pcapng' | Compression;

/** The container a file is in; undefined: text, a single document, or nothing that is read here. */
export function sniffContainer(head: Uint8Array): Container | undefined {
  if (isPcapng(head)) return 'pcapng';
  if (isPcap(head)) return 'pcap';
  return compressionOf(head);
}

interface Known {
  readonly looksLike: string;
  readonly readBy?: string;
}

interface Signature extends Known {
  readonly at: number;
  readonly is: string | readonly number[];
}

const UNPACK = 'Unpack it first';
const EDITCAP = 'Wireshark reads it; convert it with `editcap -F pcapng IN OUT` first';
const ARCHIVE = { readBy: UNPACK };
const CAPTURE = { readBy: EDITCAP };

// Octets of the formats' own descriptions; the first that fits wins.
const SIGNATURES: readonly Signature[] = [
  { at: 0, is: [0x50, 0x4b, 0x03, 0x04], looksLike: 'a ZIP archive (or an office document, APK or JAR)', ...ARCHIVE },
  { at: 0, is: [0x50, 0x4b, 0x05, 0x06], looksLike: 'an empty ZIP archive' },
  { at: 0, is: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], looksLike: 'a 7-Zip archive', ...ARCHIVE },
  { at: 0, is: 'Rar!\x1a\x07', looksLike: 'a RAR archive', ...ARCHIVE },
  {
    at: 0,
    is: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
    looksLike: 'an xz file',
    readBy: 'Decompress it with `xz -d` first',
  },
  { at: 0, is: 'BZh', looksLike: 'a bzip2 file', readBy: 'Decompress it with `bzip2 -d` first' },
  { at: 0, is: 'LZIP', looksLike: 'an lzip file', readBy: 'Decompress it with `lzip -d` first' },
  { at: 0, is: [0x1f, 0x9d], looksLike: 'a file made by compress', readBy: 'Decompress it with `uncompress` first' },
  { at: 257, is: 'ustar', looksLike: 'a tar archive', ...ARCHIVE },
  { at: 0, is: '!<arch>\n', looksLike: 'an ar archive', ...ARCHIVE },
  { at: 0, is: 'MSCF', looksLike: 'a Windows cabinet', ...ARCHIVE },
  { at: 0, is: 'snoop\0\0\0', looksLike: 'a Solaris snoop capture', ...CAPTURE },
  {
    at: 0,
    is: 'btsnoop\0',
    looksLike: 'a Bluetooth HCI log (btsnoop)',
    readBy: 'Wireshark reads it; it holds no SMS of the network',
  },
  { at: 0, is: 'GMBU', looksLike: 'a Microsoft Network Monitor 2 capture', ...CAPTURE },
  { at: 0, is: 'RTSS', looksLike: 'a Microsoft Network Monitor 1 capture', ...CAPTURE },
  { at: 0, is: 'TRSNIFF data    \x1a', looksLike: 'a DOS Sniffer capture', ...CAPTURE },
  { at: 0, is: 'XCP\0', looksLike: 'a NetXRay or Windows Sniffer capture', ...CAPTURE },
  { at: 0, is: 'ObserverPktBuffe', looksLike: 'an Observer capture', ...CAPTURE },
  { at: 0, is: '\x7fver', looksLike: 'an EtherPeek or OmniPeek capture', ...CAPTURE },
  { at: 0, is: 'EyeSDN', looksLike: 'an EyeSDN trace', ...CAPTURE },
  { at: 0, is: 'iptrace 1.0', looksLike: 'an AIX iptrace capture', ...CAPTURE },
  { at: 0, is: 'iptrace 2.0', looksLike: 'an AIX iptrace capture', ...CAPTURE },
  { at: 0, is: [0x54, 0x52, 0x00, 0x64, 0x00], looksLike: 'an HP-UX nettl trace', ...CAPTURE },
  { at: 0, is: [0x00, 0x00, 0x02, 0x00, 0x12, 0x05, 0x00, 0x10], looksLike: 'a Tektronix K12 capture', ...CAPTURE },
  { at: 0, is: 'LOGG', looksLike: 'a Vector BLF log', ...CAPTURE },
  {
    at: 0,
    is: 'SQLite format 3\0',
    looksLike: 'an SQLite database',
    readBy: 'Export the messages as CSV or text first',
  },
  { at: 0, is: [0x7f, 0x45, 0x4c, 0x46], looksLike: 'an ELF program' },
  { at: 0, is: 'MZ', looksLike: 'a Windows program' },
  { at: 0, is: [0xcf, 0xfa, 0xed, 0xfe], looksLike: 'a macOS program' },
  { at: 0, is: [0xca, 0xfe, 0xba, 0xbe], looksLike: 'a Java class or a macOS program' },
  { at: 0, is: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], looksLike: 'a PNG picture' },
  { at: 0, is: [0xff, 0xd8, 0xff], looksLike: 'a JPEG picture' },
  { at: 0, is: 'GIF8', looksLike: 'a GIF picture' },
  { at: 0, is: '%PDF-', looksLike: 'a PDF document', readBy: 'Copy the hex text out of it and paste that' },
  { at: 0, is: '{\\rtf', looksLike: 'an RTF document', readBy: 'Save it as plain text first' },
  {
    at: 0,
    is: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    looksLike: 'an old office document',
    readBy: 'Save it as CSV or plain text first',
  },
  { at: 0, is: 'OggS', looksLike: 'an Ogg recording' },
  { at: 0, is: 'ID3', looksLike: 'an MP3 recording' },
  { at: 4, is: 'ftyp', looksLike: 'an MP4 recording' },
  { at: 0, is: 'RIFF', looksLike: 'a RIFF file (picture or recording)' },
  { at: 0, is: 'PAR1', looksLike: 'a Parquet table', readBy: 'Export the messages as CSV first' },
  { at: 0, is: 'DICM', looksLike: 'a DICOM file' },
  { at: 0, is: [0x62, 0x70, 0x6c, 0x69, 0x73, 0x74], looksLike: 'a binary property list (Apple)' },
  { at: 0, is: 'ANDROID BACKUP\n', looksLike: 'an Android backup', readBy: UNPACK },
  { at: 0, is: '# DDMS log\0', looksLike: 'a DDMS log' },
  { at: 0, is: 'ElfFile\0', looksLike: 'a Windows event log (EVTX)' },
];

/** Octets at odd places, and text formats that only a second look tells from a log. */
const TESTS: readonly (Known & { test(head: Uint8Array): boolean })[] = [
  { looksLike: 'a Windows event trace (ETL)', readBy: 'Convert it with etl2pcapng first', test: isEtl },
  { looksLike: 'an ERF capture', readBy: EDITCAP, test: isErf },
  {
    looksLike: 'an HTML page',
    readBy: 'Copy the text out of it and paste that',
    test: (b) => textStarts(b, /^<(!doctype html|html|head|body)\b/i),
  },
  {
    looksLike: 'a JSON file',
    readBy: 'Export it as pcap from the program that wrote it',
    test: (b) => textStarts(b, /^[[{]\s*(["{[\]}]|-?\d)/),
  },
];

const PACKET_LIST = {
  looksLike: 'a packet list as XML (PDML or PSML)',
  readBy: 'Open the capture it was made from',
  test: (b: Uint8Array) => textStarts(b, /^(<\?[^>]*>\s*|<!--[\s\S]*?-->\s*)*<(pdml|psml)\b/),
};

/** ETL: a buffer header of 0x48 octets whose size comes first, and again in the trace header behind it. */
function isEtl(b: Uint8Array): boolean {
  if (b.length < 0x70) return false;
  const size = u32(b, 0, true);
  return size >= 0x1000 && size % 0x400 === 0 && u32(b, 0x68, true) === size && u16(b, 0x36, true) <= 0x40;
}

/** ERF: each record gives its length; types 1 to 48, times that do not run back. */
function isErf(b: Uint8Array): boolean {
  let at = 0;
  let records = 0;
  let before = 0;
  while (at + 16 <= b.length && records < 4) {
    const seconds = u32(b, at + 4, true);
    const type = b[at + 8]! & 0x7f;
    const length = u16(b, at + 10, false);
    if (type === 0 || type > 48 || length < 16 || seconds < before || seconds < 0x20000000) return false;
    before = seconds;
    at += length;
    records++;
  }
  return records === 4 || (records >= 2 && at === b.length);
}

const latin1 = new TextDecoder('latin1');

const textStarts = (b: Uint8Array, pattern: RegExp): boolean =>
  pattern.test(latin1.decode(b.subarray(0, 1024)).replace(/^(\u00ef\u00bb\u00bf)?\s+|^\u00ef\u00bb\u00bf/, ''));

/** Names a file that a signature gives away; undefined when it may still be text or a document. */
export function foreign(head: Uint8Array): Unreadable | undefined {
  const hit = SIGNATURES.find((s) =>
    typeof s.is === 'string' ? hasText(head, s.at, s.is) : hasOctets(head, s.at, ...s.is),
  );
  if (hit !== undefined) return unreadable(head, hit);
  return PACKET_LIST.test(head) ? unreadable(head, PACKET_LIST) : undefined;
}

/** Names any file that nothing here reads. */
export function nameUnreadable(head: Uint8Array): Unreadable {
  if (head.length === 0) return unreadable(head, { looksLike: 'an empty file' });
  if (head.every((octet) => octet === 0)) return unreadable(head, { looksLike: 'a file of zeros' });
  const hit = TESTS.find((t) => t.test(head));
  if (hit !== undefined) return unreadable(head, hit);
  const text = isText(head);
  return unreadable(head, {
    looksLike: text ? 'text without any message that is known here' : 'nothing known',
    ...(text ? {} : { readBy: 'Wireshark or `file` may tell what it is' }),
  });
}

export function unreadable(head: Uint8Array, known: Known): Unreadable {
  const { looksLike, readBy } = known;
  return { unreadable: true, firstBytes: printable(head), looksLike, ...(readBy === undefined ? {} : { readBy }) };
}

function isText(head: Uint8Array): boolean {
  let odd = 0;
  for (const octet of head) if (octet < 9 || (octet > 13 && octet < 32 && octet !== 27)) odd++;
  return odd * 100 <= head.length;
}

const SHOWN = 16;

/** First octets as hex, and as text where they are printable: '50 4b 03 04 "PK.."'. */
function printable(head: Uint8Array): string {
  const part = head.subarray(0, SHOWN);
  const hex = Array.from(part, (octet) => octet.toString(16).padStart(2, '0')).join(' ');
  const text = Array.from(part, (octet) => (octet >= 32 && octet < 127 ? String.fromCharCode(octet) : '.')).join('');
  return part.length === 0 ? 'nothing' : `${hex} "${text}"`;
}

// otascope encode: a document as WBXML, push, short messages, SMPP or a capture.

import { captureOf, type Envelope, headerLines, partsOf, pduLines, smppStream } from '../../analysis/encode/carry.ts';
import {
  type EncodeFault,
  isFault,
  type WrittenDocument,
  writableCharset,
  writableCharsets,
  writeDocument,
} from '../../analysis/encode/document.ts';
import { type PushForm, type WrittenPush, writePush } from '../../analysis/encode/push.ts';
import { MOST_USER_DATA, PUSH_PORT, type SplitOptions } from '../../analysis/encode/sms.ts';
import { printable } from '../../analysis/report/text.ts';
import { oneOf } from '../arguments.ts';
import type { Arguments, Run } from '../command.ts';
import { readDocument } from '../document-file.ts';
import { keysOf, openAll } from '../inputs.ts';
import { withOutput } from '../output.ts';
import { Sentence, usage } from '../sentence.ts';
import type { Terminal } from '../terminal.ts';

const FORMATS = ['wbxml', 'push', 'hex', 'udh', 'pdu', 'smpp', 'pcap', 'pcapng'] as const;
type Format = (typeof FORMATS)[number];

const METHODS = {
  netwpin: 'NETWPIN',
  userpin: 'USERPIN',
  usernetwpin: 'USERNETWPIN',
  userpinmac: 'USERPINMAC',
} as const;
const VERSIONS: Readonly<Record<string, number>> = { '1.0': 0, '1.1': 1, '1.2': 2, '1.3': 3 };
/** Nokia/Ericsson OTA settings, browser settings and bookmarks. */
const OTA_PORT = 49999;

export const run: Run = async (args, terminal) => {
  const format = formatOf(args);
  const wbxml = wbxmlFormOf(args);
  const push = pushFormOf(args, format);
  const envelope = envelopeOf(args, format);
  const split = splitOf(args);
  const direction = args.has('deliver') ? 'deliver' : 'submit';
  if (args.positionals.length > 1) throw usage('encode takes one document.');
  if (isBinary(format) && goesTo(args) === undefined && terminal.out.isTerminal) {
    throw usage(`${format} is binary: name a file with -o, or pipe it on.`);
  }
  const sources = await openAll('encode', args.positionals, terminal);
  const source = sources[0]!;

  const bytes = await readDocument(source);
  const told = <T extends object>(result: T | EncodeFault): T => {
    if (isFault(result)) throw sentence(source.name, result);
    return result;
  };
  const document = told(writeDocument(bytes, wbxml));
  const written = format === 'wbxml' ? undefined : told(writePush(document, push));
  const parts = () =>
    told(
      partsOf(written!.bytes, {
        ...split,
        ...portOf(args, document),
        reference: split.reference ?? sumOf(written!.bytes),
      }),
    );
  const out = output(format, document, written, parts, envelope, direction);

  // Opened last: a document that can't be encoded leaves an older file as it was.
  await withOutput(args, async (file) => (file ?? terminal.out).write(out));
  await tellDigits(written, terminal);
  return 0;
};

function output(
  format: Format,
  document: WrittenDocument,
  push: WrittenPush | undefined,
  parts: () => Uint8Array[],
  envelope: Envelope,
  direction: 'submit' | 'deliver',
): string | Uint8Array {
  if (push === undefined) return document.body;
  switch (format) {
    case 'wbxml':
    case 'push':
      return push.bytes;
    case 'hex':
      return `${Buffer.from(push.bytes).toString('hex').toUpperCase()}\n`;
    case 'udh':
      return headerLines(parts(), envelope.to);
    case 'pdu':
      return pduLines(parts(), direction, envelope);
    case 'smpp':
      return smppStream(parts(), envelope);
    case 'pcap':
    case 'pcapng':
      return captureOf(parts(), envelope, format);
  }
}

const isBinary = (format: Format): boolean => !['hex', 'udh', 'pdu'].includes(format);

const goesTo = (args: Arguments): string | undefined => {
  const path = args.value('output');
  return path === '-' ? undefined : path;
};

/** As asked, else by the name of the output, else WBXML. */
function formatOf(args: Arguments): Format {
  const asked = oneOf(args, 'format', FORMATS);
  if (asked !== undefined) return asked;
  const extension = /\.([a-z]+)$/.exec(goesTo(args) ?? '')?.[1];
  return FORMATS.find((f) => f === extension) ?? 'wbxml';
}

function wbxmlFormOf(args: Arguments) {
  const name = args.value('charset');
  const charset = name === undefined ? undefined : writableCharset(name)?.mib;
  if (name !== undefined && charset === undefined) {
    throw usage(`--charset may be ${writableCharsets().join(', ').toLowerCase()}.`);
  }
  const asked = args.value('wbxml-version');
  const version = asked === undefined ? undefined : VERSIONS[asked];
  if (asked !== undefined && version === undefined) throw usage('--wbxml-version may be 1.0, 1.1, 1.2 or 1.3.');
  if (version === 0 && charset !== undefined && charset !== 106) {
    throw usage('WBXML 1.0 states no character set: leave --charset out.');
  }
  return {
    ...(charset === undefined ? {} : { charset }),
    ...(version === undefined ? {} : { version }),
    stringTable: args.has('string-table'),
    literals: args.has('literals'),
    trim: args.has('trim'),
    publicIdAsText: args.has('public-id'),
  };
}

function pushFormOf(args: Arguments, format: Format): PushForm {
  const headers = args.values('header').map((h) => {
    const at = h.indexOf(':');
    const name = h.slice(0, at).trim();
    if (at < 1 || !/^[\x21-\x7e]+$/.test(name)) throw usage("--header takes 'Name: value'.");
    return { name, value: h.slice(at + 1).trim() };
  });
  const sec = oneOf(args, 'sec', ['netwpin', 'userpin', 'usernetwpin', 'userpinmac']);
  const { imsi, pin } = keysOf(args);
  if (imsi.length > 1 || pin.length > 1) throw usage('encode takes one --imsi and one --pin.');
  if (sec === undefined && imsi.length + pin.length > 0)
    throw usage('--imsi and --pin make a MAC: say how with --sec.');
  if (sec === undefined) return { headers, security: null };
  if (format === 'wbxml') throw usage('--sec stands in the push headers: --format push, or what carries it.');
  return { headers, security: { method: METHODS[sec], imsi: imsi[0] ?? null, pin: pin[0] ?? null } };
}

const NUMBER = /^\+?\d{1,20}$/;
/** Letters that are the same in ASCII and the alphabet of 3GPP TS 23.038. */
const NAME = /^[A-Za-z0-9 .&*+-]{1,11}$/;

function envelopeOf(args: Arguments, format: Format): Envelope {
  const to = args.value('to');
  const from = args.value('from');
  const centre = args.value('smsc');
  const time = args.value('time');
  const delivered = format === 'pdu' && args.has('deliver');
  const needsTo = ['udh', 'smpp', 'pcap', 'pcapng'].includes(format) || (format === 'pdu' && !delivered);
  if (needsTo && to === undefined) throw usage(`--format ${format} needs --to NUMBER.`);
  if (to !== undefined && !NUMBER.test(to)) throw usage('--to is a telephone number, +49... or as it is dialled.');
  if (from !== undefined && !NUMBER.test(from) && !NAME.test(from)) {
    throw usage('--from is a telephone number, or a name of up to 11 letters and digits.');
  }
  if (centre !== undefined && !NUMBER.test(centre)) throw usage('--smsc is the number of a service centre.');
  const at = time === undefined ? new Date() : new Date(time);
  if (Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1970 || at.getUTCFullYear() > 2099) {
    throw usage('--time is a time like 2026-11-23T08:15:00Z.');
  }
  return { to: to ?? '', from: from ?? 'otascope', serviceCentre: centre ?? '', time: at.toISOString() };
}

function splitOf(args: Arguments): Omit<SplitOptions, 'reference'> & { readonly reference: number | undefined } {
  const bits = args.has('16-bit-reference') ? 16 : 8;
  const reference = numberOf(args, 'reference', 0, bits === 16 ? 0xffff : 0xff);
  // A header with ports and a 16-bit reference takes 13 octets.
  const most = numberOf(args, 'segment-octets', 20, MOST_USER_DATA);
  const sourcePort = numberOf(args, 'source-port', 0, 0xffff);
  return {
    reference,
    bits,
    ...(most === undefined ? {} : { most }),
    ...(sourcePort === undefined ? {} : { sourcePort }),
  };
}

function portOf(args: Arguments, document: WrittenDocument): { readonly destinationPort: number } {
  const usual = document.mediaType.startsWith('application/x-wap-prov.') ? OTA_PORT : PUSH_PORT;
  return { destinationPort: numberOf(args, 'port', 0, 0xffff) ?? usual };
}

function numberOf(args: Arguments, name: string, low: number, high: number): number | undefined {
  const text = args.value(name);
  if (text === undefined) return undefined;
  const n = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (!(n >= low && n <= high)) throw usage(`--${name} is a number from ${low} to ${high}.`);
  return n;
}

/** The same push gets the same reference, different ones likely another. */
const sumOf = (bytes: Uint8Array): number => bytes.reduce((sum, b) => (sum * 31 + b) & 0xff, 0);

function sentence(name: string, { fault, unreadable, place }: EncodeFault): Sentence {
  const where = place === null ? name : `${name}:${place.line}:${place.column}`;
  return new Sentence(`${where}: ${printable(fault)}.`, unreadable ? 3 : 1);
}

async function tellDigits(push: WrittenPush | undefined, terminal: Terminal): Promise<void> {
  if (push === undefined || push.checkDigits === null) return;
  await terminal.err.write(`otascope: the user enters the PIN and right behind it ${push.checkDigits}\n`);
}

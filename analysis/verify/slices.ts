// What senders may have put under the MAC instead of the document as delivered.

import type { WspPush } from '../../dissectors/wap/push.ts';
import { ascii, join } from './keys.ts';
import type { Slice } from './mistakes.ts';

export interface SlicesFrom {
  /** The whole push, and where its body begins and its MAC ends. */
  readonly datagram: Uint8Array;
  readonly push: WspPush;
  /** The document as text, as the sender may have had it before encoding. */
  readonly xml: readonly string[];
  /** Octets that the document takes of the body. */
  readonly documentLength: number | null;
  /** Is the body WBXML? */
  readonly wbxml: boolean;
  /** Octets of the datagram that its first part carried; null where it has one part alone. */
  readonly firstPart: number | null;
}

const FIX = {
  document: 'Take the MAC over all octets of the body as delivered.',
  body: 'Take the MAC over the body alone, from the first octet of the document on.',
  whole: 'Take the MAC over the whole document, before it is cut into parts.',
  encoded: 'Encode first, then take the MAC over the octets of the WBXML document.',
  after: 'Take the MAC over the document as it is sent: something changed it after it was signed.',
} as const;

/** Octets of WBXML versions 1.0 to 1.3, and of MIB enums that settings are sent with (WAP-192-WBXML 5.4, 5.6). */
const VERSIONS = [0x00, 0x01, 0x02, 0x03] as const;
const CHARSETS = [0x00, 0x03, 0x04, 0x6a] as const;

const DECLARATIONS = [
  '<?xml version="1.0"?>',
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<?xml version="1.0" encoding="utf-8"?>',
] as const;
const DOCTYPE =
  '<!DOCTYPE wap-provisioningdoc PUBLIC "-//WAPFORUM//DTD PROV 1.0//EN" "http://www.wapforum.org/DTD/prov.dtd">';

export function slicesOf(from: SlicesFrom): Slice[] {
  const { datagram, push } = from;
  const { start, length } = push.body;
  const body = datagram.subarray(start, start + length);
  const out: Slice[] = [];
  const add = (name: string, title: string, fix: string, bytes: Uint8Array): void => {
    if (bytes.length > 0) out.push({ name, title, fix, bytes });
  };
  if (from.documentLength !== null && from.documentLength < length) {
    const title = 'the document without the octets that trail it';
    add('mac-over-document', title, FIX.document, body.subarray(0, from.documentLength));
  }
  if (push.macRange !== null) {
    const afterMac = push.macRange.start + push.macRange.length;
    for (const at of [afterMac, afterMac + 1]) {
      if (at >= start || at > datagram.length) continue;
      const title = 'the headers after the MAC as well as the document';
      add('mac-over-headers', title, FIX.body, datagram.subarray(at, start + length));
    }
  }
  add('mac-over-datagram', 'the whole push with its headers', FIX.body, datagram);
  if (from.firstPart !== null && from.firstPart > start && from.firstPart < start + length) {
    add(
      'mac-over-first-part',
      'what the first part holds of the document',
      FIX.whole,
      datagram.subarray(start, from.firstPart),
    );
  }
  add('mac-over-terminator', 'the document and a NUL behind it', FIX.document, join(body, Uint8Array.of(0)));
  add('mac-over-cut-document', 'the document without its last octet', FIX.document, body.subarray(0, -1));
  if (from.wbxml) out.push(...headerSlices(body));
  for (const octets of xmlForms(from.xml)) add('mac-over-xml', 'the document as XML text', FIX.encoded, octets);
  return out;
}

/** The document with another octet in its header: version, public identifier, charset, in this order. */
function headerSlices(body: Uint8Array): Slice[] {
  const out: Slice[] = [];
  const change = (at: number, to: number, name: string, title: string): void => {
    if (at >= body.length || body[at] === to) return;
    const bytes = body.slice();
    bytes[at] = to;
    out.push({ name, title, fix: FIX.after, bytes });
  };
  for (const c of CHARSETS) change(2, c, 'mac-over-other-charset', 'the document with another charset octet');
  for (const v of VERSIONS) change(0, v, 'mac-over-other-version', 'the document with another WBXML version octet');
  out.push({
    name: 'mac-over-no-header',
    title: 'the document without the octets in front of its first element',
    fix: FIX.document,
    bytes: body.subarray(4 + (body[3] ?? 0)),
  });
  return out.filter((s) => s.bytes.length > 0);
}

const ENDS = ['', '\n', '\r\n'] as const;

interface Around {
  readonly front: Uint8Array;
  readonly end: Uint8Array;
}

/** With and without declaration and document type, with and without line ends. White space within it nobody can guess. */
const AROUND: readonly Around[] = ENDS.flatMap((end) => [
  ['', end],
  ...DECLARATIONS.flatMap((declaration) => [
    [`${declaration}${end}`, ''],
    [`${declaration}${end}${DOCTYPE}${end}`, ''],
    ...(end === '' ? [] : [[`${declaration}${end}${DOCTYPE}${end}`, end]]),
  ]),
]).map(([front = '', end = '']) => ({ front: ascii(front), end: ascii(end) }));

function* xmlForms(texts: readonly string[]): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const text of texts) {
    const octets = encoder.encode(text);
    for (const { front, end } of AROUND) yield join(front, octets, end);
  }
}

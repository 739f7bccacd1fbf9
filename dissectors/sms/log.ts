// Records of text logs and single documents, as short messages and datagrams.

import type { Finding } from '../../captures/finding.ts';
import type { LogRecord } from '../../captures/reader.ts';
import type { ByteMap, FrameId, Mapped } from '../base/bytemap.ts';
import { Cursor, runLayer } from '../base/cursor.ts';
import type { Address, Bearer, Sink, Time } from '../base/message.ts';
import { serviceCentre } from './address.ts';
import { tpduToShortMessage } from './message.ts';
import { tpduRules } from './rules.ts';
import { decodeTpdu, type Tpdu } from './tpdu.ts';
import { tpduFields } from './tpdufields.ts';
import { decodeUserData } from './userdata.ts';

interface Read {
  readonly smsc: Address | null;
  readonly tpdu: Tpdu;
}

/** 9.2.3.1: without word from the log, a TPDU of type 1 was submitted and all others were delivered. */
function directionOf(record: LogRecord, first: number | undefined): 'mt' | 'mo' {
  return record.direction ?? (((first ?? 0) & 3) === 1 ? 'mo' : 'mt');
}

function readTpdu(
  c: Cursor,
  withCentre: boolean,
  direction: 'mt' | 'mo' | undefined,
): Read & { direction: 'mt' | 'mo' } {
  const smsc = withCentre ? (runLayer(c, () => serviceCentre(c, tpduFields.serviceCentre)) ?? null) : null;
  const guessed = direction ?? (((c.peek() ?? 0) & 3) === 1 ? 'mo' : 'mt');
  return { smsc, tpdu: decodeTpdu(c, guessed), direction: guessed };
}

/** 2: reads to its last octet without a complaint; 1: reads; 0: doesn't. */
function plausibility(bytes: Uint8Array, withCentre: boolean, direction: 'mt' | 'mo' | undefined): 0 | 1 | 2 {
  const c = new Cursor(bytes);
  const { tpdu } = readTpdu(c, withCentre, direction);
  if (!tpdu.complete) return 0;
  return c.left === 0 && c.findings.every((x) => x.rule.severity === 'note' && x.rule !== tpduRules.trailing) ? 2 : 1;
}

/** '+49171...' as an international number, other digits as they are, anything else as a name. */
export function addressFromText(text: string | undefined): Address | null {
  const t = text?.trim() ?? '';
  if (t === '') return null;
  if (/^\+[0-9*#a-c]+$/i.test(t)) return { value: t.slice(1), type: 'international', plan: 1 };
  return { value: t, type: /^[0-9*#]+$/.test(t) ? 'unknown' : 'alphanumeric' };
}

/** The record is its own frame. */
const mapOf = (frame: FrameId, start: number, length: number): ByteMap =>
  length === 0 ? [] : [{ start: 0, length, frame, offset: start }];

function decodeTpduRecord(r: LogRecord, frame: FrameId, time: Time, sink: Sink, bearer: Bearer): void {
  const said = r.content === 'tpdu-sc';
  const other = plausibility(r.bytes, said, r.direction) < 2 && plausibility(r.bytes, !said, r.direction) === 2;
  const withCentre = other ? !said : said;
  const findings: Finding[] = [];
  const c = new Cursor(r.bytes, 0, r.bytes.length, null, findings, 'pdu');
  const { smsc, tpdu, direction } = readTpdu(c, withCentre, r.direction);
  if (other) {
    const words = withCentre ? 'a service centre address in front' : 'no service centre address in front';
    c.report(tpduRules.swapped, 0, r.bytes.length, `read with ${words}`);
  }
  const out = tpduToShortMessage(tpdu, r.bytes, {
    bearer,
    direction,
    from: addressFromText(r.from),
    to: addressFromText(r.to),
    imsi: r.imsi ?? null,
    smsc: smsc ?? addressFromText(r.smsc),
    time,
    frame,
    pdu: { bytes: r.bytes, map: mapOf(frame, 0, r.bytes.length) },
    dissector: `sms-tpdu${withCentre ? '-sc' : ''}-${direction}`,
    chosenBy: r.label,
    answerKey: null,
    findings,
    origin: (start, length) => mapOf(frame, start, length),
  });
  // What carries no address is noise that happened to be hexadecimal.
  if (out === null || (!tpdu.complete && tpdu.address === null)) {
    for (const finding of findings) sink.finding({ frame, time, finding: { ...finding, of: 'frame' } });
    if (!tpdu.complete) {
      sink.finding({
        frame,
        time,
        finding: {
          rule: tpduRules.unreadable,
          message: `${r.label}: ${r.bytes.length} octets are no TPDU`,
          of: 'frame',
          start: 0,
          length: r.bytes.length,
        },
      });
    }
    return;
  }
  if ('message' in out) sink.shortMessage(out.message);
  else sink.receipt(out.receipt);
}

const OCTETS = 0x04;

function decodeUserDataRecord(r: LogRecord, frame: FrameId, time: Time, sink: Sink, bearer: Bearer): void {
  const findings: Finding[] = [];
  const c = new Cursor(r.bytes, 0, r.bytes.length, null, findings, 'pdu');
  const dcs = r.dcs ?? OCTETS;
  const read = runLayer(c, () => decodeUserData(c, dcs, r.udhi, undefined));
  const direction = directionOf(r, undefined);
  sink.shortMessage({
    bearer,
    operation: direction === 'mt' ? 'SMS-DELIVER' : 'SMS-SUBMIT',
    direction,
    from: addressFromText(r.from),
    to: addressFromText(r.to),
    imsi: r.imsi ?? null,
    smsc: addressFromText(r.smsc),
    time,
    frame,
    dcs,
    userData: { bytes: r.bytes, map: mapOf(frame, 0, r.bytes.length) },
    udhi: read?.udhi ?? false,
    pdu: { bytes: r.bytes, map: mapOf(frame, 0, r.bytes.length) },
    dissector: 'sms-user-data',
    chosenBy: r.label,
    answerKey: null,
    findings,
  });
}

function decodeDocumentRecord(
  r: LogRecord,
  content: 'wsp' | 'wbxml' | 'xml',
  frame: FrameId,
  time: Time,
  sink: Sink,
  bearer: Bearer,
): void {
  const data: Mapped = { bytes: r.bytes, map: mapOf(frame, 0, r.bytes.length) };
  sink.datagram({
    bearer,
    operation: r.label,
    direction: r.direction ?? 'mt',
    from: addressFromText(r.from),
    to: addressFromText(r.to),
    imsi: r.imsi ?? null,
    ports: null,
    time,
    frame,
    content,
    data,
    pdu: data,
    dissector: content,
    chosenBy: r.label,
    answerKey: null,
    findings: [],
  });
}

/**
 * Hands one record of a text log, or a single-document file, to the sink. `frame` is the record's row in the frame
 * table, `time` nanoseconds since the session's base. The bearer is 'file' for documents and pushes that stand alone,
 * else 'text-log', unless given.
 */
export function decodeRecord(record: LogRecord, frame: FrameId, time: Time, sink: Sink, bearer?: Bearer): void {
  switch (record.content) {
    case 'tpdu':
    case 'tpdu-sc':
      decodeTpduRecord(record, frame, time, sink, bearer ?? 'text-log');
      return;
    case 'user-data':
      decodeUserDataRecord(record, frame, time, sink, bearer ?? 'text-log');
      return;
    case 'wsp':
    case 'wbxml':
    case 'xml':
      decodeDocumentRecord(record, record.content, frame, time, sink, bearer ?? 'file');
      return;
  }
}

const tree =
  (withCentre: boolean, direction: 'mt' | 'mo') =>
  (c: Cursor): void => {
    readTpdu(c, withCentre, direction);
  };

/** Readers of the PDUs that records gave, by `Segment.dissector`: for the tree of a segment. */
export const recordDecoders: Readonly<Record<string, (c: Cursor) => void>> = {
  'sms-tpdu-mt': tree(false, 'mt'),
  'sms-tpdu-mo': tree(false, 'mo'),
  'sms-tpdu-sc-mt': tree(true, 'mt'),
  'sms-tpdu-sc-mo': tree(true, 'mo'),
  'sms-user-data': (c) => {
    runLayer(c, () => decodeUserData(c, OCTETS, undefined, undefined));
  },
};

// One short message as a part: its content behind the header, its number, its ports, kept.

import type { Finding } from '../../captures/finding.ts';
import { type FrameId, keep, type Mapped, sliceMapped } from '../base/bytemap.ts';
import { Cursor, runLayer } from '../base/cursor.ts';
import type { Address, Concatenation, Ports, ShortMessage, Time } from '../base/message.ts';
import type { Segment, SegmentStatus } from './joined.ts';
import { joinRules } from './joinrules.ts';
import { tpduRules } from './rules.ts';
import { decodeText, isText, otherReading, parseTextHeader, type UserDataText } from './text.ts';
import { decodeUdh, type Udh } from './udh.ts';
import { shiftsOf } from './userdata.ts';

/** Everything of a short message but its borrowed buffers, which are copied. */
export interface Kept {
  readonly message: Omit<ShortMessage, 'userData' | 'pdu' | 'findings'>;
  readonly pdu: Mapped;
  /** When the first octet of the PDU came; `message.time` is when the last one did. */
  readonly began: Time;
  /** Content without headers. */
  readonly content: Mapped;
  readonly concatenation: Concatenation | null;
  readonly ports: Ports | null;
  /** The data coding says characters. */
  readonly isText: boolean;
  readonly text: string | null;
  readonly findings: readonly Finding[];
}

/** Reports to nobody: whoever read the PDU first told what is wrong with its header. */
const quiet = new Cursor(new Uint8Array(0));

function headerOf(m: ShortMessage): Udh | null {
  if (!m.udhi || m.userData.bytes.length === 0) return null;
  const { bytes } = m.userData;
  quiet.findings.length = 0;
  return runLayer(quiet.reset(bytes, 0, bytes.length), decodeUdh) ?? null;
}

/** When the first octet of a PDU came, where its frames tell; else when it was complete. */
export function beginOf(pdu: Mapped, complete: Time, timeOf: ((frame: FrameId) => Time) | undefined): Time {
  if (timeOf === undefined) return complete;
  let began = complete;
  for (const piece of pdu.map) {
    const time = timeOf(piece.frame);
    if (time < began) began = time;
  }
  return began;
}

/** Takes a short message apart and copies what outlives the batch. */
export function keepPart(m: ShortMessage, timeOf?: (frame: FrameId) => Time): Kept {
  const { userData, pdu, findings, ...message } = m;
  const udh = headerOf(m);
  const header = Math.min(udh?.length ?? 0, userData.bytes.length);
  const dcsOf = m.dcsOf ?? 'tp';
  const textual = isText({ dcs: m.dcs, dcsOf });
  const shifts = shiftsOf(udh);
  const all: UserDataText = { bytes: userData.bytes, headerLength: header, dcs: m.dcs, dcsOf, udl: m.udl, shifts };
  let text = textual ? decodeText(all) : null;
  let content = sliceMapped(userData, header, userData.bytes.length - header);
  let concatenation = udh?.concatenation ?? m.concatenation ?? null;
  let ports = udh?.ports ?? m.ports ?? null;
  const own: Finding[] = [...findings];
  const other = text === null || dcsOf === 'tp' ? null : otherReading(all, text);
  if (other !== null) {
    const words = `with the ${other.language} table it reads '${other.text}'`;
    own.push({ rule: tpduRules.singleShiftUnused, message: words, of: 'pdu', start: 0, length: pdu.bytes.length });
  }
  const legacy = text?.startsWith('//SCK') === true ? parseTextHeader(text) : null;
  if (legacy !== null && text !== null) {
    ports ??= { destination: legacy.destination, source: legacy.source };
    if (legacy.concatenation !== null) concatenation ??= { ...legacy.concatenation, bits: 8 };
    text = text.slice(legacy.length);
    // Only where a character is an octet can the octets be told apart.
    if (dcsOf === 'smpp') content = sliceMapped(content, legacy.length, content.bytes.length - legacy.length);
    const words = `the text says port ${legacy.destination}`;
    own.push({ rule: joinRules.textHeader, message: words, of: 'pdu', start: 0, length: pdu.bytes.length });
  }
  return {
    message,
    pdu: keep(pdu),
    began: beginOf(pdu, m.time, timeOf),
    content: keep(content),
    concatenation,
    ports,
    isText: textual,
    text,
    findings: own,
  };
}

export function segmentOf(k: Kept, status: SegmentStatus): Segment {
  const c = k.concatenation;
  const m = k.message;
  return {
    part: c?.part ?? 1,
    of: c?.total ?? 1,
    reference: c?.reference ?? null,
    referenceBits: c?.bits ?? null,
    frame: m.frame,
    time: m.time,
    length: k.content.bytes.length,
    status,
    operation: m.operation,
    pdu: k.pdu,
    dissector: m.dissector,
    chosenBy: m.chosenBy,
    answerKey: m.answerKey,
    findings: k.findings,
  };
}

const addressKey = (a: Address | null): string => (a === null ? '-' : `${a.type} ${a.plan ?? ''} ${a.value}`);

/**
 * Parts with the same key may belong together: the same hop (bearer and operation), both parties with their type of
 * number, the IMSI, and the reference in its own number space. The direction follows from who the parties are.
 */
export function keyOf(k: Kept, c: Concatenation): string {
  const m = k.message;
  return [m.bearer, m.operation, addressKey(m.from), addressKey(m.to), m.imsi ?? '-', c.bits, c.reference].join('|');
}

// A run of parts as one datagram, with everything that can be said about how it came together.

import type { Finding } from '../../captures/finding.ts';
import type { FrameId, Mapped } from '../base/bytemap.ts';
import type { Datagram, Ports, Time } from '../base/message.ts';
import { type Closing, earlier, isComplete, missingOf, type Part, type Run } from '../base/run.ts';
import { isBodyPort } from '../content/ports.ts';
import { decodeDcs, smppAlphabet } from './dcs.ts';
import type { Joined, Payload, Segment } from './joined.ts';
import { joinRules } from './joinrules.ts';
import { beginOf, contentOf, type Kept, partOf, segmentOf, textOf } from './parts.ts';
import { alikeOnce, Remarks, remarkParts } from './remarks.ts';
import { findPush, isSecuredPort, isWspPort } from './sniff.ts';
import { joint, type Store } from './store.ts';
import { utf16 } from './text.ts';

/** A Joined whose segments, findings and last time may still grow. */
export type OpenJoined = {
  -readonly [K in keyof Joined]: K extends 'segments' ? Segment[] : K extends 'findings' ? Finding[] : Joined[K];
};

interface Joint {
  readonly data: Mapped;
  readonly contiguous: number;
}

/** Used parts in order of their numbers. */
function join(used: readonly Part<Kept>[]): Joint {
  const data = joint(used.map((p) => contentOf(p.value)));
  let contiguous = 0;
  let expected = 1;
  for (const part of used) {
    if (part.number !== expected) break;
    contiguous += part.end - part.start;
    if (part.value.cut) break;
    expected += 1;
  }
  return { data, contiguous };
}

const isUtf16 = (k: Kept): boolean => (k.dcsOf === 'smpp' ? smppAlphabet(k.dcs) : decodeDcs(k.dcs).alphabet) === 'ucs2';

/** Text of the parts; a character of two 16-bit units may stand across two of them. */
function joinText(used: readonly Part<Kept>[]): string | null {
  let out = '';
  let expected = used[0]?.number ?? 1;
  for (const part of used) {
    const text = isUtf16(part.value) ? utf16(part.bytes, part.start, part.end) : textOf(part.value);
    if (text === null) return null;
    if (part.number !== expected) out += ' … ';
    out += text;
    expected = part.number + 1;
  }
  return out;
}

interface Classified {
  readonly payload: Payload;
  readonly offset: number;
}

/** What the octets are: by port, else by data coding and a strict look at the content. */
function classify(lead: Kept, ports: Ports | null, c: Joint, remarks: Remarks): Classified {
  const { bytes } = c.data;
  if (lead.packet !== null) return { payload: lead.packet.content, offset: 0 };
  if (isWspPort(ports)) {
    if (lead.isText && bytes.length > 0) {
      remarks.add(
        joinRules.dcs,
        `data coding 0x${lead.dcs.toString(16).toUpperCase().padStart(2, '0')}`,
        0,
        bytes.length,
      );
    }
    if (isSecuredPort(ports)) remarks.add(joinRules.secured, `port ${ports?.destination}`);
    return { payload: 'wsp', offset: 0 };
  }
  // Packed septets are no octets: only what comes as octets can be looked into.
  const octets = !lead.isText || lead.dcsOf === 'smpp';
  const at = octets && c.contiguous > 0 ? findPush(bytes, c.contiguous) : null;
  if (at !== null && (at === 0 || !lead.isText)) {
    const port = ports === null ? 'no port is given' : `port ${ports.destination} is given`;
    remarks.add(joinRules.noPort, port, at, bytes.length - at);
    if (at > 0) remarks.add(joinRules.offset, `the push begins at octet ${at}`, 0, at);
    return { payload: 'wsp', offset: at };
  }
  if (lead.isText && ports === null) return { payload: lead.cut ? 'binary' : 'text', offset: 0 };
  // Cards and tunes are often sent as characters, of one octet each.
  if (octets && ports !== null && lead.textHeader === 0 && isBodyPort(ports.destination))
    return { payload: 'binary', offset: 0 };
  return { payload: lead.isText ? 'text' : 'binary', offset: 0 };
}

/** Ports of the lowest part that has any: they may stand in the first part only. */
function portsOf(parts: readonly Part<Kept>[], remarks: Remarks): Ports | null {
  let found: Ports | null = null;
  for (const part of parts) {
    const { ports } = part.value;
    if (ports === null) continue;
    if (found === null) found = ports;
    else if (found.destination !== ports.destination) {
      remarks.add(joinRules.portsDiffer, `port ${found.destination} and port ${ports.destination}`);
      break;
    }
  }
  return found;
}

/** The datagram of a closed run. What is missing is missing: parts that disagree are beside, not in, the data. */
export function joinRun(run: Run<Kept>, why: Closing): OpenJoined {
  const used = run.slots.filter((p) => p !== undefined);
  const others = run.held.filter((p) => p.status !== 'used').sort((a, b) => a.number - b.number);
  const missing = isComplete(run) ? [] : run.total > 0 ? missingOf(run) : missingBehind(run);
  const remarks = new Remarks();
  remarkParts(run, why, missing, remarks);
  const first = run.held.reduce((t, p) => earlier(t, p.value.began), Number.NaN);
  const total = run.total > 0 ? run.total : (missing.at(-1) ?? 0);
  return build([...used, ...others], used, run.held, { first, last: run.last, total }, missing, remarks);
}

/** Where nobody said how many parts there are: the holes, and the part behind the last one that came. */
function missingBehind(run: Run<Kept>): number[] {
  const out: number[] = [];
  const behind = Math.max(1, run.slots.length);
  for (let i = 1; i <= behind; i += 1) if (run.slots[i] === undefined) out.push(i);
  return out;
}

const NOTHING_MISSING: readonly number[] = [];

/** The datagram of a short message that stands alone. */
export function joinSingle(k: Kept): OpenJoined {
  const parts = [partOf(k, 1, 1)];
  return build(parts, parts, parts, { first: k.began, last: k.time, total: 1 }, NOTHING_MISSING, new Remarks());
}

/** `all`: used parts by number, then the others; the first one speaks for the message. */
function build(
  all: readonly Part<Kept>[],
  used: readonly Part<Kept>[],
  held: readonly Part<Kept>[],
  span: { readonly first: Time; readonly last: Time; readonly total: number },
  missing: readonly number[],
  remarks: Remarks,
): OpenJoined {
  const lead = all[0]!.value;
  const content = join(used);
  const ports = portsOf(all, remarks);
  const cut = used.some((p) => p.value.cut);
  if (cut) remarks.add(joinRules.cut, 'octets behind the end of what was captured are missing');
  const { payload, offset } = classify(lead, ports, content, remarks);
  const segments = held.map((p) => segmentOf(p.value, p.status, span.total));
  const findings = [...alikeOnce(segments), ...remarks.findings];
  const out: OpenJoined = {
    bearer: lead.bearer,
    operation: lead.operation,
    direction: all.some((p) => p.value.direction === 'mt') ? 'mt' : 'mo',
    from: lead.from,
    to: lead.to,
    smsc: lead.smsc,
    imsi: lead.imsi,
    ports,
    segments,
    missing,
    state: missing.length === 0 && !cut ? 'complete' : 'incomplete',
    firstTime: span.first,
    lastTime: span.last,
    payload,
    data: content.data,
    contiguous: content.contiguous,
    text: null,
    dcs: lead.dcs,
    findings,
    ...(offset === 0 ? {} : { payloadOffset: offset }),
    ...(lead.packet?.connectionOriented === true ? { connectionOriented: true } : {}),
    ...(lead.packet?.contentType === undefined ? {} : { contentType: lead.packet.contentType }),
  };
  if (payload === 'text') readTextLater(out, used);
  return out;
}

/** Most texts are counted and never read. */
function readTextLater(j: OpenJoined, used: readonly Part<Kept>[]): void {
  let text: string | null | undefined;
  Object.defineProperty(j, 'text', {
    enumerable: true,
    get() {
      if (text === undefined) text = joinText(used);
      return text;
    },
  });
}

/** A datagram that needed no short message, as a message of one segment. */
export function joinDatagram(d: Datagram, store: Store, timeOf?: (frame: FrameId) => Time): Joined {
  const data = store.keep(d.data);
  const segment: Segment = {
    part: 1,
    of: 1,
    reference: null,
    referenceBits: null,
    frame: d.frame,
    time: d.time,
    length: d.data.bytes.length,
    status: 'used',
    operation: d.operation,
    pdu: store.keep(d.pdu),
    dissector: d.dissector,
    chosenBy: d.chosenBy,
    answerKey: d.answerKey,
    findings: [...d.findings],
  };
  return {
    bearer: d.bearer,
    operation: d.operation,
    direction: d.direction,
    from: d.from,
    to: d.to,
    smsc: null,
    imsi: d.imsi,
    ports: d.ports,
    segments: [segment],
    missing: [],
    state: d.cut === true ? 'incomplete' : 'complete',
    firstTime: beginOf(d.pdu, d.time, timeOf),
    lastTime: d.time,
    payload: d.content,
    ...(d.contentType === undefined ? {} : { contentType: d.contentType }),
    ...(d.connectionOriented === true ? { connectionOriented: true } : {}),
    data,
    contiguous: d.data.bytes.length,
    text: null,
    dcs: 0x04,
    findings: [...d.findings],
  };
}

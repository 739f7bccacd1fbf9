// A run of parts as one datagram, with everything that can be said about how it came together.

import type { Finding, Rule } from '../../captures/finding.ts';
import { concatMapped, type FrameId, keep, type Mapped } from '../base/bytemap.ts';
import type { Datagram, Ports, Time } from '../base/message.ts';
import { type Closing, earlier, type Held, isComplete, missingOf, type Run } from '../base/run.ts';
import { decodeDcs, smppAlphabet } from './dcs.ts';
import type { Joined, Payload, Segment } from './joined.ts';
import { joinRules } from './joinrules.ts';
import { beginOf, type Kept, segmentOf } from './parts.ts';
import { findPush, isWspPort } from './sniff.ts';
import { utf16 } from './text.ts';

/** A Joined whose segments, findings and last time may still grow. */
export type OpenJoined = {
  -readonly [K in keyof Joined]: K extends 'segments' ? Segment[] : K extends 'findings' ? Finding[] : Joined[K];
};

const list = (numbers: readonly number[]): string => {
  const shown = numbers.slice(0, 12).join(', ');
  return numbers.length > 12 ? `${shown} and ${numbers.length - 12} more` : shown;
};

interface Content {
  readonly data: Mapped;
  readonly contiguous: number;
  readonly text: string | null;
}

/** Used parts in order of their numbers; [k], [k+1] are adjacent when the numbers are. */
function contentOf(used: readonly (readonly [number, Kept])[]): Content {
  let contiguous = 0;
  let certain = true;
  let expected = 1;
  for (const [number, k] of used) {
    if (number !== expected) certain = false;
    if (certain) contiguous += k.content.bytes.length;
    if (k.message.cut === true) certain = false;
    expected = number + 1;
  }
  return { data: concatMapped(used.map(([, k]) => k.content)), contiguous, text: textOf(used) };
}

const isUtf16 = (k: Kept): boolean =>
  (k.message.dcsOf === 'smpp' ? smppAlphabet(k.message.dcs) : decodeDcs(k.message.dcs).alphabet) === 'ucs2';

/** Text of the parts; a character of two 16-bit units may stand across two of them. */
function textOf(used: readonly (readonly [number, Kept])[]): string | null {
  let out = '';
  let expected = used[0]?.[0] ?? 1;
  for (const [number, k] of used) {
    if (k.text === null) return null;
    if (number !== expected) out += ' … ';
    out += isUtf16(k) ? utf16(k.content.bytes, 0, k.content.bytes.length) : k.text;
    expected = number + 1;
  }
  return out;
}

class Remarks {
  readonly findings: Finding[] = [];
  add(rule: Rule, message: string, start = 0, length = 0): void {
    this.findings.push({ rule, message, of: 'datagram', start, length });
  }
}

interface Classified {
  readonly payload: Payload;
  readonly offset: number;
}

/** What the octets are: by port, else by data coding and a strict look at the content. */
function classify(lead: Kept, ports: Ports | null, c: Content, remarks: Remarks): Classified {
  const { bytes } = c.data;
  if (isWspPort(ports)) {
    if (lead.isText && bytes.length > 0) {
      remarks.add(joinRules.dcs, `data coding 0x${lead.message.dcs.toString(16).padStart(2, '0')}`, 0, bytes.length);
    }
    return { payload: 'wsp', offset: 0 };
  }
  // Packed septets are no octets: only what comes as octets can be looked into.
  const octets = !lead.isText || lead.message.dcsOf === 'smpp';
  const at = octets && c.contiguous > 0 ? findPush(bytes, c.contiguous) : null;
  if (at !== null && (at === 0 || !lead.isText)) {
    const port = ports === null ? 'no port is given' : `port ${ports.destination} is given`;
    remarks.add(joinRules.noPort, port, at, bytes.length - at);
    if (at > 0) remarks.add(joinRules.offset, `the push begins at octet ${at}`, 0, at);
    return { payload: 'wsp', offset: at };
  }
  if (lead.isText && ports === null) return { payload: lead.message.cut === true ? 'binary' : 'text', offset: 0 };
  return { payload: lead.isText && lead.text !== null ? 'text' : 'binary', offset: 0 };
}

/** Ports of the lowest part that has any: they may stand in the first part only. */
function portsOf(parts: readonly Kept[], remarks: Remarks): Ports | null {
  let found: Ports | null = null;
  for (const { ports } of parts) {
    if (ports === null) continue;
    if (found === null) found = ports;
    else if (found.destination !== ports.destination) {
      remarks.add(joinRules.portsDiffer, `port ${found.destination} and port ${ports.destination}`);
      break;
    }
  }
  return found;
}

function remarkParts(run: Run<Kept>, why: Closing, missing: readonly number[], remarks: Remarks): void {
  const numbers = (status: Held<Kept>['status']): number[] => [
    ...new Set(run.held.filter((h) => h.status === status).map((h) => h.part.number)),
  ];
  if (missing.length > 0) {
    const waited = why === 'expired' ? '; nothing came for a long time' : '';
    remarks.add(joinRules.missing, `part ${list(missing)} of ${run.total} missing${waited}`);
  }
  const again = numbers('duplicate');
  if (again.length > 0) remarks.add(joinRules.duplicate, `part ${list(again)} came again with the same content`);
  const order = run.held.filter((h) => h.status === 'used').map((h) => h.part.number);
  if (order.some((n, i) => i > 0 && n < order[i - 1]!)) {
    remarks.add(joinRules.outOfOrder, `parts came in the order ${list(order)}`);
  }
  const { facts } = run;
  if (facts.has('reused')) remarks.add(joinRules.reused, `reference used again`);
  if (facts.has('split')) remarks.add(joinRules.split, 'an unfinished message with this reference was left behind');
  if (facts.has('replaced')) remarks.add(joinRules.split, 'another message with this reference began before the end');
  if (facts.has('resumed')) remarks.add(joinRules.resumed, 'the parts fit, but nothing else ties them together');
  if (facts.has('shared')) remarks.add(joinRules.shared, 'the part is the same in both messages');
  if (facts.has('again')) remarks.add(joinRules.again, 'the same parts were sent before');
  if (facts.has('copies')) remarks.add(joinRules.copies, `${run.held.length} parts are kept`);
  if (facts.has('totals')) {
    const totals = [...new Set(run.held.map((h) => h.part.total))];
    remarks.add(joinRules.total, `the parts say ${list(totals)} parts`);
  }
  if (facts.has('numbers')) {
    const bad = run.held.filter((h) => h.part.number < 1 || h.part.number > h.part.total);
    const texts = bad.slice(0, 12).map((h) => `${h.part.number} of ${h.part.total}`);
    remarks.add(joinRules.number, `parts numbered ${texts.join(', ')}`);
  }
  if (why === 'budget') remarks.add(joinRules.budget, 'the table of incomplete messages was full');
}

/** The datagram of a closed run. What is missing is missing: parts that disagree are beside, not in, the data. */
export function joinRun(run: Run<Kept>, why: Closing): OpenJoined {
  const used = [...run.slots.entries()].sort((a, b) => a[0] - b[0]).map(([n, h]) => [n, h.part.value] as const);
  const others = run.held.filter((h) => h.status !== 'used').sort((a, b) => a.part.number - b.part.number);
  const all = [...used.map(([, k]) => k), ...others.map((h) => h.part.value)];
  const missing = isComplete(run) ? [] : missingOf(run);
  const remarks = new Remarks();
  remarkParts(run, why, missing, remarks);
  const first = run.held.reduce((t, h) => earlier(t, h.part.value.began), Number.NaN);
  return build(all, used, run.held, { first, last: run.last }, missing, remarks);
}

/** The datagram of a short message that stands alone. */
export function joinSingle(k: Kept): OpenJoined {
  const held: Held<Kept>[] = [
    {
      part: { number: 1, total: 1, content: k.content.bytes, time: k.message.time, size: 0, value: k },
      status: 'used',
    },
  ];
  const span = { first: k.began, last: k.message.time };
  return build([k], [[1, k]], held, span, [], new Remarks());
}

function build(
  all: readonly Kept[],
  used: readonly (readonly [number, Kept])[],
  held: readonly Held<Kept>[],
  span: { readonly first: Time; readonly last: Time },
  missing: readonly number[],
  remarks: Remarks,
): OpenJoined {
  const lead = all[0]!;
  const m = lead.message;
  const content = contentOf(used);
  const ports = portsOf(all, remarks);
  const cut = used.some(([, k]) => k.message.cut === true);
  if (cut) remarks.add(joinRules.cut, 'octets behind the end of what was captured are missing');
  const { payload, offset } = classify(lead, ports, content, remarks);
  const segments = held.map((h) => segmentOf(h.part.value, h.status));
  return {
    bearer: m.bearer,
    operation: m.operation,
    direction: all.some((k) => k.message.direction === 'mt') ? 'mt' : 'mo',
    from: m.from,
    to: m.to,
    smsc: m.smsc,
    imsi: m.imsi,
    ports,
    segments,
    missing,
    state: missing.length === 0 && !cut ? 'complete' : 'incomplete',
    firstTime: span.first,
    lastTime: span.last,
    payload,
    data: content.data,
    contiguous: content.contiguous,
    text: payload === 'text' ? content.text : null,
    dcs: m.dcs,
    findings: [...segments.flatMap((s) => s.findings ?? []), ...remarks.findings],
    ...(offset === 0 ? {} : { payloadOffset: offset }),
  };
}

/** A datagram that needed no short message, as a message of one segment. */
export function joinDatagram(d: Datagram, timeOf?: (frame: FrameId) => Time): Joined {
  const data = keep(d.data);
  const segment: Segment = {
    part: 1,
    of: 1,
    reference: null,
    referenceBits: null,
    frame: d.frame,
    time: d.time,
    length: data.bytes.length,
    status: 'used',
    operation: d.operation,
    pdu: keep(d.pdu),
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
    data,
    contiguous: data.bytes.length,
    text: null,
    dcs: 0x04,
    findings: [...d.findings],
  };
}

// Compares a report with a .truth.json: what was recorded by the testers who made the capture.

import type { Report } from '../../analysis/report/schema.ts';

type ReportMessage = Report['messages'][number];

export interface TruthSegment {
  readonly index: number;
  readonly total: number;
  readonly ref: number | null;
  readonly refBits: number | null;
  readonly frames: readonly number[];
  readonly time: string;
}

export interface TruthMessage {
  readonly id: string;
  readonly bearer: string;
  readonly from: string;
  readonly to: string;
  readonly srcPort?: number | null;
  readonly dstPort?: number | null;
  readonly total: number;
  readonly complete: boolean;
  readonly missing?: readonly number[];
  readonly firstTime: string | null;
  readonly lastTime: string | null;
  readonly frames: readonly number[];
  readonly segments?: readonly TruthSegment[];
  readonly kind?: string;
  readonly contentType?: string;
  readonly payloadLength?: number;
  readonly bodyLength?: number;
  readonly bodySha256?: string;
  readonly wsp?: { readonly tid?: number; readonly pdu: string };
  readonly security?: { readonly sec: number | null; readonly secName: string | null; readonly mac: string | null };
  readonly key?: { readonly imsi: string | null; readonly pin: string | null };
  readonly verification?: {
    readonly result: string;
    readonly expectedMac?: string;
    readonly matchesOtherDerivation?: string | null;
  };
  readonly wbxml?: { readonly version: string; readonly publicId: number; readonly charset: number };
  readonly documentXml?: string | null;
  /** Set where the XML is not what the octets say: the testers damaged them after encoding. */
  readonly documentXmlSource?: string;
  readonly failures?: readonly { readonly code: string }[];
}

export interface Truth {
  readonly name: string;
  readonly file: string;
  readonly container: { readonly packets: number; readonly format: string };
  readonly timesApproximate?: boolean | string;
  readonly messages: readonly TruthMessage[];
  readonly expectedPushes: number;
}

/** The testers' words for verdicts are coarser than ours. */
const VERDICTS: Readonly<Record<string, readonly string[]>> = {
  valid: ['valid'],
  invalid: ['invalid'],
  'no-mac': ['no-mac', 'unprotected'],
  'no-key': ['no-key'],
  'not-possible': ['malformed', 'not-applicable'],
};

const plain = (address: string | null): string | null => address?.replace(/^\+/, '') ?? null;

/** Every difference as 'what: ours / theirs'; empty when the report says what the truth says. */
export function compareMessage(ours: ReportMessage, theirs: TruthMessage, timesExact: boolean): string[] {
  const out: string[] = [];
  const same = (what: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(a) !== JSON.stringify(b)) out.push(`${what}: ${JSON.stringify(a)} / ${JSON.stringify(b)}`);
  };
  same('from', plain(ours.from), theirs.from);
  same('to', plain(ours.to), theirs.to);
  if (theirs.complete !== undefined) same('complete', ours.state !== 'incomplete', theirs.complete);
  if (theirs.missing !== undefined) same('missing', ours.missingParts, theirs.missing);
  if (theirs.dstPort != null) {
    same('ports', [ours.ports?.source ?? null, ours.ports?.destination], [theirs.srcPort ?? null, theirs.dstPort]);
  }
  if (timesExact && theirs.firstTime !== null) {
    same('firstTime', ours.firstTime, theirs.firstTime);
    same('lastTime', ours.lastTime, theirs.lastTime);
  }
  compareSegments(ours, theirs, same);
  compareContent(ours, theirs, same);
  return out;
}

type Same = (what: string, a: unknown, b: unknown) => void;

function compareSegments(ours: ReportMessage, theirs: TruthMessage, same: Same): void {
  const known = new Set(theirs.frames);
  for (const s of theirs.segments ?? []) for (const f of s.frames) known.add(f);
  const strange = ours.segments.flatMap((s) => s.frames).filter((f) => !known.has(f));
  same('frames that the truth does not have', strange, []);
  for (const segment of theirs.segments ?? []) {
    const found = ours.segments.find(
      (s) => s.part === segment.index && s.frames.some((f) => segment.frames.includes(f)),
    );
    same(`segment ${segment.index}`, found !== undefined, true);
    if (found === undefined) continue;
    same(`segment ${segment.index} of`, found.of, segment.total);
    if (segment.refBits !== null) {
      same(
        `segment ${segment.index} reference`,
        [found.reference, found.referenceBits],
        [segment.ref, segment.refBits],
      );
    }
  }
}

function compareContent(ours: ReportMessage, theirs: TruthMessage, same: Same): void {
  if (theirs.kind === 'sms-text') same('kind', ours.kind, 'text');
  if (theirs.kind === 'oma-cp') same('kind', ours.kind, 'client-provisioning');
  if (!theirs.complete) return;
  if (theirs.contentType !== undefined) same('contentType', ours.wsp?.contentType, theirs.contentType);
  if (theirs.wsp !== undefined) same('transaction', ours.wsp?.transactionId ?? null, theirs.wsp.tid ?? null);
  if (theirs.payloadLength !== undefined) same('payload length', ours.payload?.length, theirs.payloadLength);
  if (theirs.bodyLength !== undefined) same('body length', ours.payload?.bodyLength, theirs.bodyLength);
  if (theirs.bodySha256 !== undefined) same('body sha256', ours.payload?.bodySha256?.toLowerCase(), theirs.bodySha256);
  if (theirs.wbxml !== undefined && ours.document?.format === 'wbxml') {
    same('public id', ours.document.publicId, theirs.wbxml.publicId);
  }
  if (theirs.documentXml != null && theirs.documentXmlSource === undefined)
    same('document', ours.document?.xml, theirs.documentXml);
  if (theirs.security === undefined) return;
  same('SEC', ours.security?.method ?? null, theirs.security.secName);
  same('MAC', ours.security?.mac?.toUpperCase() ?? null, theirs.security.mac?.toUpperCase() ?? null);
  const v = theirs.verification;
  if (v === undefined) return;
  same('verdict', VERDICTS[v.result]?.includes(ours.security?.verdict ?? ''), true);
  if (v.result === 'valid' || v.result === 'invalid') {
    same('expected MAC', ours.security?.expectedMac, v.expectedMac);
    same('other derivation', ours.security?.matchesOtherDerivation ?? null, v.matchesOtherDerivation ?? null);
  }
}

/** Ours for each of theirs: by frames in common, else nothing. */
export function pairMessages(report: Report, truth: Truth): [TruthMessage, ReportMessage | undefined][] {
  const left = new Set(report.messages);
  return truth.messages.map((t) => {
    const frames = new Set([...t.frames, ...(t.segments ?? []).flatMap((s) => s.frames)]);
    const found = [...left].find(
      (m) =>
        m.segments.some((s) => s.frames.some((f) => frames.has(f))) &&
        (t.segments?.[0]?.refBits == null || m.segments[0]?.reference === t.segments[0].ref) &&
        plain(m.to) === t.to,
    );
    if (found !== undefined) left.delete(found);
    return [t, found];
  });
}

/**
 * Our messages that the truth does not have. The makers wrote a message down once, at the hop that a standard names; the
 * same message at another hop stands in one attempt of one transaction with it. Calls to open a session, which pushes
 * then come in, they did not count.
 */
export function unexplained(report: Report, pairs: readonly [TruthMessage, ReportMessage | undefined][]): string[] {
  const known = new Set(pairs.flatMap(([, ours]) => (ours === undefined ? [] : [ours.id])));
  const hops = report.transactions.flatMap((t) => t.hops).filter((attempt) => attempt.some((id) => known.has(id)));
  const explained = new Set([...known, ...hops.flat()]);
  const others = report.messages.filter((m) => !explained.has(m.id) && m.kind !== 'session-initiation');
  return others.map((m) => `${m.id} (${m.bearer})`);
}

// From what the engine knows to the report: names, units and masks, nothing decided anew.

import { sha256 } from '@noble/hashes/sha2.js';
import { type Finding, sentenceOf } from '../../captures/finding.ts';
import { type FrameId, framesOf } from '../../dissectors/base/bytemap.ts';
import { formatAddress, type Time } from '../../dissectors/base/message.ts';
import { canonicalXml } from '../../dissectors/content/xml/index.ts';
import type { Segment } from '../../dissectors/sms/joined.ts';
import { explain } from '../flows/codes.ts';
import type { Failure, FlowEvent } from '../flows/flow.ts';
import { NOBODY, type Transaction, type TransactionStage } from '../flows/transactions.ts';
import { toHex } from '../verify/keys.ts';
import type { MessageFacts, ReportInput } from './input.ts';
import { MASK, mapValues, maskValue, scrub, secretsOf } from './mask.ts';
import { REPORT_SCHEMA } from './name.ts';
import { MASKED_MAC, type Redactor, redactor } from './redact.ts';
import type { Report, ReportFinding, ReportMessage } from './schema.ts';
import { isoTime } from './time.ts';
import { treeOf, treeOfDetails } from './tree.ts';

type StageRow = NonNullable<Report['transactions'][number]['stages']>[number];

/** What every part of one report shares. */
interface Scope {
  readonly input: ReportInput;
  /** null when nothing is redacted. */
  readonly redact: Redactor | null;
  readonly secrets: boolean;
  time(t: Time): string | null;
}

export type ReportRest = Pick<Report, 'transactions' | 'subscribers' | 'findings' | 'totals' | 'bookmarks'>;

/** A report whose messages are made one at a time, for reports larger than memory. */
export interface ReportStream {
  readonly inputs: Report['inputs'];
  /** Read once. */
  readonly messages: Iterable<ReportMessage>;
  /** What can be said only behind the last message; the same each time. */
  rest(): ReportRest;
}

/** The report of design 'otascope-report/1', piece by piece. */
export function reportStream(input: ReportInput): ReportStream {
  const asked = input.options.redact ?? false;
  const redact = asked === false ? null : (input.options.redactor ?? redactor(asked === 'last4' ? 'last4' : 'named'));
  const scope: Scope = {
    input,
    redact,
    secrets: input.options.showSecrets === true,
    time: (t) => isoTime(input.base, t),
  };
  const only = input.options.messages;
  const ids = new Set<string>();
  const count = counter(only === undefined ? input.texts : 0);
  function* messages(): Generator<ReportMessage> {
    for (const m of input.messages) {
      if (m.kind === 'text' && input.options.includeText !== true) continue;
      if (only?.has(m.id) === false) continue;
      const made = message(m, scope);
      ids.add(made.id);
      count.message(made);
      yield made;
    }
  }
  const makeRest = (): ReportRest => {
    // What belongs to no message belongs to no choice of messages.
    const findings = only === undefined ? input.findings.map((f) => looseFinding(f, scope)) : [];
    const bookmarks = (input.options.bookmarks ?? []).filter((b) => ids.has(b.message));
    count.findings(findings);
    return {
      transactions: Array.from(ofMessages(input.transactions, ids), (t) => transaction(t, scope)),
      subscribers: input.subscribers.map((s) => ({
        msisdn: identity(s.msisdn, scope),
        imsi: identity(s.imsi, scope),
        evidence: s.evidence.map((e) => ({ ...place(e.frame, scope), text: text(e.text, scope) })),
      })),
      findings,
      totals: count.totals(),
      ...(bookmarks.length === 0
        ? {}
        : { bookmarks: bookmarks.map(({ message: of, note }) => ({ message: of, note: text(note, scope) })) }),
    };
  };
  let rest: ReportRest | null = null;
  return {
    inputs: input.inputs.map((i) => ({
      ...i,
      file: redact === null ? i.file : redact.file(i.file),
      firstTime: scope.time(i.firstTime),
      lastTime: scope.time(i.lastTime),
      error: i.error === null ? null : text(i.error, scope),
    })),
    messages: messages(),
    rest() {
      rest ??= makeRest();
      return rest;
    },
  };
}

function* ofMessages(transactions: Iterable<Transaction>, ids: ReadonlySet<string>): Generator<Transaction> {
  for (const t of transactions) if (t.messages.some((m) => ids.has(m))) yield t;
}

/** The same, whole. */
export const wholeReport = ({ inputs, messages, rest }: ReportStream): Report => ({
  schema: REPORT_SCHEMA,
  inputs,
  messages: [...messages],
  ...rest(),
});

export const buildReport = (input: ReportInput): Report => wholeReport(reportStream(input));

const identity = (value: string | null, s: Scope): string | null =>
  value === null || s.redact === null ? value : s.redact.identity(value);

/** Free text that was not made from a document. */
const text = (value: string, s: Scope): string => (s.redact === null ? value : s.redact.text(value));

function place(frame: FrameId | null, s: Scope): { input: number | null; frame: number | null } {
  if (frame === null) return { input: null, frame: null };
  const at = s.input.frameAt(frame);
  return { input: at.input, frame: at.number };
}

/** What was sent as MAC may be anything; a few characters would be found in ordinary words. */
const isLong = (mac: string | null): mac is string => mac !== null && mac.length >= 8;

function message(m: MessageFacts, s: Scope): ReportMessage {
  const { joined: j } = m;
  const secrets = s.secrets ? [] : secretsOf(m.document?.root ?? null);
  const macs = s.redact === null ? [] : [m.verification.mac, m.verification.expectedMac].filter(isLong);
  /** Free text about this message. */
  const say = (value: string): string => {
    const masked = s.secrets ? value : scrub(value, secrets);
    return text(
      macs.reduce((t, mac) => t.split(mac).join(MASKED_MAC), masked),
      s,
    );
  };
  const hash = (bytes: Uint8Array): string | null =>
    // A hash lets its reader test guesses at what was masked.
    s.redact === null && s.input.options.brief !== true ? toHex(sha256(bytes)) : null;
  const from = j.from === null ? null : formatAddress(j.from);
  const to = j.to === null ? null : formatAddress(j.to);
  const out: ReportMessage = {
    id: m.id,
    kind: m.kind,
    state: m.state,
    bearer: j.bearer,
    from: identity(from, s),
    to: identity(to, s),
    imsi: identity(j.imsi, s),
    firstTime: s.time(j.firstTime),
    lastTime: s.time(j.lastTime),
    segments: j.segments.map((g) => segment(g, s)),
    missingParts: [...j.missing],
    ports: j.ports === null ? null : { source: j.ports.source, destination: j.ports.destination },
    wsp:
      m.push === null
        ? null
        : {
            transactionId: m.push.transactionId,
            pduType: m.push.pduType,
            contentType: m.push.contentType,
            headers: m.push.headers.map((h) => ({ name: h.name, value: say(h.value) })),
          },
    payload: {
      length: j.data.bytes.length,
      sha256: hash(j.data.bytes),
      bodyLength: m.body === null ? null : m.body.length,
      bodySha256: m.body === null ? null : hash(m.body),
    },
    security: security(m, s),
    document: document(m, s, say),
    summary: say(m.summary),
    findings: m.findings.map((f) => finding(f, say)),
  };
  if (m.kind !== 'text') return out;
  return { ...out, text: j.text !== null && s.redact !== null ? MASK : j.text };
}

function segment(g: Segment, s: Scope): ReportMessage['segments'][number] {
  const own = s.input.frameAt(g.frame);
  const frames = new Set([own.number]);
  for (const id of framesOf(g.pdu.map)) {
    const at = s.input.frameAt(id);
    if (at.input === own.input) frames.add(at.number);
  }
  return {
    part: g.part,
    of: g.of,
    reference: g.reference,
    referenceBits: g.referenceBits,
    input: own.input,
    frames: [...frames].sort((a, b) => a - b),
    time: s.time(g.time),
    length: g.length,
    status: g.status,
  };
}

function security(m: MessageFacts, s: Scope): ReportMessage['security'] {
  const v = m.verification;
  const mac = (value: string | null) => (value === null || s.redact === null ? value : MASKED_MAC);
  return {
    method: v.method,
    mac: mac(v.mac),
    expectedMac: mac(v.expectedMac),
    verdict: v.verdict,
    keySource: v.keySource,
    explanation: v.explanation,
    matchesOtherDerivation: v.matchesOtherDerivation,
    fix: v.fix,
  };
}

function document(m: MessageFacts, s: Scope, say: (value: string) => string): ReportMessage['document'] {
  const show = (value: string, secret: boolean): string => {
    const masked = s.secrets ? value : maskValue(value, secret);
    return text(masked, s);
  };
  if (m.document === null) {
    const tree = treeOfDetails(m.details ?? [], show);
    const binary = { format: 'binary', publicId: null, version: null, charset: null, xml: null } as const;
    return tree.length === 0 ? null : { ...binary, tree, summary: say(m.summary) };
  }
  const { root } = m.document;
  return {
    format: m.document.format,
    publicId: m.document.publicId,
    version: m.document.wbxmlVersion,
    charset: m.document.charsetName,
    xml: root === null ? null : canonicalXml(mapValues(root, show), { plainUnknown: true }),
    tree: treeOf(root, show),
    summary: say(m.summary),
  };
}

function finding(f: Finding, say: (value: string) => string): ReportFinding {
  return {
    code: f.rule.code,
    severity: f.rule.severity,
    message: say(sentenceOf(f)),
    clause: f.rule.clause,
    bytes: f.length === 0 && f.start === 0 ? null : { of: f.of, start: f.start, length: f.length },
  };
}

function looseFinding(f: ReportInput['findings'][number], s: Scope): Report['findings'][number] {
  const at = place(f.frame, s);
  return {
    ...finding(f.finding, (value) => text(value, s)),
    input: at.input ?? f.input ?? null,
    frame: at.frame,
    time: s.time(f.time),
  };
}

function event(e: FlowEvent, s: Scope): Report['transactions'][number]['events'][number] {
  return {
    time: s.time(e.time),
    ...place(e.frame, s),
    what: e.what,
    message: e.message,
    part: e.part,
    by: e.by,
    code: e.code,
    text: text(e.text, s),
  };
}

function transaction(t: Transaction, s: Scope): Report['transactions'][number] {
  return {
    id: t.id,
    recipient: t.recipient === NOBODY ? NOBODY : (identity(t.recipient, s) ?? ''),
    messages: [...t.messages],
    hops: t.hops.map((h) => [...h]),
    outcome: t.outcome,
    events: s.input.options.brief === true ? [] : t.events.map((e) => event(e, s)),
    retries: t.retries,
    failure: t.failure === null ? null : failure(t.failure, s),
    ...(t.stages === undefined ? {} : { stages: t.stages.map((g) => stage(g, s)) }),
    ...(t.applied === undefined ? {} : { applied: t.applied }),
  };
}

function stage(g: TransactionStage, s: Scope): StageRow {
  const { stage: name, bearer, result, code, hop, attempt, reason } = g;
  const bad = result !== 'ok' && result !== 'not-seen';
  const said = name === 'receipt' || name === 'notification' ? 'receipt' : 'answer';
  return {
    stage: name,
    bearer,
    start: s.time(g.t0),
    end: s.time(g.t1),
    frames: [...new Set(g.frames)].map((f) => s.input.frameAt(f).number),
    result,
    code,
    meaning: bad ? explain(bearer, code, g.text, said).words : null,
    reason: reason === null ? null : text(reason, s),
    message: g.message === '' ? null : g.message,
    hop,
    attempt,
  };
}

function failure(f: Failure, s: Scope): NonNullable<Report['transactions'][number]['failure']> {
  const { words, check } = explain(f.bearer, f.code, f.text, f.said);
  const { stage, code, bearer } = f;
  return { stage, code, text: text(f.text, s), bearer, meaning: words, check: [...check] };
}

function counter(texts: number) {
  const totals: Report['totals'] = { messages: 0, texts, byKind: {}, byVerdict: {}, bySeverity: {} };
  const add = (counts: Record<string, number>, name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const findings = (list: readonly ReportFinding[]): void => {
    for (const f of list) add(totals.bySeverity, f.severity);
  };
  return {
    message(m: ReportMessage): void {
      totals.messages += 1;
      add(totals.byKind, m.kind);
      add(totals.byVerdict, m.security.verdict);
      findings(m.findings);
    },
    findings,
    totals: () => totals,
  };
}

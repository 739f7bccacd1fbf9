// Everything about one message, put together when somebody looks at it.

import { type Finding, sentenceOf } from '../../captures/finding.ts';
import { framesOf } from '../../dissectors/base/bytemap.ts';
import { maskedXml } from '../report/index.ts';
import { settings, summarise } from '../summary/index.ts';
import type { Verification } from '../verify/verify.ts';
import { frameName, framesOfMessage, rangeIn } from './buffers.ts';
import type { ByteRange, Detail, DetailFinding, MessageRow, SegmentRow, VerifyResult } from './contract.ts';
import type { Flows } from './flowsof.ts';
import type { Interpretation } from './interpret.ts';
import type { Loaded } from './load.ts';
import { allFindings, type MessageRecord, verify } from './records.ts';
import { messageTree } from './tree.ts';

/** Buffer a finding's range counts in; findings of files and frames point at no buffer of the message. */
function rangeOf(f: Finding): ByteRange | null {
  if (f.of === 'datagram' || f.of === 'body') return rangeIn(f.of, f);
  return null;
}

function findingsOf(r: MessageRecord): DetailFinding[] {
  return allFindings(r).map((f) => {
    const segment = r.joined.segments.findIndex((s) => s.findings?.includes(f) === true);
    const range = f.of === 'pdu' && segment >= 0 ? rangeIn(`pdu:${segment + 1}`, f) : rangeOf(f);
    return {
      code: f.rule.code,
      severity: f.rule.severity,
      text: sentenceOf(f),
      title: f.rule.title,
      clause: f.rule.clause,
      receivers: f.rule.receivers ?? null,
      fix: f.rule.fix ?? null,
      ...(f.rule.basis === undefined ? {} : { basis: f.rule.basis }),
      range,
    };
  });
}

function segmentRows(loaded: Loaded, r: MessageRecord): SegmentRow[] {
  return r.joined.segments.map((s) => {
    const answer = s.answerKey === null ? undefined : loaded.collected.answers.answerTo(s.answerKey);
    const frames = [...new Set([...framesOf(s.pdu.map), s.frame])];
    return {
      part: s.part,
      of: s.of,
      frames: frames.map((f) => loaded.frames.at(f).number),
      time: s.time,
      length: s.length,
      status: s.status,
      answer: answer === undefined ? null : answer.text,
    };
  });
}

/** Headers of the push, its content type with all parameters first. */
function headersOf({ push }: Interpretation): Detail['headers'] {
  if (push === null) return [];
  const headers = push.headers.map((h) => ({ name: h.name, value: h.value, range: rangeIn('datagram', h) }));
  if (push.contentType === null) return headers;
  const value = [push.contentType, ...push.parameters.map((p) => `${p.name}=${p.value}`)].join('; ');
  return [{ name: 'Content-Type', value, range: rangeIn('datagram', push.contentTypeRange) }, ...headers];
}

/** A verdict with the octets it speaks of. */
export function verifyResult(i: Interpretation, v: Verification): VerifyResult {
  const covered =
    v.method === null || i.body.bytes.length === 0 ? null : rangeIn('body', { start: 0, length: i.body.bytes.length });
  return {
    method: v.method,
    verdict: v.verdict,
    mac: v.mac,
    expectedMac: v.expectedMac,
    keySource: v.keySource,
    keySteps: v.keySteps,
    explanation: v.explanation,
    matchesOtherDerivation: v.matchesOtherDerivation,
    fix: v.fix,
    notes: v.notes,
    needs: v.needs,
    covered,
    macRange: i.push?.macRange == null ? null : rangeIn('datagram', i.push.macRange),
  };
}

export function messageDetail(
  loaded: Loaded,
  r: MessageRecord,
  row: MessageRow,
  flows: Flows,
  secrets: boolean,
): Detail {
  const { nodes, interpretation: i } = messageTree(r, secrets);
  const about = {
    joined: r.joined,
    push: i.push,
    content: i.content,
    kind: r.kind,
    state: r.state,
    verification: r.verification,
  };
  const inputs = loaded.opened.length;
  const root = i.content?.document?.root ?? null;
  const xml = root === null ? null : maskedXml(root, secrets);
  const buffers = [
    ...(i.body.bytes.length > 0 ? [{ name: 'body', label: 'Document', length: i.body.bytes.length }] : []),
    { name: 'datagram', label: 'Datagram', length: r.joined.data.bytes.length },
    ...r.joined.segments.map((s, n) => ({ name: `pdu:${n + 1}`, label: `PDU ${n + 1}`, length: s.pdu.bytes.length })),
    ...framesOfMessage(r).map((id) => ({
      name: frameName(loaded.frames, id, inputs),
      label: `Frame ${loaded.frames.at(id).number}`,
      length: loaded.frames.at(id).length,
    })),
  ];
  return {
    row,
    summary: summarise(about).sentences,
    segments: segmentRows(loaded, r),
    ports: r.joined.ports,
    headers: headersOf(i),
    settings: settings(about, { showSecrets: secrets, findings: i.findings }),
    xml: xml?.text ?? null,
    xmlRanges: xml?.lines.map((l) => (l === null ? null : rangeIn('body', l))) ?? [],
    tree: nodes,
    verify: verifyResult(i, secrets ? verify(r.joined, i, loaded.evidence(r), true) : r.verification),
    findings: findingsOf(r),
    events: flows.eventsOf(r),
    hops: flows.hopsOf(r),
    buffers,
    chosen: [
      ...new Set([
        ...r.joined.segments.map((s) => `${s.dissector}, because of ${s.chosenBy}`),
        ...(i.content === null || i.content.chosenBy === 'nothing'
          ? []
          : [`${i.content.kind}, because of ${i.content.chosenBy}`]),
      ]),
    ],
  };
}

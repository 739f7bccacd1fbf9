// The rules of content on one document, without a capture around it.

import { type Finding, type Severity, sentenceOf } from '../../captures/finding.ts';
import { isPush } from '../../captures/text/sniff.ts';
import type { Joined, Payload } from '../../dissectors/sms/joined.ts';
import { isXmlText } from '../encode/document.ts';
import { placeOf } from '../encode/place.ts';
import { interpret } from '../engine/interpret.ts';

export interface LintFinding {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence about this document; secrets are masked. */
  readonly message: string;
  readonly clause: string;
  readonly receivers: string | null;
  readonly fix: string | null;
  /** Octets of the file. */
  readonly start: number;
  readonly length: number;
  /** In XML, from 1; null in what is not text. */
  readonly line: number | null;
  readonly column: number | null;
}

export interface Linted {
  /** What it is, in the words of the report: 'client-provisioning'. */
  readonly kind: string;
  readonly format: 'xml' | 'wbxml' | 'push';
  readonly findings: readonly LintFinding[];
}

/**
 * Checks an XML, WBXML or WSP push document. null: the octets are none of these. Findings come in the order of the
 * document. Never throws.
 */
export function lint(bytes: Uint8Array): Linted | null {
  const format = isXmlText(bytes) ? 'xml' : isPush(bytes) ? 'push' : 'wbxml';
  const { content, kind, bodyStart, findings } = interpret(alone(bytes, format === 'push' ? 'wsp' : format));
  if (content === null || (format !== 'push' && content.document === null)) return null;
  if (format === 'wbxml' && content.document?.root === null) return null;
  const charset = content.document?.charsetName ?? null;
  const tell = (f: Finding): LintFinding => {
    const start = f.start + (f.of === 'body' ? bodyStart : 0);
    const place = format === 'xml' ? placeOf(bytes, start, charset) : null;
    const { code, severity, clause, receivers, fix } = f.rule;
    return {
      code,
      severity,
      message: sentenceOf(f),
      clause,
      receivers: receivers ?? null,
      fix: fix ?? null,
      start,
      length: f.length,
      line: place?.line ?? null,
      column: place?.column ?? null,
    };
  };
  return { kind, format, findings: findings.map(tell).sort((a, b) => a.start - b.start) };
}

/** The octets as a message that came in one piece from nowhere. */
function alone(bytes: Uint8Array, payload: Payload): Joined {
  return {
    bearer: 'file',
    operation: 'document',
    direction: 'mt',
    from: null,
    to: null,
    smsc: null,
    imsi: null,
    ports: null,
    segments: [],
    missing: [],
    state: 'complete',
    firstTime: Number.NaN,
    lastTime: Number.NaN,
    payload,
    data: { bytes, map: [] },
    contiguous: bytes.length,
    text: null,
    dcs: 0x04,
    findings: [],
  };
}

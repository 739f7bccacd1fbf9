// From a joined datagram to what it says: WSP, then the document in it. Pure; called again whenever detail is wanted.

import { type Finding, rules } from '../../captures/finding.ts';
import { EMPTY, type Mapped, sliceMapped } from '../../dissectors/base/bytemap.ts';
import { Cursor, runLayer, TRUNCATED } from '../../dissectors/base/cursor.ts';
import type { Recorder } from '../../dissectors/base/recorder.ts';
import { decodeEntity } from '../../dissectors/bearer/http/mime.ts';
import { type DecodedContent, decodeBody, decodePort } from '../../dissectors/content/index.ts';
import type { WspPush } from '../../dissectors/wap/push.ts';
import { decodeWsp } from '../../dissectors/wap/wsp/index.ts';
import { checkDocument } from '../conformance/index.ts';
import { scrub, secretsOf } from '../report/mask.ts';
import type { MessageState } from './contract.ts';
import { type Judged, judgedOnce, nameOf } from './judged.ts';
import type { Readable } from './readable.ts';

export const INTERPRET_RULES = rules({
  notWsp: {
    code: 'WSP-UNREADABLE',
    severity: 'error',
    title: 'The datagram went to a push port but holds no WSP PDU that can be read',
    clause: 'WAP-230-WSP 8.2.4',
  },
});

export interface Interpretation {
  readonly push: WspPush | null;
  /** The body as far as it is contiguous; empty when there is none. */
  readonly body: Mapped;
  /** Where the body begins in the datagram. */
  readonly bodyStart: number;
  readonly content: DecodedContent | null;
  readonly kind: string;
  readonly state: MessageState;
  readonly contentType: string | null;
  readonly findings: readonly Finding[];
  /** What it shares with messages that have the same body. */
  readonly judged: Judged | null;
}

export interface Recorders {
  readonly datagram: Recorder;
  readonly body: Recorder;
}

/** What the octets of the message mean. With recorders the same decoders fill the tree. */
export function interpret(j: Readable, record?: Recorders): Interpretation {
  const findings: Finding[] = [...j.findings];
  if (j.payload === 'text' || j.payload === 'binary') {
    if (j.payload === 'binary' && j.ports !== null) return interpretPort(j, j.ports.destination, record);
    const kind = j.payload === 'text' ? 'text' : 'unknown';
    return { ...NOTHING, kind, state: j.state, findings };
  }
  // What follows a missing part is not adjacent: decode only what is certain.
  const certain = j.state === 'complete' ? j.data : sliceMapped(j.data, 0, j.contiguous);
  const first = j.segments.some((s) => s.part === 1 && s.status === 'used');
  if (j.state === 'incomplete' && !first) return { ...NOTHING, state: 'incomplete', findings };

  let push: WspPush | null = null;
  let body = certain;
  let bodyStart = 0;
  let contentType = j.contentType ?? null;
  const own: Finding[] = [];
  if (j.payload === 'wsp') {
    const start = j.payloadOffset ?? 0;
    const c = new Cursor(certain.bytes, start, certain.bytes.length, record?.datagram ?? null, own, 'datagram');
    push = runLayer(c, () => decodeWsp(c, { connectionOriented: j.connectionOriented === true })) ?? null;
    if (push === null) {
      const { length } = certain.bytes;
      // Where the header took all octets, that was said.
      if (length > 0 || !findings.some((f) => f.rule.severity === 'error')) {
        const what = length === 0 ? 'There are no octets' : `The ${length} octets can't be read as a WSP PDU`;
        own.push({ rule: INTERPRET_RULES.notWsp, message: what, of: 'datagram', start: 0, length });
      }
      return {
        ...NOTHING,
        state: j.state === 'complete' ? 'undecodable' : 'incomplete',
        findings: [...findings, ...ownOf(j, own, 0)],
      };
    }
  }
  if (j.payload === 'mime') {
    const c = new Cursor(certain.bytes, 0, certain.bytes.length, record?.datagram ?? null, own, 'datagram');
    push = decodeEntity(c);
  }
  if (push !== null) {
    contentType = push.contentType;
    bodyStart = push.body.start;
    body = sliceMapped(certain, push.body.start, push.body.length);
  }
  const judge = (): Judged => {
    const content = decodeContent(body, contentType, push, j, record, own);
    if (content.provisioning !== null && j.state === 'complete') {
      own.push(...checkDocument(content.provisioning, own, content.document?.length));
    }
    const secrets = secretsOf(content.document?.root ?? null);
    return { content, findings: withoutSecrets(ownOf(j, own, body.bytes.length), secrets), secrets };
  };
  // With a recorder every octet is asked for; what is wrong with the push, and what is missing, is the message's own.
  const alike = record === undefined && own.length === 0 && j.state === 'complete';
  const hints = [contentType, push?.charset, applicationOf(push), j.ports?.destination];
  const judged = judgedOnce(alike ? nameOf(body.bytes, hints) : null, judge);
  const { content } = judged;
  const undecodable = content.document !== null && content.document.root === null;
  return {
    push,
    body,
    bodyStart,
    content,
    kind: content.kind,
    state: j.state === 'incomplete' ? 'incomplete' : undecodable ? 'undecodable' : 'complete',
    contentType,
    findings:
      findings.length === 0 ? judged.findings : [...withoutSecrets(findings, judged.secrets), ...judged.findings],
    judged,
  };
}

/** Octets that were sent to a port without a push around them: the body is all of them. */
function interpretPort(j: Readable, port: number, record: Recorders | undefined): Interpretation {
  const body = j.state === 'complete' ? j.data : sliceMapped(j.data, 0, j.contiguous);
  if (body.bytes.length === 0) return { ...NOTHING, state: j.state, findings: j.findings };
  const own: Finding[] = [];
  const content = decodePort(new Cursor(body.bytes, 0, body.bytes.length, record?.body ?? null, own, 'body'), port);
  const findings = [...j.findings, ...ownOf(j, own, body.bytes.length)];
  return { ...NOTHING, body, content, kind: content.kind, state: j.state, findings };
}

/** Findings quote what was sent, and what was sent may hold passwords. */
function withoutSecrets(findings: readonly Finding[], secrets: readonly string[]): readonly Finding[] {
  return findings.map((f) => {
    const message = scrub(f.message, secrets);
    return message === f.message ? f : { ...f, message };
  });
}

const NOTHING = {
  push: null,
  body: EMPTY,
  bodyStart: 0,
  content: null,
  kind: 'unknown',
  contentType: null,
  judged: null,
} as const;

const applicationOf = (push: WspPush | null): string | undefined =>
  push?.headers.find((h) => h.name === 'X-Wap-Application-Id')?.value;

function decodeContent(
  body: Mapped,
  contentType: string | null,
  push: WspPush | null,
  j: Readable,
  record: Recorders | undefined,
  findings: Finding[],
): DecodedContent {
  const c = new Cursor(body.bytes, 0, body.bytes.length, record?.body ?? null, findings, 'body');
  const applicationId = applicationOf(push);
  return decodeBody(c, {
    contentType,
    ...(push?.charset == null ? {} : { charset: push.charset }),
    ...(applicationId === undefined ? {} : { applicationId }),
    ...(j.ports === null ? {} : { port: j.ports.destination }),
  });
}

/** What complains of the end of the octets complains of the missing part, which is reported already. */
function ownOf(j: Readable, own: readonly Finding[], bodyLength: number): readonly Finding[] {
  if (j.state === 'complete') return own;
  const cutThere = (f: Finding): boolean => {
    const end = f.start + f.length;
    return (
      f.rule === TRUNCATED || end >= (f.of === 'body' ? bodyLength : f.of === 'datagram' ? j.contiguous : Infinity)
    );
  };
  return own.filter((f) => !cutThere(f));
}

// The review as a document, declared once: its types and its JSON Schema come from here.

import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { AuditSeverity } from './rule.ts';

export const AUDIT_SCHEMA = 'otascope-audit/1';

const closed = { additionalProperties: false } as const;
const nullable = <T extends TSchema>(t: T) => Type.Union([t, Type.Null()]);
const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Union(values.map((v) => Type.Literal(v as T[number])));

const IsoTime = Type.String({ pattern: '^[+-]?\\d{4,6}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{9}Z$' });
const Count = Type.Integer({ minimum: 0 });
const Text = Type.String();
const MaybeText = nullable(Text);
const Severity = oneOf(['critical', 'high', 'medium', 'low', 'info'] as const satisfies readonly AuditSeverity[]);
const Counts = Type.Record(Text, Count);

const Evidence = Type.Object(
  {
    /** Id of the message; null for what is none: a text, a routing answer. */
    message: MaybeText,
    /** Index into `inputs`, and frames counted within it. */
    input: nullable(Count),
    frames: Type.Array(Count),
    bytes: nullable(Type.Object({ of: oneOf(['body', 'datagram'] as const), start: Count, length: Count }, closed)),
    what: Text,
  },
  closed,
);

const Finding = Type.Object(
  {
    code: Type.String({ pattern: '^AUD(-[A-Z]+)+$' }),
    severity: Severity,
    area: oneOf(['authentication', 'takeover', 'exposure', 'transport', 'campaign', 'limits'] as const),
    title: Text,
    /** What was found here, in one sentence. */
    text: Text,
    why: Text,
    todo: Text,
    basis: oneOf(['seen', 'recalled', 'judgement'] as const),
    source: Text,
    /** null: of no one sender. */
    from: MaybeText,
    /** All its servers, or its sender, were named as the reviewer's own. */
    ours: nullable(oneOf(['servers', 'sender'] as const)),
    messages: Count,
    victims: Count,
    firstTime: nullable(IsoTime),
    lastTime: nullable(IsoTime),
    /** At most twelve, the first ones. */
    evidence: Type.Array(Evidence),
  },
  closed,
);

const Sender = Type.Object(
  {
    name: MaybeText,
    type: nullable(oneOf(['number', 'code', 'name', 'host'] as const)),
    messages: Count,
    victims: Count,
    methods: Counts,
    verdicts: Counts,
    hosts: Type.Array(Text),
    firstTime: nullable(IsoTime),
    lastTime: nullable(IsoTime),
    worst: nullable(Severity),
    /** Named as the reviewer's own. */
    ours: Type.Boolean(),
  },
  closed,
);

const Victim = Type.Object(
  {
    name: Text,
    messages: Count,
    senders: Type.Array(Text),
    arrived: Count,
    accepted: Count,
    failed: Count,
    unknown: Count,
    atStake: Type.Array(Text),
    unproven: Type.Array(Text),
    firstTime: nullable(IsoTime),
    lastTime: nullable(IsoTime),
    worst: nullable(Severity),
  },
  closed,
);

export const AuditSchema = Type.Object(
  {
    schema: Type.Literal(AUDIT_SCHEMA),
    headline: Text,
    lead: Text,
    inputs: Type.Array(Type.Object({ file: Text, error: MaybeText }, closed)),
    reviewed: Count,
    sightings: Count,
    bySeverity: Type.Object({ critical: Count, high: Count, medium: Count, low: Count, info: Count }, closed),
    findings: Type.Array(Finding),
    senders: Type.Array(Sender),
    victims: Type.Array(Victim),
    /** Entries of servers and senders that were named as the reviewer's own. */
    known: Count,
    notFound: Type.Array(Type.Object({ area: Text, title: Text, sought: Type.Array(Text) }, closed)),
    notCheckable: Type.Array(Text),
  },
  closed,
);

export type AuditReport = Static<typeof AuditSchema>;

/** The JSON Schema, as text. */
export const auditSchemaJson = (): string =>
  `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', title: AUDIT_SCHEMA, ...AuditSchema }, null, 2)}\n`;

// The report, declared once: its types and its JSON Schema come from here.

import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { REPORT_SCHEMA } from './name.ts';

const closed = { additionalProperties: false } as const;
const nullable = <T extends TSchema>(t: T) => Type.Union([t, Type.Null()]);
const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Union(values.map((v) => Type.Literal(v as T[number])));

/** UTC with nine decimals. */
const IsoTime = Type.String({ pattern: '^[+-]?\\d{4,6}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{9}Z$' });
const MaybeTime = nullable(IsoTime);
const Count = Type.Integer({ minimum: 0 });
const Text = Type.String();
const MaybeText = nullable(Text);
const MaybeCount = nullable(Count);

const Range = Type.Object({ start: Count, length: Count }, closed);

export const Severity = oneOf(['error', 'warning', 'note'] as const);

const VerdictSchema = oneOf([
  'valid',
  'invalid',
  'no-key',
  'no-mac',
  'unprotected',
  'malformed',
  'not-applicable',
] as const);

const FindingSchema = Type.Object(
  {
    code: Type.String({ pattern: '^[A-Z0-9]+(-[A-Z0-9]+)*$' }),
    severity: Severity,
    message: Text,
    clause: Text,
    /** null where no octets can be pointed at. */
    bytes: nullable(
      Type.Object(
        { of: oneOf(['file', 'frame', 'pdu', 'datagram', 'body'] as const), start: Count, length: Count },
        closed,
      ),
    ),
  },
  closed,
);

/** A finding that belongs to no message. */
const LooseFinding = Type.Object(
  { ...FindingSchema.properties, input: MaybeCount, frame: MaybeCount, time: MaybeTime },
  closed,
);

const InputSchema = Type.Object(
  {
    file: Text,
    format: Text,
    bytes: MaybeCount,
    frames: Count,
    firstTime: MaybeTime,
    lastTime: MaybeTime,
    truncatedAt: MaybeCount,
    /** One sentence where the input could not be read. */
    error: MaybeText,
  },
  closed,
);

const SegmentSchema = Type.Object(
  {
    part: Type.Integer(),
    of: Type.Integer(),
    reference: MaybeCount,
    referenceBits: nullable(Type.Union([Type.Literal(8), Type.Literal(16)])),
    /** Index into `inputs`; frame numbers count within it. */
    input: Count,
    frames: Type.Array(Count),
    time: MaybeTime,
    length: Count,
    status: oneOf(['used', 'duplicate', 'conflict', 'late'] as const),
  },
  closed,
);

/**
 * Characteristics and parms; of other documents elements, attributes and text; of binary bodies the details found.
 * Ranges are octets of the body.
 */
const TreeNodeSchema = Type.Recursive(
  (Node) =>
    Type.Object(
      {
        kind: oneOf(['characteristic', 'parm', 'element', 'attribute', 'text', 'detail'] as const),
        /** Type of a characteristic, name of anything else; '' for text. */
        name: Text,
        value: MaybeText,
        secret: Type.Boolean(),
        bytes: Range,
        valueBytes: nullable(Range),
        children: Type.Array(Node),
      },
      closed,
    ),
  { $id: 'otascope-tree-node' },
);

const SecuritySchema = Type.Object(
  {
    method: nullable(oneOf(['NETWPIN', 'USERPIN', 'USERNETWPIN', 'USERPINMAC'] as const)),
    mac: MaybeText,
    expectedMac: MaybeText,
    verdict: VerdictSchema,
    keySource: nullable(oneOf(['given', 'inferred', 'searched'] as const)),
    explanation: Text,
    matchesOtherDerivation: MaybeText,
    /** What the sender has to change; null where nothing is known to be wrong. */
    fix: MaybeText,
  },
  closed,
);

const DocumentSchema = Type.Object(
  {
    format: oneOf(['wbxml', 'xml', 'binary'] as const),
    publicId: MaybeCount,
    /** WBXML version. */
    version: MaybeText,
    charset: MaybeText,
    /** Canonical: no white space between elements, attributes in order. */
    xml: MaybeText,
    tree: Type.Array(TreeNodeSchema),
    summary: Text,
  },
  closed,
);

const MessageSchema = Type.Object(
  {
    id: Text,
    kind: Text,
    state: oneOf(['complete', 'incomplete', 'undecodable'] as const),
    bearer: Text,
    from: MaybeText,
    to: MaybeText,
    imsi: MaybeText,
    firstTime: MaybeTime,
    lastTime: MaybeTime,
    segments: Type.Array(SegmentSchema),
    missingParts: Type.Array(Count),
    ports: nullable(Type.Object({ source: MaybeCount, destination: Count }, closed)),
    wsp: nullable(
      Type.Object(
        {
          transactionId: MaybeCount,
          pduType: Text,
          contentType: MaybeText,
          headers: Type.Array(Type.Object({ name: Text, value: Text }, closed)),
        },
        closed,
      ),
    ),
    payload: Type.Object({ length: Count, sha256: MaybeText, bodyLength: MaybeCount, bodySha256: MaybeText }, closed),
    security: SecuritySchema,
    document: nullable(DocumentSchema),
    /** Of ordinary short messages. */
    text: Type.Optional(MaybeText),
    summary: Text,
    findings: Type.Array(FindingSchema),
  },
  closed,
);

const StageSchema = Type.Object(
  {
    stage: oneOf([
      'submit',
      'relay',
      'delivery',
      'receipt',
      'notification',
      'activation',
      'name',
      'connection',
      'dm-session',
      'retrieval',
    ] as const),
    bearer: Text,
    start: MaybeTime,
    /** null where its end was not seen. */
    end: MaybeTime,
    frames: Type.Array(Count),
    result: oneOf(['ok', 'refused', 'failed', 'expired', 'not-seen'] as const),
    code: MaybeText,
    meaning: MaybeText,
    /** Why its end was not seen. */
    reason: MaybeText,
    /** null for what the phone did afterwards. */
    message: MaybeText,
    hop: Type.Integer({ minimum: 1 }),
    attempt: Type.Integer({ minimum: 1 }),
  },
  closed,
);

const TransactionSchema = Type.Object(
  {
    id: Text,
    recipient: Text,
    messages: Type.Array(Text),
    /** Of each attempt, its messages in the order of their hops. */
    hops: Type.Array(Type.Array(Text)),
    outcome: oneOf(['delivered', 'accepted', 'failed', 'unconfirmed', 'expired'] as const),
    events: Type.Array(
      Type.Object(
        {
          time: MaybeTime,
          input: MaybeCount,
          frame: MaybeCount,
          what: oneOf(['submit', 'answer', 'refusal', 'receipt', 'reset', 'next-move'] as const),
          message: Text,
          part: nullable(Type.Integer()),
          by: Text,
          code: MaybeText,
          text: Text,
        },
        closed,
      ),
    ),
    retries: Count,
    failure: nullable(
      Type.Object(
        {
          stage: oneOf(['submit', 'delivery'] as const),
          code: MaybeText,
          text: Text,
          bearer: Text,
          /** The code in plain words. */
          meaning: Text,
          /** What to check next. */
          check: Type.Array(Text),
        },
        closed,
      ),
    ),
    /** The legs of its way, in their order; left out of brief reports. */
    stages: Type.Optional(Type.Array(StageSchema)),
    /** The phone was seen using what it was told; null: the capture does not tell. */
    applied: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  },
  closed,
);

const SubscriberSchema = Type.Object(
  {
    msisdn: MaybeText,
    imsi: MaybeText,
    evidence: Type.Array(Type.Object({ input: MaybeCount, frame: MaybeCount, text: Text }, closed)),
  },
  closed,
);

const TotalsSchema = Type.Object(
  {
    messages: Count,
    /** Ordinary text messages, whether they are among the messages or not. */
    texts: Count,
    byKind: Type.Record(Type.String(), Count),
    byVerdict: Type.Record(Type.String(), Count),
    bySeverity: Type.Record(Type.String(), Count),
  },
  closed,
);

/** What the reader of the capture marked, with a note of their own. */
const BookmarkSchema = Type.Object({ message: Text, note: Text }, closed);

export const ReportSchema = Type.Object(
  {
    schema: Type.Literal(REPORT_SCHEMA),
    inputs: Type.Array(InputSchema),
    messages: Type.Array(MessageSchema),
    transactions: Type.Array(TransactionSchema),
    subscribers: Type.Array(SubscriberSchema),
    findings: Type.Array(LooseFinding),
    totals: TotalsSchema,
    /** Left out where there are none. */
    bookmarks: Type.Optional(Type.Array(BookmarkSchema)),
  },
  closed,
);

export type Report = Static<typeof ReportSchema>;
export type ReportMessage = Report['messages'][number];
export type ReportTreeNode = Static<typeof TreeNodeSchema>;
export type ReportFinding = Static<typeof FindingSchema>;

/** The JSON Schema that ships with the project, as text. */
export const reportSchemaJson = (): string =>
  `${JSON.stringify(
    { $schema: 'http://json-schema.org/draft-07/schema#', title: REPORT_SCHEMA, ...ReportSchema },
    null,
    2,
  )}\n`;

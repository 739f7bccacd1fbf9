// What a filter can ask of a message without decoding it again: one column each.

import { CHANGE_FIELDS } from './changefields.ts';

/**
 * 'text' compares letter by letter, 'choice' has names in a fixed order, 'time' is nanoseconds since the session's base,
 * 'duration' nanoseconds, 'flag' true or false.
 */
export type FieldType = 'text' | 'choice' | 'number' | 'time' | 'duration' | 'flag';

export interface FilterField {
  readonly path: string;
  readonly label: string;
  readonly type: FieldType;
  /** A filter that shows how it is used. */
  readonly example: string;
  /** A message may have several values. */
  readonly many?: boolean;
  /** Names of a choice, lowest first where they are ordered. */
  readonly choices?: readonly string[];
  readonly ordered?: boolean;
  /** Other ways to write a choice. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Short name for `key:value`. */
  readonly key?: string;
  /** Not a column: messages are decoded to answer. */
  readonly deep?: boolean;
}

const FIELD_LIST = [
  { path: 'message.id', label: 'Message', type: 'text', example: 'message.id == m12', key: 'id' },
  {
    path: 'kind',
    label: 'Kind of content',
    type: 'text',
    example: 'kind == client-provisioning',
    key: 'kind',
  },
  {
    path: 'state',
    label: 'Arrived whole?',
    type: 'choice',
    example: 'state == incomplete',
    choices: ['complete', 'incomplete', 'undecodable'],
    key: 'state',
  },
  { path: 'bearer', label: 'Bearer', type: 'text', example: 'bearer == smpp', key: 'bearer' },
  { path: 'operation', label: 'Operation of the bearer', type: 'text', example: 'operation == submit_sm', key: 'op' },
  { path: 'sms.from', label: 'Sender', type: 'text', example: 'sms.from ~ "^\\+3725"', key: 'from' },
  { path: 'sms.to', label: 'Recipient', type: 'text', example: 'sms.to contains 555', key: 'to' },
  { path: 'sms.smsc', label: 'Service centre', type: 'text', example: 'sms.smsc == +491710760000', key: 'smsc' },
  { path: 'sms.imsi', label: 'IMSI', type: 'text', example: 'sms.imsi contains 00101', key: 'imsi' },
  {
    path: 'sms.text',
    label: 'Text of an ordinary message',
    type: 'text',
    example: 'sms.text contains PIN',
    key: 'text',
  },
  { path: 'wdp.port', label: 'Destination port', type: 'number', example: 'wdp.port == 2948', key: 'port' },
  { path: 'wdp.sourcePort', label: 'Source port', type: 'number', example: 'wdp.sourcePort == 9200' },
  { path: 'parts.count', label: 'Parts', type: 'number', example: 'parts.count > 3', key: 'parts' },
  {
    path: 'parts.missing',
    label: 'Parts that never came',
    type: 'number',
    example: 'parts.missing > 0',
    key: 'missing',
  },
  { path: 'parts.copies', label: 'Parts that came again', type: 'number', example: 'parts.copies > 0' },
  { path: 'size', label: 'Octets of the datagram', type: 'number', example: 'size > 1000', key: 'size' },
  { path: 'time', label: 'Time of the first part', type: 'time', example: 'time in 12:00..12:05' },
  { path: 'time.last', label: 'Time of the last part', type: 'time', example: 'time.last > 12:00:30' },
  { path: 'duration', label: 'First part to last', type: 'duration', example: 'duration > 2s', key: 'duration' },
  { path: 'push.type', label: 'Content type', type: 'text', example: 'push.type contains connectivity', key: 'type' },
  {
    path: 'prov.security',
    label: 'Security method',
    type: 'choice',
    example: 'prov.security == USERPIN',
    choices: ['NETWPIN', 'USERPIN', 'USERNETWPIN', 'USERPINMAC'],
    key: 'method',
  },
  { path: 'mac.ok', label: 'MAC proved right', type: 'flag', example: 'not mac.ok' },
  { path: 'mac.present', label: 'A MAC was sent', type: 'flag', example: 'mac.present' },
  {
    path: 'mac.verdict',
    label: 'Verdict on the MAC',
    type: 'choice',
    example: 'mac.verdict == invalid',
    choices: ['valid', 'invalid', 'no-key', 'no-mac', 'unprotected', 'malformed', 'not-applicable'],
    aliases: { matches: 'valid', ok: 'valid', differs: 'invalid', wrong: 'invalid', 'no key': 'no-key' },
    key: 'verdict',
  },
  {
    path: 'failure.code',
    label: 'Code that stopped it',
    type: 'text',
    example: 'failure.code contains 88',
    key: 'code',
  },
  { path: 'failure.bearer', label: 'Where it was stopped', type: 'text', example: 'failure.bearer == smpp' },
  { path: 'outcome', label: 'What became of it', type: 'text', example: 'outcome == refused', key: 'outcome' },
  {
    path: 'finding.code',
    label: 'Code of a finding',
    type: 'text',
    example: 'finding.code in {UDH-OVERRUN, WSP-LENGTH}',
    many: true,
    key: 'finding',
  },
  {
    path: 'finding.severity',
    label: 'Severity of a finding',
    type: 'choice',
    example: 'finding.severity >= warn',
    many: true,
    choices: ['note', 'warning', 'error'],
    ordered: true,
    aliases: { warn: 'warning', err: 'error', info: 'note' },
    key: 'worst',
  },
  { path: 'finding.count', label: 'Number of findings', type: 'number', example: 'finding.count > 3', key: 'findings' },
  {
    path: 'finding.text',
    label: 'Sentence of a finding',
    type: 'text',
    example: 'finding.text contains "access point"',
    many: true,
  },
  {
    path: 'summary',
    label: 'What it does, in a sentence',
    type: 'text',
    example: 'summary contains proxy',
    key: 'summary',
  },
  { path: 'file', label: 'Capture file', type: 'text', example: 'file contains monday', many: true, key: 'file' },
  { path: 'frame', label: 'Frame number', type: 'number', example: 'frame in 800..900', many: true, key: 'frame' },
] as const satisfies readonly FilterField[];

export type ColumnPath = (typeof FIELD_LIST)[number]['path'];
export const COLUMN_FIELDS: readonly (FilterField & { readonly path: ColumnPath })[] = FIELD_LIST;

/** What a bare word is looked for in. */
export const WORD_FIELDS: readonly ColumnPath[] = [
  'message.id',
  'sms.from',
  'sms.to',
  'sms.imsi',
  'sms.text',
  'kind',
  'bearer',
  'push.type',
  'prov.security',
  'outcome',
  'summary',
  'finding.code',
  'finding.text',
  'file',
];

/** 'parm.NAP-ADDRESS': any parameter of a document, by its name in the standard. */
export const PARM_PREFIX = 'parm.';

const byPath = new Map<string, FilterField>([...COLUMN_FIELDS, ...CHANGE_FIELDS].map((f) => [f.path.toLowerCase(), f]));
const byKey = new Map<string, FilterField>(COLUMN_FIELDS.flatMap((f) => (f.key === undefined ? [] : [[f.key, f]])));

export type FieldLookup = (path: string) => FilterField | undefined;

/** Fields of the columns and of changes, then those of `deeper` (decoders' own fields), then parameters of documents. */
export function fieldLookup(deeper: ReadonlyMap<string, FilterField> = new Map()): FieldLookup {
  return (path) => {
    const found = byPath.get(path.toLowerCase()) ?? deeper.get(path.toLowerCase());
    if (found !== undefined || !path.toLowerCase().startsWith(PARM_PREFIX)) return found;
    const name = path.slice(PARM_PREFIX.length);
    if (!/^[\w.-]+$/.test(name)) return undefined;
    return {
      path: PARM_PREFIX + name.toUpperCase(),
      label: `Parameter ${name.toUpperCase()}`,
      type: 'text',
      example: `${path} contains internet`,
      many: true,
      deep: true,
    };
  };
}

/** The field `key:value` means. */
export const fieldOfKey = (key: string, lookup: FieldLookup): FilterField | undefined =>
  byKey.get(key.toLowerCase()) ?? (/[.]/.test(key) ? lookup(key) : undefined);

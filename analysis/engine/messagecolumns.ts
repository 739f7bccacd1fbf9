// The columns filters run on, made from the records when a filter first asks for them.

import { sentenceOf } from '../../captures/finding.ts';
import { formatAddress } from '../../dissectors/base/message.ts';
import { allBits, noBits, setBit } from '../query/bits.ts';
import { isChangePath } from '../query/changefields.ts';
import { type Column, type Columns, makeColumn } from '../query/columns.ts';
import type { ColumnPath, FilterField } from '../query/fields.ts';
import { mayHoldSettings } from './deliveries.ts';
import type { Flows } from './flowsof.ts';
import type { Loaded } from './load.ts';
import { allFindings, type MessageRecord } from './records.ts';
import { partsOf } from './rows.ts';

type Values = string | number | boolean | null | readonly (string | number)[];

const known = (time: number): number | null => (Number.isNaN(time) ? null : time);
const once = <T>(values: Iterable<T>): T[] => [...new Set(values)];

type Reader = (r: MessageRecord, loaded: Loaded, flows: Flows) => Values;

const READ: Readonly<Record<ColumnPath, Reader>> = {
  'message.id': (r) => r.id,
  kind: (r) => r.kind,
  state: (r) => r.state,
  bearer: ({ joined: j }) => j.bearer,
  operation: ({ joined: j }) => j.operation,
  'sms.from': ({ joined: j }) => (j.from === null ? null : formatAddress(j.from)),
  'sms.to': ({ joined: j }) => (j.to === null ? null : formatAddress(j.to)),
  'sms.smsc': ({ joined: j }) => (j.smsc === null ? null : formatAddress(j.smsc)),
  'sms.imsi': ({ joined: j }) => j.imsi,
  'sms.text': ({ joined: j }) => j.text,
  'wdp.port': ({ joined: j }) => j.ports?.destination ?? null,
  'wdp.sourcePort': ({ joined: j }) => j.ports?.source ?? null,
  'parts.count': partsOf,
  'parts.missing': ({ joined: j }) => j.missing.length,
  'parts.copies': ({ joined: j }) => j.segments.filter((s) => s.status !== 'used').length,
  size: ({ joined: j }) => j.data.bytes.length,
  time: ({ joined: j }) => known(j.firstTime),
  'time.last': ({ joined: j }) => known(j.lastTime),
  duration: ({ joined: j }) => known(j.lastTime - j.firstTime),
  'push.type': (r) => r.contentType,
  'prov.security': (r) => r.verification.method,
  'mac.ok': (r) => r.verification.verdict === 'valid',
  'mac.present': (r) => r.mac !== null,
  'mac.verdict': (r) => r.verification.verdict,
  'failure.code': (r, _, flows) => flows.flowOf(r).failure?.code ?? null,
  'failure.bearer': (r, _, flows) => flows.flowOf(r).failure?.bearer ?? null,
  outcome: (r, _, flows) => flows.outcomeOf(r),
  'finding.code': (r) => once(allFindings(r).map((f) => f.rule.code)),
  'finding.severity': (r) => once(allFindings(r).map((f) => f.rule.severity)),
  'finding.count': (r) => allFindings(r).length,
  'finding.text': (r) => once(allFindings(r).map(sentenceOf)),
  summary: (r) => r.summary,
  file: (r, loaded) =>
    once(r.joined.segments.map((s) => loaded.opened[loaded.frames.at(s.frame).input]?.source.name ?? '')),
  frame: (r, loaded) => r.joined.segments.map((s) => loaded.frames.at(s.frame).number),
};

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

export function messageColumns(loaded: Loaded, flows: Flows): Columns {
  const made = new Map<string, Column>();
  const { records } = loaded;
  const settings = lazily(() => {
    const bits = noBits(records.length);
    for (const [i, r] of records.entries()) if (mayHoldSettings(r)) setBit(bits, i);
    return bits;
  });
  const all = lazily(() => allBits(records.length));
  return {
    rows: records.length,
    mayHave: ({ path }) => (isChangePath(path) ? settings() : all()),
    column(field: FilterField) {
      let column = made.get(field.path);
      if (column === undefined) {
        const read = READ[field.path as ColumnPath];
        column = makeColumn(field, records.length, (i) => read(records[i]!, loaded, flows));
        made.set(field.path, column);
      }
      return column;
    },
  };
}

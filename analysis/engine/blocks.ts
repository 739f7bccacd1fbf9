// A message as rows of fields: every PDU, the datagram, the document, each read again by the decoder that read it first.

import type { ByteMap, Mapped } from '../../dissectors/base/bytemap.ts';
import { Cursor, runLayer } from '../../dissectors/base/cursor.ts';
import { type Field, fields } from '../../dissectors/base/fields.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import type { Segment } from '../../dissectors/sms/joined.ts';
import type { BufferName } from './contract.ts';
import { type Interpretation, interpret } from './interpret.ts';
import { recordPdu } from './pdutree.ts';
import type { MessageRecord } from './records.ts';

const own = fields('message', {
  part: { kind: 'group', label: 'Part' },
  datagram: { kind: 'group', label: 'Datagram' },
  body: { kind: 'group', label: 'Document' },
});

export interface Block {
  readonly field: Field;
  readonly text: string;
  readonly buffer: BufferName;
  readonly bytes: Uint8Array;
  readonly map: ByteMap;
  readonly rows: readonly TreeRow[];
}

/** PDUs in order of arrival, then the datagram where it was read, then the body where there is one. */
export function messageBlocks(r: MessageRecord): { blocks: Block[]; interpretation: Interpretation } {
  const datagramRows: TreeRow[] = [];
  const bodyRows: TreeRow[] = [];
  const interpretation = interpret(r.joined, { datagram: recordInto(datagramRows), body: recordInto(bodyRows) });
  const { data } = r.joined;
  const { body } = interpretation;
  const blocks = r.joined.segments.map(segmentBlock);
  const joined = { field: own.datagram, text: `${data.bytes.length} octets`, buffer: 'datagram' };
  if (data.bytes.length > 0 && datagramRows.length > 0)
    blocks.push({ ...joined, ...octetsOf(data), rows: datagramRows });
  const document = { field: own.body, text: `${body.bytes.length} octets`, buffer: 'body' };
  if (body.bytes.length > 0) blocks.push({ ...document, ...octetsOf(body), rows: bodyRows });
  return { blocks, interpretation };
}

/** What is kept packed is made when it is looked at. */
const octetsOf = ({ bytes, map }: Mapped): Mapped => ({ bytes, map });

function segmentBlock(s: Segment, index: number): Block {
  const rows: TreeRow[] = [];
  const c = new Cursor(s.pdu.bytes, 0, s.pdu.bytes.length, recordInto(rows), [], 'pdu');
  runLayer(c, (cursor) => recordPdu(s, cursor));
  const status = s.status === 'used' ? '' : `, ${s.status}`;
  return {
    field: own.part,
    text: `${s.part} of ${s.of}, ${s.operation}${status}`,
    buffer: `pdu:${index + 1}`,
    ...octetsOf(s.pdu),
    rows,
  };
}

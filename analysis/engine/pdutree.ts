// The tree of one bearer PDU: the decoder that read it first, reading it again for somebody who looks.

import { type Cursor, runLayer } from '../../dissectors/base/cursor.ts';
import type { Context } from '../../dissectors/base/dissector.ts';
import type { Sink } from '../../dissectors/base/message.ts';
import { dissectors } from '../../dissectors/index.ts';
import { createRegistry } from '../../dissectors/registry.ts';
import type { Segment } from '../../dissectors/sms/joined.ts';
import { recordDecoders } from '../../dissectors/sms/log.ts';

const ignore = (): void => undefined;
const NOWHERE: Sink = {
  shortMessage: ignore,
  datagram: ignore,
  answer: ignore,
  receipt: ignore,
  identity: ignore,
  finding: ignore,
};

const registry = createRegistry(dissectors);

const contextOf = (s: Segment, root: string): Context => ({
  root,
  time: s.time,
  frame: s.frame,
  sourceAddress: '',
  destinationAddress: '',
  sourcePort: 0,
  destinationPort: 0,
  conversation: '',
  direction: 0,
  chosenBy: s.chosenBy,
  sink: NOWHERE,
  origin: () => [],
  state: (init) => init(),
  // Layers that share the PDU's octets are read too; what was joined from several is another PDU's tree.
  next(table, key, c, handover) {
    const d = registry.bound(table, key);
    if (d === undefined || d.kind !== 'datagram') return false;
    if (handover?.map === undefined) runLayer(c, () => d.decode(c, contextOf(s, root)));
    return true;
  },
});

/** Decodes the segment's PDU for the cursor's recorder; what it would report was reported before. */
export function recordPdu(s: Segment, c: Cursor): void {
  const dissector = registry.find(s.dissector);
  if (dissector !== undefined) dissector.decode(c, contextOf(s, dissector.id));
  else recordDecoders[s.dissector]?.(c);
}

// The tree of one bearer PDU: the decoder that read it first, reading it again for somebody who looks.

import type { Cursor } from '../../dissectors/base/cursor.ts';
import type { Context } from '../../dissectors/base/dissector.ts';
import type { Sink } from '../../dissectors/base/message.ts';
import { dissectors } from '../../dissectors/index.ts';
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

const contextOf = (s: Segment): Context => ({
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
  next: () => false,
});

/** Decodes the segment's PDU for the cursor's recorder; what it would report was reported before. */
export function recordPdu(s: Segment, c: Cursor): void {
  const dissector = dissectors.find((d) => d.id === s.dissector);
  if (dissector !== undefined) dissector.decode(c, contextOf(s));
  else recordDecoders[s.dissector]?.(c);
}

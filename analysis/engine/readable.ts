// What of a joined message its meaning depends on: threads that interpret messages are sent no more.

import type { Joined, Segment } from '../../dissectors/sms/joined.ts';

type Read =
  | 'payload'
  | 'state'
  | 'ports'
  | 'to'
  | 'contentType'
  | 'payloadOffset'
  | 'connectionOriented'
  | 'data'
  | 'contiguous'
  | 'missing'
  | 'text'
  | 'findings';

export interface Readable extends Pick<Joined, Read> {
  readonly segments: readonly Pick<Segment, 'part' | 'of' | 'status' | 'length'>[];
}

// What carries the octets a layer is reading: a frame of the batch, or a datagram put together from several.

import type { ByteMap, FrameId } from '../base/bytemap.ts';

export interface Carrier {
  /** Nanoseconds since the session's base; NaN where unknown. */
  readonly time: number;
  /** Grows with every frame handed in, whether it was registered or not. */
  readonly order: number;
  /** The frame that completed these octets; registers it when nobody has asked before. */
  frame(): FrameId;
  /** Where octets [start, start+length) of the buffer being read came from, counted from `start`. */
  origin(start: number, length: number): ByteMap;
}

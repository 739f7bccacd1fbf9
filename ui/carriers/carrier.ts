// How questions travel. The page holds one carrier at a time and knows nothing else about the engine.

import { decodeReply, isEngineError } from '../../analysis/engine/codec.ts';
import type { Engine } from '../../analysis/engine/contract.ts';

export interface Carrier {
  readonly kind: 'http' | 'bridge' | 'worker';
  readonly engine: Engine;
}

/** The engine answered that it can't: the message is a sentence for the user. */
export class Refused extends Error {}

/** Nobody answered. The view stays; the question may be asked again. */
export class Lost extends Error {}

/** The value of encoded bytes; throws Refused where they carry an error. */
export function openReply(bytes: Uint8Array): unknown {
  const value = decodeReply(bytes);
  if (isEngineError(value)) throw new Refused(value.error);
  return value;
}

/** The abort signal in whatever a caller passed, for `fetch`. */
export const abortOf = (signal: { readonly aborted: boolean } | undefined): AbortSignal | null =>
  signal instanceof AbortSignal ? signal : null;

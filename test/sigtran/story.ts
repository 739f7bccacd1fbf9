// What a story is made of.

import type { Frame } from './build.ts';

export interface Story {
  readonly name: string;
  readonly in: readonly Frame[];
  /** 'mt-forwardSM 1234>262019876543210 via 491710760000: 61', one a message. */
  readonly messages?: readonly string[];
  /** 'mt-forwardSM returnError 1: MAP error 31 subscriberBusyForMT-SMS, for now', with the number of the message. */
  readonly answers?: readonly string[];
  /** '491703000001 = 262019876543210' */
  readonly identities?: readonly string[];
  readonly codes?: readonly string[];
  /** What findings say. */
  readonly said?: readonly string[];
  /** Not given to tshark, and why. */
  readonly notCompared?: string;
}

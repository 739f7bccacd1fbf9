// A message as the review looks at it. The engine fills it; tests write it by hand.

import type { Time } from '../../dissectors/base/message.ts';
import type { ProvisioningDocument, Range } from '../../dissectors/content/document.ts';
import type { Detail } from '../../dissectors/content/kinds.ts';
import type { MessageState, Verdict } from '../engine/contract.ts';

/** Who is said to have sent it. */
export interface AuditSender {
  /** As the report writes it: '+4917...', '32100', 'Operator'. */
  readonly name: string;
  readonly type: 'number' | 'code' | 'name' | 'host';
}

/** Something in the capture that ties an IMSI to the recipient. */
export interface ImsiSighting {
  readonly imsi: string;
  readonly time: Time;
  /** Frame, counted in the session; null where it stands outside any. */
  readonly frame: number | null;
  /** It is the answer to a routing question. */
  readonly lookedUp: boolean;
}

/** A number in an ordinary text to the recipient that may be a PIN. */
export interface PinNotice {
  readonly digits: readonly string[];
  /** The text speaks of a PIN, a code or a password. */
  readonly names: boolean;
  readonly from: string | null;
  readonly time: Time;
  readonly frame: number | null;
}

export interface AuditMessage {
  /** Index of the session's record. */
  readonly index: number;
  readonly id: string;
  readonly time: Time;
  readonly frames: readonly number[];
  readonly kind: string;
  readonly state: MessageState;
  readonly bearer: string;
  readonly direction: 'mt' | 'mo';
  readonly from: AuditSender | null;
  /** Number, IMSI or address; null where nothing names the recipient. */
  readonly to: string | null;
  readonly imsi: string | null;
  /** What became of it; null where nothing was going to tell. */
  readonly outcome: string | null;
  /** null: no push around the document. */
  readonly push: {
    readonly sec: number | null;
    readonly mac: string | null;
    readonly headers: readonly (Range & { readonly name: string; readonly value: string })[];
    readonly macRange: Range | null;
    readonly typeRange: Range;
  } | null;
  readonly verdict: Verdict;
  readonly keySource: string | null;
  readonly otherDerivation: string | null;
  /** Octets under the MAC. */
  readonly body: Uint8Array;
  /** Name of the body's octets. */
  readonly content: string | null;
  readonly provisioning: ProvisioningDocument | null;
  readonly details: readonly Detail[];
  readonly sightings: readonly ImsiSighting[];
  readonly notices: readonly PinNotice[];
  /** IMSIs and PINs that the user gave. */
  readonly keys: { readonly imsi: readonly string[]; readonly pin: readonly string[] };
  /** What trying gave, where it was asked for. */
  readonly tried: { readonly found: boolean; readonly guesses: number; readonly seconds: number | null } | null;
}

/** What speaks for the message. */
export type Proof = 'proven' | 'unchecked' | 'wrong' | 'none';

/** A PIN that the capture itself gives away, or that was found by trying, proves nothing. */
export function proofOf(m: Pick<AuditMessage, 'verdict' | 'keySource' | 'push'>): Proof {
  switch (m.verdict) {
    case 'valid':
      return m.push?.sec === 0 || m.keySource === 'given' ? 'proven' : 'unchecked';
    case 'no-key':
    case 'not-applicable':
      return 'unchecked';
    case 'invalid':
    case 'malformed':
      return 'wrong';
    case 'no-mac':
    case 'unprotected':
      return 'none';
  }
}

export const METHOD_NAMES = ['NETWPIN', 'USERPIN', 'USERNETWPIN', 'USERPINMAC'] as const;
export type MethodName = (typeof METHOD_NAMES)[number];

export const methodOf = (m: AuditMessage): MethodName | null => METHOD_NAMES[m.push?.sec ?? -1] ?? null;

/** Settings in a form that has SEC and MAC: provisioning documents and management bootstraps. */
export const isSettings = (m: AuditMessage): boolean => m.kind === 'client-provisioning' || m.kind === 'dm-bootstrap';

/** Such settings in a push, which could have been protected. */
export const isProtectable = (m: AuditMessage): boolean => isSettings(m) && m.push !== null;

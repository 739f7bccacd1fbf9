// What MAP says about short messages, once its encodings are read.

import type { Address } from '../../../base/message.ts';
import type { Tpdu } from '../../../sms/tpdu.ts';

export interface Forward {
  readonly what: 'forward';
  /** Towards the phone. */
  readonly mt: boolean;
  readonly imsi: string | null;
  readonly lmsi: string | null;
  readonly msisdn: Address | null;
  readonly smsc: Address | null;
  /** sm-RP-DA or sm-RP-OA says 'none': those of the dialogue's first message are meant. */
  readonly sameParties: boolean;
  readonly tpdu: Tpdu | null;
  readonly moreMessages: boolean;
  /** The capture lacks octets of the message. */
  readonly cut: boolean;
}

export interface ForwardResult {
  readonly what: 'forward-result';
  readonly tpdu: Tpdu | null;
}

export interface Routing {
  readonly what: 'routing';
  readonly msisdn: Address | null;
  readonly smsc: Address | null;
}

export interface RoutingResult {
  readonly what: 'routing-result';
  readonly imsi: string | null;
  readonly lmsi: string | null;
  readonly node: Address | null;
}

export interface Status {
  readonly what: 'status';
  readonly msisdn: Address | null;
  readonly smsc: Address | null;
  /** 17.7.6, SM-DeliveryOutcome; null in version 1. */
  readonly outcome: number | null;
  readonly diagnostic: number | null;
}

export interface Alert {
  readonly what: 'alert';
  readonly msisdn: Address | null;
  readonly smsc: Address | null;
}

export interface Inform {
  readonly what: 'inform';
  readonly msisdn: Address | null;
  /** In words. */
  readonly flags: readonly string[];
  readonly diagnostic: number | null;
}

export interface Ready {
  readonly what: 'ready';
  readonly imsi: string | null;
  readonly reason: number | null;
}

export interface ErrorDetail {
  readonly what: 'error';
  /** In words; '' where the parameter says nothing more. */
  readonly text: string;
  /** Where the detail tells more than the error. */
  readonly temporary: boolean | null;
}

export type MapParameter =
  | Forward
  | ForwardResult
  | Routing
  | RoutingResult
  | Status
  | Alert
  | Inform
  | Ready
  | ErrorDetail;

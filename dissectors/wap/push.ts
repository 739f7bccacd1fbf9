// What a WSP PDU turned out to be.

import type { Range } from '../content/document.ts';
import type { WspSession } from './wsp/session.ts';

export interface WspHeader extends Range {
  readonly name: string;
  readonly value: string;
}

export interface ContentTypeParameter extends Range {
  readonly name: string;
  readonly value: string;
  readonly valueRange: Range;
}

/** Ranges are octets of the datagram. */
export interface WspPush {
  readonly transactionId: number | null;
  /** 'Push', 'ConfirmedPush', or another PDU type's name. */
  readonly pduType: string;
  /** Media type without parameters, lower case; null when it could not be read. */
  readonly contentType: string | null;
  readonly contentTypeRange: Range;
  readonly parameters: readonly ContentTypeParameter[];
  readonly headers: readonly WspHeader[];
  /** SEC of the content type: 0 NETWPIN, 1 USERPIN, 2 USERNETWPIN, 3 USERPINMAC. */
  readonly sec: number | null;
  /** MAC as sent, before any tidying. */
  readonly mac: string | null;
  readonly macRange: Range | null;
  readonly charset: number | null;
  /** Body within the datagram. */
  readonly body: Range;
  /** Of the PDUs that open, move and close a session. */
  readonly session?: WspSession;
}

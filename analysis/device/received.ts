// What a phone was sent, as far as the capture tells: the input of everything here.

import type { Time } from '../../dissectors/base/message.ts';
import type { ProvisioningDocument } from '../../dissectors/content/document.ts';
import type { Verification } from '../verify/verify.ts';

export interface Received {
  readonly message: string;
  readonly index: number;
  readonly time: Time;
  /** Other sightings of the same delivery. */
  readonly sightings: readonly string[];
  /** 'unreadable': nothing can be made of its octets. */
  readonly state: 'complete' | 'incomplete' | 'unreadable';
  /** Numbers of the parts that never came. */
  readonly missing: readonly number[];
  /** Why the network did not deliver it; null: it did, or nobody says. */
  readonly undelivered: string | null;
  /** null: nothing can be said of what it would have set. */
  readonly document: ProvisioningDocument | null;
  /** Nokia/Ericsson settings, which know neither contexts nor MACs. */
  readonly legacy: boolean;
  /** A management bootstrap that came plain; `others`: nodes it sets outside the accounts, which nobody follows. */
  readonly managed: { readonly others: number } | null;
  /** 'Bootstrap', 'Config1' ...: file of a card it was read from or written to. */
  readonly card: string | null;
  /** A document by itself: nothing is known of how it was sent. */
  readonly bare: boolean;
  readonly sec: number | null;
  readonly hasMac: boolean;
  readonly verification: Pick<
    Verification,
    'method' | 'verdict' | 'explanation' | 'keySource' | 'matchesOtherDerivation' | 'needs'
  >;
  /** A MAC that fits none of the keys given says nothing: no key given is known to be this phone's, others are here too. */
  readonly strangeKeys?: boolean;
  /** Push-Flag says that its content is trusted. */
  readonly trusted: boolean;
  /** X-Wap-Initiator-URI. */
  readonly initiator: string | null;
}

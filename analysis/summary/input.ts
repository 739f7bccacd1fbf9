// What a summary is made of.

import type { DecodedContent } from '../../dissectors/content/kinds.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import type { WspPush } from '../../dissectors/wap/push.ts';
import type { MessageState } from '../engine/contract.ts';
import type { Readable } from '../engine/readable.ts';
import type { Verification } from '../verify/verify.ts';

export interface SummaryInput {
  readonly joined: Joined;
  readonly push: WspPush | null;
  readonly content: DecodedContent | null;
  readonly kind: string;
  readonly state: MessageState;
  readonly verification: Verification;
}

/** What the one-sentence form is made of. */
export interface HeadlineInput extends Omit<SummaryInput, 'joined'> {
  readonly joined: Readable;
}

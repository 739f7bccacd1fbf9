// What a report is made of. The engine fills it; messages may be made one at a time.

import type { Finding } from '../../captures/finding.ts';
import type { FrameId } from '../../dissectors/base/bytemap.ts';
import type { Time } from '../../dissectors/base/message.ts';
import type { DecodedDocument, ProvisioningDocument } from '../../dissectors/content/document.ts';
import type { Detail } from '../../dissectors/content/kinds.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import type { WspPush } from '../../dissectors/wap/push.ts';
import type { MessageState } from '../engine/contract.ts';
import type { Transaction } from '../flows/transactions.ts';
import type { Verification } from '../verify/verify.ts';
import type { Redactor } from './redact.ts';

export interface ReportOptions {
  /** Leaves passwords and keys readable. */
  readonly showSecrets?: boolean;
  /**
   * Replaces numbers, IMSIs, addresses and MACs, each by the same name throughout; 'last4' leaves the last four digits of
   * numbers.
   */
  readonly redact?: boolean | 'last4';
  /** Whose names are used, where more than the report needs them; left out: its own. */
  readonly redactor?: Redactor;
  /** Only these messages, by id, and what belongs to them. */
  readonly messages?: ReadonlySet<string>;
  /** Leaves out documents, headers, hashes and events: what a table has no room for. */
  readonly brief?: boolean;
  /** What the user marked; those of messages that are not in the report are left out. */
  readonly bookmarks?: readonly { readonly message: string; readonly note: string }[];
  /** Keeps ordinary short messages, as kind 'text'. */
  readonly includeText?: boolean;
}

export interface InputFacts {
  readonly file: string;
  readonly format: string;
  readonly bytes: number | null;
  readonly frames: number;
  readonly firstTime: Time;
  readonly lastTime: Time;
  readonly truncatedAt: number | null;
  readonly error: string | null;
}

export interface MessageFacts {
  readonly id: string;
  /** 'client-provisioning', 'service-indication' ... 'unknown', 'text'. */
  readonly kind: string;
  readonly state: MessageState;
  readonly joined: Joined;
  readonly push: WspPush | null;
  /** Octets of the body; null where there is none to speak of. */
  readonly body: Uint8Array | null;
  readonly document: DecodedDocument | null;
  readonly provisioning: ProvisioningDocument | null;
  /** What a decoder of binary content found. */
  readonly details?: readonly Detail[];
  readonly verification: Verification;
  /** One sentence, without secrets. */
  readonly summary: string;
  readonly findings: readonly Finding[];
}

export interface SubscriberFacts {
  readonly msisdn: string | null;
  readonly imsi: string | null;
  readonly evidence: readonly { readonly frame: FrameId | null; readonly text: string }[];
}

export interface LooseFindingFacts {
  readonly finding: Finding;
  readonly frame: FrameId | null;
  readonly time: Time;
  /** Index into `inputs` where that is known without a frame. */
  readonly input?: number | null;
}

export interface ReportInput {
  /** Absolute nanoseconds of time 0; null when nothing has a time. */
  readonly base: bigint | null;
  readonly inputs: readonly InputFacts[];
  /** In order of first time. Read once. */
  readonly messages: Iterable<MessageFacts>;
  /** Read once. */
  readonly transactions: Iterable<Transaction>;
  readonly subscribers: readonly SubscriberFacts[];
  /** Findings that belong to no message. */
  readonly findings: readonly LooseFindingFacts[];
  /** Ordinary text messages, kept or not. */
  readonly texts: number;
  /** Where a frame is: index of its input and its 1-based number there. */
  frameAt(id: FrameId): { readonly input: number; readonly number: number };
  readonly options: ReportOptions;
}

// What the contract's words are called on screen, and how marks look. Colour always comes with a shape.

import type { FlowOutcome } from '../../analysis/engine/contract/flows.ts';
import type { MarkKind, MessageRow, MessageState, Verdict } from '../../analysis/engine/contract.ts';
import type { Severity } from '../../captures/finding.ts';

export const VERDICT_WORD: Readonly<Record<Verdict, string>> = {
  valid: 'MAC matches',
  invalid: 'MAC differs',
  'no-key': 'No key yet',
  'no-mac': 'MAC missing',
  unprotected: 'Not protected',
  malformed: 'MAC malformed',
  'not-applicable': 'No MAC here',
};

/** Of a message: where a method is named and still nothing could be checked, parts are missing. */
export const verdictWord = (verdict: Verdict, method: string | null): string =>
  verdict === 'not-applicable' && method !== null ? 'Not checkable' : VERDICT_WORD[verdict];

/** What the verdict means, in one sentence. */
export const VERDICT_MEANS: Readonly<Record<Verdict, string>> = {
  valid: 'The MAC was made with this key over exactly these octets.',
  invalid: 'The MAC was not made with this key over these octets: another key, another recipe, or changed octets.',
  'no-key': 'The message is protected, but nothing is known that its key could be made of.',
  'no-mac': 'The message names a security method but carries no MAC.',
  unprotected: 'The message carries neither a security method nor a MAC: anybody could have sent it.',
  malformed: 'There is a MAC, but not in a form the method allows.',
  'not-applicable': 'There is no MAC to check, or too little of the message to check it with.',
};

/** What became of a message on its way. */
export const OUTCOME_WORD: Readonly<Record<FlowOutcome, string>> = {
  delivered: 'Delivered',
  accepted: 'Accepted by the next hop',
  failed: 'Failed',
  expired: 'Expired',
  unconfirmed: 'No word of it',
};

const KIND_WORD: Readonly<Record<string, string>> = {
  'client-provisioning': 'Provisioning',
  'service-indication': 'Service indication',
  'service-loading': 'Service loading',
  'mms-notification': 'MMS notification',
  'dm-notification': 'DM notification',
  'email-notification': 'E-mail notification',
  'cache-operation': 'Cache operation',
  'ota-settings': 'OTA settings',
  'supl-init': 'SUPL init',
  'drm-rights': 'DRM rights',
  'session-initiation': 'Session initiation',
  'dm-bootstrap': 'DM bootstrap',
  'sync-notification': 'Sync notification',
  'sync-message': 'SyncML message',
  'drm-content': 'DRM content',
  multipart: 'Multipart push',
  'business-card': 'Business card',
  'calendar-entry': 'Calendar entry',
  'ringing-tone': 'Ringing tone',
  'operator-logo': 'Operator logo',
  'caller-logo': 'Caller logo',
  'picture-message': 'Picture message',
  'application-message': 'App message',
  'other-push': 'Other push',
  text: 'Text message',
  unknown: 'Unknown',
};

export const kindWord = (kind: string): string => KIND_WORD[kind] ?? kind;

export const STATE_WORD: Readonly<Record<MessageState, string>> = {
  complete: 'Complete',
  incomplete: 'Incomplete',
  undecodable: 'Not decodable',
};

export const SEVERITY_WORD: Readonly<Record<Severity, string>> = { error: 'Error', warning: 'Warning', note: 'Note' };
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

/** The number the window columns use, or 0. */
export const severityRank = (s: Severity | null): number => (s === null ? 0 : 3 - SEVERITIES.indexOf(s));
export const severityOfRank = (rank: number): Severity | null => SEVERITIES[3 - rank] ?? null;

export const MARK_WORD: Readonly<Record<MarkKind, string>> = {
  segment: 'part',
  missing: 'part that never came',
  expiry: 'given up',
  message: 'message',
  answer: 'accepted',
  refusal: 'refused',
  receipt: 'receipt',
  transaction: 'one message at several hops',
  retry: 'sent again',
  cell: 'several marks',
};

/** '3 of 4' when parts are missing, else '4'. */
export const partsText = (row: Pick<MessageRow, 'parts' | 'missing'>): string =>
  row.missing > 0 ? `${row.parts - row.missing} of ${row.parts}` : String(row.parts);

export const methodWord = (method: string | null): string => method ?? '–';

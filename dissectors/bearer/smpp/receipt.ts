// SMPP 3.4 Appendix B, 5.2.12: delivery receipts and intermediate notifications.

import type { Receipt } from '../../base/message.ts';
import type { Body } from './body.ts';
import { latin1 } from './read.ts';
import { TLV } from './tlvs.ts';
import { MESSAGE_STATES } from './values.ts';

/** SMPP 3.4 5.2.12, bits 5 to 2: message type. */
const DELIVERY_RECEIPT = 0x04;
const DELIVERY_ACKNOWLEDGEMENT = 0x08;
const USER_ACKNOWLEDGEMENT = 0x10;
const INTERMEDIATE_NOTIFICATION = 0x20;

export interface ReceiptText {
  readonly id: string | null;
  readonly stat: string | null;
  readonly err: string | null;
}

const PATTERN = /^\s*id:\s*(\S*)\s.*?stat:\s*([A-Za-z]+)/is;

/** The text of Appendix B, or null where the text is none. */
export function parseReceiptText(text: string): ReceiptText | null {
  const m = PATTERN.exec(text.slice(0, 400));
  if (m === null) return null;
  const err = /\berr:\s*([0-9A-Za-z]+)/i.exec(text.slice(0, 400));
  return { id: m[1] === '' ? null : (m[1] ?? null), stat: (m[2] ?? '').toUpperCase(), err: err?.[1] ?? null };
}

const STATES: Readonly<Record<string, Receipt['state']>> = {
  DELIVRD: 'delivered',
  DELIVERED: 'delivered',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  UNDELIVERABLE: 'failed',
  REJECTD: 'failed',
  REJECTED: 'failed',
  SKIPPED: 'failed',
  ENROUTE: 'pending',
  SCHEDULED: 'pending',
  ACCEPTD: 'pending',
  ACCEPTED: 'pending',
  BUFFERED: 'pending',
};

export type ReceiptKind = 'receipt' | 'acknowledgement' | 'intermediate' | null;

/** What esm_class says the message is. */
export function receiptKind(esmClass: number): ReceiptKind {
  const type = esmClass & 0x3c;
  if (type === DELIVERY_RECEIPT) return 'receipt';
  if (type === DELIVERY_ACKNOWLEDGEMENT || type === USER_ACKNOWLEDGEMENT) return 'acknowledgement';
  return type === INTERMEDIATE_NOTIFICATION ? 'intermediate' : null;
}

/** Content of the PDU as text, from wherever it was carried. */
export function contentText(bytes: Uint8Array, body: Body): string {
  const c = body.content ?? body.tlvs?.payload ?? null;
  if (c === null) return '';
  const start = c.start + (c.udh?.length ?? 0);
  return latin1(bytes, start, Math.min(c.start + c.length, start + 400));
}

const NETWORKS: Readonly<Record<number, string>> = { 1: 'ANSI-136', 2: 'IS-95', 3: 'GSM', 4: 'GSM' };

/** The receipt's facts: TLVs where they are there, else the text. */
export function readReceipt(
  bytes: Uint8Array,
  body: Body,
  kind: ReceiptKind,
): Pick<Receipt, 'messageId' | 'state' | 'code' | 'text'> {
  const text = contentText(bytes, body);
  const parsed = parseReceiptText(text);
  const stateNumber = body.tlvs?.numbers.get(TLV.messageState);
  const stateName = stateNumber === undefined ? (parsed?.stat ?? '') : (MESSAGE_STATES[stateNumber] ?? '');
  const named = STATES[stateName] ?? 'unknown';
  const error = body.tlvs?.networkError ?? null;
  const code =
    parsed?.err ??
    (error === null
      ? null
      : `${NETWORKS[error.network] ?? `network ${error.network}`} 0x${error.code.toString(16).padStart(4, '0')}`);
  const word = kind === 'acknowledgement' ? 'acknowledged by the recipient' : stateName;
  return {
    messageId: body.tlvs?.texts.get(TLV.receiptedMessageId) ?? parsed?.id ?? null,
    state: kind === 'acknowledgement' && stateName === '' ? 'delivered' : named,
    code,
    text: word === '' ? text : word,
  };
}

/**
 * The forms under which a message id may be quoted: as it is, without leading zeros, and the same number in hexadecimal
 * or decimal (SMPP 3.3 answers in hexadecimal and writes decimal into receipts). Two ids may be the same message when
 * their forms meet; an exact match goes first.
 */
export function messageIdForms(id: string): string[] {
  const bare = id
    .trim()
    .toUpperCase()
    .replace(/^0+(?=.)/, '');
  const forms = [id, bare];
  if (/^\d{1,18}$/.test(bare)) forms.push(BigInt(bare).toString(16).toUpperCase());
  if (/^[0-9A-F]{1,16}$/.test(bare)) forms.push(BigInt(`0x${bare}`).toString());
  return [...new Set(forms)];
}

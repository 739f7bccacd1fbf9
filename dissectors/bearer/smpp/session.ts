// What an SMPP connection remembers: which end is the client, and requests that wait for their response.

import type { Address, Answer } from '../../base/message.ts';
import { WaitingTexts } from './texts.ts';

export interface Sent {
  readonly key: string;
  /** Of submit_multi: its key is followed by '#' and the index here. */
  readonly destinations: readonly Address[] | null;
}

/** What a request is remembered as that carried an ordinary text: nobody asks what was answered to it. */
export const A_TEXT: Sent = { key: '', destinations: null };

export interface Session {
  /** Direction the client sends in; null until a PDU told. */
  esme: 0 | 1 | null;
  /** Requests seen: makes their keys unique where a client reuses sequence numbers. */
  requests: number;
  /** By direction and sequence number; several where a client reuses numbers. */
  waiting: Map<number, Sent | Sent[]> | null;
  /** 1 where a number with these low bits may wait there: asked far more often than anything waits. null: none does. */
  mayWait: Uint8Array | null;
  /** Of ordinary texts that nothing else waits beside under the same number; by direction. */
  readonly texts: readonly [WaitingTexts, WaitingTexts];
  /** Responses that were captured before their request. */
  early: Map<number, Early> | null;
}

export interface Early {
  readonly answer: Omit<Answer, 'answerKey'>;
  readonly refused: readonly { readonly address: Address | null; readonly status: number }[];
}

const MAX_WAITING = 10_000;
const MAY_WAIT = 512;
const MAX_EARLY = 256;
/** Nanoseconds a response may come before its request: reordering by the capture, nothing more. */
export const EARLY_SPAN = 5e9;

export const newSession = (): Session => ({
  esme: null,
  requests: 0,
  waiting: null,
  mayWait: null,
  texts: [new WaitingTexts(), new WaitingTexts()],
  early: null,
});

const slot = (direction: 0 | 1, sequence: number): number => sequence * 2 + direction;

/** Several at once: a map that loses its first key again and again takes ever longer to find it. */
function dropOldest<V>(map: Map<number, V>, most: number): void {
  if (map.size <= most) return;
  for (const key of map.keys()) {
    map.delete(key);
    if (map.size <= most * 0.9) return;
  }
}

/** A request went out in `direction`. */
export function remember(s: Session, direction: 0 | 1, sequence: number, sent: Sent): void {
  const isText = sent === A_TEXT;
  if (isText && (s.mayWait === null || s.mayWait[sequence & (MAY_WAIT - 1)] === 0)) {
    s.texts[direction].add(sequence);
    return;
  }
  const at = slot(direction, sequence);
  s.waiting ??= new Map();
  const before = s.waiting.get(at);
  if (before === undefined) {
    if (isText) {
      s.texts[direction].add(sequence);
      return;
    }
    s.mayWait ??= new Uint8Array(MAY_WAIT);
    s.mayWait[sequence & (MAY_WAIT - 1)] = 1;
    const texts = s.texts[direction].takeAll(sequence);
    s.waiting.set(at, texts === 0 ? sent : [...new Array<Sent>(texts).fill(A_TEXT), sent]);
  } else if (!Array.isArray(before)) s.waiting.set(at, [before, sent]);
  else if (before.length < 16) before.push(sent);
  dropOldest(s.waiting, MAX_WAITING);
}

/** The request that a response seen in `direction` answers: the latest that waits under its number. */
export function answered(s: Session, direction: 0 | 1, sequence: number): Sent | null {
  const asked = direction === 0 ? 1 : 0;
  const at = slot(asked, sequence);
  const waits = s.waiting?.get(at);
  if (waits === undefined) return s.texts[asked].take(sequence) ? A_TEXT : null;
  if (Array.isArray(waits) && waits.length > 1) return waits.pop() ?? null;
  s.waiting?.delete(at);
  return Array.isArray(waits) ? (waits[0] ?? null) : waits;
}

/** `remember` for an ordinary text; false, and nothing is done, where a response came before it. */
export function rememberText(s: Session, direction: 0 | 1, sequence: number): boolean {
  if (s.early !== null && s.early.size > 0 && s.early.has(slot(direction, sequence))) return false;
  s.requests += 1;
  remember(s, direction, sequence, A_TEXT);
  return true;
}

/** Does a response seen in `direction` answer a text, and nothing else? It waits no longer then. */
export const isTextAnswered = (s: Session, direction: 0 | 1, sequence: number): boolean =>
  s.texts[direction === 0 ? 1 : 0].take(sequence);

export function rememberEarly(s: Session, direction: 0 | 1, sequence: number, early: Early): void {
  s.early ??= new Map();
  s.early.set(slot(direction === 0 ? 1 : 0, sequence), early);
  dropOldest(s.early, MAX_EARLY);
}

export function takeEarly(s: Session, direction: 0 | 1, sequence: number): Early | null {
  const at = slot(direction, sequence);
  const early = s.early?.get(at) ?? null;
  if (early !== null) s.early?.delete(at);
  return early;
}

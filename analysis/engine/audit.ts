// The security review of what is loaded: each message made ready for the checks, one at a time, with room to breathe.

import { type Address, formatAddress } from '../../dissectors/base/message.ts';
import { type Audit, type AuditResult, createAudit } from '../audit/audit.ts';
import type { Known } from '../audit/known.ts';
import type { AuditMessage, AuditSender, ImsiSighting, PinNotice } from '../audit/message.ts';
import { noticeIn, phoneKey } from '../audit/notices.ts';
import { guessesUntil, pinTasks, SLICES } from '../audit/pins.ts';
import { managedSettings } from '../device/managed.ts';
import { createGuesser, sliceLength } from '../verify/guess/guesser.ts';
import type { Flows } from './flowsof.ts';
import { interpret } from './interpret.ts';
import type { Loaded } from './load.ts';
import { type MessageRecord, recipientOf } from './records.ts';

export interface AuditRun {
  readonly flows: Flows;
  /** Tries PINs of four digits and the usual ones against every MAC that a PIN made. */
  readonly tryPins?: boolean;
  /** Servers and senders that the reviewer knows as their own. */
  readonly known?: Known;
  /** Seconds of any clock, for the time that trying took. */
  readonly clock?: () => number;
  /** Between messages; a host that must stay responsive waits here. */
  readonly pause?: (done: number, of: number) => Promise<void> | void;
  readonly signal?: { readonly aborted: boolean };
}

/** Messages between two pauses. */
const MESSAGES_AT_ONCE = 100;
/** IMSIs of one recipient that are looked at. */
const MOST_SIGHTINGS = 16;

/** E.164 numbers have seven digits at least; where nothing says that it is one, a code may be as long. */
const SHORTEST_NUMBER = { international: 8, national: 8, unknown: 10 } as const;

function senderOf(a: Address | null): AuditSender | null {
  if (a === null) return null;
  const name = formatAddress(a);
  if (a.type === 'ip') return { name, type: 'host' };
  if (!/^\d+$/.test(a.value)) return { name, type: 'name' };
  const least = a.type in SHORTEST_NUMBER ? SHORTEST_NUMBER[a.type as keyof typeof SHORTEST_NUMBER] : Infinity;
  return { name, type: a.value.length >= least ? 'number' : 'code' };
}

/** Reviews every message; stops between messages when the signal says so, and judges what it has seen. */
export async function auditLoaded(loaded: Loaded, run: AuditRun): Promise<AuditResult> {
  const { records } = loaded;
  const unread = notRead(loaded);
  const audit: Audit = createAudit({ unread, ...(run.known === undefined ? {} : { known: run.known }) });
  const imsis = sightingsOf(loaded);
  const again = repeats(loaded);
  for (const [n, r] of records.entries()) {
    if (n % MESSAGES_AT_ONCE === 0) await run.pause?.(n, records.length);
    if (run.signal?.aborted === true) {
      unread.push(`${records.length - n} messages: the review was stopped.`);
      break;
    }
    if (r.kind === 'text') continue;
    const m = messageOf(r, loaded, run.flows, imsis);
    const seen = again.get(r.id);
    if (seen !== undefined) audit.message(m, seen);
    else audit.message(run.tryPins === true ? await tried(m, run, n, records.length) : m);
  }
  return audit.end();
}

/** What of the inputs was not reviewed, in sentences. */
function notRead({ opened }: Loaded): string[] {
  return opened.flatMap(({ source: { name, size }, error, consumed, reader }) => {
    if (error !== null) return [`${name} could not be read.`];
    if (reader?.truncatedAt != null) return [`${name} breaks off: what came after that is not known.`];
    const share = size === null || size === 0 ? 1 : consumed / size;
    return share < NEARLY_ALL ? [`${name} was read to ${Math.floor(100 * share)} %: the rest was not looked at.`] : [];
  });
}

/** The last block may end in octets that nobody needs. */
const NEARLY_ALL = 0.99;

/** Later sightings of a message at another hop; what the first one had as SEC and MAC may be lost or changed there. */
function repeats(loaded: Loaded): ReadonlyMap<string, 'same' | 'changed'> {
  const out = new Map<string, 'same' | 'changed'>();
  const byId = new Map(loaded.records.map((r) => [r.id, r]));
  for (const t of loaded.transactions) {
    for (const [first = '', ...later] of t.hops) {
      const one = byId.get(first);
      for (const id of later) {
        const other = byId.get(id);
        out.set(id, one?.sec === other?.sec && one?.mac === other?.mac ? 'same' : 'changed');
      }
    }
  }
  return out;
}

interface Sightings {
  readonly byPhone: ReadonlyMap<string, readonly ImsiSighting[]>;
  /** Of the phone whose log this is. */
  readonly own: readonly ImsiSighting[];
  readonly numbers: ReadonlyMap<string, string>;
}

function sightingsOf(loaded: Loaded): Sightings {
  const byPhone = new Map<string, ImsiSighting[]>();
  const own: ImsiSighting[] = [];
  const numbers = new Map<string, string>();
  for (const i of loaded.collected.identities) {
    const lookedUp = /routing.?info/i.test(i.text);
    const sighting = { imsi: i.imsi, time: i.time, frame: i.frame, lookedUp };
    if (i.msisdn === null) {
      if (own.length < MOST_SIGHTINGS) own.push(sighting);
      continue;
    }
    numbers.set(i.imsi, i.msisdn);
    const key = phoneKey(i.msisdn);
    const mine = byPhone.get(key);
    if (mine === undefined) byPhone.set(key, [sighting]);
    else if (mine.length < MOST_SIGHTINGS) mine.push(sighting);
  }
  return { byPhone, own, numbers };
}

function messageOf(r: MessageRecord, loaded: Loaded, flows: Flows, imsis: Sightings): AuditMessage {
  const j = r.joined;
  const i = interpret(j);
  const named = recipientOf(j);
  const number = j.to === null && named !== null ? imsis.numbers.get(named) : undefined;
  const to = number === undefined ? named : `+${phoneKey(number)}`;
  const key = phoneKey(to);
  const frame = j.segments.find((s) => s.status === 'used')?.frame ?? j.segments[0]?.frame ?? null;
  const carried = j.imsi === null ? [] : [{ imsi: j.imsi, time: j.firstTime, frame, lookedUp: false }];
  const { keys } = loaded.evidence(r);
  return {
    index: r.index,
    id: r.id,
    time: j.firstTime,
    frames: j.segments.filter((s) => s.status === 'used').map((s) => s.frame),
    kind: r.kind,
    state: r.state,
    bearer: j.bearer,
    direction: j.direction,
    from: senderOf(j.from),
    to,
    imsi: j.imsi,
    outcome: flows.outcomeOf(r),
    push:
      i.push === null
        ? null
        : {
            sec: i.push.sec,
            mac: i.push.mac,
            headers: i.push.headers,
            macRange: i.push.macRange,
            typeRange: i.push.contentTypeRange,
          },
    verdict: r.verification.verdict,
    keySource: r.verification.keySource,
    otherDerivation: r.verification.matchesOtherDerivation,
    body: i.body.bytes,
    content: r.content,
    provisioning:
      i.content?.provisioning ??
      (r.kind === 'dm-bootstrap' ? (managedSettings(i.content?.document ?? null)?.document ?? null) : null),
    details: i.content?.details ?? [],
    sightings: [...carried, ...(imsis.byPhone.get(key) ?? []), ...imsis.own],
    notices: [...new Set([key, phoneKey(named)])].flatMap((phone) => noticesTo(phone, loaded)),
    keys,
    tried: null,
  };
}

const noticesTo = (phone: string, loaded: Loaded): PinNotice[] =>
  loaded.collected.told.texts(phone).flatMap(({ text, ...t }) => {
    const found = noticeIn(text);
    return found === null ? [] : [{ ...t, ...found }];
  });

async function tried(m: AuditMessage, run: AuditRun, done: number, of: number): Promise<AuditMessage> {
  const tasks = pinTasks(m);
  const { clock } = run;
  let seconds = 0;
  let guesses = 0;
  for (const task of tasks) {
    const guesser = createGuesser(task);
    for (const slice of SLICES) {
      const began = clock?.() ?? 0;
      const pin = guesser.find(slice);
      seconds += (clock?.() ?? 0) - began;
      const took = clock === undefined ? null : seconds;
      if (pin !== null)
        return { ...m, tried: { found: true, guesses: guesses + guessesUntil(pin, slice), seconds: took } };
      guesses += sliceLength(slice);
      await run.pause?.(done, of);
      if (run.signal?.aborted === true) return m;
    }
  }
  return tasks.length === 0
    ? m
    : { ...m, tried: { found: false, guesses, seconds: clock === undefined ? null : seconds } };
}

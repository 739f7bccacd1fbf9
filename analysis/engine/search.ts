// The search for a PIN, one at a time, and what is said of it.

import { isoTime } from '../report/time.ts';
import type { GuessTarget, GuessTask } from '../verify/guess/guesser.ts';
import { LONGEST_PIN, type SearchPlan, SHORTEST_PIN, spaceOf } from '../verify/guess/plan.ts';
import { type GuessHost, type Progress, type Search, startSearch } from '../verify/guess/search.ts';
import { imsiDigits, imsiKey } from '../verify/keys.ts';
import { readMac } from '../verify/mac.ts';
import { masked } from '../verify/words.ts';
import type { SearchRequest, SearchStatus } from './contract/search.ts';
import { interpret } from './interpret.ts';
import type { Loaded } from './load.ts';
import type { MessageRecord } from './records.ts';

type StartRequest = Extract<SearchRequest, { op: 'searchStart' }>;

export interface Searches {
  /** Throws an Error with one sentence where there is nothing to search. */
  start(r: StartRequest, loaded: Loaded): SearchStatus;
  status(secrets: boolean): SearchStatus;
  stop(): SearchStatus;
}

/** IMSIs that a search of USERNETWPIN goes through; each costs as much as the whole space. */
const MOST_IMSIS = 4;

const IDLE: SearchStatus = {
  phase: 'idle',
  message: null,
  from: SHORTEST_PIN,
  to: LONGEST_PIN,
  space: 0,
  tried: 0,
  digits: null,
  rate: null,
  elapsed: 0,
  remaining: null,
  workers: 0,
  kind: null,
  found: null,
  text: '',
};

/** `found` is told every PIN that was found, when it was. */
export function createSearches(host: GuessHost | undefined, found: (pin: string) => void): Searches {
  let current: { readonly search: Search; readonly plan: SearchPlan; readonly message: string } | null = null;

  const status = (secrets: boolean): SearchStatus => {
    if (current === null) return IDLE;
    return statusOf(current.search.progress(), current.plan, current.message, secrets);
  };
  return {
    start(r, loaded) {
      if (host === undefined) throw new Error('This engine has no processor to search with.');
      const plan = planOf(r, loaded);
      current?.search.stop();
      const jobs = Math.max(1, Math.min(r.jobs ?? host.cores, 64));
      const search = startSearch(plan, host, jobs);
      current = { search, plan, message: r.message };
      void search.done.then((p) => {
        if (p.found !== null) found(p.found.pin);
      });
      return status(false);
    },
    status,
    stop() {
      current?.search.stop();
      return status(false);
    },
  };
}

function planOf(r: StartRequest, loaded: Loaded): SearchPlan {
  const record = loaded.records.find((m) => m.id === r.message);
  if (record === undefined) throw new Error(`There is no message ${r.message}.`);
  if (r.from < SHORTEST_PIN || r.to > LONGEST_PIN || r.from > r.to) {
    throw new Error(`PINs of ${SHORTEST_PIN} to ${LONGEST_PIN} digits can be searched for.`);
  }
  const { body, push } = interpret(record.joined);
  const target = targetOf(record);
  const known = loaded.evidence(record);
  const imsis = imsisOf(record, [...(r.keys?.imsi ?? []), ...known.keys.imsi, ...known.inferred.map((i) => i.value)]);
  const prefixes = push?.sec === 2 ? imsis.slice(0, MOST_IMSIS).map(imsiKey) : [new Uint8Array(0)];
  const tasks: GuessTask[] = prefixes.map((prefix) => ({ prefix, body: body.bytes.slice(), target }));
  const to = record.joined.to?.value ?? null;
  const phone = to ?? record.joined.imsi ?? '';
  const told = [...loaded.collected.told.to(phone).map((t) => t.pin), ...loaded.collected.told.all()];
  return {
    tasks,
    lengths: { from: r.from, to: r.to },
    likely: { told: [...new Set([...known.searched, ...told])], msisdn: to, imsis, year: yearOf(record, loaded) },
  };
}

const yearOf = (r: MessageRecord, loaded: Loaded): number | null => {
  const iso = isoTime(loaded.base, r.joined.firstTime);
  return iso === null ? null : Number.parseInt(iso, 10);
};

/** Refuses what has no PIN to be found, and says why. */
function targetOf(r: MessageRecord): GuessTarget {
  const sent = readMac(r.mac);
  if (r.sec === 0) throw new Error('NETWPIN has no PIN: its key is the IMSI, and IMSIs are never searched for.');
  if (r.state === 'incomplete')
    throw new Error('Octets of the document are missing, so no PIN can be told from another.');
  if (r.sec === 3 && sent !== null && /^\d{5,20}$/.test(sent.hex) && !sent.wellFormed) return { digits: sent.hex };
  if (sent === null && r.sec === 3) {
    throw new Error('Without a MAC every PIN is right with check digits of its own: there is nothing to search for.');
  }
  if (sent === null) throw new Error('There is no MAC to find the PIN of.');
  if (!sent.wellFormed) throw new Error('The MAC is not forty hex digits, so no PIN gives it.');
  if (r.sec === null || r.sec > 3) throw new Error('SEC names no method with a PIN.');
  return { mac: sent.hex };
}

function imsisOf(r: MessageRecord, known: readonly string[]): string[] {
  const imsis = [...new Set(known.map(imsiDigits).filter((d) => d !== null))];
  if (r.sec === 2 && imsis.length === 0) {
    throw new Error('USERNETWPIN needs the IMSI before its PIN can be searched for; IMSIs are never searched for.');
  }
  return imsis;
}

function statusOf(p: Progress, plan: SearchPlan, message: string, secrets: boolean): SearchStatus {
  const seconds = p.elapsed / 1000;
  const [task] = plan.tasks;
  const bits = task !== undefined && 'digits' in task.target ? task.target.digits.length : null;
  const chance = bits === null ? 0 : p.space / 10 ** bits;
  return {
    phase: p.end ?? 'running',
    message,
    ...plan.lengths,
    space: p.space,
    tried: p.tried,
    digits: p.digits,
    rate: p.rate,
    elapsed: seconds,
    remaining: p.rate === null || p.end !== null ? null : Math.max(0, p.space - p.tried) / p.rate,
    workers: p.workers,
    kind: p.kind,
    found:
      p.found === null
        ? null
        : { pin: secrets ? p.found.pin : masked('pin', p.found.pin), digits: p.found.pin.length, chance },
    text: textOf(p, plan, chance),
  };
}

/** 10000 as '10,000'. */
const grouped = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');

function textOf(p: Progress, { lengths, tasks }: SearchPlan, chance: number): string {
  const all = lengths.from === lengths.to ? `${lengths.from} digits` : `${lengths.from} to ${lengths.to} digits`;
  switch (p.end) {
    case null:
      return '';
    case 'found': {
      const n = p.found?.pin.length ?? 0;
      const only =
        chance > 0
          ? `among ${grouped(p.space)} PINs about ${chance < 1 ? chance.toPrecision(1) : grouped(chance)} fit by chance, because the MAC has few digits`
          : `the only one in ${grouped(10 ** n)}: none fits by chance, a MAC has 160 bits`;
      return `Found after ${grouped(p.tried)} ${p.tried === 1 ? 'guess' : 'guesses'}, ${only}.`;
    }
    case 'exhausted': {
      const with_ = tasks.length > 1 ? ` with any of ${tasks.length} IMSIs` : '';
      return `No PIN of ${all} gives this MAC${with_}: it is longer, has letters, or the document was changed after it was signed.`;
    }
    case 'stopped':
      return `Stopped after ${grouped(p.tried)} of ${grouped(spaceOf(lengths) * tasks.length)} PINs.`;
    case 'failed':
      return `The search ended: ${p.error ?? 'a worker stopped'}.`;
  }
}

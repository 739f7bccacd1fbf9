// otascope verify --search-pin: finds the PIN of a message by trying all of them, and says how far it is.

import type { SearchStatus } from '../analysis/engine/contract/search.ts';
import type { MessageRow } from '../analysis/engine/contract.ts';
import type { Arguments } from './command.ts';
import { durationText } from './progress.ts';
import { Sentence, usage } from './sentence.ts';
import type { FileSession } from './session.ts';
import type { Terminal } from './terminal.ts';

export interface SearchOptions {
  readonly from: number;
  readonly to: number;
  readonly jobs: number | undefined;
}

const MOST_JOBS = 256;
/** Milliseconds between two looks at the search. */
const EVERY = 100;
const ERASE = '\r\u001b[K';

/** Undefined where no search is asked for. */
export function searchOptions(args: Arguments): SearchOptions | undefined {
  const asked = args.value('search-pin');
  const jobs = args.value('jobs');
  if (jobs !== undefined && !(/^\d{1,3}$/.test(jobs) && Number(jobs) >= 1 && Number(jobs) <= MOST_JOBS)) {
    throw usage(`--jobs takes a number of cores, 1 to ${MOST_JOBS}.`);
  }
  if (asked === undefined) {
    if (jobs !== undefined) throw usage('--jobs goes with --search-pin.');
    return undefined;
  }
  const lengths = /^([4-8])(?:-([4-8]))?$/.exec(asked);
  const [from, to] = [Number(lengths?.[1]), Number(lengths?.[2] ?? lengths?.[1])];
  if (lengths === null || from > to) throw usage('--search-pin takes numbers of digits from 4 to 8: 4, 4-6, 4-8.');
  return { from, to, jobs: jobs === undefined ? undefined : Number(jobs) };
}

const WITH_PIN: ReadonlySet<string | null> = new Set(['USERPIN', 'USERNETWPIN', 'USERPINMAC']);

/** Has it a PIN that is not known yet? */
export const isSearchable = (r: Pick<MessageRow, 'method' | 'verdict'>): boolean =>
  WITH_PIN.has(r.method) && (r.verdict === 'no-key' || r.verdict === 'invalid');

/** 3400000 as '3.4 million'. */
export function countText(n: number): string {
  if (n >= 999_500) return `${(n / 1e6).toFixed(n >= 99.95e6 ? 0 : 1)} million`;
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function searchLine(id: string, s: SearchStatus): string {
  const what = s.digits === null ? 'likely PINs' : `PINs of ${s.digits} digits`;
  const parts = [`${id}: ${what}`, `${countText(s.tried)} of ${countText(s.space)}`];
  if (s.rate !== null) parts.push(`${countText(s.rate)}/s on ${s.workers}`);
  if (s.remaining !== null) parts.push(`${durationText(s.remaining)} left`);
  return parts.join('  ');
}

/** Searches until something fits, everything was tried or Ctrl-C; its last status has the PIN in it. */
export async function searchPin(
  session: FileSession,
  id: string,
  options: SearchOptions,
  terminal: Terminal,
): Promise<SearchStatus> {
  const { err } = terminal;
  const forget = terminal.onInterrupt(() => void session.request({ op: 'searchStop' }));
  let shown = false;
  try {
    const { from, to, jobs } = options;
    await session.request({ op: 'searchStart', message: id, from, to, ...(jobs === undefined ? {} : { jobs }) });
    for (;;) {
      const status = await session.request({ op: 'searchStatus', secrets: true });
      if (status.phase !== 'running') return status;
      if (err.isTerminal) {
        shown = true;
        await err.write(`${ERASE}${searchLine(id, status).slice(0, err.columns - 1)}`);
      }
      await new Promise((done) => setTimeout(done, EVERY));
    }
  } catch (e) {
    throw new Sentence(`${id}: ${e instanceof Error ? e.message : String(e)}`, 2);
  } finally {
    if (shown) await err.write(ERASE);
    forget();
  }
}

// otascope verify: each protected message's MAC, with the key it was checked by.

import type { SearchStatus } from '../../analysis/engine/contract/search.ts';
import type { Run } from '../command.ts';
import { keysOf } from '../inputs.ts';
import { timeText } from '../print/message.ts';
import { verdictText } from '../print/verdict.ts';
import { isSearchable, type SearchOptions, searchOptions, searchPin } from '../search-pin.ts';
import { type ExitCode, Sentence } from '../sentence.ts';
import { type FileSession, withSession } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { pageFor } from './show.ts';

export const run: Run = (args, terminal) => {
  const wanted = searchOptions(args);
  return withSession('verify', args, terminal, async (session, id) => {
    const page = pageFor(args, terminal, session);
    const keys = keysOf(args);
    const secrets = args.has('show-secrets');
    const { searched, exit } = wanted === undefined ? NOTHING : await searchAll(session, id, wanted, terminal);
    const rows = session.rows.filter((r) => (id === undefined ? r.verdict !== 'not-applicable' : r.id === id));
    const lines: string[] = [];
    for (const row of rows) {
      const result = await session.request({ op: 'verify', message: row.id, keys, secrets });
      if (lines.length > 0) lines.push('');
      lines.push(
        `${page.style.strong(row.id)}  ${row.kind}  to ${row.to ?? row.imsi ?? '-'}  ${timeText(page, row.firstTime)}`,
      );
      const search = searched.get(row.id);
      if (search !== undefined) lines.push(...searchText(search));
      lines.push(...verdictText(result, page));
    }
    if (rows.length === 0) lines.push('there is no provisioning message whose MAC could be checked');
    await terminal.out.write(`${lines.join('\n')}\n`);
    return exit;
  });
};

interface Searched {
  readonly searched: ReadonlyMap<string, SearchStatus>;
  /** 1 where a PIN was not found, 130 where the search was stopped. */
  readonly exit: ExitCode;
}

const NOTHING: Searched = { searched: new Map(), exit: 0 };

/** One search after another; a PIN that was found opens later messages without one. */
async function searchAll(
  session: FileSession,
  id: string | undefined,
  options: SearchOptions,
  terminal: Terminal,
): Promise<Searched> {
  const out = new Map<string, SearchStatus>();
  let missed: ExitCode = 0;
  const rows = session.rows.filter((r) => (id === undefined ? isSearchable(r) : r.id === id));
  for (const { id: message } of rows) {
    const { verdict } = await session.request({ op: 'verify', message, keys: { imsi: [], pin: [] } });
    if (verdict === 'valid') continue;
    try {
      const status = await searchPin(session, message, options, terminal);
      out.set(message, status);
      if (status.phase === 'stopped') break;
    } catch (e) {
      // One message of many that has nothing to search is no reason to leave the others out.
      if (id !== undefined || !(e instanceof Sentence)) throw e;
      await terminal.err.write(`otascope: ${e.message}\n`);
      missed = 1;
    }
  }
  const all = [...out.values()];
  const stopped = all.some((s) => s.phase === 'stopped');
  if (all.some((s) => s.phase !== 'found')) missed = 1;
  return { searched: out, exit: stopped ? 130 : missed };
}

function searchText(s: SearchStatus): string[] {
  const lead = s.found === null ? '  no PIN found' : `  PIN found: ${s.found.pin}`;
  const seconds = s.elapsed < 10 ? s.elapsed.toFixed(1) : Math.round(s.elapsed);
  return [`${lead} (${seconds} s)`, `  ${s.text}`];
}

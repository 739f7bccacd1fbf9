// otascope verify: each protected message's MAC, with the key it was checked by.

import type { SearchStatus } from '../../analysis/engine/contract/search.ts';
import type { Run } from '../command.ts';
import { keysOf } from '../inputs.ts';
import { timeText } from '../print/message.ts';
import { verdictText } from '../print/verdict.ts';
import { isSearchable, type SearchOptions, searchOptions, searchPin } from '../search-pin.ts';
import type { ExitCode } from '../sentence.ts';
import { type FileSession, withSession } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { pageFor } from './show.ts';

export const run: Run = (args, terminal) => {
  const wanted = searchOptions(args);
  return withSession('verify', args, terminal, async (session, id) => {
    const page = pageFor(args, terminal, session);
    const keys = keysOf(args);
    const secrets = args.has('show-secrets');
    const searched = wanted === undefined ? new Map() : await searchAll(session, id, wanted, terminal);
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
    return exitOf([...searched.values()]);
  });
};

/** One search after another; a PIN that was found opens later messages without one. */
async function searchAll(
  session: FileSession,
  id: string | undefined,
  options: SearchOptions,
  terminal: Terminal,
): Promise<ReadonlyMap<string, SearchStatus>> {
  const out = new Map<string, SearchStatus>();
  const rows = session.rows.filter((r) => (id === undefined ? isSearchable(r) : r.id === id));
  for (const { id: message } of rows) {
    const { verdict } = await session.request({ op: 'verify', message, keys: { imsi: [], pin: [] } });
    if (verdict === 'valid') continue;
    const status = await searchPin(session, message, options, terminal);
    out.set(message, status);
    if (status.phase === 'stopped') break;
  }
  return out;
}

function searchText(s: SearchStatus): string[] {
  const lead = s.found === null ? '  no PIN found' : `  PIN found: ${s.found.pin}`;
  const seconds = s.elapsed < 10 ? s.elapsed.toFixed(1) : Math.round(s.elapsed);
  return [`${lead} (${seconds} s)`, `  ${s.text}`];
}

/** 1 where a search ended without a PIN, 130 where it was stopped. */
function exitOf(searches: readonly SearchStatus[]): ExitCode {
  if (searches.some((s) => s.phase === 'stopped')) return 130;
  return searches.some((s) => s.phase !== 'found') ? 1 : 0;
}

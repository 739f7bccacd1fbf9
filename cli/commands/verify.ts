// otascope verify: each protected message's MAC, with the key it was checked by.

import type { Run } from '../command.ts';
import { keysOf } from '../inputs.ts';
import { timeText } from '../print/message.ts';
import { verdictText } from '../print/verdict.ts';
import { withSession } from '../session.ts';
import { pageFor } from './show.ts';

export const run: Run = (args, terminal) =>
  withSession('verify', args, terminal, async (session, id) => {
    const page = pageFor(args, terminal, session);
    const keys = keysOf(args);
    const secrets = args.has('show-secrets');
    const rows = session.rows.filter((r) => (id === undefined ? r.verdict !== 'not-applicable' : r.id === id));
    const lines: string[] = [];
    for (const row of rows) {
      const result = await session.request({ op: 'verify', message: row.id, keys, secrets });
      if (lines.length > 0) lines.push('');
      lines.push(
        `${page.style.strong(row.id)}  ${row.kind}  to ${row.to ?? row.imsi ?? '-'}  ${timeText(page, row.firstTime)}`,
      );
      lines.push(...verdictText(result, page));
    }
    if (rows.length === 0) lines.push('there is no provisioning message whose MAC could be checked');
    await terminal.out.write(`${lines.join('\n')}\n`);
  });

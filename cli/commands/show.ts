// otascope show: the messages of some inputs, or everything about one of them.

import type { Arguments, Run } from '../command.ts';
import { flowText } from '../print/flow.ts';
import { columns, messageText, type Page, section, timeText } from '../print/message.ts';
import { octetsText, treeText } from '../print/octets.ts';
import { type FileSession, withSession } from '../session.ts';
import { styleFor } from '../style.ts';
import { type Terminal, wantsColour } from '../terminal.ts';

export const run: Run = (args, terminal) =>
  withSession('show', args, terminal, async (session, id) => {
    const page = pageFor(args, terminal, session);
    const only = session.rows.length === 1 ? session.rows[0]?.id : undefined;
    const lines = (id ?? only) === undefined ? list(session, page) : await message(session, (id ?? only)!, args, page);
    await terminal.out.write(`${lines.join('\n')}\n`);
  });

export const pageFor = (args: Arguments, terminal: Terminal, { status }: FileSession): Page => ({
  style: styleFor(wantsColour(terminal.out, terminal.env, args.has('no-color'))),
  width: terminal.out.isTerminal ? terminal.out.columns : null,
  base: status.base === null ? null : BigInt(status.base),
});

function list({ rows, status }: FileSession, page: Page): string[] {
  if (rows.length === 0) return ['no messages were found', ...status.other.map((o) => `  ${o}`)];
  const table = rows.map((r) => [
    r.id,
    timeText(page, r.firstTime),
    r.to ?? r.imsi ?? '-',
    r.kind,
    r.state,
    r.verdict,
    r.worst ?? '',
  ]);
  return columns(table, 0);
}

async function message(session: FileSession, id: string, args: Arguments, page: Page): Promise<string[]> {
  const secrets = args.has('show-secrets');
  const detail = await session.request({ op: 'detail', message: id, secrets });
  const flow = await session.request({ op: 'flow', message: id });
  const lines = messageText(detail, page, flowText(flow, page));
  if (args.has('tree')) lines.push(...section(page, 'Fields', treeText(detail.tree, page)));
  if (args.has('bytes')) {
    for (const { name, label } of detail.buffers) {
      lines.push(...section(page, label, await octets(session, id, name, page)));
    }
  }
  return lines;
}

/** Octets of a pipe can't be read a second time: that is said in their place. */
async function octets(session: FileSession, id: string, buffer: string, page: Page): Promise<string[]> {
  try {
    return octetsText(await session.request({ op: 'bytes', message: id, buffer }), page);
  } catch (e) {
    return [`  ${e instanceof Error ? e.message : String(e)}`];
  }
}

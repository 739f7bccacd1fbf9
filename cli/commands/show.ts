// otascope show: the messages of some inputs, everything about one of them, or frames.

import type { Arguments, Run } from '../command.ts';
import { flowText } from '../print/flow.ts';
import { frameRows, frameText } from '../print/frames.ts';
import { columns, messageText, type Page, section, timeText } from '../print/message.ts';
import { octetsText, treeText } from '../print/octets.ts';
import { Sentence, usage } from '../sentence.ts';
import { type FileSession, withSession } from '../session.ts';
import { styleFor } from '../style.ts';
import { type Terminal, wantsColour } from '../terminal.ts';

export const run: Run = (args, terminal) => {
  const asked = framesOf(args);
  return withSession('show', args, terminal, async (session, id) => {
    const page = pageFor(args, terminal, session);
    if (asked !== undefined) {
      const lines = await frames(session, asked, args, page).catch((e: Error) => {
        throw new Sentence(e.message, 2);
      });
      await terminal.out.write(`${lines.join('\n')}\n`);
      return;
    }
    const only = session.rows.length === 1 ? session.rows[0]?.id : undefined;
    const lines = (id ?? only) === undefined ? list(session, page) : await message(session, (id ?? only)!, args, page);
    await terminal.out.write(`${lines.join('\n')}\n`);
  });
};

interface Asked {
  readonly input: number;
  readonly from: number;
  readonly to: number;
}

/** '812', '800-840', and of the second file '2:812'. */
function framesOf(args: Arguments): Asked | undefined {
  const text = args.value('frame');
  if (text === undefined) return undefined;
  const [, input = '1', from = '', to = from] = /^(?:(\d{1,4}):)?([1-9]\d{0,11})(?:-(\d{1,12}))?$/.exec(text) ?? [];
  const asked = { input: Number(input) - 1, from: Number(from), to: Number(to) };
  if (from === '' || asked.input < 0 || asked.to < asked.from) {
    throw usage('--frame takes a number or a range: 812, 800-840, or 2:812 for the second file.');
  }
  return asked;
}

/** Frames a request gives. */
const PAGE = 200;

async function frames(
  session: FileSession,
  { input, from, to }: Asked,
  args: Arguments,
  page: Page,
): Promise<string[]> {
  if (from === to) {
    const secrets = args.has('show-secrets');
    const reply = await session.request({ op: 'frame', input, number: from, secrets });
    return frameText(reply, page, args.has('bytes'));
  }
  const lines: string[] = [];
  for (let at = from; at <= to; at += PAGE) {
    const { rows, note } = await session.request({
      op: 'frames',
      input,
      from: at - 1,
      count: Math.min(PAGE, to - at + 1),
    });
    if (rows.length === 0) {
      if (lines.length > 0) return lines;
      throw new Error(note ?? `There is no frame ${from}.`);
    }
    lines.push(...frameRows(rows, page));
  }
  return lines;
}

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

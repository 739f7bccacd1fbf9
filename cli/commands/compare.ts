// otascope compare: two captures side by side, message by message: where those that fared differently part.

import type { CompareReplies, PairRow } from '../../analysis/engine/contract/compare.ts';
import type { Run } from '../command.ts';
import type { Page } from '../print/message.ts';
import { columns } from '../print/message.ts';
import { usage } from '../sentence.ts';
import { type FileSession, withSession } from '../session.ts';
import { pageFor } from './show.ts';

/** Pairs that are told one by one. */
const MOST = 50;
const PAGE = 200;

export const run: Run = (args, terminal) => {
  if (args.positionals.length !== 2) throw usage('compare takes two captures: otascope compare YESTERDAY TODAY.');
  return withSession('compare', args, terminal, async (session) => {
    // Beside nothing, everything differs.
    if (session.status.inputs.some((i) => i.error !== null && i.frames === 0)) return 3;
    const pairs = await allPairs(session);
    if (args.has('json')) {
      await terminal.out.write(`${JSON.stringify(await told(session, pairs), null, 2)}\n`);
    } else {
      await terminal.out.write(`${(await text(session, pairs, pageFor(args, terminal, session))).join('\n')}\n`);
    }
    return pairs.some((p) => p.differs.length > 0) ? 1 : 0;
  });
};

async function allPairs(session: FileSession): Promise<readonly PairRow[]> {
  const out: PairRow[] = [];
  for (;;) {
    const request = { op: 'pairs', a: 0, b: 1, from: out.length, count: PAGE } as const;
    const { rows, total }: CompareReplies['pairs'] = await session.request(request);
    out.push(...rows);
    if (rows.length === 0 || out.length >= total) return out;
  }
}

const name = (p: PairRow): string => (p.a ?? p.b)?.to ?? (p.a ?? p.b)?.imsi ?? '-';

async function partedAt(session: FileSession, p: PairRow): Promise<string | null> {
  if (p.a === null || p.b === null || p.differs.length === 0) return null;
  return (await session.request({ op: 'compare', a: p.a.id, b: p.b.id })).parted?.text ?? null;
}

async function told(session: FileSession, pairs: readonly PairRow[]): Promise<object> {
  const out: object[] = [];
  for (const p of pairs) {
    out.push({
      to: name(p),
      a: p.a?.id ?? null,
      b: p.b?.id ?? null,
      differs: p.differs,
      parted: out.length < MOST ? await partedAt(session, p) : null,
    });
  }
  return { files: session.status.inputs.map((i) => i.name), pairs: out };
}

async function text(session: FileSession, pairs: readonly PairRow[], page: Page): Promise<string[]> {
  const differing = pairs.filter((p) => p.differs.length > 0);
  if (pairs.length === 0) return ['no messages were found in either'];
  const lines = [
    `${differing.length} of ${pairs.length} pairs of messages fared differently`,
    '',
    ...columns(
      pairs.map((p) => [
        name(p),
        p.a === null ? '-' : `${p.a.id} ${p.a.outcome ?? ''}`.trim(),
        p.b === null ? '-' : `${p.b.id} ${p.b.outcome ?? ''}`.trim(),
        p.differs.length === 0 ? 'alike' : p.differs.join(', '),
      ]),
      0,
    ),
  ];
  for (const p of differing.slice(0, MOST)) {
    const sentence = await partedAt(session, p);
    if (sentence !== null) lines.push('', page.style.strong(`${p.a?.id} and ${p.b?.id}`), `  ${sentence}`);
  }
  if (differing.length > MOST) lines.push('', `${differing.length - MOST} more pairs are not told one by one.`);
  return lines;
}

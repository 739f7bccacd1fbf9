// otascope settings: what the phone was told, to type into another one.

import type { TableFormat, TableReply } from '../../analysis/engine/contract/device.ts';
import { printable } from '../../analysis/report/text.ts';
import { oneOf } from '../arguments.ts';
import type { Run } from '../command.ts';
import { Sentence } from '../sentence.ts';
import { noSuchMessage, withSession } from '../session.ts';
import { allDevices, find } from './device.ts';
import { pageFor } from './show.ts';

export const run: Run = (args, terminal) => {
  const word = oneOf(args, 'format', ['table', 'csv', 'tsv', 'md', 'json']) ?? 'table';
  const format: TableFormat = word === 'table' ? 'text' : word;
  return withSession('settings', args, terminal, async (session, positional) => {
    const page = pageFor(args, terminal, session);
    const secrets = args.has('show-secrets');
    const message = args.value('message') ?? positional;
    const tables: TableReply[] = [];
    if (message !== undefined) {
      if (!session.rows.some((r) => r.id === message)) throw new Sentence(noSuchMessage(message, session.rows), 2);
      tables.push(await session.request({ op: 'table', message, format, secrets }));
    } else {
      const devices = await allDevices(session);
      const wanted = args.value('subscriber');
      for (const d of wanted === undefined ? devices : [find(devices, wanted)]) {
        tables.push(await session.request({ op: 'table', subscriber: d.id, format, secrets }));
      }
    }
    await terminal.out.write(together(tables, format, page.style.strong));
  });
};

/** Tables of several phones as one text of the format. */
function together(tables: readonly TableReply[], format: TableFormat, strong: (text: string) => string): string {
  const titled = tables.length > 1;
  const empty = tables.every((t) => t.rows.length === 0);
  switch (format) {
    case 'text':
      if (empty) return 'no settings that a phone would take\n';
      return tables
        .map((t) => `${titled ? `${strong(printable(t.title))}\n` : ''}${t.rows.length === 0 ? 'nothing\n' : t.text}`)
        .join('\n');
    case 'md':
      return tables.map((t) => `${titled ? `## ${printable(t.title)}\n\n` : ''}${t.text}`).join('\n');
    case 'json': {
      const all = tables.map((t) => JSON.parse(t.text) as unknown);
      return `${JSON.stringify(all.length === 1 ? all[0] : all, null, 2)}\n`;
    }
    default: {
      // One line of names, then the lines of all.
      const bodies = tables.map((t, i) => (i === 0 ? t.text : t.text.slice(t.text.indexOf('\n') + 1)));
      return bodies.join('');
    }
  }
}

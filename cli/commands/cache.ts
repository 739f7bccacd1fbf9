// otascope cache: where what is kept of captures lies, how much it is, and away with it.

import type { Run } from '../command.ts';
import { clear, MOST_OCTETS, sizeOf } from '../host/cache/entries.ts';
import { cacheFolder } from '../host/cache/folder.ts';
import { clearCompiled } from '../host/compiled.ts';
import { Sentence, usage } from '../sentence.ts';

const mebibytes = (octets: number): string => (octets / 2 ** 20).toFixed(1);

export const run: Run = async (args, terminal) => {
  if (args.positionals.length > 0) throw usage('cache takes no file.');
  const folder = cacheFolder(terminal.env);
  if (args.has('clear')) {
    try {
      clear(folder);
      clearCompiled(terminal.env);
    } catch (e) {
      throw new Sentence(`${folder} could not be cleared (${(e as NodeJS.ErrnoException).code}).`, 3);
    }
  }
  const { entries, octets } = sizeOf(folder);
  const captures = `${entries} capture${entries === 1 ? '' : 's'}`;
  await terminal.out.write(`${folder}\n${captures}, ${mebibytes(octets)} of ${mebibytes(MOST_OCTETS)} MiB\n`);
  return 0;
};

// The file that --output names.

import { type FileHandle, open, realpath } from 'node:fs/promises';
import type { Arguments } from './command.ts';
import { Sentence, usage } from './sentence.ts';

/** Opened before reading begins, so that an hour's work is not lost on a wrong path; never one of the inputs. */
export async function outputFile(args: Arguments): Promise<FileHandle | undefined> {
  const path = args.value('output');
  if (path === undefined || path === '-') return undefined;
  const real = await realpath(path).catch(() => undefined);
  for (const input of args.positionals) {
    if (real !== undefined && real === (await realpath(input).catch(() => undefined))) {
      throw usage(`--output ${path} is one of the inputs, which would be overwritten.`);
    }
  }
  try {
    return await open(path, 'w');
  } catch (e) {
    throw new Sentence(`${path} can't be written (${(e as NodeJS.ErrnoException).code}).`, 2);
  }
}

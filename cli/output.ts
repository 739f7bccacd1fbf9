// The file that --output names: whole or not at all. What was there before stays until the new one is on the disk.

import { realpath } from 'node:fs/promises';
import type { Arguments } from './command.ts';
import { reasonOf } from './host/reasons.ts';
import { stage, type Whole } from './host/whole-file.ts';
import { Sentence, usage } from './sentence.ts';

export interface OutputFile {
  /** Once: puts it in the place of what was there. Throws a Sentence where it can't; then that is as it was. */
  write(what: Whole): Promise<void>;
}

/**
 * Hands `work` the file that --output names, or undefined for standard output. It is begun before `work`, so that an
 * hour's work is not lost on a wrong path; what `work` does not write leaves no trace. Never one of the inputs.
 */
export async function withOutput<T>(args: Arguments, work: (file: OutputFile | undefined) => Promise<T>): Promise<T> {
  const path = args.value('output');
  if (path === undefined || path === '-') return work(undefined);
  const real = await realpath(path).catch(() => undefined);
  for (const input of args.positionals) {
    if (real !== undefined && real === (await realpath(input).catch(() => undefined))) {
      throw usage(`--output ${path} is one of the inputs, which would be overwritten.`);
    }
  }
  const staged = await said(path, () => stage(real ?? path));
  try {
    return await work({ write: (what) => said(path, () => staged.write(what)) });
  } finally {
    await staged.end();
  }
}

async function said<T>(path: string, doing: () => Promise<T>): Promise<T> {
  try {
    return await doing();
  } catch (e) {
    if (e instanceof Sentence) throw e;
    throw new Sentence(`${path} can't be written: ${reasonOf(e)} (${(e as NodeJS.ErrnoException).code}).`, 2);
  }
}

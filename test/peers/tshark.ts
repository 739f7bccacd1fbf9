// What tshark reads in a capture: the values of named fields, frame by frame.

import { execFileSync } from 'node:child_process';

/** By frame number, 1-based; fields that a frame does not have are absent. */
export type FrameValues = ReadonlyMap<number, ReadonlyMap<string, readonly string[]>>;

const BETWEEN = '|';

/** Runs tshark on a file. All occurrences of each field, in the order of the frame. `options`: more of its own. */
export function tsharkFields(
  program: string,
  path: string,
  fields: readonly string[],
  options: readonly string[] = [],
): FrameValues {
  const wanted = ['frame.number', ...fields].flatMap((f) => ['-e', f]);
  const form = ['-T', 'fields', '-E', 'occurrence=a', '-E', `aggregator=${BETWEEN}`, '-E', 'separator=/t'];
  const text = execFileSync(program, ['-r', path, '-n', ...options, ...form, ...wanted], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 << 20,
  });
  const out = new Map<number, Map<string, readonly string[]>>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [number, ...values] = line.split('\t');
    const here = new Map<string, readonly string[]>();
    fields.forEach((field, i) => {
      const value = values[i] ?? '';
      if (value !== '') here.set(field, value.split(BETWEEN));
    });
    out.set(Number(number), here);
  }
  return out;
}

// Other programs that results are compared with. A bare machine has none of them; the project's CI has all.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';

/**
 * Path of an installed program. Where there is none, one test stands for what it would have compared: it says so and
 * passes, but in CI, where the Debian package `from` is installed, it fails. `beside`: a folder that is in no PATH.
 */
export function peer(program: string, from: string, what: string, beside?: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const folder of beside === undefined ? folders : [beside, ...folders]) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here.
    }
  }
  test(`${program} absent: ${what} not compared`, () => {
    console.warn(`NOT COMPARED: ${what} needs ${program} (Debian package ${from}), which is not installed.`);
    expect(process.env.CI ?? '', 'CI installs every peer').toBe('');
  });
  return undefined;
}

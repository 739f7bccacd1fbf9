// Inputs that showed something once, kept as lines of text beside the fuzzer.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Input, parseInput, printInput } from './input.ts';

const folder = join(import.meta.dirname, '..', '..', 'test', 'fuzz', 'corpus');
const fileOf = (target: string): string => join(folder, `${target}.txt`);

export function readCorpus(target: string): Input[] {
  if (!existsSync(fileOf(target))) return [];
  return readFileSync(fileOf(target), 'utf8')
    .split('\n')
    .filter((l) => l !== '' && !l.startsWith('#'))
    .map(parseInput);
}

/** Characters a file may have: the whole corpus stays below 2 MB. */
const ROOM = 30_000;

/** Adds inputs that are not there yet, as long as there is room. Returns how many. */
export function addToCorpus(target: string, inputs: readonly Input[]): number {
  const lines = readCorpus(target).map(printInput);
  const before = lines.length;
  let size = lines.reduce((n, l) => n + l.length + 1, 0);
  const seen = new Set(lines);
  for (const line of inputs.map(printInput).sort((a, b) => a.length - b.length)) {
    if (seen.has(line) || size + line.length > ROOM) continue;
    seen.add(line);
    lines.push(line);
    size += line.length + 1;
  }
  if (lines.length > before) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(fileOf(target), `${lines.join('\n')}\n`);
  }
  return lines.length - before;
}

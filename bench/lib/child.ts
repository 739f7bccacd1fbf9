// A program in a process of its own: how long it took and how much memory it had at most.

import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  /** Seconds by the clock on the wall. */
  readonly seconds: number;
  /** Processor seconds, user and system; null where the system does not tell. */
  readonly processor: number | null;
  /** Peak resident set in MiB; null where the system does not tell. */
  readonly peak: number | null;
  readonly status: number | null;
  readonly output: string;
  /** The end of it, where it is longer. */
  readonly end: string;
  readonly lines: number;
  /** The end of what it said on standard error. */
  readonly errors: string;
}

const TIME = '/usr/bin/time';
const POLL = 20;
const KEPT = 1 << 20;
const KEPT_END = 4096;
const LF = 10;

const hasTime = spawnSync(TIME, ['-f', '%e', 'true']).status === 0;

/** Is the program there? */
export const installed = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

/** First line a program says about its version. */
export function versionOf(program: string): string {
  const { stdout, stderr } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return (stdout || stderr || '').split('\n')[0]?.trim() ?? '';
}

/** What was read in an earlier round is read again. */
const NO_CACHE = { OTASCOPE_NO_CACHE: '1' };

/** Runs it to its end; its output is kept up to 1 MiB. */
export async function measure(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = NO_CACHE,
): Promise<Measured> {
  const timed = hasTime ? ['-f', 'measured %e %U %S %M', program, ...args] : args;
  const started = performance.now();
  const child = spawn(hasTime ? TIME : program, timed, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let end = '';
  let lines = 0;
  let errors = '';
  let peak: number | null = null;
  child.stdout.on('data', (d: Buffer) => {
    if (output.length < KEPT) output += d.toString('latin1');
    end = (end + d.subarray(-KEPT_END).toString('latin1')).slice(-KEPT_END);
    for (let at = d.indexOf(LF); at >= 0; at = d.indexOf(LF, at + 1)) lines += 1;
  });
  child.stderr.on('data', (d: Buffer) => {
    errors = (errors + d.toString('latin1')).slice(-KEPT_END);
  });
  const poll = setInterval(() => {
    if (!hasTime) peak = highWater(child.pid) ?? peak;
  }, POLL);
  const status = await new Promise<number | null>((done, failed) => {
    child.on('close', done);
    child.on('error', failed);
  });
  clearInterval(poll);
  const seconds = (performance.now() - started) / 1000;
  const told = /measured ([\d.]+) ([\d.]+) ([\d.]+) (\d+)/.exec(errors);
  const processor = told === null ? null : Number(told[2]) + Number(told[3]);
  return {
    seconds,
    processor,
    peak: told === null ? peak : Number(told[4]) / 1024,
    status,
    output,
    end,
    lines,
    errors,
  };
}

/** Linux: the most a process had so far, in MiB. */
function highWater(pid: number | undefined): number | null {
  try {
    const told = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return told === null ? null : Number(told[1]) / 1024;
  } catch {
    return null;
  }
}

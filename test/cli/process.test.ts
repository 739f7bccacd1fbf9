// The shipped command, run as users run it.

import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { built, checkout } from '../project/built.ts';
import { PUSH, pushOctets } from './messages.ts';

const run = promisify(execFile);
const command = built('cli/otascope.js');
const folder = mkdtempSync(join(tmpdir(), 'otascope-process-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Started by a test; whatever becomes of the test, they end with it. */
const children: ChildProcessWithoutNullStreams[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
function start(program: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn(program, [...args], { cwd: checkout });
  children.push(child);
  return child;
}
const push = join(folder, 'push.wsp');
writeFileSync(push, pushOctets());

describe('the built command', () => {
  test('is a program by itself', () => {
    expect(readFileSync(command, 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true);
    if (process.platform !== 'win32') expect(statSync(command).mode & 0o111).toBe(0o111);
  });

  test('needs nothing beside it: a copy elsewhere works', async () => {
    cpSync(built('cli'), join(folder, 'copy'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const { stdout } = await run(process.execPath, [join(folder, 'copy', 'otascope.js'), 'scan', push, '--json']);
    expect(JSON.parse(stdout).totals.messages).toBe(1);
  });

  test('help loads no decoder', async () => {
    const code = readFileSync(command, 'utf8');
    expect(code.length).toBeLessThan(40_000);
    const from = [...code.matchAll(/^import\b[^'"]*['"]([^'"]+)['"]/gm)].map((m) => m[1]!);
    for (const chunk of from.filter((f) => f.startsWith('./'))) {
      expect(statSync(join(built('cli'), chunk)).size).toBeLessThan(20_000);
    }
  });

  test('ends quietly when nobody reads on', async () => {
    const line = '"$0" "$1" scan "$2" "$2" "$2" --json; echo "status $?" >&2';
    const child = start('sh', ['-c', line, process.execPath, command, push]);
    let err = '';
    child.stderr.on('data', (d) => {
      err += d;
    });
    child.stdout.destroy();
    await new Promise((done) => child.on('exit', done));
    expect(err).toBe('status 0\n');
  });

  test('stops at SIGINT with what was read', async () => {
    // It says when it has read something: until it listens to signals it would simply die.
    const told = `import { writeSync } from 'node:fs';
      const { push } = process.stdin;
      process.stdin.push = function (chunk) {
        if (chunk !== null) setImmediate(() => setImmediate(() => writeSync(2, 'read')));
        return push.call(this, chunk);
      };
      process.argv = ['node', 'otascope', 'scan', '-', '--json'];
      await import(${JSON.stringify(pathToFileURL(command).href)});`;
    const child = start(process.execPath, ['--input-type=module', '-e', told]);
    let out = '';
    child.stdout.on('data', (d) => {
      out += d;
    });
    child.stdin.write(`${PUSH.replace(/ /g, '')}\n`.repeat(2));
    const ended = new Promise<number | null>((done) => child.on('exit', done));
    await new Promise((done) => child.stderr.once('data', done));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(JSON.parse(out).totals.messages).toBeGreaterThan(0);
  });

  test('serves the page until it is told to stop', async () => {
    const child = start(process.execPath, [command, 'serve', '--no-open', push]);
    const url = await new Promise<string>((done) => child.stdout.once('data', (d) => done(String(d).trim())));
    const { origin, searchParams } = new URL(url);
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(origin)).status).toBe(403);
    const ask = (op: string) =>
      fetch(`${origin}/api/request`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json', 'x-otascope-token': searchParams.get('t') ?? '' },
        body: JSON.stringify({ op }),
      });
    await expect
      .poll(async () => Buffer.from(await (await ask('status')).arrayBuffer()).toString('latin1'))
      .toMatch(/"phase":"ready".*"messages":1/);
    const ended = new Promise<number | null>((done) => child.on('exit', done));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});

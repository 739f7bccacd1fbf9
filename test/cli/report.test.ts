import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../support/shared.ts';
import { otascope } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'otascope-report-'));
afterAll(() => rmSync(folder, { recursive: true }));
const sample = join(root, 'captures', 'samples', 'mixed-day.pcapng');

describe('report', () => {
  test('takes its form from the name of the file', async () => {
    const forms = { 'r.html': /^<!doctype html>/, 'r.md': /^# mixed-day/, 'r.json': /^\{/, 'r.csv': /^id,/ };
    for (const [name, begins] of Object.entries(forms)) {
      const path = join(folder, name);
      expect(await otascope(['report', sample, '-o', path])).toMatchObject({ code: 0, err: '' });
      expect(readFileSync(path, 'utf8')).toMatch(begins);
    }
    const path = join(folder, 'r.pcapng');
    expect((await otascope(['report', sample, '-o', path, '--filter', 'kind == client-provisioning'])).code).toBe(0);
    const again = await otascope(['scan', path, '--ndjson']);
    expect(again.out.split('\n').filter((l) => l.includes('"client-provisioning"')).length).toBeGreaterThan(0);
  });

  test('hides numbers unless it is told not to', async () => {
    const number = '+4915550100202';
    expect((await otascope(['report', sample, '--format', 'markdown'])).out).not.toContain(number);
    expect((await otascope(['report', sample, '--format', 'markdown', '--numbers', 'full'])).out).toContain(number);
    expect((await otascope(['report', sample, '--format', 'markdown', '--numbers', 'last4'])).out).toContain('…0202');
  });

  test('a filter may ask for fields that must be decoded', async () => {
    const { out, code } = await otascope(['report', sample, '--format', 'json', '--filter', 'parm.PXADDR']);
    expect(code).toBe(0);
    expect((JSON.parse(out) as { messages: unknown[] }).messages.length).toBe(1);
  });

  test.each<readonly [string, readonly string[], RegExp]>([
    ['no form', [], /needs a form/],
    ['a wrong filter', ['--format', 'json', '--filter', 'kind =='], /--filter: kind == needs a value/],
    ['a table that is no CSV', ['--format', 'json', '--table', 'parts'], /--table is for CSV/],
    ['masks in a slice', ['--format', 'pcapng', '--numbers', 'named', '-o', join(folder, 'x')], /change nothing/],
    ['an unknown table', ['--format', 'csv', '--table', 'x'], /--table/],
  ])('%s is one sentence and status 2', async (_, args, sentence) => {
    const { code, err, out } = await otascope(['report', sample, ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
  });

  test('a wrong command line leaves no file behind', () => expect(existsSync(join(folder, 'x'))).toBe(false));
});

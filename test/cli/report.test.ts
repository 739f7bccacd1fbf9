import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../cli/window/browser.ts';
import { pdfOf } from '../../cli/window/picture.ts';
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

  test.each(['png', 'pdf'])('a %s is made by a browser of this machine', async (form) => {
    const path = join(folder, `r.${form}`);
    const { code, err } = await otascope(['report', sample, '-o', path], { env: { PATH: process.env.PATH ?? '' } });
    if (findChromium(process.env) === undefined) {
      console.warn('NOT MADE: no Chrome, Chromium or Edge is installed under its own name here.');
      expect([code, existsSync(path)]).toEqual([2, false]);
      expect(err).toMatch(/none is installed here/);
      return;
    }
    expect([code, err]).toEqual([0, '']);
    const png = readFileSync(path);
    if (form === 'pdf') {
      expect(png.subarray(0, 5).toString('latin1')).toBe('%PDF-');
      return;
    }
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    // Twice as fine as the drawing is wide.
    expect(png.readUInt32BE(16)).toBe(2000);
  });

  test('what is printed reaches nobody, by name or by address', async () => {
    if (findChromium(process.env) === undefined) {
      console.warn('NOT PRINTED: no Chrome, Chromium or Edge is installed under its own name here.');
      return;
    }
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.headers.host} ${request.url}`);
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
    const { port } = server.address() as AddressInfo;
    const from = ['localhost', '127.0.0.1', '[::ffff:127.0.0.1]'].map((host) => `http://${host}:${port}`);
    const html = from.map(
      (at) => `<img src="${at}/a"><link rel="stylesheet" href="${at}/b"><script src="${at}/c"></script>`,
    );
    expect((await pdfOf(`<!doctype html><body>${html.join('')}`, process.env)).length).toBeGreaterThan(0);
    server.close();
    expect(asked).toEqual([]);
  });

  test('without a browser a picture is one sentence, and nothing is left behind', async () => {
    const path = join(folder, 'none.png');
    const { code, err } = await otascope(['report', sample, '-o', path], { env: { PATH: '' } });
    expect([code, existsSync(path)]).toEqual([2, false]);
    expect(err).toMatch(/none is installed here; write an \.svg instead/);
  });

  test('bookmarks are told of messages that are in the report, with numbers hidden', async () => {
    const file = join(folder, 'bookmarks.json');
    const bookmarks = [
      { message: 'm2', note: 'Ask +4915550100202\n<b>now</b>' },
      { message: 'm99', note: 'of another capture' },
    ];
    writeFileSync(file, JSON.stringify({ schema: 'otascope-bookmarks/1', files: ['x'], bookmarks }));
    const told = async (form: string) =>
      (await otascope(['report', sample, '--format', form, '--bookmarks', file])).out;
    const json = JSON.parse(await told('json')) as { bookmarks: { message: string; note: string }[] };
    expect(json.bookmarks).toEqual([{ message: 'm2', note: expect.stringMatching(/^Ask number-\d+\n<b>now<\/b>$/) }]);
    expect(await told('ndjson')).toMatch(/^\{"type":"bookmark","message":"m2"/m);
    const html = await told('html');
    expect(html).toContain('<h2>Marked</h2>');
    expect(html).toContain('&lt;b&gt;now');
    expect(html).not.toMatch(/<b>now|another capture|4915550100202/);
    expect(await told('markdown')).toMatch(/## Marked\n\n- \*\*m2\*\*: Ask number-\d+ \\<b\\>now/);
    expect((await otascope(['report', sample, '--format', 'json'])).out).not.toContain('bookmarks');
    writeFileSync(file, '{"schema":"other"}');
    const { code, err } = await otascope(['report', sample, '--format', 'json', '--bookmarks', file]);
    expect([code, err]).toEqual([2, expect.stringContaining('holds no bookmarks')]);
  });

  test.each<readonly [string, readonly string[], RegExp]>([
    ['notes in a table', ['--format', 'csv', '--bookmarks', 'x'], /--bookmarks is for HTML/],
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

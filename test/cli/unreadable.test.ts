// What can't be read, or is not there: one sentence, its exit status, and nothing that looks like a result.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../support/shared.ts';
import { otascope } from './terminal.ts';

const place = mkdtempSync(join(tmpdir(), 'otascope-unreadable-'));
afterAll(() => rmSync(place, { recursive: true }));
const sample = join(root, 'captures/samples/part-missing.pcap');
const none = join(place, 'none.pcap');
const said = `otascope: ${none} can't be read: there is no such file.\n`;
const written = join(place, 'out.html');

const reading = [
  ['scan', none],
  ['show', none],
  ['verify', none],
  ['audit', none],
  ['device', none],
  ['device', none, '--json'],
  ['settings', none],
  ['compare', none, sample],
  ['compare', sample, none],
  ['lint', none],
  ['encode', none],
  ['report', none, '-o', written],
];
for (const argv of reading) {
  test(argv.map((w) => w.replace(`${place}/`, '').replace(`${root}/`, '')).join(' '), async () => {
    expect(await otascope(argv)).toEqual({ code: 3, out: '', err: said });
    expect(existsSync(written)).toBe(false);
  });
}

test('what is there is read all the same', async () => {
  const { code, out, err } = await otascope(['scan', none, sample]);
  expect([code, err]).toEqual([3, said]);
  expect(out).toContain('CONCAT-MISSING-PART');
});

test('a report in a form for programs names the file that was not read', async () => {
  const { code, out } = await otascope(['scan', none, '--json']);
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({ inputs: [{ error: expect.stringContaining('no such file') }] });
});

const asked = [
  { argv: ['show', sample, 'm9'], says: 'there is no message m9; the only one is m1.' },
  { argv: ['settings', sample, '--message', 'm9'], says: 'there is no message m9; the only one is m1.' },
  { argv: ['report', sample, '--message', 'm9', '-o', written], says: 'there is no message m9; the only one is m1.' },
  { argv: ['show', sample, '--frame', '800-840'], says: 'There is no frame 800.' },
  { argv: ['show', sample, '--frame', '800'], says: 'There is no frame 800 in ' },
];
for (const { argv, says } of asked) {
  test(`otascope ${argv.filter((w) => w !== sample && w !== written).join(' ')}`, async () => {
    const { code, out, err } = await otascope(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`otascope: ${says}`);
    expect(existsSync(written)).toBe(false);
  });
}

test('a capture is no document', async () => {
  const { code, err } = await otascope(['encode', join(root, 'captures/samples/mixed-day.pcapng')]);
  expect(code).toBe(3);
  expect(err).toContain('it is neither XML nor WBXML of a known kind.');
});

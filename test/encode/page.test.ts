// The commands that docs/encode.md shows, run as they stand there.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { otascope } from '../cli/terminal.ts';
import { root } from '../support/shared.ts';
import { SETTINGS } from './support.ts';

const dir = mkdtempSync(join(tmpdir(), 'otascope-page-'));
afterAll(() => rmSync(dir, { recursive: true }));
writeFileSync(join(dir, 'settings.xml'), SETTINGS);

const page = readFileSync(join(root, 'docs', 'encode.md'), 'utf8');
const commands = [...page.matchAll(/^otascope (.+)$/gm)].map((m) => m[1]!);

test('there are some', () => expect(commands.length).toBeGreaterThan(4));

for (const line of commands) {
  test(`otascope ${line}`, async () => {
    const words = line.split(' ').map((w) => (/\.(?:xml|wbxml|pcap)$/.test(w) ? join(dir, w) : w));
    expect(await otascope(words)).toMatchObject({ code: 0, err: '' });
  });
}

// What a reader of a report sees first, and that the chart shows what was said of its messages.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSession } from '../../analysis/engine/session.ts';
import { fileSource, root } from '../support/shared.ts';

async function written(sample: string, format: 'html' | 'svg'): Promise<string> {
  const s = createSession({ open: () => Promise.reject(new Error('no files')), samples: async () => [] });
  await s.openSources([fileSource(join(root, 'captures', 'samples', sample))]);
  const { bytes } = await s.request({ op: 'export', format });
  return new TextDecoder().decode(bytes);
}

test('findings of a message come worst first, one octet is one octet', async () => {
  const html = await written('content-faults.pcap', 'html');
  const severities = [...html.matchAll(/<div class="finding (\w+)">/g)].map((m) => m[1]);
  const order = ['error', 'warning', 'note'];
  expect(severities.length).toBe(7);
  expect(severities).toEqual([...severities].sort((a, b) => order.indexOf(a ?? '') - order.indexOf(b ?? '')));
  expect(html).toContain('>octet 48 of the body<');
  expect(html).not.toMatch(/octets (\d+)–\1 /);
});

test('what failed stands before what was read, and the marks are told', async () => {
  const html = await written('emi-undelivered.pcap', 'html');
  expect(html.indexOf('What failed, and what to check')).toBeLessThan(html.indexOf('What was read'));
  expect(html).toContain('<figcaption>Diamonds are messages');
});

test('the chart reaches to the receipts, and one that says no is crossed', async () => {
  // Delivered seconds after the last part was sent; given up an hour later.
  const ups = (svg: string) => [...svg.matchAll(/ d="(M[\d.]+ [\d.]+L[\d.]+ [\d.]+M[^"]+)"/g)].map((m) => m[1] ?? '');
  const good = ups(await written('content-faults.pcap', 'svg'));
  expect(good.length).toBe(3);
  const bad = ups(await written('emi-undelivered.pcap', 'svg'));
  expect(bad.some((d) => d.split('M').length === 4)).toBe(true);
});

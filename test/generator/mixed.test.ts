import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { scan } from '../../analysis/engine/scan.ts';
import { buildReport } from '../../analysis/report/index.ts';
import { generateMixed } from '../../bench/generate.ts';
import { fromBytes } from '../../captures/source.ts';

const folder = mkdtempSync(join(tmpdir(), 'otascope-mixed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'mixed.pcap');

test('the benchmark capture: every push is found, whole and right, and nothing else', async () => {
  const facts = generateMixed(path, { bytes: 3_000_000, pushes: 60, seed: 5 });
  const bytes = new Uint8Array(readFileSync(path));
  expect(bytes.length).toBe(facts.bytes);
  expect(facts).toMatchObject({ smppPushes: 54, udpPushes: 6 });
  const result = await scan([fromBytes('mixed.pcap', bytes)], {
    keys: { imsi: [], pin: [facts.pin] },
    includeText: true,
  });
  const report = buildReport(result.report({ includeText: true }));
  expect(report.inputs[0]!.frames).toBe(facts.frames);
  expect(report.messages).toHaveLength(60);
  expect(new Set(report.messages.map((m) => `${m.kind} ${m.state} ${m.security.verdict}`))).toEqual(
    new Set(['client-provisioning complete valid']),
  );
  expect(report.messages.reduce((n, m) => n + (m.bearer === 'smpp' ? m.segments.length : 0), 0)).toBe(facts.parts);
  expect(new Set(report.messages.map((m) => m.to)).size).toBe(60);
});

test('the seed alone decides', () => {
  const file = (seed: number) => {
    generateMixed(path, { bytes: 400_000, pushes: 4, seed });
    return readFileSync(path).toString('base64');
  };
  expect(file(1)).toBe(file(1));
  expect(file(1)).not.toBe(file(2));
});

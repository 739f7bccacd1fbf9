// Passing over what concerns nobody changes no report: the same octets with the pre-filter and without it.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scan } from '../../analysis/engine/scan.ts';
import { buildReport, toJson } from '../../analysis/report/index.ts';
import { fromBytes, type Source } from '../../captures/source.ts';
import { fileSource, root, sharedFolder } from '../support/shared.ts';
import { mapCapture } from './signalling.ts';
import { PIN, smppCapture } from './traffic.ts';

const KEYS = { imsi: ['262011234567890'], pin: [] };

async function reportOf(source: () => Source, prefilter: boolean, decodeAs: readonly string[] = []): Promise<string> {
  const scanned = await scan([source()], { keys: KEYS, decodeAs, prefilter, blockSize: 1 << 14 });
  const { texts, told } = scanned.loaded.collected;
  const report = toJson(buildReport(scanned.report({ showSecrets: true })));
  return `${texts} ${JSON.stringify(told.all())} ${JSON.stringify(scanned.loaded.stats)}\n${report}`;
}

async function expectSame(source: () => Source, decodeAs: readonly string[] = []): Promise<string> {
  const long = await reportOf(source, false, decodeAs);
  expect(await reportOf(source, true, decodeAs)).toBe(long);
  return long;
}

const CAPTURE = /\.(pcap|pcapng|cap|gz|zst|lz4|log)$/;
const shared = sharedFolder('captures', 'the comparison of the pre-filter with the long way');
const folders = [join(root, 'captures/samples'), ...(shared === null ? [] : [shared])];

describe('with and without pre-filter', () => {
  for (const folder of folders) {
    test(`files of ${folder === shared ? 'the shared captures' : 'the samples'}`, async () => {
      for (const name of readdirSync(folder).filter((n) => CAPTURE.test(n))) {
        await expectSame(() => fileSource(join(folder, name)));
      }
    }, 120_000);
  }

  test('SMPP by chance: forms, gaps, disorder, repetition, beginnings in the middle, odd ports', async () => {
    let [texts, messages, verified] = [0, 0, 0];
    for (let seed = 1; seed <= 16; seed++) {
      const bytes = smppCapture(seed);
      const report = await expectSame(() => fromBytes(`${seed}.pcap`, bytes));
      texts += Number(report.split(' ')[0]);
      messages += report.split('"bearer": "smpp"').length - 1;
      if (report.includes(PIN)) verified += 1;
    }
    // Otherwise the comparison says nothing.
    expect(texts).toBeGreaterThan(250);
    expect(messages).toBeGreaterThan(25);
    expect(verified).toBeGreaterThan(3);
  }, 120_000);

  test('MAP by chance: forms, identifiers that are used again, answers of every kind, damage', async () => {
    let [texts, messages] = [0, 0];
    for (let seed = 1; seed <= 16; seed++) {
      const bytes = mapCapture(seed);
      const report = await expectSame(() => fromBytes(`${seed}.pcap`, bytes));
      texts += Number(report.split(' ')[0]);
      messages += report.split('"bearer": "gsm-map"').length - 1;
    }
    expect(texts).toBeGreaterThan(250);
    expect(messages).toBeGreaterThan(25);
  }, 120_000);

  test('SMPP as the user says it is', async () => {
    for (let seed = 100; seed <= 103; seed++) {
      const bytes = smppCapture(seed);
      await expectSame(() => fromBytes(`${seed}.pcap`, bytes), ['tcp.port=80:smpp', 'tcp.port=5016:smpp']);
    }
  }, 120_000);
});

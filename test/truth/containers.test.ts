// The same traffic in all its container variations gives the same report, but for the input record.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scan } from '../../analysis/engine/scan.ts';
import { buildReport, type Report } from '../../analysis/report/index.ts';
import { fileSource, namesIn, readJson, sharedFolder } from '../support/shared.ts';

const captures = sharedFolder('captures', 'the comparison of container variations');

interface Variation {
  readonly name: string;
  readonly file: string;
  readonly title: string;
  readonly derivedFrom?: { readonly title: string };
  readonly messages: readonly { readonly to: string }[];
}

/** What these rewritings change on purpose: frames, times, or how much of each frame there is. */
const CHANGED: Readonly<Record<string, string>> = {
  'cont-ipfrag': 'the segments are spread over other frames',
  'cont-ipfrag-udp': 'the datagrams are spread over other frames',
  'cont-snaplen-96': 'frames are cut',
  'cont-tcp-ooo': 'the segments are spread over other frames',
  'cont-truncated-last': 'the last record is cut',
};
/** Without times, or with coarser ones. */
const UNTIMED = new Set(['cont-pcapng-spb', 'cont-pcapng-3-interfaces']);

/** Everything but the inputs; times only where the container can carry them. */
function essence(report: Report, timed: boolean): unknown {
  const { inputs, ...rest } = report;
  // Coarser clocks put an answer before its question; the frames still tell.
  const byFrame = (a: { frame: number | null; text: string }, b: typeof a) =>
    (a.frame ?? 0) - (b.frame ?? 0) || a.text.localeCompare(b.text);
  if (!timed) for (const t of rest.transactions) t.events.sort(byFrame);
  expect(inputs).toHaveLength(1);
  return JSON.parse(
    JSON.stringify(rest, (key, value: unknown) =>
      !timed && /^(start|end|.*time)$/i.test(key)
        ? null
        : typeof value === 'string' && !timed
          ? value.replace(/\d+ m?s\b/g, '')
          : value,
    ),
  );
}

async function reportOf(file: string): Promise<Report> {
  const result = await scan([fileSource(join(captures ?? '', file))], {
    keys: { imsi: [], pin: ['1234'] },
    includeText: true,
  });
  return buildReport(result.report({ showSecrets: true, includeText: true }));
}

describe('container variations', () => {
  if (captures === null) {
    test('shared captures absent: 0 variations compared', () => expect(captures).toBeNull());
    return;
  }
  const all = namesIn(captures, '.truth.json').map((n) => readJson<Variation>(join(captures, n)));
  const variations = all.filter((v) => v.name.startsWith('cont-') && CHANGED[v.name] === undefined);
  const original = (v: Variation) =>
    all.find(
      (o) => o.derivedFrom === undefined && o.title === v.derivedFrom?.title && o.messages[0]?.to === v.messages[0]?.to,
    );

  test('every variation names its original', () => {
    expect(variations.filter((v) => original(v) === undefined).map((v) => v.name)).toEqual([]);
    expect(variations.length).toBeGreaterThan(15);
  });
  test.each(variations.map((v) => [v.name, v] as const))('%s', async (name, v) => {
    const timed = !UNTIMED.has(name);
    const mine = essence(await reportOf(v.file), timed);
    const theirs = essence(await reportOf(original(v)?.file ?? ''), timed);
    expect(mine).toEqual(theirs);
  });
});

// Reports against what the makers of recorded captures wrote down about them.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scan } from '../../analysis/engine/scan.ts';
import { buildReport, type Report } from '../../analysis/report/index.ts';
import { fileSource, namesIn, readJson, sharedFolder } from '../support/shared.ts';
import { compareMessage, pairMessages, type Truth, type TruthMessage, unexplained } from './compare.ts';

const captures = sharedFolder('captures', 'the comparison of reports with recorded truth');

/** Bearers whose decoders exist; the truth of the others waits for them. */
const SUPPORTED = new Set([
  'submit_sm',
  'deliver_sm',
  'data_sm',
  'udp',
  'udp/wtp',
  'udp/wtp-sar',
  'ucp',
  'cimd2',
  'at+cmgs',
  'diameter/sgd',
  'gsm-um/rp-data',
  'gsup/mt-forwardSM',
  'exported-pdu/gsm_sms',
  'sip/3gpp-sms/udp',
  'sip/3gpp-sms/tcp',
  'ota-http',
  'http-smsc',
  'sigtran/map/mt-forwardSM',
  'sigtran/map/mo-forwardSM',
]);

/**
 * cont-tcp-ooo has the times of the capture it was rewritten from, before its segments were cut up and swapped;
 * lossy-link-smpp counts a message from its first complete PDU, kannel-at-modem-userpin from the Ctrl-Z that sends it,
 * all others from their first frame, as we do.
 */
const TIMES_OTHERWISE = new Set(['cont-tcp-ooo', 'lossy-link-smpp', 'kannel-at-modem-userpin']);
/** Rounded by the container, as its truth file says, or absent. */
const TIMES_INEXACT = new Set(['cont-pcapng-spb', 'cont-pcapng-3-interfaces']);
/** The truth tells what the PDUs held before they were cut; the test below says what is left. */
const CUT = 'cont-snaplen-96';

const truths: Truth[] =
  captures === null ? [] : namesIn(captures, '.truth.json').map((n) => readJson<Truth>(join(captures, n)));
const ready = truths.filter(
  (t) => t.messages.length > 0 && t.messages.every((m) => SUPPORTED.has(m.bearer)) && t.name !== CUT,
);

const keyOf = (m: TruthMessage): string => JSON.stringify([m.key?.imsi ?? null, m.key?.pin ?? null]);

async function reportWith(truth: Truth, imsi: string | null, pin: string | null): Promise<Report> {
  const result = await scan([fileSource(join(captures ?? '', truth.file))], {
    keys: { imsi: imsi === null ? [] : [imsi], pin: pin === null ? [] : [pin] },
    includeText: true,
  });
  return buildReport(result.report({ showSecrets: true, includeText: true }));
}

/** Differences of a capture, each message judged with the key its tester had. */
async function differences(truth: Truth): Promise<string[]> {
  const out: string[] = [];
  for (const key of new Set(truth.messages.map(keyOf))) {
    const [imsi, pin] = JSON.parse(key) as [string | null, string | null];
    const report = await reportWith(truth, imsi, pin);
    const exact = !TIMES_INEXACT.has(truth.name) && !TIMES_OTHERWISE.has(truth.name);
    const pairs = pairMessages(report, truth);
    for (const [theirs, ours] of pairs) {
      if (keyOf(theirs) !== key) continue;
      if (ours === undefined) out.push(`${theirs.id}: not found`);
      else out.push(...compareMessage(ours, theirs, exact).map((d) => `${theirs.id}: ${d}`));
    }
    out.push(...unexplained(report, pairs).map((m) => `${m}: not in the truth, and no hop of what is`));
  }
  return out;
}

describe('truth of recorded captures', () => {
  if (captures === null) {
    test('shared captures absent: 0 of 85 captures compared', () => expect(truths).toEqual([]));
    return;
  }
  const table: string[] = [];
  test.each(ready.map((t) => [t.name, t] as const))('%s', async (name, truth) => {
    const found = await differences(truth);
    table.push(`${name.padEnd(40)} ${String(truth.messages.length).padStart(3)} messages  ${found.length} differences`);
    expect(found).toEqual([]);
  });
  test('frames cut at 96 octets: nothing is complete, and the report says why', async () => {
    const truth = truths.find((t) => t.name === CUT)!;
    const report = await reportWith(truth, null, '1234');
    expect(report.messages.map((m) => m.state)).toEqual(report.messages.map(() => 'incomplete'));
    expect(report.messages.flatMap((m) => m.segments.flatMap((s) => s.frames))).toEqual(truth.messages[0]?.frames);
    const codes = [...report.findings, ...report.messages.flatMap((m) => m.findings)].map((f) => f.code);
    expect(codes).toContain('TCP-CUT');
    expect(codes).toContain('SMPP-CUT');
  });
  test('the table', () => {
    console.log(table.join('\n'));
    console.log(`${ready.length} of ${truths.length} captures compared`);
    expect(table.length).toBe(ready.length);
  });
});

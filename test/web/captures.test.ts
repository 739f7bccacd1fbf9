// Recorded captures in which what matters is an answer, a refusal or a notification.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFlows } from '../../analysis/engine/flowsof.ts';
import { scan } from '../../analysis/engine/scan.ts';
import { messageTree } from '../../analysis/engine/tree.ts';
import { buildReport } from '../../analysis/report/index.ts';
import { fileSource, sharedFolder } from '../support/shared.ts';

const captures = sharedFolder('captures', 'answers and notifications in recorded captures');

async function read(name: string, showSecrets = false) {
  const source = fileSource(join(captures ?? '', `${name}.pcap`));
  const result = await scan([source], { keys: { imsi: [], pin: [] }, includeText: true });
  const report = buildReport(result.report({ showSecrets, includeText: true }));
  return { report, loaded: result.loaded, flows: createFlows(result.loaded) };
}

describe('recorded captures', () => {
  if (captures === null) {
    test('shared captures absent: 7 captures not read', () => expect(captures).toBeNull());
    return;
  }

  test('pap-result-notification: what the gateway said of two pushes that are not in the capture', async () => {
    const { report } = await read('pap-result-notification');
    expect(report.messages).toEqual([]);
    expect(report.findings.map((f) => [f.code, f.frame])).toEqual([
      ['PAP-NOT-DELIVERED', 4],
      ['PAP-DELIVERED', 16],
    ]);
    expect(report.findings[0]?.message).toContain("'push-0001@pi.example': undeliverable: Service Failure (PAP 4001)");
  });

  test('kannel-pap-refused: both pushes are there, refused with 2000', async () => {
    const { report } = await read('kannel-pap-refused');
    expect(report.messages.map((m) => [m.bearer, m.to, m.kind])).toEqual([
      ['pap', 'abc', 'service-indication'],
      ['pap', '+491701000055', 'service-indication'],
    ]);
    expect(report.transactions.map((t) => [t.outcome, t.failure?.stage, t.failure?.code])).toEqual([
      ['failed', 'submit', 'PAP 2000'],
      ['failed', 'submit', 'PAP 2000'],
    ]);
    expect(report.messages.map((m) => m.findings.map((f) => f.code))).toEqual([
      ['PAP-ADDRESS', 'FLOW-PART-REFUSED'],
      ['PAP-ADDRESS', 'FLOW-PART-REFUSED'],
    ]);
  });

  test('ota-http: the answer of the terminal acknowledges or refuses', async () => {
    const { report } = await read('ota-http');
    expect(report.transactions.map((t) => [t.outcome, t.failure?.code ?? null])).toEqual([
      ['accepted', null],
      ['accepted', null],
      ['failed', 'HTTP 406'],
    ]);
  });

  test('sip-3gpp-sms-error: the third part of both is refused', async () => {
    const { report } = await read('sip-3gpp-sms-error');
    expect(report.transactions.map((t) => [t.outcome, t.failure?.stage, t.failure?.code])).toEqual([
      ['failed', 'delivery', 'SIP 480'],
      ['failed', 'delivery', 'SIP 480'],
    ]);
    const refusals = report.transactions.flatMap((t) => t.events.filter((e) => e.what === 'refusal'));
    expect(refusals.map((e) => [e.part, e.frame])).toEqual([
      [3, 6],
      [3, 12],
    ]);
  });

  test('kannel-pap-si-sl-sms: each push is one transaction over two hops', async () => {
    const { report } = await read('kannel-pap-si-sl-sms');
    const bearers = new Map(report.messages.map((m) => [m.id, m.bearer]));
    expect(report.transactions.map((t) => t.hops.map((hops) => hops.map((id) => bearers.get(id))))).toEqual([
      [['pap', 'smpp']],
      [['pap', 'smpp']],
    ]);
  });

  test('kannel-chain-http-box-smpp: one transaction, signed on the way; no PIN is shown', async () => {
    const { report, loaded } = await read('kannel-chain-http-box-smpp');
    expect(report.transactions).toHaveLength(1);
    const [t] = report.transactions;
    expect(t?.outcome).toBe('accepted');
    expect(t?.hops).toEqual([report.messages.map((m) => m.id)]);
    expect(report.messages.map((m) => [m.bearer, m.to])).toEqual([
      ['http', '491701000030'],
      ['kannel-box', '491701000030'],
      ['smpp', '491701000030'],
    ]);
    const hopCodes = report.messages.map((m) => m.findings.map((f) => f.code).filter((c) => c.startsWith('HOP-')));
    expect(hopCodes).toEqual([[], ['HOP-MAC-ADDED'], []]);
    expect(
      t?.events
        .filter((e) => e.what === 'answer')
        .map((e) => e.by)
        .sort(),
    ).toEqual(['http', 'kannel-box', 'smpp']);
    expect(JSON.stringify(report)).not.toContain('8080');
    const shown = loaded.records.flatMap((r) => messageTree(r, false).nodes.map((n) => n.value)).join('\n');
    expect(shown).toContain('/cgi-bin/sendota');
    expect(shown).not.toMatch(/8080(?!F)|password=ota/);
    const secret = loaded.records.flatMap((r) => messageTree(r, true).nodes.filter((n) => n.secret));
    expect(secret.map((n) => n.value)).toEqual(expect.arrayContaining(['password=ota', 'pin=8080']));
  });

  test('kannel-http-smsc-userpin: every part has the answer of the gateway', async () => {
    const { report } = await read('kannel-http-smsc-userpin');
    const answers = report.transactions.flatMap((t) => t.events.filter((e) => e.what === 'answer'));
    expect(answers.map((e) => e.text)).toEqual(answers.map((e) => e.text).filter((x) => x.startsWith('HTTP 202')));
    expect(answers).toHaveLength(4);
  });
});

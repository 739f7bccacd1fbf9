// Third-party logs and documents, and worked MACs, through the whole engine.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scan } from '../../analysis/engine/scan.ts';
import { buildReport, type Report } from '../../analysis/report/index.ts';
import { fromBytes, type Source } from '../../captures/source.ts';
import { fileSource, readJson, sharedFolder } from '../support/shared.ts';

const vectors = sharedFolder('vectors', 'reports of third-party logs and documents');
const spec = sharedFolder('spec', 'reports of published messages with worked MACs');

async function report(sources: readonly Source[], pin: string[] = [], imsi: string[] = []): Promise<Report> {
  const result = await scan(sources, { keys: { imsi, pin }, includeText: true });
  return buildReport(result.report({ showSecrets: true, includeText: true }));
}

type Message = Report['messages'][number];

interface Case {
  readonly name: string;
  readonly files: readonly string[];
  readonly pin?: string[];
  readonly messages: readonly {
    readonly kind: string;
    readonly state?: Message['state'];
    readonly parts?: number;
    readonly verdict?: string;
    readonly xml?: RegExp;
    readonly text?: RegExp;
  }[];
}

const CASES: readonly Case[] = [
  {
    name: 'mihini: four parts without ports, a marker before the push',
    files: ['mihini-sms/omacp-4part-deliver.pdus.txt'],
    pin: ['1234'],
    messages: [
      { kind: 'client-provisioning', state: 'complete', parts: 4, verdict: 'valid', xml: /wap\.voicestream\.com/ },
    ],
  },
  {
    name: 'gammu backup: an MMS notification in two entries',
    files: ['gammu/smsbackups-mms.smsbackup'],
    messages: [{ kind: 'mms-notification', state: 'complete', parts: 2 }],
  },
  { name: 'gammu AT dump 33', files: ['gammu/at-sms-33.dump'], messages: [{ kind: 'mms-notification' }] },
  { name: 'gammu AT dump 40', files: ['gammu/at-sms-40.dump'], messages: [{ kind: 'mms-notification' }] },
  {
    name: 'python-messaging: service indication in two parts',
    files: ['python-messaging/wap-si-2part.pdus.txt'],
    messages: [{ kind: 'service-indication', state: 'complete', parts: 2, xml: /http:\/\/wap\.meincallya\.de\// }],
  },
  {
    name: 'ofono: push in one part',
    files: ['ofono-sms/wap_push_1.pdu.txt'],
    messages: [{ kind: 'mms-notification' }],
  },
  {
    name: 'ofono: text',
    files: ['ofono-sms/simple_deliver.pdu.txt'],
    messages: [{ kind: 'text', text: /^How are you\?$/ }],
  },
  {
    name: 'ofono: alphanumeric sender',
    files: ['ofono-sms/alnum_sender.pdu.txt'],
    messages: [{ kind: 'text', text: /^Testmail$/ }],
  },
  ...['dna_1', 'moi_1', 'moi_2', 'beeline_2'].map((n) => ({
    name: `Sailfish document ${n}`,
    files: [`sailfish-provisioning/prov_${n}.wbxml`],
    messages: [{ kind: 'client-provisioning', verdict: 'not-applicable', xml: /^<wap-provisioningdoc/ }],
  })),
  {
    name: 'the example of ProvCont appendix C',
    files: ['gecko-wappush/oma-provcont-1.1-appendix-c.wbxml'],
    messages: [{ kind: 'client-provisioning', xml: /PXAUTHINFO/ }],
  },
  { name: 'provisioning XML', files: ['umts-tools/wap-prov10.xml'], messages: [{ kind: 'client-provisioning' }] },
  { name: 'service indication XML', files: ['umts-tools/wap-si.xml'], messages: [{ kind: 'service-indication' }] },
  {
    name: 'two logs at once',
    files: ['ofono-sms/wap_push_1.pdu.txt', 'gammu/at-sms-33.dump'],
    messages: [{ kind: 'mms-notification' }, { kind: 'mms-notification' }],
  },
];

describe('third-party logs and documents', () => {
  if (vectors === null) {
    test('shared vectors absent: 0 reports compared', () => expect(vectors).toBeNull());
    return;
  }
  test.each(CASES)('$name', async ({ files, pin, messages }) => {
    const out = await report(
      files.map((f) => fileSource(join(vectors, f))),
      pin,
    );
    expect(out.messages.map((m) => m.kind)).toEqual(messages.map((m) => m.kind));
    for (const [i, want] of messages.entries()) {
      const got = out.messages[i]!;
      if (want.state !== undefined) expect(got.state).toBe(want.state);
      if (want.parts !== undefined) expect(got.segments).toHaveLength(want.parts);
      if (want.verdict !== undefined) expect(got.security?.verdict).toBe(want.verdict);
      if (want.xml !== undefined) expect(got.document?.xml).toMatch(want.xml);
      if (want.text !== undefined) expect(got.text).toMatch(want.text);
    }
  });
});

interface Published {
  readonly id: string;
  readonly pin: string | null;
  readonly mac?: string;
  readonly body_hex: string;
  readonly sms_parts?: readonly string[];
}

describe('published messages with worked MACs', () => {
  if (spec === null) {
    test('shared spec absent: 0 messages compared', () => expect(spec).toBeNull());
    return;
  }
  const published = readJson<Published[]>(join(spec, 'test-vectors.json')).filter((v) => v.sms_parts !== undefined);
  test('there are three', () => expect(published).toHaveLength(3));
  test.each(published.map((v) => [v.id, v] as const))(
    '%s, pasted as a table and split over two files',
    async (_, v) => {
      const parts = v.sms_parts!.map((p) => `+15550100,${p.slice(0, 24)},${p.slice(24)}`);
      const file = (name: string, rows: readonly string[]) =>
        fromBytes(name, new TextEncoder().encode(`${['to,UDH,UD', ...rows].join('\n')}\n`));
      const half = Math.ceil(parts.length / 2);
      for (const sources of [[file('a', parts)], [file('a', parts.slice(0, half)), file('b', parts.slice(half))]]) {
        const out = await report(sources, [v.pin ?? '']);
        expect(out.messages.map((m) => [m.kind, m.state, m.security?.verdict, m.security?.mac])).toEqual([
          ['client-provisioning', 'complete', 'valid', v.mac],
        ]);
        expect(out.messages[0]?.payload?.bodyLength).toBe(v.body_hex.length / 2);
      }
    },
  );
});

// Recorded captures through the whole engine: what was refused, why, and whose number belongs to whom.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFlows } from '../../analysis/engine/flowsof.ts';
import { load } from '../../analysis/engine/load.ts';
import { messageTree } from '../../analysis/engine/tree.ts';
import { fromBytes } from '../../captures/source.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import { bssmap, cpAnswer, cpData, dtap, IDENTITY, IMSI, tlv } from '../radio/core.ts';
import { fileSource, readJson, sharedFolder } from '../support/shared.ts';
import * as b from './build.ts';

interface Truth {
  readonly messages: readonly {
    readonly frames: readonly number[];
    readonly failures?: readonly {
      readonly mapError: number;
      readonly mapErrorName: string;
      readonly frames: number[];
      readonly index: number;
    }[];
  }[];
}

const NAMES = ['sigtran-mo-fsm', 'sigtran-mt-fsm', 'sigtran-mt-fsm-errors', 'sigtran-xudt', 'usrsctp-sigtran'];
const keys = { imsi: ['262019876543210'], pin: ['1234'] };

describe('recorded captures', () => {
  const captures = sharedFolder('captures', 'answers in recorded SIGTRAN captures');
  if (captures === null) {
    test('shared captures absent: 5 comparisons not run', () => expect(captures).toBe(null));
    return;
  }
  test.each(NAMES)('%s: every refusal is an event, every answer is tied', async (name) => {
    const truth = readJson<Truth>(join(captures, `${name}.truth.json`));
    const loaded = await load([fileSource(join(captures, `${name}.pcap`))], { keys });
    const flows = createFlows(loaded);
    expect(loaded.findings).toEqual([]);
    for (const t of truth.messages) {
      const frames = new Set(t.frames);
      const r = loaded.records.find((x) => x.joined.segments.some((s) => frames.has(loaded.frames.at(s.frame).number)));
      if (r === undefined) throw new Error('message not found');
      const refusals = flows.eventsOf(r).filter((e) => e.what === 'refusal');
      expect(refusals.map((e) => [e.frame, e.part, e.code])).toEqual(
        (t.failures ?? []).map((f) => [f.frames[0], f.index, `MAP error ${f.mapError}`]),
      );
      for (const f of t.failures ?? []) expect(refusals.map((e) => e.text).join()).toContain(f.mapErrorName);
      const { nodes } = messageTree(r, false);
      for (const path of ['sms.content', 'map.forward', 'tcap.component']) {
        expect(nodes.map((n) => n.path)).toContain(path);
      }
      expect(nodes.filter((n) => n.label === 'Not decoded').map((n) => n.value)).toEqual([]);
    }
  });
});

test('the home register tells whose number it is: a message by number and one by IMSI have the same key', async () => {
  const link = new b.Link();
  const GATEWAY = b.mapContext('gateway', 3);
  const MT = b.mapContext('mt', 3);
  const sri = b.invoke(1, 45, b.ber('30', b.isdn('80', '491703000001'), '8101ff', b.isdn('82', b.CENTRE)));
  const found = b.ber('30', b.imsi('04', b.IMSI), b.ber('a0', b.isdn('81', '491720000001')));
  const frames = [
    link.tcap(b.begin({ from: '01', dialogue: b.aarq(GATEWAY), components: [sri] })),
    link.tcap(b.end({ to: '01', dialogue: b.aare(GATEWAY), components: [b.result(1, 45, found)] }), true),
    link.tcap(
      b.begin({ from: '02', dialogue: b.aarq(MT), components: [b.invoke(1, 44, b.mtForward(b.deliver('61')))] }),
    ),
    link.tcap(b.end({ to: '02', dialogue: b.aare(MT), components: [b.error(1, 6, '3003 020101')] }), true),
  ];
  const pcap = writePcap(
    frames.map((bytes, i) => ({ bytes, time: BigInt(i) * 1_000_000_000n })),
    { linkType: 1 },
  );
  const loaded = await load([fromBytes('made.pcap', pcap)], { keys: { imsi: [], pin: [] }, includeText: true });
  expect(loaded.collected.identities.map((i) => [i.msisdn, i.imsi, i.text])).toEqual([
    ['491703000001', b.IMSI, `sendRoutingInfoForSM: +491703000001 is ${b.IMSI}, served by +491720000001`],
  ]);
  const [r] = loaded.records;
  if (r === undefined) throw new Error('message not found');
  const flows = createFlows(loaded);
  expect([flows.outcomeOf(r), loaded.evidence(r).inferred.map((i) => i.value)]).toEqual(['failed', [b.IMSI]]);
});

test('a short message on the A interface: DTAP in a connection of SCCP, by the subscriber its beginning named', async () => {
  const link = new b.Link();
  const back = { opc: 2000, dpc: 1000 };
  const there = (m: Uint8Array) => link.user(b.m3ua(m));
  const here = (m: Uint8Array) => link.user(b.m3ua(m, back), true);
  const data = (to: string, text: string, more = false) => {
    const octets = b.hex(text);
    return b.join('06', to, more ? '01' : '00', '01', b.u8(octets.length), octets);
  };
  const whole = dtap(cpData());
  const frames = [
    there(b.join('01 aa0001 02 02 06 04 43 d007 fe 0f', b.u8(4), '0002 5701 00')),
    here(b.hex('02 aa0001 bb0002 02 00')),
    here(data('aa0001', bssmap(`2f ${tlv(8, IDENTITY)}`))),
    // In two pieces of data form 1.
    here(data('aa0001', whole.replace(/ /g, '').slice(0, 24), true)),
    here(data('aa0001', whole.replace(/ /g, '').slice(24))),
    there(data('bb0002', dtap(cpAnswer('04 07 01 16')))),
  ];
  const pcap = writePcap(
    frames.map((bytes, i) => ({ bytes, time: BigInt(i) * 1_000_000_000n })),
    { linkType: 1 },
  );
  const loaded = await load([fromBytes('made.pcap', pcap)], { keys: { imsi: [], pin: [] }, includeText: true });
  const flows = createFlows(loaded);
  const [r] = loaded.records;
  if (r === undefined) throw new Error('message not found');
  expect([r.joined.bearer, r.joined.imsi, r.joined.from?.value]).toEqual(['bssap', IMSI, '1234']);
  expect(r.joined.segments[0]?.pdu.map.length).toBe(2);
  expect(
    flows
      .eventsOf(r)
      .filter((e) => e.what === 'refusal')
      .map((e) => e.frame),
  ).toEqual([6]);
});

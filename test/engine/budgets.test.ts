// What a hostile capture has too much of is counted and said, not kept.

import { describe, expect, test } from 'vitest';
import { BUDGET_RULES, createCollector } from '../../analysis/engine/collect.ts';
import type { Keys } from '../../analysis/engine/contract.ts';
import { createEvidence } from '../../analysis/engine/evidence.ts';
import { createFrameTable } from '../../analysis/engine/frames.ts';
import { EMPTY } from '../../dissectors/base/bytemap.ts';
import type { Datagram, Identity } from '../../dissectors/base/message.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';

const datagram = (cut: boolean): Datagram => ({
  bearer: 'udp',
  operation: 'datagram',
  direction: 'mt',
  from: null,
  to: null,
  imsi: null,
  ports: { source: 9200, destination: 2948 },
  time: 0,
  frame: 0,
  content: 'wsp',
  cut,
  data: EMPTY,
  pdu: EMPTY,
  dissector: 'wdp',
  chosenBy: 'port 2948',
  answerKey: null,
  findings: [],
});
const identity = (msisdn: string | null, imsi: string): Identity => ({ msisdn, imsi, time: 0, frame: null, text: '' });

describe('a collector', () => {
  test('keeps as many as its budgets allow and tells how many more came', () => {
    const frames = { ...createFrameTable(), at: () => ({ time: 0 }) } as unknown as ReturnType<typeof createFrameTable>;
    const budgets = { parts: 5, incomplete: 2, findings: 1, identities: 3 };
    const { sink, collected, end } = createCollector(frames, { includeText: false, budgets });
    for (let i = 0; i < 4; i++) sink.datagram(datagram(true));
    for (let i = 0; i < 4; i++) sink.datagram(datagram(false));
    for (let i = 0; i < 4; i++) sink.identity(identity(null, `${i}`));
    end();
    expect(collected.joined.map((j) => j.state)).toEqual([
      'incomplete',
      'incomplete',
      'complete',
      'complete',
      'complete',
    ]);
    expect(collected.identities).toHaveLength(3);
    expect(collected.findings.map((f) => [f.finding.rule.code, f.finding.message])).toEqual([
      [BUDGET_RULES.parts.code, '1 more came'],
      [BUDGET_RULES.incomplete.code, '2 more came'],
      [BUDGET_RULES.identities.code, '1 more came'],
    ]);
  });
});

describe('evidence for a key', () => {
  const to = (value: string) =>
    ({ to: { value, type: 'international' }, imsi: null, segments: [], operation: 'submit_sm' }) as unknown as Joined;

  test('is what the table and the capture say of the recipient, and what is known later counts', () => {
    const identities = [identity('+491', '1'), identity('492', '2'), identity('491', '3')];
    const evidence = createEvidence({
      subscribers: [{ msisdn: '+492', imsi: '9', pin: '1234' }],
      collected: { identities },
    });
    const tried = (j: Joined, keys: Keys) => {
      const e = evidence.of(j, keys);
      return [e.keys, e.inferred.map((i) => [i.value, i.weak])];
    };
    expect(tried(to('491'), { imsi: ['7'], pin: [] })).toEqual([
      { imsi: ['7'], pin: [] },
      [
        ['1', false],
        ['3', false],
        ['2', true],
      ],
    ]);
    identities.push(identity(null, '5'));
    expect(tried(to('492'), { imsi: [], pin: [] })).toEqual([
      { imsi: ['9'], pin: ['1234'] },
      [
        ['2', false],
        ['1', true],
        ['3', true],
        ['5', true],
      ],
    ]);
  });

  test('is never a search through the IMSIs of a whole capture', () => {
    const identities = Array.from({ length: 1000 }, (_, i) => identity(null, `${i}`));
    const evidence = createEvidence({ subscribers: [], collected: { identities } });
    expect(evidence.of(to('491'), { imsi: [], pin: [] }).inferred).toEqual([]);
  });
});

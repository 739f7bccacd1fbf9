// What a hostile capture has too much of is counted and said, not kept.

import { describe, expect, test } from 'vitest';
import { BUDGET_RULES, createCollector } from '../../analysis/engine/collect.ts';
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
  const to = (value: string) => ({ to: { value, type: 'international' }, imsi: null }) as Joined;

  test('is what the table and the capture say of the recipient, and what is known later counts', () => {
    const identities = [identity('+491', '1'), identity('492', '2'), identity('491', '3')];
    const evidence = createEvidence([{ msisdn: '+492', imsi: '9', pin: '1234' }], { identities });
    expect(evidence(to('491'), { imsi: ['7'], pin: [] })).toEqual({
      keys: { imsi: ['7'], pin: [] },
      inferred: ['1', '3'],
    });
    identities.push(identity(null, '5'));
    expect(evidence(to('492'), { imsi: [], pin: [] })).toEqual({
      keys: { imsi: ['9'], pin: ['1234'] },
      inferred: ['5', '2'],
    });
  });

  test('is never a search through the IMSIs of a whole capture', () => {
    const identities = Array.from({ length: 1000 }, (_, i) => identity(null, `${i}`));
    expect(createEvidence([], { identities })(to('491'), { imsi: [], pin: [] }).inferred.length).toBeLessThan(20);
  });
});

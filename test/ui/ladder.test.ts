// Where everything of a ladder stands, and what files are made of it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LadderOptions, ladderLayout } from '../../analysis/draw/ladder.ts';
import { ladderSvg, ladderText } from '../../analysis/draw/ladderfile.ts';
import { type LadderFlow, layersOf, mergeFlows, quietLayers } from '../../analysis/draw/ladderflow.ts';
import { escapeXml, fitted } from '../../analysis/draw/shapes.ts';
import type { FlowEndpoint, FlowStep } from '../../analysis/engine/contract/flows.ts';
import { formatDuration, formatStep } from '../../ui/view/time.ts';

const ends: readonly FlowEndpoint[] = [
  { id: 's', label: 'Sender 192.0.2.10', role: 'sender', host: '192.0.2.10' },
  { id: 'g', label: 'Gateway 192.0.2.10 port 13001', role: 'gateway', host: '192.0.2.10' },
  { id: 'c', label: 'Service centre 192.0.2.20', role: 'smsc', host: '192.0.2.20' },
];

let made = 0;
const step = (over: Partial<FlowStep>): FlowStep => ({
  index: made++,
  time: 0,
  until: null,
  from: 's',
  to: 'c',
  layer: 'smpp',
  kind: 'segment',
  label: 'submit_sm',
  text: '',
  part: null,
  of: null,
  attempt: 1,
  frame: 1,
  input: 0,
  message: 'm1',
  result: 'none',
  code: null,
  codeText: null,
  verdict: null,
  ...over,
});

const OPTIONS: LadderOptions = {
  width: 900,
  time: (s, before) => formatStep(s.time, before?.time ?? null, null),
  duration: formatDuration,
};
const flow = (steps: readonly FlowStep[]): LadderFlow => ({ endpoints: ends, steps });
const lay = (steps: readonly FlowStep[], over: Partial<LadderOptions> = {}) =>
  ladderLayout(flow(steps), { ...OPTIONS, ...over });
const words = (l: ReturnType<typeof lay>): string[] =>
  l.rows.flatMap((r) => r.shapes.flatMap((s) => (s.kind === 'text' ? [s.text] : [])));

const RETRIED: readonly FlowStep[] = [
  step({ part: 1, of: 2 }),
  step({
    time: 18e6,
    from: 'c',
    to: 's',
    kind: 'answer',
    label: 'submit_sm_resp',
    result: 'refused',
    code: '0x58',
    codeText: 'too fast',
  }),
  step({ time: 5e9, attempt: 2, part: 1, of: 2 }),
  step({ time: 5.1e9, attempt: 2, from: 'c', to: 's', kind: 'answer', label: 'submit_sm_resp', result: 'ok' }),
  step({ time: 6e9, part: 2, of: 2, verdict: 'valid' }),
];

describe('columns', () => {
  test('stand as the flow has them, as ordered by hand, without hidden ones, hosts together', () => {
    const heads = (o: Partial<LadderOptions>) => lay(RETRIED, o).columns.map((c) => `${c.label}@${c.host}`);
    expect(heads({})).toEqual(['Sender@192.0.2.10', 'Gateway@192.0.2.10 port 13001', 'Service centre@192.0.2.20']);
    expect(heads({ order: ['c', 's'] })[0]).toBe('Service centre@192.0.2.20');
    expect(heads({ hidden: new Set(['g']) })).toHaveLength(2);
    expect(heads({ mergeHosts: true })).toEqual(['Sender, gateway@192.0.2.10', 'Service centre@192.0.2.20']);
  });
  test('a step with a hidden end is counted, not drawn', () => {
    const l = lay(RETRIED, { hidden: new Set(['c']) });
    expect([l.rows.length, l.left]).toEqual([0, 5]);
  });
});

describe('rows', () => {
  test('equal times keep their order, and a step back is shown as one', () => {
    const l = lay([
      step({ time: 5e9, label: 'a' }),
      step({ time: 5e9, label: 'b' }),
      step({ time: 4.997e9, label: 'c' }),
    ]);
    expect(l.rows.map((r) => r.step?.label)).toEqual(['a', 'b', 'c']);
    expect(words(l)).toContain('same time');
    expect(words(l)).toContain('−3 ms');
  });
  test('parts, codes and verdicts are there, in the drawing and in words', () => {
    const l = lay(RETRIED);
    expect(words(l)).toContain('submit_sm 1/2');
    expect(words(l)).toContain('0x58');
    expect(l.rows[1]?.sentence).toContain('refused, submit_sm_resp, too fast, 0x58, from Service centre to Sender');
    expect(l.rows.at(-1)?.sentence).toContain('MAC matches');
  });
  test('retries stand under a line of their own and fold to it', () => {
    const l = lay(RETRIED);
    expect(l.rows.map((r) => r.kind)).toEqual(['step', 'step', 'retry', 'step', 'step', 'step']);
    const key = l.rows[2]!.key;
    const folded = lay(RETRIED, { folded: new Set([key]) });
    expect(folded.rows.map((r) => r.kind)).toEqual(['step', 'step', 'retry', 'step']);
    expect(folded.rows[2]?.sentence).toBe('Sent again, attempt 2: 2 steps, taken, folded');
    expect(folded.height).toBeLessThan(l.height);
  });
  test('a gap is torn and says how long nothing was seen', () => {
    const l = lay([
      step({}),
      step({ time: 1e9, kind: 'gap', label: 'TCP RST', text: 'the connection was reset' }),
      step({ time: 10e9 }),
    ]);
    expect(l.rows[1]?.kind).toBe('gap');
    expect(words(l)).toContain('TCP RST: the connection was reset, nothing for 9 s');
  });
  test('what never came is dashed and ends in a cross', () => {
    const row = lay([step({ kind: 'missing', result: 'missing', part: 3, of: 4 })]).rows[0]!;
    expect(row.shapes.some((s) => s.kind === 'line' && s.dash !== undefined)).toBe(true);
    expect(row.sentence).toMatch(/^missing, submit_sm 3\/4/);
  });
  test('layers below the one of interest are off at first', () => {
    const f = flow([step({ kind: 'session', layer: 'wsp' }), step({}), step({ kind: 'gap', layer: 'tcp' })]);
    expect(layersOf(f)).toEqual(['wsp', 'smpp', 'tcp']);
    expect([...quietLayers(f)]).toEqual(['wsp']);
    expect(lay(f.steps, { hiddenLayers: quietLayers(f) }).rows).toHaveLength(2);
  });
  test('in true time, long waits stand farther apart and order stays', () => {
    const l = lay([step({ time: 0 }), step({ time: 1e9 }), step({ time: 100e9 })], { spacing: 'time' });
    const ys = l.rows.map((r) => r.y);
    expect(ys[2]! - ys[1]!).toBeGreaterThan(3 * (ys[1]! - ys[0]!));
  });
  test('rows never overlap, whatever the flow', () => {
    const any = fc.record({
      time: fc.oneof(fc.integer({ min: -1e9, max: 1e12 }), fc.constant(Number.NaN)),
      from: fc.constantFrom('s', 'g', 'c', 'x'),
      to: fc.constantFrom('s', 'g', 'c'),
      kind: fc.constantFrom<FlowStep['kind']>('submit', 'segment', 'answer', 'missing', 'gap', 'next-move'),
      attempt: fc.integer({ min: 1, max: 3 }),
      result: fc.constantFrom<FlowStep['result']>('ok', 'refused', 'missing', 'none'),
      label: fc.string(),
      text: fc.string({ maxLength: 400 }),
    });
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 30 }),
        fc.constantFrom<'equal' | 'time'>('equal', 'time'),
        (steps, spacing) => {
          const l = lay(steps.map(step), { spacing });
          for (let i = 1; i < l.rows.length; i += 1) {
            expect(l.rows[i]!.y).toBeGreaterThanOrEqual(l.rows[i - 1]!.y + l.rows[i - 1]!.height);
          }
          expect(Number.isFinite(l.height)).toBe(true);
          expect(ladderSvg(flow(steps.map(step)), { ...OPTIONS, spacing }, 'x')).not.toMatch(/NaN|undefined/);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('several ways as one', () => {
  test('steps come in order of time, those of each way in its own', () => {
    const a = { endpoints: ends.slice(0, 2), steps: [step({ time: 5, label: 'a1' }), step({ time: 3, label: 'a2' })] };
    const b = { endpoints: ends.slice(1), steps: [step({ time: 4, label: 'b1' }), step({ time: 9, label: 'b2' })] };
    const m = mergeFlows([a, b]);
    expect(m.steps.map((s) => s.label)).toEqual(['b1', 'a1', 'a2', 'b2']);
    expect(m.steps.map((s) => s.flow)).toEqual([1, 0, 0, 1]);
    expect(m.endpoints.map((e) => e.id)).toEqual(['s', 'g', 'c']);
  });
});

describe('files', () => {
  const hostile = '<script>alert(1)</script>"\u202e\u0000&';
  test('text of a capture is text in SVG', () => {
    const svg = ladderSvg(flow([step({ label: hostile, text: hostile })]), OPTIONS, hostile);
    expect(svg).not.toContain('<script');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are looked for
    expect(svg).not.toMatch(/[\u0000\u202e]/);
    expect(svg).toMatch(/^<svg xmlns/);
    expect(svg.match(/<text/g)?.length).toBe(svg.match(/<\/text>/g)?.length);
    expect(escapeXml('a<b>&"')).toBe('a&lt;b&gt;&amp;&quot;');
  });
  test('names of ten thousand letters are cut to their room', () => {
    expect(fitted('x'.repeat(10_000), 100).length).toBeLessThan(20);
    const svg = ladderSvg(flow([step({ label: 'y'.repeat(10_000) })]), OPTIONS, 'x');
    expect(svg.length).toBeLessThan(6000);
  });
  test('plain text has a line a step', () => {
    const text = ladderText(flow(RETRIED), { ...OPTIONS, hidden: new Set(['g']) });
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^ +Sender +Service centre$/);
    expect(lines.slice(3)).toHaveLength(6);
    expect(lines[3]).toMatch(/^ +0\.000 s +\|-+>\|? +submit_sm 1\/2$/);
    expect(lines[4]).toContain('REFUSED submit_sm_resp [0x58]');
    expect(lines[5]).toContain('-- Sent again, attempt 2: 2 steps, taken --');
  });
});

// Two ways of messages set against each other, and the sentence that says where they part.

import type { ComparedStep, CompareStepRow } from '../engine/contract/compare.ts';
import type { FlowReply, FlowStep } from '../engine/contract/flows.ts';
import { align } from './align.ts';

const keyOf = (s: FlowStep): string =>
  [s.kind, s.layer, s.kind === 'answer' ? '' : s.label, s.part, s.attempt].join('|');

const shown = (s: FlowStep | null, start: number): ComparedStep | null =>
  s === null
    ? null
    : {
        kind: s.kind,
        layer: s.layer,
        label: s.label,
        text: s.text,
        part: s.part,
        of: s.of,
        result: s.result,
        code: s.code,
        codeText: s.codeText,
        frame: s.frame,
        message: s.message,
        since: s.time - start,
      };

export function compareSteps(a: FlowReply, b: FlowReply): CompareStepRow[] {
  const [startA, startB] = [a.steps[0]?.time ?? Number.NaN, b.steps[0]?.time ?? Number.NaN];
  return align(a.steps, b.steps, keyOf).map((p) => ({
    a: shown(p.a, startA),
    b: shown(p.b, startB),
    same: p.a !== null && p.b !== null && p.a.result === p.b.result && p.a.code === p.b.code,
  }));
}

const partOf = (s: ComparedStep): string =>
  s.part === null || s.of === null || s.of < 2 ? '' : `, part ${s.part} of ${s.of}`;

function fared(s: ComparedStep): string {
  const why = s.codeText ?? s.code;
  if (s.result === 'refused') return why === null ? 'was refused' : `was refused: ${why}`;
  if (s.result === 'missing') return 'is missing';
  if (s.kind === 'gap') return `ended in a gap${s.text === '' ? '' : ` (${s.text})`}`;
  return 'went well';
}

const keyText = (s: ComparedStep): string => `${s.label}${partOf(s)} (${s.layer})`;

/** Where the ways part first; null: nowhere. */
export function partedOnWay(rows: readonly CompareStepRow[]): { readonly at: number; readonly text: string } | null {
  const count = rows.findIndex((r) => r.a !== null && r.b !== null && r.a.of !== r.b.of);
  const other = rows.findIndex((r) => !r.same);
  const at = count >= 0 && (other < 0 || count <= other) ? count : other;
  const row = rows[at];
  if (row === undefined) return null;
  const { a, b } = row;
  if (a !== null && b !== null) {
    if (at === count) {
      return { at, text: `They part at ${a.label}: the first has ${a.of ?? 1} parts, the second ${b.of ?? 1}.` };
    }
    const ways = `in the first it ${fared(a)}, in the second it ${fared(b)}`;
    return { at, text: `They part at ${a.label}${partOf(a)}: ${ways}.` };
  }
  const [x, y] = [rows.find((r) => r.a !== null)?.a, rows.find((r) => r.b !== null)?.b];
  if (at === 0 && x != null && y != null) {
    return { at, text: `They begin in different ways: the first with ${keyText(x)}, the second with ${keyText(y)}.` };
  }
  const before = rows[at - 1]?.a;
  const after = before == null ? 'From the start' : `After ${before.label}${partOf(before)}`;
  const [there, which, lacking] = a === null ? [b!, 'second', 'first'] : [a, 'first', 'second'];
  const how = there.result === 'ok' || there.result === 'none' ? '' : `, which ${fared(there)}`;
  const goes = `the ${which} goes on with ${there.label}${partOf(there)}${how}`;
  return { at, text: `${after}, ${goes}; the ${lacking} has nothing like it.` };
}

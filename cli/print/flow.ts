// The way of a message on a terminal: what went between whom, the stages, what stopped it and what to check.

import type { FlowReply, FlowStage, FlowStep } from '../../analysis/engine/contract/flows.ts';
import { durationWords } from '../../analysis/engine/overviewwords.ts';
import { columns, type Page, paragraph, section, timeText } from './message.ts';

/** Steps that a terminal shows; the rest is counted. */
const MOST_STEPS = 200;

export const flowText = (flow: FlowReply, page: Page): string[] => [
  ...section(page, 'What became of it', [...paragraph(page, flow.transaction.summary, 2), ...steps(flow, page)]),
  ...section(page, 'Stages', stages(flow, page)),
  ...section(page, 'What stopped it', failure(flow, page)),
  ...section(
    page,
    'Not in the capture',
    flow.notSeen.flatMap((s) => paragraph(page, s, 2)),
  ),
];

const partWords = (s: FlowStep): string =>
  s.part === null ? '' : s.of === null ? `part ${s.part}` : `part ${s.part}/${s.of}`;

function steps(flow: FlowReply, page: Page): string[] {
  const names = new Map(flow.endpoints.map((e) => [e.id, e.label]));
  const several = flow.transaction.messages.length > 1;
  const shown = flow.steps.slice(0, MOST_STEPS);
  const rows = shown.map((s) => [
    timeText(page, s.time),
    s.frame === null ? '' : `frame ${s.frame}`,
    s.kind === 'missing' ? '' : `${names.get(s.from) ?? s.from} -> ${names.get(s.to) ?? s.to}`,
    s.kind === 'missing' ? 'missing' : s.label,
    partWords(s),
    several ? (s.message ?? '') : '',
    [s.code, s.codeText ?? s.text].filter((t) => t !== null && t !== '').join(' '),
  ]);
  const used = rows[0] === undefined ? [] : rows[0].map((_, i) => rows.some((r) => r[i] !== ''));
  const lines = columns(
    rows.map((r) => r.filter((_, i) => used[i])),
    2,
  );
  const more = flow.more + flow.steps.length - shown.length;
  return [
    ...lines.map((line, i) => (shown[i]?.result === 'refused' ? page.style.bad(line) : line)),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

const RESULT_WORDS: Readonly<Record<FlowStage['result'], string>> = {
  ok: 'done',
  refused: 'refused',
  failed: 'failed',
  expired: 'expired',
  'not-seen': 'end not seen',
};

function stages(flow: FlowReply, page: Page): string[] {
  const rows = flow.stages.map((s) => [
    s.label,
    RESULT_WORDS[s.result],
    durationWords(s.t1 - s.t0),
    s.median === null || Number.isNaN(s.median) ? '' : `median ${durationWords(s.median)}`,
    [s.code, s.codeMeaning].filter((t) => t !== null).join(' ') || (s.reason ?? ''),
  ]);
  return columns(rows, 2).map((line, i) => {
    const { result } = flow.stages[i]!;
    return result === 'ok' || result === 'not-seen' ? line : page.style.bad(line);
  });
}

function failure({ failure: f }: FlowReply, page: Page): string[] {
  if (f === null) return [];
  const code = f.code === null || f.text.includes(f.code) ? '' : ` (${f.code})`;
  return [
    ...paragraph(page, `${f.stage}: ${f.text}${code}`, 2).map(page.style.bad),
    ...f.check.flatMap((c) => paragraph(page, `Check: ${c}`, 4)),
  ];
}

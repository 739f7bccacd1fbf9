// Where everything of a ladder stands: columns of endpoints, a row a step. Pure: the page draws it, files are made of it.

import type { FlowEndpoint, FlowStep } from '../engine/contract/flows.ts';
import type { LadderFlow, LadderStep } from './ladderflow.ts';
import { fitted, type Shape, type Tone, textWidth } from './shapes.ts';

export interface LadderOptions {
  /** Width there is, px; more is taken where the columns need it. */
  readonly width: number;
  /** Ids of endpoints from left to right; those left out come after. */
  readonly order?: readonly string[];
  readonly hidden?: ReadonlySet<string>;
  /** One column for all endpoints of a network address. */
  readonly mergeHosts?: boolean;
  /** 'time': rows are as far apart as their times, within reason. */
  readonly spacing?: 'equal' | 'time';
  readonly hiddenLayers?: ReadonlySet<string>;
  /** Keys of retries that are folded to one line. */
  readonly folded?: ReadonlySet<string>;
  /** Words for the time of a step, given the step before. */
  readonly time: (step: FlowStep, before: FlowStep | null) => string;
  readonly duration: (ns: number) => string;
}

export interface LadderColumn {
  /** Ids of the endpoints it stands for. */
  readonly ids: readonly string[];
  readonly label: string;
  readonly host: string | null;
  readonly x: number;
}

export interface LadderRow {
  readonly kind: 'step' | 'gap' | 'retry';
  readonly key: string;
  readonly y: number;
  readonly height: number;
  /** null for the line over retries. */
  readonly step: LadderStep | null;
  /** Of a line over retries: how many steps it is of, and whether they are folded. */
  readonly retry: { readonly count: number; readonly folded: boolean } | null;
  readonly shapes: readonly Shape[];
  readonly sentence: string;
}

export interface LadderLayout {
  readonly width: number;
  /** Of the rows, below the heads. */
  readonly height: number;
  readonly columns: readonly LadderColumn[];
  readonly rows: readonly LadderRow[];
  /** Steps that are not shown, since their layer or column is hidden. */
  readonly left: number;
}

export const HEAD_HEIGHT = 46;
export const GUTTER = 124;
const ROW = 42;
const RETRY_ROW = 30;
const LEAST_PITCH = 168;
const MOST_PITCH = 380;
/** From the outer columns to the edges. */
export const EDGE = 78;

function columnsOf(flow: LadderFlow, o: LadderOptions): LadderColumn[] {
  const place = new Map((o.order ?? []).map((id, i) => [id, i]));
  const at = (id: string): number => place.get(id) ?? Number.MAX_SAFE_INTEGER;
  const sorted = [...flow.endpoints].sort((a, b) => at(a.id) - at(b.id) || 0);
  const groups: { ids: string[]; label: string; host: string | null }[] = [];
  const byHost = new Map<string, (typeof groups)[number]>();
  for (const e of sorted) {
    if (o.hidden?.has(e.id) === true) continue;
    const known = o.mergeHosts === true && e.host !== null ? byHost.get(e.host) : undefined;
    if (known !== undefined) {
      known.ids.push(e.id);
      const word = headWords(e).name;
      if (!known.label.split(', ').includes(word)) known.label += `, ${word.toLowerCase()}`;
      continue;
    }
    const { name, host } = headWords(e);
    const group = { ids: [e.id], label: name, host };
    groups.push(group);
    if (e.host !== null) byHost.set(e.host, group);
  }
  const room = o.width - GUTTER - 2 * EDGE;
  const pitch = groups.length < 2 ? 0 : Math.min(MOST_PITCH, Math.max(LEAST_PITCH, room / (groups.length - 1)));
  return groups.map((g, i) => ({ ...g, x: GUTTER + EDGE + i * pitch }));
}

/** 'Service centre' over '192.0.2.20': the address stands below what it is. */
function headWords(e: FlowEndpoint): { name: string; host: string | null } {
  const m = /^(.*?\S) (\S*\d\S*(?: port \d+)?)$/.exec(e.label);
  return m === null ? { name: e.label, host: e.host } : { name: m[1] ?? e.label, host: m[2] ?? null };
}

const RESULT_TONE: Readonly<Record<FlowStep['result'], Tone>> = {
  ok: 'ok',
  refused: 'bad',
  missing: 'bad',
  none: 'text',
};

const partText = (s: FlowStep): string => (s.part === null || s.of === null || s.of < 2 ? '' : `${s.part}/${s.of}`);

const VERDICT_TONE: Readonly<Record<string, Tone>> = {
  valid: 'ok',
  invalid: 'bad',
  malformed: 'bad',
  'no-key': 'open',
  'no-mac': 'warn',
  unprotected: 'warn',
  'not-applicable': 'none',
};

const VERDICT_WORD: Readonly<Record<string, string>> = {
  valid: 'MAC matches',
  invalid: 'MAC differs',
  malformed: 'MAC malformed',
  'no-key': 'no key yet',
  'no-mac': 'MAC missing',
  unprotected: 'not protected',
};

/** The diamond of a verdict, told apart by what is in it and not by colour alone. */
function diamond(x: number, y: number, verdict: string): Shape[] {
  const tone = VERDICT_TONE[verdict] ?? 'none';
  const r = verdict === 'not-applicable' ? 4 : 7;
  const outline = `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`;
  const solid = verdict === 'valid' || verdict === 'invalid' || verdict === 'not-applicable';
  const shapes: Shape[] = [
    {
      kind: 'path',
      d: outline,
      stroke: tone,
      fill: solid ? tone : 'ground',
      ...(verdict === 'malformed' ? { dash: '2.5 1.8' } : {}),
    },
  ];
  const stroke = (d: string): void => {
    shapes.push({ kind: 'path', d, stroke: solid ? 'ground' : tone, fill: null });
  };
  if (verdict === 'valid') stroke(`M${x - 2.8} ${y + 0.3}L${x - 0.7} ${y + 2.4}L${x + 3} ${y - 1.8}`);
  if (verdict === 'invalid' || verdict === 'malformed') {
    stroke(`M${x - 2} ${y - 2}L${x + 2} ${y + 2}`);
    stroke(`M${x + 2} ${y - 2}L${x - 2} ${y + 2}`);
  }
  if (verdict === 'no-key') {
    shapes.push({ kind: 'path', d: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}Z`, stroke: null, fill: tone });
  }
  if (verdict === 'no-mac') stroke(`M${x} ${y - 3.2}L${x} ${y + 0.8}`);
  return shapes;
}

/** A head at x, pointing to the right (1) or left (-1): full for what is sent, open for what is said of it. */
function head(x: number, y: number, to: 1 | -1, tone: Tone, full: boolean): Shape {
  const back = x - 8 * to;
  return full
    ? { kind: 'path', d: `M${x} ${y}L${back} ${y - 4}L${back} ${y + 4}Z`, stroke: null, fill: tone }
    : { kind: 'path', d: `M${back} ${y - 4}L${x} ${y}L${back} ${y + 4}`, stroke: tone, fill: null };
}

function cross(x: number, y: number): Shape[] {
  return [
    { kind: 'path', d: `M${x - 4} ${y - 4}L${x + 4} ${y + 4}`, stroke: 'bad', fill: null, width: 2 },
    { kind: 'path', d: `M${x + 4} ${y - 4}L${x - 4} ${y + 4}`, stroke: 'bad', fill: null, width: 2 },
  ];
}

interface Ends {
  readonly from: LadderColumn;
  readonly to: LadderColumn;
}

const MARK: Readonly<Record<FlowStep['result'], string>> = { ok: '✓ ', refused: '✕ ', missing: '', none: '' };

/** What a step is called, as people say it. */
export function stepTitle(s: FlowStep): string {
  const part = partText(s);
  const again = s.attempt > 1 && (s.kind === 'segment' || s.kind === 'submit') ? ', again' : '';
  return `${s.label}${part === '' ? '' : ` ${part}`}${again}`;
}

const detailOf = (s: FlowStep): string => {
  const said = s.text === 'duplicate' ? '' : s.text;
  return s.result === 'refused' && s.codeText !== null && said !== s.codeText
    ? [said, s.codeText].filter((x) => x !== '').join(': ')
    : said;
};

function sentenceOf(s: LadderStep, ends: Ends, when: string): string {
  const verdict = s.verdict === null ? '' : (VERDICT_WORD[s.verdict] ?? '');
  const what = [stepTitle(s), detailOf(s), s.code, verdict].filter((x) => x !== null && x !== '').join(', ');
  const way = ends.from === ends.to ? `at ${ends.from.label}` : `from ${ends.from.label} to ${ends.to.label}`;
  const result = s.result === 'refused' ? 'refused, ' : s.result === 'missing' ? 'missing, ' : '';
  return `${result}${what}, ${way}, ${when}${s.frame === null ? '' : `, frame ${s.frame}`}`;
}

/** Bold letters are so much wider. */
const BOLD = 1.08;

function arrow(s: LadderStep, ends: Ends, y: number, width: number): Shape[] {
  const tone = RESULT_TONE[s.result];
  const missing = s.kind === 'missing';
  const said = s.kind === 'answer' || s.kind === 'receipt';
  const dash = missing ? '5 4' : said ? '2 3' : undefined;
  const shapes: Shape[] = [];
  const x1 = ends.from.x;
  const x2 = ends.to.x;
  const self = x1 === x2;
  const dashed = dash === undefined ? {} : { dash };
  if (self) {
    const out = x1 + 26;
    shapes.push({
      kind: 'path',
      d: `M${x1} ${y - 5}L${out} ${y - 5}L${out} ${y + 5}L${x1} ${y + 5}`,
      stroke: tone,
      fill: null,
      ...dashed,
    });
    shapes.push(head(x1, y + 5, -1, tone, !said));
  } else {
    const to = x2 > x1 ? 1 : -1;
    // What never came, or nobody answered, ends before it arrives.
    const lost = s.result === 'missing';
    const end = lost ? x1 + (x2 - x1) * 0.72 : x2 - to;
    shapes.push({ kind: 'line', x1, y1: y, x2: end, y2: y, tone, width: 1.5, ...dashed });
    if (lost) shapes.push(...cross(end, y));
    else shapes.push(head(x2, y, to, tone, !said));
  }
  if (s.verdict !== null) shapes.push(...diamond(x2 + (self ? 40 : 0), y, s.verdict));
  const left = Math.min(x1, x2) + (self ? 34 : 10);
  const right = self ? width - 8 : Math.max(x1, x2) - 10;
  // Where there is no room for all of it, which part it is stays.
  const title = `${MARK[s.result]}${stepTitle(s)}`;
  const kept = stepTitle(s).slice(s.label.length);
  const room = Math.max(120, right - left) / BOLD;
  const fullTitle =
    textWidth(title) <= room
      ? fitted(title, room)
      : `${fitted(`${MARK[s.result]}${s.label}`, room - textWidth(kept))}${fitted(kept, room)}`;
  shapes.push({
    kind: 'text',
    x: left,
    y: y - 6,
    text: fullTitle,
    tone: s.result === 'none' ? 'text' : tone,
    bold: true,
    halo: true,
  });
  const more = detailOf(s);
  if (more !== '') {
    // Only this arrow is in the row: its words may go on to the edge.
    shapes.push({
      kind: 'text',
      x: left,
      y: y + 13,
      text: fitted(more, width - left - 8, 11),
      tone: 'quiet',
      size: 11,
      halo: true,
    });
  }
  const beside = left + textWidth(fullTitle) * BOLD + 8;
  if (s.code !== null && s.result === 'refused' && beside + textWidth(s.code, 11) < width - 8) {
    shapes.push({
      kind: 'text',
      x: beside,
      y: y - 6,
      text: fitted(s.code, 200, 11),
      tone: 'bad',
      size: 11,
      halo: true,
    });
  }
  return shapes;
}

/** A line torn across all columns, with how long nothing was seen. */
function torn(s: LadderStep, y: number, width: number, words: string): Shape[] {
  const zig = (dy: number): string => {
    let d = '';
    for (let x = GUTTER, i = 0; x <= width; x += 7, i += 1)
      d += `${i === 0 ? 'M' : 'L'}${x} ${y + dy + (i % 2 === 0 ? -2.5 : 2.5)}`;
    return d;
  };
  const tone = s.result === 'missing' || s.result === 'refused' ? 'bad' : 'strong';
  return [
    { kind: 'path', d: zig(-11), stroke: tone, fill: null, width: 1 },
    { kind: 'path', d: zig(11), stroke: tone, fill: null, width: 1 },
    {
      kind: 'text',
      x: GUTTER + 12,
      y: y + 4,
      text: fitted(words, width - GUTTER - 24, 12),
      tone: tone === 'bad' ? 'bad' : 'text',
      halo: true,
    },
  ];
}

interface Item {
  readonly step: LadderStep;
  readonly ends: Ends;
  readonly retry: string | null;
}

const RETRIED: ReadonlySet<string> = new Set(['submit', 'segment', 'answer', 'missing']);

/** Steps that are shown, each with the run of retries it is in. */
function itemsOf(flow: LadderFlow, columns: readonly LadderColumn[], o: LadderOptions): Item[] {
  const byId = new Map(columns.flatMap((c) => c.ids.map((id) => [id, c] as const)));
  const items: Item[] = [];
  let run = '';
  let attempt = 1;
  for (const step of flow.steps) {
    const [from, to] = [byId.get(step.from), byId.get(step.to)];
    if (from === undefined || to === undefined || o.hiddenLayers?.has(step.layer) === true) continue;
    const again = step.attempt > 1 && RETRIED.has(step.kind);
    if (!again) run = '';
    else if (run === '' || attempt !== step.attempt) run = `${step.flow ?? 0}:${step.index}`;
    attempt = step.attempt;
    items.push({ step, ends: { from, to }, retry: again ? run : null });
  }
  return items;
}

/** Extra room above a row so that distances follow times; rows never come closer than one height. */
function stretch(items: readonly Item[]): number[] {
  const waits = items.map((it, i) => {
    const before = items[i - 1];
    const dt = before === undefined ? 0 : it.step.time - before.step.time;
    return Number.isFinite(dt) && dt > 0 ? dt : 0;
  });
  const all = waits.reduce((a, b) => a + b, 0);
  const room = Math.max(240, items.length * ROW);
  return waits.map((w) => (all === 0 ? 0 : (w / all) * room));
}

/** Lays out a flow. Never throws; an empty flow has no rows. */
export function ladderLayout(flow: LadderFlow, o: LadderOptions): LadderLayout {
  const columns = columnsOf(flow, o);
  const last = columns.at(-1)?.x ?? GUTTER;
  const width = Math.max(o.width, last + EDGE);
  const items = itemsOf(flow, columns, o);
  const extra = o.spacing === 'time' ? stretch(items) : [];
  const rows: LadderRow[] = [];
  const several = items.some((i) => (i.step.flow ?? 0) > 0);
  let y = 8;
  let before: FlowStep | null = null;
  items.forEach(({ step, ends, retry }, i) => {
    y += extra[i] ?? 0;
    const folded = retry !== null && o.folded?.has(retry) === true;
    if (retry !== null && items[i - 1]?.retry !== retry) {
      const group = items.filter((it) => it.retry === retry);
      const bad = group.some((it) => it.step.result === 'refused');
      const ok = group.some((it) => it.step.result === 'ok');
      const end = ok ? 'taken' : bad ? 'refused' : 'no answer seen';
      const words = `${folded ? '▸' : '▾'} ↻ Sent again, attempt ${step.attempt}: ${group.length} step${group.length === 1 ? '' : 's'}, ${end}`;
      rows.push({
        kind: 'retry',
        key: retry,
        y,
        height: RETRY_ROW,
        step: null,
        retry: { count: group.length, folded },
        shapes: [
          {
            kind: 'line',
            x1: GUTTER,
            y1: y + RETRY_ROW / 2,
            x2: width,
            y2: y + RETRY_ROW / 2,
            tone: 'line',
            dash: '3 3',
          },
          {
            kind: 'text',
            x: GUTTER + 12,
            y: y + RETRY_ROW / 2 + 4,
            text: words,
            tone: 'accent',
            halo: true,
            bold: true,
          },
        ],
        sentence: `${words.replace(/^[▸▾] ↻ /, '')}${folded ? ', folded' : ''}`,
      });
      y += RETRY_ROW;
    }
    const when = o.time(step, before);
    const pause: FlowStep | null = before;
    before = step;
    if (folded) return;
    const middle = y + 22;
    const shapes: Shape[] = [];
    if (several) {
      shapes.push({
        kind: 'text',
        x: 8,
        y: middle + 4,
        text: 'abcdefgh'[step.flow ?? 0] ?? '',
        tone: 'accent',
        bold: true,
        size: 11,
      });
    }
    shapes.push({ kind: 'text', x: GUTTER - 14, y: middle - 1, text: when, tone: 'text', anchor: 'end', size: 11.5 });
    if (pause !== null && Number.isFinite(step.time - pause.time)) {
      const dt = step.time - pause.time;
      const words = dt === 0 ? 'same time' : `${dt > 0 ? '+' : ''}${o.duration(dt)}`;
      const tone: Tone = dt < 0 ? 'bad' : 'quiet';
      shapes.push({ kind: 'text', x: GUTTER - 14, y: middle + 12, text: words, tone, anchor: 'end', size: 10.5 });
    }
    const gap = step.kind === 'gap';
    if (gap) {
      const next = items[i + 1]?.step.time ?? Number.NaN;
      const long = (step.until ?? next) - step.time;
      const lasted =
        Number.isFinite(long) && long > 0 ? `, ${step.until === null ? 'nothing for ' : ''}${o.duration(long)}` : '';
      const words = `${step.label}: ${step.text}${lasted}`;
      shapes.push(...torn(step, middle, width, words));
      const sentence = `Gap: ${words}, ${when}`;
      rows.push({
        kind: 'gap',
        key: `${step.flow ?? 0}.${step.index}`,
        y,
        height: ROW,
        step,
        retry: null,
        shapes,
        sentence,
      });
    } else {
      shapes.push(...arrow(step, ends, middle, width));
      const sentence = sentenceOf(step, ends, when);
      rows.push({
        kind: 'step',
        key: `${step.flow ?? 0}.${step.index}`,
        y,
        height: ROW,
        step,
        retry: null,
        shapes,
        sentence,
      });
    }
    y += ROW;
  });
  return { width, height: y + 12, columns, rows, left: flow.steps.length - items.length };
}

/** The heads of the columns, for files; the page has buttons there. */
function headShapes(l: LadderLayout): Shape[] {
  return l.columns.flatMap((c): Shape[] => [
    { kind: 'text', x: c.x, y: 20, text: fitted(c.label, 160, 12), tone: 'text', anchor: 'middle', bold: true },
    ...(c.host === null
      ? []
      : [
          {
            kind: 'text' as const,
            x: c.x,
            y: 35,
            text: fitted(c.host, 160, 11),
            tone: 'quiet' as const,
            anchor: 'middle' as const,
            size: 11,
          },
        ]),
  ]);
}

/** Lines down from the heads. */
export const lifelines = (l: LadderLayout): Shape[] =>
  l.columns.map((c) => ({ kind: 'line', x1: c.x, y1: 0, x2: c.x, y2: l.height, tone: 'line' }));

/** Everything, heads included, from the top of a drawing. */
export const ladderShapes = (l: LadderLayout, shift: (s: Shape, dy: number) => Shape): Shape[] => [
  ...headShapes(l),
  ...[...lifelines(l), ...l.rows.flatMap((r) => r.shapes)].map((s) => shift(s, HEAD_HEIGHT)),
];

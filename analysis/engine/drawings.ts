// Ladders and the chart as drawings for reports: the same layout as the page's, with numbers as hidden as the report's.

import type { LadderOptions } from '../draw/ladder.ts';
import { ladderSvg } from '../draw/ladderfile.ts';
import { timelineSvg } from '../draw/lanesfile.ts';
import type { Redactor } from '../report/redact.ts';
import type { FlowReply } from './contract/flows.ts';
import type { Time, WindowReply } from './contract.ts';

const WIDTH = 1000;
/** Lanes of one chart. */
export const CHART_LANES = 24;
/** Steps of a ladder that is part of a report. */
export const MOST_STEPS = 60;

const UNITS: readonly (readonly [number, string])[] = [
  [3600e9, 'h'],
  [60e9, 'min'],
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
];

/** 1.82 s. */
function span(ns: number): string {
  const [size, unit] = UNITS.find(([u]) => Math.abs(ns) >= u) ?? [1, 'ns'];
  return `${Number((ns / size).toPrecision(4))} ${unit}`;
}

/** Numbers, names and addresses in what is drawn. */
function hidden(flow: FlowReply, redact: Redactor | null): FlowReply {
  if (redact === null) return flow;
  return {
    ...flow,
    endpoints: flow.endpoints.map((e) => ({
      ...e,
      label: redact.text(
        e.label
          .split(' ')
          .map((w) => redact.identity(w))
          .join(' '),
      ),
      host: e.host === null ? null : redact.identity(e.host),
    })),
    steps: flow.steps.map((s) => ({ ...s, label: redact.text(s.label), text: redact.text(s.text) })),
  };
}

/** The way of a message; '' where there is nothing to draw. */
export function ladderDrawing(flow: FlowReply, title: string, redact: Redactor | null): string {
  if (flow.steps.length < 2) return '';
  const start = flow.steps[0]?.time ?? 0;
  const options: LadderOptions = {
    width: WIDTH,
    time: (s) => (Number.isNaN(s.time) ? '' : `+${span(s.time - start)}`),
    duration: span,
  };
  const cut = flow.steps.length > MOST_STEPS ? { ...flow, steps: flow.steps.slice(0, MOST_STEPS) } : flow;
  return ladderSvg(hidden(cut, redact), options, title);
}

/** Steps of 1, 2 and 5 that make six ticks or so. */
function ticks(t0: Time, t1: Time): { time: number; label: string }[] {
  const rough = (t1 - t0) / 6;
  const unit = UNITS.find(([u]) => rough >= u)?.[0] ?? 1;
  const power = 10 ** Math.floor(Math.log10(rough / unit));
  const step = unit * power * ([1, 2, 5, 10].find((m) => rough <= unit * power * m) ?? 10);
  const out: { time: number; label: string }[] = [];
  for (let t = Math.ceil(t0 / step) * step; t <= t1 && out.length < 50; t += step)
    out.push({ time: t, label: t === 0 ? '0' : span(t) });
  return out;
}

/** The lanes of a window between two times: a reply holds more on both sides. '' where there is nothing to draw. */
export function chartDrawing(
  w: WindowReply,
  between: { readonly t0: Time; readonly t1: Time },
  title: string,
  redact: Redactor | null,
): string {
  if (w.lanes.length === 0 || !(between.t1 > between.t0)) return '';
  const lanes = redact === null ? w.lanes : w.lanes.map((l) => ({ ...l, label: redact.identity(l.label) }));
  const marks = ticks(between.t0, between.t1);
  return timelineSvg({ ...w, lanes }, between, { width: WIDTH, ticks: marks, title });
}

/** Width of the window that a chart is made of, px. */
export const CHART_WIDTH = WIDTH;

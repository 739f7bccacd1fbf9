// A phone on a terminal: what each message did to it, and what it holds in the end.

import type {
  Basis,
  DeviceChange,
  DeviceReply,
  DeviceRoute,
  DeviceStep,
  Reason,
  SettingsDiff,
  StepOutcome,
  ValueChange,
} from '../../analysis/engine/contract/device.ts';
import { printable } from '../../analysis/report/text.ts';
import type { Style } from '../style.ts';
import { columns, type Page, paragraph, section, timeText } from './message.ts';

const OUTCOME: Readonly<Record<StepOutcome, string>> = {
  taken: 'taken',
  assumed: 'perhaps taken',
  refused: 'refused',
  lost: 'never arrived',
};

const TONE: Readonly<Record<StepOutcome, keyof Style>> = {
  taken: 'good',
  assumed: 'doubt',
  refused: 'bad',
  lost: 'bad',
};

const BASIS: Readonly<Record<Basis, string>> = {
  message: '',
  clients: ' [seen in clients]',
  remembered: ' [specification as remembered]',
};

const reason = (r: Reason, page: Page, indent: number): string[] =>
  paragraph(page, `${r.text}${BASIS[r.basis]}`, indent);

const CHANGE: Readonly<Record<DeviceChange['what'], string>> = {
  added: '+',
  replaced: '~',
  same: '=',
  kept: '!',
  dropped: 'x',
  withheld: '-',
};

const CHANGE_WORD: Readonly<Record<DeviceChange['what'], string>> = {
  added: 'added',
  replaced: 'replaced',
  same: 'as it was',
  kept: 'not changed',
  dropped: 'not installed',
  withheld: 'not set',
};

const valueText = (v: ValueChange): string =>
  v.before === null ? (v.after ?? '') : v.after === null ? `${v.before} -> gone` : `${v.before} -> ${v.after}`;

const values = (list: readonly ValueChange[], indent: number): string[] =>
  columns(
    list.map((v) => [v.label, valueText(v)]),
    indent,
  );

function change(c: DeviceChange, page: Page): string[] {
  const head = `    ${CHANGE[c.what]} ${printable(c.title)}  ${page.style.faint(CHANGE_WORD[c.what])}`;
  const why = c.what === 'kept' || c.what === 'dropped' ? reason(c.reason, page, 8) : [];
  return [head, ...why, ...(c.what === 'replaced' ? values(c.values, 8) : [])];
}

function step(s: DeviceStep, changes: readonly DeviceChange[], page: Page): string[] {
  const tone = page.style[TONE[s.outcome]];
  const also = s.sightings.length === 0 ? '' : `, seen before as ${s.sightings.join(', ')}`;
  return [
    `  ${page.style.strong(s.message)}  ${timeText(page, s.time)}  ${s.by}  ${tone(OUTCOME[s.outcome])}${page.style.faint(also)}`,
    ...paragraph(page, s.headline, 4),
    ...s.reasons.filter((r) => r.text !== s.headline).flatMap((r) => reason(r, page, 4)),
    ...(s.asked === null ? [] : reason({ ...s.asked, text: `The user is asked: ${s.asked.text}` }, page, 4)),
    ...changes.flatMap((c) => change(c, page)),
  ];
}

function route(r: DeviceRoute, page: Page): string[] {
  const way = r.hops.map((h) => (h.text === '' ? h.title : `${h.title} (${h.text})`)).join(' -> ');
  return [
    ...paragraph(page, way, 2),
    ...r.hops.slice(0, -1).flatMap((h) => reason({ ...h.reason, text: `${h.title}: ${h.reason.text}` }, page, 6)),
    ...r.otherwise.flatMap((o) => paragraph(page, `Otherwise: ${o}.`, 6)),
    ...r.notes.flatMap((n) => reason(n, page, 6)),
  ];
}

/** `changes` of each step, in their order. */
export function deviceText(d: DeviceReply, changes: readonly (readonly DeviceChange[])[], page: Page): string[] {
  const { style } = page;
  const skipped = d.skipped === 0 ? [] : [`  ${d.skipped} earlier messages were not looked at`];
  const holds = d.objects.flatMap((o) => [
    `  ${printable(o.title)}  ${style.faint(`from ${o.origin.message}${o.assumed ? ', if it was taken' : ''}`)}`,
    ...columns(
      o.values.map((v) => [v.label, v.value, v.parm]),
      4,
    ),
    ...o.notes.flatMap((n) => reason(n, page, 4)),
  ]);
  return [
    style.strong(`${printable(d.subscriber.label)}  ${d.subscriber.messages} with settings`),
    ...section(page, 'Messages', [...skipped, ...d.steps.flatMap((s, i) => step(s, changes[i] ?? [], page))]),
    ...section(
      page,
      'Contexts',
      d.contexts.flatMap((c) => [
        `  ${printable(c.name)}${c.kind === 'other' ? '' : ' (home)'}  ${style.faint(`since ${c.origin.message}`)}`,
        ...c.reasons.flatMap((r) => reason(r, page, 4)),
      ]),
    ),
    ...section(
      page,
      'Ways',
      d.routes.flatMap((r) => route(r, page)),
    ),
    ...section(page, 'What the phone holds', holds.length === 0 ? ['  nothing'] : holds),
  ];
}

const ENTRY = { added: '+', removed: '-', changed: '~', reordered: '~' } as const;

export function diffText(d: SettingsDiff, page: Page): string[] {
  if (d.same) return ['no difference that a phone would act on'];
  return [
    ...d.consequences.flatMap((c) => paragraph(page, c, 0)),
    ...d.entries.flatMap((e) => [
      '',
      `${ENTRY[e.what]} ${printable(e.title)}${page.style.faint(e.what === 'reordered' ? '  order' : `  ${e.what}`)}`,
      ...values(e.values, 4),
    ]),
  ];
}

// The report as one HTML file: prints well, has no script and fetches nothing.

import type { RuleNotes } from '../notes.ts';
import type { Report } from '../schema.ts';
import { byRule, kindWord, OUTCOME, overview, plural, VERDICT, when } from '../words.ts';
import { escaped, isolated } from './escape.ts';
import { messageHtml } from './message.ts';
import { STYLE } from './style.ts';

export interface HtmlOptions {
  readonly notes: RuleNotes;
  /** What the report leaves out or hides, one sentence each. */
  readonly scope: readonly string[];
  /** A drawing of the way a message took; '' for none. Trusted markup. */
  figure(message: string): string;
  /** A drawing of everything in time; '' for none. Trusted markup. */
  readonly chart: string;
}

/** Messages told at length; the others are in the table only. */
const MOST_AT_LENGTH = 1000;
const MOST_LISTED = 20_000;

const td = (html: string, tone = ''): string => `<td${tone === '' ? '' : ` class="${tone}"`}>${html}</td>`;
const table = (heads: readonly string[], rows: readonly string[]): string =>
  `<table><thead><tr>${heads.map((h) => `<th scope="col">${h}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;

function inputs(r: Report): string {
  const rows = r.inputs.map((i) => {
    const state =
      i.error ??
      (i.truncatedAt === null
        ? `${when(i.firstTime)} to ${when(i.lastTime)} UTC`
        : `cut off at octet ${i.truncatedAt}`);
    return `<tr>${td(isolated(i.file))}${td(escaped(i.format))}${td(i.bytes === null ? '' : i.bytes.toLocaleString('en-US'), 'n')}${td(i.frames.toLocaleString('en-US'), 'n')}${td(isolated(state))}</tr>`;
  });
  return table(['File', 'Format', 'Octets', 'Frames', 'Time'], rows);
}

/** What whoever made the report marked in it. */
function bookmarks({ bookmarks: marked = [] }: Report): string {
  if (marked.length === 0) return '';
  const items = marked.map(
    ({ message, note }) =>
      `<dt><a href="#${escaped(message)}">${escaped(message)}</a></dt><dd class="own">${note === '' ? '<span class="quiet">no note</span>' : isolated(note)}</dd>`,
  );
  return `<h2>Marked</h2><dl>${items.join('')}</dl>`;
}

function failures(r: Report): string {
  const failed = r.transactions.filter((t) => t.failure !== null);
  if (failed.length === 0) return '';
  const rows = failed.slice(0, MOST_LISTED).map((t) => {
    const f = t.failure!;
    const check = f.check.length === 0 ? '' : `<ul>${f.check.map((c) => `<li>${escaped(c)}</li>`).join('')}</ul>`;
    const links = t.messages.map((m) => `<a href="#${escaped(m)}">${escaped(m)}</a>`).join(', ');
    return `<tr>${td(isolated(t.recipient), 't')}${td(links)}${td(`${f.stage === 'submit' ? 'handing over' : 'delivery'}${f.code === null ? '' : `, <code>${escaped(f.code)}</code>`}`)}${td(`${isolated(f.meaning)}${check}`)}</tr>`;
  });
  return `<h2>What failed, and what to check</h2>${table(['To', 'Messages', 'At', 'Why'], rows)}`;
}

function found(r: Report, notes: RuleNotes): string {
  const groups = byRule(r);
  if (groups.length === 0) return '';
  const rows = groups.map((g) => {
    const n = notes.get(g.code);
    const in_ = g.messages
      .slice(0, 12)
      .map((m) => `<a href="#${escaped(m)}">${escaped(m)}</a>`)
      .join(', ');
    const more = g.messages.length > 12 ? ` and ${g.messages.length - 12} more` : '';
    return `<tr>${td(g.severity, g.severity)}${td(`<code>${escaped(g.code)}</code>`, 'code')}${td(`${isolated(g.first)}${n?.fix === undefined ? '' : `<br><span class="quiet">How to mend it: ${escaped(n.fix)}</span>`}`)}${td(String(g.count), 'n')}${td(in_ + more)}</tr>`;
  });
  return `<h2>What was found</h2>${table(['Severity', 'Rule', 'First seen as', 'Times', 'In'], rows)}`;
}

function list(r: Report, outcomes: ReadonlyMap<string, Report['transactions'][number]['outcome']>): string {
  const rows = r.messages.slice(0, MOST_LISTED).map((m, i) => {
    const [verdict, tone] = VERDICT[m.security.verdict];
    const outcome = outcomes.get(m.id);
    const id = i < MOST_AT_LENGTH ? `<a href="#${escaped(m.id)}">${escaped(m.id)}</a>` : escaped(m.id);
    return `<tr>${td(id)}${td(when(m.firstTime), 't')}${td(isolated(m.to ?? m.imsi ?? ''), 't')}${td(escaped(kindWord(m.kind)))}${td(verdict, tone)}${outcome === undefined ? td('') : td(OUTCOME[outcome][0], OUTCOME[outcome][1])}${td(isolated(m.summary))}</tr>`;
  });
  const left = r.messages.length - rows.length;
  return `<h2>Messages</h2>${table(['', 'Time, UTC', 'To', 'Kind', 'MAC', 'Outcome', 'What it does'], rows)}${left > 0 ? `<p class="quiet">${plural(left, 'more message')} not listed.</p>` : ''}`;
}

/** What the marks of the chart mean, for readers who never saw the program. */
const LEGEND =
  'Diamonds are messages: filled with a tick, the MAC is right; filled with a cross, it is wrong; half filled, no key is known; ' +
  'hollow, there is no protection; small and grey, there is no MAC to check. Strokes and numbered boxes are parts, dashed ones ' +
  'never came. Small triangles: taken by the next hop. Arrows up: receipts, crossed where the message did not arrive.';

/** Everything a stranger sent is text in it; the policy in its head forbids whatever slipped through. */
export function toHtml(r: Report, options: HtmlOptions): string {
  const outcomes = new Map(r.transactions.flatMap((t) => t.messages.map((m) => [m, t.outcome] as const)));
  const files = r.inputs.map((i) => i.file).join(', ');
  const marks = new Map(r.bookmarks?.map((b) => [b.message, b.note] as const));
  const atLength = r.messages.slice(0, MOST_AT_LENGTH).map((m) => {
    const outcome = outcomes.get(m.id);
    const said = outcome === undefined ? null : `<span class="${OUTCOME[outcome][1]}">${OUTCOME[outcome][0]}</span>`;
    return messageHtml(m, { outcome: said, notes: options.notes, figure: options.figure(m.id), mark: marks.get(m.id) });
  });
  const left = r.messages.length - atLength.length;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="generator" content="otascope">
<title>${escaped(files)} – otascope report</title><style>${STYLE}</style></head><body>
<header><h1>What over-the-air provisioning did</h1><p class="quiet">${isolated(files)}</p></header>
<main>${overview(r)
    .map((s) => `<p class="lead">${escaped(s)}</p>`)
    .join('')}
${options.scope.map((s) => `<p class="quiet">${escaped(s)}</p>`).join('')}
${options.chart === '' ? '' : `<figure>${options.chart}<figcaption>${LEGEND}</figcaption></figure>`}
${bookmarks(r)}
${failures(r)}${found(r, options.notes)}${r.messages.length === 0 ? '' : list(r, outcomes)}
<h2>What was read</h2>${inputs(r)}
${atLength.length === 0 ? '' : `<h2>Message by message</h2>${atLength.join('')}`}${left > 0 ? `<p class="quiet">${plural(left, 'more message')} in the table above only.</p>` : ''}
</main></body></html>
`;
}

// One message of the HTML report.

import { partsHere } from '../csv.ts';
import type { RuleNotes } from '../notes.ts';
import type { ReportMessage, ReportTreeNode } from '../schema.ts';
import { kindWord, plural, VERDICT, when } from '../words.ts';
import { escaped, isolated } from './escape.ts';

const SEVERITY = { error: 'Error', warning: 'Warning', note: 'Note' } as const;

const row = (name: string, html: string): string => `<dt>${name}</dt><dd>${html}</dd>`;

function facts(m: ReportMessage, outcome: string | null): string {
  const parts = partsHere(m);
  const of = parts + m.missingParts.length;
  const missing = m.missingParts.length === 0 ? '' : ` <span class="bad">missing: ${m.missingParts.join(', ')}</span>`;
  const [verdict, tone] = VERDICT[m.security.verdict];
  const frames = [...new Set(m.segments.flatMap((s) => s.frames))];
  return `<dl>${[
    row('From', isolated(m.from ?? 'unknown')),
    row('To', isolated(m.to ?? m.imsi ?? 'unknown')),
    row('Carried by', escaped(m.bearer)),
    row('When', `${when(m.firstTime)}${m.lastTime === m.firstTime ? '' : ` to ${when(m.lastTime)}`} UTC`),
    row('Parts', `${of === 1 ? 'one' : `${parts} of ${of}`}${missing}`),
    row('Frames', frames.slice(0, 40).join(', ') + (frames.length > 40 ? ` and ${frames.length - 40} more` : '')),
    ...(outcome === null ? [] : [row('What became of it', outcome)]),
    ...(m.wsp?.contentType == null ? [] : [row('Content type', isolated(m.wsp.contentType))]),
    row(
      'Protection',
      `<span class="${tone}">${verdict}</span>${m.security.method === null ? '' : `, ${m.security.method}`}`,
    ),
  ].join('')}</dl><p>${isolated(m.security.explanation)}</p>`;
}

function range(b: { readonly of: string; readonly start: number; readonly length: number } | null): string {
  if (b === null) return '';
  const octets = b.length < 2 ? `octet ${b.start}` : `octets ${b.start}–${b.start + b.length - 1}`;
  return ` <span class="quiet">${octets} of the ${b.of}</span>`;
}

function finding(f: ReportMessage['findings'][number], notes: RuleNotes): string {
  const n = notes.get(f.code);
  return `<div class="finding ${f.severity}"><strong class="${f.severity}">${SEVERITY[f.severity]}</strong> <code>${escaped(f.code)}</code>${range(f.bytes)}
<p>${isolated(f.message)}</p>${n?.receivers === undefined ? '' : `<p class="quiet">What receivers do: ${escaped(n.receivers)}</p>`}${
    n?.fix === undefined ? '' : `<p class="quiet">How to mend it: ${escaped(n.fix)}</p>`
  }<p class="quiet">${escaped(f.clause)}</p></div>`;
}

/** Parameters one below the other, with the characteristics they stand in. */
function rows(nodes: readonly ReportTreeNode[], path: string): string[] {
  return nodes.flatMap((n) => {
    const here =
      n.kind === 'characteristic' || n.kind === 'element' ? `${path}${path === '' ? '' : ' › '}${n.name}` : path;
    const own =
      n.value === null || n.value.trim() === ''
        ? []
        : [
            `<tr><td>${isolated(here)}</td><td><code>${isolated(n.kind === 'text' ? '' : n.name)}</code></td><td>${isolated(n.value)}</td></tr>`,
          ];
    return [...own, ...rows(n.children, here)];
  });
}

function content(m: ReportMessage): string {
  const d = m.document;
  if (d === null) return m.text == null ? '' : `<h4>Text</h4><p>${isolated(m.text)}</p>`;
  const all = rows(d.tree, '');
  const table =
    all.length === 0
      ? ''
      : `<h4>What it says</h4><table><thead><tr><th>In</th><th>Name</th><th>Value</th></tr></thead><tbody>${all.join('')}</tbody></table>`;
  return `${table}${d.xml === null ? '' : `<h4>As XML</h4><pre>${escaped(d.xml)}</pre>`}`;
}

const WORST_FIRST: readonly string[] = ['error', 'warning', 'note'];

export interface MessageHtml {
  /** Trusted markup. */
  readonly outcome: string | null;
  readonly notes: RuleNotes;
  /** Trusted markup; '' for none. */
  readonly figure: string;
  /** Note of the bookmark on it. */
  readonly mark: string | undefined;
}

export function messageHtml(m: ReportMessage, { outcome, notes, figure, mark }: MessageHtml): string {
  const found = [...m.findings]
    .sort((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity))
    .map((f) => finding(f, notes))
    .join('');
  return `<article id="${escaped(m.id)}"><h3>${escaped(m.id)}: ${escaped(kindWord(m.kind))}</h3><p class="lead">${isolated(m.summary)}</p>${mark === undefined ? '' : `<p class="own">${mark === '' ? 'Marked.' : isolated(mark)}</p>`}
${facts(m, outcome)}${figure === '' ? '' : `<figure>${figure}</figure>`}${found === '' ? '' : `<h4>${plural(m.findings.length, 'finding')}</h4>${found}`}${content(m)}</article>
`;
}

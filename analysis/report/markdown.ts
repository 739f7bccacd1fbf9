// The summary as Markdown: for tickets, chats and mail.

import type { Report } from './schema.ts';
import { byRule, kindWord, OUTCOME, overview, plural, VERDICT, when } from './words.ts';

const MOST = 200;

/** Text of a capture: no markup of it takes effect, and no cell ends early. */
export function plainMarkdown(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[\\`*_{}[\]<>()#!|~&$^]/g, '\\$&')
    .replace(/(https?|ftp|www)([:.])/gi, '$1\u200b$2');
}
const say = plainMarkdown;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${row(heads)}${row(heads.map(() => '---'))}${rows.map(row).join('')}\n`;

function failures(r: Report): string {
  const failed = r.transactions.filter((t) => t.failure !== null);
  if (failed.length === 0) return '';
  const items = failed.slice(0, MOST).map((t) => {
    const f = t.failure!;
    const check = f.check.map((c) => `  - ${say(c)}\n`).join('');
    return `- **${say(t.recipient)}** (${t.messages.join(', ')}): ${say(f.meaning)}${f.code === null ? '' : ` (${say(f.code)})`}\n${check}`;
  });
  return `## What failed, and what to check\n\n${items.join('')}\n`;
}

function bookmarks({ bookmarks: marked = [] }: Report): string {
  if (marked.length === 0) return '';
  return `## Marked\n\n${marked.map((b) => `- **${say(b.message)}**${b.note === '' ? '' : `: ${say(b.note)}`}\n`).join('')}\n`;
}

/** What a colleague needs in one screen; details are in the other forms of the report. */
export function toMarkdown(r: Report, scope: readonly string[]): string {
  const outcomes = new Map(r.transactions.flatMap((t) => t.messages.map((m) => [m, t.outcome] as const)));
  const files = r.inputs.map((i) => say(i.file)).join(', ');
  const found = byRule(r)
    .slice(0, MOST)
    .map((g) => [g.severity, `\`${g.code}\``, say(g.first), String(g.count), g.messages.slice(0, 6).join(', ')]);
  const messages = r.messages
    .slice(0, MOST)
    .map((m) => [
      m.id,
      when(m.firstTime),
      say(m.to ?? m.imsi ?? ''),
      say(kindWord(m.kind)),
      VERDICT[m.security.verdict][0],
      outcomes.has(m.id) ? OUTCOME[outcomes.get(m.id)!][0] : '',
      say(m.summary),
    ]);
  const left = r.messages.length - messages.length;
  return `# ${files}\n\n${[...overview(r), ...scope].map((s) => `${say(s)}\n\n`).join('')}${bookmarks(r)}${failures(r)}${
    found.length === 0
      ? ''
      : `## What was found\n\n${table(['Severity', 'Rule', 'First seen as', 'Times', 'In'], found)}`
  }${
    messages.length === 0
      ? ''
      : `## Messages\n\n${table(['', 'Time, UTC', 'To', 'Kind', 'MAC', 'Outcome', 'What it does'], messages)}`
  }${left > 0 ? `${plural(left, 'more message')} not listed.\n` : ''}`;
}

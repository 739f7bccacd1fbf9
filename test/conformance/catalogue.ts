/// <reference types="vite/client" />
// Every rule of the product, wherever it is written, with its examples.

import { EXAMPLES } from '../../analysis/conformance/examples.ts';
import { checkDocument } from '../../analysis/conformance/index.ts';
import { BASIS_WORDS, type Basis, type Finding, sentenceOf } from '../../captures/finding.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { decodeBody } from '../../dissectors/content/index.ts';
import { CP_TEXT, findingsOf } from './forms.ts';
import { SECURITY_EXAMPLES } from './security.ts';
import { OTA_EXAMPLES, XML_EXAMPLES } from './texts.ts';
import { WBXML_EXAMPLES } from './wbxml.ts';

export interface Shown {
  readonly passes: string;
  readonly fails: string;
  /** What is said of the failing one. */
  readonly says: string;
}

export interface Entry {
  readonly code: string;
  readonly severity: string;
  readonly title: string;
  /** What else there is to say: clause, receivers, fix ... as label and sentence. */
  readonly facts: readonly (readonly [label: string, text: string])[];
  readonly example: Shown | null;
}

const MODULES = import.meta.glob<Record<string, unknown>>(
  ['../../captures/**/*.ts', '../../dissectors/**/*.ts', '../../analysis/**/*.ts', '!**/*.d.ts'],
  { eager: true },
);

const SEVERITIES: readonly unknown[] = ['error', 'warning', 'note'];

type Fields = Readonly<Record<string, unknown>>;

/** A rule of conformance, or one of the security review, as the page shows it. */
function entryOf(v: Fields): Omit<Entry, 'example'> | null {
  const text = (name: string): string | null => (typeof v[name] === 'string' ? (v[name] as string) : null);
  const [code, title, severity] = [text('code'), text('title'), text('severity')];
  if (code === null || title === null || severity === null) return null;
  const facts = (...pairs: readonly (readonly [string, string | null])[]) =>
    pairs.flatMap(([label, t]): [string, string][] => (t === null ? [] : [[label, t]]));
  const basis = text('basis') as Basis | null;
  if (SEVERITIES.includes(severity) && text('clause') !== null) {
    return {
      code,
      title,
      severity,
      facts: facts(
        ['Clause', text('clause')],
        ['Receivers', text('receivers')],
        ['To mend it', text('fix')],
        ['Basis', basis === null ? null : BASIS_WORDS[basis]],
      ),
    };
  }
  if (text('why') === null || text('todo') === null) return null;
  return {
    code,
    title,
    severity,
    facts: facts(['Why', text('why')], ['What to do', text('todo')], ['Source', text('source')]),
  };
}

function collect(v: unknown, into: Map<string, Omit<Entry, 'example'>>, depth = 0): void {
  if (typeof v !== 'object' || v === null || depth > 4) return;
  const entry = entryOf(v as Fields);
  if (entry !== null) {
    if (!into.has(entry.code)) into.set(entry.code, entry);
    return;
  }
  if (v instanceof Map || v instanceof Set || ArrayBuffer.isView(v)) return;
  for (const inner of Object.values(v)) collect(inner, into, depth + 1);
}

function examples(): Map<string, Shown> {
  const out = new Map<string, Shown>();
  const say = (code: string, found: readonly Finding[]): string => {
    const f = found.find((x) => x.rule.code === code);
    return f === undefined ? '' : sentenceOf(f);
  };
  for (const e of EXAMPLES) {
    const bytes = new TextEncoder().encode(e.fails);
    const { provisioning, document } = decodeBody(
      new Cursor(bytes, 0, bytes.length, null, [], 'body'),
      CP_TEXT as { contentType: string },
    );
    const found = provisioning === null ? [] : checkDocument(provisioning, [], document?.length);
    out.set(e.code, { passes: e.passes, fails: e.fails, says: say(e.code, found) });
  }
  for (const e of [...WBXML_EXAMPLES, ...XML_EXAMPLES, ...OTA_EXAMPLES, ...SECURITY_EXAMPLES]) {
    out.set(e.code, { passes: e.passes, fails: e.fails, says: say(e.code, findingsOf(e.fails, e.form)) });
  }
  return out;
}

/** By code, in the order of the alphabet. */
export function catalogue(): ReadonlyMap<string, Entry> {
  const found = new Map<string, Omit<Entry, 'example'>>();
  for (const m of Object.values(MODULES)) for (const v of Object.values(m)) collect(v, found);
  const shown = examples();
  return new Map(
    [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, e]) => [code, { ...e, example: shown.get(code) ?? null }]),
  );
}

// Documents that other programs make, and the table of docs/peers.md that says what becomes of each.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lint } from '../../analysis/lint/lint.ts';
import { root as checkout } from '../support/shared.ts';

/** What otascope says of a document: kinds of the messages, and codes of severity error. */
export interface Said {
  readonly kinds: readonly string[];
  readonly errors: readonly string[];
}

/** Rows of the table under '## Documents of other programs': `| program | document | read as | errors | why |`. */
function rows(): ReadonlyMap<string, Said> {
  const page = readFileSync(join(checkout, 'docs', 'peers.md'), 'utf8');
  const [, section = ''] = page.split('## Documents of other programs');
  const words = (cell: string): string[] => (cell === '-' ? [] : cell.split(', '));
  const lines = section.split('\n## ')[0]!.split('\n');
  return new Map(
    lines
      .filter((l) => /^\| (?:Kannel|gammu|libwbxml) \|/.test(l))
      .map((l) => {
        const [program = '', document = '', kinds = '-', errors = '-'] = l
          .split('|')
          .slice(1)
          .map((c) => c.trim());
        return [`${program} ${document}`, { kinds: words(kinds), errors: words(errors.replaceAll('`', '')) }];
      }),
  );
}

const PAGE = rows();

/** What the page says of a document. */
export const written = (program: string, document: string): Said | string =>
  PAGE.get(`${program} ${document.replaceAll('|', '/')}`) ?? 'docs/peers.md has no line for it';

export const documentsOf = (program: string): string[] =>
  [...PAGE.keys()].filter((k) => k.startsWith(`${program} `)).map((k) => k.slice(program.length + 1));

/** A body on its own. */
export function saidOf(bytes: Uint8Array): Said {
  const linted = lint(bytes);
  const errors = linted?.findings.filter((f) => f.severity === 'error').map((f) => f.code) ?? [];
  return { kinds: linted === null ? [] : [linted.kind], errors: [...new Set(errors)].sort() };
}

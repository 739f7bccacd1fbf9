import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkout } from '../project/built.ts';
import { sourceFiles } from '../project/sources.ts';
import { catalogue } from './catalogue.ts';
import { diff } from './page.ts';
import { pages } from './pages.ts';

const all = catalogue();

describe('the catalogue', () => {
  test('every code that the sources define is in it', () => {
    const written = ['captures', 'dissectors', 'analysis']
      .flatMap(sourceFiles)
      .filter((f) => !f.path.includes('/examples/'))
      .flatMap((f) =>
        [...f.text.matchAll(/^\s*code: '([A-Z0-9]+(?:-[A-Z0-9]+)+)',?$/gm)].map((m) => `${f.path} ${m[1]}`),
      );
    expect(written.length).toBeGreaterThan(400);
    expect(written.filter((w) => !all.has(w.slice(w.indexOf(' ') + 1)))).toEqual([]);
  });

  test('enough of it has examples that are run', () => {
    const shown = [...all.values()].filter((e) => e.example !== null);
    expect(shown.length).toBeGreaterThanOrEqual(240);
    expect(shown.filter((e) => e.example?.says === '').map((e) => e.code)).toEqual([]);
  });

  test('what rests on memory is no error and names no clause by number', () => {
    const remembered = [...all.values()].filter((e) =>
      e.facts.some(([l, t]) => l === 'Basis' && t.startsWith('remembered')),
    );
    expect(remembered.length).toBeGreaterThan(20);
    for (const e of remembered) {
      expect(e.severity, e.code).not.toBe('error');
      const clause = e.facts.find(([l]) => l === 'Clause')?.[1] ?? '';
      expect(clause, e.code).not.toMatch(/^(OMA|WAP|3GPP)\S*( TS \S+)? \d/);
    }
  });

  test('every rule with examples says what receivers do and how it is mended, those of content what they rest on', () => {
    for (const e of all.values()) {
      if (e.example === null) continue;
      expect(
        e.facts.map(([l]) => l),
        e.code,
      ).toEqual(expect.arrayContaining(['Clause', 'Receivers', 'To mend it']));
      if (!e.code.startsWith('CP-')) continue;
      expect(
        e.facts.map(([l]) => l),
        e.code,
      ).toContain('Basis');
      expect(
        e.facts.map(([l]) => l),
        e.code,
      ).toContain('Receivers');
    }
  });
});

describe('the pages', () => {
  test.each(pages().map(([file, text]) => ({ file, text })))(
    'docs/$file is what the rules say: npm run rules',
    ({ file, text }) => {
      expect(readFileSync(join(checkout, 'docs', file), 'utf8') === text).toBe(true);
    },
  );
  test('from one example to the other', () => {
    expect(diff(['a', 'b', 'c'], ['a', 'x', 'c'])).toEqual([' a', '-b', '+x', ' c']);
    expect(diff(['a'], ['a'])).toEqual([]);
    expect(diff([], ['a'])).toEqual(['+a']);
  });
});

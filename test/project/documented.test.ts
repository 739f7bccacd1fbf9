// What README and docs tell a reader to type works as it stands; what they name and link to is there.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../cli/arguments.ts';
import { COMMANDS } from '../../cli/commands.ts';
import { otascope } from '../cli/terminal.ts';
import { root } from '../support/shared.ts';

const place = mkdtempSync(join(tmpdir(), 'otascope-documented-'));
afterAll(() => rmSync(place, { recursive: true }));

const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].concat(
  readdirSync(join(root, 'docs'))
    .filter((n) => n.endsWith('.md'))
    .map((n) => `docs/${n}`),
);
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

interface Line {
  readonly page: string;
  readonly line: string;
}
const typed: readonly Line[] = pages.flatMap((page) =>
  [...textOf(page).matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s+# .*$/, '').trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => ({ page, line })),
  ),
);
const ours = typed.filter(({ line }) => /\botascope [a-z]/.test(line));

/** Names of files in the checkout, and of those that a line before wrote. */
function placed(word: string): readonly string[] {
  const [path = '', message] = word.split('#');
  const behind = message === undefined ? '' : `#${message}`;
  if (/^(captures|docs)\//.test(path)) {
    const [before, after] = basename(path).split('*');
    if (after === undefined) return [join(root, path) + behind];
    return readdirSync(join(root, dirname(path)))
      .filter((n) => n.startsWith(before!) && n.endsWith(after))
      .map((n) => join(root, dirname(path), n));
  }
  return [/^[\w-]+\.\w+$/.test(path) ? join(place, path) : word];
}

/** Those that end by themselves, and read what is in the checkout. */
const ends = (line: string): boolean => !/\||\b(serve|open|cache)\b/.test(line);
/** 1: it was looked for, and it was found. */
const mayBeOne = (line: string): boolean => /--fail-on|\b(compare|diff)\b/.test(line);

describe('command lines', () => {
  test('are there, each command once at least in the README', () => {
    const told = new Set(ours.filter((l) => l.page === 'README.md').map((l) => /otascope ([a-z]+)/.exec(l.line)?.[1]));
    expect(COMMANDS.map((c) => c.name).filter((name) => !told.has(name))).toEqual([]);
  });
  for (const { page, line } of ours) {
    const words = line
      .slice(line.search(/\botascope /))
      .split(/\s+/)
      .slice(1);
    test(`${page}: ${line}`, async () => {
      const command = COMMANDS.find((c) => c.name === words[0])!;
      parseCommandLine(words.slice(1), command.name, command.options);
      if (!ends(line)) return;
      const { code, err } = await otascope(
        words.flatMap((w) => placed(w)),
        { env: { OTASCOPE_NO_CACHE: '1' } },
      );
      expect(err).toBe('');
      expect(mayBeOne(line) ? [0, 1] : [0]).toContain(code);
    });
  }
});

describe('scripts', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  for (const page of pages) {
    test(`${page} names those there are`, () => {
      const named = [...textOf(page).matchAll(/(?:`|^)npm (?:run )?([a-z][a-z:]+)/gm)].map(([, name = '']) => name);
      const npmOwn = ['ci', 'install', 'pack'];
      expect(named.filter((name) => scripts[name] === undefined && !npmOwn.includes(name))).toEqual([]);
    });
  }
});

describe('links', () => {
  /** As the places where pages are read make an anchor of a heading. */
  const anchor = (heading: string): string =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
  const anchors = (page: string): readonly string[] =>
    [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading));
  for (const page of pages) {
    test(`of ${page} lead somewhere`, () => {
      const dead = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, to = '']) => to)
        .filter((to) => !/^[a-z]+:/.test(to))
        .filter((to) => {
          const [path = '', at] = to.split('#');
          const target = path === '' ? page : join(dirname(page), path);
          if (!existsSync(join(root, target))) return true;
          return at !== undefined && target.endsWith('.md') && !anchors(target).includes(at);
        });
      expect(dead).toEqual([]);
    });
  }
});

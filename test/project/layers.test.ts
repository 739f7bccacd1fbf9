// What may import what, and what may not stand where. Read from top to bottom: each folder sees what is named for it.

import { describe, expect, test } from 'vitest';
import { type Import, type SourceFile, sourceFiles } from './sources.ts';

const CORE = ['captures', 'dissectors', 'analysis'];
const FOLDERS = [...CORE, 'cli', 'electron', 'ui', 'bench'];
const files = FOLDERS.flatMap(sourceFiles);
const tests = sourceFiles('test');

/** Folder of our own -> what its files may import. A package is written with its name, a folder with a slash. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  captures: ['captures/'],
  dissectors: ['dissectors/', 'captures/'],
  analysis: ['analysis/', 'dissectors/', 'captures/', '@noble/hashes/', '@sinclair/typebox'],
  cli: ['cli/', 'analysis/', 'dissectors/index.ts', 'dissectors/registry.ts', 'captures/', 'package.json', 'node:'],
  // Electron's processes are Node too: they share the command line's files, samples and request checks, not its commands.
  electron: ['electron/', 'cli/host/', 'analysis/engine/', 'captures/source.ts', 'node:', 'electron'],
  // The page knows the engine by its contract and codec only; the worker is a host and makes a session.
  ui: [
    'ui/',
    'analysis/engine/contract.ts',
    'analysis/engine/contract/',
    'analysis/draw/',
    'analysis/engine/codec.ts',
    'captures/finding.ts',
    'preact',
    '@preact/signals',
    'd3-',
  ],
  bench: [
    'bench/',
    'analysis/',
    'dissectors/',
    'captures/',
    'cli/host/',
    'cli/server/',
    'test/generator/',
    'test/sigtran/',
    'test/browser.ts',
    '@noble/hashes/',
    'playwright-core',
    'node:',
    'pcap-ng-parser',
  ],
};

/** Single files that are allowed more. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'ui/engine.worker.ts': ['analysis/engine/session.ts', 'captures/source.ts'],
  'ui/file-source.ts': ['captures/source.ts'],
  'ui/judge.worker.ts': ['analysis/engine/workers/'],
  'ui/threads.ts': ['analysis/engine/workers/'],
  'ui/guess-host.ts': ['analysis/verify/guess/'],
  'ui/guess.worker.ts': ['analysis/verify/guess/'],
};

const fits = (to: string, allowed: readonly string[]): boolean =>
  allowed.some((a) => to === a || (/[/:-]$/.test(a) ? to.startsWith(a) : to.startsWith(`${a}/`)));

const folderOf = (f: SourceFile): string => f.path.slice(0, f.path.indexOf('/'));
const list = (found: readonly SourceFile[]): string[] => found.map((f) => f.path);
const importing = (f: SourceFile, wanted: (i: Import) => boolean): boolean => f.imports.some(wanted);

describe('imports point down', () => {
  for (const folder of FOLDERS) {
    test(folder, () => {
      const wrong = files
        .filter((f) => folderOf(f) === folder)
        .flatMap((f) => {
          const allowed = [...(MAY_IMPORT[folder] ?? []), ...(ALSO[f.path] ?? [])];
          return f.imports.filter((i) => !fits(i.to, allowed)).map((i) => `${f.path} -> ${i.to}`);
        });
      expect(wrong).toEqual([]);
    });
  }

  test('a layer of dissectors does not know the one above it', () => {
    // From the bearer up layers read what lies in them themselves; below it that is the driver's work.
    const ORDER = ['base', 'link', 'net', 'transport', 'bearer', 'sms', 'wap', 'content'];
    const rank = (path: string) => (path.startsWith('dissectors/') ? ORDER.indexOf(path.split('/')[1] ?? '') : -1);
    const wrong = files.flatMap((f) => {
      const at = rank(f.path);
      if (at < 0 || at >= ORDER.indexOf('bearer')) return [];
      return f.imports.filter((i) => !i.typeOnly && rank(i.to) > at).map((i) => `${f.path} -> ${i.to}`);
    });
    expect(wrong).toEqual([]);
  });

  test('what is shipped imports nothing that is for development', () => {
    const shipped = files.filter((f) => folderOf(f) !== 'bench');
    expect(list(shipped.filter((f) => importing(f, (i) => /^(test|scripts)\//.test(i.to))))).toEqual([]);
  });
});

describe('one place for each dangerous thing', () => {
  const only = (name: string, pattern: RegExp, allowed: readonly string[]) =>
    test(name, () => {
      const shipped = files.filter((f) => folderOf(f) !== 'bench');
      expect(list(shipped.filter((f) => pattern.test(f.code))).filter((p) => !allowed.includes(p))).toEqual([]);
      for (const path of allowed) expect(list(files)).toContain(path);
    });

  test('electron is imported by value in two files', () => {
    const found = files.filter((f) => importing(f, (i) => i.to === 'electron' && !i.typeOnly));
    expect(list(found).sort()).toEqual(['electron/main/electron.ts', 'electron/preload/electron.ts']);
  });

  test('the network is used by the local server only', () => {
    const network = /^node:(http|https|http2|net|tls|dgram|dns|inspector|cluster)(\/|$)/;
    const found = list(files.filter((f) => importing(f, (i) => network.test(i.to))));
    expect(found.filter((p) => !p.startsWith('cli/server/'))).toEqual([]);
  });

  only('the page asks its own server in two files', /\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/, [
    'ui/carriers/http.ts',
    // Samples, when the page has no other engine than its own.
    'ui/engine.worker.ts',
  ]);
  only('pages are answered in one file', /\bipcMain\s*\.\s*\w+\s*\(/, ['electron/main/guard.ts']);
  only('other programs are started in three files', /\bspawn\w*\s*\(|\bexec\w*Sync\s*\(|\bexecFile\s*\(/, [
    'cli/window/browser.ts',
    'cli/window/electron.ts',
    'cli/window/picture.ts',
  ]);
  only('nothing is opened outside', /\bopenExternal\b|\bshell\s*\./, []);
  only('text is never code', /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(/, []);
  only(
    'text is never markup',
    /\b(inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdangerouslySetInnerHTML\b|\bdocument\s*\.\s*write/,
    [],
  );
  only(
    'no switches, no experiments',
    /\bcommandLine\b|experimentalFeatures|enableBlinkFeatures|webSecurity|allowRunningInsecureContent/,
    [],
  );

  test('the desktop window knows no address but its own', () => {
    // In its strings, too: what is done with an address is done by its text.
    const own = files.filter((f) => f.path.startsWith('electron/') && /\b(?:file|https?|wss?|ftp):\/\//.test(f.text));
    expect(list(own)).toEqual([]);
  });
});

describe('the core is the same everywhere', () => {
  const core = files.filter((f) => CORE.includes(folderOf(f)));
  const banned: readonly [string, RegExp][] = [
    ['Node', /\b(process|Buffer|require|__dirname|globalThis)\b\s*[.([]/],
    ['the page', /\b(localStorage|sessionStorage|indexedDB|navigator)\b\s*[.([]/],
    ['a wall clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\s*\./],
    ['timers', /\b(setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame)\s*\(/],
    ['chance', /\bMath\.random\b|\bcrypto\s*\./],
    ['a console', /\bconsole\s*\./],
  ];
  for (const [name, pattern] of banned) {
    test(`and knows no ${name}`, () => {
      expect(list(core.filter((f) => pattern.test(f.code)))).toEqual([]);
    });
  }
});

describe('how the code is written', () => {
  const all = [...files, ...tests];
  const none = (name: string, pattern: RegExp, where: readonly SourceFile[] = all) =>
    test(name, () => {
      expect(list(where.filter((f) => pattern.test(f.code)))).toEqual([]);
    });

  // Declarations say what others export.
  none(
    'no default exports',
    /^\s*export\s+default\b/m,
    all.filter((f) => !f.path.endsWith('.d.ts')),
  );
  none('no enums, no namespaces', /^\s*(export\s+)?(const\s+)?(enum|namespace)\s+\w+/m);
  none('no skipped or exclusive tests', /\b(it|test|describe)\s*\.\s*(skip|only|todo|fails)\b/, tests);

  test('no suppressed types', () => {
    expect(
      list(all.filter((f) => /@ts-(ignore|nocheck|expect-error)/.test(f.text) && !f.path.startsWith('test/project'))),
    ).toEqual([]);
  });

  test('no file is longer than 500 lines, no table of cases than 600', () => {
    const lines = (f: SourceFile): number => f.text.split('\n').length;
    const long = all.filter((f) => lines(f) > (f.path.startsWith('test/') ? 600 : 500));
    expect(long.map((f) => `${f.path} ${lines(f)}`)).toEqual([]);
  });

  test('no path of one machine, no address of a registry', () => {
    const marks = [
      ['/wo', 'rk/'],
      ['/ro', 'ot/'],
      ['registry\\.', 'npmjs'],
    ].map((p) => p.join(''));
    const pattern = new RegExp(marks.join('|'));
    expect(list(all.filter((f) => pattern.test(f.text)))).toEqual([]);
  });
});

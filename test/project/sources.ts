// The source files of the checkout and what stands in them.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { checkout } from './built.ts';

export interface SourceFile {
  /** With '/', from the checkout's root. */
  readonly path: string;
  readonly text: string;
  /** Without comments and the contents of strings: what is done, not what is said. */
  readonly code: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** A path from the root for our own files, else the name of a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const IMPORT = /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

export function sourceFiles(folder: string): SourceFile[] {
  const out: SourceFile[] = [];
  const walk = (at: string): void => {
    for (const entry of readdirSync(join(checkout, at), { withFileTypes: true })) {
      const path = posix.join(at, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (/\.(ts|tsx|mts|mjs)$/.test(entry.name)) out.push(read(path));
    }
  };
  if (existsSync(join(checkout, folder))) walk(folder);
  return out;
}

function read(path: string): SourceFile {
  const text = readFileSync(join(checkout, path), 'utf8');
  const resolve = (to: string) => (to.startsWith('.') ? posix.join(dirname(path), to) : to);
  const imports: Import[] = [];
  for (const m of text.matchAll(IMPORT)) imports.push({ to: resolve(m[2]!), typeOnly: m[1] !== undefined });
  for (const m of text.matchAll(DYNAMIC)) imports.push({ to: resolve(m[1]!), typeOnly: false });
  return { path, text, code: codeOf(text), imports };
}

/** Good enough for greps: comments go, strings and templates keep their quotes only. */
export function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<![:\\'"`])\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, (m) =>
    m.startsWith('/') ? '' : m[0]! + m[0]!,
  );
}

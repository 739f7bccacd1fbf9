import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { clearCompiled, keepCompiled } from '../../cli/host/compiled.ts';

const home = mkdtempSync(join(tmpdir(), 'otascope-compiled-'));
const folder = join(home, 'compiled');
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A Node that can keep what it compiled, and where it was told to. */
function able() {
  const told: string[] = [];
  return { told, node: { builtinModules, enableCompileCache: (at: string) => told.push(at) } };
}

test('Node is told a folder of this user alone, which goes when it is cleared', () => {
  const { told, node } = able();
  keepCompiled(['scan', 'x.pcap'], {}, node, folder);
  expect(told).toEqual([folder]);
  expect(existsSync(folder)).toBe(true);
  clearCompiled({}, folder);
  expect(existsSync(folder)).toBe(false);
});

test('nothing is kept where nothing may be, and by a Node that cannot', () => {
  const { told, node } = able();
  keepCompiled(['scan', 'x.pcap', '--no-cache'], {}, node, folder);
  keepCompiled(['scan', 'x.pcap'], { OTASCOPE_NO_CACHE: '1' }, node, folder);
  keepCompiled(['scan', 'x.pcap'], {}, { builtinModules }, folder);
  expect(told).toEqual([]);
  expect(existsSync(folder)).toBe(false);
});

// npm run bench [-- NAME]: the benchmarks of bench/, built like the rest and run by plain Node.

import { readdirSync } from 'node:fs';
import { fail, inRoot } from './lib.mjs';
import { setup } from './setup.mjs';

await setup();
const { runTypeScript } = await import('./ts.mjs');
const benches = readdirSync(inRoot('bench'))
  .filter((f) => f.endsWith('.bench.ts'))
  .map((f) => f.slice(0, -'.bench.ts'.length));
const [first, ...rest] = process.argv.slice(2);
const named = first !== undefined && benches.includes(first);
if (first !== undefined && !named && !first.startsWith('-')) {
  fail(`no benchmark is called '${first}'; there are ${benches.join(', ') || 'none'}`, 2);
}
for (const name of named ? [first] : benches) {
  const status = await runTypeScript(`bench/${name}.bench.ts`, 'bench', named ? rest : process.argv.slice(2));
  if (status !== 0) process.exit(status);
}

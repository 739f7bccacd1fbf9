// npm run bench [-- NAME]: the benchmarks of bench/, built like the rest and run by plain Node.

import { existsSync, readdirSync } from 'node:fs';
import { build } from 'vite';
import { fail, inRoot, root, runNode } from './lib.mjs';
import { setup } from './setup.mjs';

await setup();
const benches = readdirSync(inRoot('bench'))
  .filter((f) => f.endsWith('.bench.ts'))
  .map((f) => f.slice(0, -'.bench.ts'.length));
const [first, ...rest] = process.argv.slice(2);
const named = first !== undefined && benches.includes(first);
if (first !== undefined && !named && !first.startsWith('-')) {
  fail(`no benchmark is called '${first}'; there are ${benches.join(', ') || 'none'}`, 2);
}
for (const name of named ? [first] : benches) {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: /^(?!pcap-ng-parser)/ },
    build: { ssr: inRoot('bench', `${name}.bench.ts`), outDir: inRoot('dist', 'bench'), emptyOutDir: false },
  });
  const built = inRoot('dist', 'bench', `${name}.bench.js`);
  if (!existsSync(built)) fail(`bench/${name}.bench.ts did not build`);
  const status = await runNode(built, named ? rest : process.argv.slice(2));
  if (status !== 0) process.exit(status);
}

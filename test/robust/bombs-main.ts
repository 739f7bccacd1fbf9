// npm run bombs [-- NAME]: the bombs of test/robust/heavy.ts at their full size, each in a process of its own.

import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { explode, MEGABYTES, SECONDS } from './bomb.ts';
import { heavy } from './heavy.ts';

const [first, wanted] = process.argv.slice(2);
if (first === '--one') {
  const b = heavy[Number(wanted)]!;
  // What is compiled for the first time is no matter of the bomb.
  await explode(b.make(50));
  const out = await explode(b.make(b.many));
  const said = [...out.codes].filter((c) => b.codes.includes(c));
  process.stdout.write(
    JSON.stringify({
      seconds: out.seconds,
      megabytes: out.megabytes,
      said,
      codes: [...out.codes],
      messages: out.messages,
    }),
  );
} else {
  let bad = 0;
  for (const [i, b] of heavy.entries()) {
    if (first !== undefined && !b.name.includes(first)) continue;
    const out = JSON.parse(
      execFileSync(process.execPath, [process.argv[1]!, '--one', String(i)], { encoding: 'utf8' }),
    );
    const ok = out.seconds < SECONDS && out.megabytes < MEGABYTES && out.said.length > 0;
    if (!ok) bad += 1;
    const said = out.said.length > 0 ? out.said.join(', ') : `nothing of it, but ${out.codes.join(', ')}`;
    const figures = `${out.seconds.toFixed(1)} s, ${Math.round(out.megabytes)} MB, ${out.messages} messages kept`;
    process.stdout.write(`${ok ? 'ok ' : 'BAD'} ${b.name}, ${b.many}: ${figures}; said ${said}\n`);
  }
  process.exitCode = bad > 0 ? 1 : 0;
}

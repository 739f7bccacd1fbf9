// npm run bench -- rules: what the rules of content cost for one document, beside decoding it.
//
//   --rounds N   measurements of each, the best counts (7)
//   --check      exit 1 when the target is missed: 0.5 ms a document for the rules

import process from 'node:process';
import { parseArgs } from 'node:util';
import { EXAMPLES } from '../analysis/conformance/examples.ts';
import { CONTENT_RULES, checkDocument } from '../analysis/conformance/index.ts';
import { Cursor } from '../dissectors/base/cursor.ts';
import { decodeBody } from '../dissectors/content/index.ts';
import { encodeWbxml } from '../dissectors/content/wbxml/encode.ts';
import { PROV } from '../dissectors/content/wbxml/tables/prov.ts';
import { short, table } from './lib/figures.ts';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, check: { type: 'boolean', default: false } },
});

const TARGET_US = 500;
const DOCUMENTS = 1000;
const TYPE = { contentType: 'application/vnd.wap.connectivity-wbxml' };

const decode = (bytes: Uint8Array) => decodeBody(new Cursor(bytes, 0, bytes.length, null, [], 'body'), TYPE);

/** The examples of all rules, right and wrong ones, in WBXML. */
const bodies = EXAMPLES.flatMap((e) => [e.passes, e.fails]).flatMap((xml) => {
  const text = new TextEncoder().encode(xml);
  const { root } = decode(text).document ?? { root: null };
  return root === null ? [] : [encodeWbxml(root, { table: PROV })];
});
const documents = bodies.flatMap((b) => {
  const { provisioning, document } = decode(b);
  return provisioning === null || document === null ? [] : [{ provisioning, length: document.length }];
});

/** Microseconds of the processor for one, the best of the rounds. */
function cost(one: (i: number) => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let r = 0; r < Number(options.rounds); r += 1) {
    const from = process.cpuUsage();
    for (let i = 0; i < DOCUMENTS; i += 1) one(i);
    const { user, system } = process.cpuUsage(from);
    best = Math.min(best, (user + system) / DOCUMENTS);
  }
  return best;
}

const octets = bodies.reduce((n, b) => n + b.length, 0) / bodies.length;
const decoding = cost((i) => decode(bodies[i % bodies.length]!));
const checking = cost((i) => {
  const d = documents[i % documents.length]!;
  checkDocument(d.provisioning, [], d.length);
});
process.stdout.write(
  `${table(
    ['of one document', 'microseconds'],
    [
      [`decoding its ${short(octets)} octets`, decoding.toFixed(1)],
      [`its ${CONTENT_RULES.length} rules`, checking.toFixed(1)],
    ],
  )}\n`,
);
if (options.check && checking > TARGET_US) process.exitCode = 1;

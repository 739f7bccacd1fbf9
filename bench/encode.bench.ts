// npm run bench -- encode: settings as XML to WBXML: one large document in a process of its own beside xml2wbxml, and usual
// ones in this process.
//
//   --contexts N   access points of the large document (400)   --rounds N   measurements of each, medians count (5)
// xml2wbxml takes time with the square of the document's length: minutes for a megabyte.
//
//   --check        exit 1 when a target is missed: 1 ms for usual settings, as fast as xml2wbxml for the large ones

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXAMPLES } from '../analysis/conformance/examples.ts';
import { isFault, writeDocument } from '../analysis/encode/document.ts';
import { installed, type Measured, measure } from './lib/child.ts';
import { median, short, table } from './lib/figures.ts';
import { cli, data, finish, peak, root, say, took } from './lib/result.ts';

const { values: options } = parseArgs({
  options: {
    contexts: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
    check: { type: 'boolean', default: false },
  },
});
const rounds = Math.max(1, Number(options.rounds));

/** Milliseconds for one usual document. */
const TARGET = 1;
const DOCUMENTS = 2000;

const context = (n: number): string => `
  <characteristic type="NAPDEF">
    <parm name="NAPID" value="NAP${n}"/>
    <parm name="NAME" value="Example ${n}"/>
    <parm name="BEARER" value="GSM-GPRS"/>
    <parm name="NAP-ADDRESS" value="internet${n}.example.com"/>
    <parm name="NAP-ADDRTYPE" value="APN"/>
  </characteristic>`;

const large = (contexts: number): string =>
  `<?xml version="1.0"?>\n<!DOCTYPE wap-provisioningdoc PUBLIC "-//WAPFORUM//DTD PROV 1.0//EN" ` +
  `"http://www.wapforum.org/DTD/prov.dtd">\n<wap-provisioningdoc version="1.0">` +
  `${Array.from({ length: contexts }, (_, n) => context(n)).join('')}\n</wap-provisioningdoc>\n`;

const of = (runs: readonly Measured[], pick: (m: Measured) => number | null): number =>
  median(runs.map(pick).filter((v) => v !== null));

async function main(): Promise<number> {
  if (!existsSync(cli)) {
    say('dist/cli/otascope.js is not there: run `npm run setup` first');
    return 2;
  }
  mkdirSync(data, { recursive: true });
  const xml = join(data, 'large.xml');
  writeFileSync(xml, large(Number(options.contexts)));
  const ours = join(data, 'large.wbxml');
  const theirs = join(data, 'large-libwbxml.wbxml');
  const programs: [string, string, readonly string[], string][] = [
    ['otascope encode', process.execPath, [cli, 'encode', xml, '-o', ours], ours],
    ['xml2wbxml', 'xml2wbxml', ['-o', theirs, xml], theirs],
  ];
  const all = new Map<string, Measured[]>();
  for (let r = 0; r < rounds; r += 1) {
    for (const [name, program, args] of programs) {
      if (program !== process.execPath && !installed(program)) continue;
      const m = await measure(program, args, root);
      if (m.status !== 0) throw new Error(`${name} ended with status ${m.status}: ${m.errors}`);
      all.set(name, [...(all.get(name) ?? []), m]);
    }
  }
  const peer = all.get('xml2wbxml');
  const ratio = (runs: readonly Measured[]): number | null =>
    peer === undefined ? null : of(peer, (m) => m.processor) / of(runs, (m) => m.processor);
  const rows = [...all].map(([name, runs]) => [
    name,
    short(of(runs, (m) => m.seconds)),
    short(of(runs, (m) => m.processor)),
    short(of(runs, (m) => m.peak)),
    String(readFileSync(programs.find((p) => p[0] === name)![3]).length),
    short(ratio(runs)),
  ]);
  if (peer === undefined) say('xml2wbxml is not installed: no ratio');

  const usual = EXAMPLES.map((e) => new TextEncoder().encode(e.passes)).filter((x) => !isFault(writeDocument(x, {})));
  const times: number[] = [];
  for (let r = 0; r <= rounds; r += 1) {
    const { processor } = await took(() => {
      for (let i = 0; i < DOCUMENTS; i += 1) writeDocument(usual[i % usual.length]!, {});
    });
    if (r > 0) times.push(processor / DOCUMENTS);
  }
  const each = median(times);
  const octets = usual.reduce((n, x) => n + x.length, 0) / usual.length;
  const text = [
    table(
      [
        `${options.contexts} access points, ${readFileSync(xml).length} octets`,
        's',
        'CPU s',
        'peak MiB',
        'octets out',
        'times xml2wbxml, CPU',
      ],
      rows,
    ),
    table(
      ['in one process', 'CPU ms each', 'a second'],
      [[`usual settings, ${short(octets)} octets of XML`, short(each), short(1000 / each)]],
    ),
    `peak ${short(peak())} MiB`,
  ].join('\n\n');
  const own = all.get('otascope encode')!;
  const missed = [
    ...(each > TARGET ? [`${short(each)} ms for usual settings, target ${TARGET}`] : []),
    ...((ratio(own) ?? 1) < 1
      ? [`the large document takes ${short(1 / ratio(own)!)} times as long as with xml2wbxml`]
      : []),
  ];
  const processes = Object.fromEntries(
    [...all].map(([name, runs]) => [name, runs.map((m) => ({ ...m, output: '', errors: '' }))]),
  );
  return finish('encode', text, { processes, each }, missed, options.check);
}

process.exitCode = await main();

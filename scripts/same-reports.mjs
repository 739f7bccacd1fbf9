// node scripts/same-reports.mjs OTHER [OWN]: do two builds of the command line write the same reports, octet for octet?
//
// OTHER is the otascope.js of another build. Read are all samples and, where they are there, the shared captures.
// A change that only makes things faster changes no report.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail, inRoot } from './lib.mjs';

const [other, own = inRoot('dist/cli/otascope.js')] = process.argv.slice(2);
if (other === undefined || !existsSync(other)) fail('which otascope.js is this build compared with?', 2);

const CAPTURE = /\.(pcap|pcapng|cap|txt|log|hex|gz|zst|lz4|xml|wbxml)$/;
const KEYS = ['--pin', '4711', '--imsi', '262011234567890'];
const FORMS = [['--json', ...KEYS], ['--no-color'], ['--json', '--redact', '--include', 'text']];
const folders = [inRoot('captures/samples'), inRoot('../shared/captures')].filter((f) => existsSync(f));
if (folders.length < 2) process.stderr.write('the shared captures are absent: only the samples are compared\n');

const reportOf = (cli, args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'scan', ...args], { maxBuffer: 1 << 28 });
  return `${status}\n${stdout}\n${stderr}`;
};

let differ = 0;
let compared = 0;
for (const folder of folders) {
  const files = readdirSync(folder).filter((f) => CAPTURE.test(f));
  for (const [n, file] of files.entries()) {
    // Every form for some, one for each: a process takes a third of a second.
    const forms = n % 8 === 0 ? FORMS : [FORMS[0]];
    for (const form of forms) {
      const args = [join(folder, file), ...form];
      compared += 1;
      if (reportOf(own, args) === reportOf(other, args)) continue;
      differ += 1;
      process.stdout.write(`differs: otascope scan ${file} ${form.join(' ')}\n`);
    }
  }
}
process.stdout.write(`${compared} reports compared, ${differ} differ\n`);
process.exitCode = differ > 0 ? 1 : 0;

// The whole pipeline as targets: containers, and a session that is asked everything a page would ask.

import { EXPORT_FORMATS } from '../../analysis/engine/contract/export.ts';
import { createFlows } from '../../analysis/engine/flowsof.ts';
import { load } from '../../analysis/engine/load.ts';
import { reportInput } from '../../analysis/engine/reportof.ts';
import { createSession } from '../../analysis/engine/session.ts';
import { lint } from '../../analysis/lint/lint.ts';
import { buildReport, toJson } from '../../analysis/report/index.ts';
import { openCapture } from '../../captures/open.ts';
import { fromBytes } from '../../captures/source.ts';
import { pcapngOf } from './capture.ts';
import type { Harvest } from './harvest.ts';
import type { Input } from './input.ts';
import { elsewhere } from './structure.ts';
import type { Seen, Target } from './target.ts';

const KEYS = { imsi: ['001010000000017'], pin: ['2580'] };

async function container(bytes: Uint8Array, seen: Seen): Promise<void> {
  const reader = await openCapture(fromBytes('fuzz', bytes));
  if ('unreadable' in reader) {
    seen.add(reader.looksLike);
    return;
  }
  let frames = 0;
  for await (const batch of reader.batches()) {
    if (batch.kind === 'records') continue;
    frames += batch.count;
    for (let i = 0; i < batch.count; i += 1) {
      const at = batch.start[i]!;
      const n = batch.length[i]!;
      if (!(at >= 0) || !(n >= 0) || at + n > batch.bytes.length) throw new Error(`a frame at ${at}+${n}`);
    }
  }
  if (frames > 1_000_000) throw new Error(`${frames} frames`);
  seen.add(`${reader.format} ${reader.variant ?? ''} ${reader.truncatedAt === null}`);
  seen.findings(reader.findings, null);
}

/** A request may be refused with a sentence; anything else is a fault. */
function refused(e: unknown): null {
  if (e instanceof Error && e.constructor === Error && /^There is nothing .*\.$/.test(e.message)) return null;
  throw e;
}

/** Everything there is to ask of one capture; of its messages the first few. */
async function session(bytes: Uint8Array, seen: Seen, turn: number): Promise<void> {
  const nobody = async (): Promise<never> => {
    throw new Error('nothing is opened by name');
  };
  const s = createSession({ open: nobody, samples: async () => [] }, { keys: KEYS });
  const status = await s.openSources([fromBytes('fuzz', bytes)]);
  for (const k of Object.keys(status.totals.byKind)) seen.add(`kind ${k}`);
  for (const k of Object.keys(status.totals.byVerdict)) seen.add(`verdict ${k}`);
  if (status.inputs.some((i) => i.error !== null)) return;
  const { messages } = await s.request({ op: 'rows', table: 'messages', from: 0, count: 3 });
  const { findings } = await s.request({ op: 'rows', table: 'findings', from: 0, count: 200 });
  for (const f of findings) seen.add(f.code);
  for (const m of messages) {
    const { id: message } = m;
    const detail = await s.request({ op: 'detail', message, secrets: turn % 2 === 0 });
    await s.request({ op: 'flow', message });
    await s.request({ op: 'candidates', message });
    await s.request({ op: 'verify', message, keys: KEYS });
    await s.request({ op: 'table', message, format: 'md' });
    for (const { name: buffer } of detail.buffers) await s.request({ op: 'bytes', message, buffer });
  }
  const [a, b] = messages;
  if (a !== undefined && b !== undefined) {
    await s.request({ op: 'compare', a: a.id, b: b.id });
    await s.request({ op: 'diff', a: a.id, b: b.id });
  }
  await s.request({ op: 'overview' });
  const devices = await s.request({ op: 'devices', from: 0, count: 3 });
  for (const d of devices.rows) await s.request({ op: 'device', subscriber: d.id });
  const audit = await s.request({ op: 'audit' });
  seen.add(`audit ${Object.keys(audit).length}`);
  await s.request({ op: 'auditRows', table: 'findings', from: 0, count: 50 });
  await s.request({ op: 'window', t0: status.t0, t1: status.t1, px: 800, laneFrom: 0, laneCount: 20 });
  await s.request({ op: 'density', t0: status.t0, t1: status.t1, columns: 100 });
  await s.request({
    op: 'filter',
    text: 'kind = client-provisioning or parm.NAP-ADDRESS contains internet',
    decode: true,
  });
  const format = EXPORT_FORMATS[turn % EXPORT_FORMATS.length] ?? 'json';
  const out = await s.request({ op: 'export', format, numbers: 'named' }).catch(refused);
  if (out !== null && out.bytes.length > 64 << 20) throw new Error(`an export of ${out.bytes.length} octets`);
  await s.request({ op: 'close' });
}

/** Frames as a capture, through everything up to judged messages and what became of them; now and then to the report. */
async function pipeline(input: Input, seen: Seen): Promise<void> {
  const bytes = pcapngOf(input);
  let sum = bytes.length;
  for (let i = 0; i < bytes.length; i += 7) sum = (Math.imul(sum, 31) + bytes[i]!) | 0;
  // What is done besides depends on the octets alone, so that a reproducer does it too.
  const keys = (sum & 3) === 0 ? KEYS : { imsi: [], pin: [] };
  const loaded = await load([fromBytes('fuzz', bytes)], { keys, includeText: (sum & 4) === 0, blockSize: 1 << 16 });
  if (loaded.opened.some((o) => o.error !== null)) throw new Error('a capture of frames was not read');
  if (loaded.records.length > 20_000) throw new Error(`${loaded.records.length} messages of one input`);
  for (const r of loaded.records) seen.add(`${r.kind} ${r.joined.bearer} ${r.joined.state}`);
  seen.findings(
    loaded.findings.map((f) => f.finding),
    null,
  );
  if ((sum & 0x78) !== 0) return;
  const text = toJson(buildReport(reportInput(loaded, createFlows(loaded), {})));
  if (text.length > 64 << 20) throw new Error(`a report of ${text.length} characters`);
  if ((sum & 0x7f8) === 0) await session(bytes, seen, (sum >>> 12) & 63);
}

/** Each from other addresses, as what goes on between others. */
const TOGETHER = {
  count: 32,
  join: (inputs: readonly Input[]): Input =>
    inputs.flatMap((input, i) => (i === 0 ? input : input.map((s) => elsewhere(s, i)))),
} as const;

const one = (f: { bytes: Uint8Array }): Input => [{ way: 0, bytes: f.bytes }];

/** Slower ones: some milliseconds an input. */
export function wholeTargets(h: Harvest): Target[] {
  const bodies = h.joined.flatMap((j) => (j.data.bytes.length > 20 ? [one(j.data)] : []));
  let turn = 0;
  return [
    {
      name: 'container',
      seeds: h.files.filter((f) => f.bytes.length < 12_000).map(one),
      ways: 1,
      budget: 1000,
      async run(input, seen) {
        for (const { bytes } of input.slice(0, 2)) await container(bytes, seen);
      },
    },
    {
      name: 'lint',
      seeds: bodies,
      ways: 1,
      budget: 500,
      run(input, seen) {
        for (const { bytes } of input) {
          const out = lint(bytes);
          seen.add(`${out?.kind} ${out?.format}`);
          for (const f of out?.findings ?? []) {
            seen.add(f.code);
            if (!(f.start >= 0) || f.start + f.length > bytes.length) throw new Error(`${f.code} points outside`);
          }
        }
      },
    },
    {
      name: 'session',
      seeds: h.files.filter((f) => f.bytes.length < 6000).map(one),
      ways: 1,
      budget: 3000,
      async run(input, seen) {
        turn += 1;
        for (const { bytes } of input.slice(0, 1)) await session(bytes, seen, turn);
      },
    },
    { name: 'pipeline', seeds: h.frames, ways: 300, budget: 1000, whole: 12, run: pipeline, together: TOGETHER },
  ];
}

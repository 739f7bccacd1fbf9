// Inputs to begin with: what each decoder is handed when the samples, and the shared captures if they are there, are read.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCapture } from '../../captures/open.ts';
import { fromBytes } from '../../captures/source.ts';
import type { Cursor } from '../../dissectors/base/cursor.ts';
import type { Context, Dissector } from '../../dissectors/base/dissector.ts';
import type { Sink } from '../../dissectors/base/message.ts';
import { createDriver } from '../../dissectors/driver/index.ts';
import { dissectors } from '../../dissectors/index.ts';
import { createRegistry } from '../../dissectors/registry.ts';
import { createAssembler } from '../../dissectors/sms/assemble.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { decodeRecord } from '../../dissectors/sms/log.ts';
import type { Input, Step } from './input.ts';

const root = join(import.meta.dirname, '..', '..');
const CAPTURE = /\.(?:pcap|pcapng|log|txt|gz|lz4|zst|pdus\.txt|dump|smsbackup|wbxml|xml|json|1|ind)$/;

export interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function filesIn(folder: string): File[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names
    .filter((n) => CAPTURE.test(n) && !/truth\.json$|index\.json$|manifest\.json$/.test(n))
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }))
    .filter((f) => f.bytes.length <= 64 << 10);
}

export interface Harvest {
  /** By id of a dissector: PDUs of one conversation in order. */
  readonly windows: ReadonlyMap<string, readonly Input[]>;
  readonly frames: readonly Input[];
  readonly joined: readonly Joined[];
  readonly files: readonly File[];
  readonly records: readonly Step[];
}

const ENOUGH = 400;
const TOGETHER = 6;

export const RECORD_KINDS = ['tpdu', 'tpdu-sc', 'user-data', 'wsp', 'wbxml', 'xml'] as const;

/** Without `shared` the same on every machine. */
export async function harvest(shared: boolean): Promise<Harvest> {
  const files = [
    ...filesIn(join(root, 'captures', 'samples')),
    ...filesIn(join(root, 'test', 'captures', 'fixtures')),
    ...(shared
      ? [...filesIn(join(root, '..', 'shared', 'captures')), ...filesIn(join(root, '..', 'shared', 'vectors'))]
      : []),
  ];
  const windows = new Map<string, Step[][]>();
  const open = new Map<string, Step[]>();
  const seen = new Set<string>();
  const spied = dissectors.map((d) => {
    const decode = (c: Cursor, ctx: Context): void => {
      const bytes = c.bytes.slice(c.pos, c.end);
      const key = `${d.id} ${Buffer.from(bytes).toString('latin1')}`;
      if (bytes.length > 0 && bytes.length <= 4096 && !seen.has(key)) {
        seen.add(key);
        const all = windows.get(d.id) ?? [];
        windows.set(d.id, all);
        const talk = `${d.id} ${ctx.conversation}`;
        let steps = open.get(talk);
        if ((steps === undefined || steps.length >= TOGETHER) && all.length < ENOUGH) {
          steps = [];
          all.push(steps);
          open.set(talk, steps);
        }
        if (steps !== undefined && steps.length < TOGETHER) steps.push({ way: ctx.direction, bytes });
      }
      d.decode(c, ctx);
    };
    return { ...d, decode } as Dissector;
  });
  const frames: Step[][] = [];
  const records: Step[] = [];
  const joined: Joined[] = [];
  for (const file of files) {
    open.clear();
    const reader = await openCapture(fromBytes(file.name, file.bytes));
    if ('unreadable' in reader) continue;
    const assembler = createAssembler((j) => joined.push(j));
    const sink: Sink = {
      shortMessage: (m) => assembler.shortMessage(m),
      datagram: (d) => assembler.datagram(d),
      answer: () => undefined,
      receipt: () => undefined,
      identity: () => undefined,
      finding: () => undefined,
    };
    const registrar = { add: (batch: { firstNumber: number }, index: number) => batch.firstNumber + index };
    const driver = createDriver({ registry: createRegistry(spied), sink, frames: registrar });
    const here: Step[] = [];
    for await (const batch of reader.batches()) {
      if (batch.kind === 'frames') {
        driver.batch(batch);
        for (let i = 0; i < batch.count; i += 1) {
          const at = batch.start[i]!;
          here.push({ way: batch.linkType[i]!, bytes: batch.bytes.slice(at, at + batch.length[i]!) });
        }
      } else {
        for (const r of batch.records) {
          records.push({ way: RECORD_KINDS.indexOf(r.content), bytes: r.bytes.slice() });
          decodeRecord(r, r.number, r.time, sink);
        }
      }
    }
    driver.end();
    assembler.end();
    for (let i = 0; i < here.length && i < 120; i += 12) frames.push(here.slice(i, i + 12));
  }
  return { windows, frames, joined, files, records };
}

// otascope diff: two documents by what they mean, whatever their order and encoding.

import { compareRecords } from '../../analysis/engine/device.ts';
import { type Loaded, load } from '../../analysis/engine/load.ts';
import type { MessageRecord } from '../../analysis/engine/records.ts';
import type { Arguments, Run } from '../command.ts';
import { loadOptions, openAll, tellUnread, watchReading } from '../inputs.ts';
import { diffText } from '../print/device.ts';
import { type ExitCode, Sentence, usage } from '../sentence.ts';
import { styleFor } from '../style.ts';
import { type Terminal, wantsColour } from '../terminal.ts';

interface Reference {
  readonly file: string;
  readonly message: string | null;
}

/** 'capture.pcap#m3': a message of a file; without one, the file's only message with settings. */
function readReference(text: string): Reference {
  const m = /^(.+)#(m\d+)$/.exec(text);
  return m === null ? { file: text, message: null } : { file: m[1]!, message: m[2]! };
}

interface Read {
  readonly loaded: Loaded;
  readonly exit: ExitCode | undefined;
}

async function read(file: string, args: Arguments, terminal: Terminal): Promise<Read> {
  const sources = await openAll('diff', [file], terminal);
  const reading = watchReading(sources, terminal);
  try {
    const loaded = await load(sources, {
      ...(await loadOptions(args)),
      signal: reading.signal,
      onBatch: (so) => reading.turn(so.opened),
    });
    return { loaded, exit: await tellUnread(loaded.opened, reading, terminal) };
  } finally {
    await reading.end();
  }
}

const SETTINGS: ReadonlySet<string> = new Set(['client-provisioning', 'ota-settings', 'dm-bootstrap']);

function recordOf({ file, message }: Reference, { records }: Loaded): MessageRecord {
  if (message !== null) {
    const found = records.find((r) => r.id === message);
    if (found === undefined) throw new Sentence(`${file} has no message ${message}.`, 2);
    return found;
  }
  const all = records.filter((r) => SETTINGS.has(r.kind));
  const [only] = all;
  if (only === undefined) throw new Sentence(`${file} has no message with settings.`, 2);
  if (all.length === 1) return only;
  const ids = all.slice(0, 6).map((r) => r.id);
  throw new Sentence(
    `${file} has ${all.length} messages with settings (${ids.join(', ')}${all.length > 6 ? ' ...' : ''}); say which: ${file}#${only.id}.`,
    2,
  );
}

export const run: Run = async (args, terminal) => {
  const [first, second, third] = args.positionals;
  if (first === undefined || second === undefined || third !== undefined) {
    throw usage('diff compares two: otascope diff FILE#m1 FILE#m2.');
  }
  const [a, b] = [readReference(first), readReference(second)];
  const left = await read(a.file, args, terminal);
  const right = b.file === a.file ? left : await read(b.file, args, terminal);
  const unread = left.exit ?? right.exit;
  if (unread !== undefined && unread !== 0) return unread;
  const found = compareRecords(recordOf(a, left.loaded), recordOf(b, right.loaded), args.has('show-secrets'));
  if (found.problem !== null) throw new Sentence(found.problem, 3);
  if (args.has('json')) {
    await terminal.out.write(`${JSON.stringify(found, null, 2)}\n`);
  } else {
    const style = styleFor(wantsColour(terminal.out, terminal.env, args.has('no-color')));
    const page = { style, width: terminal.out.isTerminal ? terminal.out.columns : null, base: left.loaded.base };
    await terminal.out.write(`${diffText(found, page).join('\n')}\n`);
  }
  return found.same ? 0 : 1;
};

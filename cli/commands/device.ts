// otascope device: what a phone holds after the messages it was sent, and why.

import type { DeviceChange, DeviceReply, DeviceRow } from '../../analysis/engine/contract/device.ts';
import type { Run } from '../command.ts';
import { closest } from '../host/words.ts';
import { deviceText } from '../print/device.ts';
import { columns } from '../print/message.ts';
import { Sentence } from '../sentence.ts';
import { type FileSession, withSession } from '../session.ts';
import { pageFor } from './show.ts';

export const run: Run = (args, terminal) =>
  withSession('device', args, terminal, async (session, id) => {
    const secrets = args.has('show-secrets');
    const devices = await allDevices(session);
    const wanted = args.value('subscriber');
    const chosen = wanted === undefined ? devices : [find(devices, wanted)];
    if (args.has('json')) {
      const all: unknown[] = [];
      for (const d of chosen) all.push(await whole(session, d, id, secrets));
      await terminal.out.write(`${JSON.stringify({ devices: all }, null, 2)}\n`);
      return;
    }
    const page = pageFor(args, terminal, session);
    const [only] = chosen;
    if (only === undefined) {
      await terminal.out.write('no settings were sent to anybody\n');
      return;
    }
    if (chosen.length > 1) {
      const rows = chosen.map((d) => [d.label, `${d.messages} with settings`, d.verdict]);
      const hint = `for one of them: --subscriber ${only.label}`;
      await terminal.out.write(`${[...columns(rows, 0), '', hint].join('\n')}\n`);
      return;
    }
    const { device, changes } = await whole(session, only, id, secrets);
    await terminal.out.write(`${deviceText(device, changes, page).join('\n')}\n`);
  });

/** A page of the list at a time. */
const PAGE = 500;

export async function allDevices(session: FileSession): Promise<readonly DeviceRow[]> {
  const out: DeviceRow[] = [];
  for (;;) {
    const { total, rows } = await session.request({ op: 'devices', from: out.length, count: PAGE });
    out.push(...rows);
    if (out.length >= total || rows.length === 0) return out;
  }
}

const plain = (number: string): string => number.replace(/^(\+|00)/, '');

/** By number or IMSI, with or without a plus. */
export function find(devices: readonly DeviceRow[], wanted: string): DeviceRow {
  const found = devices.find((d) => d.id === wanted) ?? devices.find((d) => plain(d.id) === plain(wanted));
  if (found !== undefined) return found;
  const near = closest(
    wanted,
    devices.map((d) => d.id),
  );
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  throw new Sentence(`no settings were sent to the subscriber that --subscriber names.${hint}`, 2);
}

interface Whole {
  readonly device: DeviceReply;
  /** Of each step. */
  readonly changes: readonly (readonly DeviceChange[])[];
}

/** The phone after its last message, or after message `id`. */
async function whole(session: FileSession, d: DeviceRow, id: string | undefined, secrets: boolean): Promise<Whole> {
  const ask = (step?: number) =>
    session.request({ op: 'device', subscriber: d.id, secrets, ...(step === undefined ? {} : { step }) });
  const last = await ask();
  const at = id === undefined ? -1 : last.steps.findIndex((s) => s.message === id || s.sightings.includes(id));
  if (id !== undefined && at < 0) throw new Sentence(`${id} brought no settings to ${d.label}.`, 2);
  const device = id === undefined ? last : await ask(at);
  const changes: (readonly DeviceChange[])[] = [];
  for (let step = 0; step <= device.step; step += 1) changes.push((await ask(step)).changes);
  return { device: { ...device, steps: device.steps.slice(0, device.step + 1) }, changes };
}

// draft-ietf-opsawg-pcapng-05 4.3 (epb_dropcount), 4.6 and appendix A: when the capturing host lost packets.

import type { FindingLog } from '../findinglog.ts';
import { LIMITS } from '../limits.ts';
import type { Loss } from '../reader.ts';
import type { CaptureInterface } from './interface.ts';
import { PCAPNG_RULES } from './rules.ts';

type Widening = { -readonly [K in keyof Loss]: Loss[K] };

const nameOf = (f: CaptureInterface, id: number): string => (f.name === '' ? `${id}` : f.name);

export class Losses {
  readonly list: Widening[] = [];
  readonly #log: FindingLog;

  constructor(log: FindingLog) {
    this.#log = log;
  }

  /** Between the last packet of the interface, at `before`, and its packet `number`. */
  between(
    f: CaptureInterface,
    id: number,
    lost: { readonly before: number; readonly packets: number; readonly number: number },
    at: number,
    length: number,
  ): void {
    const { before, packets, number } = lost;
    if (packets === 0) return;
    const message = `Interface ${id}: ${packets} packets lost before frame ${number}`;
    this.#log.add(PCAPNG_RULES.dropped, at, length, message);
    f.placed += packets;
    this.#add({ from: Number.isNaN(before) ? null : before, to: f.last, packets, by: `interface ${nameOf(f, id)}` });
  }

  /** What the statistics of an interface say at `until`: more than at the last time was lost since then. */
  until(f: CaptureInterface, id: number, until: number, lost: { dropped: number; droppedByOs: number }): void {
    // Some writers leave the time of their statistics out: then they are those of its last packet.
    const to = until > (f.told ?? 0) ? until : f.last;
    const byInterface = lost.dropped - f.dropped;
    const byOs = lost.droppedByOs - f.droppedByOs;
    // What was said of single packets is part of it.
    const rest = byInterface + byOs - f.placed;
    const by = byInterface > 0 ? `interface ${nameOf(f, id)}` : `the operating system on interface ${nameOf(f, id)}`;
    if (rest > 0) this.#add({ from: f.told, to, packets: rest, by });
    f.dropped = Math.max(f.dropped, lost.dropped);
    f.droppedByOs = Math.max(f.droppedByOs, lost.droppedByOs);
    f.told = to;
    f.placed = 0;
  }

  #add(loss: Widening): void {
    if (Number.isNaN(loss.to)) return;
    const last = this.list[this.list.length - 1];
    const joins = last !== undefined && last.by === loss.by && last.to === loss.from;
    if (last === undefined || (!joins && this.list.length < LIMITS.losses)) {
      this.list.push(loss);
      return;
    }
    last.to = Math.max(last.to, loss.to);
    last.packets += loss.packets;
  }
}

// Messages in segments (ITU-T Q.714 4.1.1.2): each says how many follow it, the first one says so by a bit.

import { type ByteMap, concatMapped, type FrameId, keep, type Mapped } from '../../../base/bytemap.ts';
import { Cursor } from '../../../base/cursor.ts';
import type { Context } from '../../../base/dissector.ts';
import type { Time } from '../../../base/message.ts';
import type { Tell } from '../shared.ts';
import type { Unitdata } from './deliver.ts';
import { sccpRules } from './rules.ts';
import { handUp } from './up.ts';

export interface Segmentation {
  readonly first: boolean;
  /** 0 to 15. */
  readonly remaining: number;
  readonly reference: number;
}

interface Part extends Mapped {
  readonly map: ByteMap;
  readonly frame: FrameId;
  readonly time: Time;
  readonly missing: number;
}

interface Run {
  readonly key: string;
  readonly about: Unitdata;
  readonly since: Time;
  /** Segments, by how many follow. */
  readonly parts: (Part | undefined)[];
  /** How many the first one announces; 0 before it came. */
  total: number;
  octets: number;
  last: Part;
}

/** ITU-T Q.714 Annex C: T(reass) is 10 to 20 seconds. */
const WAIT = 20e9;
const MOST_RUNS = 4096;
const MOST_OCTETS = 8 << 20;

export class Segments {
  /** The oldest first. */
  readonly #runs = new Map<string, Run>();
  readonly #tell: Tell;
  #octets = 0;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  get held(): number {
    return this.#runs.size;
  }

  /** Takes the data in the cursor's window; hands the message up when it is complete. */
  add(c: Cursor, ctx: Context, u: Unitdata, s: Segmentation): void {
    this.#expire(ctx);
    const data = { bytes: c.bytes.subarray(c.pos, c.end), map: ctx.origin(c.pos, c.left) };
    const part: Part = { ...keep(data), frame: ctx.frame, time: ctx.time, missing: u.missing };
    // "Calling party address, segmentation local reference": where the address is not unique, the sender's point code.
    const key = `${ctx.sourceAddress} ${u.calling.name} ${s.reference}`;
    let run = this.#runs.get(key);
    if (run !== undefined && !fits(run, s, part)) {
      this.#tell.frame(ctx, sccpRules.segmentConflict, `reference ${s.reference} from ${u.calling.name}`);
      this.#giveUp(run, ctx);
      run = undefined;
    }
    if (run === undefined) {
      run = { key, about: u, since: ctx.time, parts: [], total: 0, octets: 0, last: part };
      this.#runs.set(key, run);
    }
    if (run.parts[s.remaining] !== undefined) return;
    run.parts[s.remaining] = part;
    run.last = part;
    run.octets += part.bytes.length;
    this.#octets += part.bytes.length;
    if (s.first) run.total = s.remaining + 1;
    if (run.total > 0 && count(run) === run.total) {
      this.#forget(run);
      handOn(run, ctx, 0);
    } else {
      this.#withinBudget(ctx);
    }
  }

  end(ctx: Context): void {
    for (const run of this.#runs.values()) this.#giveUp(run, ctx);
  }

  #expire(ctx: Context): void {
    for (const run of this.#runs.values()) {
      if (!(ctx.time - run.since > WAIT)) return;
      this.#giveUp(run, ctx);
    }
  }

  #withinBudget(ctx: Context): void {
    while (this.#runs.size > MOST_RUNS || this.#octets > MOST_OCTETS) {
      const [oldest] = this.#runs.values();
      if (oldest === undefined) return;
      this.#tell.frame(ctx, sccpRules.segmentBudget, `${this.#runs.size} messages, ${this.#octets} octets`);
      this.#giveUp(oldest, ctx);
    }
  }

  #forget(run: Run): void {
    this.#runs.delete(run.key);
    this.#octets -= run.octets;
  }

  /** What is there from the beginning goes up; it ends where the first segment is missing. */
  #giveUp(run: Run, ctx: Context): void {
    this.#forget(run);
    const { last } = run;
    const of = run.total === 0 ? 'the first one is missing' : `of ${run.total}`;
    const message = `${count(run)} segments are there, ${of}`;
    const finding = { rule: sccpRules.segmentMissing, message, of: 'frame', start: 0, length: 0 } as const;
    ctx.sink.finding({ frame: last.frame, time: last.time, finding });
    if (run.total > 0 && run.parts[run.total - 1] !== undefined) handOn(run, ctx, 1);
  }
}

const count = (run: Run): number => run.parts.reduce((n, p) => (p === undefined ? n : n + 1), 0);

function fits(run: Run, s: Segmentation, part: Part): boolean {
  if (run.total > 0 && (s.first ? s.remaining + 1 !== run.total : s.remaining + 1 >= run.total)) return false;
  if (run.total === 0 && s.first && run.parts.length > s.remaining) return false;
  const known = run.parts[s.remaining];
  if (known === undefined) return true;
  return known.bytes.length === part.bytes.length && known.bytes.every((v, i) => v === part.bytes[i]);
}

/** Segments from the first on, as far as they adjoin. */
function handOn(run: Run, ctx: Context, lacking: number): void {
  const parts: Part[] = [];
  for (let n = run.total - 1; n >= 0; n--) {
    const part = run.parts[n];
    if (part === undefined) break;
    parts.push(part);
    if (part.missing > 0) break;
  }
  const { bytes, map } = concatMapped(parts);
  const missing = Math.max(lacking, parts.at(-1)?.missing ?? 0);
  const { called, calling } = run.about;
  const { frame, time } = run.last;
  const c = new Cursor(bytes, 0, bytes.length, null, [], 'pdu');
  const names = { sourceAddress: calling.name, destinationAddress: called.name };
  handUp(c, ctx, called.subsystem, calling.subsystem, { ...names, map, frame, time, missing });
}

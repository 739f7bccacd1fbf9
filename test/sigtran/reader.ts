// Frames through the decoders one by one, with somebody who looks or nobody: trees, findings, and what was said.

import type { Finding } from '../../captures/finding.ts';
import { Cursor, runLayer } from '../../dissectors/base/cursor.ts';
import type { Context, Handover, Table } from '../../dissectors/base/dissector.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { sigtran } from '../../dissectors/bearer/sigtran/index.ts';
import { layersOfFrame } from '../../dissectors/driver/inspect.ts';
import { createRegistry } from '../../dissectors/registry.ts';
import { CHUNK, createChunk, DATA_HEADER, nextChunk } from '../../dissectors/transport/sctp/chunks.ts';

const registry = createRegistry(sigtran);

/** One buffer and what was read in it. */
export interface Tree {
  readonly bytes: Uint8Array;
  readonly rows: TreeRow[];
}

export interface Heard {
  /** Every call of the sink, as text. */
  readonly said: string[];
  readonly findings: Finding[];
  readonly trees: Tree[];
}

const text = (what: string, x: unknown): string =>
  `${what} ${JSON.stringify(x, (_, v: unknown) => (v instanceof Uint8Array ? [...v].join(',') : v))}`;

export class Reader {
  readonly #states = new Map<string, unknown>();
  readonly #ends: (() => void)[] = [];
  readonly #looks: boolean;
  readonly heard: Heard = { said: [], findings: [], trees: [] };
  #frame = 0;

  /** `looks`: with a recorder. */
  constructor(looks: boolean) {
    this.#looks = looks;
  }

  /** Reads what the frame carries; its own layers are a tree, too. */
  frame(bytes: Uint8Array, linkType: number): void {
    this.#frame += 1;
    const rows: TreeRow[] = [];
    const layers = layersOfFrame(bytes, linkType, this.#looks ? recordInto(rows) : null);
    if (linkType === 1) this.heard.trees.push({ bytes, rows });
    const { start, length } = layers.payload;
    if (linkType !== 1) this.#root('link.type', linkType, bytes.slice());
    else if (layers.transport === 'sctp') this.#messages(bytes, start, start + length);
  }

  /** Tells those who asked for it that nothing follows. */
  end(): void {
    for (const end of this.#ends) end();
  }

  #messages(b: Uint8Array, start: number, end: number): void {
    const k = createChunk();
    for (let at = start; at < end; ) {
      const next = nextChunk(b, at, end, k);
      if (next < 0) return;
      if (k.type === CHUNK.data && k.end - k.at >= DATA_HEADER) {
        const protocol = b[k.at + 15]!;
        this.#root('sctp.ppid', protocol === 0 ? 3 : protocol, b.slice(k.at + DATA_HEADER, k.end));
      }
      at = next;
    }
  }

  #root(table: Table, key: number, bytes: Uint8Array): void {
    const rows: TreeRow[] = [];
    const c = new Cursor(bytes, 0, bytes.length, this.#looks ? recordInto(rows) : null, [], 'pdu');
    if (!this.#give(table, key, c, {})) return;
    this.heard.trees.push({ bytes, rows });
    this.heard.findings.push(...c.findings);
  }

  #give(table: Table, key: number | string, c: Cursor, over: Handover): boolean {
    const d = registry.bound(table, key);
    if (d === undefined || d.kind !== 'datagram') return false;
    const { said } = this.heard;
    const ctx: Context = {
      time: this.#frame * 1e6,
      frame: this.#frame,
      sourceAddress: over.sourceAddress ?? '',
      destinationAddress: over.destinationAddress ?? '',
      sourcePort: 0,
      destinationPort: 0,
      conversation: over.conversation ?? 'link',
      direction: over.direction ?? 0,
      chosenBy: `${table} ${key}`,
      missing: over.missing ?? 0,
      returned: over.returned,
      sink: {
        shortMessage: (x) => said.push(text('message', x)),
        datagram: (x) => said.push(text('datagram', x)),
        answer: (x) => said.push(text('answer', x)),
        receipt: (x) => said.push(text('receipt', x)),
        identity: (x) => said.push(text('identity', x)),
        finding: (x) => said.push(text('finding', x)),
      },
      origin: (start, length) => [{ start: 0, length, frame: this.#frame, offset: start }],
      state: (init) => init(),
      shared: <T>(init: () => T, end?: (state: T, ctx: Context) => void): T => {
        if (!this.#states.has(d.id)) {
          const made = init();
          this.#states.set(d.id, made);
          if (end !== undefined) this.#ends.push(() => end(made, ctx));
        }
        return this.#states.get(d.id) as T;
      },
      next: (t, k, inner, handover = {}) => {
        const { map: _, ...kept } = handover;
        const down = { ...over, missing: 0, ...kept };
        return handover.map === undefined ? this.#give(t, k, inner, down) : this.#joined(t, k, inner, down);
      },
    };
    runLayer(c, () => d.decode(c, ctx));
    return true;
  }

  #joined(table: Table, key: number | string, c: Cursor, over: Handover): boolean {
    const rows: TreeRow[] = [];
    const own = new Cursor(c.bytes, c.pos, c.end, this.#looks ? recordInto(rows) : null, c.findings, c.of);
    const read = this.#give(table, key, own, over);
    if (read) this.heard.trees.push({ bytes: c.bytes, rows });
    return read;
  }
}

// Hex dumps: an offset, then octets, then what they look like. hexdump -C, xxd, od, Wireshark's copy as hex dump.

import type { Moment } from './clock.ts';
import { fromShape, type LogContext, type Recogniser } from './context.ts';
import { hexOctets } from './hex.ts';
import { HINT } from './interest.ts';
import { byteAt, type Line } from './lines.ts';
import { RULES } from './rules.ts';
import { judge } from './shape.ts';

const MAX_OCTETS = 1 << 16;
const OFFSET = /^[>|\s]{0,16}(?:0x)?([0-9a-f]{4,16})[:h]?[ \t]{1,4}(?=[0-9a-f]{2})/i;
const MAX_LINE_OCTETS = 64;

interface Block {
  readonly lines: string[];
  readonly line: Line;
  readonly at: number;
  end: number;
  readonly moment: Moment | null;
  /** Octets, and octets before the newest line. */
  octets: number;
  before: number;
}

export class DumpLines implements Recogniser {
  readonly wants = HINT.hex;
  private readonly ctx: LogContext;
  private block: Block | null = null;

  constructor(ctx: LogContext) {
    this.ctx = ctx;
  }

  get busy(): boolean {
    return this.block !== null;
  }

  line(l: Line): boolean {
    const m = OFFSET.exec(l.text);
    const digits = m === null ? '' : groupsFrom(l.text, m[0].length);
    if (m === null || digits === '') {
      // The lone offset that hexdump ends with.
      const total = this.block === null ? null : /^[>|\s]{0,16}(?:0x)?([0-9a-f]{4,16})\s*$/i.exec(l.text);
      if (total !== null && this.cutTo(total[1]!)) {
        this.flush();
        return true;
      }
      this.flush();
      return false;
    }
    if (/^0+$/.test(m[1]!)) {
      this.flush();
      if (l.text.slice(m[0].length).replace(/[^0-9a-f]/gi, '').length < 4) return false;
      const moment = this.ctx.timeAt(l.number);
      this.block = {
        lines: [digits],
        line: l,
        at: l.at,
        end: byteAt(l, l.text.length),
        moment,
        octets: digits.length / 2,
        before: 0,
      };
      return true;
    }
    if (this.block === null || !this.cutTo(m[1]!) || this.block.octets > MAX_OCTETS) {
      this.flush();
      return false;
    }
    this.block.before = this.block.octets;
    this.block.octets += digits.length / 2;
    this.block.lines.push(digits);
    this.block.end = byteAt(l, l.text.length);
    return true;
  }

  passed(): void {
    this.flush();
  }

  end(): void {
    this.flush();
  }

  /** Leaves as many octets as the next offset says; false where that can't be (hex, decimal and octal are tried). */
  private cutTo(offset: string): boolean {
    const b = this.block!;
    for (const base of [16, 10, 8]) {
      const n = base === 16 || !/[a-f]/i.test(offset) ? Number.parseInt(offset, base) : Number.NaN;
      if (!(n > b.before && n <= b.octets)) continue;
      b.lines[b.lines.length - 1] = b.lines.at(-1)!.slice(0, 2 * (n - b.before));
      b.octets = n;
      return true;
    }
    return false;
  }

  private flush(): void {
    const b = this.block;
    if (b === null) return;
    this.block = null;
    const bytes = hexOctets(b.lines.join(''));
    const s = judge(bytes);
    if (s === undefined || (s.fit !== 'exact' && s.fit !== 'open' && !s.sure)) {
      this.ctx.hexUnknown(b.line);
      return;
    }
    if (s.fit === 'short') {
      this.ctx.report(RULES.pduCut, b.at, b.end - b.at, `${bytes.length} octets of ${s.octets} are there.`);
    } else if (s.fit === 'long') {
      this.ctx.report(RULES.pduLong, b.at, b.end - b.at, `${bytes.length} octets where the PDU has ${s.octets}.`);
    }
    this.ctx.record({ ...fromShape(s), bytes, at: b.at, end: b.end, label: 'hexdump', moment: b.moment });
  }
}

/** Digits of the groups from `at`, up to a gap of three blanks, a bar or a word that is no group. */
function groupsFrom(text: string, at: number): string {
  const group = /((?:[0-9a-f]{2}){1,4})(?= {1,2}[^ ]| {3}|[ \t]*$|[\t|-])[ -]?[ ]?/iy;
  group.lastIndex = at;
  let digits = '';
  while (digits.length < 2 * MAX_LINE_OCTETS) {
    const from = group.lastIndex;
    const m = group.exec(text);
    if (m === null) break;
    digits += m[1];
    if (text.slice(from + m[1]!.length).startsWith('   ')) break;
  }
  return digits;
}

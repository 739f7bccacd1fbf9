// Provisioning documents in the text of a log or a letter: from '<?xml' or the root to the root's end.

import type { Moment } from './clock.ts';
import type { LogContext, Recogniser } from './context.ts';
import { HINT } from './interest.ts';
import { byteAt, type Line, textToOctets } from './lines.ts';
import { RULES } from './rules.ts';
import { XML_ROOT, xmlRoot } from './sniff.ts';

const MAX_CHARACTERS = 1 << 18;
const START = /<\?xml\b|<!DOCTYPE\s|<(?:wap-provisioningdoc|characteristic-list|si|sl|emn|syncsettings)[\s>]/i;

/** Characters in which the root must have begun. */
const MAX_PROLOG = 4096;

interface Block {
  readonly lines: string[];
  length: number;
  /** Its beginning, until the root is known. */
  prolog: string;
  readonly at: number;
  end: number;
  readonly unit: 1 | 2;
  readonly moment: Moment | null;
  root: string | undefined;
}

export class XmlLines implements Recogniser {
  readonly wants = HINT.xml;
  private readonly ctx: LogContext;
  private block: Block | null = null;

  constructor(ctx: LogContext) {
    this.ctx = ctx;
  }

  get busy(): boolean {
    return this.block !== null;
  }

  line(l: Line): boolean {
    const given = this.ctx.count;
    let from = this.block === null ? 0 : this.more(l, 0);
    while (this.block === null) {
      const m = START.exec(l.text.slice(from));
      if (m === null) break;
      const start = from + m.index;
      this.block = {
        lines: [],
        length: 0,
        prolog: '',
        at: byteAt(l, start),
        end: 0,
        unit: l.unit,
        moment: this.ctx.timeAt(l.number),
        root: undefined,
      };
      from = this.more(l, start);
    }
    return this.block !== null || this.ctx.count > given;
  }

  end(): void {
    const b = this.block;
    if (b === null) return;
    if (b.root !== undefined) this.ctx.cutInside(b.at);
    this.give(b);
  }

  /** Adds the line from character `from`; returns where the document ends in it. */
  private more(l: Line, from: number): number {
    const b = this.block!;
    const text = from === 0 ? l.text : l.text.slice(from);
    const stop = this.documentEnd(b, text);
    if (this.block === null) return l.text.length;
    const kept = stop < 0 ? text : text.slice(0, stop);
    b.lines.push(kept);
    b.length += kept.length + 1;
    b.end = byteAt(l, from + kept.length);
    if (stop >= 0) {
      this.give(b);
      return from + stop;
    }
    if (b.length > MAX_CHARACTERS) {
      const message = `No end within ${MAX_CHARACTERS} characters.`;
      this.ctx.report(RULES.documentSize, b.at, b.end - b.at, message);
      this.give(b);
    }
    return l.text.length;
  }

  /** Where in `text` the root ends, -1 where it does not. Gives the block up when its root is another's. */
  private documentEnd(b: Block, text: string): number {
    if (b.root === undefined) {
      const before = b.prolog.length + (b.prolog === '' ? 0 : 1);
      b.prolog += b.prolog === '' ? text : `\n${text}`;
      b.root = xmlRoot(b.prolog);
      if (b.root === undefined ? b.prolog.length > MAX_PROLOG : !XML_ROOT.test(b.root)) this.block = null;
      if (b.root === undefined || this.block === null) return -1;
      const tag = b.prolog.indexOf(`<${b.root}`, Math.max(0, before - b.root.length - 2));
      const end = b.prolog.indexOf('>', tag);
      if (end > 0 && b.prolog.charAt(end - 1) === '/') return end + 1 - before;
    }
    const close = text.indexOf(`</${b.root}`);
    const end = close < 0 ? -1 : text.indexOf('>', close);
    return end < 0 ? -1 : end + 1;
  }

  private give(b: Block): void {
    this.block = null;
    if (b.root === undefined) return;
    const joined = b.lines.join('\n');
    // As a JSON string has it.
    const text = joined.includes('=\\"') ? joined.replace(/\\(["\\/])/g, '$1') : joined;
    const bytes = b.unit === 1 ? textToOctets(text) : new TextEncoder().encode(text);
    this.ctx.record({ content: 'xml', bytes, at: b.at, end: b.end, label: 'xml', moment: b.moment });
  }
}

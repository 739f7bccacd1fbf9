// Lines in, records out: offers each line that may matter to those who know a kind of log.

import { AccessLog } from './access.ts';
import { AtLog } from './at.ts';
import { SmsBackup } from './backup.ts';
import { LogContext, type Recogniser } from './context.ts';
import { DumpLines } from './dump-lines.ts';
import { EVERY_HINT, hintsOf, mayBeginWithTime } from './interest.ts';
import { KannelLog } from './kannel.ts';
import { type Encoding, type Line, LineSplitter, MAX_LINE, octetsToText, WideSplitter } from './lines.ts';
import { PduLines } from './pdu-lines.ts';
import { RULES } from './rules.ts';
import { TableLog } from './table.ts';
import { XmlLines } from './xml-lines.ts';

/** Lines at the start of a file that are always looked at: headers of tables. */
const FIRST_LINES = 4;
/** Characters kept of a line passed over, for its time. */
const TIME_LENGTH = 40;
/** Line ends that programs write out within one line. */
const WRITTEN_LINE_END = /\\r\\n|\\r|\\n|<CR><LF>|<CR>|<LF>/i;

export class LogScanner {
  readonly ctx: LogContext;
  private readonly recognisers: readonly Recogniser[];
  private readonly splitter: { push(block: Uint8Array, at: number): void; finish(): boolean };
  private readonly unit: 1 | 2;
  /** Lines that belong to a kind of log, with a message in them or not. */
  taken = 0;
  private number = 0;
  private readonly passed = new Uint8Array(TIME_LENGTH);
  private passedLength = 0;
  private passedAt = 0;
  private passedNumber = 0;
  private finished = false;
  /** Somebody waits for what follows. */
  private busy = false;

  constructor(encoding: Encoding, ctx = new LogContext()) {
    this.ctx = ctx;
    this.unit = encoding === 'utf-8' ? 1 : 2;
    this.recognisers = [
      new SmsBackup(ctx),
      new KannelLog(ctx),
      new XmlLines(ctx),
      new TableLog(ctx),
      new AccessLog(ctx),
      new AtLog(ctx),
      new DumpLines(ctx),
      new PduLines(ctx),
    ];
    const tooLong = (at: number) =>
      ctx.once(RULES.lineLength, at, MAX_LINE * this.unit, `Characters after the first ${MAX_LINE} are not read.`);
    this.splitter =
      this.unit === 1
        ? new LineSplitter({ line: (b, s, e, at) => this.octets(b, s, e, at), tooLong })
        : new WideSplitter(encoding === 'utf-16be', (text, at) => this.wide(text, at), tooLong);
  }

  /** `at`: byte position of the block in the file. The block is not kept. */
  push(block: Uint8Array, at: number): void {
    this.splitter.push(block, at);
  }

  /** `size`: bytes of the file. */
  finish(size: number): void {
    if (this.finished) return;
    this.finished = true;
    if (this.splitter.finish()) this.ctx.cutAt = size;
    for (const r of this.recognisers) r.end();
    this.ctx.close();
  }

  private octets(b: Uint8Array, start: number, end: number, at: number): void {
    this.number += 1;
    const hints = this.number <= FIRST_LINES ? EVERY_HINT : hintsOf(b, start, end);
    if (hints !== 0 || this.busy) {
      this.line({ text: octetsToText(b, start, end), at, unit: 1, number: this.number }, hints);
      return;
    }
    if (!mayBeginWithTime(b, start, end)) return;
    this.passedLength = Math.min(end - start, TIME_LENGTH);
    for (let i = 0; i < this.passedLength; i += 1) this.passed[i] = b[start + i]!;
    this.passedAt = at;
    this.passedNumber = this.number;
  }

  private wide(text: string, at: number): void {
    this.number += 1;
    this.line({ text, at, unit: 2, number: this.number }, EVERY_HINT);
  }

  private line(l: Line, hints: number): void {
    const from = this.time(l);
    if (!WRITTEN_LINE_END.test(l.text)) {
      this.offer(l, from, hints);
    } else {
      let start = 0;
      for (const part of l.text.split(WRITTEN_LINE_END)) {
        if (part !== '')
          this.offer({ ...l, text: part, at: l.at + start * l.unit }, Math.max(0, from - start), EVERY_HINT);
        const rest = l.text.slice(start + part.length, start + part.length + 8);
        start += part.length + (WRITTEN_LINE_END.exec(rest)?.[0].length ?? 0);
      }
    }
    this.busy = false;
    for (const r of this.recognisers) if (r.busy) this.busy = true;
  }

  private offer(l: Line, from: number, hints: number): void {
    const taker = this.recognisers.find((r) => (r.busy || (r.wants & hints) !== 0) && r.line(l, from));
    if (taker !== undefined) this.taken += 1;
    for (const r of this.recognisers) if (r !== taker) r.passed?.();
  }

  /** Characters of the time at the line's start; a line without one takes that of the line passed over before it. */
  private time(l: Line): number {
    const own = this.ctx.lineTime(l);
    if (own > 0) this.passedLength = 0;
    if (this.passedLength === 0) return own;
    const text = octetsToText(this.passed, 0, this.passedLength);
    this.ctx.lineTime({ text, at: this.passedAt, unit: 1, number: this.passedNumber });
    this.passedLength = 0;
    return 0;
  }
}

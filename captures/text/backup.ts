// gammu's .smsbackup: sections [SMSBackupNNN] of name = value, user data and its header in hex.

import { readTime } from './clock.ts';
import type { Draft, LogContext, Recogniser } from './context.ts';
import { fieldDcs, joined, wholeHeader } from './fields.ts';
import { hexOctets, hexOnly } from './hex.ts';
import { HINT } from './interest.ts';
import { byteAt, type Line, readable } from './lines.ts';
import { RULES } from './rules.ts';

const SECTION = /^\s*\[SMSBackup[^\]]{0,40}\]/i;
const PAIR = /^\s*([A-Za-z]+)(\d*)\s*=\s*(.*)$/;
/** Octets of one message: 255 parts is far more than a section has. */
const MAX_DIGITS = 2 * 4096;

interface Section {
  readonly at: number;
  readonly number: number;
  readonly unit: 1 | 2;
  end: number;
  readonly values: Map<string, string>;
  text: string;
  damaged: string | null;
}

export class SmsBackup implements Recogniser {
  readonly wants = HINT.section;
  private readonly ctx: LogContext;
  private section: Section | null = null;

  constructor(ctx: LogContext) {
    this.ctx = ctx;
  }

  get busy(): boolean {
    return this.section !== null;
  }

  line(l: Line): boolean {
    if (SECTION.test(l.text)) {
      this.finish();
      const end = byteAt(l, l.text.length);
      this.section = { at: l.at, number: l.number, unit: l.unit, end, values: new Map(), text: '', damaged: null };
      return true;
    }
    const s = this.section;
    if (s === null) return false;
    if (/^\s*(?:[;#].*)?$/.test(l.text)) return true;
    const pair = PAIR.exec(l.text);
    if (pair === null) {
      this.finish();
      return false;
    }
    s.end = byteAt(l, l.text.length);
    const name = pair[1]!.toLowerCase();
    const value = pair[3]!.trim().replace(/^"(.*)"$/, '$1');
    if (name === 'text') this.text(s, l, value);
    else if (s.values.size < 64) s.values.set(name, value);
    return true;
  }

  end(): void {
    const s = this.section;
    const whole = s?.values.has('length') === true || s?.values.has('coding') === true;
    this.finish();
    if (s !== null && !whole) this.ctx.cutInside(s.at);
  }

  private text(s: Section, l: Line, value: string): void {
    const digits = hexOnly(value);
    if (digits === undefined) {
      s.damaged ??= `line ${l.number} is not hex`;
      return;
    }
    if (digits.length % 2 === 1) s.damaged ??= `line ${l.number} has an odd number of digits`;
    if (s.text.length + digits.length <= MAX_DIGITS) s.text += digits.slice(0, digits.length & ~1);
  }

  private finish(): void {
    const s = this.section;
    if (s === null) return;
    this.section = null;
    const { ctx } = this;
    const length = s.end - s.at;
    if (s.damaged !== null) ctx.report(RULES.row, s.at, length, `Section on line ${s.number}: ${s.damaged}.`);
    const given = hexOnly(s.values.get('udh') ?? '');
    const udh = given === undefined ? undefined : wholeHeader(hexOctets(given));
    if (udh === undefined) {
      ctx.report(RULES.row, s.at, length, `Section on line ${s.number}: its header can not be read.`);
    }
    const body = hexOctets(s.text);
    const dcs = codingOf(s.values.get('coding'));
    const bytes = joined(udh ?? new Uint8Array(0), body);
    if (bytes.length === 0) return;
    const announced = Number(s.values.get('length') ?? Number.NaN);
    if (dcs === 4 && !Number.isNaN(announced) && announced !== body.length && s.damaged === null) {
      ctx.report(RULES.pduLength, s.at, length, `Length = ${announced}, the text has ${body.length} octets.`);
    }
    ctx.record({
      content: 'user-data',
      bytes,
      udhi: (udh?.length ?? 0) > 0,
      dcs,
      ...this.fields(s),
      at: s.at,
      end: s.end,
      label: 'smsbackup',
    });
  }

  private fields(s: Section): Pick<Draft, 'direction' | 'from' | 'to' | 'smsc' | 'moment'> {
    const number = stringOf(s, 'number');
    const kind = (s.values.get('pdu') ?? '').toLowerCase();
    const sent = kind === 'submit' || (kind === '' && /^(?:sent|unsent)$/i.test(s.values.get('state') ?? ''));
    const t = readTime(s.values.get('datetime') ?? s.values.get('sent') ?? '');
    if (t !== undefined && !t.zoned) {
      this.ctx.once(RULES.noZone, s.at, s.end - s.at, 'The zone is not in the backup: times are read as UTC.');
    }
    return {
      direction: sent ? 'mo' : 'mt',
      from: sent ? undefined : number,
      to: sent ? number : undefined,
      smsc: stringOf(s, 'smsc'),
      moment: t?.moment,
    };
  }
}

/** Text is UCS-2 in hex unless the coding is 8 bit. */
const codingOf = (coding: string | undefined): number => (fieldDcs(undefined, coding) === 4 ? 4 : 8);

function stringOf(s: Section, name: string): string | undefined {
  const wide = hexOnly(s.values.get(`${name}unicode`) ?? '');
  if (wide !== undefined && wide !== '' && wide.length % 4 === 0) {
    const octets = hexOctets(wide);
    let text = '';
    for (let i = 0; i < octets.length; i += 2) text += String.fromCharCode((octets[i]! << 8) | octets[i + 1]!);
    return text;
  }
  const given = s.values.get(name);
  return given === undefined ? undefined : readable(given, s.unit);
}

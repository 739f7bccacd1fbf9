// Lines that hold a whole message in names and values: Kannel's access log, URLs of a send request, key=value logs.

import { readTime } from './clock.ts';
import type { LogContext, Recogniser } from './context.ts';
import { type FieldName, fieldAddresses, fieldDcs, fieldIndexes, joined, readFields, wholeHeader } from './fields.ts';
import { hexOctets } from './hex.ts';
import { HINT } from './interest.ts';
import { byteAt, type Line, readable, textToOctets } from './lines.ts';
import { RULES } from './rules.ts';
import { judge } from './shape.ts';
import { isXmlOctets } from './sniff.ts';

/** '[from:123] [to:456] [flags:-1:1:-1:-1:3] [msg:6:0601AE] [udh:7:0605040B8423F0]'. */
const BOX =
  /\[from:([^\]]{0,64})\] \[to:([^\]]{0,64})\] \[flags:([^\]]{0,40})\] \[msg:\s?(\d{1,6}):([^\]]*)\] \[udh:\s?(\d{1,4}):([0-9A-Fa-f]*)\]/;
/** What a request asks, up to the blank before the protocol. */
const QUERY = /\?([^\s"'<>?]{1,65536})/;
const PAIRS = /(?:^|[\s,;{[(&?])([A-Za-z][A-Za-z_-]{0,24})\s?[=:]\s?("[^"]{0,4096}"|[^\s,;&"'})\]]{1,65536})/g;

export class AccessLog implements Recogniser {
  readonly busy = false;
  readonly wants = HINT.named | HINT.request;
  private readonly ctx: LogContext;

  constructor(ctx: LogContext) {
    this.ctx = ctx;
  }

  line(l: Line): boolean {
    const text = l.text;
    if (!/udh|sendota/i.test(text)) return false;
    return this.box(l) || this.request(l) || this.pairs(l);
  }

  end(): void {}

  private moment(l: Line) {
    const bracket = text10(l.text);
    if (bracket >= 0) {
      const t = readTime(l.text, bracket);
      if (t !== undefined && t.kind === 'full') this.ctx.hold(t, l);
    }
    return this.ctx.timeAt(l.number);
  }

  private box(l: Line): boolean {
    const m = BOX.exec(l.text);
    if (m === null) return false;
    const [, from, to, flags, size, msg, headerSize, udh] = m;
    const coding = Number(flags!.split(':')[1]);
    const at = byteAt(l, m.index);
    const end = byteAt(l, m.index + m[0].length);
    const counted = msg!.length === 2 * Number(size);
    const isHex = (counted || coding > 0) && msg!.length % 2 === 0 && /^[0-9a-f]+$/i.test(msg!);
    const header = hexOctets(udh!);
    if (/\bDLR SMS\b/.test(l.text) || (header.length === 0 && (coding !== 1 || !isHex))) return true;
    if (Number(headerSize) !== header.length || (coding > 0 && !counted)) {
      const message = `Line ${l.number}: [msg:${size}] and [udh:${headerSize}] differ from what follows them.`;
      this.ctx.report(RULES.dumpLength, at, end - at, message);
    }
    this.ctx.record({
      content: 'user-data',
      bytes: joined(header, isHex ? hexOctets(msg!) : textToOctets(msg!)),
      at,
      end,
      label: 'Kannel access log',
      moment: this.moment(l),
      direction: /\bReceive SMS\b/.test(l.text) ? 'mo' : 'mt',
      udhi: header.length > 0,
      dcs: fieldDcs(undefined, flags!.split(':')[1]),
      from: readable(from!, l.unit),
      to: readable(to!, l.unit),
    });
    return true;
  }

  /** '/cgi-bin/sendsms?...&udh=%06%05...&text=...' and '/cgi-bin/sendota?...&text=%3C...'. */
  private request(l: Line): boolean {
    const m = QUERY.exec(l.text);
    if (m === null || !/(?:^|&)(?:udh|text)=/i.test(m[1]!)) return false;
    const query = new Map<string, string>();
    for (const pair of m[1]!.split('&', 64)) {
      const eq = pair.indexOf('=');
      if (eq > 0) query.set(pair.slice(0, eq).toLowerCase(), pair.slice(eq + 1));
    }
    const body = unescaped(query.get('text') ?? query.get('msg') ?? query.get('data') ?? '');
    const header = wholeHeader(unescaped(query.get('udh') ?? ''));
    const at = byteAt(l, m.index);
    const end = byteAt(l, m.index + m[0].length);
    const address = (name: string): string | undefined => {
      const v = query.get(name);
      return v === undefined ? undefined : new TextDecoder('utf-8').decode(unescaped(v));
    };
    const place = {
      at,
      end,
      moment: this.moment(l),
      direction: 'mt' as const,
      from: address('from'),
      to: address('to'),
    };
    if (query.has('udh') && header === undefined) {
      this.ctx.report(RULES.row, at, end - at, `Line ${l.number}: the header in the request can not be read.`);
      return true;
    }
    if (header !== undefined && header.length > 0) {
      const dcs = fieldDcs(query.get('dcs'), query.get('coding')) ?? 4;
      const label = 'Kannel sendsms';
      this.ctx.record({ ...place, content: 'user-data', bytes: joined(header, body), udhi: true, dcs, label });
      return true;
    }
    if (isXmlOctets(body)) {
      this.ctx.record({ ...place, content: 'xml', bytes: body, label: 'Kannel sendota' });
      return true;
    }
    const s = judge(body);
    if (s?.fit !== 'open') return false;
    this.ctx.record({ ...place, content: s.content, bytes: body, udhi: s.udhi, label: 'Kannel sendsms' });
    return true;
  }

  /** 'from=123 to=456 udh=0605040B8423F0 ud=0106...'. */
  private pairs(l: Line): boolean {
    if (l.text.length > 1 << 16) return false;
    const names: string[] = [];
    const values: string[] = [];
    let first = -1;
    let last = 0;
    for (const m of l.text.matchAll(PAIRS)) {
      if (names.length >= 64) break;
      if (first < 0) first = m.index;
      last = m.index + m[0].length;
      names.push(m[1]!);
      values.push(m[2]!.replace(/^"(.*)"$/, '$1'));
    }
    const columns = fieldIndexes(names);
    if (!columns.has('udh') || !columns.has('ud')) return false;
    const value = (f: FieldName): string | undefined => {
      const v = values[columns.get(f) ?? -1];
      return v === undefined ? undefined : readable(v, l.unit);
    };
    const read = readFields(value);
    if (read === undefined || typeof read === 'string') return false;
    const addresses = fieldAddresses(value);
    const at = byteAt(l, first);
    this.ctx.record({
      ...read,
      ...addresses,
      direction: read.direction ?? addresses.direction,
      at,
      end: byteAt(l, last),
      label: 'key=value',
      moment: this.ctx.timeAt(l.number),
    });
    return true;
  }
}

/** Where the time of a web server's access log may be. */
const text10 = (text: string): number => /\[\d\d\/[A-Za-z]{3}\/\d{4}:/.exec(text.slice(0, 200))?.index ?? -1;

/** RFC 3986 2.1, percent-encoding, and '+' for a blank; a value that is hex alone is taken for hex. */
function unescaped(value: string): Uint8Array {
  if (!value.includes('%') && value.length >= 6 && value.length % 2 === 0 && /^[0-9a-f]+$/i.test(value)) {
    const octets = hexOctets(value);
    if (judge(octets) !== undefined || 1 + octets[0]! === octets.length) return octets;
  }
  const out = new Uint8Array(value.length);
  let n = 0;
  for (let i = 0; i < value.length; i += 1) {
    const pair = value.charAt(i) === '%' ? /^[0-9a-f]{2}/i.exec(value.slice(i + 1, i + 3)) : null;
    if (pair !== null) {
      out[n++] = Number.parseInt(pair[0], 16);
      i += 2;
    } else if (value.charAt(i) === '+') out[n++] = 0x20;
    else out[n++] = value.charCodeAt(i) & 0xff;
  }
  return out.slice(0, n);
}

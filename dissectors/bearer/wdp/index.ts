// Wireless Datagram Protocol over UDP: the datagram is the UDP payload, the ports are UDP's own (WAP-259-WDP 5.2).

import type { Finding, Rule } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, on } from '../../base/dissector.ts';
import type { Address } from '../../base/message.ts';
import { wdpFields as f } from './fields.ts';
import { wdpRules } from './rules.ts';

/** IANA, Service Name and Transport Protocol Port Number Registry; WAP-259-WDP Appendix B. */
const WAP_PUSH = 2948;
const WAP_PUSH_SECURE = 2949;
const WAP_WSP = 9200;
const WAP_WSP_S = 9202;
const WAP_WSP_WTP_S = 9203;
/** Over-the-air settings of Nokia and Ericsson, before OMA. */
const OTA_SETTINGS = 49_999;

const SERVICES: ReadonlySet<number> = new Set([
  WAP_PUSH,
  WAP_PUSH_SECURE,
  WAP_WSP,
  WAP_WSP_S,
  WAP_WSP_WTP_S,
  OTA_SETTINGS,
]);
/** OMA-TS-ULP-V2_0 6: SUPL INIT as a datagram of its own. */
const SUPL = 7275;

const SECURED: ReadonlySet<number> = new Set([WAP_PUSH_SECURE, WAP_WSP_S, WAP_WSP_WTP_S]);

/** WAP-230-WSP 8.2.1, Table 34. */
const PUSH = 0x06;
const CONFIRMED_PUSH = 0x07;

/** What was said about a conversation already. */
interface Told {
  readonly codes: Set<string>;
}

// WAP-230-WSP 8.2.1: in connectionless mode a transaction identifier comes first, then the PDU type.
function decode(c: Cursor, ctx: Context): void {
  const start = c.pos;
  const length = c.left;
  const type = c.peek(1);
  c.group(f.wdp, undefined, () => c.span(f.data, length));
  const service = ctx.chosenBy === 'decode as' ? null : unread(ctx);
  if (ctx.destinationPort === SUPL && ctx.chosenBy !== 'decode as') emit(c, ctx, start, length, 'binary');
  else if (service !== null) tellOnce(ctx, service, `UDP port ${ctx.sourcePort} to ${ctx.destinationPort}`);
  else if (type === PUSH || type === CONFIRMED_PUSH) emit(c, ctx, start, length, 'wsp');
  else tellOnce(ctx, wdpRules.notPush, typeText(type));
}

/** The rule that says why a service is not read; null where it is. The destination tells, where it is a WAP port. */
function unread(ctx: Context): Rule | null {
  const port = SERVICES.has(ctx.destinationPort) ? ctx.destinationPort : ctx.sourcePort;
  return SECURED.has(port) ? wdpRules.secured : null;
}

function emit(c: Cursor, ctx: Context, start: number, length: number, content: 'wsp' | 'binary'): void {
  const findings: Finding[] = [];
  const missing = ctx.missing ?? 0;
  if (missing > 0) {
    const message = `${length} of ${length + missing} octets are in the capture`;
    findings.push({ rule: wdpRules.cut, message, of: 'pdu', start: 0, length });
  }
  const data = { bytes: c.bytes.subarray(start, start + length), map: ctx.origin(start, length) };
  ctx.sink.datagram({
    bearer: 'udp',
    operation: 'WDP datagram',
    direction: 'mt',
    from: address(ctx.sourceAddress),
    to: address(ctx.destinationAddress),
    imsi: null,
    ports: { source: ctx.sourcePort, destination: ctx.destinationPort },
    time: ctx.time,
    frame: ctx.frame,
    content,
    ...(missing > 0 ? { cut: true } : {}),
    data,
    pdu: data,
    dissector: 'wdp',
    chosenBy: ctx.chosenBy,
    answerKey: null,
    findings,
  });
}

const address = (value: string): Address | null => (value === '' ? null : { value, type: 'ip' });

const typeText = (type: number | undefined): string =>
  type === undefined ? 'fewer than two octets' : `PDU type 0x${type.toString(16).padStart(2, '0')}`;

function tellOnce(ctx: Context, rule: Rule, message: string): void {
  const { codes } = ctx.state<Told>(() => ({ codes: new Set() }));
  if (codes.has(rule.code)) return;
  codes.add(rule.code);
  const { frame, time } = ctx;
  ctx.sink.finding({ frame, time, finding: { rule, message, of: 'frame', start: 0, length: 0 } });
}

export const wdp: DatagramDissector = {
  kind: 'datagram',
  id: 'wdp',
  title: 'Wireless Datagram Protocol over UDP',
  refs: ['WAP-259-WDP', 'WAP-230-WSP'],
  fields: f,
  rules: Object.values(wdpRules),
  carriedBy: [...SERVICES, SUPL].map((port) => on('udp.port', port)),
  decode,
};

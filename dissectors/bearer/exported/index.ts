// Exported PDUs: records of link type 252 that name the dissector of what they hold.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import { type Context, type DatagramDissector, type Handover, on } from '../../base/dissector.ts';
import type { Address } from '../../base/message.ts';
import { tpduToShortMessage } from '../../sms/message.ts';
import { decodeTpdu } from '../../sms/tpdu.ts';
import { decodeCp, looksLikeCp } from '../cprp/cp.ts';
import { decodeRp } from '../cprp/index.ts';
import { newRpMemory, type RpMemory } from '../cprp/memory.ts';
import { exportedFields as f } from './fields.ts';
import { noOptions, type Options, readOptions } from './options.ts';
import { exportedRules } from './rules.ts';

/** LINKTYPE_WIRESHARK_UPPER_PDU. */
const LINK_TYPE = 252;
const MOST_NAMES = 64;
/** 3GPP TS 23.040 9.2.3.1: SMS-SUBMIT, where nothing tells the way it goes. */
const SUBMIT = 1;

/** Names of the exporting program's dissectors, and who reads such PDUs here. */
export const EXPORTED_AS: Readonly<Record<string, string>> = {
  smpp: 'smpp',
  ucp: 'ucp',
  cimd: 'cimd2',
  sip: 'sip',
  diameter: 'diameter',
  http: 'http',
  'wtp-udp': 'wtp',
  'wsp-wtp': 'wtp',
  gsmtap: 'gsmtap',
  gsm_ipa: 'ipa',
  gsup: 'gsup',
  sgsap: 'sgsap',
  s1ap: 's1ap',
  'nas-eps': 'nas-eps',
  bssap: 'bssap',
  gsm_abis_rsl: 'rsl',
  gsm_sim: 'sim-apdu',
  m3ua: 'm3ua',
  m2ua: 'm2ua',
  m2pa: 'm2pa',
  sua: 'sua',
  mtp3: 'mtp3',
  sccp: 'sccp',
  tcap: 'tcap',
};

interface Memory {
  readonly rp: RpMemory;
  /** Names that were told to be unread. */
  readonly told: Set<string>;
}

const newMemory = (): Memory => ({ rp: newRpMemory(), told: new Set() });

const address = (value: string): Address | null => (value === '' ? null : { value, type: 'ip' });

const wayOf = (o: Options, c: Cursor): 'mt' | 'mo' => {
  if (o.way !== null) return o.way === 'sent' ? 'mo' : 'mt';
  return ((c.peek() ?? 0) & 3) === SUBMIT ? 'mo' : 'mt';
};

function shortMessage(c: Cursor, ctx: Context, o: Options): void {
  const start = c.pos;
  const length = c.left;
  const before = c.findings.length;
  const direction = wayOf(o, c);
  const tpdu = decodeTpdu(c, direction);
  const out = tpduToShortMessage(tpdu, c.bytes, {
    bearer: 'exported-pdu',
    direction,
    from: null,
    to: null,
    imsi: null,
    smsc: null,
    time: ctx.time,
    frame: ctx.frame,
    pdu: { bytes: c.bytes.subarray(start, start + length), map: ctx.origin(start, length) },
    dissector: `sms-tpdu-${direction}`,
    chosenBy: ctx.chosenBy,
    answerKey: null,
    findings: c.findings.slice(before).map((x) => ({ ...x, of: 'pdu', start: Math.max(0, x.start - start) })),
    origin: (at, n) => ctx.origin(at, n),
  });
  if (out === null || (!tpdu.complete && tpdu.address === null)) return;
  c.findings.length = before;
  if ('message' in out) ctx.sink.shortMessage(out.message);
  else ctx.sink.receipt(out.receipt);
}

function datagram(c: Cursor, ctx: Context, o: Options, content: 'wsp' | 'wbxml'): void {
  const start = c.pos;
  const length = c.left;
  c.span(f.payload, length);
  const data = { bytes: c.bytes.subarray(start, start + length), map: ctx.origin(start, length) };
  ctx.sink.datagram({
    bearer: 'exported-pdu',
    operation: `exported ${content}`,
    direction: 'mt',
    from: address(o.source),
    to: address(o.destination),
    imsi: null,
    ports: o.destinationPort === 0 ? null : { source: o.sourcePort, destination: o.destinationPort },
    time: ctx.time,
    frame: ctx.frame,
    content,
    data,
    pdu: data,
    dissector: content,
    chosenBy: ctx.chosenBy,
    answerKey: null,
    findings: [],
  });
}

type Reader = (c: Cursor, ctx: Context, o: Options, m: Memory) => void;

const scopeOf = (o: Options): string => [o.source, o.destination].sort().join(' ');

const READERS: Readonly<Record<string, Reader>> = {
  gsm_sms: shortMessage,
  gsm_a_rp: (c, ctx, o, m) => {
    decodeRp(c, ctx, { bearer: 'exported-pdu', memory: m.rp, scope: scopeOf(o) });
  },
  gsm_a_dtap: (c, ctx, o, m) => {
    if (!looksLikeCp(c.bytes, c.pos, c.end)) return;
    const way = o.way === null ? {} : { direction: wayOf(o, c) };
    decodeCp(c, ctx, { bearer: 'exported-pdu', memory: m.rp, scope: scopeOf(o), ...way });
  },
  wsp: (c, ctx, o) => datagram(c, ctx, o, 'wsp'),
  'wsp-cl': (c, ctx, o) => datagram(c, ctx, o, 'wsp'),
  wbxml: (c, ctx, o) => datagram(c, ctx, o, 'wbxml'),
};

/** The PDU as it travelled below: one conversation for both ways. */
function handover(o: Options, id: string): Handover {
  const source = `${o.source}:${o.sourcePort}`;
  const destination = `${o.destination}:${o.destinationPort}`;
  const swapped = destination < source;
  const ends = swapped ? `${destination} ${source}` : `${source} ${destination}`;
  return {
    sourceAddress: o.source,
    destinationAddress: o.destination,
    sourcePort: o.sourcePort,
    destinationPort: o.destinationPort,
    conversation: `exported ${id} ${ends}`,
    direction: swapped ? 1 : 0,
  };
}

function pdu(c: Cursor, ctx: Context, o: Options, m: Memory): void {
  const name = o.name ?? '';
  const at = c.pos;
  const own = READERS[name.replaceAll('.', '_')];
  const id = EXPORTED_AS[name];
  if (own !== undefined) own(c, ctx, o, m);
  else if (id !== undefined && ctx.next('dissector', id, c, handover(o, id))) c.pos = c.end;
  else if (m.told.size < MOST_NAMES && !m.told.has(name)) {
    m.told.add(name);
    if (name === '') c.report(exportedRules.unnamed, at, c.left, 'no option names a dissector');
    else c.report(exportedRules.unread, at, c.left, `they are for '${name}'`);
  }
  if (c.left > 0) c.span(f.payload, c.left);
}

// exported_pdu_tlvs.h: options, then the PDU.
export const exported: DatagramDissector = {
  kind: 'datagram',
  id: 'exported',
  title: 'Exported PDUs',
  refs: ['LINKTYPE_WIRESHARK_UPPER_PDU', '3GPP TS 23.040', '3GPP TS 24.011'],
  fields: f,
  rules: Object.values(exportedRules),
  carriedBy: [on('link.type', LINK_TYPE)],
  decode(c, ctx) {
    const o = noOptions();
    const m = ctx.shared?.(newMemory) ?? ctx.state(newMemory);
    c.group(f.header, undefined, () => {
      runLayer(c, () => readOptions(c, o));
    });
    // Options that were cut leave no octet for the PDU.
    if (c.left > 0) runLayer(c, () => pdu(c, ctx, o, m));
  },
};

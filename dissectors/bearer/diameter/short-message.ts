// 3GPP TS 29.338 5.3, 6.3: what requests and answers mean.

import type { Finding } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import type { Address } from '../../base/message.ts';
import { tpduToShortMessage } from '../../sms/message.ts';
import { decodeTpdu, type Tpdu } from '../../sms/tpdu.ts';
import {
  ABSENT,
  AVP,
  COMMANDS,
  DELIVERY_CAUSES,
  isSuccess,
  isTemporary,
  MO_FORWARD,
  MT_FORWARD,
  ROUTING_INFO,
  resultName,
} from './codes.ts';
import { diameterRules } from './fields.ts';
import type { Avps, Header } from './read.ts';

/** Requests without an answer so far; the oldest is forgotten beyond that. */
const MAX_OPEN = 65_536;

export interface Asked {
  readonly key: string;
  readonly command: number;
  readonly msisdn: string | null;
  readonly imsi: string | null;
}

/** This conversation's open requests by direction and hop-by-hop identifier (RFC 6733 3). */
export interface Memory {
  readonly open: Map<string, Asked>;
}

export const newMemory = (): Memory => ({ open: new Map() });

const number = (digits: string | undefined): Address | null =>
  digits === undefined || digits === '' ? null : { value: digits, type: 'international', plan: 1 };

const imsiOf = (a: Avps): string | null => {
  const name = a.texts.get(AVP.userName);
  return name !== undefined && /^\d{6,15}$/.test(name) ? name : null;
};

/** The TPDU's direction: SGd uses one application both ways. */
export const directionOf = (command: number): 'mt' | 'mo' => (command === MO_FORWARD ? 'mo' : 'mt');

export const readTpdu = (c: Cursor, command: number, request: boolean): Tpdu | null =>
  // Answers carry the report of the other direction.
  command === MT_FORWARD || command === MO_FORWARD
    ? decodeTpdu(c, request ? directionOf(command) : directionOf(command) === 'mt' ? 'mo' : 'mt')
    : null;

export function emitRequest(
  c: Cursor,
  ctx: Context,
  h: Header,
  a: Avps,
  tpdu: Tpdu | null,
  whole: { readonly start: number; readonly length: number },
  memory: Memory,
  findings: Finding[],
): void {
  const key = `${ctx.conversation}/${ctx.direction}/${h.hopByHop.toString(16)}@${ctx.frame}.${whole.start}`;
  const msisdn = a.digits.get(AVP.msisdn) ?? null;
  const imsi = imsiOf(a);
  const { open } = memory;
  open.set(`${ctx.direction}/${h.hopByHop}`, { key, command: h.command, msisdn, imsi });
  if (open.size > MAX_OPEN)
    for (const oldest of open.keys()) {
      open.delete(oldest);
      break;
    }
  if (imsi !== null && msisdn !== null) {
    const text = `User-Name and MSISDN of one ${COMMANDS[h.command] ?? 'Diameter'} request`;
    ctx.sink.identity({ msisdn, imsi, time: ctx.time, frame: ctx.frame, text });
  }
  if (h.command !== MT_FORWARD && h.command !== MO_FORWARD) return;
  if (tpdu === null) {
    c.report(diameterRules.noPayload, whole.start, whole.length, COMMANDS[h.command] ?? '');
    return;
  }
  const direction = directionOf(h.command);
  const subscriber = number(msisdn ?? undefined);
  const out = tpduToShortMessage(tpdu, c.bytes, {
    bearer: 'diameter-sgd',
    operation: `${COMMANDS[h.command]}-Request`,
    direction,
    from: direction === 'mt' ? null : subscriber,
    to: direction === 'mt' ? subscriber : null,
    imsi,
    smsc: number(a.digits.get(AVP.scAddress)),
    time: ctx.time,
    frame: ctx.frame,
    pdu: {
      bytes: c.bytes.subarray(whole.start, whole.start + whole.length),
      map: ctx.origin(whole.start, whole.length),
    },
    dissector: 'diameter',
    chosenBy: ctx.chosenBy,
    answerKey: key,
    findings: findings.splice(0),
    origin: (start, length) => ctx.origin(start, length),
  });
  if (out === null) return;
  if ('message' in out) ctx.sink.shortMessage(out.message);
  else ctx.sink.receipt(out.receipt);
}

/** Why it failed, in the words of the AVPs that say more than the result. */
function reasons(a: Avps): string {
  const absent = a.numbers.get(AVP.absentUserDiagnostic);
  const cause = a.numbers.get(AVP.smEnumeratedCause);
  const said = [
    cause === undefined ? undefined : (DELIVERY_CAUSES[cause] ?? `cause ${cause}`),
    absent === undefined ? undefined : (ABSENT[absent] ?? `diagnostic ${absent}`),
    a.texts.get(AVP.errorMessage),
  ].filter((t) => t !== undefined);
  return said.length === 0 ? '' : `: ${said.join(', ')}`;
}

export function emitAnswer(ctx: Context, h: Header, a: Avps, memory: Memory): void {
  const asked = `${1 - ctx.direction}/${h.hopByHop}`;
  const request = memory.open.get(asked);
  if (request === undefined) return;
  memory.open.delete(asked);
  const experimental = a.experimental !== null;
  const code = a.experimental ?? a.numbers.get(AVP.resultCode);
  if (code === undefined) return;
  const ok = isSuccess(code);
  if (request.command === ROUTING_INFO && ok) {
    const imsi = imsiOf(a) ?? request.imsi;
    if (imsi !== null) {
      const text = 'Send-Routing-Info-for-SM, the answer to a question for this number';
      ctx.sink.identity({ msisdn: request.msisdn, imsi, time: ctx.time, frame: ctx.frame, text });
    }
  }
  if (request.command !== MT_FORWARD && request.command !== MO_FORWARD) return;
  const name = resultName(code, experimental);
  ctx.sink.answer({
    bearer: 'diameter-sgd',
    operation: `${COMMANDS[h.command] ?? ''}-Answer`,
    answerKey: request.key,
    time: ctx.time,
    frame: ctx.frame,
    ok,
    temporary: isTemporary(code, experimental),
    code: ok ? null : `${experimental ? 'Experimental-Result' : 'Result-Code'} ${code}`,
    text: `${name}${ok ? '' : reasons(a)}`,
    messageId: null,
  });
}

// OMA SIP push: a push message in SIP MESSAGE, as application/vnd.oma.push or as its own content type.

import { concatMapped, type Mapped } from '../../base/bytemap.ts';
import { looksLikePush } from '../../wap/wsp/looks.ts';
import { PUSH } from '../../wap/wsp/names.ts';
import { headerValue } from '../http/lines.ts';
import { latin1 } from '../text/delimited.ts';
import type { SipBody, SipRequest } from './request.ts';
import { sipRules } from './rules.ts';
import { bestParty } from './uri.ts';

type Content = { readonly content: 'wsp' | 'xml' | 'mime'; readonly data: Mapped };

/** A transaction identifier and the PDU type: what a push of connection mode lacks to be one of connectionless mode. */
const CONNECTIONLESS: Mapped = { bytes: Uint8Array.of(0, PUSH), map: [] };

/**
 * OMA-TS-SIP_Push-V1_0 was not at hand: the container is read in each form that one may send, a WSP push with or without
 * transaction identifier and type, header lines as text, a bare document.
 */
function contentOf(m: Mapped): Content | null {
  const { bytes } = m;
  if (looksLikePush(bytes, 0, bytes.length) >= 0.5) return { content: 'wsp', data: m };
  const longer = concatMapped([CONNECTIONLESS, m]);
  if (looksLikePush(longer.bytes, 0, longer.bytes.length) >= 0.5) return { content: 'wsp', data: longer };
  const begin = latin1(bytes, { start: 0, length: Math.min(bytes.length, 80) });
  if (/^[A-Za-z][A-Za-z0-9-]*:/.test(begin)) return { content: 'mime', data: m };
  return /^\s*</.test(begin) ? { content: 'xml', data: m } : null;
}

/** Hands on the push in a body of type application/vnd.oma.push. */
export function readPushContainer(r: SipRequest, body: SipBody): void {
  const found = contentOf(body.content);
  if (found !== null) send(r, found);
  else r.c.report(sipRules.pushForm, body.at.start, body.at.length, `${body.content.bytes.length} octets`);
}

/** A body whose own content type is one that is pushed: its headers and itself are the push. */
export function readPushBody(r: SipRequest, body: SipBody): void {
  const head = new TextEncoder().encode(`Content-Type: ${body.type}\r\n\r\n`);
  send(r, { content: 'mime', data: concatMapped([{ bytes: head, map: [] }, body.content]) });
}

function send(r: SipRequest, found: Content): void {
  const { ctx, headers } = r;
  const to = bestParty([headerValue(headers, 'To', 't'), headerValue(headers, 'P-Called-Party-ID'), r.target]);
  const from = bestParty([headerValue(headers, 'P-Asserted-Identity'), headerValue(headers, 'From', 'f')]);
  ctx.sink.datagram({
    bearer: 'sip',
    operation: 'MESSAGE',
    direction: 'mt',
    from: from.address,
    to: to.address,
    imsi: to.imsi,
    ports: null,
    time: ctx.time,
    frame: ctx.frame,
    ...found,
    ...(r.cut ? { cut: true } : {}),
    pdu: r.pdu,
    dissector: r.dissector,
    chosenBy: ctx.chosenBy,
    answerKey: r.answerKey,
    findings: r.c.findings.splice(r.before),
  });
}

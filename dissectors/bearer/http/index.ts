// HTTP/1.x on the roads of provisioning: push to the terminal, PAP, gateways that take short messages as parameters, and
// plain download.

import { type Cursor, runLayer } from '../../base/cursor.ts';
import type { Context, StreamDissector } from '../../base/dissector.ts';
import { readGatewayRequest } from '../httpsmsc/index.ts';
import { httpSmscRules } from '../httpsmsc/rules.ts';
import { readTerminalPush } from '../otahttp/index.ts';
import { otaHttpRules } from '../otahttp/rules.ts';
import { readPap } from '../pap/index.ts';
import { papRules } from '../pap/rules.ts';
import { readBody } from './body.ts';
import { readDownload } from './download.ts';
import { answered, type Exchanges, expect, type Message, newExchanges } from './exchange.ts';
import { entityFields, httpFields as f } from './fields.ts';
import { readDmPackage, readRetrieval } from './follow.ts';
import { frameHttp, MAX_MESSAGE, resumesHttp } from './frame.ts';
import { FIRST_OCTETS, looksLikeHttp } from './gate.ts';
import { type Request, type Response, readHead } from './lines.ts';
import { CR, find, LF } from './octets.ts';
import { recordTarget } from './query.ts';
import { httpRules } from './rules.ts';

const target = recordTarget(f);

// RFC 9112 2.1: start line, header lines, empty line, body.
function decodeMessage(c: Cursor, ctx: Context): void {
  if (c.peek() === CR || c.peek() === LF) return;
  const before = c.findings.length;
  const start = c.pos;
  // Positions in the cursor's buffer are positions in the PDU.
  const pdu = { bytes: c.bytes.subarray(0, c.end), map: ctx.origin(0, c.end) };
  const x = ctx.state<Exchanges>(newExchanges);
  const found = readHead(c, 'HTTP/1.', f, target);
  if (found === null) return;
  const { headers } = found;
  const behind = Math.min(c.pos, find(c.bytes, LF, start, c.pos) + 1);
  const head = { start: behind, length: c.pos - behind };
  const body = readBody(c, ctx, headers);
  const m: Message = { c, ctx, start: found.start, headers, head, body, pdu, before };
  if (isRequest(m)) {
    x.count[ctx.direction] += 1;
    expect(x, ctx.direction, readRequest(m, x));
  } else if (isResponse(m) && m.start.status >= 200) {
    const awaiting = answered(x, ctx.direction);
    awaiting?.(m);
    readDownload(m);
  }
}

const isRequest = (m: Message): m is Message<Request> => m.start.kind === 'request';
const isResponse = (m: Message): m is Message<Response> => m.start.kind === 'response';

/** What kind of request it is; whoever reads it waits for its answer. */
const readRequest = (m: Message<Request>, x: Exchanges) =>
  readGatewayRequest(m, x) ?? readPap(m, x) ?? readTerminalPush(m, x) ?? readDmPackage(m, x) ?? readRetrieval(m, x);

export const http: StreamDissector = {
  kind: 'stream',
  id: 'http',
  title: 'HTTP/1.1: push to the terminal, PAP, interfaces of gateways, download',
  refs: ['RFC 9110', 'RFC 9112', 'WAP-235-PushOTA', 'WAP-247-PAP', 'OMA-WAP-TS-ProvBoot-V1_1'],
  fields: { ...f, ...Object.fromEntries(Object.entries(entityFields).map(([n, field]) => [`entity.${n}`, field])) },
  rules: [httpRules, httpSmscRules, otaHttpRules, papRules].flatMap((table) => Object.values(table)),
  carriedBy: [],
  maxLength: MAX_MESSAGE,
  firstOctets: FIRST_OCTETS,
  looksLike: looksLikeHttp,
  resumes: resumesHttp,
  frame: frameHttp,
  decode(c, ctx) {
    c.group(f.message, undefined, () => runLayer(c, (cursor) => decodeMessage(cursor, ctx)));
  },
};

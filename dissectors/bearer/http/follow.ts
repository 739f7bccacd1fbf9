// What phones do over HTTP with what they were told: device management sessions, and messages they fetch.

import type { Activity } from '../../base/message.ts';
import { type Awaiting, type Exchanges, exchangeKey, isOk, type Message, reasonOf } from './exchange.ts';
import { isDmType, isMmsType } from './gate.ts';
import type { Request, Response } from './lines.ts';
import { headerValue } from './lines.ts';

/** Longest host or URL that is kept. */
const LONGEST = 2000;

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Host without its port. */
const hostIn = (text: string): string =>
  /^(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/.exec(text)?.[1]?.replace(/^\[|\]$/g, '') ?? '';

// RFC 9112 3.2, 3.3: the target URI is the request target, or made of it and Host.
function urlOf(m: Message<Request>): string {
  const { target } = m.start;
  const url = ABSOLUTE.test(target) ? target : `http://${headerValue(m.headers, 'Host')}${target}`;
  return url.slice(0, LONGEST);
}

function activity(m: Message<Request>, what: Activity['what'], target: string, key: string): Activity {
  const { ctx, start } = m;
  return {
    what,
    layer: 'http',
    operation: `HTTP ${start.method}`,
    time: ctx.time,
    frame: ctx.frame,
    from: ctx.sourceAddress,
    to: ctx.destinationAddress,
    imsi: null,
    msisdn: null,
    target,
    port: ctx.destinationPort,
    key,
  };
}

function answer(m: Message<Response>, key: string): void {
  const { ctx, start } = m;
  const ok = isOk(start.status);
  ctx.sink.activityAnswer?.({
    key,
    operation: `HTTP ${start.status}`,
    time: ctx.time,
    frame: ctx.frame,
    ok,
    code: ok ? null : `HTTP ${start.status}`,
    text: reasonOf(start),
    addresses: [],
  });
}

/** OMA-TS-SyncML_HTTPBinding 5: packages of a session are posted to the server; null where the request is none. */
export function readDmPackage(m: Message<Request>, x: Exchanges): Awaiting | null {
  if (m.start.method !== 'POST' || !isDmType(headerValue(m.headers, 'Content-Type'))) return null;
  const key = `${exchangeKey(m.ctx, x)}/dm`;
  const host = hostIn(urlOf(m).replace(ABSOLUTE, '')).slice(0, LONGEST);
  m.ctx.sink.activity?.(activity(m, 'dm-session', host, key));
  return (said) => answer(said, key);
}

/** OMA-TS-MMS_CTR 6.3: M-Retrieve.conf is the answer to a GET. */
export function readRetrieval(m: Message<Request>, x: Exchanges): Awaiting | null {
  if (m.start.method !== 'GET') return null;
  const key = `${exchangeKey(m.ctx, x)}/get`;
  const asked = activity(m, 'retrieval', urlOf(m), key);
  return (said) => {
    if (!isMmsType(headerValue(said.headers, 'Content-Type'))) return;
    said.ctx.sink.activity?.(asked);
    answer(said, key);
  };
}

// Who may talk to the local server: the page it gave out itself, and nobody else on this machine or the network.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Access {
  readonly token: string;
  port: number;
}

/** 128 random bits. */
export const newToken = (): string => randomBytes(16).toString('hex');

/** In constant time. */
export function sameToken(given: string | null, access: Access): boolean {
  if (given === null) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(access.token));
}

/**
 * Why a request is refused, or undefined. A page of another site that has its name point to 127.0.0.1 sends its own
 * name as Host (DNS rebinding); one that sends forms or scripts our way has its own Origin.
 */
export function mayReach(request: IncomingMessage, access: Access): string | undefined {
  const hosts = [`127.0.0.1:${access.port}`, `localhost:${access.port}`];
  const { host, origin } = request.headers;
  // Of two, one reader believes the first and another the last (RFC 9112 3.2).
  const told = request.headersDistinct.host?.length ?? 0;
  if (host === undefined || told > 1 || !hosts.includes(host)) return 'This server answers to its own address only.';
  if (origin !== undefined && origin !== `http://${host}`) return 'Other pages may not use this server.';
  if (origin === undefined && request.method === 'POST') return 'Requests without an origin are refused.';
  const site = request.headers['sec-fetch-site'];
  // 'none': typed or opened by hand.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'Other pages may not use this server.';
  return undefined;
}

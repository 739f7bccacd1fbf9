// The engine behind the local server: POST api/request, JSON there, codec bytes back.

import type { Engine, EngineRequest, Reply } from '../../analysis/engine/contract.ts';
import { abortOf, Lost, openReply, Refused } from './carrier.ts';

export const TOKEN_HEADER = 'x-otascope-token';

/** The token the server put into the page, or one given once in the address and taken out of it again. */
export function pageToken(): string | null {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="otascope-token"]')?.content;
  if (meta !== undefined && meta !== '') return meta;
  const p = new URLSearchParams(location.hash.slice(1));
  const token = p.get('token');
  if (token === null) return null;
  p.delete('token');
  history.replaceState(null, '', `#${p.toString()}`);
  return token;
}

export function httpEngine(token: string): Engine {
  return {
    async request<R extends EngineRequest>(request: R, signal?: { readonly aborted: boolean }): Promise<Reply<R>> {
      let bytes: Uint8Array;
      try {
        const response = await fetch('api/request', {
          method: 'POST',
          headers: { 'content-type': 'application/json', [TOKEN_HEADER]: token },
          body: JSON.stringify(request),
          signal: abortOf(signal),
          cache: 'no-store',
        });
        if (response.status === 401 || response.status === 403) {
          throw new Refused('The server has been started anew. Open the address it prints to go on.');
        }
        if (response.status === 404 || response.status >= 502) throw new Lost(`status ${response.status}`);
        if (!response.ok) throw new Refused(await response.text());
        bytes = new Uint8Array(await response.arrayBuffer());
      } catch (e) {
        if (e instanceof Refused || e instanceof Lost || signal?.aborted === true) throw e;
        throw new Lost('The otascope server does not answer.');
      }
      return openReply(bytes) as Reply<R>;
    },
  };
}

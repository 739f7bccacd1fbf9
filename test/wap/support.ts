// What the tests of pushes share.

import { decodeWsp } from '../../dissectors/wap/wsp/index.ts';
import { both, hex, toHex } from '../content/support.ts';

/** Text as hex. */
export const h = (s: string): string => toHex(new TextEncoder().encode(s));
export const MAC = '313C7853A70728AD89369C25A0121DAA888E0F7A';
export const BODY = '030b6a00c5460101';
export const CP = 'application/vnd.wap.connectivity-wbxml';

export const run = (s: string, connectionOriented = false) =>
  both(hex(s), 'datagram', (c) => decodeWsp(c, { connectionOriented }));

/** What most cases look at. */
export function facts(s: string) {
  const { out, codes } = run(s);
  return out === undefined
    ? undefined
    : {
        type: out.contentType,
        parameters: out.parameters.map((p) => `${p.name}=${p.value}`),
        headers: out.headers.map((x) => `${x.name}: ${x.value}`),
        body: toHex(hex(s).slice(out.body.start, out.body.start + out.body.length)),
        codes,
      };
}

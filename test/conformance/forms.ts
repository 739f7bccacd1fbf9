// Examples of rules that are not about provisioning content: octets or text that a rule accepts, and what it does not.

import type { Finding } from '../../captures/finding.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { decodeBody } from '../../dissectors/content/index.ts';
import { decodeWsp } from '../../dissectors/wap/wsp/index.ts';

/** What the octets of an example are: the body of a push of this type, or the whole push. */
export type Form = 'push' | { readonly contentType: string | null; readonly charset?: number };

export interface Encoded {
  readonly code: string;
  readonly form: Form;
  /** Hex, or text that begins with '<'. */
  readonly passes: string;
  readonly fails: string;
  /** Other rules that the failing one breaks as well. */
  readonly also?: readonly string[];
}

export const octetsOf = (example: string): Uint8Array =>
  /^[0-9a-f\s]*$/i.test(example)
    ? Uint8Array.from(example.replace(/\s+/g, '').match(/../g) ?? [], (h) => Number.parseInt(h, 16))
    : new TextEncoder().encode(example);

/** Findings of the decoders about an example. */
export function findingsOf(example: string, form: Form): Finding[] {
  const bytes = octetsOf(example);
  const out: Finding[] = [];
  if (form === 'push') {
    const c = new Cursor(bytes, 0, bytes.length, null, out, 'datagram');
    decodeWsp(c, { connectionOriented: false });
  } else {
    decodeBody(new Cursor(bytes, 0, bytes.length, null, out, 'body'), form);
  }
  return out;
}

export const CP: Form = { contentType: 'application/vnd.wap.connectivity-wbxml' };
export const CP_TEXT: Form = { contentType: 'text/vnd.wap.connectivity-xml' };

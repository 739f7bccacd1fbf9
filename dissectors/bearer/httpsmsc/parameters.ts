// What the parameters of a request to a gateway mean, whatever the gateway calls them.

import { EMPTY, hexMap, type Mapped } from '../../base/bytemap.ts';
import type { Address } from '../../base/message.ts';
import type { Message } from '../http/exchange.ts';
import type { Request } from '../http/lines.ts';
import { headerValue } from '../http/lines.ts';
import { CONTENT_NAMES, mappedOctets, type Parameter, parametersIn, queryStart, textOf } from '../http/query.ts';
import { hexOctets } from '../text/delimited.ts';

/** Names in use; the first is Kannel's, the others are those of services its `http` SMSC is made for. */
const NAMES = {
  to: ['to', 'dest', 'destination', 'recipient', 'receiver', 'msisdn', 'phone', 'number'],
  from: ['from', 'sender', 'orig', 'originator', 'source', 'src'],
  udh: ['udh'],
  text: CONTENT_NAMES,
} as const;

/** Parameters of the query and, with a form, of the body; the first of a name counts. */
export class Parameters {
  readonly #m: Message<Request>;
  readonly #all: Parameter[];

  constructor(m: Message<Request>) {
    this.#m = m;
    const { bytes } = m.c;
    const { targetSpan } = m.start;
    this.#all = parametersIn(bytes, queryStart(bytes, targetSpan), targetSpan.start + targetSpan.length);
    const { plain } = m.body;
    const isForm = /^application\/x-www-form-urlencoded/i.test(headerValue(m.headers, 'Content-Type'));
    if (isForm && plain !== null) this.#all.push(...parametersIn(bytes, plain.start, plain.start + plain.length));
  }

  find(...names: readonly string[]): Parameter | undefined {
    return this.#all.find((p) => names.includes(p.name));
  }

  text(...names: readonly string[]): string {
    const p = this.find(...names);
    return p === undefined ? '' : textOf(this.#m.c.bytes, p.span);
  }

  /** null where there is no such parameter. */
  octets(...names: readonly string[]): Mapped | null {
    const p = this.find(...names);
    return p === undefined ? null : mappedOctets(this.#m.c, this.#m.ctx, p.span);
  }

  /** The octets that the parameter spells in hex digits; null where it holds anything else. */
  hex(...names: readonly string[]): Mapped | null {
    const p = this.find(...names);
    if (p === undefined) return null;
    const { bytes, digits } = hexOctets(this.#m.c.bytes, p.span);
    if (digits === 0 || digits !== p.span.length) return null;
    return { bytes, map: hexMap(this.#m.ctx.origin(p.span.start, digits)) };
  }
}

export const senderOf = (p: Parameters): Address | null => address(p.text(...NAMES.from));

/** Recipients: gateways take several, with blanks, commas or semicolons between them. */
export const recipientsOf = (p: Parameters): Address[] =>
  p
    .text(...NAMES.to)
    .split(/[\s,;]+/)
    .map(address)
    .filter((a) => a !== null);

/** '+49...' and '0049...' are international; in a query a '+' that is not escaped has become a blank. */
export function address(text: string): Address | null {
  const value = text.trim();
  if (value === '') return null;
  if (/^\+\d+$/.test(value)) return { value: value.slice(1), type: 'international' };
  return { value, type: /^\d+$/.test(value) ? 'unknown' : 'alphanumeric' };
}

export interface UserDataParameters {
  readonly udh: Mapped | null;
  readonly content: Mapped;
  /** The header says its own length. */
  readonly regular: boolean;
}

const saysItsLength = (m: Mapped): boolean => m.bytes.length > 1 && m.bytes[0] === m.bytes.length - 1;

/** Header and content as octets that are escaped, or that hex digits spell: the length in the header tells which. */
export function userDataOf(p: Parameters): UserDataParameters {
  const content = p.octets(...NAMES.text) ?? EMPTY;
  const udh = p.octets(...NAMES.udh);
  if (udh === null || udh.bytes.length === 0) return { udh: null, content, regular: true };
  if (saysItsLength(udh)) return { udh, content, regular: true };
  const spelled = p.hex(...NAMES.udh);
  if (spelled !== null && saysItsLength(spelled)) {
    return { udh: spelled, content: p.hex(...NAMES.text) ?? content, regular: true };
  }
  return { udh, content, regular: false };
}

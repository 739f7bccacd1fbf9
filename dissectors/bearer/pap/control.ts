// WAP-247-PAP 9: what the control documents say.

import type { Address } from '../../base/message.ts';
import type { DocumentElement } from '../../content/document.ts';

/** An address as the gateway is given it. */
export interface PapAddress {
  readonly address: Address;
  /** Not what its type asks for. */
  readonly odd: boolean;
  /** As sent. */
  readonly text: string;
}

export interface Result {
  /** null: there is no code, or none that is a number. */
  readonly code: number | null;
  readonly description: string;
}

/** The operation element of a PAP document. */
export interface Control {
  /** 'push-message', 'resultnotification-message', ... */
  readonly operation: string;
  readonly pushId: string | null;
  readonly addresses: readonly PapAddress[];
  /** message-state of a notification, lower case. */
  readonly state: string | null;
  /** The operation's own code, or that of the first result in it. */
  readonly result: Result | null;
  /** statusquery-result elements: one for each address. */
  readonly results: readonly StatusResult[];
}

export interface StatusResult {
  readonly addresses: readonly PapAddress[];
  readonly state: string | null;
  readonly result: Result | null;
}

const attribute = (e: DocumentElement, name: string): string | null =>
  e.attributes.find((a) => a.name === name)?.value ?? null;

const elements = (e: DocumentElement): DocumentElement[] =>
  e.children.filter((n): n is DocumentElement => n.kind === 'element');

const FORM = /^WAPPUSH=([^/]*)(?:\/TYPE=([^@/]*))?(?:@(.*))?$/i;

// WAP-249-PPGService 7.1: client addresses; forms of Table 7-1 as gateways accept them.
/** Reads 'WAPPUSH=+4917.../TYPE=PLMN@ppg.example'; anything else is an address of the gateway's own making. */
export function parseAddress(text: string): PapAddress {
  const m = FORM.exec(text.trim());
  if (m === null) return { address: { value: text.trim(), type: 'unknown' }, odd: false, text };
  const value = m[1] ?? '';
  switch ((m[2] ?? '').toUpperCase()) {
    case 'PLMN': {
      const digits = value.replace(/[-.\s]/g, '');
      if (!/^\+?\d{1,20}$/.test(digits)) return { address: { value, type: 'alphanumeric' }, odd: true, text };
      const international = digits.startsWith('+');
      return {
        address: { value: digits.replace('+', ''), type: international ? 'international' : 'unknown' },
        odd: !international,
        text,
      };
    }
    case 'IPV4':
      return { address: { value, type: 'ip' }, odd: !/^\d{1,3}(\.\d{1,3}){3}$/.test(value), text };
    case 'IPV6':
      return { address: { value, type: 'ip' }, odd: !/^[0-9a-f:.]+$/i.test(value), text };
    case 'USER':
      return { address: { value, type: 'alphanumeric' }, odd: value === '', text };
    default: {
      const known = /^\+\d{1,20}$/.test(value);
      return {
        address: { value: value.replace(/^\+/, ''), type: known ? 'international' : 'unknown' },
        odd: true,
        text,
      };
    }
  }
}

const addressesIn = (e: DocumentElement): PapAddress[] =>
  elements(e)
    .filter((x) => x.name === 'address')
    .map((x) => parseAddress(attribute(x, 'address-value') ?? ''));

function resultOf(e: DocumentElement): Result | null {
  const code = attribute(e, 'code');
  if (code === null) return null;
  return { code: /^\d{1,5}$/.test(code.trim()) ? Number(code) : null, description: attribute(e, 'desc') ?? '' };
}

const stateOf = (e: DocumentElement): string | null => attribute(e, 'message-state')?.trim().toLowerCase() ?? null;

const RESULTS: ReadonlySet<string> = new Set(['response-result', 'cancel-result', 'statusquery-result']);

/** null: the root is not 'pap', or there is nothing in it. */
export function readControl(root: DocumentElement | null): Control | null {
  if (root === null || root.name !== 'pap') return null;
  const [e] = elements(root);
  if (e === undefined) return null;
  const results = elements(e).filter((x) => RESULTS.has(x.name));
  return {
    operation: e.name,
    pushId: attribute(e, 'push-id'),
    addresses: addressesIn(e),
    state: stateOf(e),
    result: resultOf(e) ?? results.map(resultOf).find((r) => r !== null) ?? null,
    results: results.map((x) => ({ addresses: addressesIn(x), state: stateOf(x), result: resultOf(x) })),
  };
}

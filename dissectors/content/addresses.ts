// What service indications, service loadings and cache operations share: an action out of a list, an address.

import { rules } from '../../captures/finding.ts';
import type { Cursor } from '../base/cursor.ts';
import type { DocumentElement } from './document.ts';

export const ADDRESSES = rules({
  action: {
    code: 'PUSH-ACTION',
    severity: 'warning',
    basis: 'remembered',
    title: 'The action is none of those that the document type has',
    clause: 'WAP-167-ServiceInd, WAP-168-ServiceLoad',
    receivers: 'Phones take the default action or refuse the document.',
  },
  scheme: {
    code: 'PUSH-ADDRESS-SCHEME',
    severity: 'warning',
    basis: 'remembered',
    title: 'The address is not one that a browser can open',
    clause: 'WAP-167-ServiceInd, WAP-168-ServiceLoad',
    receivers:
      'Phones cannot load it; some hand it to whichever application knows the scheme, a telephone call among them.',
  },
});

/** Reports an action that is not in the list. `clause`: the document's. */
export function tellAction(c: Cursor, e: DocumentElement, actions: readonly string[], clause: string): void {
  const a = e.attributes.find((x) => x.name === 'action');
  const value = a?.value ?? null;
  if (a === undefined || value === null || actions.includes(value)) return;
  c.report(ADDRESSES.action, a.start, a.length, `The action '${value.slice(0, 40)}' is not in ${clause}`);
}

const OPENED: ReadonlySet<string> = new Set(['http', 'https']);

/** Reports an address whose scheme is neither http nor https; relative addresses have no base here. */
export function tellAddress(c: Cursor, e: DocumentElement, name: string): void {
  const a = e.attributes.find((x) => x.name === name);
  const value = a?.value ?? '';
  if (a === undefined || value === '') return;
  const scheme = /^([A-Za-z][-+.A-Za-z0-9]*):/.exec(value)?.[1]?.toLowerCase();
  if (scheme !== undefined && OPENED.has(scheme)) return;
  const what = scheme === undefined ? 'has no scheme' : `has the scheme ${scheme.slice(0, 20)}`;
  c.report(ADDRESSES.scheme, a.start, a.length, `The address ${what}`);
}

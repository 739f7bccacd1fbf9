// WAP-167-ServiceInd: a text and where to find more.

import { rules } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { tellAction, tellAddress } from '../addresses.ts';
import { attributeDetails, attributeOf, elementsOf, textDetail } from '../details.ts';
import type { DecodedDocument, DocumentElement } from '../document.ts';
import type { Detail, DocumentDecoder } from '../kinds.ts';

const SPEC = 'WAP-167-ServiceInd';

export const SI = rules({
  empty: {
    code: 'SI-NO-INDICATION',
    severity: 'warning',
    basis: 'remembered',
    title: 'The service indication holds no indication',
    clause: SPEC,
    receivers: 'Phones have nothing to show.',
  },
  noText: {
    code: 'SI-NO-TEXT',
    severity: 'note',
    basis: 'remembered',
    title: 'The indication has no text for the user',
    clause: SPEC,
    receivers: 'Phones show the address alone, or nothing.',
  },
  deleteWithoutId: {
    code: 'SI-DELETE-NO-ID',
    severity: 'warning',
    basis: 'remembered',
    title: 'The indication is to delete another one and does not name it by si-id',
    clause: SPEC,
    receivers: 'Phones do not know which indication to delete.',
    fix: 'Give the si-id of the indication that is to be deleted.',
  },
  dates: {
    code: 'SI-EXPIRES-BEFORE-CREATED',
    severity: 'warning',
    basis: 'remembered',
    title: 'The indication expires before it was created',
    clause: SPEC,
    receivers: 'Phones discard it at once.',
  },
});

/** What an indication does without an action (5.2). */
export const DEFAULT_ACTION = 'signal-medium';

const ACTIONS: readonly string[] = ['signal-none', 'signal-low', 'signal-medium', 'signal-high', 'delete'];

/** '1999-06-30T00:00:00Z'; a text of the form sorts by its time. */
const isDate = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text);

/** What later indications are compared with: who it is, when it was made, what it asks for. */
export interface Indication {
  /** si-id, else the address (6.2): equal ones are one indication in its versions. null: it has none. */
  readonly identity: string | null;
  readonly byId: boolean;
  /** '1999-06-30T00:00:00Z', null where absent or no date. */
  readonly created: string | null;
  readonly expires: string | null;
  readonly action: string;
  readonly element: DocumentElement;
}

/** The indication of a document; null where it has none. */
export function indicationOf(document: DecodedDocument): Indication | null {
  for (const element of elementsOf(document)) {
    if (element.name !== 'indication') continue;
    const id = attributeOf(element, 'si-id');
    const href = attributeOf(element, 'href');
    const created = attributeOf(element, 'created');
    const expires = attributeOf(element, 'si-expires');
    return {
      identity: id ?? href ?? null,
      byId: id !== undefined,
      created: isDate(created) ? created : null,
      expires: isDate(expires) ? expires : null,
      action: attributeOf(element, 'action') ?? DEFAULT_ACTION,
      element,
    };
  }
  return null;
}

function details(document: DecodedDocument): Detail[] {
  const out: Detail[] = [];
  for (const e of elementsOf(document)) {
    if (e.name === 'indication') {
      out.push(
        ...textDetail(e, 'Text'),
        ...attributeDetails(e, [
          ['href', 'Address'],
          ['action', 'Action'],
          ['si-id', 'Identifier'],
          ['created', 'Created'],
          ['si-expires', 'Expires'],
        ]),
      );
    } else if (e.name === 'item') {
      out.push(...attributeDetails(e, [['class', 'Class']]), ...textDetail(e, 'Item'));
    }
  }
  return out;
}

function check(document: DecodedDocument, c: Cursor): void {
  const indication = indicationOf(document);
  if (indication === null) {
    c.report(SI.empty, document.root?.start ?? c.pos, 1, 'There is no <indication>');
    return;
  }
  const { element: e, action, created, expires } = indication;
  if (action === 'delete' && !indication.byId) c.report(SI.deleteWithoutId, e.start, e.length, 'si-id is missing');
  else if (action !== 'delete' && action !== 'signal-none' && (textDetail(e, '')[0]?.value ?? '') === '')
    c.report(SI.noText, e.start, e.length, 'There is no text');
  if (created !== null && expires !== null && expires < created)
    c.report(SI.dates, e.start, e.length, `It was created at ${created} and expires at ${expires}`);
  tellAction(c, e, ACTIONS, SPEC);
  tellAddress(c, e, 'href');
}

export const SERVICE_INDICATION: DocumentDecoder = {
  form: 'document',
  kind: 'service-indication',
  mediaTypes: ['application/vnd.wap.sic', 'text/vnd.wap.si'],
  roots: ['si'],
  details,
  check,
};

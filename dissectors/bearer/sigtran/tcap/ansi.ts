// Transaction messages of ANSI T1.114: the same idea with other tags. Identifiers of both sides share an element, and
// components are of classes of their own.

import {
  contents,
  type Element,
  eachElement,
  inside,
  leaf,
  octetsLeaf,
  readElement,
  unread,
} from '../../../asn1/ber.ts';
import { integerOf, toHex } from '../../../asn1/values.ts';
import { type Cursor, runLayer } from '../../../base/cursor.ts';
import { tcapFields as f } from './fields.ts';
import type { Component, ComponentKind, MessageKind, Transaction } from './types.ts';

/** T1.114.3 2: package types. */
export const packageKinds: Readonly<Record<number, MessageKind>> = {
  225: 'unidirectional',
  226: 'begin',
  227: 'begin',
  228: 'end',
  229: 'continue',
  230: 'continue',
  246: 'abort',
};

export const packageNames: Readonly<Record<number, string>> = {
  225: 'unidirectional',
  226: 'query with permission',
  227: 'query without permission',
  228: 'response',
  229: 'conversation with permission',
  230: 'conversation without permission',
  246: 'abort',
};

const TAG = {
  transaction: 0xc7,
  abortCause: 0xd7,
  componentSequence: 0xe8,
  componentIdentifier: 0xcf,
  nationalOperation: 0xd0,
  privateOperation: 0xd1,
  nationalError: 0xd3,
  privateError: 0xd4,
  problem: 0xd5,
} as const;

const componentKinds: Readonly<Record<number, ComponentKind>> = {
  233: 'invoke',
  234: 'result',
  235: 'error',
  236: 'reject',
  237: 'invoke',
  238: 'result-part',
};

const abortCauses: Readonly<Record<number, string>> = {
  1: 'unrecognized package type',
  2: 'incorrect transaction portion',
  3: 'badly structured transaction portion',
  4: 'unassigned responding transaction identifier',
  5: 'permission to release problem',
  6: 'resource unavailable',
};

/** ANSI-41: family 9 of private operations. */
const ANSI_41 = 9;
const SHORT_MESSAGE_OPERATIONS: Readonly<Record<number, string>> = {
  53: 'SMSDeliveryPointToPoint',
  54: 'SMSNotification',
  55: 'SMSRequest',
};

/** True when a short message operation of ANSI-41 is among the components. */
export function hasAnsi41(t: Transaction<unknown>): boolean {
  return t.components.some((c) => c.kind === 'invoke' && c.operation !== null && isShortMessage(c.operation));
}

const isShortMessage = (code: number): boolean =>
  code >> 8 === ANSI_41 && SHORT_MESSAGE_OPERATIONS[code & 0xff] !== undefined;

// T1.114.3 2, 3: the cursor spans the contents of the package.
export function readAnsiMessage(c: Cursor, t: Transaction<unknown>): void {
  eachElement(c, (e) => {
    switch (e.tag) {
      case TAG.transaction:
        readIdentifiers(c, e, t);
        return true;
      case TAG.abortCause: {
        const cause = integerOf(c, e);
        t.abort = cause === null ? 'no cause' : (abortCauses[cause] ?? `cause ${cause}`);
        leaf(c, f.abortCause, e, cause, t.abort);
        return true;
      }
      case TAG.componentSequence:
        inside(c, f.componentPortion, e, (body) => eachElement(body, (x) => readComponent(body, x, t.components)));
        return true;
      default:
        return false;
    }
  });
}

/** T1.114.3 3: none, one of four octets, or originating and responding. */
function readIdentifiers(c: Cursor, e: Element, t: Transaction<unknown>): void {
  const first = toHex(c.bytes, e.start, Math.min(e.start + 4, e.end));
  const second = toHex(c.bytes, Math.min(e.start + 4, e.end), e.end);
  if (t.kind === 'begin') t.originating = first;
  else if (t.kind === 'continue') {
    t.originating = first;
    t.destination = second;
  } else t.destination = first;
  octetsLeaf(c, f.transactionIdentifier, e);
}

function readComponent(c: Cursor, e: Element, into: Component<unknown>[]): boolean {
  const kind = componentKinds[e.tag];
  if (kind === undefined || into.length >= 256) return false;
  const out = { operation: null as number | null, problem: null as string | null };
  inside(
    c,
    f.component,
    e,
    (body) => {
      runLayer(body, () => {
        while (body.left > 0) {
          const x = readElement(body);
          readPart(body, x, out);
          body.pos = x.next;
        }
      });
    },
    () => kind,
  );
  const { operation, problem } = out;
  const nothing = { invokeId: null, error: null, parameter: null, findings: [] };
  into.push({ ...nothing, kind, operation, problem, at: e.at, end: e.next });
  return true;
}

function readPart(c: Cursor, e: Element, out: { operation: number | null; problem: string | null }): void {
  const bytes = c.bytes.subarray(e.start, e.end);
  switch (e.tag) {
    case TAG.componentIdentifier:
      leaf(c, f.componentIdentifier, e, bytes);
      return;
    case TAG.nationalOperation:
    case TAG.privateOperation: {
      const code = bytes.length < 2 ? null : bytes[0]! * 256 + bytes[1]!;
      out.operation = e.tag === TAG.privateOperation ? code : null;
      const name = code !== null && isShortMessage(code) ? SHORT_MESSAGE_OPERATIONS[code & 0xff] : undefined;
      leaf(c, f.operationCode, e, bytes, name);
      return;
    }
    case TAG.nationalError:
    case TAG.privateError:
      leaf(c, f.error, e, integerOf(c, e));
      return;
    case TAG.problem:
      out.problem = toHex(c.bytes, e.start, e.end);
      leaf(c, f.problem, e, out.problem);
      return;
    default:
      if (contents(c, e).left > 0 && c.rec !== null) leaf(c, f.parameter, e, bytes);
      else unread(c, e);
  }
}

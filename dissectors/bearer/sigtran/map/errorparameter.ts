// Parameters of errors: why exactly a message was refused (3GPP TS 29.002 17.7.7).

import { type Element, inside, leaf } from '../../../asn1/ber.ts';
import { integerOf } from '../../../asn1/values.ts';
import type { Cursor } from '../../../base/cursor.ts';
import type { Field } from '../../../base/fields.ts';
import { describeFailure } from '../../../sms/causes.ts';
import { decodeTpdu } from '../../../sms/tpdu.ts';
import {
  ABSENT_SUBSCRIBER,
  ABSENT_SUBSCRIBER_SM,
  absentDiagnostics,
  absentReasons,
  barringCauses,
  CALL_BARRED,
  DELIVERY_FAILURE,
  failureCauses,
  networkResources,
  SYSTEM_FAILURE,
  UNKNOWN_SUBSCRIBER,
  unknownDiagnostics,
} from './errors.ts';
import { mapFields as f } from './fields.ts';
import type { ErrorDetail } from './parameters.ts';
import { readAll } from './values.ts';

const TAG = { integer: 0x02, octetString: 0x04, enumerated: 0x0a, sequence: 0x30, context0: 0x80 } as const;

interface Said {
  readonly words: string[];
  temporary: boolean | null;
}

type Names = Readonly<Record<number, string>>;

/** Reads all that is left of the window: version 1 and 2 give some causes bare, version 3 in a sequence. */
export function readErrorParameter(c: Cursor, error: number): ErrorDetail {
  const said: Said = { words: [], temporary: null };
  readAll(c, (e) => {
    if (e.tag !== TAG.sequence) return readDetail(c, e, error, said);
    inside(c, f.errorParameter, e, (body) => {
      readAll(body, (x) => readDetail(body, x, error, said));
    });
    return true;
  });
  return { what: 'error', text: said.words.join('; '), temporary: said.temporary };
}

function readDetail(c: Cursor, e: Element, error: number, said: Said): boolean {
  switch (error) {
    case DELIVERY_FAILURE:
      return deliveryFailure(c, e, said);
    case ABSENT_SUBSCRIBER_SM:
      // Diagnostic via the MSC, additional one via the SGSN.
      return number(c, e, [TAG.integer, TAG.context0], f.absentDiagnostic, absentDiagnostics, said);
    case ABSENT_SUBSCRIBER:
      return number(c, e, [TAG.context0], f.absentReason, absentReasons, said);
    case SYSTEM_FAILURE:
      return number(c, e, [TAG.enumerated], f.networkResource, networkResources, said);
    case CALL_BARRED:
      return number(c, e, [TAG.enumerated], f.barringCause, barringCauses, said);
    case UNKNOWN_SUBSCRIBER:
      return number(c, e, [TAG.enumerated], f.unknownDiagnostic, unknownDiagnostics, said);
    default:
      return false;
  }
}

function number(
  c: Cursor,
  e: Element,
  tags: readonly number[],
  field: Field<'bits'>,
  names: Names,
  said: Said,
): boolean {
  if (!tags.includes(e.tag)) return false;
  const v = integerOf(c, e);
  const word = v === null ? undefined : (names[v] ?? String(v));
  leaf(c, field, e, v, word);
  if (word !== undefined) said.words.push(word);
  return true;
}

// SM-DeliveryFailureCause: the cause, and the report of the phone with a cause of its own (3GPP TS 23.040 9.2.2.1a).
function deliveryFailure(c: Cursor, e: Element, said: Said): boolean {
  if (e.tag === TAG.enumerated) {
    const v = integerOf(c, e);
    const cause = v === null ? undefined : (failureCauses[v] ?? { name: `cause ${v}`, temporary: true });
    leaf(c, f.failureCause, e, v, cause?.name);
    if (cause !== undefined) {
      said.words.push(cause.name);
      said.temporary = cause.temporary;
    }
    return true;
  }
  if (e.tag !== TAG.octetString) return false;
  inside(c, f.diagnosticInfo, e, (body) => {
    // TP-MTI tells the two reports apart: 0 is of the phone, 1 of the service centre.
    const t = decodeTpdu(body, ((body.peek() ?? 0) & 3) === 1 ? 'mt' : 'mo');
    if (t.failureCause !== null) {
      const code = t.failureCause.toString(16).toUpperCase().padStart(2, '0');
      said.words.push(`TP-FCS 0x${code} ${describeFailure(t.failureCause)}`);
    }
  });
  return true;
}

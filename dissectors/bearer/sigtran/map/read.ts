// Arguments and results of operations of the short message service.

import { type Element, inside, leaf, octetsLeaf, readElement } from '../../../asn1/ber.ts';
import { bitOf, integerOf, toHex } from '../../../asn1/values.ts';
import type { Cursor } from '../../../base/cursor.ts';
import type { Field } from '../../../base/fields.ts';
import type { Address } from '../../../base/message.ts';
import type { About, ApplicationContext } from '../tcap/types.ts';
import { readErrorParameter } from './errorparameter.ts';
import { absentDiagnostics, alertReasons, outcomes } from './errors.ts';
import { mapFields as f } from './fields.ts';
import { readForward, readForwardResult } from './forward.ts';
import { OPERATION, SHORT_MESSAGE_CONTEXTS } from './operations.ts';
import type { Alert, Inform, MapParameter, Ready, Routing, RoutingResult, Status } from './parameters.ts';
import { addressString, imsiOf, readAll } from './values.ts';

const SEQUENCE = 0x30;
const TAG = { integer: 0x02, bitString: 0x03, octetString: 0x04, enumerated: 0x0a } as const;

/**
 * Can there be operations of the short message service in the context? Other protocols number theirs like MAP. `null`:
 * nobody named one, as in version 1.
 */
export function isOurs(context: ApplicationContext | null): boolean {
  if (context === null) return true;
  return context.map !== null && SHORT_MESSAGE_CONTEXTS.has(context.map);
}

/** Reads the parameter in the window; null for what is no operation of the short message service. */
export function readParameter(c: Cursor, about: About, missing: number): MapParameter | null {
  if (!isOurs(about.context)) return null;
  if (about.kind === 'error') return about.error === null ? null : readErrorParameter(c, about.error);
  const { operation } = about;
  if (operation === null || about.kind === 'reject') return null;
  const start = c.pos;
  const e = readElement(c);
  const read = about.kind === 'invoke' ? ARGUMENTS[operation] : RESULTS[operation];
  if (read === undefined || (e.tag !== SEQUENCE && e.tag !== TAG.octetString)) {
    c.pos = start;
    return null;
  }
  // One parameter alone needs no sequence around it.
  if (e.tag !== SEQUENCE) {
    if (operation !== OPERATION.subscriberPresent) {
      c.pos = start;
      return null;
    }
    const ready: Ready = { what: 'ready', imsi: imsiOf(c, f.imsi, e), reason: null };
    c.pos = e.next;
    return ready;
  }
  return inside(c, read.field, e, (body) => read.read(body, operation, missing));
}

interface Read {
  readonly field: Field<'group'>;
  read(c: Cursor, operation: number, missing: number): MapParameter | null;
}

const forward: Read = { field: f.forward, read: readForward };
const forwardResult: Read = { field: f.forwardResult, read: readForwardResult };

const ARGUMENTS: Readonly<Record<number, Read>> = {
  [OPERATION.mtForward]: forward,
  [OPERATION.forward]: forward,
  [OPERATION.routing]: { field: f.routing, read: routing },
  [OPERATION.status]: { field: f.status, read: status },
  [OPERATION.alert]: { field: f.alert, read: alert },
  [OPERATION.alertWithoutResult]: { field: f.alert, read: alert },
  [OPERATION.inform]: { field: f.inform, read: inform },
  [OPERATION.ready]: { field: f.ready, read: ready },
  [OPERATION.subscriberPresent]: { field: f.ready, read: ready },
};

const RESULTS: Readonly<Record<number, Read>> = {
  [OPERATION.mtForward]: forwardResult,
  [OPERATION.forward]: forwardResult,
  [OPERATION.routing]: { field: f.routingResult, read: routingResult },
};

// 17.7.6, RoutingInfoForSM-Arg
function routing(c: Cursor): Routing {
  const out: { what: 'routing'; msisdn: Address | null; smsc: Address | null } = {
    what: 'routing',
    msisdn: null,
    smsc: null,
  };
  readAll(c, (e) => {
    if (e.tag === 0x80) out.msisdn = addressString(c, f.msisdn, e);
    else if (e.tag === 0x81)
      leaf(c, f.priority, e, c.bytes[e.start] ?? 0, (c.bytes[e.start] ?? 0) === 0 ? 'no' : 'yes');
    else if (e.tag === 0x82) out.smsc = addressString(c, f.serviceCentre, e);
    else if (e.tag === 0x87) leaf(c, f.gprsSupport, e, null, 'yes');
    else return false;
    return true;
  });
  return out;
}

// 17.7.6, RoutingInfoForSM-Res: the IMSI, and who serves the subscriber.
function routingResult(c: Cursor): RoutingResult {
  const out = { what: 'routing-result' as const, imsi: null as string | null, lmsi: null as string | null };
  let node: Address | null = null as Address | null;
  readAll(c, (e) => {
    if (e.tag === TAG.octetString && out.imsi === null) out.imsi = imsiOf(c, f.imsi, e);
    else if (e.tag === 0xa0) {
      inside(c, f.locationInfo, e, (body) => {
        readAll(body, (x) => {
          if (x.tag === 0x81) node = addressString(body, f.networkNode, x);
          else if (x.tag === 0x80) node = addressString(body, f.destinationRoaming, x);
          else if (x.tag === TAG.octetString) {
            out.lmsi = toHex(body.bytes, x.start, x.end);
            octetsLeaf(body, f.lmsi, x);
          } else if (x.tag === 0x85) leaf(body, f.gprsNode, x, null, 'yes');
          else if (x.tag === 0xa6) inside(body, f.additionalNumber, x, additionalNumber);
          else return false;
          return true;
        });
      });
    } else if (e.tag === 0x82) leaf(c, f.waitingDataSet, e, c.bytes[e.start] ?? 0);
    else return false;
    return true;
  });
  return { ...out, node };
}

// Additional-Number
function additionalNumber(c: Cursor): void {
  readAll(c, (e) => {
    if (e.tag === 0x80) addressString(c, f.mscNumber, e);
    else if (e.tag === 0x81) addressString(c, f.sgsnNumber, e);
    else return false;
    return true;
  });
}

type Parties = { msisdn: Address | null; smsc: Address | null };

/** The subscriber's number, then the service centre's, both without a tag of their own. */
function party(c: Cursor, e: Element, out: Parties): boolean {
  if (e.tag !== TAG.octetString) return false;
  if (out.msisdn === null) out.msisdn = addressString(c, f.msisdn, e);
  else out.smsc = addressString(c, f.serviceCentre, e);
  return true;
}

// 17.7.6, ReportSM-DeliveryStatusArg
function status(c: Cursor): Status {
  const out = { what: 'status' as const, outcome: null as number | null, diagnostic: null as number | null };
  const parties: Parties = { msisdn: null, smsc: null };
  readAll(c, (e) => {
    if (e.tag === TAG.enumerated) {
      out.outcome = integerOf(c, e);
      leaf(c, f.outcome, e, out.outcome, outcomes[out.outcome ?? -1]);
    } else if (e.tag === 0x80) {
      out.diagnostic = integerOf(c, e);
      leaf(c, f.absentDiagnostic, e, out.diagnostic, absentDiagnostics[out.diagnostic ?? -1]);
    } else {
      return party(c, e, parties);
    }
    return true;
  });
  return { ...out, ...parties };
}

// 17.7.6, AlertServiceCentreArg
function alert(c: Cursor): Alert {
  const parties: Parties = { msisdn: null, smsc: null };
  readAll(c, (e) => party(c, e, parties));
  return { what: 'alert', ...parties };
}

/** MW-Status, by bit. */
const WAITING = [
  'the service centre is not in the list',
  'not reachable',
  'memory exceeded',
  'not reachable for GPRS',
] as const;

// 17.7.6, InformServiceCentreArg
function inform(c: Cursor): Inform {
  const out = { what: 'inform' as const, msisdn: null as Address | null, diagnostic: null as number | null };
  let flags: string[] = [];
  readAll(c, (e) => {
    if (e.tag === TAG.octetString) out.msisdn = addressString(c, f.msisdn, e);
    else if (e.tag === TAG.bitString) {
      flags = WAITING.filter((_, bit) => bitOf(c.bytes, e, bit));
      leaf(c, f.waitingStatus, e, toHex(c.bytes, e.start, e.end), flags.length === 0 ? 'none' : flags.join(', '));
    } else if (e.tag === TAG.integer) {
      out.diagnostic = integerOf(c, e);
      leaf(c, f.absentDiagnostic, e, out.diagnostic, absentDiagnostics[out.diagnostic ?? -1]);
    } else return false;
    return true;
  });
  return { ...out, flags };
}

// 17.7.6, ReadyForSM-Arg
function ready(c: Cursor): Ready {
  const out = { what: 'ready' as const, imsi: null as string | null, reason: null as number | null };
  readAll(c, (e) => {
    if (e.tag === 0x80 || e.tag === TAG.octetString) out.imsi = imsiOf(c, f.imsi, e);
    else if (e.tag === TAG.enumerated) {
      out.reason = integerOf(c, e);
      leaf(c, f.alertReason, e, out.reason, alertReasons[out.reason ?? -1]);
    } else return false;
    return true;
  });
  return out;
}

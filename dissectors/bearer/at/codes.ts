// 3GPP TS 27.005 3.2.5: what +CMS ERROR says, by number.

import { describeFailure } from '../../sms/causes.ts';
import { describeRpCause, isTemporaryRp } from '../cprp/causes.ts';

const CMS_ERRORS: Readonly<Record<number, string>> = {
  300: 'ME failure',
  301: 'SMS service of ME reserved',
  302: 'operation not allowed',
  303: 'operation not supported',
  304: 'invalid PDU mode parameter',
  305: 'invalid text mode parameter',
  310: '(U)SIM not inserted',
  311: '(U)SIM PIN required',
  312: 'PH-(U)SIM PIN required',
  313: '(U)SIM failure',
  314: '(U)SIM busy',
  315: '(U)SIM wrong',
  316: '(U)SIM PUK required',
  317: '(U)SIM PIN2 required',
  318: '(U)SIM PUK2 required',
  320: 'memory failure',
  321: 'invalid memory index',
  322: 'memory full',
  330: 'SMSC address unknown',
  331: 'no network service',
  332: 'network timeout',
  340: 'no +CNMA acknowledgement expected',
  500: 'unknown error',
};

/** Of the modem: busy, or without a network. */
const TEMPORARY: ReadonlySet<number> = new Set([301, 314, 331, 332]);
/** TP-FCS of the service centre: busy, system failure, and full or busy cards. */
const TEMPORARY_FCS: ReadonlySet<number> = new Set([192, 194, 208, 211, 212]);

/** 0 to 127 are RP causes, 128 to 255 TP failure causes, from 512 on the manufacturer's. */
export function describeCms(code: number): string {
  if (code < 128) return describeRpCause(code);
  if (code < 256) return describeFailure(code);
  return CMS_ERRORS[code] ?? (code >= 512 ? 'of the manufacturer' : 'reserved');
}

export function isTemporaryCms(code: number): boolean {
  if (code < 128) return isTemporaryRp(code);
  return code < 256 ? TEMPORARY_FCS.has(code) : TEMPORARY.has(code);
}

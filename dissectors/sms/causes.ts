// 3GPP TS 23.040 9.2.3.22 TP-Failure-Cause and 9.2.3.15 TP-Status.

import type { Receipt } from '../base/message.ts';

const FAILURE_CAUSES: Readonly<Record<number, string>> = {
  128: 'telematic interworking not supported',
  129: 'short message type 0 not supported',
  130: 'cannot replace short message',
  143: 'unspecified TP-PID error',
  144: 'data coding scheme (alphabet) not supported',
  145: 'message class not supported',
  159: 'unspecified TP-DCS error',
  160: 'command cannot be actioned',
  161: 'command unsupported',
  175: 'unspecified TP-Command error',
  176: 'TPDU not supported',
  192: 'service centre busy',
  193: 'no service centre subscription',
  194: 'service centre system failure',
  195: 'invalid SME address',
  196: 'destination SME barred',
  197: 'duplicate rejected',
  198: 'TP-VPF not supported',
  199: 'TP-VP not supported',
  208: '(U)SIM SMS storage full',
  209: 'no SMS storage capability in (U)SIM',
  210: 'error in MS',
  211: 'memory capacity exceeded',
  212: '(U)SIM application toolkit busy',
  213: '(U)SIM data download error',
  255: 'unspecified error cause',
};

export function describeFailure(cause: number): string {
  const known = FAILURE_CAUSES[cause];
  if (known !== undefined) return known;
  return cause >= 0xe0 ? 'application specific' : 'reserved';
}

const STATUSES: Readonly<Record<number, string>> = {
  0: 'received by the SME',
  1: 'forwarded to the SME, delivery not confirmed',
  2: 'replaced by the service centre',
  32: 'congestion',
  33: 'SME busy',
  34: 'no response from SME',
  35: 'service rejected',
  36: 'quality of service not available',
  37: 'error in SME',
  64: 'remote procedure error',
  65: 'incompatible destination',
  66: 'connection rejected by SME',
  67: 'not obtainable',
  68: 'quality of service not available',
  69: 'no interworking available',
  70: 'validity period expired',
  71: 'deleted by the originating SME',
  72: 'deleted by service centre administration',
  73: 'message does not exist',
  96: 'congestion',
  97: 'SME busy',
  98: 'no response from SME',
  99: 'service rejected',
  100: 'quality of service not available',
  101: 'error in SME',
};

const GROUPS = [
  'transaction completed',
  'temporary error, still trying',
  'permanent error',
  'temporary error, given up',
];

/** Bit 7 of TP-ST is reserved: such values say nothing. */
export function describeStatus(status: number): string {
  if (status >= 0x80) return 'reserved';
  const text = STATUSES[status] ?? 'reserved or SC specific';
  return `${GROUPS[status >> 5]}: ${text}`;
}

/** What became of the message, by the two bits that sort TP-ST. */
export function stateOfStatus(status: number): Receipt['state'] {
  if (status >= 0x80) return 'unknown';
  const group = status >> 5;
  if (group === 0) return status === 1 ? 'unknown' : 'delivered';
  return group === 1 ? 'pending' : 'failed';
}

export const COMMANDS: Readonly<Record<number, string>> = {
  0: 'enquiry relating to a previously submitted message',
  1: 'cancel status report request',
  2: 'delete previously submitted message',
  3: 'enable status report request',
};

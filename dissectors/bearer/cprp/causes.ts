// 3GPP TS 24.011 8.1.4.2 CP-Cause and 8.2.5.4 RP-Cause.

/** RP-Cause values. */
export const RP_CAUSES: Readonly<Record<number, string>> = {
  1: 'unassigned (unallocated) number',
  8: 'operator determined barring',
  10: 'call barred',
  11: 'reserved',
  21: 'short message transfer rejected',
  22: 'memory capacity exceeded',
  27: 'destination out of order',
  28: 'unidentified subscriber',
  29: 'facility rejected',
  30: 'unknown subscriber',
  38: 'network out of order',
  41: 'temporary failure',
  42: 'congestion',
  47: 'resources unavailable, unspecified',
  50: 'requested facility not subscribed',
  69: 'requested facility not implemented',
  81: 'invalid short message transfer reference value',
  95: 'semantically incorrect message',
  96: 'invalid mandatory information',
  97: 'message type non-existent or not implemented',
  98: 'message not compatible with short message protocol state',
  99: 'information element non-existent or not implemented',
  111: 'protocol error, unspecified',
  127: 'interworking, unspecified',
};

/** CP-Cause values. */
export const CP_CAUSES: Readonly<Record<number, string>> = {
  17: 'network failure',
  22: 'congestion',
  81: 'invalid transaction identifier value',
  95: 'semantically incorrect message',
  96: 'invalid mandatory information',
  97: 'message type non-existent or not implemented',
  98: 'message not compatible with the short message protocol state',
  99: 'information element non-existent or not implemented',
  111: 'protocol error, unspecified',
};

// 3GPP TS 24.011 Annex E: what the sender may try again. A full memory is followed by RP-SMMA once it has room.
const TEMPORARY_RP: ReadonlySet<number> = new Set([22, 27, 38, 41, 42, 47, 127]);
const TEMPORARY_CP: ReadonlySet<number> = new Set([17, 22]);

export const isTemporaryRp = (cause: number): boolean => TEMPORARY_RP.has(cause);
export const isTemporaryCp = (cause: number): boolean => TEMPORARY_CP.has(cause);

export const describeRpCause = (cause: number): string => RP_CAUSES[cause] ?? `reserved cause ${cause}`;
export const describeCpCause = (cause: number): string => CP_CAUSES[cause] ?? `reserved cause ${cause}`;

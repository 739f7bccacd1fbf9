// PAP status codes and message states.

/**
 * WAP-247-PAP 9.14. Of these 1000, 1001, 2000, 2001, 2002, 2005, 2007, 3000, 3006, 3010, 4000, 5000 and 5028 are seen in
 * a gateway at work; the others are from memory.
 */
export const CODES: Readonly<Record<number, string>> = {
  1000: 'OK',
  1001: 'Accepted for processing',
  2000: 'Bad request',
  2001: 'Forbidden',
  2002: 'Address error',
  2003: 'Address not found',
  2004: 'Push ID not found',
  2005: 'Capabilities mismatch',
  2006: 'Required capabilities not supported',
  2007: 'Duplicate push ID',
  2008: 'Cancellation not possible',
  3000: 'Internal server error',
  3001: 'Not implemented',
  3002: 'Version not supported',
  3003: 'Not possible',
  3004: 'Capability matching not supported',
  3005: 'Multiple addresses not supported',
  3006: 'Transformation failure',
  3007: 'Specified delivery method not possible',
  3008: 'Capabilities not available',
  3009: 'Required network not available',
  3010: 'Required bearer not available',
  3011: 'Replacement not supported',
  4000: 'Service failure',
  4001: 'Service not available',
  5000: 'Client aborted',
  5028: 'Client aborted: the push can not be delivered now',
};

/** WAP-247-PAP 9.13: 1xxx is success; 4xxx and busy servers may be asked again. */
export const isSuccess = (code: number): boolean => code >= 1000 && code < 2000;
export const isTemporary = (code: number): boolean => code === 4000 || code === 4001 || code === 3000;

export const describeCode = (code: number): string => CODES[code] ?? `PAP status ${code}`;

/** WAP-247-PAP 9.7, message-state. */
export const STATES: Readonly<Record<string, 'delivered' | 'failed' | 'pending'>> = {
  delivered: 'delivered',
  pending: 'pending',
  rejected: 'failed',
  undeliverable: 'failed',
  expired: 'failed',
  aborted: 'failed',
  timeout: 'failed',
  cancelled: 'failed',
};

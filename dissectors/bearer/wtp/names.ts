// WAP-224-WTP 8: numbers of the Wireless Transaction Protocol.

/** 8.2.2: PDU types. */
export const INVOKE = 1;
export const RESULT = 2;
export const ACK = 3;
export const ABORT = 4;
export const SEGMENTED_INVOKE = 5;
export const SEGMENTED_RESULT = 6;
export const NEGATIVE_ACK = 7;

export const PDU_NAMES: Readonly<Record<number, string>> = {
  [INVOKE]: 'Invoke',
  [RESULT]: 'Result',
  [ACK]: 'Ack',
  [ABORT]: 'Abort',
  [SEGMENTED_INVOKE]: 'Segmented Invoke',
  [SEGMENTED_RESULT]: 'Segmented Result',
  [NEGATIVE_ACK]: 'Negative Ack',
};

/** 8.2.3: group trailer and transmission trailer. */
export const LAST_OF_MESSAGE = 1;
export const LAST_OF_GROUP = 2;
export const NOT_SEGMENTED = 3;

export const TRAILERS: Readonly<Record<number, string>> = {
  0: 'not the last packet',
  [LAST_OF_MESSAGE]: 'last packet of the message',
  [LAST_OF_GROUP]: 'last packet of a group',
  [NOT_SEGMENTED]: 'segmentation not supported',
};

/** 8.4.1: transport information items. */
export const ERROR_ITEM = 0;
export const OPTION_ITEM = 2;
export const NUMBER_ITEM = 3;

export const ITEM_NAMES: Readonly<Record<number, string>> = {
  [ERROR_ITEM]: 'Error',
  1: 'Info',
  [OPTION_ITEM]: 'Option',
  [NUMBER_ITEM]: 'Packet sequence number',
  4: 'SDU boundary',
  5: 'Frame boundary',
};

/** 8.4.4. */
export const OPTION_NAMES: Readonly<Record<number, string>> = {
  1: 'Maximum receive unit',
  2: 'Total message size',
  3: 'Delay transmission timer',
  4: 'Maximum group',
  5: 'Current TID',
  6: 'No cached TID',
  7: 'Number of groups',
  8: 'Window size',
};

interface Reason {
  readonly name: string;
  readonly text: string;
  /** May go away by itself. */
  readonly temporary: boolean;
}

const permanent = (name: string, text: string): Reason => ({ name, text, temporary: false });
const temporary = (name: string, text: string): Reason => ({ name, text, temporary: true });

/** 8.3.4: abort by the provider, which is WTP itself. */
const PROVIDER_REASONS: Readonly<Record<number, Reason>> = {
  0: permanent('UNKNOWN', 'unknown'),
  1: permanent('PROTOERR', 'protocol error'),
  2: permanent('INVALIDTID', 'transaction identifier is not valid'),
  3: permanent('NOTIMPLEMENTEDCL2', 'class 2 is not implemented'),
  4: permanent('NOTIMPLEMENTEDSAR', 'segmentation is not implemented'),
  5: permanent('NOTIMPLEMENTEDUACK', 'user acknowledgement is not implemented'),
  6: permanent('WTPVERSIONZERO', 'the version is not supported'),
  7: temporary('CAPTEMPEXCEEDED', 'capacity temporarily exceeded'),
  8: temporary('NORESPONSE', 'no response'),
  9: permanent('MESSAGETOOLARGE', 'message too large'),
};

/** WAP-230-WSP table 35: abort by the user, which is WSP, and reasons of Disconnect and Suspend. */
const USER_REASONS: Readonly<Record<number, Reason>> = {
  224: permanent('PROTOERR', 'protocol error'),
  225: permanent('DISCONNECT', 'session disconnected'),
  226: temporary('SUSPEND', 'session suspended'),
  227: temporary('RESUME', 'session resumed'),
  228: temporary('CONGESTION', 'the peer is congested'),
  229: permanent('CONNECTERR', 'session could not be opened'),
  230: permanent('MRUEXCEEDED', 'larger than the maximum receive unit'),
  231: temporary('MOREXCEEDED', 'more requests at once than were agreed'),
  232: permanent('PEERREQ', 'requested by the peer'),
  233: temporary('NETERR', 'network error'),
  234: permanent('USERREQ', 'requested by the user'),
  235: permanent('USERRFS', 'push refused, not to be tried again'),
  236: permanent('USERPND', 'push could not be delivered to its application'),
  237: temporary('USERDCR', 'push discarded for lack of resources'),
  238: permanent('USERDCU', 'content type of the push can not be processed'),
};

const namesOf = (table: Readonly<Record<number, Reason>>): Record<number, string> =>
  Object.fromEntries(Object.entries(table).map(([code, r]) => [code, r.name]));

export const PROVIDER_NAMES = namesOf(PROVIDER_REASONS);
export const USER_NAMES = namesOf(USER_REASONS);

export const USER_ABORT = 1;

/** What an Abort says; numbers that are not assigned are named by themselves. */
export function abortReason(type: number, reason: number): Reason & { readonly code: string } {
  const hex = `0x${reason.toString(16).toUpperCase().padStart(2, '0')}`;
  const by = type === USER_ABORT ? 'user' : 'provider';
  const table = type === USER_ABORT ? USER_REASONS : PROVIDER_REASONS;
  const known = table[reason] ?? permanent(hex, 'reason not assigned');
  return { ...known, code: `${by} abort ${hex}` };
}

// Words for the numbers of ITU-T Q.773.

import type { MessageKind } from './types.ts';

/** 4.2.1, Table 8 */
export const messageKinds: Readonly<Record<number, MessageKind>> = {
  97: 'unidirectional',
  98: 'begin',
  100: 'end',
  101: 'continue',
  103: 'abort',
} as const;

/** 4.2.1, P-Abort cause. */
export const abortCauses: Readonly<Record<number, string>> = {
  0: 'unrecognized message type',
  1: 'unrecognized transaction identifier',
  2: 'badly formatted transaction portion',
  3: 'incorrect transaction portion',
  4: 'resource limitation',
};

/** 4.2.2, Table 28: problems by the tag of their kind. */
export const problems: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  128: { 0: 'unrecognized component', 1: 'mistyped component', 2: 'badly structured component' },
  129: {
    0: 'duplicate invoke identifier',
    1: 'unrecognized operation',
    2: 'mistyped parameter',
    3: 'resource limitation',
    4: 'initiating release',
    5: 'unrecognized linked identifier',
    6: 'linked response unexpected',
    7: 'unexpected linked operation',
  },
  130: { 0: 'unrecognized invoke identifier', 1: 'return result unexpected', 2: 'mistyped parameter' },
  131: {
    0: 'unrecognized invoke identifier',
    1: 'return error unexpected',
    2: 'unrecognized error',
    3: 'unexpected error',
    4: 'mistyped parameter',
  },
};

/** 4.2.3, Associate-result. */
export const results: Readonly<Record<number, string>> = { 0: 'accepted', 1: 'reject-permanent' };

/** 4.2.3, dialogue-service-user. */
export const userDiagnostics: Readonly<Record<number, string>> = {
  0: 'null',
  1: 'no reason given',
  2: 'application context name not supported',
};

export const providerDiagnostics: Readonly<Record<number, string>> = {
  0: 'null',
  1: 'no reason given',
  2: 'no common dialogue portion',
};

/** 3GPP TS 29.002 17.3.2: application contexts of MAP. */
export const mapContexts: Readonly<Record<number, string>> = {
  1: 'networkLocUpContext',
  2: 'locationCancellationContext',
  3: 'roamingNumberEnquiryContext',
  5: 'locationInfoRetrievalContext',
  10: 'resetContext',
  11: 'handoverControlContext',
  13: 'equipmentMngtContext',
  14: 'infoRetrievalContext',
  15: 'interVlrInfoRetrievalContext',
  16: 'subscriberDataMngtContext',
  17: 'tracingContext',
  18: 'networkFunctionalSsContext',
  19: 'networkUnstructuredSsContext',
  20: 'shortMsgGatewayContext',
  21: 'shortMsgMO-RelayContext',
  22: 'subscriberDataModificationNotificationContext',
  23: 'shortMsgAlertContext',
  24: 'mwdMngtContext',
  25: 'shortMsgMT-RelayContext',
  26: 'imsiRetrievalContext',
  27: 'msPurgingContext',
  28: 'subscriberInfoEnquiryContext',
  29: 'anyTimeInfoEnquiryContext',
  32: 'gprsLocationUpdateContext',
  33: 'gprsLocationInfoRetrievalContext',
  37: 'locationSvcGatewayContext',
  41: 'shortMsgMT-Relay-VGCS-Context',
};

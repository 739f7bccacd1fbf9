// Errors of 3GPP TS 29.002 17.6.7, and whether another try is worth it (3GPP TS 23.040 3.3, Table 1, where it says).

export interface MapError {
  readonly name: string;
  /** Worth another try. */
  readonly temporary: boolean;
}

const permanent = (name: string): MapError => ({ name, temporary: false });
const temporary = (name: string): MapError => ({ name, temporary: true });

export const ABSENT_SUBSCRIBER_SM = 6;
export const ABSENT_SUBSCRIBER = 27;
export const DELIVERY_FAILURE = 32;
export const SYSTEM_FAILURE = 34;
export const UNKNOWN_SUBSCRIBER = 1;
export const CALL_BARRED = 13;

const ERRORS: Readonly<Record<number, MapError>> = {
  1: permanent('unknownSubscriber'),
  2: permanent('unknownBaseStation'),
  3: permanent('unknownMSC'),
  4: permanent('secureTransportError'),
  5: permanent('unidentifiedSubscriber'),
  6: temporary('absentSubscriberSM'),
  7: permanent('unknownEquipment'),
  8: permanent('roamingNotAllowed'),
  9: permanent('illegalSubscriber'),
  10: permanent('bearerServiceNotProvisioned'),
  11: permanent('teleserviceNotProvisioned'),
  12: permanent('illegalEquipment'),
  13: temporary('callBarred'),
  14: permanent('forwardingViolation'),
  15: permanent('cug-Reject'),
  16: permanent('illegalSS-Operation'),
  17: permanent('ss-ErrorStatus'),
  18: permanent('ss-NotAvailable'),
  19: permanent('ss-SubscriptionViolation'),
  20: permanent('ss-Incompatibility'),
  21: temporary('facilityNotSupported'),
  22: temporary('ongoingGroupCall'),
  23: permanent('invalidTargetBaseStation'),
  24: temporary('noRadioResourceAvailable'),
  25: temporary('noHandoverNumberAvailable'),
  26: temporary('subsequentHandoverFailure'),
  27: temporary('absentSubscriber'),
  28: permanent('incompatibleTerminal'),
  29: temporary('shortTermDenial'),
  30: permanent('longTermDenial'),
  31: temporary('subscriberBusyForMT-SMS'),
  32: temporary('sm-DeliveryFailure'),
  33: temporary('messageWaitingListFull'),
  34: temporary('systemFailure'),
  35: permanent('dataMissing'),
  36: permanent('unexpectedDataValue'),
  37: permanent('pw-RegistrationFailure'),
  38: permanent('negativePW-Check'),
  39: temporary('noRoamingNumberAvailable'),
  40: temporary('tracingBufferFull'),
  42: permanent('targetCellOutsideGroupCallArea'),
  43: permanent('numberOfPW-AttemptsViolation'),
  44: permanent('numberChanged'),
  45: temporary('busySubscriber'),
  46: temporary('noSubscriberReply'),
  47: temporary('forwardingFailed'),
  48: permanent('or-NotAllowed'),
  49: permanent('ati-NotAllowed'),
  50: temporary('noGroupCallNumberAvailable'),
  51: temporary('resourceLimitation'),
  52: permanent('unauthorizedRequestingNetwork'),
  53: permanent('unauthorizedLCSClient'),
  54: temporary('positionMethodFailure'),
  58: permanent('unknownOrUnreachableLCSClient'),
  59: permanent('mm-EventNotSupported'),
  60: permanent('atsi-NotAllowed'),
  61: permanent('atm-NotAllowed'),
  62: temporary('informationNotAvailable'),
  71: permanent('unknownAlphabet'),
  72: temporary('ussd-Busy'),
};

export const errorOf = (code: number): MapError => ERRORS[code] ?? permanent(`error ${code}`);

/** 17.7.7, SM-EnumeratedDeliveryFailureCause. */
export const failureCauses: Readonly<Record<number, MapError>> = {
  0: temporary('memoryCapacityExceeded'),
  1: temporary('equipmentProtocolError'),
  2: permanent('equipmentNotSM-Equipped'),
  3: permanent('unknownServiceCentre'),
  4: temporary('sc-Congestion'),
  5: permanent('invalidSME-Address'),
  6: permanent('subscriberNotSC-Subscriber'),
};

/** 3GPP TS 23.040 3.3.2, diagnostic information of absent subscriber. */
export const absentDiagnostics: Readonly<Record<number, string>> = {
  0: 'no paging response via the MSC',
  1: 'IMSI detached',
  2: 'roaming restriction',
  3: 'deregistered in the HLR for non GPRS',
  4: 'MS purged for non GPRS',
  5: 'no paging response via the SGSN',
  6: 'GPRS detached',
  7: 'deregistered in the HLR for GPRS',
  8: 'MS purged for GPRS',
  9: 'unidentified subscriber via the MSC',
  10: 'unidentified subscriber via the SGSN',
  11: 'deregistered in the HSS/HLR for IMS',
  12: 'no response via the IP-SM-GW',
  13: 'the MS is temporarily unavailable',
};

/** 17.7.7, NetworkResource. */
export const networkResources: Readonly<Record<number, string>> = {
  0: 'plmn',
  1: 'hlr',
  2: 'vlr',
  3: 'pvlr',
  4: 'controllingMSC',
  5: 'vmsc',
  6: 'eir',
  7: 'rss',
};

/** 17.7.7, CallBarringCause. */
export const barringCauses: Readonly<Record<number, string>> = { 0: 'barringServiceActive', 1: 'operatorBarring' };

/** 17.7.7, UnknownSubscriberDiagnostic. */
export const unknownDiagnostics: Readonly<Record<number, string>> = {
  0: 'imsiUnknown',
  1: 'gprs-eps-SubscriptionUnknown',
  2: 'npdbMismatch',
};

/** 17.7.7, AbsentSubscriberReason. */
export const absentReasons: Readonly<Record<number, string>> = {
  0: 'imsiDetach',
  1: 'restrictedArea',
  2: 'noPageResponse',
  3: 'purgedMS',
  4: 'mtRoamingRetry',
  5: 'busySubscriber',
};

/** 17.7.6, SM-DeliveryOutcome. */
export const outcomes: Readonly<Record<number, string>> = {
  0: 'memoryCapacityExceeded',
  1: 'absentSubscriber',
  2: 'successfulTransfer',
};

export const alertReasons: Readonly<Record<number, string>> = { 0: 'ms-Present', 1: 'memoryAvailable' };

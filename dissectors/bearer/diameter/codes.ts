// Diameter base protocol (RFC 6733) and the short message interfaces SGd, Gdd and S6c (3GPP TS 29.338).

/** 3GPP TS 29.338 5.3.2, 6.3.2: command codes. */
export const MO_FORWARD = 8_388_645;
export const MT_FORWARD = 8_388_646;
export const ROUTING_INFO = 8_388_647;
export const ALERT = 8_388_648;
export const DELIVERY_STATUS = 8_388_649;

export const COMMANDS: Readonly<Record<number, string>> = {
  257: 'Capabilities-Exchange',
  258: 'Re-Auth',
  274: 'Abort-Session',
  275: 'Session-Termination',
  280: 'Device-Watchdog',
  282: 'Disconnect-Peer',
  [MO_FORWARD]: 'MO-Forward-Short-Message',
  [MT_FORWARD]: 'MT-Forward-Short-Message',
  [ROUTING_INFO]: 'Send-Routing-Info-for-SM',
  [ALERT]: 'Alert-Service-Centre',
  [DELIVERY_STATUS]: 'Report-SM-Delivery-Status',
};

/** AVP codes: RFC 6733 4.5, 3GPP TS 29.338 5.3.3, 6.3.3; vendor 10415 where marked so in `fields.ts`. */
export const AVP = {
  userName: 1,
  sessionId: 263,
  originHost: 264,
  resultCode: 268,
  errorMessage: 281,
  destinationHost: 293,
  originRealm: 296,
  experimentalResult: 297,
  experimentalResultCode: 298,
  failedAvp: 279,
  vendorSpecificApplicationId: 260,
  msisdn: 701,
  servingNode: 2401,
  mmeNumberForMtSms: 1645,
  sgsnNumber: 1489,
  mscNumber: 2403,
  userIdentifier: 3102,
  scAddress: 3300,
  smRpUi: 3301,
  tfrFlags: 3302,
  smDeliveryFailureCause: 3303,
  smEnumeratedCause: 3304,
  smDiagnosticInfo: 3305,
  smsGmscAddress: 3332,
  absentUserDiagnostic: 3322,
} as const;

export const AVP_NAMES: Readonly<Record<number, string>> = {
  1: 'User-Name',
  257: 'Host-IP-Address',
  258: 'Auth-Application-Id',
  260: 'Vendor-Specific-Application-Id',
  263: 'Session-Id',
  264: 'Origin-Host',
  265: 'Supported-Vendor-Id',
  266: 'Vendor-Id',
  267: 'Firmware-Revision',
  268: 'Result-Code',
  269: 'Product-Name',
  277: 'Auth-Session-State',
  278: 'Origin-State-Id',
  279: 'Failed-AVP',
  281: 'Error-Message',
  282: 'Route-Record',
  283: 'Destination-Realm',
  293: 'Destination-Host',
  296: 'Origin-Realm',
  297: 'Experimental-Result',
  298: 'Experimental-Result-Code',
  628: 'Supported-Features',
  701: 'MSISDN',
  1489: 'SGSN-Number',
  1645: 'MME-Number-for-MT-SMS',
  2401: 'Serving-Node',
  2402: 'MME-Name',
  2403: 'MSC-Number',
  3102: 'User-Identifier',
  3300: 'SC-Address',
  3301: 'SM-RP-UI',
  3302: 'TFR-Flags',
  3303: 'SM-Delivery-Failure-Cause',
  3304: 'SM-Enumerated-Delivery-Failure-Cause',
  3305: 'SM-Diagnostic-Info',
  3306: 'SM-Delivery-Timer',
  3307: 'SM-Delivery-Start-Time',
  3308: 'SM-RP-MTI',
  3309: 'SM-RP-SMEA',
  3310: 'SRR-Flags',
  3311: 'SM-Delivery-Not-Intended',
  3312: 'MWD-Status',
  3313: 'MME-Absent-User-Diagnostic-SM',
  3314: 'MSC-Absent-User-Diagnostic-SM',
  3315: 'SGSN-Absent-User-Diagnostic-SM',
  3316: 'SM-Delivery-Outcome',
  3317: 'MME-SM-Delivery-Outcome',
  3318: 'MSC-SM-Delivery-Outcome',
  3319: 'SGSN-SM-Delivery-Outcome',
  3320: 'IP-SM-GW-SM-Delivery-Outcome',
  3321: 'SM-Delivery-Cause',
  3322: 'Absent-User-Diagnostic-SM',
  3323: 'RDR-Flags',
  3324: 'SMSMI-Correlation-ID',
  3332: 'SMS-GMSC-Address',
};

/** AVPs that hold AVPs. */
export const GROUPED: ReadonlySet<number> = new Set([
  260, 279, 297, 628, 2401, 3102, 3303, 3316, 3317, 3318, 3319, 3320, 3324,
]);
/** AVPs that hold a 32-bit number. */
export const NUMBERS: ReadonlySet<number> = new Set([
  258, 265, 266, 267, 268, 277, 278, 298, 3302, 3304, 3306, 3308, 3310, 3311, 3312, 3313, 3314, 3315, 3321, 3322, 3323,
]);
/** AVPs that hold an ISDN number as semi-octets (3GPP TS 29.329 6.3.2: TBCD-STRING). */
export const DIGITS: ReadonlySet<number> = new Set([701, 1489, 1645, 2403, 3300, 3332]);
/** AVPs that hold octets: no text is in them. */
export const OCTETS: ReadonlySet<number> = new Set([257, 3301, 3305, 3307, 3309]);

/** RFC 6733 7.1. */
const BASE_RESULTS: Readonly<Record<number, string>> = {
  2001: 'DIAMETER_SUCCESS',
  2002: 'DIAMETER_LIMITED_SUCCESS',
  3001: 'DIAMETER_COMMAND_UNSUPPORTED',
  3002: 'DIAMETER_UNABLE_TO_DELIVER',
  3003: 'DIAMETER_REALM_NOT_SERVED',
  3004: 'DIAMETER_TOO_BUSY',
  3005: 'DIAMETER_LOOP_DETECTED',
  3007: 'DIAMETER_APPLICATION_UNSUPPORTED',
  3008: 'DIAMETER_INVALID_HDR_BITS',
  3009: 'DIAMETER_INVALID_AVP_BITS',
  3010: 'DIAMETER_UNKNOWN_PEER',
  5001: 'DIAMETER_AVP_UNSUPPORTED',
  5002: 'DIAMETER_UNKNOWN_SESSION_ID',
  5003: 'DIAMETER_AUTHORIZATION_REJECTED',
  5004: 'DIAMETER_INVALID_AVP_VALUE',
  5005: 'DIAMETER_MISSING_AVP',
  5008: 'DIAMETER_AVP_NOT_ALLOWED',
  5009: 'DIAMETER_AVP_OCCURS_TOO_MANY_TIMES',
  5012: 'DIAMETER_UNABLE_TO_COMPLY',
  5014: 'DIAMETER_INVALID_AVP_LENGTH',
};

/** 3GPP TS 29.338 7.3: results of the short message applications. */
const EXPERIMENTAL_RESULTS: Readonly<Record<number, string>> = {
  5001: 'DIAMETER_ERROR_USER_UNKNOWN',
  5550: 'DIAMETER_ERROR_ABSENT_USER',
  5551: 'DIAMETER_ERROR_USER_BUSY_FOR_MT_SMS',
  5552: 'DIAMETER_ERROR_FACILITY_NOT_SUPPORTED',
  5553: 'DIAMETER_ERROR_ILLEGAL_USER',
  5554: 'DIAMETER_ERROR_ILLEGAL_EQUIPMENT',
  5555: 'DIAMETER_ERROR_SM_DELIVERY_FAILURE',
  5556: 'DIAMETER_ERROR_SERVICE_NOT_SUBSCRIBED',
  5557: 'DIAMETER_ERROR_SERVICE_BARRED',
  5558: 'DIAMETER_ERROR_MWD_LIST_FULL',
};

/** Refusals that may go away by themselves. */
const TEMPORARY_BASE: ReadonlySet<number> = new Set([3002, 3004]);
const TEMPORARY_EXPERIMENTAL: ReadonlySet<number> = new Set([5550, 5551, 5555]);

export const resultName = (code: number, experimental: boolean): string =>
  (experimental ? EXPERIMENTAL_RESULTS[code] : BASE_RESULTS[code]) ?? `result ${code}`;

export const isTemporary = (code: number, experimental: boolean): boolean =>
  (experimental ? TEMPORARY_EXPERIMENTAL : TEMPORARY_BASE).has(code);

/** RFC 6733 7.1.2: 2xxx is success. */
export const isSuccess = (code: number): boolean => Math.floor(code / 1000) === 2;

/** 3GPP TS 29.338 5.3.3.5. */
export const DELIVERY_CAUSES: Readonly<Record<number, string>> = {
  0: 'memory capacity exceeded',
  1: 'equipment protocol error',
  2: 'equipment not equipped for short messages',
  3: 'unknown service centre',
  4: 'service centre congestion',
  5: 'invalid SME address',
  6: 'user not a user of the service centre',
};

/** 3GPP TS 23.040 3.3.2, as TS 29.338 5.3.3.20 quotes it: why the subscriber is absent. */
export const ABSENT: Readonly<Record<number, string>> = {
  0: 'no paging response via the MSC',
  1: 'IMSI detached',
  2: 'roaming restriction',
  3: 'deregistered in the HLR for non-GPRS',
  4: 'MS purged for non-GPRS',
  5: 'no paging response via the SGSN',
  6: 'GPRS detached',
  7: 'deregistered in the HLR for GPRS',
  8: 'MS purged for GPRS',
  9: 'unidentified subscriber via the MSC',
  10: 'unidentified subscriber via the SGSN',
  11: 'deregistered in the HSS for IMS',
  12: 'no response via the IP-SM-GW',
  13: 'the MS is temporarily unavailable',
};

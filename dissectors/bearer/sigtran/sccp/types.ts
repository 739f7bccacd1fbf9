// Numbers and names of ITU-T Q.713 (ANSI T1.112.3 has the same message types, parameters and causes).

/** 2.1, Table 1: message types. */
export const MESSAGE = {
  cr: 0x01,
  cc: 0x02,
  cref: 0x03,
  rlsd: 0x04,
  rlc: 0x05,
  dt1: 0x06,
  dt2: 0x07,
  udt: 0x09,
  udts: 0x0a,
  xudt: 0x11,
  xudts: 0x12,
  ludt: 0x13,
  ludts: 0x14,
} as const;

export const messageNames: Readonly<Record<number, string>> = {
  1: 'CR, connection request',
  2: 'CC, connection confirm',
  3: 'CREF, connection refused',
  4: 'RLSD, released',
  5: 'RLC, release complete',
  6: 'DT1, data form 1',
  7: 'DT2, data form 2',
  8: 'AK, data acknowledgement',
  9: 'UDT, unitdata',
  10: 'UDTS, unitdata service',
  11: 'ED, expedited data',
  12: 'EA, expedited data acknowledgement',
  13: 'RSR, reset request',
  14: 'RSC, reset confirmation',
  15: 'ERR, protocol data unit error',
  16: 'IT, inactivity test',
  17: 'XUDT, extended unitdata',
  18: 'XUDTS, extended unitdata service',
  19: 'LUDT, long unitdata',
  20: 'LUDTS, long unitdata service',
};

/** 3.1: optional parameters. */
export const PARAMETER = {
  endOfOptional: 0x00,
  called: 0x03,
  calling: 0x04,
  data: 0x0f,
  segmentation: 0x10,
  longData: 0x13,
} as const;

export const parameterNames: Readonly<Record<number, string>> = {
  0: 'End of optional parameters',
  1: 'Destination local reference',
  2: 'Source local reference',
  3: 'Called party address',
  4: 'Calling party address',
  5: 'Protocol class',
  6: 'Segmenting/reassembling',
  7: 'Receive sequence number',
  8: 'Sequencing/segmenting',
  9: 'Credit',
  10: 'Release cause',
  11: 'Return cause',
  12: 'Reset cause',
  13: 'Error cause',
  14: 'Refusal cause',
  15: 'Data',
  16: 'Segmentation',
  17: 'Hop counter',
  18: 'Importance',
  19: 'Long data',
};

/** 3.4.2.2; 3GPP TS 23.003 8. */
export const subsystems: Readonly<Record<number, string>> = {
  0: 'not known',
  1: 'SCCP management',
  3: 'ISUP',
  4: 'OMAP',
  5: 'MAP',
  6: 'HLR (MAP)',
  7: 'VLR (MAP)',
  8: 'MSC (MAP)',
  9: 'EIR (MAP)',
  10: 'AuC (MAP)',
  142: 'RANAP',
  143: 'RNSAP',
  145: 'GMLC (MAP)',
  146: 'CAP',
  147: 'gsmSCF (MAP)',
  148: 'SIWF (MAP)',
  149: 'SGSN (MAP)',
  150: 'GGSN (MAP)',
  241: 'INAP',
  250: 'BSC (BSSAP-LE)',
  251: 'MSC (BSSAP-LE)',
  252: 'SMLC (BSSAP-LE)',
  253: 'BSS O&M',
  254: 'BSSAP',
};

export interface ReturnCause {
  readonly text: string;
  /** Worth another try: nothing is wrong with address or message. */
  readonly temporary: boolean;
}

/** 3.12, return cause. Whether another try is worth it is our reading. */
export const returnCauses: Readonly<Record<number, ReturnCause>> = {
  0: { text: 'no translation for an address of such nature', temporary: false },
  1: { text: 'no translation for this specific address', temporary: false },
  2: { text: 'subsystem congestion', temporary: true },
  3: { text: 'subsystem failure', temporary: true },
  4: { text: 'unequipped user', temporary: false },
  5: { text: 'MTP failure', temporary: true },
  6: { text: 'network congestion', temporary: true },
  7: { text: 'unqualified', temporary: true },
  8: { text: 'error in message transport', temporary: true },
  9: { text: 'error in local processing', temporary: true },
  10: { text: 'destination cannot perform reassembly', temporary: false },
  11: { text: 'SCCP failure', temporary: true },
  12: { text: 'hop counter violation', temporary: false },
  13: { text: 'segmentation not supported', temporary: false },
  14: { text: 'segmentation failure', temporary: true },
};

/** 3.15, refusal cause. */
export const refusalCauses: Readonly<Record<number, string>> = {
  0: 'end user originated',
  1: 'end user congestion',
  2: 'end user failure',
  3: 'SCCP user originated',
  4: 'destination address unknown',
  5: 'destination inaccessible',
  6: 'network resource, QoS not available, permanent',
  7: 'network resource, QoS not available, transient',
  8: 'access failure',
  9: 'access congestion',
  10: 'subsystem failure',
  11: 'subsystem congestion',
  12: 'expiration of the connection establishment timer',
  13: 'incompatible user data',
  15: 'unqualified',
  16: 'hop counter violation',
  17: 'SCCP failure',
  18: 'no translation for an address of such nature',
  19: 'unequipped user',
};

/** 3.11, release cause. */
export const releaseCauses: Readonly<Record<number, string>> = {
  0: 'end user originated',
  1: 'end user congestion',
  2: 'end user failure',
  3: 'SCCP user originated',
  4: 'remote procedure error',
  5: 'inconsistent connection data',
  6: 'access failure',
  7: 'access congestion',
  8: 'subsystem failure',
  9: 'subsystem congestion',
  10: 'MTP failure',
  11: 'network congestion',
  12: 'expiration of the reset timer',
  13: 'expiration of the receive inactivity timer',
  15: 'unqualified',
  16: 'SCCP failure',
};

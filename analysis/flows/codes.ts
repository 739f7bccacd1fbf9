// From the code of a refusal, as its bearer writes it, to plain words and what to check next.

import { ADVICE, type Advice, type AdviceName } from './advice.ts';

/** Codes of one standard: number to the kind of trouble; 0..n ranges are written out, `else` takes the rest. */
interface Family {
  /** Document and clause of the codes. */
  readonly clause: string;
  readonly codes: Readonly<Record<number, AdviceName>>;
  readonly else: AdviceName;
}

const listed = (name: AdviceName, ...codes: readonly number[]): Record<number, AdviceName> =>
  Object.fromEntries(codes.map((c) => [c, name]));

export const FAMILIES = {
  smppStatus: {
    clause: 'SMPP 3.4 5.1.3',
    codes: {
      ...listed('length', 0x01, 0x02),
      ...listed('protocol', 0x03, 0x06, 0x07, 0x43, 0x52, 0x54, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4),
      ...listed('state', 0x04, 0x05),
      ...listed('system', 0x08, 0x45, 0xff),
      ...listed('source', 0x0a, 0x48, 0x49),
      ...listed('destination', 0x0b, 0x33, 0x34, 0x40, 0x50, 0x51),
      ...listed('authentication', 0x0d, 0x0e, 0x0f, 0x53),
      ...listed('queueFull', 0x14),
      ...listed('barred', 0x15, 0x100, 0x101, 0x102, 0x103),
      ...listed('throttled', 0x58),
      ...listed('protocol', 0x61, 0x62, 0x63),
      ...listed('delivery', 0x64, 0x65, 0x66, 0xfe),
      ...listed('notSupported', 0x104),
    },
    else: 'system',
  },
  ucpError: {
    clause: 'EMI-UCP 4.0 7.1',
    codes: {
      ...listed('protocol', 1, 2, 22, 23, 26),
      ...listed('notSupported', 3),
      ...listed('barred', 4, 5, 10, 12, 14, 16, 18),
      ...listed('destination', 6, 9, 34),
      ...listed('authentication', 7, 8, 11, 13, 15, 17, 19, 20),
      ...listed('length', 24),
      ...listed('deleted', 27),
      ...listed('queueFull', 35),
    },
    else: 'system',
  },
  ucpReason: {
    clause: 'EMI-UCP 4.0 7.2',
    codes: {
      ...listed('unknownSubscriber', 0, 101, 115),
      ...listed('absent', 1, 2, 3, 4, 5, 6, 7, 8, 107),
      ...listed('noAnswer', 10),
      ...listed('notSupported', 100, 102, 106, 111),
      ...listed('barred', 103, 104),
      ...listed('congestion', 105, 109, 113),
      ...listed('delivery', 108),
      ...listed('protocol', 110),
      ...listed('destination', 206),
    },
    else: 'delivery',
  },
  cimd2: {
    clause: 'CIMD 8.0 6.2',
    codes: {
      ...listed('state', 1),
      ...listed('protocol', 2, 3, 8, 302, 303, 305, 307, 308, 309, 310, 311, 312, 313, 314),
      ...listed('system', 4, 6, 7, 9),
      ...listed('noAnswer', 5),
      ...listed('congestion', 10),
      ...listed('authentication', 100, 101),
      ...listed('destination', 300, 301),
      ...listed('notSupported', 304),
      ...listed('source', 306),
    },
    else: 'system',
  },
  rpCause: {
    clause: '3GPP TS 24.011 8.2.5.4',
    codes: {
      ...listed('destination', 1),
      ...listed('barred', 8, 10, 50),
      ...listed('rejected', 21),
      ...listed('memory', 22),
      ...listed('absent', 27),
      ...listed('unknownSubscriber', 28, 30),
      ...listed('notSupported', 29, 69),
      ...listed('system', 38, 41, 127),
      ...listed('congestion', 42, 47),
      ...listed('protocol', 81, 95, 96, 97, 98, 99, 111),
    },
    else: 'protocol',
  },
  cpCause: {
    clause: '3GPP TS 24.011 8.1.4.2',
    codes: { ...listed('system', 17), ...listed('congestion', 22) },
    else: 'protocol',
  },
  tpFailure: {
    clause: '3GPP TS 23.040 9.2.3.22',
    codes: {
      ...listed('notSupported', 128, 129, 130, 143, 144, 145, 159, 160, 161, 175, 176, 198, 199, 209),
      ...listed('congestion', 192),
      ...listed('barred', 193, 196),
      ...listed('system', 194, 210, 255),
      ...listed('destination', 195),
      ...listed('duplicatePush', 197),
      ...listed('memory', 208, 211),
      ...listed('busy', 212),
      ...listed('notSupported', 213),
    },
    else: 'system',
  },
  tpStatus: {
    clause: '3GPP TS 23.040 9.2.3.15',
    codes: {
      ...listed('congestion', 0x20, 0x60),
      ...listed('busy', 0x21, 0x61),
      ...listed('absent', 0x22, 0x62),
      ...listed('rejected', 0x23, 0x42, 0x63),
      ...listed('notSupported', 0x41, 0x45),
      ...listed('unknownSubscriber', 0x43),
      ...listed('expired', 0x46),
      ...listed('deleted', 0x47, 0x48, 0x49),
    },
    else: 'delivery',
  },
  map: {
    clause: '3GPP TS 29.002 17.6.7',
    codes: {
      ...listed('unknownSubscriber', 1, 5, 44),
      ...listed('routing', 2, 3),
      ...listed('absent', 6, 27),
      ...listed('barred', 7, 8, 9, 10, 11, 12, 13, 14, 15, 29, 30, 52),
      ...listed('notSupported', 21, 28),
      ...listed('busy', 22, 31, 45),
      ...listed('memory', 32),
      ...listed('queueFull', 33),
      ...listed('system', 34),
      ...listed('protocol', 35, 36),
      ...listed('congestion', 51),
    },
    else: 'system',
  },
  smOutcome: {
    clause: '3GPP TS 29.002 7.6.8',
    codes: { ...listed('memory', 0), ...listed('absent', 1) },
    else: 'delivery',
  },
  diameterResult: {
    clause: 'RFC 6733 7.1',
    codes: {
      ...listed('notSupported', 3001, 3007, 5001),
      ...listed('routing', 3002, 3003, 3005, 3010),
      ...listed('congestion', 3004),
      ...listed('authentication', 5003),
      ...listed('protocol', 3008, 3009, 5002, 5004, 5005, 5008, 5009, 5014),
    },
    else: 'system',
  },
  diameterExperimental: {
    clause: '3GPP TS 29.338 7.3',
    codes: {
      ...listed('unknownSubscriber', 5001),
      ...listed('absent', 5550),
      ...listed('busy', 5551),
      ...listed('notSupported', 5552),
      ...listed('barred', 5553, 5554, 5556, 5557),
      ...listed('memory', 5555),
      ...listed('queueFull', 5558),
    },
    else: 'system',
  },
  sip: {
    clause: 'RFC 3261 21',
    codes: {
      ...listed('protocol', 400, 405, 406, 416, 420, 421),
      ...listed('authentication', 401, 403, 407),
      ...listed('unknownSubscriber', 404, 410, 604),
      ...listed('noAnswer', 408, 504),
      ...listed('length', 413),
      ...listed('mediaType', 415, 488, 606),
      ...listed('absent', 480),
      ...listed('routing', 481, 482, 483, 484, 485),
      ...listed('busy', 486, 600),
      ...listed('barred', 433, 603),
      ...listed('congestion', 503),
    },
    else: 'system',
  },
  http: {
    clause: 'RFC 9110 15',
    codes: {
      ...listed('protocol', 400, 405, 411, 422),
      ...listed('authentication', 401, 403, 407),
      ...listed('httpNotFound', 404, 410),
      ...listed('mediaType', 406, 415),
      ...listed('noAnswer', 408, 504),
      ...listed('length', 413),
      ...listed('throttled', 429),
      ...listed('congestion', 503),
    },
    else: 'httpServer',
  },
  pushStatus: {
    clause: 'WAP-230-WSP Table 36',
    codes: {
      ...listed('refusedByPhone', 235),
      ...listed('busy', 236),
      ...listed('memory', 237),
      ...listed('mediaType', 238),
    },
    else: 'refusedByPhone',
  },
  pap: {
    clause: 'WAP-247-PAP 9.14',
    codes: {
      ...listed('pushControl', 2000),
      ...listed('authentication', 2001),
      ...listed('pushAddress', 2002, 2003),
      ...listed('deleted', 2004, 2008),
      ...listed('pushCapability', 2005, 2006, 3003, 3004, 3005, 3007, 3008, 3009, 3010),
      ...listed('duplicatePush', 2007),
      ...listed('system', 3000),
      ...listed('notSupported', 3001, 3002, 3006, 3011),
      ...listed('delivery', 4000, 4001),
      ...listed('refusedByPhone', 5000),
      ...listed('busy', 5028),
    },
    else: 'delivery',
  },
  wtpUser: {
    clause: 'WAP-230-WSP Table 35',
    codes: {
      ...listed('protocol', 224),
      ...listed('state', 225, 226, 227, 229),
      ...listed('congestion', 228, 231),
      ...listed('length', 230),
      ...listed('refusedByPhone', 232, 234, 235),
      ...listed('system', 233),
      ...listed('busy', 236),
      ...listed('memory', 237),
      ...listed('mediaType', 238),
    },
    else: 'protocol',
  },
  wtpProvider: {
    clause: 'WAP-224-WTP 8.3.4',
    codes: {
      ...listed('notSupported', 3, 4, 5, 6),
      ...listed('memory', 7),
      ...listed('absent', 8),
      ...listed('length', 9),
    },
    else: 'protocol',
  },
  gtp1: {
    clause: '3GPP TS 29.060 7.7.1',
    codes: {
      ...listed('protocol', 193, 198, 201, 202, 203, 214, 215, 216, 217, 218),
      ...listed('unknownSubscriber', 194),
      ...listed('absent', 195, 196),
      ...listed('barred', 205, 231),
      ...listed('refusedByPhone', 197),
      ...listed('resources', 199, 211, 212, 229),
      ...listed('notSupported', 200, 230),
      ...listed('apnAuthentication', 208, 209),
      ...listed('apnUnknown', 219),
      ...listed('pdpType', 220),
      ...listed('apnDenied', 222, 223),
    },
    else: 'system',
  },
  gtp2: {
    clause: '3GPP TS 29.274 8.4',
    codes: {
      ...listed('protocol', 65, 66, 67, 69, 70, 74, 75, 76, 77, 103),
      ...listed('notSupported', 68, 82, 86),
      ...listed('resources', 73, 84, 91, 113),
      ...listed('apnUnknown', 78),
      ...listed('pdpType', 83),
      ...listed('absent', 87, 90, 102),
      ...listed('refusedByPhone', 88),
      ...listed('apnDenied', 89, 93, 104, 116),
      ...listed('apnAuthentication', 92),
      ...listed('unknownSubscriber', 96),
      ...listed('noAnswer', 100),
    },
    else: 'system',
  },
  dns: {
    clause: 'RFC 1035 4.1.1',
    codes: { ...listed('protocol', 1, 4), ...listed('nameUnknown', 3) },
    else: 'nameServer',
  },
  tcp: {
    clause: 'RFC 9293 3.5.2',
    codes: {},
    else: 'connectionRefused',
  },
  cms: {
    clause: '3GPP TS 27.005 3.2.5',
    codes: {
      ...listed('protocol', 302, 303, 304, 305),
      ...listed('authentication', 310, 311, 312, 313, 316, 317, 318),
      ...listed('busy', 314),
      ...listed('memory', 320, 321, 322),
      ...listed('destination', 330),
      ...listed('absent', 331),
      ...listed('noAnswer', 332),
    },
    else: 'system',
  },
} as const satisfies Record<string, Family>;

export type FamilyName = keyof typeof FAMILIES;

/** How bearers write their codes. The first that fits counts; `bearer` limits those that only a bearer's own code is like. */
const FORMS: readonly {
  readonly form: RegExp;
  readonly family: FamilyName;
  readonly bearer?: string;
  readonly base?: 16;
}[] = [
  { form: /^0x([0-9A-F]{8})$/i, family: 'smppStatus', bearer: 'smpp', base: 16 },
  { form: /^RP-ERROR (\d+)/, family: 'rpCause' },
  { form: /^CP-ERROR (\d+)/, family: 'cpCause' },
  { form: /^TP-ST 0x([0-9A-F]{2})/i, family: 'tpStatus', base: 16 },
  { form: /^MAP error (\d+)/, family: 'map' },
  { form: /^sm-DeliveryOutcome (\d+)/, family: 'smOutcome' },
  { form: /^Experimental-Result (\d+)/, family: 'diameterExperimental' },
  { form: /^Result-Code (\d+)/, family: 'diameterResult' },
  { form: /^SIP (\d+)/, family: 'sip' },
  { form: /^HTTP (\d+)/, family: 'http' },
  { form: /^push status (\d+)/, family: 'pushStatus' },
  { form: /^PAP (\d+)/, family: 'pap' },
  { form: /^user abort 0x([0-9A-F]+)/i, family: 'wtpUser', base: 16 },
  { form: /^provider abort 0x([0-9A-F]+)/i, family: 'wtpProvider', base: 16 },
  { form: /^GTPv1 cause (\d+)/, family: 'gtp1' },
  { form: /^GTPv2 cause (\d+)/, family: 'gtp2' },
  { form: /^DNS (\d+)/, family: 'dns' },
  { form: /^TCP (?:RST|no answer)/, family: 'tcp' },
  { form: /^\+CMS ERROR:? (\d+)/, family: 'cms' },
  { form: /^(\d{3})$/, family: 'ucpReason', bearer: 'ucp' },
  { form: /^(\d{1,2})$/, family: 'ucpError', bearer: 'ucp' },
  { form: /^(\d+)$/, family: 'cimd2', bearer: 'cimd2' },
];

/** Codes that are words of their own. */
const NAMED: readonly (readonly [RegExp, AdviceName])[] = [
  [/^TCAP reject/, 'protocol'],
  [/^TCAP abort/, 'noAnswer'],
  [/^SCCP return cause/, 'routing'],
  [/^Negative Ack/, 'noAnswer'],
  [/^nack$/, 'protocol'],
];

/** States that receipts name in words, where the code itself is the operator's own. */
const STATES: readonly (readonly [RegExp, AdviceName])[] = [
  [/expired|EXPIRED|timeout/, 'expired'],
  [/DELETED|deleted|cancel/i, 'deleted'],
  [/REJECT/i, 'rejected'],
  [/absent/i, 'absent'],
  [/memory/i, 'memory'],
  [/UNDELIV|undeliverable|not delivered|failed/i, 'delivery'],
];

const FAILURE_IN_TEXT = /TP-FCS 0x([0-9A-F]{2})/i;

const adviceOf = (family: FamilyName, number: number): Advice => {
  const { codes, else: other }: Family = FAMILIES[family];
  return ADVICE[codes[number] ?? other];
};

export interface Explained extends Advice {
  /** Clause of the code; '' where none is known. */
  readonly clause: string;
}

/** What a code means and what to check. `bearer` as messages name it; `text`: what came with the code. */
export function explain(
  bearer: string,
  code: string | null,
  text: string,
  said: 'answer' | 'receipt' | 'silence',
): Explained {
  if (said === 'silence') return { ...ADVICE.segments, clause: '' };
  const failure = FAILURE_IN_TEXT.exec(text);
  if (failure !== null) return of('tpFailure', Number.parseInt(failure[1]!, 16));
  for (const { form, family, bearer: only, base = 10 } of code === null ? [] : FORMS) {
    if (only !== undefined && only !== bearer) continue;
    const number = form.exec(code ?? '');
    if (number === null) continue;
    // A receipt of UCP names its reasons with fewer digits, too.
    const own = family === 'ucpError' && said === 'receipt' ? 'ucpReason' : family;
    return of(own, number[1] === undefined ? 0 : Number.parseInt(number[1], base));
  }
  const named = NAMED.find(([form]) => form.test(code ?? ''))?.[1];
  const state = named ?? STATES.find(([form]) => form.test(text))?.[1] ?? (said === 'receipt' ? 'delivery' : 'system');
  return { ...ADVICE[state], clause: '' };
}

const of = (family: FamilyName, number: number): Explained => ({
  ...adviceOf(family, number),
  clause: FAMILIES[family].clause,
});

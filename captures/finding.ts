// What is wrong with bytes, said once and as data. Codes are public: never renamed, never reused.

export type Severity = 'error' | 'warning' | 'note';

/**
 * What a rule of content rests on. 'confirmed': seen in clients, gateways, published messages or a standard that was at
 * hand. 'remembered': of the specification, without its text to check against. 'practice': no document says so, but
 * such input is known to go wrong.
 */
export type Basis = 'confirmed' | 'remembered' | 'practice';

/** The basis as words for readers. */
export const BASIS_WORDS: Readonly<Record<Basis, string>> = {
  confirmed: 'seen in clients, gateways or published messages',
  remembered: 'remembered of the specification, not checked against its text',
  practice: 'known from practice; no standard says so',
};

export interface Rule {
  /** Stable, upper case, prefixed by the layer: 'PCAPNG-BLOCK-LENGTH', 'UDH-OVERRUN'. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence that is true whatever the bytes are. */
  readonly title: string;
  /** Document and clause, e.g. '3GPP TS 23.040 9.2.3.24'. */
  readonly clause: string;
  /** What receivers are known to do with such input. */
  readonly receivers?: string;
  /** How the sender mends it. */
  readonly fix?: string;
  readonly basis?: Basis;
}

/** Which bytes a range counts in. */
export type RangeOf = 'file' | 'frame' | 'pdu' | 'datagram' | 'body';

export interface Finding {
  readonly rule: Rule;
  /** One sentence about these bytes. */
  readonly message: string;
  readonly of: RangeOf;
  readonly start: number;
  readonly length: number;
}

/** The finding as a sentence that stands alone: what is only a detail follows the rule's title. */
export function sentenceOf({ rule, message }: Finding): string {
  if (!/^[a-z0-9'"]/.test(message)) return message;
  return rule.title.includes(':') ? `${rule.title} (${message})` : `${rule.title}: ${message}`;
}

/** Keeps `rules` typed and checks at compile time that each is a Rule. */
export const rules = <const T extends Record<string, Rule>>(table: T): T => table;

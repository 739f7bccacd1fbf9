// A rule of the security review, as data. Codes are public: never renamed, never reused.

/** How much harm is done when it is what it looks like. */
export type AuditSeverity = 'critical' | 'high' | 'medium' | 'low' | 'info';

export const AUDIT_SEVERITIES: readonly AuditSeverity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** 0 for 'critical'. */
export const severityOrder = (s: AuditSeverity): number => AUDIT_SEVERITIES.indexOf(s);

export type AuditArea = 'authentication' | 'takeover' | 'exposure' | 'transport' | 'campaign' | 'limits';

export const AREA_TITLE: Readonly<Record<AuditArea, string>> = {
  authentication: 'Who could have sent it',
  takeover: 'What it takes over',
  exposure: 'What it exposes',
  transport: 'How it came',
  campaign: 'Many messages seen together',
  limits: 'Limits of this review',
};

export interface AuditRule {
  /** 'AUD-...' */
  readonly code: string;
  /** When nothing speaks for the message. A finding may be milder: who proved to know the secret is less suspect. */
  readonly severity: AuditSeverity;
  readonly area: AuditArea;
  /** One sentence without a full stop, true wherever the rule fires. */
  readonly title: string;
  /** Why it matters, in plain words. */
  readonly why: string;
  /** What to do about it. */
  readonly todo: string;
  /** What was looked for, for those who hear that it was not found: 'messages without SEC and MAC'. */
  readonly sought: string;
  /**
   * What the rule stands on. 'seen': behaviour of named clients or public reports; 'recalled': the standard as
   * remembered, never above 'medium'; 'judgement': this project's own.
   */
  readonly basis: 'seen' | 'recalled' | 'judgement';
  /** Document or report, without invented clause numbers. */
  readonly source: string;
}

/** Keeps the table typed and checks at compile time that each is a rule. */
export const auditRules = <const T extends Record<string, AuditRule>>(table: T): T => table;

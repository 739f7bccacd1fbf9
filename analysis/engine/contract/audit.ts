// What a page may ask about the security of what is open.

import type { AuditArea, AuditSeverity } from '../../audit/rule.ts';
import type { ByteRange, Time, Verdict } from '../contract.ts';

export type { AuditArea, AuditSeverity } from '../../audit/rule.ts';

export type AuditRequest =
  /**
   * The judgement; the first time it is made, which takes a while. `pins`: 'try' also tries short PINs, 'stop' ends
   * that and answers with what there is.
   */
  | {
      readonly op: 'audit';
      readonly pins?: 'try' | 'stop';
      /** Servers and senders that are the reviewer's own, from now on; absent: those named before. */
      readonly known?: readonly string[];
    }
  | {
      readonly op: 'auditRows';
      readonly table: 'findings' | 'senders' | 'victims';
      readonly from: number;
      /** At most 200. */
      readonly count: number;
      /** Of the findings, those of one rule, and of one severity. */
      readonly code?: string;
      readonly severity?: AuditSeverity;
    };

/** All findings of one rule with one severity. */
export interface AuditGroup {
  readonly code: string;
  readonly severity: AuditSeverity;
  readonly area: AuditArea;
  readonly title: string;
  readonly why: string;
  readonly todo: string;
  /** 'seen' in clients and reports, 'recalled' of the standard, or the project's own 'judgement'. */
  readonly basis: 'seen' | 'recalled' | 'judgement';
  readonly source: string;
  readonly findings: number;
  readonly messages: number;
}

export interface AuditSummary {
  /** 'reading': the capture is not read yet, and nothing is judged. */
  readonly state: 'reading' | 'ready';
  readonly headline: string;
  readonly lead: string;
  readonly reviewed: number;
  /** Short PINs were tried. */
  readonly triedPins: boolean;
  /** MACs that trying could be used on. */
  readonly pinMacs: number;
  readonly bySeverity: Readonly<Record<AuditSeverity, number>>;
  /** Worst first. */
  readonly groups: readonly AuditGroup[];
  readonly senders: number;
  readonly victims: number;
  /** Entries of servers and senders named as the reviewer's own. */
  readonly known: number;
  readonly notFound: readonly {
    readonly area: AuditArea;
    readonly title: string;
    readonly sought: readonly string[];
  }[];
  readonly notCheckable: readonly string[];
}

export interface AuditEvidenceRow {
  /** Id of the message; null where it is none. */
  readonly message: string | null;
  /** Numbers within the input. */
  readonly frames: readonly number[];
  readonly input: number | null;
  readonly range: ByteRange | null;
  readonly what: string;
}

export interface AuditFindingRow {
  readonly code: string;
  readonly severity: AuditSeverity;
  readonly text: string;
  readonly from: string | null;
  /** All its servers, or its sender, are the reviewer's own. */
  readonly ours: 'servers' | 'sender' | null;
  readonly messages: number;
  readonly victims: number;
  readonly firstTime: Time;
  readonly lastTime: Time;
  readonly evidence: readonly AuditEvidenceRow[];
}

export interface AuditSenderRow {
  readonly name: string | null;
  readonly type: 'number' | 'code' | 'name' | 'host' | null;
  readonly messages: number;
  readonly victims: number;
  /** Messages by method; 'none': settings without one, 'other push': what has none by its nature. */
  readonly methods: Readonly<Record<string, number>>;
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  /** Hosts that its documents set, the first ones. */
  readonly hosts: readonly string[];
  readonly firstTime: Time;
  readonly lastTime: Time;
  readonly worst: AuditSeverity | null;
  /** Named as the reviewer's own. */
  readonly ours: boolean;
  /** Index of its first message. */
  readonly first: number;
}

export interface AuditVictimRow {
  readonly name: string;
  readonly messages: number;
  readonly senders: readonly string[];
  /** Messages that somebody said arrived, that the next hop took, that failed, of which nobody said anything. */
  readonly arrived: number;
  readonly accepted: number;
  readonly failed: number;
  readonly unknown: number;
  /** What the documents set: 'proxy', 'MMS centre'. */
  readonly atStake: readonly string[];
  /** The same of documents that nothing proves. */
  readonly unproven: readonly string[];
  readonly firstTime: Time;
  readonly lastTime: Time;
  readonly worst: AuditSeverity | null;
  readonly first: number;
}

export interface AuditRows {
  readonly total: number;
  readonly findings: readonly AuditFindingRow[];
  readonly senders: readonly AuditSenderRow[];
  readonly victims: readonly AuditVictimRow[];
}

export interface AuditReplies {
  audit: AuditSummary;
  auditRows: AuditRows;
}

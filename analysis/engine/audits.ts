// The review a page asks for: made once for what is loaded and the keys in force, answered in pages.

import type { AuditResult } from '../audit/audit.ts';
import type { AuditFinding } from '../audit/book.ts';
import { type Known, NOTHING_KNOWN, parseKnown } from '../audit/known.ts';
import { auditLoaded } from './audit.ts';
import type { AuditFindingRow, AuditGroup, AuditReplies, AuditRequest, AuditSummary } from './contract/audit.ts';
import type { EngineRequest } from './contract.ts';
import { createFlows } from './flowsof.ts';
import type { Loaded } from './load.ts';

type Ask<K extends AuditRequest['op']> = Extract<EngineRequest, { op: K }>;

export interface Audits {
  summary(r: Ask<'audit'>, loaded: Loaded): Promise<AuditReplies['audit']>;
  rows(r: Ask<'auditRows'>, loaded: Loaded): Promise<AuditReplies['auditRows']>;
  /** Keys or messages changed: what was judged is forgotten, what is under way ends. */
  forget(): void;
}

interface Made {
  readonly loaded: Loaded;
  readonly tryPins: boolean;
  readonly signal: { aborted: boolean };
  readonly result: Promise<AuditResult>;
}

/** A page of rows never holds more. */
const MOST_ROWS = 200;

export function createAudits(host: { pause?(): Promise<void>; readonly clock?: () => number }): Audits {
  let made: Made | null = null;
  let known: Known = NOTHING_KNOWN;

  function make(loaded: Loaded, tryPins: boolean): Made {
    if (made !== null) made.signal.aborted = true;
    const signal = { aborted: false };
    const result = auditLoaded(loaded, {
      flows: createFlows(loaded),
      tryPins,
      known,
      signal,
      ...(host.clock === undefined ? {} : { clock: host.clock }),
      async pause() {
        await host.pause?.();
      },
    });
    made = { loaded, tryPins, signal, result };
    return made;
  }

  const current = (loaded: Loaded, tryPins: boolean): Made =>
    made !== null && made.loaded === loaded && (made.tryPins || !tryPins) ? made : make(loaded, tryPins);

  return {
    async summary({ pins, known: named }, loaded) {
      if (named !== undefined && named.join('\n') !== known.entries.join('\n')) {
        known = parseKnown(named);
        // What was tried is tried again: the answer says whether it was.
        if (made !== null) made = make(loaded, made.tryPins);
      }
      if (!loaded.done) return READING;
      if (pins === 'stop' && made?.tryPins === true) made = make(loaded, false);
      // Keys that come meanwhile make another review; its answer is the one that is wanted.
      for (let first = true; ; first = false) {
        const mine = current(loaded, first && pins === 'try');
        const result = await mine.result;
        if (made === mine || made === null || made.loaded !== loaded) return summaryOf(result, mine.tryPins, loaded);
      }
    },
    async rows(r, loaded) {
      if (!loaded.done) return { total: 0, ...NO_ROWS };
      const result = await current(loaded, false).result;
      const page = <T>(all: readonly T[]): T[] => all.slice(r.from, r.from + Math.min(r.count, MOST_ROWS));
      if (r.table === 'senders') return { ...NO_ROWS, total: result.senders.length, senders: page(result.senders) };
      if (r.table === 'victims') return { ...NO_ROWS, total: result.victims.length, victims: page(result.victims) };
      const fits = result.findings.filter(
        (f) => (r.code ?? f.rule.code) === f.rule.code && (r.severity ?? f.severity) === f.severity,
      );
      return { ...NO_ROWS, total: fits.length, findings: page(fits).map((f) => rowOf(f, loaded)) };
    },
    forget() {
      if (made !== null) made.signal.aborted = true;
      made = null;
    },
  };
}

const NO_ROWS = { findings: [], senders: [], victims: [] } as const;

const READING: AuditSummary = {
  state: 'reading',
  headline: 'The capture is still being read.',
  lead: 'The review begins when everything is there.',
  reviewed: 0,
  triedPins: false,
  pinMacs: 0,
  bySeverity: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
  groups: [],
  senders: 0,
  victims: 0,
  known: 0,
  notFound: [],
  notCheckable: [],
};

function summaryOf(result: AuditResult, triedPins: boolean, loaded: Loaded): AuditSummary {
  const { headline, lead, reviewed, bySeverity, notFound, notCheckable } = result;
  return {
    state: 'ready',
    headline,
    lead,
    reviewed,
    triedPins,
    pinMacs: loaded.records.filter((r) => (r.sec === 1 || r.sec === 2) && r.mac !== null && r.state === 'complete')
      .length,
    bySeverity,
    groups: groupsOf(result.findings),
    senders: result.senders.length,
    victims: result.victims.length,
    known: result.known,
    notFound,
    notCheckable,
  };
}

/** In the order of the findings, worst first. */
function groupsOf(findings: readonly AuditFinding[]): AuditGroup[] {
  const groups = new Map<string, { -readonly [K in keyof AuditGroup]: AuditGroup[K] }>();
  for (const { rule, severity, messages } of findings) {
    const key = `${severity} ${rule.code}`;
    const known = groups.get(key);
    if (known !== undefined) {
      known.findings += 1;
      known.messages += messages;
      continue;
    }
    const { code, area, title, why, todo, basis, source } = rule;
    groups.set(key, { code, severity, area, title, why, todo, basis, source, findings: 1, messages });
  }
  return [...groups.values()];
}

function rowOf(f: AuditFinding, loaded: Loaded): AuditFindingRow {
  return {
    code: f.rule.code,
    severity: f.severity,
    text: f.text,
    from: f.from,
    ours: f.ours,
    messages: f.messages,
    victims: f.victims,
    firstTime: f.firstTime,
    lastTime: f.lastTime,
    evidence: f.evidence.map((e) => {
      const places = e.frames.map((frame) => loaded.frames.at(frame));
      return {
        message: e.id,
        frames: places.map((p) => p.number),
        input: places[0]?.input ?? null,
        range: e.range === null ? null : { buffer: e.range.of, start: e.range.start, length: e.range.length },
        what: e.what,
      };
    }),
  };
}

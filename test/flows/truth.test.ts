// The way of each message against what the makers of recorded captures wrote down about its failures.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FlowReply, OverviewReply } from '../../analysis/engine/contract/flows.ts';
import type { Detail } from '../../analysis/engine/contract.ts';
import { createSession, type Session } from '../../analysis/engine/session.ts';
import { fileSource, namesIn, readJson, sharedFolder } from '../support/shared.ts';

interface Failure {
  readonly code: string;
  readonly index?: number;
  readonly indexes?: readonly number[];
  readonly missing?: readonly number[];
  readonly status?: string | number;
  readonly frames?: readonly number[];
  readonly respFrames?: readonly number[];
  readonly segment?: number;
  readonly err?: string;
  readonly count?: number;
  readonly cause?: number;
  readonly mapError?: number;
  readonly experimentalResult?: number;
  readonly papCode?: string;
  readonly papCodes?: readonly string[];
  readonly severity?: string;
}

interface Told {
  readonly id: string;
  readonly to?: string;
  readonly frames?: readonly number[];
  readonly segments?: readonly { readonly frames: readonly number[]; readonly ref?: number | null }[];
  readonly failures?: readonly Failure[];
  readonly key?: { readonly imsi: string | null; readonly pin: string | null };
}

interface Truth {
  readonly name: string;
  readonly file: string;
  readonly messages: readonly Told[];
  readonly failures?: readonly Failure[];
}

interface Seen {
  readonly flow: FlowReply;
  readonly detail: Detail;
}

const captures = sharedFolder('captures', 'the comparison of flows with recorded failures');
const truths = captures === null ? [] : namesIn(captures, '.truth.json').map((n) => readJson<Truth>(join(captures, n)));
const failing = truths.filter((t) => t.failures !== undefined || t.messages.some((m) => (m.failures ?? []).length > 0));

type Refusal = { readonly code: string; readonly stage: string };

/** How refusals of each kind are written here, and the stage they stop. */
const REFUSALS: Readonly<Record<string, (f: Failure) => Refusal>> = {
  'segment-refused': (f) => ({ code: String(f.status), stage: 'submit' }),
  'diameter-error': (f) => ({ code: `Experimental-Result ${f.experimentalResult}`, stage: 'delivery' }),
  'rp-error': (f) => ({ code: `RP-ERROR ${f.cause}`, stage: 'delivery' }),
  'map-return-error': (f) => ({ code: `MAP error ${f.mapError}`, stage: 'delivery' }),
  'sip-error': (f) => ({ code: `SIP ${f.status}`, stage: 'delivery' }),
  'http-status': (f) => ({ code: `HTTP ${f.status}`, stage: 'delivery' }),
  'delivery-receipt-undeliv': (f) => ({ code: String(f.err), stage: 'receipt' }),
};

/** Codes of findings that say it, one of them. */
const FINDINGS: Readonly<Record<string, RegExp>> = {
  'duplicate-segment': /^CONCAT-DUPLICATE$/,
  'out-of-order': /^CONCAT-(?:OUT-OF-)?ORDER$/,
  'inconsistent-total': /^CONCAT-/,
  'bad-segment-index': /^CONCAT-/,
  'wtp-retransmission': /^WTP-RETRANSMISSION$/,
  'mac-mismatch': /^SEC-|^MAC-/,
  'sec-without-mac': /^WSP-SEC-WITHOUT-MAC$/,
  'mac-without-sec': /^WSP-MAC-WITHOUT-SEC$/,
  'bad-mac-length': /^SEC-|^MAC-|^WSP-MAC/,
  'no-security': /^SEC-|^MAC-/,
};

function refused({ flow }: Seen, f: Failure, { code, stage }: Refusal): string[] {
  const part = f.index ?? f.segment ?? null;
  const steps = flow.steps.filter((s) => s.result === 'refused' && s.code === code);
  const at = steps.filter((s) => part === null || s.part === null || s.part === part);
  const out = at.length > 0 ? [] : [`no refusal ${code} of part ${part} among ${steps.length}`];
  // Words of a stage and what to check are there whenever it was for good.
  const final = flow.failure;
  if (flow.outcome === 'failed' || flow.outcome === 'expired') {
    if (final === null) out.push('failed without a failure');
    else if (final.code === code && final.stage !== stage) out.push(`stage ${final.stage} / ${stage}`);
    else if (final.check.length === 0 || final.text === '') out.push('nothing to check');
  } else {
    const later = flow.steps.some((s) => s.kind === 'answer' && s.result === 'ok' && s.part === part);
    if (!later) out.push(`${flow.outcome} though nothing was accepted after ${code}`);
  }
  return out;
}

function differences(seen: Seen, f: Failure): string[] {
  const { flow, detail } = seen;
  const refusal = REFUSALS[f.code];
  if (refusal !== undefined) return refused(seen, f, refusal(f));
  const steps = flow.steps;
  switch (f.code) {
    case 'missing-segment': {
      const missing = steps.filter((s) => s.kind === 'missing').map((s) => s.part);
      const out = (f.missing ?? []).filter((n) => !missing.includes(n)).map((n) => `part ${n} is not missing`);
      if (flow.outcome === 'delivered' || flow.outcome === 'accepted') out.push(`outcome ${flow.outcome}`);
      if (flow.failure === null) out.push('no failure');
      return out;
    }
    case 'connection-reset':
      return steps.some((s) => s.kind === 'gap' && s.label === 'TCP RST') ? [] : ['no reset'];
    case 'no-response': {
      const silent = steps.filter((s) => s.kind === 'segment' && s.part === f.index && s.result === 'missing');
      return silent.length > 0 ? [] : [`part ${f.index} has an answer`];
    }
    case 'snaplen-cut':
      return flow.notSeen.length > 0 && flow.failure === null ? [] : ['a cut capture makes a failure'];
    case 'wtp-retransmission': {
      const again = steps.filter((s) => s.attempt > 1 && f.frames?.includes(s.frame ?? -1) === true);
      if (again.length !== f.count) return [`${again.length} sent again, ${f.count} expected`];
      break;
    }
    default:
  }
  const codes = detail.findings.map((x) => x.code);
  if (f.code.startsWith('wbxml-')) {
    if (f.severity !== 'error')
      return /^WBXML-/.test(flow.failure?.code ?? '') ? [`${flow.failure?.code} of ${f.code}`] : [];
    return flow.failure?.stage === 'content' ? [] : [`${f.code}: no failure of the content (${codes.join(' ')})`];
  }
  const wanted = FINDINGS[f.code];
  if (wanted === undefined) return [`nobody knows ${f.code}`];
  return codes.some((c) => wanted.test(c)) ? [] : [`no finding of ${f.code} (${codes.join(' ')})`];
}

const plain = (text: string | null): string | null => text?.replace(/^\+/, '') ?? null;

const opened = new Map<string, Promise<Session>>();

/** The capture, read once with each key. */
function open(truth: Truth, told: Told | null): Promise<Session> {
  const key = `${truth.name} ${JSON.stringify(told?.key ?? null)}`;
  const session = opened.get(key) ?? read(truth, told);
  opened.set(key, session);
  return session;
}

async function read(truth: Truth, told: Told | null): Promise<Session> {
  const session = createSession({ open: () => Promise.reject(new Error('no')), samples: async () => [] });
  const { imsi, pin } = told?.key ?? { imsi: null, pin: null };
  const keys = { imsi: imsi === null ? [] : [imsi], pin: pin === null ? [] : [pin] };
  await session.request({ op: 'keys', keys });
  await session.openSources([fileSource(join(captures ?? '', truth.file))]);
  return session;
}

async function seen(truth: Truth, told: Told): Promise<Seen | null> {
  const session = await open(truth, told);
  const { messages } = await session.request({ op: 'rows', table: 'messages', from: 0, count: 200 });
  const frames = new Set([...(told.frames ?? []), ...(told.segments ?? []).flatMap((s) => s.frames)]);
  for (const { id, to } of messages) {
    if (told.to !== undefined && to !== null && plain(to) !== told.to) continue;
    const detail = await session.request({ op: 'detail', message: id });
    const [first] = detail.segments;
    if (first === undefined || !detail.segments.every((s) => s.frames.some((f) => frames.has(f)))) continue;
    return { detail, flow: await session.request({ op: 'flow', message: id }) };
  }
  return null;
}

const cases = failing.flatMap((t) =>
  t.messages.filter((m) => (m.failures ?? []).length > 0).map((m) => [`${t.name} ${m.id}`, t, m] as const),
);

describe('truth for flows', () => {
  if (captures === null) {
    test('shared captures absent: 25 captures with failures not compared', () => expect(truths).toEqual([]));
    return;
  }
  test.each(cases)('%s', async (_, truth, told) => {
    const found = await seen(truth, told);
    expect(found, 'the message').not.toBeNull();
    expect((told.failures ?? []).flatMap((f) => differences(found!, f))).toEqual([]);
  });
  test('PAP: requests that the proxy refuses', async () => {
    const truth = truths.find((t) => t.name === 'kannel-pap-refused')!;
    const session = await open(truth, null);
    for (const message of ['m1', 'm2']) {
      const flow = await session.request({ op: 'flow', message });
      const code = `PAP ${truth.failures?.[0]?.papCodes?.[0]}`;
      expect(flow).toMatchObject({ outcome: 'failed', failure: { stage: 'submit', bearer: 'pap', code } });
      expect(flow.failure?.check.length).toBeGreaterThan(0);
    }
  });
  test('PAP: what result notifications say of pushes that are not in the capture', async () => {
    const truth = truths.find((t) => t.name === 'pap-result-notification')!;
    const session = await open(truth, null);
    const o: OverviewReply = await session.request({ op: 'overview' });
    const code = `PAP ${truth.failures?.[0]?.papCode}`;
    expect(o.failures).toHaveLength(1);
    expect(o.failures[0]).toMatchObject({ stage: 'notification', bearer: 'pap', code, count: 1 });
  });
  test('what did not fail has no failure, and nothing is invented where the capture ends', async () => {
    const quiet = truths.filter((t) => !failing.includes(t) && t.messages.length > 0).slice(0, 12);
    for (const truth of quiet) {
      const session = await open(truth, truth.messages[0] ?? null);
      const o = await session.request({ op: 'overview' });
      const onTheWay = o.failures.filter((f) => f.stage !== 'content');
      expect(onTheWay, truth.name).toEqual([]);
    }
  });
  test('every capture with failures was looked at', () => expect(cases.length).toBeGreaterThan(40));
});

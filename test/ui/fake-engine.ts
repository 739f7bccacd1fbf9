// An engine with made-up traffic behind the real contract, for driving the page. Answers as the contract says it must.

import type {
  Engine,
  EngineReplies,
  EngineRequest,
  FindingRow,
  HopRow,
  InputStatus,
  Keys,
  MessageRow,
  Reply,
  Sample,
  Status,
} from '../../analysis/engine/contract.ts';
import { createMarkLog } from '../../analysis/engine/marks.ts';
import { answersOf } from '../../analysis/engine/windowview.ts';
import { fakeBytes, fakeDetail, fakeVerify } from './fake/detail.ts';
import { fakeCheck, fakeFields, fakeFilter, fakeGrid, fakePlace, fakeRows } from './fake/filter.ts';
import { fakeOverview } from './fake/overview.ts';
import { FOUND_PIN, fakeCandidates, fakeSearch } from './fake/search.ts';
import { type FakeMessage, playChain, playTraffic, rank, type Traffic } from './fake/traffic.ts';

// 2026-11-22T23:54:24.120Z
const BASE = '1795391664120000000';

export const SAMPLES: readonly Sample[] = [
  {
    id: 'gateway',
    title: 'A gateway’s morning',
    story: 'Ten pushes to twelve phones over SMPP; six of them never did what they should.',
  },
  {
    id: 'wrong-recipe',
    title: 'The NETWPIN that never matched',
    story: 'The sender hashed the IMSI as text, so every phone threw the settings away in silence.',
  },
  {
    id: 'missing-part',
    title: 'Three parts of four',
    story: 'One SMS was lost on the way and the phone waited for it until it gave up.',
  },
  {
    id: 'dangling',
    title: 'Settings that point nowhere',
    story: 'The browser refers to an access point that the document does not define.',
  },
  { id: 'refused', title: 'Refused half-way', story: 'The message centre took part 1 and refused part 2 for good.' },
  {
    id: 'busy',
    title: 'A busy hour',
    story: 'Twenty thousand messages to four hundred phones, with a handful of failures in between.',
  },
];

const EMPTY: Traffic = { messages: [], marks: [], lanes: [], t1: 0 };

/** The same traffic with markup wherever a sender may put text. */
const hostile = (t: Traffic): Traffic => {
  const markup = '<img src=x onerror=alert(1)>';
  const messages = t.messages.map((m) => ({ ...m, row: { ...m.row, from: markup, summary: markup } }));
  return { ...t, messages, lanes: t.lanes.map((l) => ({ ...l, label: markup })) };
};

export interface FakeOptions {
  /** How long loading pretends to take. */
  readonly loadMs?: number;
}

export function createFakeEngine(options: FakeOptions = {}): Engine {
  let traffic = EMPTY;
  let visible = 0;
  let version = 1;
  let phase: Status['phase'] = 'empty';
  let inputs: InputStatus[] = [];
  let other: string[] = [];
  let keys: Keys = { imsi: [], pin: [] };
  let decodeAs: readonly string[] = [];
  let timer: ReturnType<typeof setInterval> | null = null;
  const waiters: (() => void)[] = [];
  let made: { traffic: Traffic; key: string; answers: ReturnType<typeof answersOf> } | null = null;

  const bump = (): void => {
    version += 1;
    for (const w of waiters.splice(0)) w();
  };
  const stopTimer = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };
  const search = fakeSearch();
  // A verdict costs a MAC: each is made once for the keys in use.
  let verdicts = new WeakMap<FakeMessage, MessageRow>();
  let verdictKeys = keys;
  const rowOf = (m: FakeMessage): MessageRow => {
    if (m.row.method === null || (traffic.messages.length > 2000 && keys.imsi.length + keys.pin.length === 0))
      return m.row;
    if (verdictKeys !== keys) {
      verdicts = new WeakMap();
      verdictKeys = keys;
    }
    const known = verdicts.get(m);
    if (known !== undefined) return known;
    const row = { ...m.row, verdict: fakeVerify(m, keys, false).verdict };
    verdicts.set(m, row);
    return row;
  };
  const shown = (): readonly FakeMessage[] => traffic.messages.slice(0, visible);

  function status(): Status {
    const list = shown();
    const count = (of: (m: FakeMessage) => string): Record<string, number> => {
      const out: Record<string, number> = {};
      for (const m of list) out[of(m)] = (out[of(m)] ?? 0) + 1;
      return out;
    };
    const findings = { error: 0, warning: 0, note: 0 };
    for (const m of list) for (const f of m.findings) findings[f.severity] += 1;
    return {
      version,
      phase,
      inputs,
      base: list.length > 0 ? BASE : null,
      t0: 0,
      t1:
        list.length === 0 ? 0 : visible === traffic.messages.length ? traffic.t1 : list[list.length - 1]!.row.lastTime,
      messages: list.length,
      lanes: list.length === 0 ? 0 : Math.min(traffic.lanes.length, visible),
      findings,
      totals: { byKind: count((m) => m.row.kind), byVerdict: list.length > 2000 ? {} : count((m) => rowOf(m).verdict) },
      other,
      hasKeys: keys.imsi.length + keys.pin.length > 0,
      decodeAs,
    };
  }

  function load(next: Traffic, name: string, bytes: number, extra: Partial<InputStatus> = {}): void {
    stopTimer();
    traffic = next;
    const ms = options.loadMs ?? 0;
    const input = (share: number): InputStatus => ({
      name,
      format: 'pcapng',
      bytes,
      consumed: Math.round(bytes * share),
      frames: Math.round(next.messages.length * 7 * share),
      truncatedAt: null,
      error: null,
      ...extra,
    });
    if (ms === 0) {
      visible = next.messages.length;
      inputs = [input(1)];
      phase = 'ready';
    } else {
      const start = Date.now();
      visible = 0;
      phase = 'loading';
      inputs = [input(0)];
      timer = setInterval(() => {
        const share = Math.min(1, (Date.now() - start) / ms);
        visible = Math.floor(next.messages.length * share);
        inputs = [input(share)];
        if (share === 1) {
          phase = 'ready';
          stopTimer();
        }
        bump();
      }, 120);
    }
    bump();
  }

  function open(request: EngineRequest & { op: 'open' }): void {
    other = [];
    const first = request.inputs[0];
    if (first === undefined) return;
    if ('sample' in first) {
      if (first.sample === 'hostile') load(hostile(playTraffic(6, 3)), 'hostile.pcap', 900);
      else if (first.sample === 'busy') load(playTraffic(20_000, 400), 'busy-hour.pcapng.zst', 214_000_000);
      else if (first.sample === 'chain') load(playChain(3), 'chain.pcap', 2983);
      else load(playTraffic(34, 12), `${first.sample}.pcapng`, 31_420);
      return;
    }
    const name = 'path' in first ? (first.path.split(/[\\/]/).pop() ?? first.path) : first.name;
    if (name.includes('zip')) {
      load(EMPTY, name, 9000, {
        format: 'unknown',
        error: `${name} begins with 50 4B 03 04 and looks like a ZIP archive; unpack it first and open what is inside.`,
      });
    } else if (name.includes('web')) {
      other = ['TCP 92 %', 'UDP 7 % (DNS, NTP)', 'TCP port 2775 61 %', 'port 2775: not SMPP'];
      load(EMPTY, name, 4_100_000);
    } else if (name.includes('cut')) load(playTraffic(10, 6), name, 31_420, { truncatedAt: 30_990 });
    else load(playTraffic(10, 6), name, 31_420);
  }

  const message = (id: string): FakeMessage => {
    const m = shown().find((x) => x.row.id === id);
    if (m === undefined) throw new Error(`There is no message ${id} in what is open.`);
    return m;
  };

  function hopsOf(m: FakeMessage): HopRow[] {
    if (traffic.transaction?.includes(m.row.index) !== true) return [];
    return traffic.messages.map(({ row }, i) => ({
      message: row.id,
      index: row.index,
      attempt: 1,
      bearer: i === 0 ? 'http' : 'smpp',
      operation: i === 0 ? 'sendota' : 'submit_sm',
      time: row.firstTime,
      outcome: row.outcome,
    }));
  }

  /** The engine's own columns over the made-up marks. */
  function lanes(): ReturnType<typeof answersOf> {
    // A long input is not arranged anew for every message of it.
    const seen = phase === 'loading' && visible > 1000 ? visible - (visible % 1000) : visible;
    const key = `${seen} ${JSON.stringify(keys)}`;
    if (made?.traffic === traffic && made.key === key) return made.answers;
    const marks = createMarkLog();
    const spans = createMarkLog();
    for (const m of traffic.marks) {
      if (m.message >= seen) continue;
      const given = traffic.messages[m.message];
      const verdict = m.verdict === 255 || given === undefined ? null : rowOf(given).verdict;
      const code = m.kind === 'refusal' ? 'ESME_RSUBMITFAIL' : null;
      (m.kind === 'transaction' ? spans : marks).add({ ...m, verdict, code });
    }
    const answers = answersOf(
      {
        messages: seen,
        marks,
        spans,
        labelOf: (by, i) => {
          const { row, lane } = traffic.messages[i]!;
          if (by === 'sender') return row.from ?? 'sender not given';
          return by === 'verdict' ? row.verdict : by === 'subscriber' ? traffic.lanes[lane]!.label : 'all';
        },
        transactionOf: (i) => (traffic.transaction?.includes(i) === true ? 0 : -1 - i),
      },
      traffic.gaps ?? [],
      (text) => fakeRows(shown().map(rowOf), text),
    );
    made = { traffic, key, answers };
    return answers;
  }

  function findings(): FindingRow[] {
    const out: FindingRow[] = [];
    for (const m of shown()) {
      for (const f of m.findings) {
        out.push({
          index: out.length,
          message: m.row.id,
          code: f.code,
          severity: f.severity,
          text: f.text,
          clause: f.clause,
          time: m.row.lastTime,
          frame: m.frames[0] ?? null,
        });
      }
    }
    return out;
  }

  const handlers: {
    readonly [O in EngineRequest['op']]?: (r: EngineRequest & { op: O }) => Promise<EngineReplies[O]>;
  } = {
    async status(r) {
      if (r.after !== undefined && r.after >= version) {
        await new Promise<void>((done) => {
          waiters.push(done);
          setTimeout(done, 20_000).unref?.();
        });
      }
      return status();
    },
    samples: async () => SAMPLES,
    async open(r) {
      open(r);
      return status();
    },
    async close() {
      stopTimer();
      traffic = EMPTY;
      inputs = [];
      other = [];
      phase = 'empty';
      visible = 0;
      bump();
      return status();
    },
    async stop() {
      stopTimer();
      phase = 'stopped';
      bump();
      return status();
    },
    async rows(r) {
      if (r.table === 'findings') {
        const all = findings();
        return { total: all.length, messages: [], findings: all.slice(r.from, r.from + r.count) };
      }
      const all = shown().map(rowOf);
      const list = r.filter === undefined ? all : Array.from(fakeRows(all, r.filter), (i) => all[i]!);
      return { total: list.length, messages: list.slice(r.from, r.from + r.count), findings: [] };
    },
    overview: async (r) => fakeOverview(shown().map(rowOf), r.bins),
    check: async (r) => fakeCheck(shown().map(rowOf), r.text, r.cursor),
    filter: async (r) => fakeFilter(shown().map(rowOf), r.text),
    grid: async (r) => fakeGrid(shown().map(rowOf), r),
    place: async (r) => fakePlace(shown().map(rowOf), r),
    fields: async () => fakeFields(),
    window: async (r) => lanes().window(r),
    lanes: async (r) => lanes().lanes(r),
    step: async (r) => lanes().step(r),
    density: async (r) => lanes().density(r),
    async range(r) {
      const inside = shown().filter(({ row }) => row.lastTime >= r.t0 && row.firstTime <= r.t1);
      const rules = inside
        .flatMap((m) => m.findings.slice(0, 1).map((f) => ({ ...f, messages: 1, example: m.row.index })))
        .map(({ code, severity, title, messages, example }) => ({ code, severity, title, messages, example }));
      const parts = inside.reduce((n, { row }) => n + row.parts, 0);
      return { messages: inside.length, parts, missing: 0, retries: 0, median: 1.2e9, outcomes: {}, rules };
    },
    async find(r) {
      const fits = (m: FakeMessage): boolean =>
        r.what === 'message' ||
        (r.what === 'error' && rank(m.row.worst) === 3) ||
        (r.what === 'finding' && m.row.worst !== null) ||
        (r.what === 'verification' && rowOf(m).verdict === 'invalid');
      for (let i = r.from + r.step; i >= 0 && i < visible; i += r.step) {
        if (fits(traffic.messages[i]!)) return { index: i };
      }
      return { index: null };
    },
    async detail(r) {
      const m = message(r.message);
      return { ...fakeDetail(m, keys, r.secrets ?? false), row: rowOf(m), hops: hopsOf(m) };
    },
    async bytes(r) {
      const reply = fakeBytes(message(r.message), r.buffer);
      if (reply === null) throw new Error(`Message ${r.message} has no buffer ${r.buffer}.`);
      return reply;
    },
    verify: async (r) => fakeVerify(message(r.message), r.keys, r.secrets ?? false),
    decoders: async () => [
      { id: 'smpp', title: 'Short Message Peer to Peer', table: 'tcp.port' },
      { id: 'wdp', title: 'Wireless Datagram Protocol over UDP', table: 'udp.port' },
    ],
    async decodeAs(r) {
      if (r.choices.some((c) => c.startsWith('tcp.port=9:'))) throw new Error('Port 9 is read by nobody.');
      decodeAs = r.choices;
      load(decodeAs.length > 0 ? playTraffic(3, 2) : traffic, inputs[0]?.name ?? 'x', 4_100_000);
      return status();
    },
    candidates: async (r) => {
      const m = message(r.message);
      const candidates = fakeCandidates(m.row.method, r.secrets === true);
      return { candidates, verify: fakeVerify(m, keys, r.secrets === true) };
    },
    searchStart: async (r) => search.start(r),
    async searchStatus(r) {
      const status = search.status(r.secrets === true);
      if (status.phase === 'found' && !keys.pin.includes(FOUND_PIN)) {
        keys = { ...keys, pin: [...keys.pin, FOUND_PIN] };
        bump();
      }
      return status;
    },
    searchStop: async () => search.stop(),
    async keys(r) {
      keys = r.keys;
      bump();
      return status();
    },
    export: async (r) => ({
      name: `report.${r.format}`,
      mediaType: r.format === 'json' ? 'application/json' : 'text/plain',
      bytes: new TextEncoder().encode(r.format === 'json' ? '{"schema":"otascope-report/1"}\n' : 'id,from,to\n'),
      left: [],
    }),
    exportSize: async (r) => ({ messages: r.messages?.length ?? visible, bytes: 12_345, exact: false }),
  };

  return {
    async request<R extends EngineRequest>(request: R): Promise<Reply<R>> {
      const handler = handlers[request.op] as unknown as ((r: R) => Promise<Reply<R>>) | undefined;
      if (handler === undefined) throw new Error(`Nothing is made up for '${request.op}'.`);
      return structuredClone(await handler(request));
    },
  };
}

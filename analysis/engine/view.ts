// Questions about what is loaded. Columns and counts are made when asked for and kept until something changes.

import type { Finding } from '../../captures/finding.ts';
import { messageBlocks } from './blocks.ts';
import { bufferReply, frameName, parseBuffer } from './buffers.ts';
import { createChanges } from './changes.ts';
import { type Compared, compareTwo, createPairs } from './compare.ts';
import type { QueryReplies } from './contract/query.ts';
import type { BytesReply, Detail, EngineReplies, EngineRequest, Keys, VerifyResult } from './contract.ts';
import { messageDetail, verifyResult } from './detail.ts';
import { createDevices, type Devices } from './device.ts';
import { CHART_LANES, CHART_WIDTH } from './drawings.ts';
import { type Exporter, exportOf, exportSize } from './export.ts';
import { createFlows, type Flows } from './flowsof.ts';
import { createFrameBytes } from './framebytes.ts';
import { createFrameList, type FrameList } from './framelist.ts';
import { type Interpretation, interpret } from './interpret.ts';
import type { Loaded } from './load.ts';
import { createQuery, type Query } from './query.ts';
import { allFindings, type MessageRecord, verify } from './records.ts';
import { findingRows, MAX_ROWS, messageRow } from './rows.ts';
import { type Secrets, secretsOf } from './secrets.ts';
import { countRecords } from './status.ts';
import { createWays, type Ways } from './ways.ts';
import { createTimelineView, type TimelineView } from './windowview.ts';

type Ask<K extends EngineRequest['op']> = Extract<EngineRequest, { op: K }>;

export interface View {
  /** Forget what was derived: keys or records changed. */
  refresh(): void;
  counts(): ReturnType<typeof countRecords>;
  rows(r: Ask<'rows'>): EngineReplies['rows'];
  readonly timeline: TimelineView;
  readonly frames: FrameList;
  find(r: Ask<'find'>): number | null;
  check(r: Ask<'check'>): QueryReplies['check'];
  filter(r: Ask<'filter'>): QueryReplies['filter'];
  grid(r: Ask<'grid'>): Promise<QueryReplies['grid']>;
  place(r: Ask<'place'>): Promise<number | null>;
  fields(): QueryReplies['fields'];
  readonly ways: Ways;
  flow(id: string, brief?: boolean): EngineReplies['flow'];
  detail(id: string, secrets: boolean): Promise<Detail>;
  bytes(id: string, buffer: string): Promise<BytesReply>;
  verify(id: string, keys: Keys, secrets: boolean): VerifyResult;
  devices(): Devices;
  effect(id: string): EngineReplies['effect'];
  compare(r: Ask<'compare'>): Promise<EngineReplies['compare']>;
  pairs(r: Ask<'pairs'>): EngineReplies['pairs'];
  export(r: Ask<'export'>): Promise<EngineReplies['export']>;
  exportSize(r: Ask<'exportSize'>): EngineReplies['exportSize'];
}

type Counts = (f: Finding) => boolean;

const FITS: Readonly<Record<Ask<'find'>['what'], (r: MessageRecord, counts: Counts) => boolean>> = {
  message: () => true,
  finding: (r, counts) => allFindings(r).some(counts),
  error: (r, counts) => allFindings(r).some((f) => f.rule.severity === 'error' && counts(f)),
  verification: (r) => r.verification.verdict === 'invalid' || r.verification.verdict === 'malformed',
};

interface Derived {
  readonly records: number;
  readonly done: boolean;
  flows: Flows | null;
  counts: ReturnType<typeof countRecords> | null;
  query: Query | null;
  pairs: ReturnType<typeof createPairs> | null;
  devices: Devices | null;
}

/** `pause` lets the host breathe where an answer takes long. */
export function createView(loaded: Loaded, pause: () => Promise<void> = async () => undefined): View {
  const frameBytes = createFrameBytes(loaded.frames, loaded.sources);
  const fresh = (): Derived => ({
    records: loaded.records.length,
    done: loaded.done,
    flows: null,
    counts: null,
    query: null,
    pairs: null,
    devices: null,
  });
  let derived = fresh();
  const now = (): Derived => {
    if (derived.records !== loaded.records.length || derived.done !== loaded.done) derived = fresh();
    return derived;
  };
  const flows = (): Flows => {
    const d = now();
    d.flows ??= createFlows(loaded);
    return d.flows;
  };
  const devices = (): Devices => {
    const d = now();
    d.devices ??= createDevices(loaded, flows());
    return d.devices;
  };
  const query = (): Query => {
    const d = now();
    d.query ??= createQuery(loaded, flows, createChanges(devices));
    return d.query;
  };
  const timeline = createTimelineView(loaded, flows, (text) => query().rows(text));
  const exporter = (): Exporter => ({
    loaded,
    flows: flows(),
    frameBytes,
    flow: (r) => ways.flow(r),
    window: (t0, t1) => timeline.window({ op: 'window', t0, t1, px: CHART_WIDTH, laneFrom: 0, laneCount: CHART_LANES }),
    fitting: (text) => query().rows(text),
  });
  const record = (id: string): MessageRecord => {
    // 'm12' is row 11 once everything is read; until then numbers are those of discovery.
    const at = loaded.records[Number(id.slice(1)) - 1];
    const found = at?.id === id ? at : loaded.records.find((r) => r.id === id);
    if (found === undefined) throw new Error(`There is no message ${id}.`);
    return found;
  };
  const ways = createWays(loaded, flows);
  const inputs = loaded.opened.length;
  // A page asks for the buffers of one message at once.
  let last: {
    readonly record: MessageRecord;
    readonly interpretation: Interpretation;
    readonly secrets: Secrets;
  } | null = null;
  const secretsOfRecord = (r: MessageRecord): NonNullable<typeof last> => {
    if (last?.record === r) return last;
    const { blocks, interpretation } = messageBlocks(r);
    last = { record: r, interpretation, secrets: secretsOf(r, interpretation, blocks) };
    return last;
  };

  return {
    timeline,
    frames: createFrameList(loaded, frameBytes),
    refresh() {
      derived = fresh();
      timeline.refresh();
    },
    counts() {
      const d = now();
      d.counts ??= countRecords(loaded);
      return d.counts;
    },
    rows({ table, from, count, filter }) {
      if (table === 'findings') {
        const { total, rows } = findingRows(loaded, from, count);
        return { total, messages: [], findings: rows };
      }
      const wanted = filter === undefined ? null : query().rows(filter);
      const end = from + Math.min(count, MAX_ROWS);
      const page =
        wanted === null
          ? loaded.records.slice(from, end)
          : Array.from(wanted.subarray(from, end), (i) => loaded.records[i]!);
      const total = wanted?.length ?? loaded.records.length;
      return { total, messages: page.map((r) => messageRow(r, flows())), findings: [] };
    },
    find({ what, from, step, filter, silenced = [] }) {
      const quiet = new Set(silenced);
      const counts: Counts = (f) => !quiet.has(f.rule.code);
      const fits = FITS[what];
      const among = filter === undefined ? null : new Set(query().rows(filter));
      for (let i = from + step; i >= 0 && i < loaded.records.length; i += step) {
        if (fits(loaded.records[i]!, counts) && among?.has(i) !== false) return i;
      }
      return null;
    },
    check: (r) => query().check(r.text, r.cursor),
    filter: (r) => query().filter(r.text, r.decode === true),
    async grid({ from, count, columns, ...order }) {
      await query().prepare(order.by, pause);
      const all = query().order(order);
      const page = Array.from(all.subarray(from, from + Math.min(count, MAX_ROWS)));
      return {
        total: all.length,
        messages: page.map((i) => messageRow(loaded.records[i]!, flows())),
        cells: query().cells(page, columns),
      };
    },
    async place({ index, ...order }) {
      await query().prepare(order.by, pause);
      const place = query().order(order).indexOf(index);
      return place < 0 ? null : place;
    },
    fields: () => query().fields(),
    ways,
    flow: (id, brief) => ways.flow(record(id), brief),
    async detail(id, secrets) {
      const r = record(id);
      return messageDetail(loaded, r, messageRow(r, flows()), flows(), secrets);
    },
    async bytes(id, name) {
      const r = record(id);
      const which = parseBuffer(r, loaded.frames, inputs, name);
      if (which === undefined) throw new Error(`Message ${id} has no buffer ${name}.`);
      const { interpretation, secrets } = secretsOfRecord(r);
      if (which.kind !== 'frame') {
        return { ...bufferReply(r, interpretation, loaded.frames, inputs, name, which), secret: secrets.in(name) };
      }
      const bytes = await frameBytes.read(which.frame);
      const shown = frameName(loaded.frames, which.frame, inputs);
      if (bytes === undefined) {
        throw new Error(`The octets of ${shown} can't be read again: ${frameBytes.whyNot(which.frame)}.`);
      }
      return { buffer: shown, bytes, secret: secrets.inFrame(which.frame), origin: [] };
    },
    verify(id, keys, secrets) {
      const r = record(id);
      const i = interpret(r.joined);
      const known = loaded.evidence(r);
      const all = {
        imsi: [...keys.imsi, ...known.keys.imsi],
        pin: [...keys.pin, ...known.keys.pin],
        esn: [...(keys.esn ?? []), ...(known.keys.esn ?? [])],
      };
      return verifyResult(i, verify(r.joined, i, { ...known, keys: all }, secrets));
    },
    devices,
    effect: (id) => devices().effect(record(id)),
    async compare({ a, b }) {
      const one = async (id: string): Promise<Compared> => {
        const r = record(id);
        const detail = await messageDetail(loaded, r, messageRow(r, flows()), flows(), false);
        const { tree } = await messageDetail(loaded, r, messageRow(r, flows()), flows(), true);
        return { record: r, detail, whole: tree, flow: ways.flow(r), body: interpret(r.joined).body.bytes };
      };
      return compareTwo(await one(a), await one(b), devices().diff({ op: 'diff', a, b }), loaded);
    },
    pairs(r) {
      const d = now();
      d.pairs ??= createPairs({ loaded, row: (m) => messageRow(m, flows()) });
      return d.pairs(r);
    },
    export: ({ op: _, ...choice }) => exportOf(exporter(), choice),
    exportSize: ({ op: _, ...choice }) => exportSize(exporter(), choice),
  };
}

// What a page sends is checked before an engine sees it, whichever carrier brought it.

import { encodeReply } from '../../analysis/engine/codec.ts';
import { TABLE_FORMATS } from '../../analysis/engine/contract/device.ts';
import { EXPORT_FORMATS, EXPORT_TABLES } from '../../analysis/engine/contract/export.ts';
import { type Arrangement, LANE_BYS, LANE_ORDERS } from '../../analysis/engine/contract/timeline.ts';
import type { Engine, EngineError, EngineRequest, InputRequest, Keys } from '../../analysis/engine/contract.ts';
import type { Signal } from '../../captures/source.ts';

/** What a carrier lets its page ask for. */
export interface Allowed {
  /** Whether the page may have a file opened by this path. */
  path(path: string): boolean;
}

/** Characters of pasted text. */
const MAX_TEXT = 64 * 1024 * 1024;
const MAX_INPUTS = 1000;
const MAX_ROWS = 1000;
const MAX_LANES = 1000;
const MAX_PIXELS = 32768;
const MAX_KEYS = 100_000;
const MAX_KNOWN = 1000;
/** Letters of one note. */
const MOST_NOTE = 2000;
/** Rules that are silenced at once. */
const MAX_SILENCED = 500;
const MAX_CHOICES = 100;
const MAX_JOBS = 256;
/** Characters of a filter. */
const MAX_FILTER = 4096;
const MAX_COLUMNS = 64;
/** Messages chosen by name. */
const MAX_CHOSEN = 10_000;

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isObject = (v: unknown): v is Fields => typeof v === 'object' && v !== null && !Array.isArray(v);
const text =
  (most: number): Check =>
  (v) =>
    typeof v === 'string' && v.length <= most;
const whole =
  (least: number, most: number): Check =>
  (v) =>
    Number.isInteger(v) && (v as number) >= least && (v as number) <= most;
const oneOf =
  (...words: readonly unknown[]): Check =>
  (v) =>
    words.includes(v);
const optional =
  (check: Check): Check =>
  (v) =>
    v === undefined || check(v);
const listOf =
  (check: Check, most: number): Check =>
  (v) =>
    Array.isArray(v) && v.length <= most && v.every(check);

const bool = oneOf(true, false);
const time: Check = (v) => typeof v === 'number' && Number.isFinite(v);
const name = text(1000);

const exactly =
  (shape: Readonly<Record<string, Check>>): Check =>
  (v) =>
    isObject(v) &&
    Object.keys(v).every((key) => Object.hasOwn(shape, key)) &&
    Object.entries(shape).every(([key, check]) => check(v[key]));

const anInput: Check = (v) =>
  exactly({ path: (p) => text(32768)(p) && p !== '' })(v) ||
  exactly({ sample: name })(v) ||
  exactly({ text: text(MAX_TEXT), name })(v);

const keys: Check = exactly({
  imsi: listOf(text(32), MAX_KEYS),
  pin: listOf(text(256), MAX_KEYS),
  esn: optional(listOf(text(32), MAX_KEYS)),
  dm: optional(listOf(text(1000), MAX_KEYS)),
} satisfies Record<keyof Keys, Check>);

const lanes = listOf(text(2000), MAX_LANES);

const arrangement: Check = exactly({
  by: oneOf(...LANE_BYS),
  order: oneOf(...LANE_ORDERS),
  pinned: lanes,
  open: lanes,
} satisfies Record<keyof Arrangement, Check>);

const anOrder = { filter: optional(text(MAX_FILTER)), by: optional(name), down: optional(bool) };

const anExport = {
  format: oneOf(...EXPORT_FORMATS),
  table: optional(oneOf(...EXPORT_TABLES)),
  messages: optional(listOf(name, MAX_CHOSEN)),
  filter: optional(text(MAX_FILTER)),
  range: optional(exactly({ t0: time, t1: time })),
  secrets: optional(bool),
  numbers: optional(oneOf('full', 'last4', 'named')),
  bookmarks: optional(listOf(exactly({ message: name, note: text(MOST_NOTE) }), MAX_CHOSEN)),
};

/** One line an operation; the compiler sees to it that none is missing. */
const SHAPES: { readonly [Op in EngineRequest['op']]: Readonly<Record<string, Check>> } = {
  status: { after: optional(whole(0, Number.MAX_SAFE_INTEGER)) },
  samples: {},
  open: { inputs: listOf(anInput, MAX_INPUTS), add: optional(bool) },
  close: {},
  stop: {},
  rows: {
    table: oneOf('messages', 'findings'),
    from: whole(0, 1e9),
    count: whole(0, MAX_ROWS),
    filter: optional(text(MAX_FILTER)),
  },
  check: { text: text(MAX_FILTER), cursor: optional(whole(0, MAX_FILTER)) },
  filter: { text: text(MAX_FILTER), decode: optional(bool) },
  grid: { from: whole(0, 1e9), count: whole(0, MAX_ROWS), columns: listOf(name, MAX_COLUMNS), ...anOrder },
  place: { index: whole(0, 1e9), ...anOrder },
  fields: {},
  frames: {
    input: whole(0, MAX_INPUTS),
    from: whole(0, 1e12),
    count: whole(0, MAX_ROWS),
    only: optional(oneOf('all', 'messages')),
  },
  framePlace: {
    input: whole(0, MAX_INPUTS),
    frame: optional(whole(0, 1e12)),
    time: optional(time),
    message: optional(name),
    only: optional(oneOf('all', 'messages')),
  },
  frame: { input: whole(0, MAX_INPUTS), number: whole(0, 1e12), secrets: optional(bool) },
  window: {
    t0: time,
    t1: time,
    px: whole(1, MAX_PIXELS),
    laneFrom: whole(0, 1e9),
    laneCount: whole(0, MAX_LANES),
    arrange: optional(arrangement),
    filter: optional(text(MAX_FILTER)),
  },
  lanes: { arrange: arrangement, message: optional(whole(-1, 1e9)) },
  step: { arrange: arrangement, lane: whole(0, 1e9), from: whole(-1, 1e9), step: oneOf(1, -1) },
  flow: { message: name, brief: optional(bool) },
  overview: { t0: optional(time), t1: optional(time), bins: optional(whole(1, 500)) },
  density: { t0: time, t1: time, columns: whole(1, MAX_PIXELS), filter: optional(text(MAX_FILTER)) },
  range: { t0: time, t1: time },
  find: {
    what: oneOf('error', 'finding', 'verification', 'message'),
    from: whole(-1, 1e9),
    step: oneOf(1, -1),
    filter: optional(text(MAX_FILTER)),
    silenced: optional(listOf(text(64), MAX_SILENCED)),
  },
  detail: { message: name, secrets: optional(bool) },
  bytes: { message: name, buffer: name },
  verify: { message: name, keys, secrets: optional(bool) },
  candidates: { message: name, secrets: optional(bool) },
  searchStart: {
    message: name,
    from: whole(1, 20),
    to: whole(1, 20),
    jobs: optional(whole(1, MAX_JOBS)),
    keys: optional(keys),
  },
  searchStatus: { secrets: optional(bool) },
  searchStop: {},
  keys: { keys },
  decoders: {},
  decodeAs: { choices: listOf(text(80), MAX_CHOICES) },
  devices: { from: whole(0, 1e9), count: whole(0, MAX_ROWS), find: optional(name) },
  device: {
    subscriber: name,
    step: optional(whole(0, 1e9)),
    against: optional(whole(-1, 1e9)),
    secrets: optional(bool),
  },
  diff: { a: name, b: name, secrets: optional(bool) },
  effect: { message: name },
  table: {
    message: optional(name),
    subscriber: optional(name),
    step: optional(whole(0, 1e9)),
    format: oneOf(...TABLE_FORMATS),
    secrets: optional(bool),
  },
  audit: { pins: optional(oneOf('try', 'stop')), known: optional(listOf(text(253), MAX_KNOWN)) },
  auditRows: {
    table: oneOf('findings', 'senders', 'victims'),
    from: whole(0, 1e9),
    count: whole(0, MAX_ROWS),
    code: optional(text(64)),
    severity: optional(oneOf('critical', 'high', 'medium', 'low', 'info')),
  },
  export: anExport,
  exportSize: anExport,
  compare: { a: name, b: name },
  pairs: { a: whole(0, 1000), b: whole(0, 1000), from: whole(0, 1e9), count: whole(0, MAX_ROWS) },
};

const isKnown = (op: unknown): op is EngineRequest['op'] => typeof op === 'string' && Object.hasOwn(SHAPES, op);

const pathsOf = (inputs: readonly InputRequest[]): string[] => inputs.flatMap((i) => ('path' in i ? [i.path] : []));

/** The request, or why it is none. Nothing of what was sent is repeated: it may hold keys. */
export function readRequest(value: unknown, allowed: Allowed): EngineRequest | EngineError {
  if (!isObject(value) || !isKnown(value.op))
    return { error: 'The page asked for something the engine does not know.' };
  const { op, ...rest } = value;
  if (!exactly(SHAPES[op as EngineRequest['op']])(rest)) return { error: `The page's '${op}' request is malformed.` };
  const request = value as unknown as EngineRequest;
  if (request.op === 'open' && !pathsOf(request.inputs).every((p) => allowed.path(p))) {
    return { error: 'Only files that were chosen by hand can be opened here; drop the file on the page instead.' };
  }
  return request;
}

/** One request from its JSON to the octets of its reply. Never rejects. */
export async function answer(engine: Engine, json: string, allowed: Allowed, signal?: Signal): Promise<Uint8Array> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return encodeReply({ error: 'The request of the page is not JSON.' } satisfies EngineError);
  }
  const request = readRequest(value, allowed);
  if ('error' in request) return encodeReply(request);
  try {
    return encodeReply(await engine.request(request, signal));
  } catch (e) {
    return encodeReply({ error: e instanceof Error ? e.message : String(e) } satisfies EngineError);
  }
}

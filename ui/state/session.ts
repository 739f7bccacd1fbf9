// Which engine the page talks to, what it last said of itself, and opening things in it.

import { batch, computed, signal } from '@preact/signals';
import type { Engine, EngineRequest, InputRequest, Reply, Sample, Status } from '../../analysis/engine/contract.ts';
import { type Bridge, bridgeEngine, pageBridge } from '../carriers/bridge.ts';
import { type Carrier, Lost, Refused } from '../carriers/carrier.ts';
import { httpEngine, pageToken } from '../carriers/http.ts';
import { type WorkerEngine, workerEngine } from '../carriers/worker.ts';
import { rateMeter } from '../view/format.ts';

export const EMPTY_STATUS: Status = {
  version: 0,
  phase: 'empty',
  inputs: [],
  base: null,
  t0: 0,
  t1: 0,
  messages: 0,
  lanes: 0,
  findings: { error: 0, warning: 0, note: 0 },
  totals: { byKind: {}, byVerdict: {} },
  other: [],
  hasKeys: false,
  decodeAs: [],
};

export interface Progress {
  readonly consumed: number;
  /** null: unknown until the end. */
  readonly total: number | null;
  /** Bytes a second. */
  readonly rate: number;
}

export const status = signal<Status>(EMPTY_STATUS);
export const phase = computed(() => status.value.phase);
export const samples = signal<readonly Sample[]>([]);
/** True once the first status is there, so that the empty state does not flash. */
export const started = signal(false);
/** A sentence about something that did not work. */
export const notice = signal<string | null>(null);
/** Set while nobody answers: when the next try is made, milliseconds. */
export const offline = signal<{ readonly retryAt: number } | null>(null);
/** A sentence that stays: the engine will not come back by itself. */
export const gone = signal<string | null>(null);
export const progress = signal<Progress | null>(null);
/** When octets came last while an input is read, performance.now(); they come at once, or when somebody writes them. */
export const lastCame = signal(0);
export const carrier = signal<Carrier | null>(null);
/** Bumped when an engine answers after nobody did: it may be another one, which knows nothing of what the one before was told. */
export const answeredAgain = signal(0);
/** Bumped whenever another capture is opened or closed; selection and caches start afresh. */
export const capture = signal(0);

export const bridge: Bridge | null = pageBridge();

let home: Carrier | null = null;
let local: { readonly kind: 'worker'; readonly engine: WorkerEngine } | null = null;
let watching = 0;

const localCarrier = (): { readonly kind: 'worker'; readonly engine: WorkerEngine } => {
  local ??= { kind: 'worker', engine: workerEngine() };
  return local;
};

/** Nobody has answered since a question was lost. */
let lost = false;

/** Asks the engine in use. Rejects with Refused or Lost. */
export async function ask<R extends EngineRequest>(request: R, signal?: AbortSignal): Promise<Reply<R>> {
  const engine: Engine | undefined = carrier.peek()?.engine;
  if (engine === undefined) throw new Lost('No engine yet.');
  try {
    const reply = await engine.request(request, signal);
    if (lost) answeredAgain.value += 1;
    lost = false;
    return reply;
  } catch (e) {
    if (e instanceof Lost) lost = true;
    throw e;
  }
}

/** As `ask`; what goes wrong becomes the notice, and null is the answer. */
export async function tryAsk<R extends EngineRequest>(request: R): Promise<Reply<R> | null> {
  try {
    return await ask(request);
  } catch (e) {
    tell(e);
    return null;
  }
}

export function tell(e: unknown): void {
  if (e instanceof Refused || e instanceof Lost) notice.value = e.message;
  else if (!(e instanceof DOMException && e.name === 'AbortError')) throw e;
}

let meter = rateMeter();

function take(s: Status): void {
  batch(() => {
    status.value = s;
    started.value = true;
    if (s.phase !== 'loading') {
      progress.value = null;
      return;
    }
    const consumed = s.inputs.reduce((n, i) => n + i.consumed, 0);
    if (consumed !== progress.peek()?.consumed) lastCame.value = performance.now();
    const total = s.inputs.reduce<number | null>((n, i) => (n === null || i.bytes === null ? null : n + i.bytes), 0);
    progress.value = { consumed, total, rate: meter.add(performance.now(), consumed) };
  });
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Follows the status of the carrier in use until another one takes its place. */
async function watch(): Promise<void> {
  watching += 1;
  const mine = watching;
  let after: number | undefined;
  let failures = 0;
  while (mine === watching) {
    const asked = performance.now();
    try {
      // What answers next may be another engine, which counts its versions anew.
      const s = await ask(after === undefined || lost ? { op: 'status' } : { op: 'status', after });
      if (mine !== watching) return;
      failures = 0;
      offline.value = null;
      after = s.version;
      take(s);
      // An engine that answers at once must not keep the page busy.
      await sleep(
        s.phase === 'loading' ? (s.messages === 0 ? 40 : 250) : Math.max(30, 100 - (performance.now() - asked)),
      );
    } catch (e) {
      if (mine !== watching) return;
      started.value = true;
      const worker = carrier.peek()?.kind === 'worker';
      if (e instanceof Refused || worker) {
        gone.value = e instanceof Error ? e.message : String(e);
        if (worker) local = null;
        return;
      }
      if (!(e instanceof Lost)) throw e;
      after = undefined;
      if (carrier.peek()?.kind === 'bridge') notice.value = e.message;
      failures += 1;
      const wait = Math.min(15_000, 500 * 2 ** failures);
      offline.value = { retryAt: Date.now() + wait };
      await sleep(wait);
    }
  }
}

function use(next: Carrier): void {
  if (carrier.peek() === next) return;
  carrier.value = next;
  gone.value = null;
  offline.value = null;
  void watch();
}

/** Finds the engine: the desktop window's, the local server's, or the page's own. */
export function connect(): void {
  const token = bridge === null ? pageToken() : null;
  if (bridge !== null) home = { kind: 'bridge', engine: bridgeEngine(bridge) };
  else if (token !== null) home = { kind: 'http', engine: httpEngine(token) };
  use(home ?? localCarrier());
  void tryAsk({ op: 'samples' }).then((list) => {
    if (list !== null) samples.value = list;
  });
  bridge?.onOpen(({ inputs, add }) => void openInputs(inputs, add));
}

/** Before the engine is asked: what the user does from then on is meant for what is being opened. */
function begin(add: boolean): void {
  batch(() => {
    meter = rateMeter();
    notice.value = null;
    if (!add) capture.value += 1;
  });
}

/** What was opened last, to be opened again by another engine. */
let lastOpened: (() => Promise<void>) | null = null;

/** Opens the capture again after its engine died. Answers false where there is none to open. */
export async function reopenLast(): Promise<boolean> {
  if (lastOpened === null) return false;
  gone.value = null;
  carrier.value = null;
  await lastOpened();
  return true;
}

/** Samples, text and (in the window) paths go to the engine the page came with. */
export async function openInputs(inputs: readonly InputRequest[], add = false): Promise<void> {
  if (inputs.length === 0) return;
  try {
    use(home ?? localCarrier());
    begin(add);
    if (!add) lastOpened = () => openInputs(inputs);
    take(await ask({ op: 'open', inputs, add }));
  } catch (e) {
    tell(e);
  }
}

/** True where files can join what is open: the same engine must be able to read both. */
export const canAdd = (): boolean => bridge !== null || carrier.value?.kind === 'worker';

export async function openFiles(files: readonly File[], add = false): Promise<void> {
  if (files.length === 0) return;
  const paths = bridge === null ? [] : files.map((f) => bridge.pathForFile(f));
  if (paths.length > 0 && !paths.includes('')) {
    await openInputs(
      paths.map((path) => ({ path })),
      add,
    );
    return;
  }
  try {
    const mine = localCarrier();
    const join = add && carrier.peek() === mine;
    use(mine);
    begin(join);
    if (!join) lastOpened = () => openFiles(files);
    take(await mine.engine.openFiles(files, join));
  } catch (e) {
    tell(e);
  }
}

export async function openDialog(add = false): Promise<void> {
  if (bridge !== null) {
    const paths = await bridge.openDialog();
    await openInputs(
      paths.map((path) => ({ path })),
      add,
    );
    return;
  }
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.addEventListener('change', () => void openFiles([...(input.files ?? [])], add));
  input.click();
}

export async function closeAll(): Promise<void> {
  begin(false);
  const s = await tryAsk({ op: 'close' });
  if (s !== null) take(s);
}

/**
 * Replaces the choices of who reads which port; the engine reads everything again. Answers with the engine's sentence
 * when it refuses; then nothing has changed.
 */
export async function decodeAs(choices: readonly string[]): Promise<string | null> {
  try {
    const s = await ask({ op: 'decodeAs', choices });
    begin(false);
    take(s);
    return null;
  } catch (e) {
    if (e instanceof Refused || e instanceof Lost) return e.message;
    throw e;
  }
}

export async function stopLoading(): Promise<void> {
  const s = await tryAsk({ op: 'stop' });
  if (s !== null) take(s);
}

// The engine a page talks to: one session of inputs, answered in windows and pages.

import type { Source } from '../../captures/source.ts';
import type { GuessHost } from '../verify/guess/search.ts';
import { createAudits } from './audits.ts';
import { keyCandidates } from './candidates.ts';
import type { Engine, EngineReplies, EngineRequest, InputRequest, Keys, Reply, Sample, Status } from './contract.ts';
import { checkChoices, decoders } from './decoders.ts';
import type { ReplayStore } from './framesreplay.ts';
import { type Loaded, load, type Subscriber } from './load.ts';
import { createSearches } from './search.ts';
import { emptyStatus, statusOf } from './status.ts';
import { createView, type View } from './view.ts';
import type { Threads } from './workers/threads.ts';

export interface SessionHost {
  /** Resolves what the user named; rejects with one sentence. */
  open(input: InputRequest): Promise<Source>;
  samples(): Promise<readonly Sample[]>;
  /** Lets the host breathe between batches. */
  pause?(): Promise<void>;
  /** Processors to search PINs with; absent: none. */
  readonly guess?: GuessHost;
}

export interface SessionOptions {
  readonly keys?: Keys;
  readonly subscribers?: readonly Subscriber[];
  readonly decodeAs?: readonly string[];
  readonly includeText?: boolean;
  /** Captures that were read before are opened from what was kept of them. */
  readonly replays?: ReplayStore;
  /** Bytes between two pauses: what a host with other work to do waits for at most. */
  readonly blockSize?: number;
  readonly threads?: Threads;
}

export interface Session extends Engine {
  /** Reads the sources; with `add`, together with those already open. Resolves when everything is read. */
  openSources(sources: readonly Source[], add?: boolean): Promise<Status>;
  /** As `openSources`, but resolves as soon as reading has begun. */
  startSources(sources: readonly Source[], add?: boolean): Status;
}

const NO_KEYS: Keys = { imsi: [], pin: [] };

interface Run {
  readonly sources: readonly Source[];
  readonly signal: { aborted: boolean };
  loaded: Loaded | null;
  view: View | null;
  failed: string | null;
  finished: Promise<void>;
}

export function createSession(host: SessionHost, options: SessionOptions = {}): Session {
  let run: Run | null = null;
  let keys: Keys = options.keys ?? NO_KEYS;
  let decodeAs: readonly string[] = options.decodeAs ?? [];
  let version = 1;
  let waiting: (() => void)[] = [];

  const changed = (): void => {
    version += 1;
    const wake = waiting;
    waiting = [];
    for (const w of wake) w();
  };
  const status = (): Status => {
    if (run === null) return emptyStatus(version);
    return statusOf({ version, run, hasKeys: keys.imsi.length + keys.pin.length > 0, decodeAs });
  };

  const searches = createSearches(host.guess, (pin) => {
    run?.loaded?.useSearched(pin);
    audits.forget();
    run?.view?.refresh();
    changed();
  });

  const { guess } = host;
  const audits = createAudits({
    pause: async () => host.pause?.(),
    ...(guess === undefined ? {} : { clock: () => guess.now() / 1000 }),
  });

  /** Reading ends with what is there; a source that waits for more is told so. */
  function abort(r: Run): void {
    r.signal.aborted = true;
    for (const s of r.sources) s.end?.();
  }

  function start(sources: readonly Source[], add: boolean): Run {
    audits.forget();
    searches.stop();
    if (run !== null) abort(run);
    const all = add && run !== null ? [...run.sources, ...sources] : sources;
    const signal = { aborted: false };
    const mine: Run = { sources: all, signal, loaded: null, view: null, failed: null, finished: Promise.resolve() };
    run = mine;
    mine.finished = read(mine);
    changed();
    return mine;
  }

  async function read(mine: Run): Promise<void> {
    const current = () => run === mine;
    const given = keys;
    try {
      const loaded = await load(mine.sources, {
        keys,
        signal: mine.signal,
        ...(options.subscribers === undefined ? {} : { subscribers: options.subscribers }),
        decodeAs,
        ...(options.includeText === undefined ? {} : { includeText: options.includeText }),
        ...(options.blockSize === undefined ? {} : { blockSize: options.blockSize }),
        ...(options.threads === undefined ? {} : { threads: options.threads }),
        ...(options.replays === undefined ? {} : { replays: options.replays }),
        async onBatch(so) {
          if (mine.loaded === null) show(mine, so, given);
          if (current()) changed();
          await host.pause?.();
        },
      });
      show(mine, loaded, given);
    } catch (e) {
      mine.failed = e instanceof Error ? e.message : String(e);
    }
    if (current()) changed();
  }

  function show(mine: Run, loaded: Loaded, given: Keys): void {
    // Keys that came before there was anything to use them on.
    if (mine.loaded === null && keys !== given) loaded.useKeys(keys);
    mine.loaded = loaded;
    mine.view ??= createView(loaded, async () => host.pause?.());
  }

  /** The view of what is open; a request for a message needs one. */
  function view(): View {
    if (run?.view == null) throw new Error('Nothing is open yet.');
    return run.view;
  }

  function whatIsOpen(): Loaded {
    if (run?.loaded == null) throw new Error('Nothing is open yet.');
    return run.loaded;
  }

  async function open(inputs: readonly InputRequest[], add: boolean): Promise<Status> {
    const sources: Source[] = [];
    for (const input of inputs) sources.push(await host.open(input));
    start(sources, add);
    return status();
  }

  const answer: { [K in keyof EngineReplies]: (r: Extract<EngineRequest, { op: K }>) => Promise<EngineReplies[K]> } = {
    async status(r) {
      // A version from the future is that of an engine before this one: whoever asks must hear of the change.
      if (r.after === version) await new Promise<void>((wake) => waiting.push(wake));
      return status();
    },
    samples: async () => host.samples(),
    open: (r) => open(r.inputs, r.add === true),
    async close() {
      searches.stop();
      if (run !== null) abort(run);
      run = null;
      changed();
      return status();
    },
    async stop() {
      if (run !== null) {
        abort(run);
        await run.finished;
      }
      return status();
    },
    rows: async (r) => run?.view?.rows(r) ?? { total: 0, messages: [], findings: [] },
    window: async (r) => view().timeline.window(r),
    lanes: async (r) => run?.view?.timeline.lanes(r) ?? { total: 0, lane: null, gaps: [] },
    step: async (r) => view().timeline.step(r),
    density: async (r) => view().timeline.density(r),
    range: async (r) => view().timeline.range(r),
    find: async (r) => ({ index: run?.view?.find(r) ?? null }),
    check: async (r) => view().check(r),
    filter: async (r) => view().filter(r),
    grid: async (r) => view().grid(r),
    place: async (r) => ({ place: await view().place(r) }),
    fields: async () => view().fields(),
    frames: (r) => view().frames.page(r),
    framePlace: (r) => view().frames.place(r),
    frame: (r) => view().frames.frame(r),
    flow: async (r) => view().flow(r.message, r.brief),
    overview: async (r) => view().ways.overview(r),
    detail: async (r) => view().detail(r.message, r.secrets === true),
    bytes: async (r) => view().bytes(r.message, r.buffer),
    verify: async (r) => view().verify(r.message, r.keys, r.secrets === true),
    async candidates(r) {
      const loaded = whatIsOpen();
      return keyCandidates(loaded, r.message, r.secrets === true);
    },
    searchStart: async (r) => searches.start(r, whatIsOpen()),
    searchStatus: async (r) => searches.status(r.secrets === true),
    searchStop: async () => searches.stop(),
    async keys(r) {
      keys = r.keys;
      audits.forget();
      if (run?.loaded != null) {
        run.loaded.useKeys(keys);
        run.view?.refresh();
      }
      changed();
      return status();
    },
    decoders: async () => decoders(),
    async decodeAs(r) {
      // A choice that can't be is refused before anything is read again.
      checkChoices(r.choices);
      decodeAs = [...r.choices];
      if (run !== null) start(run.sources, false);
      else changed();
      return status();
    },
    devices: async (r) => run?.view?.devices().list(r) ?? { total: 0, rows: [] },
    device: async (r) => view().devices().device(r),
    diff: async (r) => view().devices().diff(r),
    effect: async (r) => view().effect(r.message),
    table: async (r) => view().devices().table(r),
    audit: async (r) => audits.summary(r, whatIsOpen()),
    auditRows: async (r) => audits.rows(r, whatIsOpen()),
    export: async (r) => view().export(r),
    compare: async (r) => view().compare(r),
    pairs: async (r) => view().pairs(r),
    exportSize: async (r) => view().exportSize(r),
  };

  return {
    request<R extends EngineRequest>(request: R): Promise<Reply<R>> {
      const handler = answer[request.op] as unknown as (r: R) => Promise<Reply<R>>;
      return handler(request);
    },
    async openSources(sources, add = false) {
      const mine = start(sources, add);
      await mine.finished;
      return status();
    },
    startSources(sources, add = false) {
      start(sources, add);
      return status();
    },
  };
}

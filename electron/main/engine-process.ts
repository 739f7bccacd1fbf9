// The engine in a process of its own: what a hostile capture can upset is not the window.

import type { EngineNews, EngineStart } from '../channels.ts';
import type { ChannelPort, ChildPort, MainPorts } from './ports.ts';

export interface EngineProcess {
  /** Hands the engine one end of a channel; starts it when it does not run. */
  connect(port: ChannelPort): void;
  /** Whether something is open in it. */
  busy(): boolean;
  stop(): void;
}

export interface EngineListener {
  /** The process ended by itself. `resumes`: the next one will read the same again. */
  gone(resumes: boolean): void;
  /** The engine has begun to read; with these files, if any. */
  opened(paths: readonly string[]): void;
  /** As EngineNews has it. */
  progress(fraction: number): void;
}

/** MiB of heap: past it the engine dies, not the machine. */
const HEAP = 2048;
/** How often one session is read again by itself: a capture that ends the engine does so again. */
const TRIES = 1;
const MAX_PATHS = 1000;
const MAX_STEPS = 1000;

/** The process is started again by the next `connect`, never in a loop. */
export function engineProcess(
  utility: MainPorts['utilityProcess'],
  bundle: string,
  args: readonly string[],
  listener: EngineListener,
): EngineProcess {
  let child: ChildPort | undefined;
  /** What makes the session again, in order. */
  let steps: { readonly did: string; readonly json: string }[] = [];
  let deaths = 0;

  const hear = (news: EngineNews): void => {
    if ('progress' in news) {
      listener.progress(news.progress);
      return;
    }
    if (news.did === 'open' || news.did === 'close') {
      deaths = 0;
      steps = steps.filter((s) => s.did === 'decodeAs');
    }
    if (news.did === 'decodeAs') steps = steps.filter((s) => s.did !== 'decodeAs');
    if (news.did !== 'close' && steps.length < MAX_STEPS) steps.push(news);
    if (news.did === 'open' || news.did === 'add') listener.opened(news.paths);
  };

  const start = (): ChildPort => {
    const started = utility.fork(bundle, [...args], {
      serviceName: 'otascope engine',
      execArgv: [`--max-old-space-size=${HEAP}`],
    });
    started.on('message', (message) => {
      const news = readNews(message);
      if (child === started && news !== undefined) hear(news);
    });
    started.on('exit', () => {
      if (child !== started) return;
      child = undefined;
      deaths += 1;
      // Text that was pasted may be too long to be kept twice.
      const whole = steps.every((s) => s.json !== '');
      if (deaths > TRIES || !whole) steps = [];
      listener.progress(-1);
      listener.gone(isOpen(steps));
    });
    return started;
  };
  return {
    connect(port) {
      const fresh = child === undefined;
      child ??= start();
      child.postMessage({ resume: fresh ? steps.map((s) => s.json) : [] } satisfies EngineStart, [port]);
    },
    busy: () => isOpen(steps),
    stop() {
      const ending = child;
      child = undefined;
      ending?.kill();
    },
  };
}

const isOpen = (steps: readonly { readonly did: string }[]): boolean => steps.some((s) => s.did !== 'decodeAs');

/** The engine process has read what an attacker wrote: what it says is checked, too. */
function readNews(message: unknown): EngineNews | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { progress, did, json, paths } = message as Readonly<Record<string, unknown>>;
  if (typeof progress === 'number') return progress >= -1 && progress <= 2 ? { progress } : undefined;
  if (did !== 'open' && did !== 'add' && did !== 'close' && did !== 'decodeAs') return undefined;
  if (typeof json !== 'string' || !Array.isArray(paths) || paths.length > MAX_PATHS) return undefined;
  return paths.every((p) => typeof p === 'string') ? { did, json, paths } : undefined;
}

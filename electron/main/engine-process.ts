// The engine in a process of its own: what a hostile capture can upset is not the window.

import type { ChannelPort, ChildPort, MainPorts } from './ports.ts';

export interface EngineProcess {
  /** Hands the engine one end of a channel; starts it when it does not run. */
  connect(port: ChannelPort): void;
  stop(): void;
}

/** MiB of heap: past it the engine dies, not the machine. */
const HEAP = 2048;

/** `gone` is called when the process ended by itself. It is started again by the next `connect`, never in a loop. */
export function engineProcess(
  utility: MainPorts['utilityProcess'],
  bundle: string,
  args: readonly string[],
  gone: () => void,
): EngineProcess {
  let child: ChildPort | undefined;
  const start = (): ChildPort => {
    const started = utility.fork(bundle, [...args], {
      serviceName: 'otascope engine',
      execArgv: [`--max-old-space-size=${HEAP}`],
    });
    started.on('exit', () => {
      if (child !== started) return;
      child = undefined;
      gone();
    });
    return started;
  };
  return {
    connect(port) {
      child ??= start();
      child.postMessage('page', [port]);
    },
    stop() {
      const ending = child;
      child = undefined;
      ending?.kill();
    },
  };
}

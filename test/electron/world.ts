// A whole window without Electron: fake main, real routing, real preload, real port service.

import type { Engine, EngineRequest } from '../../analysis/engine/contract.ts';
import type { EngineStart } from '../../electron/channels.ts';
import { telling } from '../../electron/engine/news.ts';
import { servePort } from '../../electron/engine/serve-port.ts';
import type { MainHost } from '../../electron/main/host.ts';
import { startMain } from '../../electron/main/start.ts';
import type { Bridge } from '../../electron/preload/bridge.ts';
import { makeBridge } from '../../electron/preload/make-bridge.ts';
import type { PreloadEvent } from '../../electron/preload/ports.ts';
import { type Fake, type FakePort, fakeElectron, OUR_FRAME } from './fake.mjs';

export interface World {
  readonly fake: Fake;
  readonly bridge: Bridge;
}

/** A machine that remembers nothing. */
export const NO_MEMORY = {
  remembered: async (): Promise<unknown> => undefined,
  remember: async (): Promise<void> => undefined,
  now: () => 0,
  keepDragged: async (_: string, name: string): Promise<string> => `/userData/dragged/${name}`,
  forgetDragged: (): void => undefined,
};

/** A page's MessagePort over an end of the fake's channel. */
function domPort(port: FakePort): MessagePort {
  const end = {
    postMessage: (message: unknown) => port.postMessage(message),
    set onmessage(listener: (e: { data: unknown }) => void) {
      port.on('message', (e: { data: unknown }) => listener({ data: e.data }));
      port.start();
    },
  };
  return end as unknown as MessagePort;
}

export async function windowWith(
  /** Makes the engine of each engine process. */
  makeEngine: () => Engine,
  host: Omit<MainHost, keyof typeof NO_MEMORY>,
  chosen = { canceled: true, filePaths: [] as string[] },
  /** Called before main starts. */
  prepare: (fake: Fake) => void = () => undefined,
): Promise<World> {
  const fake = fakeElectron({ chosen });
  prepare(fake);
  await startMain(fake.electron, { ...NO_MEMORY, ...host });
  const contents = fake.windows[0]!.webContents;
  let taken = 0;
  const listeners = new Map<string, (event: PreloadEvent, ...args: unknown[]) => void>();
  contents.on('received', () => {
    for (; taken < contents.received.length; taken++) {
      const { channel, args, ports } = contents.received[taken]!;
      listeners.get(channel)?.({ ports: ports.map(domPort) }, ...args);
    }
  });
  const engines: { readonly engine: Engine; served: number }[] = [];
  const bridge = makeBridge(
    {
      contextBridge: { exposeInMainWorld: () => undefined },
      ipcRenderer: {
        async invoke(channel, ...args) {
          const answer = await fake.invoke(channel, OUR_FRAME, ...args);
          // An engine process takes the ends that were sent to it.
          for (const [n, child] of fake.children.entries()) {
            engines[n] ??= { engine: makeEngine(), served: 0 };
            const own = engines[n];
            for (const m of child.messages.slice(own.served)) {
              // As electron/engine/electron.ts does it.
              const { resume } = m.data as EngineStart;
              for (const json of resume) await own.engine.request(JSON.parse(json) as EngineRequest);
              const told = telling(own.engine, (news) => child.emit('message', structuredClone(news)));
              for (const p of m.ports) servePort(p, told);
            }
            own.served = child.messages.length;
          }
          return answer;
        },
        on: (channel, listener) => listeners.set(channel, listener),
      },
      webUtils: { getPathForFile: (file) => (file as File & { path?: string }).path ?? '' },
    },
    'linux',
  );
  return { fake, bridge };
}

// The few functions behind window.otascope. The page gets values from them, never Electron's own objects.

import type { InputRequest } from '../../analysis/engine/contract.ts';
import {
  CALLS,
  type DragRequest,
  EVENTS,
  type OpenEvent,
  type PortReply,
  type PortRequest,
  type Shown,
} from '../channels.ts';
import type { Bridge } from './bridge.ts';
import type { PreloadPorts } from './ports.ts';

interface Waiting {
  done(bytes: Uint8Array): void;
  failed(e: Error): void;
}

const GONE = 'The engine stopped and was started anew; open the capture again.';
const RESUMED = 'The engine stopped and was started anew; the capture is being read again.';
const NOT_DRAGGED = 'It could not be dragged out of the window; it can be saved.';
const NOT_CHOSEN = 'Only files that were chosen by hand can be opened.';

export function makeBridge(electron: PreloadPorts, platform: string): Bridge {
  const { ipcRenderer, webUtils } = electron;
  const waiting = new Map<number, Waiting>();
  const granted = new Set<string>();
  const opened: OpenEvent[] = [];
  let onShow: ((what: Shown) => void) | undefined;
  let onOpen: ((open: OpenEvent) => void) | undefined;
  let port: Promise<MessagePort> | undefined;
  let portCame: ((port: MessagePort) => void) | undefined;
  let lastId = 0;
  /** The engine died while nobody waited for it: the next request is told. */
  let untold: string | undefined;

  const grant = (inputs: readonly InputRequest[]): void => {
    for (const input of inputs) if ('path' in input) granted.add(input.path);
  };

  ipcRenderer.on(EVENTS.port, (event) => {
    const [came] = event.ports;
    if (came === undefined) return;
    came.onmessage = (message: MessageEvent<PortReply>) => {
      const { id, bytes } = message.data;
      waiting.get(id)?.done(bytes);
      waiting.delete(id);
    };
    portCame?.(came);
  });
  ipcRenderer.on(EVENTS.gone, (_event, resumed) => {
    port = undefined;
    const sentence = resumed === true ? RESUMED : GONE;
    untold = waiting.size === 0 ? sentence : undefined;
    for (const w of waiting.values()) w.failed(new Error(sentence));
    waiting.clear();
  });
  ipcRenderer.on(EVENTS.open, (_event, open) => {
    const event = open as OpenEvent;
    grant(event.inputs);
    if (onOpen === undefined) opened.push(event);
    else onOpen(event);
  });

  ipcRenderer.on(EVENTS.show, (_event, what) => onShow?.(what as Shown));

  /** One channel at a time; a new one is asked for when the engine was lost. */
  const connected = (): Promise<MessagePort> => {
    port ??= new Promise<MessagePort>((done, failed) => {
      portCame = done;
      ipcRenderer.invoke(CALLS.engine).catch(() => {
        port = undefined;
        failed(new Error('The engine could not be started.'));
      });
    });
    return port;
  };

  return Object.freeze<Bridge>({
    platform,
    async request(json) {
      const refused = ungranted(json, granted);
      if (refused) throw new Error(NOT_CHOSEN);
      if (untold !== undefined) {
        const sentence = untold;
        untold = undefined;
        throw new Error(sentence);
      }
      const to = await connected();
      lastId += 1;
      const id = lastId;
      return new Promise((done, failed) => {
        waiting.set(id, { done, failed });
        to.postMessage({ id, json } satisfies PortRequest);
      });
    },
    async openDialog() {
      const paths = (await ipcRenderer.invoke(CALLS.choose)) as readonly string[];
      for (const path of paths) granted.add(path);
      return Object.freeze([...paths]);
    },
    pathForFile(file) {
      const path = webUtils.getPathForFile(file);
      if (path !== '') granted.add(path);
      return path;
    },
    onOpen(call) {
      onOpen = call;
      for (const event of opened.splice(0)) call(event);
    },
    setTitle(title) {
      ipcRenderer.invoke(CALLS.title, String(title)).catch(() => undefined);
    },
    onShow(call) {
      onShow = call;
    },
    async dragOut(name, bytes) {
      const file: DragRequest = { name: String(name), bytes };
      await ipcRenderer.invoke(CALLS.drag, file).catch(() => {
        throw new Error(NOT_DRAGGED);
      });
    },
  });
}

/** Whether the request would open a path that the user never pointed at. */
function ungranted(json: string, granted: ReadonlySet<string>): boolean {
  const request = JSON.parse(json) as { readonly op?: unknown; readonly inputs?: readonly InputRequest[] };
  if (request.op !== 'open' || !Array.isArray(request.inputs)) return false;
  return !request.inputs.every((i) => !('path' in i) || granted.has(i.path));
}

import type { EventEmitter } from 'node:events';
import type {
  CallEvent,
  MainPorts,
  MenuItem,
  Rectangle,
  SaveOptions,
  WindowOptions,
} from '../../electron/main/ports.ts';

export interface FakePort extends EventEmitter {
  postMessage(message: unknown, transfer?: FakePort[]): void;
  start(): void;
  close(): void;
}

export interface FakeContents extends EventEmitter {
  readonly id: number;
  crash(reason: string): void;
  readonly received: { channel: string; args: unknown[]; ports: FakePort[] }[];
  readonly openHandler: (() => { action: string }) | null;
}

export interface FakeWindow extends EventEmitter {
  readonly options: WindowOptions;
  readonly webContents: FakeContents;
  readonly title: string;
  minimized: boolean;
  maximized: boolean;
  readonly progress: number;
  close(): void;
}

export interface FakeChild extends EventEmitter {
  readonly messages: { data: unknown; ports: FakePort[] }[];
}

export interface Fake {
  readonly electron: MainPorts & { readonly app: EventEmitter };
  readonly calls: { name: string; args: unknown[] }[];
  names(): string[];
  readonly windows: FakeWindow[];
  readonly children: FakeChild[];
  readonly handlers: Map<string, unknown>;
  readonly state: {
    menu: MenuItem[] | null;
    request: ((contents: unknown, permission: string, callback: (granted: boolean) => void) => void) | null;
    check: (() => boolean) | null;
    device: (() => boolean) | null;
    session: EventEmitter;
    scheme: ((request: Request) => Promise<Response>) | null;
  };
  invoke(channel: string, frame: CallEvent['senderFrame'], ...args: unknown[]): Promise<unknown>;
  caller: number;
  download(offered: { url: string; origin: string; name: string; saved?: string }): {
    readonly item: EventEmitter & { readonly options: SaveOptions | null };
    readonly prevented: boolean;
  };
}

export function fakeElectron(options?: {
  firstInstance?: boolean;
  chosen?: { canceled: boolean; filePaths: string[] };
  screens?: Rectangle[];
  pressed?: number[];
}): Fake;

export const OUR_FRAME: NonNullable<CallEvent['senderFrame']>;

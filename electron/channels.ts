// The names main and preload talk under, and what travels. Nothing else may pass between page and main.

import type { InputRequest } from '../analysis/engine/contract.ts';

/** From the preload to main, answered. */
export const CALLS = {
  /** Asks for a port to the engine; it comes as PORT. */
  engine: 'otascope:engine',
  /** Lets the user choose files; answers with their paths. */
  choose: 'otascope:choose',
  /** Sets the window's title. */
  title: 'otascope:title',
  /** The user drags a file that the page made out of the window: a DragRequest. */
  drag: 'otascope:drag',
} as const;

/** From main to the preload. */
export const EVENTS = {
  /** Carries one end of a channel to the engine. */
  port: 'otascope:port',
  /** The engine process ended; its channel is dead. With `true`: the next one reads the same again by itself. */
  gone: 'otascope:gone',
  /** The user opened something by menu, command line or the system: an OpenEvent. */
  open: 'otascope:open',
  /** The user wants one of the page's dialogs, by the menu: a Shown. */
  show: 'otascope:show',
} as const;

export type Shown = 'export' | 'paste' | 'help';

export interface DragRequest {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface OpenEvent {
  readonly inputs: readonly InputRequest[];
  /** Into the session that is there. */
  readonly add: boolean;
}

/** On the engine's channel. */
export interface PortRequest {
  readonly id: number;
  /** An EngineRequest as JSON. */
  readonly json: string;
}

export interface PortReply {
  readonly id: number;
  /** As `encodeReply` makes it. */
  readonly bytes: Uint8Array;
}

/** From main to the engine process, with a port: what to do before the page is served. */
export interface EngineStart {
  /** Requests as JSON that an engine before it had been given. */
  readonly resume: readonly string[];
}

/** From the engine process to main. Nothing of a capture, but where it lies and how far it is read. */
export type EngineNews =
  /** A request that set what is open was granted: 'open', 'close' or 'decodeAs' as JSON; '' when it is too long. */
  | { readonly did: 'open' | 'add' | 'close' | 'decodeAs'; readonly json: string; readonly paths: readonly string[] }
  /** 0 to 1; 2 when the end is unknown, -1 when nothing is being read. */
  | { readonly progress: number };

/** The page's whole world: a scheme of its own, never a file. */
export const SCHEME = 'app';
export const PAGE_ORIGIN = `${SCHEME}://ui`;
export const PAGE_URL = `${PAGE_ORIGIN}/`;

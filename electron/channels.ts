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
} as const;

/** From main to the preload. */
export const EVENTS = {
  /** Carries one end of a channel to the engine. */
  port: 'otascope:port',
  /** The engine process ended; its channel is dead. */
  gone: 'otascope:gone',
  /** The user opened something by menu, command line or the system: an OpenEvent. */
  open: 'otascope:open',
} as const;

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

/** The page's whole world: a scheme of its own, never a file. */
export const SCHEME = 'app';
export const PAGE_ORIGIN = `${SCHEME}://ui`;
export const PAGE_URL = `${PAGE_ORIGIN}/`;

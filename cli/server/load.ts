// How much the local server takes on at once: nobody who can reach it can fill memory or keep the page waiting.

export interface Limits {
  /** Octets of a request's body: pasted logs are the largest. */
  readonly body: number;
  /** Octets of all bodies that are being received. */
  readonly bodies: number;
  /** Requests to the engine that are being answered; each page has one that waits for news. */
  readonly atOnce: number;
  /** Requests in a second, refused ones not counted. */
  readonly aSecond: number;
  /** Milliseconds for the head of a request, and for all of it. */
  readonly headers: number;
  readonly request: number;
  readonly connections: number;
}

/** What a page that is used by hand stays far below. */
export const LIMITS: Limits = {
  body: 64 * 1024 * 1024,
  bodies: 256 * 1024 * 1024,
  atOnce: 256,
  aSecond: 2000,
  headers: 10_000,
  request: 60_000,
  connections: 64,
};

export interface Load {
  /** One more request; false when there were too many within this second. */
  admit(): boolean;
  /** One more for the engine; false when too many are being answered. Each true one is ended once. */
  begin(): boolean;
  end(): void;
  /** Takes octets of bodies into account, or lets them go; false when there are too many. */
  hold(octets: number): boolean;
}

/** `now` gives milliseconds. */
export function createLoad(limits: Limits, now: () => number = () => performance.now()): Load {
  let second = Math.floor(now() / 1000);
  let within = 0;
  let answering = 0;
  let held = 0;
  return {
    admit() {
      const s = Math.floor(now() / 1000);
      if (s !== second) {
        second = s;
        within = 0;
      }
      within += 1;
      return within <= limits.aSecond;
    },
    begin() {
      if (answering >= limits.atOnce) return false;
      answering += 1;
      return true;
    },
    end() {
      answering -= 1;
    },
    hold(octets) {
      held += octets;
      return held <= limits.bodies;
    },
  };
}

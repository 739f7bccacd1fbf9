// A search that takes three looks, and what a capture may hold.

import type { KeyCandidate, SearchRequest, SearchStatus } from '../../../analysis/engine/contract/search.ts';

type Start = Extract<SearchRequest, { op: 'searchStart' }>;

export const FOUND_PIN = '1234';
const IMSI = '262019876543210';

const IDLE: SearchStatus = {
  phase: 'idle',
  message: null,
  from: 4,
  to: 8,
  space: 0,
  tried: 0,
  digits: null,
  rate: null,
  elapsed: 0,
  remaining: null,
  workers: 0,
  kind: null,
  found: null,
  text: '',
};

export function fakeSearch(): {
  start(r: Start): SearchStatus;
  status(secrets: boolean): SearchStatus;
  stop(): SearchStatus;
} {
  let status = IDLE;
  let looks = 0;
  return {
    start(r) {
      let space = 0;
      for (let n = r.from; n <= r.to; n += 1) space += 10 ** n;
      looks = 0;
      const { message, from, to } = r;
      status = { ...IDLE, phase: 'running', message, from, to, space, workers: 2, kind: 'vectors' };
      return status;
    },
    status(secrets) {
      if (status.phase !== 'running') return masked(status, secrets);
      looks += 1;
      const tried = Math.min(status.space, looks * 1_700_000);
      status = {
        ...status,
        tried,
        digits: 6,
        rate: 6_800_000,
        elapsed: looks / 4,
        remaining: (status.space - tried) / 6.8e6,
      };
      // Only short searches find something, so that a long one can be seen running.
      if (looks > 2 && status.to < 8) {
        const found = { pin: FOUND_PIN, digits: 4, chance: 0 };
        const text = 'Found after 1,235 guesses, the only one in 10,000: none fits by chance, a MAC has 160 bits.';
        status = { ...status, phase: 'found', remaining: null, found, text };
      }
      return masked(status, secrets);
    },
    stop() {
      if (status.phase === 'running')
        status = { ...status, phase: 'stopped', remaining: null, text: 'Stopped after 1,700,000 of 111,110,000 PINs.' };
      return masked(status, false);
    },
  };
}

const masked = (s: SearchStatus, secrets: boolean): SearchStatus =>
  s.found === null || secrets ? s : { ...s, found: { ...s.found, pin: '••••' } };

export function fakeCandidates(method: string | null, secrets: boolean): KeyCandidate[] {
  if (method === 'USERPIN') {
    const why = 'a text in frame 40, same number, 4 s before';
    return [{ kind: 'pin', value: secrets ? FOUND_PIN : '••••', strength: 'text', why, frame: 40, fits: true }];
  }
  if (method !== 'NETWPIN') return [];
  const value = (imsi: string) => (secrets ? imsi : `•••${imsi.slice(-4)}`);
  return [
    {
      kind: 'imsi',
      value: value(IMSI),
      strength: 'number',
      why: 'frame 77, InsertData request, same number, 3 s before',
      frame: 77,
      fits: true,
    },
    {
      kind: 'imsi',
      value: value('262011111111111'),
      strength: 'capture',
      why: 'frame 12, BSSMAP Common ID, one of 2 in the capture',
      frame: 12,
      fits: false,
    },
  ];
}

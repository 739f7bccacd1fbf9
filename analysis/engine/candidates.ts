// What may be the key of a message, each with why, and whether it is.

import { masked } from '../verify/words.ts';
import type { KeyCandidate, SearchReplies } from './contract/search.ts';
import { verifyResult } from './detail.ts';
import { interpret } from './interpret.ts';
import type { Loaded } from './load.ts';
import { type Evidence, verify } from './records.ts';

const ALONE: Pick<Evidence, 'inferred' | 'told' | 'searched'> = { inferred: [], told: [], searched: [] };

export function keyCandidates(loaded: Loaded, message: string, secrets: boolean): SearchReplies['candidates'] {
  const r = loaded.records.find((m) => m.id === message);
  if (r === undefined) throw new Error(`There is no message ${message}.`);
  const i = interpret(r.joined);
  const known = loaded.evidence(r);
  const used = r.verification.method;
  const wanted = (kind: KeyCandidate['kind']) =>
    kind === 'imsi' ? used !== 'USERPIN' && used !== 'USERPINMAC' : used !== 'NETWPIN';
  const sightings = loaded.sightings(r).filter((s) => wanted(s.kind));
  const others = (kind: KeyCandidate['kind']) => [
    ...known.keys[kind],
    ...sightings.filter((s) => s.kind === kind).map((s) => s.value),
    ...(kind === 'pin' ? known.searched : []),
  ];
  const candidates = sightings.map((s): KeyCandidate => {
    // Both secrets are needed: this one is tried with all of the other kind.
    const both = used === 'USERNETWPIN';
    const rest = both ? others(s.kind === 'imsi' ? 'pin' : 'imsi') : [];
    const keys = s.kind === 'imsi' ? { imsi: [s.value], pin: rest } : { imsi: rest, pin: [s.value] };
    const fits = verify(r.joined, i, { keys, ...ALONE }).verdict === 'valid';
    return {
      kind: s.kind,
      value: secrets ? s.value : masked(s.kind, s.value),
      strength: s.strength,
      why: s.why(),
      frame: s.frame === null ? null : loaded.frames.at(s.frame).number,
      fits: fits ? true : both && rest.length === 0 ? null : false,
    };
  });
  return { candidates, verify: verifyResult(i, verify(r.joined, i, known, secrets)) };
}

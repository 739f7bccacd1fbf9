// What one message did to the phone, in texts that a filter can ask for and a line can show.

import type { DeviceChange, ObjectKind, StepOutcome, ValueChange } from '../engine/contract/device.ts';
import { compare } from './compare.ts';
import type { Step } from './history.ts';
import { changesOf } from './show.ts';
import type { State } from './state.ts';

export interface Effect {
  readonly outcome: StepOutcome;
  /** 'Proxy 192.0.2.1': the phone held nothing of it. */
  readonly added: readonly string[];
  /** 'Proxy 192.0.2.1: Address 192.0.2.1 → 192.0.2.9', and what that means for what the phone held. */
  readonly changed: readonly { readonly kind: ObjectKind; readonly text: string }[];
  /** 'Proxy 192.0.2.1: Port 8080'. */
  readonly removed: readonly string[];
}

function valueText(title: string, v: ValueChange): string {
  const name = `${title}: ${v.label}`;
  if (v.before === null) return `${name} is now ${v.after}`;
  if (v.after === null) return `${name} is gone, was ${v.before}`;
  // Both are masked alike.
  return v.secret ? `${name} is another` : `${name} ${v.before} → ${v.after}`;
}

const replaced = (c: DeviceChange): boolean => c.what === 'replaced';

/** What followed for what the phone held before, one sentence each, the gravest first. */
export const meaningOf = (before: State, step: Step): readonly { kind: ObjectKind; text: string }[] =>
  step.state === before || before.held.size === 0
    ? []
    : compare(before, step.state).said.flatMap(({ about, text }) => (about === null ? [] : [{ kind: about, text }]));

/** `before`: what the phone held until then. Secrets are masked. */
export function effectOf(before: State, step: Step): Effect {
  const changes = changesOf(step, { secrets: false });
  return {
    outcome: step.judgement.outcome,
    added: changes.filter((c) => c.what === 'added').map((c) => c.title),
    changed: [
      ...meaningOf(before, step),
      ...changes.filter(replaced).flatMap((c) => c.values.map((v) => ({ kind: c.kind, text: valueText(c.title, v) }))),
    ],
    removed: changes
      .filter(replaced)
      .flatMap((c) => c.values.flatMap((v) => (v.after === null ? [`${c.title}: ${v.label} ${v.before}`] : []))),
  };
}

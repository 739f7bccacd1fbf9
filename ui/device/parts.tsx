// Small things of the device view: a sentence with its basis, where something was said, how a message fared.

import type { Origin, Reason, StepOutcome } from '../../analysis/engine/contract/device.ts';
import { openOrigin } from './state.ts';
import { BASIS_MEANS, BASIS_WORD, OUTCOME_WORD } from './words.ts';

/** Name of the message that said something; opens it there. */
export function OriginLink({ origin, what }: { readonly origin: Origin; readonly what: string }) {
  return (
    <button
      type="button"
      class="octet-link device-origin"
      aria-label={`Message ${origin.message}, which set ${what}`}
      title={`Set by ${origin.message}; opens it there`}
      onClick={() => void openOrigin(origin)}
    >
      {origin.message}
    </button>
  );
}

/** A sentence; behind it on what it rests, unless the message itself says so. */
export function ReasonText({ reason }: { readonly reason: Reason }) {
  const word = BASIS_WORD[reason.basis];
  return (
    <span class="device-reason">
      {reason.origin === null ? (
        reason.text
      ) : (
        <button
          type="button"
          class="octet-link"
          title={`Said by ${reason.origin.message}; opens it there`}
          onClick={() => reason.origin !== null && void openOrigin(reason.origin)}
        >
          {reason.text}
        </button>
      )}
      {word !== '' && (
        <>
          {' '}
          <small class="device-basis" title={BASIS_MEANS[reason.basis]}>
            {word}
          </small>
        </>
      )}
    </span>
  );
}

const MARK: Readonly<Record<StepOutcome, { readonly path: string; readonly token: string }>> = {
  taken: { path: 'M4.8 8.2l2.2 2.3l4.2-4.8', token: '--verdict-ok' },
  assumed: { path: 'M6.2 6.3a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.9.7-.9 1.3M8 11.3v.2', token: '--verdict-open' },
  refused: { path: 'M5.5 5.5l5 5M10.5 5.5l-5 5', token: '--verdict-bad' },
  lost: { path: 'M5 8h6', token: '--verdict-none' },
};

/** A ring with a mark; the word stands beside it or is read out. */
export function OutcomeMark({ outcome, quiet = false }: { readonly outcome: StepOutcome; readonly quiet?: boolean }) {
  const { path, token } = MARK[outcome];
  return (
    <span class="glyph">
      <svg viewBox="0 0 16 16" width={16} height={16} aria-hidden="true">
        <circle
          cx={8}
          cy={8}
          r={6.4}
          fill="none"
          stroke={`var(${token})`}
          stroke-width="1.5"
          stroke-dasharray={outcome === 'lost' ? '2.4 1.8' : undefined}
        />
        <path
          d={path}
          fill="none"
          stroke={`var(${token})`}
          stroke-width="1.6"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      </svg>
      {!quiet && <span class="unseen">{OUTCOME_WORD[outcome]}</span>}
    </span>
  );
}

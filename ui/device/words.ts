// What the device view's words are on screen.

import type { Basis, ChangeKind, DeviceContext, StepOutcome } from '../../analysis/engine/contract/device.ts';

export const OUTCOME_WORD: Readonly<Record<StepOutcome, string>> = {
  taken: 'Taken',
  assumed: 'Perhaps taken',
  refused: 'Refused',
  lost: 'Never arrived',
};

export const OUTCOME_MEANS: Readonly<Record<StepOutcome, string>> = {
  taken: 'The phone accepts it.',
  assumed: 'Accepted if a key fits that is not known here, or by phones that check nothing.',
  refused: 'A phone that follows the standard drops it.',
  lost: 'It did not arrive in a form that could be read.',
};

export const CHANGE_WORD: Readonly<Record<ChangeKind, string>> = {
  added: 'Added',
  replaced: 'Replaced',
  same: 'As it was',
  kept: 'Not changed',
  dropped: 'Not installed',
  withheld: 'Not set',
};

/** Said behind a sentence; '' where the message itself says so. */
export const BASIS_WORD: Readonly<Record<Basis, string>> = {
  message: '',
  clients: 'seen in clients',
  remembered: 'as remembered',
};

export const BASIS_MEANS: Readonly<Record<Basis, string>> = {
  message: 'The message says so.',
  clients: 'Seen in the source of the clients that are named; other phones may differ.',
  remembered: 'What the specification says as it is remembered; nothing public confirms it.',
};

export const CONTEXT_WORD: Readonly<Record<DeviceContext['kind'], string>> = {
  card: 'home context, from the card',
  home: 'home context: only the operator may change it',
  other: 'context of its own',
};

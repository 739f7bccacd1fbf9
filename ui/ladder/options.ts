// How the ladder is drawn at this moment, from the signals.

import { signal } from '@preact/signals';
import type { LadderOptions } from '../../analysis/draw/ladder.ts';
import { columnOrder, foldedRetries, hiddenColumns, hiddenLayers, mergeHosts, spacing } from '../state/ladder.ts';
import { prefs } from '../state/prefs.ts';
import { status } from '../state/session.ts';
import { formatDuration, formatStep, formatTime } from '../view/time.ts';

/** Width there is for it, px. */
export const ladderWidth = signal(0);

export function ladderOptions(width: number): LadderOptions {
  const { time } = prefs.value;
  const { base } = status.value;
  return {
    width,
    order: columnOrder.value,
    hidden: hiddenColumns.value,
    mergeHosts: mergeHosts.value,
    spacing: spacing.value,
    hiddenLayers: hiddenLayers.value,
    folded: foldedRetries.value,
    time: (s, before) =>
      time === 'previous' ? formatStep(s.time, before?.time ?? null, base) : formatTime(s.time, time, base, 6),
    duration: formatDuration,
  };
}

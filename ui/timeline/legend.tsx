// What the marks mean.

import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { VERDICTS } from '../../analysis/engine/contract.ts';
import { VerdictGlyph } from '../parts/glyph.tsx';
import { capture } from '../state/session.ts';
import { VERDICT_WORD } from '../view/words.ts';
import { inView } from './scene.ts';

const Sample = ({ children, word }: { children: ComponentChildren; word: string }) => (
  <li>
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" class="legend-mark">
      {children}
    </svg>
    {word}
  </li>
);

export function Legend() {
  // The capture they were seen in: the legend must not change its size with every move.
  const bracketsOf = useSignal(-1);
  useSignalEffect(() => {
    if (inView.value.hits.some((h) => h.kind === 'transaction')) bracketsOf.value = capture.peek();
  });
  return (
    <ul class="legend" aria-label="What the marks mean">
      <Sample word="Part">
        <rect x="2" y="1.500" width="12" height="13" rx="2.500" class="legend-part" />
        <text x="8" y="11.500" class="legend-number">
          2
        </text>
      </Sample>
      <Sample word="Part that never came">
        <rect x="2" y="1.500" width="12" height="13" rx="2.500" class="legend-missing" />
      </Sample>
      <Sample word="Accepted">
        <circle cx="8" cy="8" r="2.200" class="legend-ok-dot" />
      </Sample>
      <Sample word="Refused">
        <path d="M4 4l8 8M12 4l-8 8" class="legend-refused" />
      </Sample>
      <Sample word="Refused for now">
        <path d="M4 12l8-8" class="legend-for-now" />
      </Sample>
      <Sample word="Receipt">
        <path d="M8 14V2.500M4.500 6L8 2.500 11.500 6" class="legend-ok" />
      </Sample>
      {bracketsOf.value === capture.value && (
        <Sample word="One message, seen several times">
          <path d="M1.500 7v4h13V7" class="legend-bracket" />
        </Sample>
      )}
      {VERDICTS.map((v) => (
        <li key={v}>
          <VerdictGlyph verdict={v} quiet />
          {VERDICT_WORD[v]}
        </li>
      ))}
    </ul>
  );
}

// What the marks mean.

import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { VERDICTS } from '../../analysis/engine/contract.ts';
import { VerdictGlyph } from '../parts/glyph.tsx';
import { gaps } from '../state/arrange.ts';
import { capture } from '../state/session.ts';
import { VERDICT_WORD } from '../view/words.ts';
import { isUnseen } from './gaps.ts';
import { settled } from './scene.ts';

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
  const retriesOf = useSignal(-1);
  const expiryOf = useSignal(-1);
  useSignalEffect(() => {
    for (const { hits } of settled.value.strips) {
      if (bracketsOf.peek() !== capture.peek() && hits.some((h) => h.kind === 'transaction')) {
        bracketsOf.value = capture.peek();
      }
      if (retriesOf.peek() !== capture.peek() && hits.some((h) => h.kind === 'retry')) {
        retriesOf.value = capture.peek();
      }
      if (expiryOf.peek() !== capture.peek() && hits.some((h) => h.kind === 'expiry')) {
        expiryOf.value = capture.peek();
      }
    }
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
        <path d="M8 5l3.200 5.500H4.800z" class="legend-ok-dot" />
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
      {retriesOf.value === capture.value && (
        <Sample word="Sent again">
          <path d="M11.500 7a3.700 3.700 0 1 1-1.300-2.200M11.800 3v3H8.800" class="legend-again" />
        </Sample>
      )}
      {expiryOf.value === capture.value && (
        <Sample word="Given up, or the capture ended">
          <path d="M1 8h8" class="legend-expiry" />
          <rect x="10" y="1.500" width="4.500" height="13" rx="1.500" class="legend-missing" />
        </Sample>
      )}
      {gaps.value.some((g) => g.lost !== undefined) && (
        <Sample word="Frames lost">
          <path d="M1.500 5.500h13v5h-13zM3 10.500l5-5M7.500 10.500l5-5" class="legend-lost" />
        </Sample>
      )}
      {gaps.value.some(isUnseen) && (
        <Sample word="Not captured">
          <path d="M1.500 14.500l13-13M1.500 8.500l7-7M7.500 14.500l7-7" class="legend-gap" />
        </Sample>
      )}
      {gaps.value.some((g) => g.back !== undefined) && (
        <Sample word="Clock went back">
          <path d="M5 8h9.500M14.500 4v8M1.500 8l5-3.500v7z" class="legend-back" />
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

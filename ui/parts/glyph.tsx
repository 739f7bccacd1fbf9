// Marks of verdict and severity in text. The word stands beside them or in their label.

import { type Glyph, pathOf, rightHalf, SEVERITY_GLYPH, VERDICT_GLYPH } from '../../analysis/draw/glyphs.ts';
import type { Verdict } from '../../analysis/engine/contract.ts';
import type { Severity } from '../../captures/finding.ts';
import { SEVERITY_WORD, VERDICT_WORD, verdictWord } from '../view/words.ts';

function Shape({ glyph, size, label }: { glyph: Glyph; size: number; label: string | null }) {
  const c = 8;
  const r = 6.6;
  const colour = `var(${glyph.token})`;
  return (
    <span class="glyph">
      <svg viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
        <path
          d={pathOf(glyph.outline, r, c, true)}
          fill={glyph.fill === 'solid' ? colour : 'var(--surface-1)'}
          stroke={colour}
          stroke-width="1.4"
          stroke-linejoin="round"
          stroke-dasharray={glyph.dashed === true ? '2.4 1.6' : undefined}
        />
        {glyph.fill === 'half' && <path d={pathOf(rightHalf(glyph.outline), r, c, true)} fill={colour} />}
        {glyph.strokes.map((points) => (
          <path
            key={String(points)}
            d={pathOf(points, r, c, false)}
            fill="none"
            stroke={glyph.fill === 'solid' ? 'var(--surface-1)' : colour}
            stroke-width="1.5"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        ))}
      </svg>
      {label !== null && <span class="unseen">{label}</span>}
    </span>
  );
}

/** `quiet`: the word is beside it. */
export const VerdictGlyph = ({
  verdict,
  size = 16,
  quiet = false,
}: {
  verdict: Verdict;
  size?: number;
  quiet?: boolean;
}) => <Shape glyph={VERDICT_GLYPH[verdict]} size={size} label={quiet ? null : VERDICT_WORD[verdict]} />;

export const SeverityGlyph = ({
  severity,
  size = 14,
  quiet = false,
}: {
  severity: Severity;
  size?: number;
  quiet?: boolean;
}) => <Shape glyph={SEVERITY_GLYPH[severity]} size={size} label={quiet ? null : SEVERITY_WORD[severity]} />;

export const VerdictWord = ({ verdict, method }: { verdict: Verdict; method: string | null }) => (
  <span class={`verdict verdict-${verdict}`}>
    <VerdictGlyph verdict={verdict} quiet />
    {verdictWord(verdict, method)}
  </span>
);

// Whether the message is as it should be: how much is wrong, and the worst of it in words. The tab has all of it.

import type { Detail, DetailFinding } from '../../analysis/engine/contract.ts';
import type { Severity } from '../../captures/finding.ts';
import { SeverityGlyph } from '../parts/glyph.tsx';
import { tab } from '../state/selection.ts';
import { isSilenced } from '../state/silenced.ts';
import { plural } from '../view/format.ts';
import { SEVERITIES, severityRank } from '../view/words.ts';
import { OctetLink } from './octet-link.tsx';
import { Section } from './section.tsx';

/** Findings told here. */
const MOST = 3;

const counted = (findings: readonly DetailFinding[]): string =>
  SEVERITIES.flatMap((s: Severity) => {
    const n = findings.filter((f) => f.severity === s).length;
    return n === 0 ? [] : [plural(n, s)];
  }).join(', ');

export function Wrong({ d }: { readonly d: Detail }) {
  if (d.row.kind === 'text' && d.findings.length === 0) return null;
  const heard = d.findings.filter((f) => !isSilenced(f.code));
  const worst = heard
    .filter((f) => f.severity !== 'note')
    .sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
  return (
    <Section title="Is it as it should be?">
      <p class="way-verdict">
        {d.findings.length === 0 ? (
          <span>
            <b>Yes</b>, no rule objects to it.
          </span>
        ) : (
          <>
            <b>{worst.length === 0 ? 'Yes' : 'No'}</b>
            <span class="quiet">{counted(d.findings)}</span>
            <button
              type="button"
              class="button button-small"
              onClick={() => {
                tab.value = 'findings';
              }}
            >
              Show the findings
            </button>
          </>
        )}
      </p>
      {worst.length > 0 && (
        <ul class="wrong-worst">
          {worst.slice(0, MOST).map((f, i) => (
            <li key={`${i}${f.code}`}>
              <SeverityGlyph severity={f.severity} size={13} quiet />
              <p>
                <OctetLink range={f.range}>{f.text}</OctetLink>
                {f.receivers !== null && <small>{f.receivers}</small>}
              </p>
            </li>
          ))}
        </ul>
      )}
      {worst.length > MOST && <p class="quiet">{worst.length - MOST} more in the findings.</p>}
    </Section>
  );
}

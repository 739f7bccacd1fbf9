// What is wrong with this message, where, what receivers do about it, and how it is mended.

import type { Detail } from '../../analysis/engine/contract.ts';
import { BASIS_WORDS } from '../../captures/finding.ts';
import { SeverityGlyph } from '../parts/glyph.tsx';
import { isSilenced, silence, unsilence } from '../state/silenced.ts';
import { plural } from '../view/format.ts';
import { SEVERITY_WORD, severityRank } from '../view/words.ts';
import { isChosen, OctetLink, rangeWords } from './octet-link.tsx';

const worstFirst = (findings: Detail['findings']): Detail['findings'] =>
  [...findings].sort((a, b) => severityRank(b.severity) - severityRank(a.severity));

function Silenced({ codes }: { codes: readonly string[] }) {
  if (codes.length === 0) return null;
  const rules = [...new Set(codes)];
  return (
    <div class="finding-silenced">
      <p>
        {plural(codes.length, 'finding')} of {plural(rules.length, 'rule')} you silenced
      </p>
      {rules.map((code) => (
        <button
          key={code}
          type="button"
          class="button button-small"
          aria-label={`Hear ${code} again`}
          onClick={() => unsilence(code)}
        >
          {code}: hear again
        </button>
      ))}
    </div>
  );
}

export function Findings({ d }: { d: Detail }) {
  if (d.findings.length === 0) return <p class="quiet">Nothing was found to be wrong with this message.</p>;
  const heard = d.findings.filter((f) => !isSilenced(f.code));
  return (
    <>
      <ol class="findings">
        {worstFirst(heard).map((f, i) => (
          <li key={`${i}${f.code}`} class={`finding finding-${f.severity}${isChosen(f.range) ? ' chosen' : ''}`}>
            <header>
              <SeverityGlyph severity={f.severity} quiet />
              <span class={`sev-${f.severity}`}>{SEVERITY_WORD[f.severity]}</span>
              <code>{f.code}</code>
              <button
                type="button"
                class="finding-silence"
                title="Don’t list findings of this rule, in any capture"
                aria-label={`Silence ${f.code}`}
                onClick={() => silence(f.code)}
              >
                Silence
              </button>
            </header>
            <p class="finding-text">
              <bdi>{f.text}</bdi>
            </p>
            <dl class="facts">
              <div class="fact">
                <dt>Rule</dt>
                <dd>{f.title}</dd>
              </div>
              <div class="fact">
                <dt>Clause</dt>
                <dd>{f.clause}</dd>
              </div>
              {f.receivers !== null && (
                <div class="fact">
                  <dt>Receivers</dt>
                  <dd>{f.receivers}</dd>
                </div>
              )}
              {f.fix !== null && (
                <div class="fact">
                  <dt>To mend it</dt>
                  <dd>{f.fix}</dd>
                </div>
              )}
              {f.basis !== undefined && (
                <div class="fact">
                  <dt>Basis</dt>
                  <dd class="quiet">{BASIS_WORDS[f.basis]}</dd>
                </div>
              )}
              {f.range !== null && f.range.length > 0 && (
                <div class="fact">
                  <dt>Where</dt>
                  <dd>
                    <OctetLink range={f.range}>{rangeWords(f.range)}</OctetLink>
                  </dd>
                </div>
              )}
            </dl>
          </li>
        ))}
      </ol>
      <Silenced codes={d.findings.filter((f) => isSilenced(f.code)).map((f) => f.code)} />
    </>
  );
}

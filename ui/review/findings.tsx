// Findings of the review, a rule at a time: what was found, why it matters, what to do, and where it stands.

import type { AuditFindingRow, AuditGroup } from '../../analysis/engine/contract/audit.ts';
import { SeverityGlyph } from '../parts/glyph.tsx';
import { Icon } from '../parts/icon.tsx';
import { selected } from '../state/selection.ts';
import { formatCount, plural } from '../view/format.ts';
import { chosen, findings, groupKey, moreFindings, open, openEvidence, review, toggle } from './state.ts';
import { BASIS_TEXT, framesText, GLYPH_OF, OURS_TEXT, SEVERITIES, SEVERITY_MEANS, SEVERITY_WORD } from './words.ts';

type Evidence = AuditFindingRow['evidence'][number];

function where(e: Evidence): string {
  const octets =
    e.range === null || e.range.length === 0
      ? ''
      : e.range.length === 1
        ? `octet ${e.range.start}`
        : `octets ${e.range.start}–${e.range.start + e.range.length - 1}`;
  return [framesText(e.frames), octets].filter((t) => t !== '').join(', ');
}

function Place({ e }: { e: Evidence }) {
  const words = (
    <>
      {e.message !== null && <b class="number">{e.message}</b>}
      <span>{e.what}</span>
      <small class="number">{where(e)}</small>
    </>
  );
  if (e.message === null) return <span class="review-place">{words}</span>;
  return (
    <button
      type="button"
      class={`review-place${e.message === selected.value ? ' chosen' : ''}`}
      title="Open the message at these octets"
      onClick={() => void openEvidence(e)}
    >
      {words}
    </button>
  );
}

function Finding({ f }: { f: AuditFindingRow }) {
  const about = [
    f.from === null ? '' : `from ${f.from}`,
    f.messages > 1 ? plural(f.messages, 'message') : '',
    f.victims > 1 ? plural(f.victims, 'phone') : '',
  ].filter((t) => t !== '');
  return (
    <li class="review-finding">
      <p class="review-text">
        {f.text}
        {f.ours !== null && <span class="review-ours">{OURS_TEXT[f.ours]}</span>}
        {about.length > 0 && <span class="quiet"> {about.join(', ')}</span>}
      </p>
      {f.evidence.length > 0 && (
        <ul class="review-places" aria-label="Where it stands">
          {f.evidence.map((e, i) => (
            <li key={`${i}${e.message ?? ''}`}>
              <Place e={e} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Group({ group }: { group: AuditGroup }) {
  const key = groupKey(group);
  const isOpen = open.value.has(key);
  const mine = findings.value.get(key);
  const id = `review-${key.replace(/\W+/g, '-')}`;
  return (
    <li class={`review-group review-${group.severity}`}>
      <h4>
        <button
          type="button"
          class="review-head"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => toggle(group)}
        >
          <Icon name={isOpen ? 'chevron' : 'right'} />
          <SeverityGlyph severity={GLYPH_OF[group.severity]} quiet />
          <span class="review-title">{group.title}</span>
          <span class="review-count number">{plural(group.messages, 'message')}</span>
        </button>
      </h4>
      {isOpen && (
        <div class="review-body" id={id}>
          <ul class="review-findings">
            {mine?.rows.map((f, i) => (
              <Finding key={`${i}${f.text}`} f={f} />
            ))}
          </ul>
          {mine !== undefined && mine.rows.length < mine.total && (
            <button type="button" class="button button-small" onClick={() => void moreFindings(group)}>
              {formatCount(mine.total - mine.rows.length)} more
            </button>
          )}
          <dl class="review-advice">
            <div>
              <dt>Why it matters</dt>
              <dd>{group.why}</dd>
            </div>
            <div>
              <dt>What to do</dt>
              <dd>{group.todo}</dd>
            </div>
            <div>
              <dt>Rule</dt>
              <dd>
                <code>{group.code}</code> <span class="quiet">{BASIS_TEXT[group.basis]}</span>
              </dd>
            </div>
          </dl>
        </div>
      )}
    </li>
  );
}

/** Groups under a heading for each severity; those chosen, or all. */
export function Findings() {
  const r = review.value;
  if (r === null) return null;
  const some = chosen.value;
  const shown = SEVERITIES.filter((s) => r.bySeverity[s] > 0 && (some.size === 0 || some.has(s)));
  if (shown.length === 0) {
    return <p class="quiet review-none">Nothing of this severity was found.</p>;
  }
  return (
    <>
      {shown.map((s) => (
        <section key={s} class="review-section" aria-label={SEVERITY_WORD[s]}>
          <h3 class={`review-severity review-severity-${s}`}>
            {SEVERITY_WORD[s]} <span class="quiet">{SEVERITY_MEANS[s]}</span>
          </h3>
          <ul class="review-groups">
            {r.groups
              .filter((g) => g.severity === s)
              .map((g) => (
                <Group key={groupKey(g)} group={g} />
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

// Findings of the whole capture, a rule at a time.

import { signal } from '@preact/signals';
import { SeverityGlyph } from '../parts/glyph.tsx';
import { Icon } from '../parts/icon.tsx';
import { allFindings } from '../state/findings.ts';
import { prefs, setPref } from '../state/prefs.ts';
import { selected, selectId } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { formatCount, plural } from '../view/format.ts';
import type { FindingGroup } from '../view/group.ts';
import { formatTime } from '../view/time.ts';

const openGroups = signal<ReadonlySet<string>>(new Set());
/** Rows listed of one rule; more are a click away. */
const FIRST = 100;
const expanded = signal<ReadonlySet<string>>(new Set());

const toggled = (set: ReadonlySet<string>, key: string): ReadonlySet<string> => {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
};

function Group({ group }: { group: FindingGroup }) {
  const open = openGroups.value.has(group.code);
  const all = expanded.value.has(group.code);
  const { time } = prefs.value;
  const { base } = status.value;
  return (
    <li class="finding-group">
      <button
        type="button"
        class="finding-head"
        aria-expanded={open}
        onClick={() => {
          openGroups.value = toggled(openGroups.value, group.code);
        }}
      >
        <Icon name={open ? 'chevron' : 'right'} />
        <SeverityGlyph severity={group.severity} />
        <code>{group.code}</code>
        <span class="finding-first">{group.rows[0]?.text}</span>
        <span class="count">{formatCount(group.rows.length)}</span>
      </button>
      {open && (
        <ul class="finding-rows">
          {group.rows.slice(0, all ? undefined : FIRST).map((r) => (
            <li key={r.index}>
              <button
                type="button"
                class={r.message !== null && r.message === selected.value ? 'chosen' : ''}
                disabled={r.message === null}
                onClick={() => {
                  if (r.message !== null) void selectId(r.message, { tab: 'findings' });
                }}
              >
                <span class="number">{formatTime(r.time, time, base, 3)}</span>
                <span class="finding-frame number">{r.frame === null ? '' : `frame ${r.frame}`}</span>
                <span class="finding-text">{r.text}</span>
              </button>
            </li>
          ))}
          {!all && group.rows.length > FIRST && (
            <li>
              <button
                type="button"
                class="finding-more"
                onClick={() => {
                  expanded.value = toggled(expanded.value, group.code);
                }}
              >
                All {formatCount(group.rows.length)}
              </button>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

export function Drawer() {
  const a = allFindings.value;
  return (
    <>
      <header class="drawer-head">
        <h2>Findings</h2>
        {a !== null && (
          <span class="quiet">
            {plural(a.total, 'finding')} by {plural(a.groups.length, 'rule')}
            {a.loaded < a.total && `; the first ${formatCount(a.loaded)} are listed`}
          </span>
        )}
        <button
          type="button"
          class="button-icon"
          aria-label="Close findings"
          title="Close findings (g)"
          onClick={() => setPref('drawerOpen', false)}
        >
          <Icon name="close" />
        </button>
      </header>
      <ul class="finding-groups">
        {a?.groups.map((g) => (
          <Group key={g.code} group={g} />
        ))}
        {a !== null && a.groups.length === 0 && <li class="quiet finding-none">Nothing was found to be wrong.</li>}
      </ul>
    </>
  );
}

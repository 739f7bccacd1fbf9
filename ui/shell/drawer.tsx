// The drawer: findings of the whole capture a rule at a time, all frames, the log, and bookmarks.

import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { SeverityGlyph } from '../parts/glyph.tsx';
import { Icon } from '../parts/icon.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { bookmarks } from '../state/bookmarks.ts';
import { allFindings } from '../state/findings.ts';
import { capOf } from '../state/keys-prefs.ts';
import { type DrawerTab, prefs, setPref } from '../state/prefs.ts';
import { selected, selectId } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { isSilenced, unsilence } from '../state/silenced.ts';
import { formatCount, plural } from '../view/format.ts';
import type { FindingGroup } from '../view/group.ts';
import { formatTime } from '../view/time.ts';
import { Bookmarks, BookmarkTools } from './bookmarks.tsx';
import { Frames, FrameTools } from './frames.tsx';
import { Log, LogTools } from './log.tsx';

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
        <bdi class="finding-first">{group.rows[0]?.text}</bdi>
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
                <bdi class="finding-text">{r.text}</bdi>
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

function Findings() {
  const a = allFindings.value;
  const heard = a?.groups.filter((g) => !isSilenced(g.code)) ?? [];
  const quiet = a?.groups.filter((g) => isSilenced(g.code)) ?? [];
  return (
    <ul class="finding-groups">
      {heard.map((g) => (
        <Group key={g.code} group={g} />
      ))}
      {quiet.length > 0 && (
        <li class="finding-silenced">
          <span>
            {plural(
              quiet.reduce((n, g) => n + g.rows.length, 0),
              'finding',
            )}{' '}
            of {plural(quiet.length, 'silenced rule')}:
          </span>
          {quiet.map((g) => (
            <button
              key={g.code}
              type="button"
              class="button button-small"
              title={`Hear ${g.code} again`}
              onClick={() => unsilence(g.code)}
            >
              {g.code} ({formatCount(g.rows.length)}): hear again
            </button>
          ))}
        </li>
      )}
      {a !== null && a.groups.length === 0 && <li class="quiet finding-none">Nothing was found to be wrong.</li>}
    </ul>
  );
}

const PANELS: Readonly<Record<DrawerTab, () => JSX.Element>> = {
  findings: Findings,
  frames: Frames,
  log: Log,
  bookmarks: Bookmarks,
};

export function Drawer() {
  const a = allFindings.value;
  const tab = prefs.value.drawerTab;
  const Panel = PANELS[tab];
  return (
    <>
      <header class="drawer-head">
        <Tabs
          label="Drawer"
          prefix="drawer"
          tabs={[
            { id: 'findings', label: 'Findings', title: capOf('findings') },
            { id: 'frames', label: 'Frames', title: capOf('frames') },
            { id: 'log', label: 'Log', title: capOf('log') },
            {
              id: 'bookmarks',
              label: 'Bookmarks',
              title: capOf('bookmarks'),
              ...(bookmarks.value.length > 0 ? { extra: <span class="count">{bookmarks.value.length}</span> } : {}),
            },
          ]}
          current={tab}
          onChoose={(id) => setPref('drawerTab', id)}
        />
        {tab === 'findings' && a !== null && (
          <span class="quiet">
            {plural(a.total, 'finding')} by {plural(a.groups.length, 'rule')}
            {a.loaded < a.total && `; the first ${formatCount(a.loaded)} are listed`}
          </span>
        )}
        {tab === 'frames' && <FrameTools />}
        {tab === 'log' && <LogTools />}
        {tab === 'bookmarks' && <BookmarkTools />}
        <button
          type="button"
          class="button-icon"
          aria-label="Close the drawer"
          title={`Close (${capOf(tab)})`}
          onClick={() => setPref('drawerOpen', false)}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="drawer-panel" id="drawer-panel" role="tabpanel" aria-labelledby={`drawer-tab-${tab}`} tabIndex={-1}>
        <Panel />
      </div>
    </>
  );
}

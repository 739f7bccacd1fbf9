// Everything about the selected message, in seven tabs.

import type { Detail } from '../../analysis/engine/contract.ts';
import { VerdictGlyph } from '../parts/glyph.tsx';
import { Icon } from '../parts/icon.tsx';
import { type TabSpec, Tabs } from '../parts/tabs.tsx';
import { bookmarkOf } from '../state/bookmarks.ts';
import { COMMANDS } from '../state/commands.ts';
import { capOf } from '../state/keys-prefs.ts';
import { marked } from '../state/range.ts';
import { detail, detailError, octets, select, selected, selectedRow, sheetOpen, tab } from '../state/selection.ts';
import { RangeSummary } from '../timeline/range-summary.tsx';
import type { Tab } from '../view/hash.ts';
import { kindWord } from '../view/words.ts';
import { Bytes } from './bytes.tsx';
import { CaptureSummary } from './capture-summary.tsx';
import { Findings } from './findings.tsx';
import { Peek } from './peek.tsx';
import { Settings } from './settings.tsx';
import { Summary } from './summary.tsx';
import { Tree } from './tree.tsx';
import { Verify } from './verify.tsx';
import { Xml } from './xml.tsx';

const TAB_LABEL: Readonly<Record<Tab, string>> = {
  summary: 'Summary',
  settings: 'Settings',
  xml: 'XML',
  tree: 'Tree',
  bytes: 'Bytes',
  verify: 'Verify',
  findings: 'Findings',
};

function Panel({ d, current }: { d: Detail; current: Tab }) {
  switch (current) {
    case 'summary':
      return <Summary d={d} />;
    case 'settings':
      return <Settings d={d} />;
    case 'xml':
      return <Xml d={d} />;
    case 'tree':
      return <Tree d={d} />;
    case 'bytes':
      return <Bytes d={d} />;
    case 'verify':
      return <Verify d={d} />;
    case 'findings':
      return <Findings d={d} />;
  }
}

function Title() {
  const row = selectedRow.value;
  if (row === null) return <h2>This capture</h2>;
  return (
    <h2>
      <VerdictGlyph verdict={row.verdict} size={18} />
      <span class="inspector-kind">{kindWord(row.kind)}</span>
      <span class="inspector-to">
        to <bdi>{row.to ?? row.imsi ?? 'nobody named'}</bdi>
      </span>
    </h2>
  );
}

function BookmarkButton() {
  const b = bookmarkOf(selected.value);
  return (
    <button
      type="button"
      class={`button-icon bookmark-button${b === null ? '' : ' bookmarked'}`}
      aria-label={b === null ? 'Bookmark' : `Bookmarked${b.note === '' ? '' : `: ${b.note}`}`}
      title={b === null ? `Bookmark, with a note (${capOf('bookmark')})` : `Bookmark: ${b.note || 'no note'}`}
      onClick={COMMANDS.bookmark}
    >
      <Icon name="bookmark" />
    </button>
  );
}

/** The note of a bookmark, over the message it is on. */
function Note() {
  const note = bookmarkOf(selected.value)?.note ?? '';
  if (note === '') return null;
  return (
    <p class="inspector-note">
      <bdi>{note}</bdi>
    </p>
  );
}

export function Inspector() {
  const d = detail.value;
  const current = tab.value;
  const n = d?.findings.length ?? selectedRow.value?.findings ?? 0;
  const tabs = (Object.keys(TAB_LABEL) as Tab[]).map(
    (id, i): TabSpec<Tab> => ({
      id,
      label: TAB_LABEL[id],
      title: `Alt ${i + 1}`,
      ...(id === 'findings' && n > 0 ? { extra: <span class="count">{n}</span> } : {}),
    }),
  );
  const nothing = selected.value === null;
  const range = marked.value;
  const withPeek = d !== null && current !== 'bytes' && octets.value !== null;
  const fixed = current === 'tree' || current === 'bytes';
  return (
    <section class="inspector" id="inspector" aria-label="Inspector">
      <header class="inspector-head">
        {range === null ? <Title /> : <h2>The marked range</h2>}
        {!nothing && range === null && <BookmarkButton />}
        {!nothing && range === null && (
          <button
            type="button"
            class="button-icon"
            aria-label="Close message"
            title="Back to the capture (Esc)"
            onClick={() => {
              sheetOpen.value = false;
              select(null);
            }}
          >
            <Icon name="close" />
          </button>
        )}
      </header>
      {!nothing && range === null && <Note />}
      {range !== null ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        <div class="inspector-panel" tabIndex={0}>
          <RangeSummary span={range} />
        </div>
      ) : nothing ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        <div class="inspector-panel" tabIndex={0}>
          <CaptureSummary />
        </div>
      ) : (
        <>
          <Tabs
            label="Inspector"
            prefix="inspector"
            tabs={tabs}
            current={current}
            onChoose={(id) => {
              tab.value = id;
            }}
          />
          <div
            class={`inspector-panel${fixed ? ' inspector-fixed' : ''}`}
            id="inspector-panel"
            role="tabpanel"
            aria-labelledby={`inspector-tab-${current}`}
            tabIndex={fixed ? -1 : 0}
          >
            {d !== null ? (
              <Panel d={d} current={current} />
            ) : (
              <p class="quiet">{detailError.value ?? 'Reading the message…'}</p>
            )}
          </div>
          {withPeek && <Peek d={d} />}
        </>
      )}
    </section>
  );
}

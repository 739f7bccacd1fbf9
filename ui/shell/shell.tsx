// The frame of the page: bars, panes, and what state it is in.

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Compare } from '../compare/compare.tsx';
import { Device } from '../device/device.tsx';
import { FilterStrip } from '../filter/strip.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { Ladder } from '../ladder/ladder.tsx';
import { ColumnsDialog } from '../list/columns-dialog.tsx';
import { List } from '../list/list.tsx';
import { OverviewPage } from '../overview/overview.tsx';
import { Splitter } from '../parts/splitter.tsx';
import { Review } from '../review/review.tsx';
import { announcement, dialog } from '../state/commands.ts';
import { prefs, setPref } from '../state/prefs.ts';
import { selected, sheetOpen, view } from '../state/selection.ts';
import { openFiles, started, status } from '../state/session.ts';
import { Overview } from '../timeline/overview.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import type { View } from '../view/hash.ts';
import { Banners, Notice } from './banners.tsx';
import { BookmarkDialog } from './bookmark-dialog.tsx';
import { CopyDialog } from './copy-dialog.tsx';
import { DecodeAsDialog } from './decode-as-dialog.tsx';
import { Drawer } from './drawer.tsx';
import { Empty } from './empty.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { MainTabs } from './main-tabs.tsx';
import { NothingFound, Unreadable } from './no-messages.tsx';
import { Palette } from './palette.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';

const SHEET_BELOW = 900;

function useWidth(): { width: number; height: number } {
  const size = useSignal({ width: innerWidth, height: innerHeight });
  useEffect(() => {
    const measure = (): void => {
      size.value = { width: innerWidth, height: innerHeight };
    };
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, [size]);
  return size.value;
}

/** Files may be dropped anywhere. */
function useDrop(): boolean {
  const over = useSignal(false);
  useEffect(() => {
    let depth = 0;
    const hasFiles = (e: DragEvent): boolean => e.dataTransfer?.types.includes('Files') === true;
    const enter = (e: DragEvent): void => {
      if (!hasFiles(e)) return;
      e.preventDefault();
      depth += e.type === 'dragenter' ? 1 : 0;
      over.value = true;
    };
    const leave = (e: DragEvent): void => {
      if (!hasFiles(e)) return;
      depth -= 1;
      if (depth <= 0) over.value = false;
    };
    const drop = (e: DragEvent): void => {
      if (!hasFiles(e)) return;
      e.preventDefault();
      depth = 0;
      over.value = false;
      void openFiles([...(e.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragenter', enter);
    addEventListener('dragover', enter);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragover', enter);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [over]);
  return over.value;
}

const MAIN: Readonly<Record<View, () => JSX.Element | null>> = {
  overview: OverviewPage,
  timeline: Timeline,
  ladder: Ladder,
  list: List,
  device: Device,
  review: Review,
  compare: Compare,
};

function Panes({ width, height }: { width: number; height: number }) {
  const Main = MAIN[view.value];
  const p = prefs.value;
  const sheet = width < SHEET_BELOW;
  const most = Math.max(380, width - 420);
  const inspector = Math.min(p.inspectorWidth, most);
  const drawer = Math.min(p.drawerHeight, Math.max(120, height - 380));
  return (
    <div class={sheet ? 'panes panes-sheet' : 'panes'}>
      <div class="left">
        <main class="main" aria-label="Messages">
          <MainTabs />
          <div
            class="main-panel"
            id="main-panel"
            role="tabpanel"
            aria-labelledby={`main-tab-${view.value}`}
            tabIndex={-1}
          >
            <Main />
          </div>
        </main>
        {p.drawerOpen && (
          <section class="drawer-room" aria-label="Drawer" id="drawer">
            <Splitter
              label="Height of the drawer"
              orientation="horizontal"
              size={drawer}
              min={100}
              max={Math.max(120, height - 380)}
              controls="drawer"
              onSize={(px) => setPref('drawerHeight', px)}
            />
            <div class="drawer" style={{ height: `${drawer}px` }}>
              <Drawer />
            </div>
          </section>
        )}
      </div>
      {sheet ? (
        sheetOpen.value &&
        selected.value !== null && (
          <div class="sheet">
            <Inspector />
          </div>
        )
      ) : (
        <aside class="aside" aria-label="Details">
          <Splitter
            label="Width of the inspector"
            orientation="vertical"
            size={inspector}
            min={380}
            max={most}
            controls="inspector"
            onSize={(px) => setPref('inspectorWidth', px)}
          />
          <div class="inspector-room" style={{ width: `${inspector}px` }}>
            <Inspector />
          </div>
        </aside>
      )}
    </div>
  );
}

function Body({ width, height }: { width: number; height: number }) {
  const s = status.value;
  if (!started.value) return <main class="waiting" aria-label="Messages" />;
  if (s.phase === 'empty') return <Empty />;
  if (s.messages === 0 && s.phase !== 'loading') {
    return s.inputs.some((i) => i.error === null) ? <NothingFound /> : <Unreadable />;
  }
  return (
    <>
      <FilterStrip />
      <Overview />
      <Panes width={width} height={height} />
    </>
  );
}

function Dialogs() {
  switch (dialog.value) {
    case 'help':
      return <HelpDialog />;
    case 'paste':
      return <PasteDialog />;
    case 'export':
      return <ExportDialog />;
    case 'decode-as':
      return <DecodeAsDialog />;
    case 'columns':
      return <ColumnsDialog />;
    case 'copy':
      return <CopyDialog />;
    case 'palette':
      return <Palette />;
    case 'settings':
      return <SettingsDialog />;
    case 'bookmark':
      return <BookmarkDialog />;
    case null:
      return null;
  }
}

export function Shell() {
  const { width, height } = useWidth();
  const over = useDrop();
  return (
    <div class="shell">
      <TopBar />
      <Banners />
      <Body width={width} height={height} />
      <StatusBar />
      <Notice />
      <Dialogs />
      {over && (
        <div class="drop-cover" aria-hidden="true">
          <p>Drop to open</p>
        </div>
      )}
      <p class="unseen" aria-live="polite">
        {announcement.value}
      </p>
    </div>
  );
}

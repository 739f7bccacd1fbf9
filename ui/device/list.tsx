// Who was sent settings: a list of any length, one tab stop, arrows to walk.

import { signal, useSignalEffect } from '@preact/signals';
import { VerdictGlyph } from '../parts/glyph.tsx';
import { Scroller } from '../parts/scroller.tsx';
import { formatCount, plural } from '../view/format.ts';
import { reveal, visibleRows } from '../view/scroll.ts';
import { choose, listChanged, subscriber, subscriberAt, total, wanted } from './state.ts';

const ROW = 30;

const top = signal(0);
const height = signal(0);
/** Place of the chosen one in the list, as far as it is known. */
const place = signal(0);

const geometry = () => ({ rows: total.value ?? 0, rowHeight: ROW, view: height.value });

function walk(to: number): void {
  const n = total.peek() ?? 0;
  const at = Math.min(Math.max(0, to), n - 1);
  const row = subscriberAt(at);
  place.value = at;
  top.value = reveal(at, top.peek(), geometry());
  if (row !== null) choose(row.id);
}

function onKeyDown(e: KeyboardEvent): void {
  if (e.altKey || e.ctrlKey || e.metaKey) return;
  const page = Math.max(1, Math.floor(height.peek() / ROW) - 1);
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: place.peek() + 1,
    ArrowUp: place.peek() - 1,
    PageDown: place.peek() + page,
    PageUp: place.peek() - page,
    Home: 0,
    End: (total.peek() ?? 1) - 1,
  };
  const to = moves[e.key];
  if (to === undefined) return;
  e.preventDefault();
  e.stopPropagation();
  walk(to);
}

const idOf = (n: number): string => `device-row-${n}`;

function Rows() {
  void listChanged.value;
  const v = visibleRows(top.value, geometry());
  return (
    <div style={{ transform: `translateY(${v.y}px)` }}>
      {Array.from({ length: v.to - v.from }, (_, i) => v.from + i).map((n) => {
        const row = subscriberAt(n);
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active row
          <div
            key={n}
            id={idOf(n)}
            class="device-row"
            role="option"
            aria-selected={row !== null && row.id === subscriber.value}
            style={{ height: `${ROW}px` }}
            onClick={() => {
              if (row === null) return;
              place.value = n;
              choose(row.id);
            }}
          >
            {row === null ? (
              '…'
            ) : (
              <>
                <VerdictGlyph verdict={row.verdict} size={14} />
                <span class="device-row-label">
                  <bdi>{row.label}</bdi>
                </span>
                <span class="count" title={plural(row.messages, 'message')}>
                  {formatCount(row.messages)}
                </span>
              </>
            )}
          </div>
        );
      })}
    </div>
  );
}

export function Subscribers() {
  useSignalEffect(() => {
    void wanted.value;
    top.value = 0;
    place.value = 0;
  });
  const n = total.value ?? 0;
  const v = visibleRows(top.value, geometry());
  const seen = place.value >= v.from && place.value < v.to;
  return (
    <nav class="device-list" aria-label="Phones">
      <input
        type="search"
        aria-label="Find a number or IMSI"
        placeholder="Find a number"
        value={wanted.value}
        onInput={(e) => {
          wanted.value = e.currentTarget.value;
        }}
      />
      {n === 0 ? (
        <p class="quiet">{total.value === null ? 'Reading…' : 'No number fits.'}</p>
      ) : (
        <div
          class="device-rows"
          role="listbox"
          aria-label="Phones that were sent settings"
          tabIndex={0}
          aria-activedescendant={seen ? idOf(place.value) : undefined}
          onKeyDown={onKeyDown}
        >
          <Scroller rows={n} rowHeight={ROW} top={top} height={height} class="device-scroller">
            <Rows />
          </Scroller>
        </div>
      )}
    </nav>
  );
}

// The filter field: what was typed is checked as it stands, wrong places are underlined, and what may follow is offered.

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { FilterCompletion } from '../../analysis/engine/contract/query.ts';
import { Icon } from '../parts/icon.tsx';
import { dialog, paletteText } from '../state/commands.ts';
import { caret, checked, checkedText, filterText, history, matches, remember, typing } from '../state/filter.ts';
import { capOf } from '../state/keys-prefs.ts';
import { formatCount, plural } from '../view/format.ts';
import { SavedFilters } from './saved.tsx';

const LIST = 'filter-offers';
const MOST_SHOWN = 12;

interface Offer extends FilterCompletion {
  readonly old?: boolean;
}

/** Filters of this visit first while the field is empty, then what may be typed here. */
function offers(): readonly Offer[] {
  const c = checked.value;
  const text = filterText.value;
  const past = text.trim() === '' ? history.value.slice(0, 5) : [];
  const used = past.map((h): Offer => ({ insert: h, label: 'used before', detail: '', count: null, old: true }));
  // What stands there already need not be offered.
  const here = c === null ? '' : text.slice(c.completing.start, c.completing.end);
  const next = (c?.completions ?? []).filter((o) => o.insert !== here);
  return [...used, ...next].slice(0, MOST_SHOWN);
}

function count(): string {
  const m = matches.value;
  if (m === null) return '';
  return `${formatCount(m.count)} of ${formatCount(m.total)}${m.done && m.decoding === null ? '' : '…'}`;
}

/** The text once more, under the field's own, with a line under what is wrong. */
function Underline({ text, scroll }: { text: string; scroll: number }) {
  const error = checked.value?.error ?? null;
  if (error === null || text === '') return null;
  const start = Math.min(error.start, text.length);
  const end = Math.min(Math.max(error.end, start + 1), text.length);
  return (
    <span class="filter-under" aria-hidden="true">
      <span style={{ transform: `translateX(${-scroll}px)` }}>
        {text.slice(0, start)}
        <u>{text.slice(start, end) || ' '}</u>
        {text.slice(end)}
      </span>
    </span>
  );
}

export function FilterBar() {
  const open = useSignal(false);
  const active = useSignal(-1);
  const scroll = useSignal(0);
  const input = useRef<HTMLInputElement>(null);
  const text = filterText.value;
  const c = checked.value;
  const list = offers();
  const at = Math.min(active.value, list.length - 1);
  const invalid = c?.state === 'invalid' && text !== '';
  // Something may still follow: that is no mistake yet.
  const unfinished = invalid && typing.value && list.length > 0 && c.completing.end >= text.trimEnd().length;
  const wrong = invalid && !unfinished;
  const showing = open.value && (list.length > 0 || invalid);

  const place = (el: HTMLInputElement): void => {
    caret.value = el.selectionStart;
    scroll.value = el.scrollLeft;
  };
  const accept = (o: Offer): void => {
    const from = o.old === true ? 0 : (c?.completing.start ?? text.length);
    // Letters that were typed since the offer was made belong to the word it takes the place of.
    const grown = text.length - checkedText.value.length;
    const to = o.old === true ? text.length : Math.max(from, (c?.completing.end ?? text.length) + grown);
    const before = text.slice(0, from);
    const inserted = `${o.insert} `;
    filterText.value = before + inserted + text.slice(to).trimStart();
    active.value = -1;
    typing.value = true;
    const end = before.length + inserted.length;
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(end, end);
      if (input.current !== null) place(input.current);
    });
  };
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
    const chosen = at >= 0 && showing ? list[at] : undefined;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      open.value = true;
      const n = list.length;
      const next = at + (e.key === 'ArrowDown' ? 1 : -1);
      active.value = n === 0 ? -1 : next < -1 ? n - 1 : next >= n ? -1 : next;
    } else if (e.key === 'Enter') {
      if (chosen === undefined) {
        remember();
        open.value = false;
        typing.value = false;
      } else accept(chosen);
    } else if (e.key === 'Tab' && !e.shiftKey && chosen !== undefined) accept(chosen);
    else if (e.key === 'Escape' && showing) {
      open.value = false;
      active.value = -1;
    } else return;
    e.preventDefault();
    e.stopPropagation();
  };

  return (
    <search class={wrong ? 'filter filter-wrong' : 'filter'}>
      <Icon name="search" />
      <div class="filter-field">
        {wrong && <Underline text={text} scroll={scroll.value} />}
        <input
          ref={input}
          type="text"
          role="combobox"
          placeholder="Number, name, APN … or mac.verdict == invalid"
          aria-label="Filter messages"
          aria-autocomplete="list"
          aria-expanded={showing}
          aria-controls={LIST}
          aria-invalid={wrong}
          {...(at >= 0 && showing ? { 'aria-activedescendant': `${LIST}-${at}` } : {})}
          title={`Words a message must contain, or fields: prov.security == USERPIN and not mac.ok. Arrows choose what is offered. (${capOf('filter')})`}
          spellcheck={false}
          autoComplete="off"
          autoCapitalize="off"
          value={text}
          onInput={(e) => {
            if (text === '' && e.currentTarget.value.startsWith('>')) {
              paletteText.value = e.currentTarget.value.slice(1);
              e.currentTarget.value = '';
              dialog.value = 'palette';
              return;
            }
            filterText.value = e.currentTarget.value;
            typing.value = true;
            place(e.currentTarget);
            open.value = true;
            active.value = -1;
          }}
          onSelect={(e) => place(e.currentTarget)}
          onScroll={(e) => place(e.currentTarget)}
          onClick={() => {
            open.value = true;
          }}
          onFocus={() => {
            open.value = text === '';
          }}
          onBlur={() => {
            open.value = false;
            typing.value = false;
            remember();
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <output class="filter-count number" aria-label={matches.value === null ? undefined : 'Messages that fit'}>
        {count()}
      </output>
      {text === '' && matches.value === null && (
        <span class="kbd" aria-hidden="true">
          {capOf('filter')}
        </span>
      )}
      {text !== '' && (
        <button
          type="button"
          class="button-icon filter-clear"
          aria-label="Clear the filter"
          title="Clear the filter"
          onClick={() => {
            filterText.value = '';
            input.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
      <SavedFilters />
      <div class="filter-popup" hidden={!showing}>
        {invalid && (
          <p class={wrong ? 'filter-error' : 'filter-hint'} role="status">
            {c.error?.message} {wrong && <span class="dim">The filter before it stays in force.</span>}
          </p>
        )}
        <div id={LIST} role="listbox" aria-label="What may be typed here">
          {showing &&
            list.map((o, i) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
              <div
                key={`${o.old === true}${o.insert}`}
                id={`${LIST}-${i}`}
                role="option"
                tabIndex={-1}
                aria-selected={i === at}
                class="filter-offer"
                onPointerDown={(e) => e.preventDefault()}
                onClick={() => accept(o)}
              >
                <code>{o.insert}</code>
                <span class="filter-offer-label">{o.label === o.insert ? '' : o.label}</span>
                <span class="filter-offer-detail">{o.count === null ? o.detail : plural(o.count, 'message')}</span>
              </div>
            ))}
        </div>
        {c?.state === 'valid' && c.typed !== text.trim() && (
          <p class="filter-typed">
            In full: <code>{c.typed}</code>
          </p>
        )}
      </div>
    </search>
  );
}

// All commands in one place: a few letters of what is wanted, then Enter.

import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { dialog, paletteText } from '../state/commands.ts';
import { offersFor, type PaletteOffer, runOffer } from '../state/palette.ts';
import { plural } from '../view/format.ts';

const LIST = 'palette-list';

/** The letters that were found stand out. */
function Marked({ offer }: { offer: PaletteOffer }) {
  const hit = new Set(offer.hit.at);
  const pieces: { readonly text: string; readonly found: boolean }[] = [];
  for (let i = 0; i < offer.label.length; i += 1) {
    const found = hit.has(i);
    const last = pieces.at(-1);
    if (last === undefined || last.found !== found) pieces.push({ text: offer.label[i] ?? '', found });
    else pieces[pieces.length - 1] = { text: last.text + (offer.label[i] ?? ''), found };
  }
  return <bdi>{pieces.map((p, i) => (p.found ? <b key={`${i}${p.text}`}>{p.text}</b> : p.text))}</bdi>;
}

export function Palette() {
  const text = useSignal(paletteText.peek());
  const active = useSignal(0);
  const box = useRef<HTMLDialogElement>(null);
  const left = useRef(false);
  const offers = offersFor(text.value);
  const at = Math.min(active.value, offers.length - 1);
  const close = (): void => {
    dialog.value = null;
  };

  useLayoutEffect(() => {
    box.current?.showModal();
    box.current?.querySelector('input')?.focus();
    const d = box.current;
    return () => {
      // Its event comes later, when another dialog may be open.
      left.current = true;
      d?.close();
    };
  }, []);
  useLayoutEffect(() => {
    document.getElementById(`${LIST}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const choose = (o: PaletteOffer | undefined): void => {
    if (o !== undefined && o.reason === null) runOffer(o);
  };
  const onKeyDown = (e: KeyboardEvent): void => {
    e.stopPropagation();
    if (e.isComposing) return;
    const n = offers.length;
    if (e.key === 'Enter') choose(offers[at]);
    else if (e.key === 'ArrowDown') active.value = n === 0 ? 0 : (at + 1) % n;
    else if (e.key === 'ArrowUp') active.value = n === 0 ? 0 : (at + n - 1) % n;
    else if (e.key === 'PageDown') active.value = Math.min(n - 1, at + 8);
    else if (e.key === 'PageUp') active.value = Math.max(0, at - 8);
    else if (e.key === 'Backspace' && text.value === '') close();
    else return;
    e.preventDefault();
  };

  return (
    <dialog
      ref={box}
      class="dialog palette"
      aria-label="Commands"
      onClose={() => {
        if (!left.current) close();
      }}
      onKeyDown={onKeyDown}
      onClick={(e) => {
        if (e.target === box.current) close();
      }}
    >
      <div class="palette-box">
        <input
          type="text"
          role="combobox"
          aria-label="Command, sample, kept filter or message"
          aria-expanded={true}
          aria-controls={LIST}
          aria-autocomplete="list"
          {...(at >= 0 ? { 'aria-activedescendant': `${LIST}-${at}` } : {})}
          placeholder="Command, sample, kept filter, or a message: m12"
          spellcheck={false}
          autoComplete="off"
          value={text.value}
          onInput={(e) => {
            text.value = e.currentTarget.value.replace(/^\s*>\s*/, '');
            active.value = 0;
          }}
        />
        <div id={LIST} role="listbox" aria-label="Commands" class="palette-list">
          {offers.map((o, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
            <div
              key={o.id}
              id={`${LIST}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === at}
              aria-disabled={o.reason !== null}
              class="palette-offer"
              onPointerMove={() => {
                active.value = i;
              }}
              onClick={() => choose(o)}
            >
              <span class="palette-label">
                <Marked offer={o} />
                {o.reason !== null && <small>{o.reason}</small>}
              </span>
              <span class="palette-group">{o.group}</span>
              <span class="palette-caps">
                {o.caps.map((c) => (
                  <kbd key={c}>{c}</kbd>
                ))}
              </span>
            </div>
          ))}
        </div>
        {offers.length === 0 && <p class="quiet palette-none">Nothing is called that.</p>}
        <p class="unseen" aria-live="polite">
          {plural(offers.length, 'command')}
        </p>
      </div>
    </dialog>
  );
}

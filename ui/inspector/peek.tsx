// A few rows of octets under the other tabs, so that field and octets are seen at once.

import { useSignal } from '@preact/signals';
import type { Detail, TreeNode } from '../../analysis/engine/contract.ts';
import { Icon } from '../parts/icon.tsx';
import { prefs, setPref } from '../state/prefs.ts';
import { bufferShown, buffers, octets, octetsEverywhere, tab } from '../state/selection.ts';
import { frameOf } from '../view/origin.ts';
import { frameStage, SameOctets } from './bytes.tsx';
import { Hex } from './hex.tsx';
import { rangeWords } from './octet-link.tsx';

export function Peek({ d }: { d: Detail }) {
  const hover = useSignal<TreeNode | null>(null);
  const range = octets.value;
  if (range === null) return null;
  const open = prefs.value.peekOpen;
  const name = bufferShown.value ?? range.buffer;
  const reply = buffers.value.get(name);
  const here = octetsEverywhere.value.find((r) => r.buffer === name) ?? range;
  const frame = frameStage();
  return (
    <section class="peek" aria-label="Selected octets">
      <header>
        <button type="button" class="peek-title" aria-expanded={open} onClick={() => setPref('peekOpen', !open)}>
          <Icon name={open ? 'chevron' : 'right'} />
          {rangeWords(here)}
        </button>
        {frame !== null && (
          <button
            type="button"
            class="button"
            aria-pressed={frameOf(name) !== null}
            onClick={() => {
              bufferShown.value = frameOf(name) === null ? frame.buffer : range.buffer;
            }}
          >
            {frameOf(name) === null || frameOf(range.buffer) !== null ? 'Show in frame' : 'Back'}
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => {
            tab.value = 'bytes';
          }}
        >
          Open
        </button>
      </header>
      {open && reply !== undefined && (
        <>
          <Hex key={name} reply={reply} tree={d.tree} label={`Selected octets in ${name}`} hover={hover} />
          <SameOctets />
        </>
      )}
    </section>
  );
}

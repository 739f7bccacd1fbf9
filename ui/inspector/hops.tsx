// One message at several hops or in several attempts: every sighting, and the way from one to the next.

import { useEffect, useRef } from 'preact/hooks';
import type { Detail } from '../../analysis/engine/contract.ts';
import { prefs } from '../state/prefs.ts';
import { selectIndex } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { bearerWord, hopNumbers, operationWord } from '../view/hops.ts';
import { formatTime } from '../view/time.ts';

/** The sighting that was asked for here: its row gets the focus once it is there, since the old table is gone by then. */
let going: number | null = null;

export function Hops({ d }: { d: Detail }) {
  const { time } = prefs.value;
  const { base } = status.value;
  const own = useRef<HTMLButtonElement>(null);
  const { index } = d.row;
  useEffect(() => {
    if (going === index) own.current?.focus();
    going = null;
  }, [index]);
  const numbers = hopNumbers(d.hops);
  return (
    <table class="small-table hops">
      <thead>
        <tr>
          <th scope="col" class="number">
            Attempt
          </th>
          <th scope="col" class="number">
            Hop
          </th>
          <th scope="col" class="number">
            Time
          </th>
          <th scope="col">Seen on</th>
          <th scope="col">Operation</th>
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        {d.hops.map((h, i) => {
          const here = h.index === index;
          return (
            <tr key={h.message} class={here ? 'chosen' : ''}>
              <td class="number">{h.attempt}</td>
              <td class="number">{numbers[i]}</td>
              <td class="number">{formatTime(h.time, time, base, 6)}</td>
              <td>
                <button
                  type="button"
                  class="octet-link hop-link"
                  ref={here ? own : null}
                  {...(here ? { 'aria-current': 'true' } : {})}
                  aria-label={`${bearerWord(h.bearer)}, attempt ${h.attempt}, hop ${numbers[i]}${here ? ', shown here' : ''}`}
                  onClick={() => {
                    if (here) return;
                    going = h.index;
                    void selectIndex(h.index);
                  }}
                >
                  {bearerWord(h.bearer)}
                </button>
                {here && <small class="nowrap"> here</small>}
              </td>
              <td>{operationWord(h.operation)}</td>
              <td class={h.outcome === 'failed' ? 'bad' : ''}>{h.outcome ?? 'unknown'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

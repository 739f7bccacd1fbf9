// How the selected message fared on its way: what became of it, which leg stopped it, and what to look at next.

import { signal, useSignalEffect } from '@preact/signals';
import type { FlowReply, FlowStage } from '../../analysis/engine/contract/flows.ts';
import type { Detail } from '../../analysis/engine/contract.ts';
import { selected, view } from '../state/selection.ts';
import { ask, phase, status } from '../state/session.ts';
import { plural } from '../view/format.ts';
import { formatDuration } from '../view/time.ts';
import { OUTCOME_WORD } from '../view/words.ts';
import { Section } from './section.tsx';

const way = signal<{ readonly message: string; readonly flow: FlowReply } | null>(null);

const RESULT: Readonly<Record<FlowStage['result'], string>> = {
  ok: 'done',
  refused: 'refused',
  failed: 'failed',
  expired: 'given up',
  'not-seen': 'no answer seen',
};

/** Legs told here; the ladder tells all. */
const MOST = 8;

async function load(message: string): Promise<void> {
  try {
    const flow = await ask({ op: 'flow', message, brief: true });
    if (selected.peek() === message) way.value = { message, flow };
  } catch {
    // What is wrong with the engine is told by who asked for the message itself.
  }
}

const isBad = (s: FlowStage): boolean => s.result === 'refused' || s.result === 'failed' || s.result === 'expired';

function framesOf(s: FlowStage): string {
  const frames = [...s.frames].sort((a, b) => a - b);
  const shown = frames.slice(0, 4).join(', ');
  const what = frames.length === 1 ? 'frame' : 'frames';
  return frames.length === 0 ? '' : `${what} ${shown}${frames.length > 4 ? ' …' : ''}`;
}

function Stage({ s }: { s: FlowStage }) {
  const took = s.t1 - s.t0;
  return (
    <tr>
      <td>
        {s.label}
        {s.attempt > 1 && <small> attempt {s.attempt}</small>}
      </td>
      <td class="number nowrap">{Number.isNaN(took) ? '' : formatDuration(took)}</td>
      <td class={isBad(s) ? 'bad' : ''}>
        {isBad(s) ? '✕ ' : s.result === 'ok' ? '✓ ' : ''}
        {RESULT[s.result]}
        {s.code !== null && <code> {s.code}</code>}
        {s.codeMeaning !== null && <small> {s.codeMeaning}</small>}
      </td>
      <td>
        <small class="number">{framesOf(s)}</small>
      </td>
    </tr>
  );
}

/** The legs that failed always, of the others the first ones. */
function shownOf(stages: readonly FlowStage[]): readonly FlowStage[] {
  let room = MOST - stages.filter(isBad).length;
  return stages.filter((s) => isBad(s) || room-- > 0).slice(0, 3 * MOST);
}

export function Way({ d }: { readonly d: Detail }) {
  const { id } = d.row;
  useSignalEffect(() => {
    const message = selected.value;
    // Answers may still come while the capture is read.
    const { version } = status.value;
    const read = phase.value !== 'loading' && phase.value !== 'empty';
    if (message === id && read && version >= 0) void load(message);
  });
  const flow = way.value?.message === id ? way.value.flow : null;
  if (flow === null) return null;
  const { outcome, stages, notSeen } = flow;
  // What is wrong with the document is told below it, with its octets.
  const failure = flow.failure?.stage === 'content' ? null : flow.failure;
  if (stages.length === 0 && failure === null && notSeen.length === 0) return null;
  const shown = shownOf(stages);
  const stopped = outcome === 'failed' || outcome === 'expired';
  return (
    <Section title="On its way">
      <p class="way-verdict">
        <b class={stopped ? 'bad' : ''}>
          {stopped ? '✕ ' : outcome === 'delivered' ? '✓ ' : ''}
          {OUTCOME_WORD[outcome]}
        </b>
        <button
          type="button"
          class="button button-small"
          onClick={() => {
            view.value = 'ladder';
          }}
        >
          Show the ladder
        </button>
      </p>
      <p class="way-words">{flow.transaction.summary}</p>
      {failure !== null && (
        <div class="way-failure">
          <p>
            {/[.!?]$/.test(failure.text) ? failure.text : `${failure.text}.`}
            {failure.code !== null && <code> {failure.code}</code>}
          </p>
          {failure.check.length > 0 && (
            <>
              <h4>What to check next</h4>
              <ul>
                {failure.check.map((c) => (
                  <li key={c}>{c}</li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
      {shown.length > 0 && (
        <table class="small-table way-legs" aria-label="Legs of the way">
          <thead>
            <tr>
              <th scope="col">Leg</th>
              <th scope="col" class="number">
                Took
              </th>
              <th scope="col">Result</th>
              <th scope="col">Where</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((s, i) => (
              <Stage key={`${i}${s.label}`} s={s} />
            ))}
          </tbody>
        </table>
      )}
      {stages.length > shown.length && (
        <p class="quiet">{plural(stages.length - shown.length, 'more leg')} on the ladder.</p>
      )}
      {notSeen.length > 0 && (
        <ul class="way-unseen">
          {notSeen.slice(0, MOST).map((n) => (
            <li key={n}>{n}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

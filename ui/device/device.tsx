// A phone and what its messages did to it.

import type { DeviceReply } from '../../analysis/engine/contract/device.ts';
import { Icon } from '../parts/icon.tsx';
import { type TabSpec, Tabs } from '../parts/tabs.tsx';
import { phase } from '../state/session.ts';
import { plural } from '../view/format.ts';
import { Changed } from './changed.tsx';
import { CopyTable } from './copy.tsx';
import { Holds } from './holds.tsx';
import { Subscribers } from './list.tsx';
import { Message } from './message.tsx';
import { device, failed, type Pane, pane, secretsShown, total, wanted } from './state.ts';
import { Steps } from './steps.tsx';
import { OUTCOME_WORD } from './words.ts';

const PANES: readonly TabSpec<Pane>[] = [
  { id: 'holds', label: 'What it holds' },
  { id: 'message', label: 'This message' },
  { id: 'changed', label: 'Changes' },
];

function Panel({ d }: { readonly d: DeviceReply }) {
  switch (pane.value) {
    case 'holds':
      return <Holds d={d} />;
    case 'message':
      return <Message d={d} />;
    case 'changed':
      return <Changed d={d} />;
  }
}

function Phone({ d }: { readonly d: DeviceReply }) {
  const last = d.step === d.steps.length - 1;
  const current = d.steps[d.step];
  const shown = secretsShown.value;
  return (
    <section class="phone" aria-label={`Phone ${d.subscriber.label}`}>
      <header class="phone-head">
        <h2>{d.subscriber.label}</h2>
        <span class="quiet">{plural(d.steps.length, 'message')} with settings</span>
        <span class="phone-tools">
          <button
            type="button"
            class="button-icon"
            aria-label={shown ? 'Hide passwords' : 'Show passwords'}
            title={shown ? 'Hide passwords' : 'Show passwords'}
            aria-pressed={shown}
            onClick={() => {
              secretsShown.value = !shown;
            }}
          >
            <Icon name={shown ? 'hidden' : 'eye'} />
          </button>
          <CopyTable what={{ subscriber: d.subscriber.id, step: d.step }} secrets={shown} />
        </span>
      </header>
      <Steps d={d} />
      {d.skipped > 0 && <p class="quiet">{plural(d.skipped, 'earlier message')} were not looked at.</p>}
      <p class="phone-after">
        <b>
          After message {d.step + 1} of {d.steps.length}
          {last && d.steps.length > 1 ? ', the last' : ''}:
        </b>{' '}
        {current !== undefined && current.outcome !== 'taken' && (
          <b class={`outcome-${current.outcome}`}>{OUTCOME_WORD[current.outcome].toLowerCase()}. </b>
        )}
        {current?.headline}
      </p>
      <Tabs
        label="About this phone"
        prefix="device"
        tabs={PANES}
        current={pane.value}
        onChoose={(id) => {
          pane.value = id;
        }}
      />
      <div
        class="phone-panel"
        id="device-panel"
        role="tabpanel"
        aria-labelledby={`device-tab-${pane.value}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
      >
        <Panel d={d} />
      </div>
    </section>
  );
}

export function Device() {
  const d = device.value;
  const many = (total.value ?? 0) > 1 || wanted.value !== '';
  if (d === null) {
    const nobody = total.value === 0 && phase.value !== 'loading';
    return (
      <div class="device device-empty">
        <p class="quiet">
          {failed.value ??
            (nobody
              ? 'No settings were sent to any phone in this capture.'
              : 'Following the messages of the first phone…')}
        </p>
      </div>
    );
  }
  return (
    <div class={many ? 'device device-many' : 'device'}>
      {many && <Subscribers />}
      <Phone d={d} />
    </div>
  );
}

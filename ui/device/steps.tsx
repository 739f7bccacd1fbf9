// The messages of a phone in order of time: choose one to see the phone after it.

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { DeviceReply, DeviceStep } from '../../analysis/engine/contract/device.ts';
import { prefs } from '../state/prefs.ts';
import { status } from '../state/session.ts';
import { formatTime } from '../view/time.ts';
import { OutcomeMark } from './parts.tsx';
import { chooseStep } from './state.ts';
import { OUTCOME_WORD } from './words.ts';

const idOf = (n: number): string => `device-step-${n}`;

function Step({ s, current }: { readonly s: DeviceStep; readonly current: boolean }) {
  return (
    <button
      type="button"
      id={idOf(s.step)}
      class="device-step"
      aria-current={current ? 'step' : undefined}
      tabIndex={current ? 0 : -1}
      title={s.headline}
      onClick={() => chooseStep(s.step)}
    >
      <span class="device-step-head">
        <OutcomeMark outcome={s.outcome} quiet />
        <b>{s.message}</b>
        <span>{OUTCOME_WORD[s.outcome]}</span>
      </span>
      <small>{formatTime(s.time, prefs.value.time, status.value.base)}</small>
    </button>
  );
}

export function Steps({ d }: { readonly d: DeviceReply }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // Only sideways: the page stays where it is.
    const el = box.current?.querySelector<HTMLElement>('[aria-current]');
    if (el === null || el === undefined || box.current === null) return;
    const { scrollLeft, clientWidth } = box.current;
    const [left, right] = [el.offsetLeft - 14, el.offsetLeft + el.offsetWidth + 14];
    if (left < scrollLeft) box.current.scrollLeft = left;
    else if (right > scrollLeft + clientWidth) box.current.scrollLeft = right - clientWidth;
  }, [d]);
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.altKey || e.ctrlKey || e.metaKey) return;
    const last = d.steps.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: d.step + 1,
      ArrowDown: d.step + 1,
      ArrowLeft: d.step - 1,
      ArrowUp: d.step - 1,
      Home: 0,
      End: last,
    };
    const to = moves[e.key];
    if (to === undefined) return;
    e.preventDefault();
    e.stopPropagation();
    const at = Math.min(Math.max(0, to), last);
    chooseStep(at);
    document.getElementById(idOf(at))?.focus();
  };
  return (
    <div class="device-steps" ref={box} role="toolbar" aria-label="After which message" onKeyDown={onKeyDown}>
      {d.steps.map((s) => (
        <Step key={s.step} s={s} current={s.step === d.step} />
      ))}
    </div>
  );
}

// What was opened, read, given and lost since the page is there, with the time of each: told from what the engine says.

import { effect, signal, untracked } from '@preact/signals';
import type { InputStatus, Status } from '../../analysis/engine/contract.ts';
import { formatBytes, formatCount, plural } from '../view/format.ts';
import { sessionKeys } from './keys.ts';
import { capture, gone, offline, status } from './session.ts';

export interface LogLine {
  /** Milliseconds since 1970, of this machine's clock. */
  readonly at: number;
  readonly text: string;
  readonly grave: boolean;
}

const MOST = 1000;
export const log = signal<readonly LogLine[]>([]);

const say = (text: string, grave = false): void => {
  log.value = [...log.peek(), { at: Date.now(), text, grave }].slice(-MOST);
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;

function readText(i: InputStatus, ms: number | null): string {
  const rate = ms === null || ms < 50 ? '' : `, ${formatBytes(i.consumed / (ms / 1000))}/s`;
  const took = ms === null ? '' : ` in ${seconds(ms)}${rate}`;
  return `Read ${i.name}: ${i.format}, ${plural(i.frames, 'frame')}, ${formatBytes(i.consumed)}${took}.`;
}

function foundText(s: Status): string {
  const { error, warning, note } = s.findings;
  const found = [plural(error, 'error'), plural(warning, 'warning'), plural(note, 'note')].join(', ');
  return `Found ${plural(s.messages, 'message')} on ${plural(s.lanes, 'lane')}; ${found}.`;
}

/** Told once an input: that it was opened, read, can't be read, or ends too early. */
function tellInputs(s: Status, told: Set<string>, began: number): void {
  for (const [at, i] of s.inputs.entries()) {
    const once = (what: string, text: string, grave = false): void => {
      const key = `${at} ${i.name} ${what}`;
      if (told.has(key)) return;
      told.add(key);
      say(text, grave);
    };
    const size = i.bytes === null ? 'of unknown length' : formatBytes(i.bytes);
    once('open', `Opened ${i.name}, ${size}${i.live === true ? ', which is still being written' : ''}.`);
    if (i.error !== null) once('error', `${i.name} can’t be read: ${i.error}`, true);
    else if (s.phase !== 'loading') once('read', readText(i, began === 0 ? null : performance.now() - began));
    if (i.truncatedAt !== null) {
      once('cut', `${i.name} is cut: nothing could be read from byte ${formatCount(i.truncatedAt)} on.`, true);
    }
  }
}

export function followLog(): void {
  let told = new Set<string>();
  let began = 0;
  let before: Status['phase'] = 'empty';
  effect(() => {
    void capture.value;
    untracked(() => {
      told = new Set();
      before = 'empty';
    });
  });
  effect(() => {
    const s = status.value;
    untracked(() => {
      if (s.phase === 'loading' && before !== 'loading') began = performance.now();
      tellInputs(s, told, began);
      if (s.phase !== before && s.phase === 'stopped') say('Reading was stopped; what was read stays.', true);
      if (s.phase !== before && (s.phase === 'ready' || s.phase === 'stopped')) {
        say(foundText(s));
        if (s.other.length > 0) say(`In the frames: ${s.other.join(', ')}.`);
      }
      if (s.phase !== 'loading') began = 0;
      if (s.phase === 'empty' && before !== 'empty') say('Closed.');
      before = s.phase;
    });
  });
  let choices = '';
  effect(() => {
    const now = status.value.decodeAs.join(', ');
    if (now !== choices) {
      say(now === '' ? 'Ports are read as their numbers say again.' : `Decoded as chosen: ${now}. All was read again.`);
    }
    choices = now;
  });
  let keys = 0;
  effect(() => {
    const { imsi, pin, dm = [] } = sessionKeys.value;
    const now = imsi.length + pin.length + dm.length;
    // Which keys they are is nobody's business here.
    if (now !== keys)
      say(`Keys in use: ${plural(imsi.length, 'IMSI')}, ${plural(pin.length, 'PIN')}. MACs were judged anew.`);
    keys = now;
  });
  let lost = false;
  effect(() => {
    const now = offline.value !== null;
    if (now !== lost) say(now ? 'The engine does not answer.' : 'The engine answers again.', now);
    lost = now;
  });
  effect(() => {
    if (gone.value !== null) say(gone.value, true);
  });
}

// What the user should know before trusting what is shown.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { overview } from '../overview/state.ts';
import { Icon } from '../parts/icon.tsx';
import { reopen } from '../state/address.ts';
import { gone, notice, offline, status } from '../state/session.ts';
import { formatCount } from '../view/format.ts';

function Offline({ retryAt }: { retryAt: number }) {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 500);
    return () => clearInterval(timer);
  }, [now]);
  const left = Math.max(0, Math.ceil((retryAt - now.value) / 1000));
  return (
    <p class="banner banner-error" role="alert">
      The engine does not answer. What you see stays; trying again {left === 0 ? 'now' : `in ${left} s`}. Until then
      nothing can be opened, filtered or saved.
    </p>
  );
}

/** Inputs that were read only in part. */
function partial(): string[] {
  const s = status.value;
  const out: string[] = [];
  for (const i of s.inputs) {
    if (i.error !== null && s.messages > 0) out.push(i.error);
    if (i.truncatedAt !== null) {
      out.push(`${i.name} is cut off at byte ${formatCount(i.truncatedAt)}. Everything before that was read.`);
    }
  }
  // Files that end early are told above, with the place.
  for (const text of overview.value?.notSeen ?? []) if (!/ends before its end\.$/.test(text)) out.push(text);
  if (s.phase === 'stopped') out.push('Reading was stopped. What had been read by then is shown.');
  return out;
}

async function tryAgain(): Promise<void> {
  if (!(await reopen())) notice.value = 'Open the file once more: this page does not know where it came from.';
}

export function Banners() {
  const off = offline.value;
  return (
    <div class="banners">
      {gone.value !== null && (
        <p class="banner banner-error" role="alert">
          {gone.value} What you see, the filter and the selection stay.{' '}
          <button type="button" class="button button-small" onClick={() => void tryAgain()}>
            Open it again
          </button>
        </p>
      )}
      {off !== null && <Offline retryAt={off.retryAt} />}
      {partial().map((text) => (
        <p key={text} class="banner banner-warning">
          {text}
        </p>
      ))}
    </div>
  );
}

/** How long a notice stays, ms. */
const STAYS = 7000;

/** Something that was just tried did not work. It covers nothing for long and moves nothing. */
export function Notice() {
  const text = notice.value;
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => {
      notice.value = null;
    }, STAYS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div class="notice-room" role="status">
      {text !== null && (
        <p class="notice">
          {text}
          <button
            type="button"
            class="button-icon button-small"
            aria-label="Dismiss"
            onClick={() => {
              notice.value = null;
            }}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  );
}

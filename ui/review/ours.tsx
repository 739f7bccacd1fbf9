// What the reviewer knows as their own: servers, networks and senders, a line each. Kept in memory only.

import { useSignal } from '@preact/signals';
import type { AuditSenderRow } from '../../analysis/engine/contract/audit.ts';
import { Dialog } from '../parts/dialog.tsx';
import { plural } from '../view/format.ts';
import { nameOurs, naming, ours } from './state.ts';

/** The list with what a sender's row names, each once. */
export function withSender(list: readonly string[], s: Pick<AuditSenderRow, 'name' | 'hosts'>): string[] {
  const own = new Set(list.map((l) => l.toLowerCase()));
  const more = [...(s.name === null ? [] : [s.name]), ...s.hosts].filter((l) => !own.has(l.toLowerCase()));
  return [...list, ...new Set(more)];
}

export function OursButton() {
  const n = ours.value.length;
  return (
    <button
      type="button"
      class="button button-small"
      title="Servers and senders of your own: what leads to them alone is no takeover"
      onClick={() => {
        naming.value = [...ours.value];
      }}
    >
      {n === 0 ? 'Name your own servers…' : `Your own: ${plural(n, 'entry', 'entries')}…`}
    </button>
  );
}

export function OursDialog({ list }: { list: readonly string[] }) {
  const text = useSignal(list.join('\n'));
  const problem = useSignal('');
  const close = (): void => {
    naming.value = null;
  };
  return (
    <Dialog title="Your own servers and senders" wide onClose={close}>
      <form
        class="paste"
        onSubmit={(e) => {
          e.preventDefault();
          void nameOurs(text.value).then((wrong) => {
            if (wrong === null) close();
            else problem.value = wrong;
          });
        }}
      >
        <label for="ours-text">
          One a line: <code>mobile.example</code> with all names below it, <code>192.0.2.80</code>,{' '}
          <code>192.0.2.0/24</code>, <code>32100</code> or <code>Operator</code>. Messages that lead to these servers
          alone are at most weaknesses, not takeovers. As a sender can be made up, its name counts only for how a
          message came.
        </label>
        <textarea
          id="ours-text"
          rows={10}
          spellcheck={false}
          value={text.value}
          aria-describedby="ours-problem"
          onInput={(e) => {
            text.value = e.currentTarget.value;
          }}
        />
        <p class="problem" id="ours-problem" role="alert">
          {problem.value}
        </p>
        <div class="dialog-actions">
          <span class="quiet">
            Gone with the page. In a file the same lines serve <code>otascope audit --known FILE</code>.
          </span>
          <button type="button" class="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="button button-main">
            Review again
          </button>
        </div>
      </form>
    </Dialog>
  );
}

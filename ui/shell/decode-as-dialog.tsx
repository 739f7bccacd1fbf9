// Who reads a port, where the engine can't tell by itself.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Decoder } from '../../analysis/engine/contract.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { dialog, portWanted } from '../state/commands.ts';
import { decodeAs, status, tryAsk } from '../state/session.ts';
import { checkDraft, type Draft, draftOf, PROTOCOL_WORD } from '../view/decode-as.ts';

interface RowProps {
  readonly n: number;
  readonly draft: Draft;
  readonly decoders: readonly Decoder[];
  readonly wrong: boolean;
  onChange(draft: Draft): void;
  onRemove(): void;
}

function Row({ n, draft, decoders, wrong, onChange, onRemove }: RowProps) {
  const fitting = decoders.filter((d) => d.table === draft.table);
  const bad = wrong ? { 'aria-invalid': true, 'aria-describedby': 'decode-as-problem' } : {};
  return (
    <li class="decode-as-row">
      <select
        aria-label={`Protocol of choice ${n}`}
        value={draft.table}
        onChange={(e) => {
          const table = e.currentTarget.value === 'udp.port' ? 'udp.port' : 'tcp.port';
          onChange({ ...draft, table, decoder: decoders.find((d) => d.table === table)?.id ?? '' });
        }}
      >
        {(['tcp.port', 'udp.port'] as const).map((table) => (
          <option key={table} value={table}>
            {PROTOCOL_WORD[table]}
          </option>
        ))}
      </select>
      <input
        type="text"
        class="number"
        inputMode="numeric"
        autoComplete="off"
        aria-label={`Port of choice ${n}`}
        {...bad}
        value={draft.port}
        onInput={(e) => onChange({ ...draft, port: e.currentTarget.value })}
      />
      <select
        aria-label={`Decoder of choice ${n}`}
        value={draft.decoder}
        onChange={(e) => onChange({ ...draft, decoder: e.currentTarget.value })}
      >
        {draft.decoder !== '' && !fitting.some((d) => d.id === draft.decoder) && (
          <option value={draft.decoder}>{draft.decoder}</option>
        )}
        {fitting.map((d) => (
          <option key={d.id} value={d.id}>
            {d.title}
          </option>
        ))}
      </select>
      <button type="button" class="button-icon" aria-label={`Remove choice ${n}`} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </li>
  );
}

export function DecodeAsDialog() {
  const decoders = useSignal<readonly Decoder[]>([]);
  const rows = useSignal<readonly Draft[]>(draftOf(status.peek().decodeAs, portWanted.peek()));
  const problem = useSignal<{ readonly row: number | null; readonly text: string } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const close = (): void => {
    dialog.value = null;
    portWanted.value = null;
  };
  const first = (table: Decoder['table']): string => decoders.value.find((d) => d.table === table)?.id ?? '';
  useEffect(() => {
    void tryAsk({ op: 'decoders' }).then((list) => {
      if (list === null) return;
      decoders.value = list;
      rows.value = rows.value.map((r) => (r.decoder === '' ? { ...r, decoder: first(r.table) } : r));
    });
    // The row that is to be filled in is the last.
    [...(form.current?.querySelectorAll('input') ?? [])].at(-1)?.focus();
  }, []);
  /** After the page has been drawn again. */
  const focusLater = (selector: string): void => {
    requestAnimationFrame(() => [...(form.current?.querySelectorAll<HTMLElement>(selector) ?? [])].at(-1)?.focus());
  };

  const submit = async (e: Event): Promise<void> => {
    e.preventDefault();
    const checked = checkDraft(rows.value);
    if ('text' in checked) {
      problem.value = checked;
      form.current?.querySelectorAll('input')[checked.row]?.focus();
      return;
    }
    const refused = await decodeAs(checked.choices);
    if (refused === null) close();
    else problem.value = { row: null, text: refused };
  };

  return (
    <Dialog title="Decode ports as" wide onClose={close}>
      <form class="decode-as" ref={form} onSubmit={(e) => void submit(e)}>
        {rows.value.length > 0 && (
          <div class="decode-as-row decode-as-head" aria-hidden="true">
            <span>Protocol</span>
            <span>Port</span>
            <span>Decoder</span>
          </div>
        )}
        <ul class="decode-as-rows" aria-label="Choices">
          {rows.value.map((draft, i) => (
            <Row
              key={draft.key}
              n={i + 1}
              draft={draft}
              decoders={decoders.value}
              wrong={problem.value?.row === i}
              onChange={(next) => {
                problem.value = null;
                rows.value = rows.value.with(i, next);
              }}
              onRemove={() => {
                problem.value = null;
                rows.value = rows.value.filter((_, at) => at !== i);
                focusLater('.decode-as-add');
              }}
            />
          ))}
        </ul>
        {rows.value.length === 0 && <p class="quiet">No choices: every port is read by what its octets look like.</p>}
        <button
          type="button"
          class="button decode-as-add"
          onClick={() => {
            const key = Math.max(-1, ...rows.value.map((r) => r.key)) + 1;
            rows.value = [...rows.value, { key, table: 'tcp.port', port: '', decoder: first('tcp.port') }];
            focusLater('input');
          }}
        >
          Add a port
        </button>
        <p class="problem" role="alert" id="decode-as-problem">
          {problem.value?.text}
        </p>
        <div class="dialog-actions">
          <span class="quiet">What is open is read again.</span>
          <button type="button" class="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="button button-main">
            Apply
          </button>
        </div>
      </form>
    </Dialog>
  );
}

// A report for others, or for a program: which messages, in which form, and what of it others may see.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { EXPORT_TABLES, type ExportChoice, type Numbers } from '../../analysis/engine/contract/export.ts';
import { Dialog } from '../parts/dialog.tsx';
import { bookmarks, bookmarkWords } from '../state/bookmarks.ts';
import { dialog, sliceWanted } from '../state/commands.ts';
import { download, pngOf } from '../state/download.ts';
import { applied, matches } from '../state/filter.ts';
import { isWhole, marked, shown } from '../state/range.ts';
import { selectedRow } from '../state/selection.ts';
import { ask, bridge, notice, status, tell, tryAsk } from '../state/session.ts';
import { formatBytes, plural } from '../view/format.ts';
import { DragOut, type Made } from './drag-out.tsx';

/** A picture is made here, of what the engine draws. */
type Format = ExportChoice['format'] | 'png';
type Scope = 'all' | 'filter' | 'range' | 'bookmarks' | 'selection';

const FORMATS: readonly (readonly [Format, string, string])[] = [
  ['html', 'HTML', 'one page to read, send or print; no script in it'],
  ['markdown', 'Markdown', 'the summary, for tickets and mail'],
  ['json', 'JSON', 'everything that was found, for programs'],
  ['csv', 'CSV', 'a table for spreadsheets'],
  ['svg', 'SVG', 'the chart; of one message its ladder'],
  ['png', 'PNG', 'the same as a picture'],
  ['pcapng', 'pcapng', 'the frames, with what was found as comments for Wireshark'],
];

/** Forms that have room for notes. */
const TELLS_BOOKMARKS: ReadonlySet<Format> = new Set(['html', 'markdown', 'json']);

const NUMBERS: readonly (readonly [Numbers, string, string])[] = [
  ['named', 'Names instead', 'number-1, number-2 …; MACs are masked, too'],
  ['last4', 'Last four digits', 'MACs are masked, too'],
  ['full', 'In full', 'a NETWPIN MAC lets its reader test IMSIs'],
];

interface RadioProps<T extends string> {
  readonly name: string;
  readonly value: T;
  readonly current: T;
  readonly label: string;
  readonly what: string;
  readonly disabled?: boolean;
  onChoose(value: T): void;
}

function Radio<T extends string>({ name, value, current, label, what, disabled = false, onChoose }: RadioProps<T>) {
  return (
    <label class="check">
      <input
        type="radio"
        name={name}
        disabled={disabled}
        checked={current === value}
        onChange={() => onChoose(value)}
      />
      <span>
        {label}
        <small>{what}</small>
      </span>
    </label>
  );
}

/** The scopes there are now, and what each holds. */
function scopes(): readonly {
  readonly id: Scope;
  readonly label: string;
  readonly what: string;
  readonly off: boolean;
}[] {
  const m = matches.value;
  const row = selectedRow.value;
  return [
    { id: 'all', label: 'Everything', what: plural(status.value.messages, 'message'), off: false },
    {
      id: 'filter',
      label: 'What fits the filter',
      what: m === null ? 'there is no filter' : plural(m.count, 'message'),
      off: m === null,
    },
    {
      id: 'range',
      label: marked.value === null ? 'What the chart shows' : 'The marked stretch of time',
      what: marked.value === null && isWhole.value ? 'it shows everything' : 'messages that touch it',
      off: marked.value === null && isWhole.value,
    },
    {
      id: 'bookmarks',
      label: 'What is bookmarked',
      what: bookmarks.value.length === 0 ? 'nothing is' : plural(bookmarks.value.length, 'message'),
      off: bookmarks.value.length === 0,
    },
    {
      id: 'selection',
      label: 'The selected message',
      what: row === null ? 'none is selected' : row.id,
      off: row === null,
    },
  ];
}

function scopeOf(scope: Scope): Pick<ExportChoice, 'filter' | 'range' | 'messages'> {
  const row = selectedRow.peek();
  switch (scope) {
    case 'filter':
      return { filter: applied.peek() };
    case 'range': {
      const { t0, t1 } = marked.peek() ?? shown.peek();
      return { range: { t0, t1 } };
    }
    case 'bookmarks':
      return { messages: bookmarks.peek().map((b) => b.message) };
    case 'selection':
      return { messages: row === null ? [] : [row.id] };
    case 'all':
      return {};
  }
}

/** null: it could not be made, and why is said. */
async function make(wanted: ExportChoice, asPicture: boolean): Promise<Made | null> {
  const reply = await tryAsk({ op: 'export', ...wanted });
  if (reply === null) return null;
  const { name, mediaType, bytes, left } = reply;
  const file = new Blob([new Uint8Array(bytes)], { type: mediaType });
  const blob = asPicture ? await pngOf(await file.text()) : file;
  if (blob === null) {
    notice.value = 'The browser could not make a picture of it; save it as SVG.';
    return null;
  }
  return { name: asPicture ? name.replace(/svg$/, 'png') : name, blob, left };
}

export function ExportDialog() {
  const slice = sliceWanted.peek();
  const format = useSignal<Format>(slice ? 'pcapng' : 'html');
  const table = useSignal<(typeof EXPORT_TABLES)[number]>('messages');
  const scope = useSignal<Scope>(
    slice ? 'range' : matches.peek() !== null ? 'filter' : marked.peek() !== null ? 'range' : 'all',
  );
  const numbers = useSignal<Numbers>('named');
  const secrets = useSignal(false);
  const marks = useSignal(false);
  const size = useSignal<string>('');
  const raw = format.value === 'pcapng';
  const tells = TELLS_BOOKMARKS.has(format.value) && bookmarks.value.length > 0;
  const choice = (): ExportChoice => ({
    format: format.value === 'png' ? 'svg' : format.value,
    ...(format.value === 'csv' ? { table: table.value } : {}),
    ...scopeOf(scope.value),
    ...(raw ? {} : { numbers: numbers.value, secrets: secrets.value }),
    ...(tells && marks.value ? { bookmarks: bookmarks.peek().map(({ message, note }) => ({ message, note })) } : {}),
  });
  const close = (): void => {
    sliceWanted.value = false;
    dialog.value = null;
  };

  useEffect(() => {
    let left = false;
    size.value = '';
    const timer = setTimeout(async () => {
      try {
        const s = await ask({ op: 'exportSize', ...choice() });
        const bytes = format.peek() === 'png' ? '' : `, ${s.exact ? '' : 'about '}${formatBytes(s.bytes)}`;
        if (!left) size.value = `${plural(s.messages, 'message')}${bytes}`;
      } catch (e) {
        if (!left) tell(e);
      }
    }, 150);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [format.value, table.value, scope.value, numbers.value, secrets.value, marks.value]);

  const onSubmit = async (e: Event): Promise<void> => {
    e.preventDefault();
    const made = make(choice(), format.peek() === 'png');
    close();
    const file = await made;
    if (file === null) return;
    download(file.name, file.blob);
    if (file.left.length > 0) notice.value = file.left.join(' ');
  };

  return (
    <Dialog title="Save a report" wide onClose={close}>
      <form class="export" onSubmit={(e) => void onSubmit(e)}>
        <fieldset>
          <legend>Form</legend>
          {FORMATS.map(([id, label, what]) => (
            <Radio
              key={id}
              name="format"
              value={id}
              current={format.value}
              label={label}
              what={what}
              onChoose={(v) => {
                format.value = v;
              }}
            />
          ))}
          {format.value === 'csv' && (
            <label class="export-table">
              Table{' '}
              <select
                value={table.value}
                onChange={(e) => {
                  table.value = EXPORT_TABLES.find((t) => t === e.currentTarget.value) ?? 'messages';
                }}
              >
                {EXPORT_TABLES.map((t) => (
                  <option key={t} value={t}>
                    {t}
                  </option>
                ))}
              </select>
            </label>
          )}
        </fieldset>
        <fieldset>
          <legend>Which messages</legend>
          {scopes().map((s) => (
            <Radio
              key={s.id}
              name="scope"
              value={s.id}
              current={scope.value}
              label={s.label}
              what={s.what}
              disabled={s.off}
              onChoose={(v) => {
                scope.value = v;
              }}
            />
          ))}
        </fieldset>
        <fieldset>
          <legend>What others may see</legend>
          {raw ? (
            <p class="export-raw">
              A slice holds the octets as they were captured: numbers, passwords and PINs among them.
            </p>
          ) : (
            <>
              {NUMBERS.map(([id, label, what]) => (
                <Radio
                  key={id}
                  name="numbers"
                  value={id}
                  current={numbers.value}
                  label={id === 'full' ? 'Numbers, IMSIs and MACs in full' : label}
                  what={what}
                  onChoose={(v) => {
                    numbers.value = v;
                  }}
                />
              ))}
              <label class="check">
                <input
                  type="checkbox"
                  checked={secrets.value}
                  onChange={(e) => {
                    secrets.value = e.currentTarget.checked;
                  }}
                />
                <span>
                  Write out passwords and PINs
                  <small>otherwise they are masked</small>
                </span>
              </label>
              {tells && (
                <label class="check">
                  <input
                    type="checkbox"
                    checked={marks.value}
                    onChange={(e) => {
                      marks.value = e.currentTarget.checked;
                    }}
                  />
                  <span>
                    Tell my bookmarks and notes
                    <small>{bookmarkWords.value}; what you wrote is not masked, but for numbers</small>
                  </span>
                </label>
              )}
            </>
          )}
        </fieldset>
        <div class="dialog-actions">
          <output class="export-size" aria-label="Size">
            {size.value}
          </output>
          {bridge !== null && (
            <DragOut make={() => make(choice(), format.peek() === 'png')} of={JSON.stringify(choice())} />
          )}
          <button type="button" class="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="button button-main">
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}

// Copy: the selected message, its octets, or the whole list, in the form that is needed.

import { useSignal } from '@preact/signals';
import { Dialog } from '../parts/dialog.tsx';
import { dialog } from '../state/commands.ts';
import { prefs } from '../state/prefs.ts';
import { bufferShown, buffers, octets, selected, selectedRow } from '../state/selection.ts';
import { status, tell } from '../state/session.ts';
import { columns, fetchTableRow, type TableRow, tableTotal } from '../state/table.ts';
import { cArray, hexText, tsv } from '../view/copy.ts';
import { formatCount, plural } from '../view/format.ts';

/** Rows of a list that is copied whole. */
const MOST = 20_000;

const cellsOf = ({ row, cells }: TableRow): string[] =>
  columns
    .peek()
    .map((c) =>
      c.text === null
        ? (cells.get(c.id) ?? '')
        : c.text(row, { time: prefs.peek().time, base: status.peek().base, before: null }),
    );
const heads = (): string[] => columns.peek().map((c) => c.title);

async function list(): Promise<string> {
  const rows: string[][] = [heads()];
  const n = Math.min(tableTotal.peek(), MOST);
  for (let i = 0; i < n; i += 1) {
    const found = await fetchTableRow(i);
    if (found !== null) rows.push(cellsOf(found));
  }
  return tsv(rows);
}

/** The selected octets, else those of the buffer on show, with secrets left out. */
function chosenOctets(): { readonly bytes: Uint8Array; readonly what: string; readonly secret: boolean } | null {
  const at = octets.value;
  const name = at?.buffer ?? bufferShown.value ?? 'body';
  const b = buffers.value.get(name);
  if (b === undefined) return null;
  const [start, end] = at === null ? [0, b.bytes.length] : [at.start, at.start + at.length];
  const secret = (b.secret ?? []).some((s) => s.start < end && start < s.start + s.length);
  const bytes = b.bytes.slice(start, end);
  return { bytes, what: at === null ? name : `${name} ${start}–${end - 1}`, secret };
}

interface Choice {
  readonly label: string;
  readonly detail: string;
  readonly reason: string | null;
  text(): string | Promise<string>;
}

function choices(): Choice[] {
  const row = selectedRow.value;
  const none = row === null ? 'No message is selected.' : null;
  const found = chosenOctets();
  const noOctets =
    none ??
    (found === null ? 'Its octets are not loaded yet.' : found.secret ? 'There is a secret among these octets.' : null);
  const octetsOf = found === null ? '' : `${found.what}, ${plural(found.bytes.length, 'octet')}`;
  const n = tableTotal.value;
  return [
    {
      label: 'Message as a row',
      detail: 'tab-separated, the columns of the list',
      reason: none,
      text: () => (row === null ? '' : tsv([heads(), cellsOf({ row, cells: new Map() })])),
    },
    {
      label: 'Message as JSON',
      detail: 'numbers, times and verdict; no secrets',
      reason: none,
      text: () => `${JSON.stringify(row, null, 2)}\n`,
    },
    {
      label: 'Octets as hex',
      detail: octetsOf,
      reason: noOctets,
      text: () => hexText(found?.bytes ?? new Uint8Array()),
    },
    {
      label: 'Octets as a C array',
      detail: octetsOf,
      reason: noOctets,
      text: () => cArray(`${selected.peek() ?? 'message'}_${found?.what ?? ''}`, found?.bytes ?? new Uint8Array()),
    },
    {
      label: 'Filter for this message',
      detail: row === null ? '' : `message.id == ${row.id}`,
      reason: none,
      text: () => `message.id == ${row?.id ?? ''}`,
    },
    {
      label: 'Link to this view',
      detail: 'capture, filter, range and selection; never a key',
      reason: null,
      text: () => location.href.replace(/\?t=[^#]*/, ''),
    },
    {
      label: 'The whole list',
      detail:
        n > MOST
          ? `tab-separated, the first ${formatCount(MOST)} of ${formatCount(n)}`
          : `tab-separated, ${plural(n, 'message')}`,
      reason: n === 0 ? 'There is nothing in the list.' : null,
      text: list,
    },
  ];
}

export function CopyDialog() {
  const said = useSignal('');
  const copy = async (c: Choice): Promise<void> => {
    try {
      await navigator.clipboard.writeText(await c.text());
      said.value = `Copied: ${c.label.toLowerCase()}.`;
    } catch (e) {
      said.value = 'The browser does not let this page copy.';
      if (!(e instanceof DOMException)) tell(e);
    }
  };
  return (
    <Dialog
      title="Copy"
      onClose={() => {
        dialog.value = null;
      }}
    >
      <ul class="copy-list">
        {choices().map((c) => (
          <li key={c.label}>
            <button type="button" class="copy-choice" disabled={c.reason !== null} onClick={() => void copy(c)}>
              <strong>{c.label}</strong>
              <span>{c.reason ?? c.detail}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="copy-said" role="status">
        {said.value}
      </p>
    </Dialog>
  );
}

// All frames of an input in the drawer: rows in view only, each leading to the messages it carried a part of.

import { signal, useSignal, useSignalEffect } from '@preact/signals';
import type { FrameChoice, FrameRow } from '../../analysis/engine/contract/frames.ts';
import { Scroller } from '../parts/scroller.tsx';
import {
  frameChoice,
  frameInput,
  frameNote,
  framePlace,
  frameShown,
  frames,
  frameWanted,
  goToFrame,
  showFrame,
} from '../state/frames.ts';
import { prefs, rowHeight } from '../state/prefs.ts';
import { selected, selectId } from '../state/selection.ts';
import { notice, status } from '../state/session.ts';
import { formatCount, hex2, hexOffset } from '../view/format.ts';
import { bring, reveal, visibleRows } from '../view/scroll.ts';
import { formatTime } from '../view/time.ts';

const HEAD = 24;
const HEADS = ['Frame', 'Time', 'Messages', 'Protocol', 'From', 'To', 'Octets'] as const;
const NUMERIC: ReadonlySet<string> = new Set(['Frame', 'Time', 'Octets']);

/** The chosen frame's headers and octets stand beside the list. */
const octetsOpen = signal(innerWidth >= 1600);

const top = signal(0);
const height = signal(0);

const geometry = () => ({
  rows: frames.total.value ?? 0,
  rowHeight: rowHeight.value,
  view: Math.max(0, height.value - HEAD),
});

const rowId = (place: number): string => `frame-row-${place}`;
const octetsOf = (f: FrameRow): string =>
  f.wireLength > f.length ? `${f.length} of ${f.wireLength}` : String(f.length);

function choose(place: number): void {
  const row = frames.at(place);
  framePlace.value = place;
  top.value = reveal(place, top.peek(), geometry());
  if (row !== null) void showFrame(place, row);
}

function onKeyDown(e: KeyboardEvent): void {
  if (e.altKey || e.ctrlKey || e.metaKey) return;
  const n = frames.total.value ?? 0;
  const at = framePlace.value;
  const page = Math.max(1, Math.floor(geometry().view / rowHeight.value) - 1);
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: n - 1,
  };
  const to = moves[e.key];
  const first = frames.at(at)?.messages[0];
  if (e.key === 'Enter' && first !== undefined) void selectId(first);
  else if (to !== undefined && n > 0) choose(Math.min(Math.max(0, to), n - 1));
  else return;
  e.preventDefault();
  e.stopPropagation();
}

function Row({ place }: { readonly place: number }) {
  const f = frames.at(place);
  const own = selected.value;
  const mine = own !== null && f?.messages.includes(own) === true;
  return (
    <tr
      id={rowId(place)}
      aria-rowindex={place + 2}
      aria-selected={place === framePlace.value}
      class={mine ? 'frame-mine' : ''}
      style={{ height: `${rowHeight.value}px` }}
      onClick={() => choose(place)}
    >
      <td class="number">{f === null ? '…' : f.number}</td>
      <td class="number">{f === null ? '' : formatTime(f.time, prefs.value.time, status.value.base, 3)}</td>
      <td class="frame-messages">
        {f?.messages.map((m) => (
          <button
            key={m}
            type="button"
            class="octet-link"
            tabIndex={-1}
            title={`Open ${m}`}
            onClick={(e) => {
              e.stopPropagation();
              choose(place);
              void selectId(m);
            }}
          >
            {m}
          </button>
        ))}
      </td>
      <td>{f?.protocol}</td>
      <td>
        <bdi>{f?.from}</bdi>
      </td>
      <td>
        <bdi>{f?.to}</bdi>
      </td>
      <td class="number">{f === null ? '' : octetsOf(f)}</td>
    </tr>
  );
}

function Table() {
  void frames.changed.value;
  useSignalEffect(() => {
    const to = frameWanted.value;
    if (to === null || height.value === 0 || frames.total.value === null) return;
    top.value = bring(to, to, top.peek(), geometry());
    frameWanted.value = null;
  });
  const g = geometry();
  const v = visibleRows(top.value, g);
  const at = framePlace.value;
  return (
    <Scroller
      rows={g.rows + HEAD / rowHeight.value}
      rowHeight={rowHeight.value}
      top={top}
      height={height}
      class="frames-scroll"
      minWidth={690}
    >
      <table
        class="frames-grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are chosen with the keys
        role="grid"
        tabIndex={0}
        aria-label="Frames"
        aria-rowcount={g.rows + 1}
        aria-activedescendant={at >= v.from && at < v.to ? rowId(at) : undefined}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1} style={{ height: `${HEAD}px` }}>
            {HEADS.map((h) => (
              <th key={h} scope="col" class={NUMERIC.has(h) ? 'number' : ''}>
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody style={{ transform: `translateY(${v.y}px)` }}>
          {Array.from({ length: v.to - v.from }, (_, i) => (
            <Row key={v.from + i} place={v.from + i} />
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

const PER_ROW = 16;
/** Octets shown of one frame; all of them are in the Bytes of its message. */
const MOST_OCTETS = 4096;

/** Octets sixteen a row with their characters; secret ones as dots. */
function dump(bytes: Uint8Array, secret: readonly { readonly start: number; readonly length: number }[]): string {
  const hidden = (at: number): boolean => secret.some((s) => at >= s.start && at < s.start + s.length);
  const lines: string[] = [];
  for (let at = 0; at < Math.min(bytes.length, MOST_OCTETS); at += PER_ROW) {
    const row = [...bytes.subarray(at, at + PER_ROW)];
    const hex = row.map((b, i) => (hidden(at + i) ? '••' : hex2(b))).join(' ');
    const text = row.map((b, i) => (hidden(at + i) ? '•' : b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '·'));
    lines.push(`${hexOffset(at, 4)}  ${hex.padEnd(PER_ROW * 3 - 1)}  ${text.join('')}`);
  }
  return lines.join('\n');
}

function Shown() {
  const f = frameShown.value;
  if (f === null) return <p class="quiet frame-none">Choose a frame to see its headers and octets.</p>;
  const { bytes } = f.bytes;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keyboard
    <section class="frame-shown" aria-label={`Frame ${f.row.number}`} tabIndex={0}>
      <p>
        <b>Frame {f.row.number}</b>{' '}
        <span class="quiet">
          {f.row.linkName}
          {f.row.wireLength > f.row.length && `, cut: ${f.row.wireLength - f.row.length} octets were not captured`}
        </span>
      </p>
      <dl class="frame-fields">
        {f.tree
          .filter((n) => n.value !== '' && n.parent !== -1)
          .map((n) => (
            <div key={n.id}>
              <dt>{n.label}</dt>
              <dd>
                <bdi>{n.value}</bdi>
              </dd>
            </div>
          ))}
      </dl>
      <pre>{dump(bytes, f.bytes.secret ?? [])}</pre>
      {bytes.length > MOST_OCTETS && <p class="quiet">The first {MOST_OCTETS} octets.</p>}
    </section>
  );
}

/** What stands in the drawer's head: which frames, and where to. */
export function FrameTools() {
  const number = useSignal('');
  const { inputs } = status.value;
  const own = selected.value;
  const choice = frameChoice.value;
  const count = frames.total.value === null ? '' : ` (${formatCount(frames.total.value)})`;
  return (
    <form
      class="frame-tools"
      onSubmit={(e) => {
        e.preventDefault();
        const frame = Number(number.value);
        if (!Number.isInteger(frame) || frame < 1) return;
        void goToFrame({ frame }).then((there) => {
          if (!there) notice.value = `There is no frame ${frame} in this list.`;
        });
      }}
    >
      {inputs.length > 1 && (
        <select
          aria-label="File"
          value={String(frameInput.value)}
          onChange={(e) => {
            frameInput.value = Number(e.currentTarget.value);
          }}
        >
          {inputs.map((i, at) => (
            <option key={`${at}${i.name}`} value={String(at)}>
              {i.name}
            </option>
          ))}
        </select>
      )}
      <select
        aria-label="Which frames"
        value={choice}
        onChange={(e) => {
          frameChoice.value = e.currentTarget.value as FrameChoice;
        }}
      >
        <option value="all">all frames{choice === 'all' && count}</option>
        <option value="messages">of messages{choice === 'messages' && count}</option>
      </select>
      <input
        type="text"
        inputMode="numeric"
        class="frame-number"
        placeholder="go to frame"
        aria-label="Go to frame"
        autoComplete="off"
        value={number.value}
        onInput={(e) => {
          number.value = e.currentTarget.value;
        }}
      />
      <button
        type="button"
        class="button button-small"
        disabled={own === null}
        title={own === null ? 'No message is selected' : `Go to the first frame of ${own}`}
        onClick={() => own !== null && void goToFrame({ message: own })}
      >
        Of {own ?? 'message'}
      </button>
      <button
        type="button"
        class="button button-small"
        aria-pressed={octetsOpen.value}
        title="Headers and octets of the chosen frame, beside the list"
        onClick={() => {
          octetsOpen.value = !octetsOpen.value;
        }}
      >
        Octets
      </button>
    </form>
  );
}

export function Frames() {
  if (status.value.inputs.length === 0) return <p class="quiet finding-none">Nothing is open.</p>;
  return (
    <>
      {frameNote.value !== null && <p class="quiet frame-note">{frameNote.value}</p>}
      <div class={octetsOpen.value ? 'frames frames-octets' : 'frames'}>
        <Table />
        {octetsOpen.value && <Shown />}
      </div>
    </>
  );
}

// The octets of a message at every stage: frames, datagram, body, and the way between them.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ByteRange, BytesReply, Detail, TreeNode } from '../../analysis/engine/contract.ts';
import { Icon } from '../parts/icon.tsx';
import { prefs, setPref } from '../state/prefs.ts';
import {
  bufferShown,
  buffers,
  goTo,
  hide,
  loadBuffer,
  octets,
  octetsEverywhere,
  reveal,
  revealed,
  secretOctets,
} from '../state/selection.ts';
import { hexOffset } from '../view/format.ts';
import { nodeOf } from '../view/nodes.ts';
import { frameOf, inBuffer } from '../view/origin.ts';
import { Annotated } from './annotated.tsx';
import { Hex } from './hex.tsx';
import { bufferLabel, rangeWords } from './octet-link.tsx';

/** Which part of the buffer came from where. */
function OriginBar({ reply }: { reply: BytesReply }) {
  if (reply.origin.length === 0 || reply.bytes.length === 0) return null;
  const share = (n: number): string => `${(n / reply.bytes.length) * 100}%`;
  const chosen = inBuffer(octetsEverywhere.value, reply.buffer);
  return (
    <div class="origin">
      <div class="origin-bar">
        {reply.origin.map((o) => (
          <button
            key={`${o.from}${o.start}`}
            type="button"
            class="origin-piece"
            style={{ left: share(o.start), width: share(o.length) }}
            title={`${rangeWords({ buffer: reply.buffer, start: o.start, length: o.length })} came from ${bufferLabel(o.from)}`}
            onClick={() => goTo({ buffer: o.from, start: o.offset, length: o.length })}
          >
            {bufferLabel(o.from)}
          </button>
        ))}
        {chosen.map((r) => (
          <span
            key={r.start}
            class="origin-chosen"
            aria-hidden="true"
            style={{ left: share(r.start), width: `max(3px, ${share(r.length)})` }}
          />
        ))}
      </div>
    </div>
  );
}

/** The same octets at the other stages, one click away. */
export function SameOctets() {
  const [own, ...others] = octetsEverywhere.value;
  if (own === undefined || others.length === 0) return null;
  return (
    <p class="same-octets">
      <span>Also in</span>
      {others.map((r) => (
        <button
          key={`${r.buffer}${r.start}`}
          type="button"
          class="octet-link"
          title={rangeWords(r)}
          onClick={() => goToStage(r)}
        >
          {bufferLabel(r.buffer)} <span class="number">0x{hexOffset(r.start)}</span>
        </button>
      ))}
    </p>
  );
}

/** Shows another stage without losing which octets are selected. */
function goToStage(r: ByteRange): void {
  bufferShown.value = r.buffer;
}

/** The first frame that holds the selected octets. */
export const frameStage = (): ByteRange | null =>
  octetsEverywhere.value.find((r) => frameOf(r.buffer) !== null) ?? null;

function Under({ node, d }: { node: TreeNode | null; d: Detail }) {
  const at = octets.value;
  const shown = node ?? (at === null ? null : nodeOf(d.tree, at));
  const range = shown?.range ?? at;
  return (
    <p class="under">
      {shown === null ? (
        <span class="quiet">Point at an octet to see its field; click to select it, drag for a range.</span>
      ) : (
        <>
          <strong>{shown.label}</strong> <bdi>{shown.value.slice(0, 400)}</bdi>
          {range != null && <small> {rangeWords(range)}</small>}
        </>
      )}
    </p>
  );
}

export function Bytes({ d }: { d: Detail }) {
  const hover = useSignal<TreeNode | null>(null);
  const name = bufferShown.value ?? d.buffers[0]?.name ?? null;
  const reply = name === null ? undefined : buffers.value.get(name);
  useEffect(() => {
    if (name !== null && reply === undefined) void loadBuffer(name);
  }, [name, reply]);
  if (name === null) return <p class="quiet">This message has no octets.</p>;
  const frame = frameStage();
  const inFrame = frame !== null && frameOf(name) !== null;
  const secret = secretOctets.value.length > 0;
  const open = revealed.value.has('octets');
  return (
    <div class="bytes">
      <div class="pane-tools">
        <label class="field-row">
          Octets of
          <select
            value={name}
            onChange={(e) => {
              bufferShown.value = e.currentTarget.value;
            }}
          >
            {d.buffers.map((b) => (
              <option key={b.name} value={b.name}>
                {b.label} ({b.length})
              </option>
            ))}
          </select>
        </label>
        {frame !== null && !inFrame && (
          <button type="button" class="button" onClick={() => goToStage(frame)}>
            Show in frame
          </button>
        )}
        {inFrame && octets.value !== null && octets.value.buffer !== name && (
          <button
            type="button"
            class="button"
            onClick={() => {
              if (octets.value !== null) goToStage(octets.value);
            }}
          >
            Back to {bufferLabel(octets.value.buffer).toLowerCase()}
          </button>
        )}
        <button
          type="button"
          class="button"
          aria-pressed={prefs.value.annotated}
          title="Piece by piece, with what each token and field is"
          onClick={() => setPref('annotated', !prefs.value.annotated)}
        >
          As read
        </button>
        {secret && (
          <button
            type="button"
            class="button"
            aria-pressed={open}
            aria-label="Show secrets"
            title="Show the octets of passwords and PINs"
            onClick={() => (open ? hide('octets') : void reveal('octets'))}
          >
            <Icon name={open ? 'hidden' : 'eye'} />
            Secrets
          </button>
        )}
      </div>
      {reply === undefined ? (
        <p class="quiet">Reading the octets…</p>
      ) : (
        <>
          <OriginBar reply={reply} />
          {prefs.value.annotated ? (
            <Annotated key={name} reply={reply} tree={d.tree} label={`Octets of ${bufferLabel(name)}`} />
          ) : (
            <Hex key={name} reply={reply} tree={d.tree} label={`Octets of ${bufferLabel(name)}`} hover={hover} />
          )}
        </>
      )}
      <Under node={hover.value} d={d} />
      <SameOctets />
    </div>
  );
}

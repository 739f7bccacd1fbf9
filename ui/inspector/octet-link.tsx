// Words that lead to octets.

import type { ComponentChildren } from 'preact';
import type { ByteRange } from '../../analysis/engine/contract.ts';
import { buffers, goTo, octets } from '../state/selection.ts';
import { hexOffset, plural } from '../view/format.ts';
import { frameOf, sameOctets } from '../view/origin.ts';

/** Whether this is what is selected. */
export const isChosen = (range: ByteRange | null): boolean => {
  const o = octets.value;
  return (
    range !== null && o !== null && o.buffer === range.buffer && o.start === range.start && o.length === range.length
  );
};

/** 'Body 0x003C–0x004B, 16 octets'. */
export function rangeWords(range: ByteRange): string {
  const frame = frameOf(range.buffer);
  const where =
    frame !== null
      ? `Frame ${frame}`
      : range.buffer.startsWith('pdu:')
        ? `PDU ${range.buffer.slice(4)}`
        : `${range.buffer[0]?.toUpperCase()}${range.buffer.slice(1)}`;
  const last = range.start + range.length - 1;
  return range.length === 1
    ? `${where} 0x${hexOffset(range.start)}, 1 octet`
    : `${where} 0x${hexOffset(range.start)}–0x${hexOffset(last)}, ${plural(range.length, 'octet')}`;
}

/** Frames that hold these octets. */
export function framesOf(range: ByteRange): number[] {
  const all = sameOctets(range, buffers.value).map((r) => frameOf(r.buffer));
  return [...new Set(all.filter((f) => f !== null))];
}

export interface OctetLinkProps {
  readonly range: ByteRange | null;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A button that selects octets; plain text where there are none. */
export function OctetLink({ range, children, ...rest }: OctetLinkProps) {
  if (range === null) return <span class={rest.class}>{children}</span>;
  return (
    <button
      type="button"
      class={`octet-link ${rest.class ?? ''}`}
      aria-pressed={isChosen(range)}
      title={rangeWords(range)}
      onClick={() => goTo(range)}
    >
      {children}
    </button>
  );
}

// Words that lead to octets.

import type { ComponentChildren } from 'preact';
import type { ByteRange } from '../../analysis/engine/contract.ts';
import { detail, goTo, octets } from '../state/selection.ts';
import { hexOffset, plural } from '../view/format.ts';

/** Whether this is what is selected. */
export const isChosen = (range: ByteRange | null): boolean => {
  const o = octets.value;
  return (
    range !== null && o !== null && o.buffer === range.buffer && o.start === range.start && o.length === range.length
  );
};

/** What the engine calls a buffer of the selected message. */
export const bufferLabel = (buffer: string): string =>
  detail.value?.buffers.find((b) => b.name === buffer)?.label ?? buffer;

/** 'Document 0x003C–0x004B, 16 octets'. */
export function rangeWords(range: ByteRange): string {
  const where = bufferLabel(range.buffer);
  const last = range.start + range.length - 1;
  return range.length === 1
    ? `${where} 0x${hexOffset(range.start)}, 1 octet`
    : `${where} 0x${hexOffset(range.start)}–0x${hexOffset(last)}, ${plural(range.length, 'octet')}`;
}

export interface OctetLinkProps {
  readonly range: ByteRange | null;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A button that selects octets; plain text where there are none. */
export function OctetLink({ range, children, ...rest }: OctetLinkProps) {
  // What is missing has a place but no octets.
  if (range === null || range.length === 0) return <span class={rest.class}>{children}</span>;
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

// Frames as lines: a page of the frame list, or one of them with its headers.

import type { FrameReplies, FrameRow } from '../../analysis/engine/contract/frames.ts';
import { columns, type Page, section, timeText } from './message.ts';
import { octetsText, treeText } from './octets.ts';

const lengthText = ({ length, wireLength }: FrameRow): string =>
  wireLength > length ? `${length} of ${wireLength}` : String(length);

const wayText = ({ from, to }: FrameRow): string => (from === null || to === null ? '-' : `${from} to ${to}`);

export const frameRows = (rows: readonly FrameRow[], page: Page): string[] =>
  columns(
    rows.map((r) => [
      String(r.number),
      timeText(page, r.time),
      lengthText(r),
      r.linkName,
      r.protocol,
      wayText(r),
      r.messages.join(' '),
    ]),
    0,
  );

export function frameText({ row, bytes, tree }: FrameReplies['frame'], page: Page, octets: boolean): string[] {
  const belongs = row.messages.length === 0 ? 'it belongs to no message' : `it carried ${row.messages.join(', ')}`;
  return [
    `frame ${row.number}, ${timeText(page, row.time)}, ${lengthText(row)} octets, ${row.linkName}`,
    `${row.protocol}${row.from === null ? '' : `, ${wayText(row)}`}; ${belongs}`,
    ...(tree.length === 0 ? [] : section(page, 'Headers', treeText(tree, page))),
    ...(octets ? section(page, 'Octets', octetsText(bytes, page)) : []),
  ];
}

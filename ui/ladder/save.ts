// The ladder as a file of the page's visitor: nothing leaves the machine but by their hand.

import type { LadderOptions } from '../../analysis/draw/ladder.ts';
import { ladderSvg, ladderText } from '../../analysis/draw/ladderfile.ts';
import type { LadderFlow } from '../../analysis/draw/ladderflow.ts';
import { download, pngOf } from '../state/download.ts';
import { notice } from '../state/session.ts';

export type LadderFormat = 'svg' | 'png' | 'txt';

/** The least that is drawn wide, px, whatever the window. */
const PAPER = 900;

export async function saveLadder(flow: LadderFlow, options: LadderOptions, format: LadderFormat): Promise<void> {
  const own = { ...options, width: Math.max(PAPER, options.width) };
  const name = `ladder.${format}`;
  if (format === 'txt') {
    download(name, new Blob([ladderText(flow, own)], { type: 'text/plain' }));
    return;
  }
  const svg = ladderSvg(flow, own, 'Ladder of a message');
  if (format === 'svg') {
    download(name, new Blob([svg], { type: 'image/svg+xml' }));
    return;
  }
  const blob = await pngOf(svg);
  if (blob === null) notice.value = 'The browser could not make a picture of so long a ladder; SVG has no such limit.';
  else download(name, blob);
}

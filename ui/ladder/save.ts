// The ladder as a file of the page's visitor: nothing leaves the machine but by their hand.

import type { LadderOptions } from '../../analysis/draw/ladder.ts';
import { ladderSvg, ladderText } from '../../analysis/draw/ladderfile.ts';
import type { LadderFlow } from '../../analysis/draw/ladderflow.ts';
import { notice } from '../state/session.ts';

export type LadderFormat = 'svg' | 'png' | 'txt';

function offer(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const a = document.createElement('a');
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The least that is drawn wide, px, whatever the window. */
const PAPER = 900;
/** Sides of a picture beyond which browsers give up, px. */
const MOST_SIDE = 16_000;

async function picture(svg: string): Promise<Blob | null> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(2, MOST_SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}

export async function saveLadder(flow: LadderFlow, options: LadderOptions, format: LadderFormat): Promise<void> {
  const own = { ...options, width: Math.max(PAPER, options.width) };
  const name = `ladder.${format}`;
  if (format === 'txt') {
    offer(name, new Blob([ladderText(flow, own)], { type: 'text/plain' }));
    return;
  }
  const svg = ladderSvg(flow, own, 'Ladder of a message');
  if (format === 'svg') {
    offer(name, new Blob([svg], { type: 'image/svg+xml' }));
    return;
  }
  const blob = await picture(svg);
  if (blob === null) notice.value = 'The browser could not make a picture of so long a ladder; SVG has no such limit.';
  else offer(name, blob);
}

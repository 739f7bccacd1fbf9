// When the capture has less than there was: nobody captured between two inputs, or frames were lost while they did. And
// times that it tells twice, because the clock was set back.

import type { Gap } from './contract/timeline.ts';
import type { Loaded } from './load.ts';

const MOST_GAPS = 1000;

type Timed = Pick<Loaded, 'opened' | 'base'>;

/** Where one input ended before the next one began. */
function betweenInputs({ opened }: Timed): Gap[] {
  const timed = opened
    .filter((o) => Number.isFinite(o.firstTime) && Number.isFinite(o.lastTime))
    .sort((a, b) => a.firstTime - b.firstTime);
  const gaps: Gap[] = [];
  let before = timed[0];
  for (const next of timed.slice(1)) {
    if (before !== undefined && next.firstTime > before.lastTime) {
      const why = `between ${before.source.name} and ${next.source.name}`;
      gaps.push({ from: before.lastTime, to: next.firstTime, why });
    }
    if (before === undefined || next.lastTime > before.lastTime) before = next;
  }
  return gaps;
}

const words = (packets: number, by: string): string =>
  `${packets.toLocaleString('en')} ${packets === 1 ? 'frame' : 'frames'} lost by ${by}`;

/** Where an input says that frames were lost. */
function losses({ opened, base }: Timed): Gap[] {
  const named = opened.length > 1;
  return opened.flatMap((o) => {
    const reader = o.reader;
    if (reader?.base == null || base === null || reader.losses === undefined) return [];
    const shift = Number(reader.base - base);
    const least = Number.isFinite(o.firstTime) ? o.firstTime : shift;
    return reader.losses.map(({ from, to, packets, by }) => {
      const begin = from === null ? least : from + shift;
      const why = `${words(packets, by)}${named ? ` in ${o.source.name}` : ''}`;
      return { from: Math.min(begin, to + shift), to: to + shift, why, lost: packets };
    });
  });
}

/** Times that were told twice. */
function twice({ opened }: Timed): Gap[] {
  const named = opened.length > 1;
  return opened.flatMap((o) =>
    o.stepsBack.steps.map(({ before, after, frame }) => ({
      from: after,
      to: before,
      why: `frame ${frame}${named ? ` of ${o.source.name}` : ''} has an earlier time than the one in front of it`,
      back: before - after,
    })),
  );
}

/** All of them in order of time, at most 1,000. */
export const gapsOf = (loaded: Timed): Gap[] =>
  [...betweenInputs(loaded), ...losses(loaded), ...twice(loaded)]
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .slice(0, MOST_GAPS);

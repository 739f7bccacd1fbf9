// A mark in words, for the tooltip and for the twin that screen readers walk.

import type { Hit } from '../../analysis/draw/hits.ts';
import type { Gap } from '../../analysis/engine/contract/timeline.ts';
import type { MessageRow } from '../../analysis/engine/contract.ts';
import { formatCount, plural } from '../view/format.ts';
import { formatDuration, formatTime, type TimeFormat } from '../view/time.ts';
import { kindWord, MARK_WORD, partsText, SEVERITY_WORD, severityOfRank, verdictWord } from '../view/words.ts';

export interface Words {
  readonly time: TimeFormat;
  readonly base: string | null;
}

/** '214 messages, worst: error'. */
export function clusterText(h: Hit): string {
  const worst = severityOfRank(h.severity);
  const what = h.messages > 0 ? plural(h.messages, 'message') : plural(h.part, 'mark');
  const all = h.messages > 0 ? h.messages : h.part;
  const fit = h.fits === null ? null : h.messages > 0 ? h.fits.messages : h.fits.count;
  const said =
    fit === null ? what : fit === all ? `${what}, all fit the filter` : `${formatCount(fit)} of ${what} fit the filter`;
  return `${said}${worst === null ? '' : `, worst: ${SEVERITY_WORD[worst].toLowerCase()}`}`;
}

/** 'Part 2 never came: given up'. */
function expiryText(h: Hit): string {
  const parts = `${h.code[0]?.toUpperCase() ?? ''}${h.code.slice(1)}`;
  const had = h.part === 1 ? 'had' : 'had still';
  return h.severity > 0
    ? `${parts} never came: no longer waited for`
    : `${parts} ${had} not come when the capture ends`;
}

/** Whether at several hops or in several attempts, its mark doesn't tell. */
export const transactionText = (messages: number): string => `One message seen ${formatCount(messages)} times`;

/** The heading of a mark: 'Part 2', 'Provisioning, MAC differs'. */
export function markTitle(h: Hit, row: MessageRow | null): string {
  if (h.kind === 'cluster') return clusterText(h);
  if (h.kind === 'message') {
    const kind = row === null ? 'Message' : kindWord(row.kind);
    return h.verdict === null ? kind : `${kind}: ${verdictWord(h.verdict, row?.method ?? null)}`;
  }
  if (h.kind === 'transaction') return transactionText(h.part);
  if (h.kind === 'expiry') return expiryText(h);
  if (h.kind === 'retry') return h.part > 0 ? `Part ${h.part} sent again` : 'The message sent again';
  const word = h.kind === 'refusal' && h.severity === 2 ? 'refused for now' : MARK_WORD[h.kind];
  if (h.kind === 'segment') return `Part ${h.part}`;
  if (h.kind === 'missing') return `Part ${h.part} never came`;
  const code = h.code === '' ? '' : `: ${h.code}`;
  return `${h.part > 0 ? `Part ${h.part} ${word}` : `${word[0]?.toUpperCase()}${word.slice(1)}`}${code}`;
}

/** One sentence with everything the drawing shows. */
export function markSentence(h: Hit, row: MessageRow | null, words: Words): string {
  const at = formatTime(h.time, words.time, words.base, 3);
  const title = markTitle(h, row);
  if (h.kind === 'transaction') {
    return `${title} within ${formatDuration(h.time - h.from)}, from ${formatTime(h.from, words.time, words.base, 3)}`;
  }
  if (h.kind === 'expiry') return `${title}, ${formatDuration(h.time - h.from)} after the last part, ${at}`;
  if (h.kind === 'retry') return `${title} after ${formatDuration(h.time - h.from)}, ${at}`;
  if (h.kind !== 'message' || row === null) return `${title}, ${at}`;
  const bits = [title, `${partsText(row)} parts in ${formatDuration(row.lastTime - row.firstTime)}`];
  if (row.worst !== null) bits.push(`worst finding: ${SEVERITY_WORD[row.worst].toLowerCase()}`);
  if (row.outcome !== null) bits.push(row.outcome);
  return `${bits.join(', ')}, ${at}`;
}

/** The heading of a time in which the capture has less than there was, or which it tells twice. */
export const gapTitle = (g: Gap): string =>
  g.back !== undefined ? 'The clock went back' : g.lost === undefined ? 'Not captured' : 'Frames lost';

/** One sentence: what is missing, why, how long and from when. */
export function gapSentence(g: Gap, words: Words): string {
  const long = formatDuration(g.to - g.from);
  const from = formatTime(g.from, words.time, words.base, 3);
  if (g.back !== undefined) return `${gapTitle(g)} by ${long}, to ${from}: ${g.why}`;
  return g.lost === undefined
    ? `${gapTitle(g)}: ${g.why}, ${long} from ${from}`
    : `${g.why[0]?.toUpperCase()}${g.why.slice(1)}, somewhere in ${long} from ${from}`;
}

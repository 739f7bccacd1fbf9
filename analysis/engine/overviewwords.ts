// What happened here, in a few sentences.

import { list } from '../summary/words.ts';
import type { OverviewReply } from './contract/flows.ts';

const plural = (n: number, word: string): string => `${n.toLocaleString('en')} ${n === 1 ? word : many(word)}`;

/** 'messages of unknown content': what follows the noun stays. */
const many = (words: string): string => words.replace(/^(.*?)(?= of | to |$)/, '$1s');

const KIND_WORDS: Readonly<Record<string, string>> = {
  'client-provisioning': 'provisioning message',
  'ota-settings': 'settings message of Nokia and Ericsson',
  'service-indication': 'service indication',
  'service-loading': 'service loading',
  'session-initiation': 'request to open a session',
  'mms-notification': 'MMS notification',
  'dm-notification': 'device management notification',
  'other-push': 'other push',
  text: 'text message',
  unknown: 'message of unknown content',
};

const kindWords = (n: number, kind: string): string => plural(n, KIND_WORDS[kind] ?? kind.replaceAll('-', ' '));

/** '1.2 s', '340 ms', '3 min'. */
export function durationWords(ns: number): string {
  const s = ns / 1e9;
  if (Number.isNaN(s)) return '';
  if (s < 0.001) return `${Math.round(ns / 1000)} µs`;
  if (s < 1) return `${Math.round(s * 1000)} ms`;
  if (s < 120) return `${s.toFixed(s < 10 ? 1 : 0)} s`;
  return s < 7200 ? `${Math.round(s / 60)} min` : `${Number((s / 3600).toFixed(1))} h`;
}

const VERDICT_WORDS: readonly (readonly [verdict: string, one: string, more: string])[] = [
  ['invalid', 'has a MAC that does not match its document', 'have a MAC that does not match their document'],
  ['malformed', 'has security parameters that can not be right', 'have security parameters that can not be right'],
  ['no-key', 'is protected with a key that is not known here', 'are protected with a key that is not known here'],
  ['unprotected', 'is not protected at all', 'are not protected at all'],
];

type Counted = Omit<OverviewReply, 'sentences'>;

function outcomes(o: Counted): string | null {
  const n = (name: string): number => o.outcomes.find((s) => s.name === name)?.total ?? 0;
  const said: [number, string][] = [
    [n('delivered'), 'delivered'],
    [n('accepted'), 'accepted by the next hop'],
    [n('failed'), 'failed'],
    [n('expired'), 'expired'],
    [n('unconfirmed'), 'without a word of what became of them'],
  ];
  const words = said.filter(([count]) => count > 0).map(([count, what]) => `${count.toLocaleString('en')} ${what}`);
  if (words.length === 0) return null;
  const none = n('none') === 0 ? '' : `; ${n('none').toLocaleString('en')} of a kind that nothing answers`;
  return `${list(words)}${none}.`;
}

/** `most`: there are more recipients than were counted. */
export function overviewSentences(o: Counted, recipients: number, most: boolean): string[] {
  if (o.messages === 0) {
    const failed = o.failures[0];
    const told = failed === undefined ? [] : [`${plural(failed.count, 'report')} of failure: ${failed.text}.`];
    return ['No messages were found in this time.', ...told, ...o.notSeen];
  }
  const long = o.t1 > o.t0 ? ` within ${durationWords(o.t1 - o.t0)}` : '';
  const kinds = list(o.kinds.slice(0, 4).map((k) => kindWords(k.total, k.name)));
  const out = [`${kinds}, to ${most ? 'more than ' : ''}${plural(recipients, 'recipient')}${long}.`];
  const became = outcomes(o);
  if (became !== null) out.push(became);
  const [first] = o.failures;
  if (first !== undefined) {
    const code = first.code === null || first.text.includes(first.code) ? '' : ` (${first.code})`;
    out.push(`Most frequent trouble, ${plural(first.count, 'time')}: ${first.text}${code}.`);
  }
  for (const [verdict, one, more] of VERDICT_WORDS) {
    const n = o.verdicts.find((v) => v.name === verdict)?.total ?? 0;
    if (n > 0) out.push(`${n.toLocaleString('en')} ${n === 1 ? one : more}.`);
  }
  if (o.retries > 0) out.push(`${plural(o.retries, 'part')} had to be sent again.`);
  const slow = o.stages[0];
  if (slow !== undefined && slow.median > 0) {
    out.push(
      `Slowest on the way: ${slow.label[0]!.toLowerCase()}${slow.label.slice(1)}, half of them in ${durationWords(slow.median)} or less.`,
    );
  }
  return [...out, ...o.notSeen];
}

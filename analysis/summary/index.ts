// A message in the words of somebody who has to say what happened to a phone.

import type { Range } from '../../dissectors/content/document.ts';
import type { ByteRange, Verdict } from '../engine/contract.ts';
import { withoutUserinfo } from '../report/mask.ts';
import type { Verification } from '../verify/verify.ts';
import { provisioningOf } from './cut.ts';
import type { HeadlineInput, SummaryInput } from './input.ts';
import { documentName, things } from './provisioning.ts';
import { contentSentence } from './pushes.ts';
import { capital, count, duration, list, quoted } from './words.ts';

export { settings } from './settings.ts';

export interface Sentence {
  readonly text: string;
  readonly range: ByteRange | null;
}

export interface Summary {
  /** What the message does, alone. */
  readonly sentence: string;
  /** That, how it was sent, and how it is protected. */
  readonly sentences: readonly Sentence[];
}

/** Things named in the one-sentence form. */
const MOST_NAMED = 5;

const ofBody = (r: Range | null): ByteRange | null =>
  r === null ? null : { buffer: 'body', start: r.start, length: r.length };

/** What the message is and does, without secrets. */
export function summarise(about: SummaryInput): Summary {
  const what = purpose(about);
  const sentences = [...what.sentences, ...sending(about), ...protection(about)];
  return { sentence: what.sentence, sentences };
}

/** The sentence of `summarise` alone. */
export const headline = (about: HeadlineInput): string => purpose(about).sentence;

function purpose(about: HeadlineInput): Summary {
  const whole = (text: string): Summary => ({ sentence: text, sentences: [{ text, range: null }] });
  const { joined, content, kind, state } = about;
  if (kind === 'text') return whole(joined.text === null ? 'A text message.' : `Text message: ${quoted(joined.text)}.`);
  if (state === 'undecodable') return whole(unreadable(about));
  const document = provisioningOf(content);
  if (document === null) {
    const said = contentSentence(about);
    return { sentence: said.text, sentences: [{ text: said.text, range: ofBody(said.range) }] };
  }
  const found = things(document);
  const name = documentName(document);
  const from = name === '' ? '' : `${quoted(name)}: `;
  const part = state === 'incomplete' ? ', as far as it can be read' : '';
  if (found.length === 0) {
    return whole(
      state === 'incomplete'
        ? 'A provisioning message of which too little is here to say what it sets up.'
        : 'A provisioning message that sets up nothing.',
    );
  }
  const shown = found.slice(0, MOST_NAMED).map((t) => t.text);
  const more = found.length - shown.length;
  const all = list(more === 0 ? shown : [...shown, `${more} more`]);
  const sets = name === '' ? 'Sets up' : 'sets up';
  return {
    sentence: `${from}${sets} ${all}${part}.`,
    sentences: [
      ...(name === '' ? [] : [{ text: `Calls itself ${quoted(name)}.`, range: null }]),
      ...found.map((t) => ({ text: `Sets up ${t.text}.`, range: ofBody(t.range) })),
    ],
  };
}

function unreadable({ push, joined }: HeadlineInput): string {
  const type = push?.contentType ?? joined.contentType ?? null;
  return `Something that can't be read${type === null ? '' : ` of type ${type}`}, ${count(joined.data.bytes.length, 'octet')}.`;
}

function sending({ joined: j, state }: SummaryInput): Sentence[] {
  const say = (text: string): Sentence => ({ text, range: null });
  const used = j.segments.filter((s) => s.status === 'used');
  const total = j.segments.reduce((n, s) => Math.max(n, s.of), used.length + j.missing.length);
  const out: Sentence[] = [];
  if (total <= 1) {
    const what =
      j.data.bytes.length === 0
        ? 'How many parts it has was not captured.'
        : 'Sent in one part, of which the capture holds the beginning.';
    if (state === 'incomplete') out.push(say(what));
  } else {
    const took = duration(j.lastTime - j.firstTime);
    const over = took === '' || used.length < 2 ? '' : ` over ${took}`;
    const whole = j.missing.length === 0 && state !== 'incomplete';
    if (whole) out.push(say(`Sent in ${count(total, 'part')}${over}, complete.`));
    else if (j.missing.length === 0)
      out.push(say(`Sent in ${count(total, 'part')}${over}, but not complete in the capture.`));
    else {
      const parts =
        j.missing.length > 6
          ? count(j.missing.length, 'part')
          : `${j.missing.length === 1 ? 'part' : 'parts'} ${list(j.missing.map(String))}`;
      const are = j.missing.length === 1 ? 'is' : 'are';
      out.push(say(`Sent in ${count(total, 'part')}, but ${parts} ${are} not in the capture.`));
    }
  }
  const copies = j.segments.filter((s) => s.status === 'duplicate').length;
  if (copies > 0) out.push(say(`${count(copies, 'part')} came more than once.`));
  const conflicts = j.segments.filter((s) => s.status === 'conflict').length;
  if (conflicts > 0) out.push(say(`${count(conflicts, 'part')} came again with other content.`));
  return out;
}

const BY: Readonly<Record<string, string>> = {
  NETWPIN: "the subscriber's IMSI (NETWPIN)",
  USERPIN: "the user's PIN (USERPIN)",
  USERNETWPIN: "the subscriber's IMSI and the user's PIN (USERNETWPIN)",
  USERPINMAC: 'a number the user types (USERPINMAC)',
};

const KEY: Readonly<Record<string, string>> = { NETWPIN: 'IMSI', USERPIN: 'PIN', USERNETWPIN: 'IMSI and PIN' };

/** 'PIN the capture gives', 'key given'. */
function keyOf({ method, keySource }: Verification): string {
  if (keySource === 'searched') return 'PIN that was found by trying';
  return keySource === 'inferred' ? `${KEY[method ?? ''] ?? 'number'} the capture gives` : 'key given';
}

const RESULT: Readonly<Partial<Record<Verdict, (v: Verification) => string>>> = {
  valid: (v) => (v.matchedForm === 'check-digits' ? 'the check digits match' : `the MAC matches the ${keyOf(v)}`),
  invalid: (v) =>
    v.matchesOtherDerivation === null
      ? `the MAC does not match the ${keyOf(v)}`
      : 'but the MAC was made in another way',
  'no-key': () => "the key is not known, so the MAC can't be checked",
  'no-mac': () => 'but there is no MAC',
};

function protection({ verification: v, push }: SummaryInput): Sentence[] {
  if (v.verdict === 'not-applicable' && v.method === null) return [];
  const range: ByteRange | null =
    push?.macRange == null ? null : { buffer: 'datagram', start: push.macRange.start, length: push.macRange.length };
  const by = v.method === null ? undefined : BY[v.method];
  const result = RESULT[v.verdict]?.(v);
  if (by === undefined || result === undefined) return [{ text: v.explanation, range }];
  const text = `Protected with ${by}${result.startsWith('but ') ? ',' : ';'} ${result}.`;
  const more = v.matchesOtherDerivation === null ? [] : [{ text: v.explanation, range }];
  return [{ text, range }, ...more, ...v.notes.map((n) => ({ text: capital(withoutUserinfo(n)), range }))];
}

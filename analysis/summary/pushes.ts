// Pushes that are no provisioning document, in one sentence each.

import type { DocumentElement, Range } from '../../dissectors/content/document.ts';
import type { Detail } from '../../dissectors/content/kinds.ts';
import { withoutUserinfo } from '../report/mask.ts';
import type { SummaryInput } from './input.ts';
import { count, list, quoted, short } from './words.ts';

interface Said {
  readonly text: string;
  readonly range: Range | null;
}

const LONGEST_URL = 160;

/** Names of kinds as people say them, for pushes without a sentence of their own. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['client-provisioning', 'A provisioning message'],
  ['service-indication', 'A service indication'],
  ['service-loading', 'An order to load a page'],
  ['mms-notification', 'Word of a multimedia message'],
  ['dm-notification', 'A call to a device management session'],
  ['email-notification', 'Word of new mail'],
  ['cache-operation', 'An order to the cache of the browser'],
  ['ota-settings', 'Settings in the older Nokia and Ericsson form'],
  ['supl-init', 'A call to a location session'],
  ['drm-rights', 'Rights to protected content'],
  ['session-initiation', 'A call to open a WAP session'],
  ['other-push', 'A push'],
]);

const url = (text: string): string => short(withoutUserinfo(text), LONGEST_URL);

const attribute = (e: DocumentElement, name: string) => e.attributes.find((a) => a.name === name);

const find = (e: DocumentElement, name: string): DocumentElement | null => {
  if (e.name === name) return e;
  for (const c of e.children) {
    const found = c.kind === 'element' ? find(c, name) : null;
    if (found !== null) return found;
  }
  return null;
};

const textOf = (e: DocumentElement): string => e.children.map((c) => (c.kind === 'text' ? c.text : textOf(c))).join('');

/** WAP-167 6: the text the user sees and where it leads. */
function indication(root: DocumentElement): Said | null {
  const e = find(root, 'indication');
  if (e === null) return null;
  const href = attribute(e, 'href');
  const words = textOf(e).trim();
  const says = words === '' ? 'Shows the user a link' : `Shows the user ${quoted(words)}`;
  const leads =
    href?.value == null || href.value === ''
      ? ''
      : words === ''
        ? ` to ${url(href.value)}`
        : ` with a link to ${url(href.value)}`;
  return { text: `${says}${leads}.`, range: { start: e.start, length: e.length } };
}

/** WAP-168 6: the phone loads it, with or without asking. */
function loading(root: DocumentElement): Said | null {
  const e = find(root, 'sl');
  const href = e === null ? undefined : attribute(e, 'href');
  if (href?.value == null) return null;
  const action = e === null ? undefined : attribute(e, 'action')?.value;
  const how = action === 'execute-high' ? ' and shows it without asking' : action === 'cache' ? ' into its cache' : '';
  return { text: `Makes the phone load ${url(href.value)}${how}.`, range: href.valueRange };
}

const detail = (details: readonly Detail[], like: RegExp): Detail | undefined =>
  details.find((d) => like.test(d.label) && d.value !== '');

/** OMA-TS-MMS_ENC 6.2: M-Notification.ind. */
function multimedia(details: readonly Detail[]): Said | null {
  const location = detail(details, /location/i);
  if (location === undefined) return null;
  const from = detail(details, /^from|sender/i);
  const subject = detail(details, /subject/i);
  const size = detail(details, /size/i);
  const whom = from === undefined ? '' : ` from ${short(from.value.replace(/\/TYPE=\w+$/, ''), 60)}`;
  const titled = subject === undefined ? '' : `, ${quoted(subject.value)}`;
  const big =
    size === undefined ? '' : `, ${/^\d+$/.test(size.value) ? count(Number(size.value), 'octet') : size.value}`;
  return {
    text: `A multimedia message${whom}${titled}${big} waits at ${url(location.value)}.`,
    range: location.range,
  };
}

const OTA_THINGS: readonly (readonly [label: RegExp, what: string])[] = [
  [/GPRS_ACCESSPOINTNAME$/, 'the access point'],
  [/^ADDRESS PROXY$/, 'the proxy'],
  [/^URL$/, 'the home page'],
  [/^MMSURL$/, 'multimedia messages through'],
  [/^BOOKMARK URL$/, 'the bookmark'],
];

/** Nokia/Ericsson OTA Settings 7.0: the parts a user would ask for. */
function olderSettings(details: readonly Detail[]): Said | null {
  const found = OTA_THINGS.flatMap(([label, what]) =>
    details
      .filter((d) => label.test(d.label) && d.value !== '' && d.secret !== true)
      .slice(0, 2)
      .map((d) => ({ text: `${what} ${url(d.value)}`, range: d.range })),
  );
  if (found.length === 0) return null;
  const text = `Sets up, in the older Nokia and Ericsson form, ${list(found.map((t) => t.text))}.`;
  return { text, range: found[0]?.range ?? null };
}

/** What a push is, from its document where that says it and else from its type. */
export function contentSentence({ content, kind, push, joined, state }: SummaryInput): Said {
  const root = content?.document?.root ?? null;
  const own =
    root !== null && kind === 'service-indication'
      ? indication(root)
      : root !== null && kind === 'service-loading'
        ? loading(root)
        : kind === 'mms-notification'
          ? multimedia(content?.details ?? [])
          : kind === 'ota-settings'
            ? olderSettings(content?.details ?? [])
            : null;
  if (own !== null) return own;
  const type = push?.contentType ?? joined.contentType ?? null;
  const octets = count(push?.body.length ?? joined.data.bytes.length, 'octet');
  const named = KINDS.get(kind);
  if (named !== undefined)
    return {
      text: `${named}${type === null || kind !== 'other-push' ? '' : ` of type ${type}`}, ${octets}.`,
      range: null,
    };
  if (state === 'incomplete' && joined.missing.length === 0 && joined.data.bytes.length === 0)
    return { text: 'A message whose content was not captured.', range: null };
  const what = state === 'incomplete' ? 'A message whose first part is not in the capture' : 'Something unknown';
  return { text: `${what}${type === null ? '' : ` of type ${type}`}, ${octets}.`, range: null };
}

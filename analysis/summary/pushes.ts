// Pushes that are no provisioning document, in one sentence each.

import type { DocumentElement } from '../../dissectors/content/document.ts';
import { portName } from '../../dissectors/content/index.ts';
import type { Detail } from '../../dissectors/content/kinds.ts';
import type { HeadlineInput } from './input.ts';
import { type Said, SENTENCES, url } from './pushsentences.ts';
import { count, list, quoted, short } from './words.ts';

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
  ['dm-bootstrap', 'A bootstrap of device management'],
  ['sync-notification', 'A call to a synchronisation session'],
  ['sync-message', 'A message of a synchronisation session'],
  ['drm-content', 'Protected content'],
  ['multipart', 'Several bodies in one push'],
  ['business-card', 'A business card'],
  ['calendar-entry', 'A calendar entry'],
  ['ringing-tone', 'A ringing tone'],
  ['operator-logo', 'An operator logo'],
  ['caller-logo', 'A logo for a group of callers'],
  ['picture-message', 'A picture message'],
  ['other-push', 'A push'],
]);

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
  const action = attribute(e, 'action')?.value ?? '';
  const range = { start: e.start, length: e.length };
  if (action === 'delete') {
    const id = attribute(e, 'si-id')?.value ?? href?.value ?? '';
    return { text: `Deletes the indication ${quoted(url(id), 120)} that the phone may hold.`, range };
  }
  const how = URGENCY[action] ?? '';
  const says = words === '' ? 'Shows the user a link' : `Shows the user ${quoted(words)}`;
  const leads =
    href?.value == null || href.value === ''
      ? ''
      : words === ''
        ? ` to ${url(href.value)}`
        : ` with a link to ${url(href.value)}`;
  return { text: `${says}${leads}${how}.`, range };
}

/** WAP-167 5.2, action: signal-medium, as nothing else is said. */
const URGENCY: Readonly<Record<string, string>> = {
  'signal-none': ', without a sign that it came',
  'signal-high': ', at once',
};

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
  const expiry = detail(details, /^expiry$/i);
  const until = expiry === undefined ? '' : untilWords(expiry.value);
  return {
    text: `A multimedia message${whom}${titled}${big} waits at ${url(location.value)}${until}.`,
    range: location.range,
  };
}

/** '259200 s' as ' for 3 days'; a date as ' until ...'. */
function untilWords(expiry: string): string {
  const seconds = /^(\d+) s$/.exec(expiry)?.[1];
  if (seconds === undefined) return /^\d{4}-/.test(expiry) ? ` until ${expiry}` : '';
  const n = Number(seconds);
  if (n === 0) return '';
  const [size, unit] =
    n % 86400 === 0 ? ([86400, 'day'] as const) : n % 3600 === 0 ? ([3600, 'hour'] as const) : ([1, 'second'] as const);
  return ` for ${count(n / size, unit)}`;
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

/** Octets that no decoder is for. */
function toPort(port: number, kind: string, octets: string): string {
  if (kind === 'application-message')
    return `A message to an application of the phone that listens on port ${port}, ${octets}.`;
  const name = portName(port);
  return `Octets for port ${port}${name === undefined ? '' : ` (${name})`} that nothing here reads, ${octets}.`;
}

/** What a push is, from its document where that says it and else from its type. */
export function contentSentence({ content, kind, push, joined, state }: HeadlineInput): Said {
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
            : content === null
              ? null
              : (SENTENCES.get(kind)?.(content.details, content) ?? null);
  if (own !== null) return own;
  const type = push?.contentType ?? joined.contentType ?? null;
  const octets = count(push?.body.length ?? joined.data.bytes.length, 'octet');
  const port = joined.payload === 'binary' ? joined.ports?.destination : undefined;
  if (port !== undefined && !KINDS.has(kind) && joined.data.bytes.length > 0)
    return { text: toPort(port, kind, octets), range: null };
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

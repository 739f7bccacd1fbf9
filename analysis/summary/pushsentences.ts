// Pushes without settings, smart messages, and what was sent to a port: one sentence for each kind, from what its decoder
// said.

import type { Range } from '../../dissectors/content/document.ts';
import type { DecodedContent, Detail } from '../../dissectors/content/kinds.ts';
import { withoutUserinfo } from '../report/mask.ts';
import { count, list, quoted, short } from './words.ts';

export interface Said {
  readonly text: string;
  readonly range: Range | null;
}

type Sentence = (details: readonly Detail[], content: DecodedContent) => Said | null;

const LONGEST_URL = 160;

export const url = (text: string): string => short(withoutUserinfo(text), LONGEST_URL);

const of = (details: readonly Detail[], label: string): Detail | undefined =>
  details.find((d) => d.label === label && d.value !== '' && d.secret !== true);

const all = (details: readonly Detail[], label: string): Detail[] =>
  details.filter((d) => d.label === label && d.value !== '');

const say = (text: string, about: Detail | undefined): Said => ({ text, range: about?.range ?? null });

/** How many things of one sort are named in a sentence. */
const MOST = 4;

/** 'a, b and 3 more'. */
function some(things: readonly string[]): string {
  const more = things.length - MOST;
  return list(more > 0 ? [...things.slice(0, MOST), `${more} more`] : things);
}

// WAP-175-CacheOp 5.
const cacheOperation: Sentence = (details) => {
  const objects = all(details, 'Object to invalidate');
  const services = all(details, 'Service to invalidate');
  if (objects.length + services.length === 0) return null;
  const things = [...objects.map((d) => url(d.value)), ...services.map((d) => `everything at ${url(d.value)}`)];
  return say(`Makes the browser forget its copy of ${some(things)}.`, objects[0] ?? services[0]);
};

const SCHEME = /^(?:mailat:|(?:pop|imap|https?):\/\/)/i;

// WAP-297-EMN 6.
const newMail: Sentence = (details) => {
  const mailbox = of(details, 'Mailbox');
  const time = of(details, 'Time');
  if (mailbox === undefined) return null;
  const at = time === undefined ? '' : ` since ${time.value}`;
  return say(`New mail waits in mailbox ${url(mailbox.value).replace(SCHEME, '')}${at}.`, mailbox);
};

const UI: Readonly<Record<string, string>> = {
  background: ', without telling the user',
  informative: ', and tells the user so',
  'user interaction': ', if the user agrees',
};

const manner = (details: readonly Detail[]): string =>
  UI[of(details, 'User interface')?.value.split(':')[0] ?? ''] ?? '';

// OMA-TS-DM_Notification-V1_2 6.
const managementCall: Sentence = (details) => {
  const server = of(details, 'Server');
  if (server === undefined) return null;
  return say(`Asks the phone to call management server ${quoted(server.value, 60)}${manner(details)}.`, server);
};

// OMA-TS-DS_Protocol-V1_2, Server Alerted Notification.
const synchronise: Sentence = (details) => {
  const server = of(details, 'Server');
  if (server === undefined) return null;
  const stores = all(details, 'Synchronise').map((d) => short(d.value.split(',')[0] ?? '', 40));
  const what = stores.length === 0 ? '' : ` ${some(stores)}`;
  return say(`Asks the phone to synchronise${what} with server ${quoted(server.value, 60)}${manner(details)}.`, server);
};

const last = (path: string): string => (path.split('/').at(-1) ?? '').toUpperCase();

// OMA-TS-DM_Bootstrap-V1_2 5.
const bootstrap: Sentence = (details) => {
  const nodes = details.filter((d) => d.label.includes('/'));
  if (nodes.length === 0) return null;
  const node = (name: string) => nodes.find((d) => last(d.label) === name && d.secret !== true);
  const server = node('SERVERID');
  const address = node('ADDR');
  const set = `sets ${count(nodes.length, 'node')} of the management tree`;
  if (server === undefined && address === undefined) return say(`A management bootstrap that ${set}.`, nodes[0]);
  const who = server === undefined ? '' : ` ${quoted(server.value, 60)}`;
  const where = address === undefined ? '' : ` at ${url(address.value)}`;
  return say(`Makes the phone obey management server${who}${where}; ${set}.`, server ?? address);
};

// OMA-Download-DRMREL-V1_0 5.
const rights: Sentence = (details) => {
  const permissions = all(details, 'Permission');
  const content = of(details, 'Content');
  if (permissions.length === 0) return null;
  const what = content === undefined ? 'a content' : short(content.value, 80);
  const key = details.some((d) => d.label === 'Key') ? ' The key is in the message.' : '';
  return say(`Allows the phone to ${list(permissions.map((p) => p.value))}: ${what}.${key}`, permissions[0]);
};

// OMA-Download-DRMCF-V1_0 5.
const protectedContent: Sentence = (details) => {
  const type = of(details, 'Content type');
  const content = of(details, 'Content');
  const size = of(details, 'Encrypted content');
  if (type === undefined) {
    const parts = all(details, 'Part');
    return parts.length === 0 ? null : say(`Content under rights: ${some(parts.map((p) => p.value))}.`, parts[0]);
  }
  const name = content === undefined ? '' : ` ${short(content.value, 80)}`;
  return say(`Protected content${name} of type ${type.value}${size === undefined ? '' : `, ${size.value}`}.`, type);
};

// OMA-TS-ULP-V2_0 11.
const position: Sentence = (details) => {
  const method = of(details, 'Positioning');
  if (method === undefined) return null;
  const told = of(details, 'Notification')?.value ?? 'nothing is said of the user';
  const by = of(details, 'Requested by') ?? of(details, 'Client');
  const whom = by === undefined ? '' : ` for ${quoted(by.value, 60)}`;
  return say(`Asks the phone where it is${whom} (${method.value}); ${told}.`, method);
};

const card: Sentence = (details) => {
  const name = of(details, 'Name') ?? of(details, 'Name in parts');
  const number = details.find((d) => d.label.startsWith('Telephone'));
  if (name === undefined && number === undefined) return null;
  const reach = number === undefined ? '' : `, ${number.value}`;
  return say(`A business card of ${name === undefined ? 'somebody' : short(name.value, 60)}${reach}.`, name ?? number);
};

const entry: Sentence = (details) => {
  const summary = of(details, 'Summary') ?? of(details, 'Description');
  const begins = of(details, 'Begins') ?? of(details, 'Due');
  if (summary === undefined && begins === undefined) return null;
  const what = summary === undefined ? '' : ` ${quoted(summary.value)}`;
  return say(`A calendar entry${what}${begins === undefined ? '' : ` for ${begins.value}`}.`, summary ?? begins);
};

// Nokia Smart Messaging 3.0.0.
const tone: Sentence = (details) => {
  const title = of(details, 'Title');
  const notes = of(details, 'Notes');
  const cancels = of(details, 'Command');
  if (cancels !== undefined) return say('Cancels a ringing tone.', cancels);
  if (notes === undefined) return null;
  const name = title === undefined ? '' : ` ${quoted(title.value)}`;
  return say(`A ringing tone${name}, ${count(Number(notes.value), 'note')}.`, title ?? of(details, 'Tune'));
};

const logo =
  (what: string): Sentence =>
  (details) => {
    const picture = of(details, 'Picture');
    const network = of(details, 'Network');
    if (picture === undefined) return null;
    return say(`${what}${network === undefined ? '' : ` for network ${network.value}`}, ${picture.value}.`, picture);
  };

const pictureMessage: Sentence = (details) => {
  const picture = of(details, 'Picture');
  const text = of(details, 'Text');
  const profile = of(details, 'Profile');
  if (picture === undefined && text === undefined && profile === undefined) return null;
  const words = text === undefined ? '' : ` with the text ${quoted(text.value)}`;
  if (profile !== undefined) return say(`A profile ${quoted(profile.value)}${words}.`, profile);
  return say(`A picture${picture === undefined ? '' : ` of ${picture.value}`}${words}.`, picture ?? text);
};

const multipart: Sentence = (_, { parts = [] }) => {
  if (parts.length === 0) return null;
  const types = parts.map((p) => p.contentType ?? 'something without a type');
  return { text: `${count(parts.length, 'body', 'bodies')} in one push: ${some(types)}.`, range: null };
};

const plain: Sentence = (details) => {
  const text = of(details, 'Text') ?? of(details, 'Title');
  return text === undefined ? null : say(`Carries ${quoted(text.value)}.`, text);
};

export const SENTENCES: ReadonlyMap<string, Sentence> = new Map([
  ['cache-operation', cacheOperation],
  ['email-notification', newMail],
  ['dm-notification', managementCall],
  ['sync-notification', synchronise],
  ['dm-bootstrap', bootstrap],
  ['drm-rights', rights],
  ['drm-content', protectedContent],
  ['supl-init', position],
  ['business-card', card],
  ['calendar-entry', entry],
  ['ringing-tone', tone],
  ['operator-logo', logo('An operator logo')],
  ['caller-logo', logo('A logo for a group of callers')],
  ['picture-message', pictureMessage],
  ['multipart', multipart],
  ['other-push', plain],
]);

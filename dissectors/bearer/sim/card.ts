// What a card is being asked about: applications, directories and files, by logical channel.

import { Image } from './image.ts';
import type { ProvisioningEntry } from './pkcs15.ts';

export interface CardFile {
  readonly key: string;
  /** '6f07'; '' where the selection was not seen. */
  fid: string;
  /** Octets of a transparent file; null: not said. */
  size: number | null;
  readonly read: Image;
  readonly written: Image;
  /** Documents that were told of it. */
  readonly told: { readonly verb: Pending['verb']; readonly bytes: Uint8Array }[];
  /** A document that has begun and is not complete, and who saw it last. */
  pending: Pending | null;
}

export interface Pending {
  readonly verb: 'read' | 'updated';
  readonly time: number;
  readonly frame: number;
}

/** One logical channel. */
export interface Channel {
  /** Directories from the master file on, or an application. */
  path: readonly string[];
  /** The application that 7FFF stands for. */
  application: string;
  file: CardFile | null;
  /** What was selected last looked like a directory by its identifier; a command for files shows that it is none. */
  doubtful: { readonly path: readonly string[]; readonly fid: string } | null;
  /** GET RESPONSE will tell of the selected file. */
  awaits: 'selection' | null;
}

export interface Card {
  readonly name: string;
  readonly channels: Map<number, Channel>;
  /** In order of use. */
  readonly files: Map<string, CardFile>;
  /** Provisioning files by their identifier. */
  readonly provisioning: Map<string, ProvisioningEntry>;
  imsi: string | null;
  msisdn: string | null;
  /** Records of EF SMS that were told. */
  readonly records: Set<string>;
  readonly said: Set<string>;
}

const MOST_FILES = 256;
const MASTER = '3f00';
const ADF = '7fff';

export const newCard = (name: string): Card => ({
  name,
  channels: new Map(),
  files: new Map(),
  provisioning: new Map(),
  imsi: null,
  msisdn: null,
  records: new Set(),
  said: new Set(),
});

/** ETSI TS 102 221 10.1.1: logical channels 0 to 3, and 4 to 19 in classes from 4X on. */
export function channelNumber(cla: number): number {
  if (cla === 0xa0) return 0;
  return (cla & 0x40) === 0 ? cla & 0x03 : 4 + (cla & 0x0f);
}

export function channelOf(card: Card, cla: number): Channel {
  const number = channelNumber(cla);
  const found = card.channels.get(number) ?? {
    path: [MASTER],
    application: ADF,
    file: null,
    doubtful: null,
    awaits: null,
  };
  card.channels.set(number, found);
  return found;
}

/** The file, made at first use. `dropped` hears of files over the budget. */
export function fileOf(card: Card, path: readonly string[], fid: string, dropped: (f: CardFile) => void): CardFile {
  const key = `${path.join('/')}/${fid}`;
  const found: CardFile = card.files.get(key) ?? {
    key,
    fid,
    size: null,
    read: new Image(),
    written: new Image(),
    told: [],
    pending: null,
  };
  card.files.delete(key);
  card.files.set(key, found);
  if (card.files.size > MOST_FILES) {
    const [oldest] = card.files;
    if (oldest !== undefined) {
      card.files.delete(oldest[0]);
      dropped(oldest[1]);
    }
  }
  return found;
}

/** 3GPP TS 51.011 6.2: 3F is the master file, 7F and 5F are directories. */
const isDirectory = (fid: string): boolean => /^(3f00|7f|5f)/.test(fid);

function enter(ch: Channel, fid: string): void {
  const last = ch.path.at(-1) ?? MASTER;
  if (fid === MASTER) ch.path = [MASTER];
  else if (fid === ADF) ch.path = [ch.application];
  else if (fid.startsWith('7f')) ch.path = [MASTER, fid];
  else ch.path = [...(last.startsWith('5f') ? ch.path.slice(0, -1) : ch.path), fid];
}

/** Goes along file identifiers of four digits each; the last one may be a file. Returns it, or '' for a directory. */
export function follow(ch: Channel, fids: readonly string[]): string {
  for (const [i, fid] of fids.entries()) {
    if (i === fids.length - 1 && !isDirectory(fid)) return fid;
    if (fid.length === 4) enter(ch, fid);
  }
  return '';
}

/** ETSI TS 102 221 11.1.1: P1 says how the file is named. Returns the elementary file that was selected, or ''. */
export function selectBy(ch: Channel, p1: number, data: string): string {
  const fids = data.match(/.{1,4}/g) ?? [];
  switch (p1) {
    case 0x03:
      ch.path = ch.path.length > 1 ? ch.path.slice(0, -1) : [MASTER];
      return '';
    case 0x04:
      ch.application = data;
      ch.path = [data];
      return '';
    case 0x08:
      if (fids[0] !== ADF) ch.path = [MASTER];
      return follow(ch, fids);
    case 0x09:
      return follow(ch, fids);
    case 0x02:
      return fids[0] ?? '';
    case 0x01:
      if (fids[0] !== undefined) ch.path = [...ch.path, fids[0]];
      return '';
    default:
      return follow(ch, fids.length === 0 ? [MASTER] : fids);
  }
}

export interface SelectedFile {
  readonly fid: string | null;
  readonly size: number | null;
  readonly directory: boolean | null;
}

/** ETSI TS 102 221 11.1.1.3: FCP template; 3GPP TS 51.011 9.2.1: fixed positions. What the card says of the selected file. */
export function selectedFile(b: Uint8Array): SelectedFile {
  const hex = (at: number): string => b.slice(at, at + 2).reduce((t, v) => t + v.toString(16).padStart(2, '0'), '');
  if (b[0] !== 0x62) {
    const type = b[6];
    if (b.length < 7 || type === undefined || (type !== 1 && type !== 2 && type !== 4)) {
      return { fid: null, size: null, directory: null };
    }
    return { fid: hex(4), size: type === 4 ? (b[2]! << 8) | b[3]! : null, directory: type !== 4 };
  }
  let fid: string | null = null;
  let size: number | null = null;
  let directory: boolean | null = null;
  const start = b[1] === 0x81 ? 3 : 2;
  for (let at = start; at + 2 <= b.length; ) {
    const tag = b[at]!;
    const length = b[at + 1]!;
    if (tag === 0x83 && length === 2) fid = hex(at + 2);
    if (tag === 0x80 && length === 2) size = (b[at + 2]! << 8) | (b[at + 3] ?? 0);
    // Table 11.5: bits 6 to 4 are 111 for directories and applications.
    if (tag === 0x82 && length > 0) directory = (b[at + 2]! & 0x38) === 0x38;
    at += 2 + length;
  }
  return { fid, size, directory };
}

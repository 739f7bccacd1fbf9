// What single applications take, by the id that the OMNA registry gives them.

import type { Basis } from '../../captures/finding.ts';

/** 'url' and 'host': in ADDR; 'none': the application goes without, or nobody is known to need it. */
export type ServerAddress = 'url' | 'host' | 'any' | 'none';

/** What AAUTHTYPE may say: for synchronisation and management, for mail, for HTTP alone. */
export type AuthKind = 'server' | 'mail' | 'http';

export interface Profile {
  readonly title: string;
  readonly address: ServerAddress;
  /** Parms beyond those that every application may have. */
  readonly parms: readonly string[];
  /** Characteristics that receivers look for inside. */
  readonly characteristics: readonly ('APPADDR' | 'APPAUTH' | 'RESOURCE')[];
  readonly auth?: AuthKind;
  /** Well-known ports of the protocol: plain, and from the first octet on in TLS. */
  readonly ports?: { readonly plain: number; readonly secure: number };
  /** What, besides APPID, tells two of the kind apart; null: there is only one. */
  readonly key?: 'NAME' | 'PROVIDER-ID' | null;
  /** Clients that drop the application otherwise are known. */
  readonly needs?: readonly ('ADDR' | 'PROVIDER-ID' | 'PORT' | 'FROM' | 'AACCEPT' | 'RESOURCE')[];
  readonly basis: Basis;
}

const none: Pick<Profile, 'address' | 'parms' | 'characteristics'> = {
  address: 'none',
  parms: [],
  characteristics: ['APPADDR', 'APPAUTH', 'RESOURCE'],
};

const MMS: Profile = {
  title: 'MMS',
  address: 'url',
  parms: ['CM', 'RM', 'MS', 'PC-ADDR', 'Ma'],
  characteristics: ['APPAUTH'],
  key: null,
  needs: ['ADDR'],
  basis: 'confirmed',
};

const mail = (
  title: string,
  plain: number,
  secure: number,
  parms: readonly string[],
  needs: Profile['needs'],
): Profile => ({
  title,
  address: 'host',
  parms,
  characteristics: ['APPADDR', 'APPAUTH'],
  auth: 'mail',
  ports: { plain, secure },
  key: 'PROVIDER-ID',
  needs: ['ADDR', 'PORT', ...(needs ?? [])],
  basis: 'confirmed',
});

const vendor = (title: string): Profile => ({ ...none, title, basis: 'confirmed' });
const recalled = (title: string): Profile => ({ ...none, title, basis: 'remembered' });

export const PROFILES: ReadonlyMap<string, Profile> = new Map<string, Profile>([
  [
    'w2',
    {
      title: 'Browser',
      address: 'none',
      parms: [],
      characteristics: ['RESOURCE', 'APPAUTH'],
      auth: 'http',
      key: 'NAME',
      basis: 'confirmed',
    },
  ],
  ['w4', MMS],
  [
    'w5',
    {
      title: 'OMA data synchronisation',
      address: 'url',
      parms: [],
      characteristics: ['APPADDR', 'APPAUTH', 'RESOURCE'],
      auth: 'server',
      key: 'PROVIDER-ID',
      needs: ['ADDR', 'RESOURCE'],
      basis: 'confirmed',
    },
  ],
  [
    'w7',
    {
      title: 'OMA device management',
      address: 'url',
      parms: ['INIT'],
      characteristics: ['APPADDR', 'APPAUTH'],
      auth: 'server',
      key: 'PROVIDER-ID',
      needs: ['ADDR', 'PROVIDER-ID'],
      basis: 'confirmed',
    },
  ],
  ['w902E', vendor('Nokia NAT and firewall traversal')],
  ['w9010', vendor('Nokia SIP')],
  ['w9013', vendor('Nokia VoIP')],
  [
    'wA',
    {
      title: 'Instant messaging and presence',
      address: 'any',
      parms: ['SERVICES', 'CIDPREFIX'],
      characteristics: ['APPADDR', 'APPAUTH'],
      key: 'PROVIDER-ID',
      needs: ['ADDR', 'AACCEPT'],
      basis: 'confirmed',
    },
  ],
  ['25', mail('Outgoing mail (SMTP)', 25, 465, ['FROM', 'POP-BEFORE-SMTP'], ['FROM'])],
  ['110', mail('Incoming mail (POP3)', 110, 995, [], [])],
  ['143', mail('Incoming mail (IMAP4)', 143, 993, ['SENT-FOLDER', 'TRASH-FOLDER'], [])],
  [
    '554',
    {
      title: 'Streaming (RTSP)',
      address: 'none',
      parms: ['MAX-BANDWIDTH', 'NETINFO', 'MIN-UDP-PORT', 'MAX-UDP-PORT'],
      characteristics: ['APPADDR', 'APPAUTH'],
      basis: 'confirmed',
    },
  ],
  [
    'ap0004',
    {
      title: 'Location (SUPL)',
      address: 'host',
      parms: [],
      characteristics: ['APPADDR', 'APPAUTH'],
      key: 'PROVIDER-ID',
      needs: ['ADDR'],
      basis: 'confirmed',
    },
  ],
  ['ap0005', MMS],
  ['DL', { ...none, title: 'Download', basis: 'confirmed' }],
  ['ap0001', recalled('Instant messaging (Wireless Village)')],
  ['ap0002', recalled('Push to talk over cellular')],
  ['ap0003', recalled('Document management (XDM)')],
]);

/** What the OMNA application ids stand for. */
export const APPLICATIONS: ReadonlyMap<string, string> = new Map([...PROFILES].map(([id, p]) => [id, p.title]));

/** 'w4 (MMS)', or the id alone where it is not in the registry. */
export const titled = (id: string): string => (PROFILES.has(id) ? `${id} (${PROFILES.get(id)?.title})` : id);

/** Parms of single applications, in capitals, and the applications that take them. */
export const OWNERS: ReadonlyMap<string, readonly string[]> = (() => {
  const out = new Map<string, string[]>();
  for (const [id, { parms }] of PROFILES) {
    for (const p of parms) out.set(p.toUpperCase(), [...(out.get(p.toUpperCase()) ?? []), id]);
  }
  return out;
})();

export const needing = (what: NonNullable<Profile['needs']>[number]): ReadonlySet<string> =>
  new Set([...PROFILES].flatMap(([id, p]) => (p.needs?.includes(what) === true ? [id] : [])));

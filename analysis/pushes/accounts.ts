// Accounts of device management that a capture sets up: they hold what the digest of a notification is made with.

import type { ManagedAccount } from '../../dissectors/content/dm/syncml.ts';
import { managedAccounts, managedNodes } from '../../dissectors/content/dm/syncml.ts';
import type { Characteristic, ProvisioningDocument } from '../../dissectors/content/document.ts';
import { interpret } from '../engine/interpret.ts';
import type { MessageRecord } from '../engine/records.ts';

export interface DmCredential {
  /** Whose it is: the server's proves the server, the phone's proves the phone; null where nobody says. */
  readonly of: 'server' | 'phone' | null;
  readonly name: string | null;
  readonly secret: string;
  /** As it is written; '' where there is none. */
  readonly nonce: string;
}

export interface DmAccount {
  readonly serverId: string;
  readonly credentials: readonly DmCredential[];
  /** 'message m3', 'the keys given'. */
  readonly from: string;
}

/** Accounts of a capture that are remembered. */
const MOST_ACCOUNTS = 256;

const parmOf = (c: Characteristic, name: string): string | null =>
  c.parms.find((p) => p.name.toUpperCase() === name)?.value ?? null;

const whose = (level: string | null): DmCredential['of'] => {
  const l = level?.toUpperCase() ?? '';
  // 'APPSRV' and 'SRVCRED': the application server authenticates itself; 'CLIENT' and 'CLCRED': the phone does.
  if (l === 'APPSRV' || l === 'SRVCRED' || l === '2') return 'server';
  return l === 'CLIENT' || l === 'CLCRED' || l === '1' ? 'phone' : null;
};

// OMNA registration document of application 'w7': PROVIDER-ID, APPAUTH with AAUTHLEVEL, AAUTHNAME, AAUTHSECRET, AAUTHDATA.
function ofProvisioning(document: ProvisioningDocument, from: string): DmAccount[] {
  const out: DmAccount[] = [];
  for (const c of document.characteristics) {
    const serverId = parmOf(c, 'PROVIDER-ID');
    if (c.type.toUpperCase() !== 'APPLICATION' || parmOf(c, 'APPID')?.toLowerCase() !== 'w7' || serverId === null)
      continue;
    const credentials = c.characteristics
      .filter((a) => a.type.toUpperCase() === 'APPAUTH')
      .flatMap((a): DmCredential[] => {
        const secret = parmOf(a, 'AAUTHSECRET');
        if (secret === null) return [];
        return [
          {
            of: whose(parmOf(a, 'AAUTHLEVEL')),
            name: parmOf(a, 'AAUTHNAME'),
            secret,
            nonce: parmOf(a, 'AAUTHDATA') ?? '',
          },
        ];
      });
    out.push({ serverId, credentials, from });
  }
  return out;
}

const ofManaged = (a: ManagedAccount, from: string): DmAccount[] =>
  a.serverId === null
    ? []
    : [
        {
          serverId: a.serverId,
          from,
          credentials: a.credentials.flatMap((c): DmCredential[] =>
            c.secret === null ? [] : [{ of: whose(c.level), name: c.name, secret: c.secret, nonce: c.data ?? '' }],
          ),
        },
      ];

/** Accounts that messages of the capture set up, the later ones first; none where no notification asks for them. */
export function accountsFor(records: readonly MessageRecord[]): DmAccount[] {
  const out: DmAccount[] = [];
  if (!records.some((r) => r.kind === 'dm-notification' || r.kind === 'sync-notification')) return out;
  for (const r of records) {
    if (r.kind !== 'client-provisioning' && r.kind !== 'dm-bootstrap') continue;
    const { content } = interpret(r.joined);
    const from = `message ${r.id}`;
    if (content?.provisioning != null) out.push(...ofProvisioning(content.provisioning, from));
    if (content?.document != null && r.kind === 'dm-bootstrap')
      out.push(...managedAccounts(managedNodes(content.document)).flatMap((a) => ofManaged(a, from)));
    if (out.length >= MOST_ACCOUNTS) break;
  }
  return out.reverse();
}

/** 'server:password:nonce' as the user gives it; the nonce may be left out. */
export const accountsOfKeys = (keys: { readonly dm?: readonly string[] }): DmAccount[] =>
  (keys.dm ?? []).flatMap((text) => {
    const [serverId = '', secret = '', ...nonce] = text.split(':');
    if (serverId === '' || secret === '') return [];
    const credentials: DmCredential[] = [{ of: 'server', name: null, secret, nonce: nonce.join(':') }];
    return [{ serverId, credentials, from: 'the keys given' }];
  });

// OMA-TS-SyncML_RepPro-V1_2: messages of SyncML. In a push they are the bootstrap of OMA-TS-DM_Bootstrap-V1_2: commands
// that put an account and its access into the management tree.

import { rules } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { elementsOf } from '../details.ts';
import type { DecodedDocument, DocumentElement, Range } from '../document.ts';
import type { ContentKind, Detail, DocumentDecoder } from '../kinds.ts';
import { isSecretNode, nodeOf, plainText } from './names.ts';

const BOOTSTRAP = 'OMA-TS-DM_Bootstrap-V1_2';

export const SYNCML = rules({
  noCommand: {
    code: 'DM-BOOTSTRAP-EMPTY',
    severity: 'warning',
    basis: 'remembered',
    title: 'The bootstrap holds no command that sets a node',
    clause: BOOTSTRAP,
    receivers: 'Phones accept the message and have nothing to install.',
  },
  command: {
    code: 'DM-BOOTSTRAP-COMMAND',
    severity: 'warning',
    basis: 'remembered',
    title: 'The bootstrap holds a command that sets no node',
    clause: BOOTSTRAP,
    receivers: 'A bootstrap has no session to answer in: phones leave such commands out, or refuse the message.',
  },
  noServer: {
    code: 'DM-BOOTSTRAP-NO-SERVER',
    severity: 'warning',
    basis: 'remembered',
    title: 'An account of the bootstrap lacks a server identifier or an address',
    clause: 'OMA-TS-DM_StdObj-V1_2, DMAcc',
    receivers: 'Phones cannot call the server, or refuse the account.',
  },
  secret: {
    code: 'DM-BOOTSTRAP-SECRET',
    severity: 'note',
    basis: 'remembered',
    title: 'Passwords of the management server travel in clear',
    clause: BOOTSTRAP,
    receivers: 'Whoever sees the message can speak as the server, or as the phone.',
  },
});

/** One node that a command sets. */
export interface ManagedNode {
  /** As it is written, without './' in front. */
  readonly path: string;
  readonly value: string;
  readonly range: Range;
  readonly secret: boolean;
}

/** A management account as the nodes of the tree tell it: DMAcc of DM 1.2, or that of DM 1.1 below ./SyncML. */
export interface ManagedAccount {
  readonly serverId: string | null;
  readonly name: string | null;
  readonly addresses: readonly string[];
  /** By level: 'SRVCRED' is what the server shows to the phone, 'CLCRED' what the phone shows to the server. */
  readonly credentials: readonly ManagedCredential[];
  readonly range: Range;
}

export interface ManagedCredential {
  readonly level: string;
  readonly type: string | null;
  readonly name: string | null;
  readonly secret: string | null;
  /** The nonce, as it is written. */
  readonly data: string | null;
}

const SETTING: ReadonlySet<string> = new Set(['Add', 'Replace']);
const HARMLESS: ReadonlySet<string> = new Set(['Add', 'Replace', 'Atomic', 'Sequence', 'Final']);
const MOST_NODES = 4096;

const childrenOf = (e: DocumentElement, name: string): DocumentElement[] =>
  e.children.filter((c): c is DocumentElement => c.kind === 'element' && c.name === name);

function* nodesOf(document: DecodedDocument): Generator<ManagedNode> {
  for (const command of elementsOf(document)) {
    if (!SETTING.has(command.name)) continue;
    for (const item of childrenOf(command, 'Item')) {
      const path = nodeOf(item)?.replace(/^\.(?:\/|$)/, '');
      const data = childrenOf(item, 'Data')[0];
      if (path === undefined || data === undefined) continue;
      const tree = childrenOf(data, 'MgmtTree')[0];
      if (tree !== undefined) {
        for (const node of childrenOf(tree, 'Node')) yield* described(node, path, 0);
        continue;
      }
      if (path === '') continue;
      const { start, length } = item;
      yield { path, value: plainText(data), range: { start, length }, secret: isSecretNode(path) };
    }
  }
}

const DEEPEST = 32;

// OMA-TS-DM_TND-V1_2: nodes by name within one another.
function* described(node: DocumentElement, under: string, depth: number): Generator<ManagedNode> {
  const text = (name: string) => childrenOf(node, name).map(plainText)[0];
  const path = [under, text('Path')?.replace(/^\.(?:\/|$)/, ''), text('NodeName')].filter(Boolean).join('/');
  const value = text('Value');
  const { start, length } = node;
  if (value !== undefined) yield { path, value, range: { start, length }, secret: isSecretNode(path) };
  if (depth < DEEPEST) for (const inner of childrenOf(node, 'Node')) yield* described(inner, path, depth + 1);
}

/** Nodes that the commands of a message set, in their order; undescribed data and interior nodes are left out. */
export function managedNodes(document: DecodedDocument): ManagedNode[] {
  const out: ManagedNode[] = [];
  for (const n of nodesOf(document)) {
    if (out.length === MOST_NODES) break;
    if (n.value !== '') out.push(n);
  }
  return out;
}

/** 'DMAcc/op/AppAddr/1/Addr' and 'SyncML/DMAcc/op/Addr': account, and the path within it. */
const ACCOUNT = /^((?:SyncML\/)?DMAcc\/[^/]+)\/(.+)$/i;
/** DM 1.2 has all nodes of a DM account below a node that AppID 'w7' marks, wherever it stands. */
const BY_APPLICATION = /^(.+)\/AppID$/i;

const last = (path: string): string => (path.split('/').at(-1) ?? '').toUpperCase();

/** The nodes of each account, with their paths within it. */
export function accountsIn(nodes: readonly ManagedNode[]): (readonly ManagedNode[])[] {
  const roots = new Set(
    nodes.flatMap((n) =>
      [
        ACCOUNT.exec(n.path)?.[1] ?? [],
        n.value.toLowerCase() === 'w7' ? (BY_APPLICATION.exec(n.path)?.[1] ?? []) : [],
      ].flat(),
    ),
  );
  return [...roots].map((root) =>
    nodes.flatMap((n) => (n.path.startsWith(`${root}/`) ? [{ ...n, path: n.path.slice(root.length + 1) }] : [])),
  );
}

/** Accounts that the nodes make up. */
export const managedAccounts = (nodes: readonly ManagedNode[]): ManagedAccount[] => accountsIn(nodes).map(account);

function account(inside: readonly ManagedNode[]): ManagedAccount {
  const own = (...names: string[]): string | null =>
    inside.find((n) => !n.path.includes('/') && names.includes(n.path.toUpperCase()))?.value ?? null;
  const addresses = inside
    .filter((n) => last(n.path) === 'ADDR' || n.path.toUpperCase() === 'ADDR')
    .map((n) => n.value);
  const levels = new Set(
    inside.flatMap((n) => (/^AppAuth\/[^/]+\//i.test(n.path) ? [n.path.split('/').slice(0, 2).join('/')] : [])),
  );
  const credentials = [...levels].map((level): ManagedCredential => {
    const at = (name: string) =>
      inside.find((n) => n.path.startsWith(`${level}/`) && last(n.path) === name)?.value ?? null;
    return {
      level: at('AAUTHLEVEL') ?? '',
      type: at('AAUTHTYPE'),
      name: at('AAUTHNAME'),
      secret: at('AAUTHSECRET'),
      data: at('AAUTHDATA'),
    };
  });
  const old = (level: string, name: string | null, pw: string, nonce: string): ManagedCredential[] =>
    own(pw) === null ? [] : [{ level, type: own('AUTHPREF'), name, secret: own(pw), data: own(nonce) }];
  const start = Math.min(...inside.map((n) => n.range.start));
  const end = Math.max(...inside.map((n) => n.range.start + n.range.length));
  return {
    serverId: own('SERVERID'),
    name: own('NAME'),
    addresses,
    credentials: [
      ...credentials,
      ...old('SRVCRED', own('SERVERID'), 'SERVERPW', 'SERVERNONCE'),
      ...old('CLCRED', own('USERNAME'), 'CLIENTPW', 'CLIENTNONCE'),
    ],
    range: { start, length: end - start },
  };
}

/** Nodes as rows; what a session would say of itself comes first. */
function details(document: DecodedDocument): Detail[] {
  const out: Detail[] = [];
  for (const e of elementsOf(document)) {
    const label = HEADER[e.name];
    const value = label === undefined ? '' : plainText(e).trim();
    if (label !== undefined && value !== '' && !out.some((d) => d.label === label))
      out.push({ label, value, range: { start: e.start, length: e.length } });
    if (e.name === 'SyncBody') break;
  }
  for (const n of managedNodes(document)) {
    const { path: label, value, range } = n;
    out.push({ label, value, range, ...(n.secret ? { secret: true as const } : {}) });
  }
  return out;
}

const HEADER: Readonly<Record<string, string>> = {
  VerDTD: 'SyncML version',
  VerProto: 'Protocol',
  SessionID: 'Session',
  MsgID: 'Message',
};

const protocol = (document: DecodedDocument): string => {
  for (const e of elementsOf(document)) {
    if (e.name === 'VerProto') return plainText(e).toUpperCase();
    if (e.name === 'SyncBody') break;
  }
  return '';
};

/** A bootstrap sets nodes of the tree; anything else is a message of some session. */
function kindOf(document: DecodedDocument): ContentKind {
  if (managedNodes(document).length > 0) return 'dm-bootstrap';
  return protocol(document).startsWith('DM') ? 'dm-bootstrap' : 'sync-message';
}

function check(document: DecodedDocument, c: Cursor): void {
  if (kindOf(document) !== 'dm-bootstrap') return;
  const nodes = managedNodes(document);
  const { root } = document;
  if (root === null) return;
  if (nodes.length === 0) c.report(SYNCML.noCommand, root.start, Math.min(root.length, 1), 'No node gets a value');
  const body = childrenOf(root, 'SyncBody')[0];
  const odd = body?.children.find((e): e is DocumentElement => e.kind === 'element' && !HARMLESS.has(e.name));
  if (odd !== undefined) c.report(SYNCML.command, odd.start, odd.length, `<${odd.name.slice(0, 40)}> is in the body`);
  for (const a of managedAccounts(nodes)) {
    const lacks = [a.serverId === null ? 'server identifier' : '', a.addresses.length === 0 ? 'address' : ''];
    const what = lacks.filter((l) => l !== '').join(' and ');
    if (what !== '') c.report(SYNCML.noServer, a.range.start, a.range.length, `The account has no ${what}`);
  }
  const secret = nodes.find((n) => n.secret);
  if (secret !== undefined)
    c.report(SYNCML.secret, secret.range.start, secret.range.length, `${secret.path} is sent as it is`);
}

export const SYNCML_MESSAGE: DocumentDecoder = {
  form: 'document',
  kind: 'sync-message',
  mediaTypes: [
    'application/vnd.syncml.dm+wbxml',
    'application/vnd.syncml.dm+xml',
    'application/vnd.syncml+wbxml',
    'application/vnd.syncml+xml',
  ],
  roots: ['SyncML'],
  details,
  kindOf,
  check,
};

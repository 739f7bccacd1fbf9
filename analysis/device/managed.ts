// A management bootstrap that came plain (OMA-TS-DM_Bootstrap-V1_2), read as the provisioning document that says the same:
// each account of the tree as an APPLICATION of APPID w7, by the registration document of w7 read backwards.

import { accountsIn, type ManagedNode, managedNodes } from '../../dissectors/content/dm/syncml.ts';
import type {
  Characteristic,
  DecodedDocument,
  Parm,
  ProvisioningDocument,
  Range,
} from '../../dissectors/content/document.ts';

const at = ({ start, length }: Range): Range => ({ start, length });

const parm = (name: string, n: ManagedNode | undefined, value = n?.value): Parm[] =>
  n === undefined || value === undefined || value === ''
    ? []
    : [{ name, value, valueRange: at(n.range), ...at(n.range) }];

function around(nodes: readonly ManagedNode[]): Range {
  const start = Math.min(...nodes.map((n) => n.range.start));
  return { start, length: Math.max(...nodes.map((n) => n.range.start + n.range.length)) - start };
}

const characteristic = (
  type: string,
  range: Range,
  parms: readonly Parm[],
  inner: readonly Characteristic[] = [],
): Characteristic => ({ type, parms, characteristics: inner, ...at(range) });

/** As CP writes them. */
const LEVELS: Readonly<Record<string, string>> = { SRVCRED: 'APPSRV', '2': 'APPSRV', CLCRED: 'CLIENT', '1': 'CLIENT' };

type Find = (path: string) => ManagedNode | undefined;

/** Nodes that share the first `depth` steps of their path below one name. */
function groups(nodes: readonly ManagedNode[], name: string): (readonly ManagedNode[])[] {
  const out = new Map<string, ManagedNode[]>();
  for (const n of nodes) {
    const [first = '', second, third] = n.path.split('/');
    if (first.toUpperCase() !== name || second === undefined || third === undefined) continue;
    const known = out.get(second);
    if (known === undefined) out.set(second, [n]);
    else known.push(n);
  }
  return [...out.values()];
}

const byEnd =
  (nodes: readonly ManagedNode[]): Find =>
  (end) =>
    nodes.find((n) => n.path.toUpperCase().endsWith(`/${end}`));

function address(nodes: readonly ManagedNode[]): Characteristic {
  const of = byEnd(nodes);
  const number = of('PORTNBR');
  const port = number === undefined ? [] : [characteristic('PORT', number.range, parm('PORTNBR', number))];
  return characteristic('APPADDR', around(nodes), [...parm('ADDR', of('ADDR')), ...addressType(of('ADDRTYPE'))], port);
}

/** A URI needs no ADDRTYPE in CP, which has no word for it. */
const addressType = (n: ManagedNode | undefined): Parm[] =>
  n?.value.toUpperCase() === 'URI' ? [] : parm('ADDRTYPE', n);

function credential(nodes: readonly ManagedNode[]): Characteristic {
  const of = byEnd(nodes);
  const level = of('AAUTHLEVEL');
  return characteristic('APPAUTH', around(nodes), [
    ...parm('AAUTHLEVEL', level, LEVELS[level?.value.toUpperCase() ?? ''] ?? level?.value),
    ...parm('AAUTHTYPE', of('AAUTHTYPE')),
    ...parm('AAUTHNAME', of('AAUTHNAME')),
    ...parm('AAUTHSECRET', of('AAUTHSECRET')),
    ...parm('AAUTHDATA', of('AAUTHDATA')),
  ]);
}

/** DM 1.1 has what DM 1.2 keeps in groups directly in the account. */
function olderCredentials(own: Find): Characteristic[] {
  const one = (level: string, name: string, secret: string, nonce: string): Characteristic[] => {
    const pw = own(secret);
    if (pw === undefined) return [];
    return [
      characteristic('APPAUTH', pw.range, [
        { name: 'AAUTHLEVEL', value: level, valueRange: { start: pw.range.start, length: 0 }, ...at(pw.range) },
        ...parm('AAUTHTYPE', own('AUTHPREF')),
        ...parm('AAUTHNAME', own(name)),
        ...parm('AAUTHSECRET', pw),
        ...parm('AAUTHDATA', own(nonce)),
      ]),
    ];
  };
  return [
    ...one('APPSRV', 'SERVERID', 'SERVERPW', 'SERVERNONCE'),
    ...one('CLIENT', 'USERNAME', 'CLIENTPW', 'CLIENTNONCE'),
  ];
}

function account(nodes: readonly ManagedNode[]): Characteristic {
  const whole = around(nodes);
  const own: Find = (name) => nodes.find((n) => n.path.toUpperCase() === name);
  const made: Parm = { name: 'APPID', value: 'w7', valueRange: { start: whole.start, length: 0 }, ...at(whole) };
  const refs = nodes.filter((n) => /(?:^|\/)(?:Pref)?ConRef$/i.test(n.path));
  const [old, oldPort] = [own('ADDR'), own('PORTNBR')];
  const port = oldPort === undefined ? [] : [characteristic('PORT', oldPort.range, parm('PORTNBR', oldPort))];
  return characteristic(
    'APPLICATION',
    whole,
    [
      ...(own('APPID') === undefined ? [made] : parm('APPID', own('APPID'))),
      ...parm('PROVIDER-ID', own('SERVERID')),
      ...parm('NAME', own('NAME')),
      ...refs.flatMap((r) => parm('TO-NAPID', r)),
    ],
    [
      ...groups(nodes, 'APPADDR').map(address),
      ...(old === undefined
        ? []
        : [characteristic('APPADDR', old.range, [...parm('ADDR', old), ...addressType(own('ADDRTYPE'))], port)]),
      ...groups(nodes, 'APPAUTH').map(credential),
      ...olderCredentials(own),
    ],
  );
}

export interface Managed {
  readonly document: ProvisioningDocument;
  /** Nodes that belong to no account: they are set as well, and nobody here follows them. */
  readonly others: number;
}

/** Null where it is no message that sets nodes. Ranges are those of the commands that said it. */
export function managedSettings(document: DecodedDocument | null): Managed | null {
  if (document?.root?.name !== 'SyncML') return null;
  const nodes = managedNodes(document);
  if (nodes.length === 0) return null;
  const accounts = accountsIn(nodes);
  const inside = accounts.reduce((n, a) => n + a.length, 0);
  return { document: { version: null, characteristics: accounts.map(account) }, others: nodes.length - inside };
}

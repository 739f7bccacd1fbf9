// Which nodes of the device management tree are secrets (OMA-TS-DM_StdObj: DMAcc; OMA-TS-ConnMO: NAP and proxy), and
// how an item of a command names its node.

import type { TreeElement } from '../tree.ts';

const SECRETS: ReadonlySet<string> = new Set(
  (
    'AAUTHSECRET AAUTHDATA SERVERPW SERVERNONCE CLIENTPW CLIENTNONCE AUTHSECRET AUTHPW PASSWORD SECRET PSK PXAUTHPW ' +
    'WEPKEY'
  ).split(' '),
);

/** Is the value of this node a password, key or nonce? By its last segment, in any case. */
export const isSecretNode = (path: string): boolean => SECRETS.has((path.split('/').at(-1) ?? '').toUpperCase());

const child = (e: TreeElement, name: string): TreeElement | undefined =>
  e.children.find((c): c is TreeElement => c.kind === 'element' && c.name === name);

/** The text directly in an element. */
export const plainText = (e: TreeElement): string => e.children.map((c) => (c.kind === 'text' ? c.text : '')).join('');

/** The node that an item is for; null where it names none. */
export function nodeOf(item: TreeElement): string | null {
  const target = child(item, 'Target') ?? child(item, 'Source');
  const uri = target === undefined ? undefined : child(target, 'LocURI');
  return uri === undefined ? null : plainText(uri).trim();
}

/** Are the data of this item the value of a secret node? */
export function isSecretItem(item: TreeElement): boolean {
  if (item.name === 'Node') {
    const name = child(item, 'NodeName');
    return name !== undefined && isSecretNode(plainText(name));
  }
  const node = item.name === 'Item' ? nodeOf(item) : null;
  return node !== null && isSecretNode(node);
}

/** Elements whose text is a key or a nonce wherever they stand: of SyncML, of rights objects. */
const SECRET_ELEMENTS: ReadonlySet<string> = new Set(['NextNonce', 'ds:KeyValue', 'KeyValue', 'xenc:CipherValue']);

/**
 * Is text of the innermost of these open elements, outermost first, a secret? Credentials of a message, keys, and the
 * value of a node that is one.
 */
export function isSecretText(open: readonly TreeElement[]): boolean {
  const top = open.at(-1);
  const around = open.at(-2);
  if (top === undefined) return false;
  if (SECRET_ELEMENTS.has(top.name) || open.some((e) => e.name === 'Cred')) return true;
  if (around === undefined) return false;
  return (top.name === 'Data' || top.name === 'Value') && isSecretItem(around);
}

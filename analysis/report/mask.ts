// Secrets of a document: found by the name of their parm, replaced wherever they would show.

import { isSecretText } from '../../dissectors/content/dm/names.ts';
import type { DocumentElement, DocumentNode } from '../../dissectors/content/document.ts';
import { isSecretParm } from '../../dissectors/content/provisioning/secrets.ts';

/** Says nothing about the value, not even its length. */
export const MASK = '***';

/** Shorter values are left alone in free text: they are part of ordinary words. */
const SHORTEST = 4;

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Elements whose text is a secret: credentials of Nokia's synchronisation settings. */
const SECRET_TEXT: ReadonlySet<string> = new Set(['Cred']);

/**
 * Is this element a setting whose value must not be shown? A value whose name is missing may be one: it counts as
 * secret, as it does in the trees of the decoders.
 */
export function isSecretElement(e: DocumentElement): boolean {
  if (!sameName(e.name, 'parm')) return false;
  const name = e.attributes.find((a) => sameName(a.name, 'name'))?.value ?? null;
  return name === null || isSecretParm(name);
}

/** Is text in this child, or below it, a secret because of where it stands? */
export const holdsSecretText = (around: DocumentElement, child: DocumentNode): boolean =>
  SECRET_TEXT.has(around.name) || (child.kind === 'element' && isSecretText([around, child]));

/** Passwords in a URL's authority (RFC 3986 3.2.1), the deprecated 'user:password@' form. */
const USERINFO = /(\/\/[^/@:\s]*:)[^/@\s]+(?=@)/g;

/** A value that is no secret by its name, without the password it may carry in a URL. */
export const withoutUserinfo = (text: string): string =>
  text.includes('//') && text.includes('@') ? text.replace(USERINFO, `$1${MASK}`) : text;

/** More secrets than this are not looked for within other values. */
const FEW = 64;

/** Values to hide in free text about the document, longest first; not those that it shows elsewhere, too. */
export function secretsOf(root: DocumentElement | null): string[] {
  const secrets = new Set<string>();
  if (root !== null) eachValue(root, (value, secret) => secret && secrets.add(value));
  // Most documents have none.
  if (root === null || secrets.size === 0) return [];
  const shown = new Set<string>();
  eachValue(root, (value, secret) => secret || shown.add(value));
  const kept = [...secrets].filter((s) => s.length >= SHORTEST && !shown.has(s));
  const hidden = kept.length > FEW ? kept : kept.filter((s) => [...shown].every((v) => !v.includes(s)));
  return hidden.sort((a, b) => b.length - a.length);
}

/** Hides every secret in a sentence. */
export function scrub(text: string, secrets: readonly string[]): string {
  let out = text;
  for (const s of secrets) if (out.includes(s)) out = out.split(s).join(MASK);
  return withoutUserinfo(out);
}

/** Every value of the tree and every text in it. */
function eachValue(e: DocumentElement, see: (value: string, secret: boolean) => unknown, inside = false): void {
  const secret = isSecretElement(e);
  for (const a of e.attributes) if (a.value !== null) see(a.value, secret && !sameName(a.name, 'name'));
  for (const c of e.children) {
    const below = inside || holdsSecretText(e, c);
    if (c.kind === 'element') eachValue(c, see, below);
    else see(c.text, below);
  }
}

/** The same tree with other values; ranges stay. `change` is told whether the value is a secret. */
export function mapValues(
  e: DocumentElement,
  change: (value: string, secret: boolean) => string,
  inside = false,
): DocumentElement {
  const secret = isSecretElement(e);
  return {
    ...e,
    attributes: e.attributes.map((a) =>
      a.value === null ? a : { ...a, value: change(a.value, secret && !sameName(a.name, 'name')) },
    ),
    children: e.children.map((c: DocumentNode) => {
      const below = inside || holdsSecretText(e, c);
      return c.kind === 'element' ? mapValues(c, change, below) : { ...c, text: change(c.text, below) };
    }),
  };
}

export const maskValue = (value: string, secret: boolean): string => (secret ? MASK : withoutUserinfo(value));

/** The same tree with secrets masked. */
export const maskTree = (e: DocumentElement): DocumentElement => mapValues(e, maskValue);

// Secrets of a document: found by the name of their parm, replaced wherever they would show.

import type { DocumentElement, DocumentNode } from '../../dissectors/content/document.ts';
import { isSecretParm } from '../../dissectors/content/provisioning/secrets.ts';

/** Says nothing about the value, not even its length. */
export const MASK = '***';

/** Shorter values are left alone in free text: they are part of ordinary words. */
const SHORTEST = 4;

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The name that a parm gives itself: `name` of OMA Client Provisioning, `NAME` of the older OTA settings. */
const parmName = (e: DocumentElement): string | null =>
  e.attributes.find((a) => sameName(a.name, 'name'))?.value ?? null;

/** Is this element a setting whose value must not be shown? */
export function isSecretElement(e: DocumentElement): boolean {
  const name = parmName(e);
  return name !== null && sameName(e.name, 'parm') && isSecretParm(name);
}

/** Passwords in a URL's authority (RFC 3986 3.2.1), the deprecated 'user:password@' form. */
const USERINFO = /(\/\/[^/@:\s]*:)[^/@\s]+(?=@)/g;

/** A value that is no secret by its name, without the password it may carry in a URL. */
export const withoutUserinfo = (text: string): string => text.replace(USERINFO, `$1${MASK}`);

/** Values to hide in free text about the document, longest first. */
export function secretsOf(root: DocumentElement | null): string[] {
  const out = new Set<string>();
  const walk = (e: DocumentElement): void => {
    if (isSecretElement(e)) {
      for (const a of e.attributes) if (!sameName(a.name, 'name') && a.value !== null) out.add(a.value);
    }
    for (const c of e.children) if (c.kind === 'element') walk(c);
  };
  if (root !== null) walk(root);
  return [...out].filter((s) => s.length >= SHORTEST).sort((a, b) => b.length - a.length);
}

/** Hides every secret in a sentence. */
export function scrub(text: string, secrets: readonly string[]): string {
  let out = text;
  for (const s of secrets) if (out.includes(s)) out = out.split(s).join(MASK);
  return withoutUserinfo(out);
}

/** The same tree with other values; ranges stay. `change` is told whether the value is a secret. */
export function mapValues(e: DocumentElement, change: (value: string, secret: boolean) => string): DocumentElement {
  const secret = isSecretElement(e);
  return {
    ...e,
    attributes: e.attributes.map((a) =>
      a.value === null ? a : { ...a, value: change(a.value, secret && !sameName(a.name, 'name')) },
    ),
    children: e.children.map((c: DocumentNode) =>
      c.kind === 'element' ? mapValues(c, change) : { ...c, text: change(c.text, false) },
    ),
  };
}

export const maskValue = (value: string, secret: boolean): string => (secret ? MASK : withoutUserinfo(value));

/** The same tree with secrets masked. */
export const maskTree = (e: DocumentElement): DocumentElement => mapValues(e, maskValue);

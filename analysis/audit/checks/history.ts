// What a document does to what the same phone got before.

import { type AuditEvidence, type Book, inBody, inPush } from '../book.ts';
import { type AuditMessage, isProtectable, isSettings, type MethodName, methodOf, proofOf } from '../message.ts';
import type { AuditRule, AuditSeverity } from '../rule.ts';
import { AUTHENTICATION as A } from '../rules/authentication.ts';
import { EXPOSURE as E } from '../rules/exposure.ts';
import { TAKEOVER as T } from '../rules/takeover.ts';
import { ROLE_NAME, type Role, type Stake, type Target } from '../targets.ts';
import { list, nameOf, short } from '../words.ts';

const RULE: Partial<Readonly<Record<Role, AuditRule>>> = {
  proxy: T.proxy,
  mmsc: T.mmsc,
  mail: T.mail,
  dm: T.dm,
  ds: T.ds,
  home: T.home,
  apn: T.apn,
  dns: T.dns,
  supl: T.supl,
};

/** Protection in words' order: what is stronger stands later. */
const STRENGTH: Readonly<Record<MethodName, number>> = { USERPIN: 1, USERPINMAC: 1, NETWPIN: 2, USERNETWPIN: 3 };

interface Before {
  readonly sites: ReadonlySet<string>;
  readonly names: readonly string[];
  readonly secure: boolean;
  readonly from: string | null;
  readonly evidence: AuditEvidence;
}

interface Phone {
  /** By role, those of connections by what goes over them as well. */
  readonly roles: Map<string, Before>;
  /** Names that NETWPIN settings gave, and what they stood for. */
  readonly names: Map<string, string>;
  /** The strongest method of settings that were not found wrong. */
  method: MethodName | null;
  methodEvidence: AuditEvidence | null;
  proxyAuth: AuditEvidence | null;
}

export interface History {
  check(m: AuditMessage, stake: Stake): void;
  /** Phones that were not followed. */
  readonly over: number;
}

const MOST_PHONES = 50_000;
const MOST_NAMES = 64;

export function createHistory(book: Book, most = MOST_PHONES): History {
  const phones = new Map<string, Phone>();
  let over = 0;

  const phoneOf = (to: string): Phone | null => {
    const known = phones.get(to);
    if (known !== undefined) return known;
    if (phones.size >= most) {
      over += 1;
      return null;
    }
    const fresh: Phone = { roles: new Map(), names: new Map(), method: null, methodEvidence: null, proxyAuth: null };
    phones.set(to, fresh);
    return fresh;
  };

  return {
    check(m, stake) {
      if (m.to === null) return;
      const phone = phoneOf(m.to);
      if (phone === null) return;
      if (isProtectable(m)) methods(m, phone, stake, book);
      places(m, phone, stake, book);
    },
    get over() {
      return over;
    },
  };
}

function methods(m: AuditMessage, phone: Phone, stake: Stake, book: Book): void {
  const proof = proofOf(m);
  const method = proof === 'none' ? null : methodOf(m);
  const now = inPush(m, m.push?.macRange ?? m.push?.typeRange ?? null, 'this message');
  if (phone.method !== null && phone.methodEvidence !== null) {
    const evidence = [now, phone.methodEvidence];
    if (method === null && proof === 'none') {
      book.tell(A.downgrade, m, {
        text: `The phone got settings protected by ${phone.method} before; these have no protection.`,
        evidence,
      });
    } else if (method !== null && STRENGTH[method] < STRENGTH[phone.method]) {
      book.tell(A.weakerMethod, m, {
        text: `The phone got settings by ${phone.method} before, and by ${method} now.`,
        evidence,
      });
    }
  }
  const strong = method === 'NETWPIN' || method === 'USERNETWPIN';
  if (!strong) override(m, phone, stake, book);
  if (method === null || proof === 'wrong' || proof === 'none') return;
  if (phone.method === null || STRENGTH[method] >= STRENGTH[phone.method]) {
    phone.method = method;
    phone.methodEvidence = inPush(m, m.push?.macRange ?? null, `the message protected by ${method}`);
  }
  if (!strong) return;
  for (const [name, stands] of stake.names) if (phone.names.size < MOST_NAMES) phone.names.set(name, stands);
}

function override(m: AuditMessage, phone: Phone, stake: Stake, book: Book): void {
  const again = [...stake.names].filter(([name, stands]) => {
    const before = phone.names.get(name);
    return before !== undefined && before !== stands;
  });
  if (again.length === 0) return;
  const names = list(again.slice(0, 3).map(([name]) => short(name)));
  const text = `The document redefines ${names}, which NETWPIN settings defined before.`;
  book.tell(T.contextOverride, m, { text, evidence: [inBody(m, null, 'the document')] });
}

/** The rule's severity, or what is left of it where the sender may well be the one before. */
function severityOf(m: AuditMessage, before: Before, rule: AuditRule): AuditSeverity {
  const proof = proofOf(m);
  const same = m.from !== null && m.from.name === before.from;
  if (!isSettings(m)) return 'medium';
  if (proof === 'proven') return same ? 'info' : 'low';
  // A PIN that came by text is no word of whoever was there before.
  if (proof === 'unchecked' && m.verdict === 'valid' && !same) return rule.severity;
  if (proof === 'unchecked') return same ? 'low' : 'medium';
  return rule.severity;
}

/** MMS has a proxy and an access point of its own more often than not: that is no other place for the browser's. */
const OF_CONNECTIONS: ReadonlySet<Role> = new Set<Role>(['proxy', 'apn', 'dns']);

function keysOf(role: Role, byRole: ReadonlyMap<Role, unknown>): readonly string[] {
  if (!OF_CONNECTIONS.has(role) || !byRole.has('mmsc')) return [role];
  return byRole.has('home') || byRole.has('mail') ? [role, `${role} for MMS`] : [`${role} for MMS`];
}

function places(m: AuditMessage, phone: Phone, stake: Stake, book: Book): void {
  const byRole = new Map<Role, Target[]>();
  for (const t of stake.targets) {
    if (RULE[t.role] === undefined) continue;
    const same = byRole.get(t.role);
    if (same === undefined) byRole.set(t.role, [t]);
    else same.push(t);
  }
  for (const [role, targets] of byRole) {
    const sites = new Set(targets.map((t) => t.place.host?.site ?? t.value.toLowerCase()));
    const names = [...new Set(targets.map(nameOf))].slice(0, 3);
    const keys = keysOf(role, byRole);
    const held = keys.flatMap((key) => phone.roles.get(key) ?? []);
    const elsewhere = (b: Before): boolean => ![...sites].some((s) => b.sites.has(s));
    const before = held.find(elsewhere) ?? held[0];
    const rule = RULE[role];
    const [first] = targets;
    if (first === undefined || rule === undefined) continue;
    const secure = targets.some((t) => t.secure === true);
    if (before !== undefined) {
      const evidence = [inBody(m, first.range, `the new ${ROLE_NAME[role]}`), before.evidence];
      if (elsewhere(before)) {
        const text = `The ${ROLE_NAME[role]} was ${list(before.names)} and becomes ${list(names)}.`;
        book.tell(rule, m, { severity: severityOf(m, before, rule), text, evidence });
      }
      if (before.secure && !secure && targets.some((t) => t.secure === false)) {
        const text = `The ${ROLE_NAME[role]} was reached encrypted at ${list(before.names)}, now in clear at ${list(names)}.`;
        book.tell(E.httpsToHttp, m, { text, evidence });
      }
    }
    const evidence = inBody(m, first.range, `the ${ROLE_NAME[role]} before`);
    for (const key of keys) phone.roles.set(key, { sites, names, secure, from: m.from?.name ?? null, evidence });
  }
  if (!byRole.has('proxy')) return;
  if (phone.proxyAuth !== null && !stake.proxyAuth) {
    const text = 'The phone had to sign in at its proxy before; this document sets a proxy without.';
    book.tell(E.proxyAuth, m, {
      ...(proofOf(m) === 'proven' ? { severity: 'low' as const } : {}),
      text,
      evidence: [inBody(m, null, 'the document'), phone.proxyAuth],
    });
  }
  phone.proxyAuth = stake.proxyAuth ? inBody(m, null, 'the proxy with a user name') : null;
}

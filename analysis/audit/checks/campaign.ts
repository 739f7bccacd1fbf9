// What only many messages tell: MACs that come again, names that imitate each other, one sender and many phones.

import { type AuditEvidence, type Book, inBody, inPush } from '../book.ts';
import { type Known, NOTHING_KNOWN } from '../known.ts';
import { inLetters, skeletonOf } from '../lookalike.ts';
import { type AuditMessage, isProtectable, methodOf, proofOf } from '../message.ts';
import { AUTHENTICATION as A } from '../rules/authentication.ts';
import { EXPOSURE as E } from '../rules/exposure.ts';
import { TRANSPORT as X } from '../rules/transport.ts';
import { ROLE_NAME, type Stake } from '../targets.ts';
import { short, span } from '../words.ts';

const MOST_KEPT = 50_000;
const MOST_SITES = 5_000;
/** Phones of one sender that make a campaign, and senders of one document. */
const MANY_PHONES = 5;
const MANY_SENDERS = 3;
const MANY_MACS = 3;

interface Signed {
  readonly content: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly time: number;
  readonly evidence: AuditEvidence;
}

interface Unproven {
  readonly phones: Set<string>;
  readonly first: AuditEvidence[];
}

interface Site {
  readonly site: string;
  readonly proven: boolean;
  readonly message: AuditMessage;
  readonly evidence: AuditEvidence;
  readonly what: string;
}

export interface Campaign {
  check(m: AuditMessage, stake: Stake | null): void;
  end(): void;
  readonly over: number;
}

export function createCampaign(book: Book, most = MOST_KEPT, ours: Known = NOTHING_KNOWN): Campaign {
  const macs = new Map<string, Signed>();
  const tries = new Map<string, Set<string>>();
  const senders = new Map<string, Unproven>();
  const documents = new Map<string, Unproven>();
  const sites = new Map<string, Site>();
  const ownSkeletons = new Map(ours.names.map((n) => [skeletonOf(n), n]));
  let over = 0;

  /** The entry of a bounded table; null where there is no room. */
  function entry<V>(table: Map<string, V>, key: string, make: () => V): V | null {
    const known = table.get(key);
    if (known !== undefined) return known;
    if (table.size >= most) {
      over += 1;
      return null;
    }
    const fresh = make();
    table.set(key, fresh);
    return fresh;
  }

  function again(m: AuditMessage, mac: string, content: string): void {
    const own = inPush(m, m.push?.macRange ?? null, 'the MAC again');
    const mine: Signed = {
      content,
      from: m.from?.name ?? null,
      to: m.to,
      time: m.time,
      evidence: inPush(m, m.push?.macRange ?? null, 'the MAC at first'),
    };
    const before = entry(macs, mac, () => mine);
    if (before === null || before === mine) return;
    const evidence = [own, before.evidence];
    const later = Number.isNaN(m.time - before.time) ? 'later' : `${span(m.time - before.time)} later`;
    if (before.content !== content) {
      book.tell(A.macCopied, m, {
        text: `The MAC of another document stands over this one, ${later}.`,
        key: 'copied',
        evidence,
      });
    } else if (before.from !== mine.from && before.from !== null && mine.from !== null) {
      const text = `A document of ${short(before.from)} came again from ${short(mine.from)} with the same MAC.`;
      book.tell(A.macOtherSender, m, { text, evidence });
    } else if (before.to !== null && m.to !== null && before.to !== m.to) {
      const network = methodOf(m) === 'NETWPIN' || methodOf(m) === 'USERNETWPIN';
      const text = network
        ? `The same ${methodOf(m)} MAC went to more than one subscriber.`
        : 'The same document with the same MAC went to more than one subscriber.';
      book.tell(network ? A.netwPinShared : A.pinShared, m, { text, evidence });
    } else if (before.to !== null && before.to === m.to) {
      book.tell(A.replay, m, {
        text: `The same message came to the same phone again ${later}.`,
        key: 'again',
        evidence,
      });
    }
  }

  function tried(m: AuditMessage, mac: string, content: string): void {
    if (m.to === null) return;
    const set = entry(tries, `${m.to}\n${content}`, () => new Set<string>());
    if (set === null || set.size >= 64) return;
    const size = set.size;
    set.add(mac);
    if (set.size > size && set.size >= MANY_MACS) {
      const text = 'The same document came to the same phone with three or more different MACs.';
      book.tell(A.macVariants, m, { text, evidence: [inPush(m, m.push?.macRange ?? null, `MAC number ${set.size}`)] });
    }
  }

  function unproven(m: AuditMessage): void {
    const proof = proofOf(m);
    if (m.push === null || (proof !== 'none' && proof !== 'wrong')) return;
    if (m.otherDerivation !== null) return;
    const whole = inPush(m, null, 'one of the messages');
    const fresh = (): Unproven => ({ phones: new Set(), first: [] });
    if (m.from !== null && m.to !== null) {
      const s = entry(senders, m.from.name, fresh);
      if (s !== null && reaches(s, m.to, whole, MANY_PHONES)) {
        const text = `${short(m.from.name)} sends settings that nothing proves to ${MANY_PHONES} phones or more.`;
        book.tell(X.manyVictims, m, { text, evidence: s.first.splice(0) });
      }
    }
    if (m.from !== null && m.content !== null) {
      const d = entry(documents, m.content, fresh);
      if (d !== null && reaches(d, m.from.name, whole, MANY_SENDERS)) {
        const text = `One document that nothing proves comes from ${MANY_SENDERS} senders or more.`;
        book.tell(X.rotatingSenders, { ...m, from: null }, { text, key: m.content, evidence: d.first.splice(0) });
      }
    }
  }

  /** Adds one more; true once there are many. What came until then is evidence of the first telling. */
  function reaches(u: Unproven, who: string, own: AuditEvidence, many: number): boolean {
    if (u.phones.size < many) u.phones.add(who);
    if (u.first.length < 12) u.first.push(own);
    return u.phones.size >= many;
  }

  function remember(m: AuditMessage, stake: Stake): void {
    const proven = proofOf(m) === 'proven';
    for (const t of stake.targets) {
      const { host } = t.place;
      if (host === null || host.ip !== null || t.role === 'apn' || !host.name.includes('.')) continue;
      const known = sites.get(host.name);
      if (known !== undefined && (known.proven || !proven)) continue;
      if (known === undefined && sites.size >= MOST_SITES) {
        over += 1;
        continue;
      }
      const what = ROLE_NAME[t.role];
      sites.set(host.name, { site: host.site, proven, message: m, evidence: inBody(m, t.range, what), what });
    }
  }

  /** Names beside each other: equal to the eye, or a known site written in front of a stranger's. */
  function imitations(): void {
    const bySkeleton = new Map<string, Site>();
    const known = new Map<string, Site>();
    for (const s of sites.values()) {
      if (!known.has(s.site)) known.set(s.site, s);
    }
    for (const s of known.values()) {
      const skeleton = skeletonOf(s.site);
      const other = bySkeleton.get(skeleton);
      if (other === undefined) {
        bySkeleton.set(skeleton, s);
        continue;
      }
      const [real, imitation] = s.proven && !other.proven ? [s, other] : [other, s];
      const text = `The name ${short(inLetters(imitation.site))} looks like ${short(inLetters(real.site))}, which other settings here use.`;
      const evidence = [imitation.evidence, real.evidence];
      book.tell(E.lookAlike, imitation.message, {
        ...(imitation.proven ? { severity: 'low' as const } : {}),
        text,
        evidence,
      });
    }
    for (const s of known.values()) {
      if (ours.server(s.site)) continue;
      const real = ownSkeletons.get(skeletonOf(s.site));
      if (real === undefined || real === s.site || known.has(real)) continue;
      const text = `The name ${short(inLetters(s.site))} looks like ${short(real)}, which is named as your own.`;
      book.tell(E.lookAlike, s.message, { text, evidence: [s.evidence] });
    }
    for (const [name, s] of sites) {
      const front = name.slice(0, Math.max(0, name.length - s.site.length - 1)).split('.');
      for (let i = 0; i + 1 < front.length; i += 1) {
        const real = known.get(front.slice(i, i + 2).join('.'));
        if (real === undefined || real.site === s.site) continue;
        const text = `The name ${short(name)} begins with ${real.site}, which other settings here use, and belongs to ${s.site}.`;
        book.tell(E.lookAlike, s.message, { text, evidence: [s.evidence, real.evidence] });
      }
    }
  }

  return {
    check(m, stake) {
      if (stake !== null) remember(m, stake);
      if (isProtectable(m) && m.content !== null && m.state === 'complete') {
        const mac = m.push?.mac?.toUpperCase() ?? null;
        if (mac !== null && mac.length >= 40) {
          again(m, mac, m.content);
          tried(m, mac, m.content);
        }
        unproven(m);
      } else if (m.kind === 'ota-settings') unproven({ ...m, verdict: 'unprotected' });
    },
    end: imitations,
    get over() {
      return over;
    },
  };
}

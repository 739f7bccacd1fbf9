// What one document takes over and exposes, whatever came before it.

import type { Range } from '../../../dissectors/content/document.ts';
import { type Book, inBody, inPush } from '../book.ts';
import { countriesOf, countriesOfOperatorName, countryName, countryOfDomain } from '../countries.ts';
import { leadsToProgram, placeOf } from '../hosts.ts';
import { imitationIn } from '../lookalike.ts';
import { type AuditMessage, isSettings, proofOf } from '../message.ts';
import type { AuditSeverity } from '../rule.ts';
import { EXPOSURE as E } from '../rules/exposure.ts';
import { TAKEOVER as T } from '../rules/takeover.ts';
import { TRANSPORT as X } from '../rules/transport.ts';
import { ROLE_NAME, type Role, type Stake, type Target } from '../targets.ts';
import { list, nameOf, short } from '../words.ts';

/** The rule's own severity where nothing speaks for the message; what is left where a MAC may or does. */
function by(m: AuditMessage, unchecked: AuditSeverity, proven: AuditSeverity): { severity?: AuditSeverity } {
  const proof = proofOf(m);
  return proof === 'proven' ? { severity: proven } : proof === 'unchecked' ? { severity: unchecked } : {};
}

export function checkContent(m: AuditMessage, stake: Stake, book: Book): void {
  accounts(m, stake, book);
  servers(m, stake, book);
  const { credentials } = stake;
  for (const of of ['account', 'access'] as const) {
    const mine = credentials.filter((c) => c.of === of);
    if (mine.length === 0) continue;
    book.tell(E.credentials, m, {
      ...(of === 'access' ? { severity: 'low' as const } : {}),
      text:
        of === 'access'
          ? 'The password of the access point or proxy is readable in the document.'
          : 'Passwords of accounts or networks are readable in the document.',
      evidence: mine.map((c) => inBody(m, c.range, c.parm)),
    });
  }
  for (const o of stake.odd) {
    book.tell(E.oddText, m, { text: `${short(o.parm)} ${o.what}.`, evidence: [inBody(m, o.range, o.parm)] });
  }
}

function accounts(m: AuditMessage, stake: Stake, book: Book): void {
  const proof = proofOf(m);
  const dm = stake.targets.filter((t) => t.role === 'dm');
  if (dm.length > 0) {
    const where = list([...new Set(dm.map(nameOf))].slice(0, 3));
    const evidence = dm.map((t) => inBody(m, t.range, 'the server'));
    if (proof === 'none') {
      const text = `Nothing proves who sends this account for the management server ${where}.`;
      book.tell(T.dmUnprotected, m, { text, evidence });
    } else {
      const text = `The document sets up the management server ${where}.`;
      book.tell(T.dmAccount, m, { ...by(m, 'medium', 'low'), text, evidence });
    }
    const clear = dm.filter((t) => t.secure === false);
    if (clear.length > 0) {
      const text = `The management server ${list([...new Set(clear.map(nameOf))].slice(0, 3))} is reached by http.`;
      const found = clear.map((t) => inBody(m, t.range, 'the address'));
      book.tell(T.dmClear, m, { ...by(m, 'medium', 'medium'), text, evidence: found });
    }
  }
  if (stake.trust.length > 0) {
    book.tell(T.trust, m, {
      ...by(m, m.push?.sec === 0 || m.push?.sec === 2 ? 'low' : 'medium', 'low'),
      text: `The document holds ${list([...new Set(stake.trust.map((t) => t.what))])}.`,
      evidence: stake.trust.map((t) => inBody(m, t.range, t.what)),
    });
  }
  const all = (ranges: readonly Range[], what: string) => ranges.map((r) => inBody(m, r, what));
  if (stake.contextAllow !== null) {
    const text = `CONTEXT-ALLOW is ${short(stake.contextAllow.value)}.`;
    book.tell(T.contextAllow, m, {
      ...by(m, 'low', 'info'),
      text,
      evidence: all([stake.contextAllow.range], 'CONTEXT-ALLOW'),
    });
  }
  if (stake.certificates.length > 0) {
    const evidence = all(stake.certificates, 'the certificate');
    book.tell(T.certificate, m, {
      ...by(m, 'medium', 'low'),
      text: 'The document puts a certificate into the phone.',
      evidence,
    });
  }
  if (stake.control.length > 0) {
    book.tell(T.control, m, {
      text: `The document holds ${list([...new Set(stake.control.map((c) => short(c.type)))])}.`,
      evidence: stake.control.map((c) => inBody(m, c.range, c.type)),
    });
  }
  if (stake.wlan.length > 0) {
    const evidence = all(stake.wlan, 'the network');
    book.tell(T.wlan, m, {
      ...by(m, 'low', 'low'),
      text: 'The document makes the phone join a wireless network.',
      evidence,
    });
  }
  const dns = stake.targets.filter((t) => t.role === 'dns');
  if (dns.length > 0) {
    book.tell(T.dnsSet, m, {
      ...by(m, 'low', 'info'),
      text: `The document sets the name servers ${list([...new Set(dns.map(nameOf))].slice(0, 4))}.`,
      evidence: dns.map((t) => inBody(m, t.range, 'DNS-ADDR')),
    });
  }
}

/** Roles whose servers people expect to be reached over the open network. */
const NAMED: ReadonlySet<Role> = new Set(['home', 'mmsc', 'dm', 'ds', 'mail', 'supl', 'provisioning']);

function servers(m: AuditMessage, stake: Stake, book: Book): void {
  const subscriber = countriesOf({ imsi: m.sightings[0]?.imsi ?? m.imsi, number: m.to });
  for (const t of stake.targets) {
    const evidence = [inBody(m, t.range, ROLE_NAME[t.role])];
    const { host } = t.place;
    address(m, t, evidence, book);
    if (t.role === 'mail' && t.secure === false) {
      book.tell(E.noTls, m, {
        ...by(m, 'low', 'low'),
        text: `The mail server ${nameOf(t)} is used in clear.`,
        evidence,
      });
    }
    if (host === null || t.role === 'apn') continue;
    if (host.reach === 'local') {
      const text = `The ${ROLE_NAME[t.role]} is ${host.name}, which is the phone itself or its link.`;
      book.tell(E.localAddress, m, { ...by(m, 'medium', 'low'), text, evidence });
    } else if (host.reach === 'private') {
      book.tell(E.privateAddress, m, {
        text: `The ${ROLE_NAME[t.role]} is ${host.name}, in a private network.`,
        evidence,
      });
    } else if (host.ip !== null && NAMED.has(t.role)) {
      const text = `The ${ROLE_NAME[t.role]} is the bare address ${host.name}.`;
      book.tell(E.rawAddress, m, { ...by(m, 'low', 'info'), text, evidence });
    }
    country(m, t, subscriber, evidence, book);
  }
}

/** What the text of an address gives away by itself. */
function address(m: AuditMessage, t: Target, evidence: ReturnType<typeof inBody>[], book: Book): void {
  const { place } = t;
  if (place.userinfo) {
    const text = `The address of the ${ROLE_NAME[t.role]} hides ${place.host?.name ?? 'its host'} behind an @.`;
    book.tell(E.userinfo, m, { ...by(m, 'medium', 'low'), text, evidence });
  }
  const page = t.role === 'home' || t.role === 'mmsc' || t.role === 'other';
  if (page && place.scheme !== null && place.host === null && t.role !== 'other') {
    book.tell(E.scheme, m, { text: `The ${ROLE_NAME[t.role]} has the scheme ${short(place.scheme)}.`, evidence });
  }
  const why = place.host === null ? null : imitationIn(place.host.name);
  if (why !== null) book.tell(E.lookAlike, m, { text: `In the ${ROLE_NAME[t.role]} ${why}.`, evidence });
}

function country(
  m: AuditMessage,
  t: Target,
  subscriber: readonly string[],
  evidence: ReturnType<typeof inBody>[],
  book: Book,
): void {
  const { host } = t.place;
  if (host === null || subscriber.length === 0 || host.ip !== null) return;
  const domain = countryOfDomain(host.tld);
  const named = domain === null ? countriesOfOperatorName(host.name) : [domain];
  if (named.length === 0 || named.some((c) => subscriber.includes(c))) return;
  const of = countryName(named[0] ?? '');
  const home = countryName(subscriber[0] ?? '');
  const text = `The ${ROLE_NAME[t.role]} ${short(host.name)} belongs to ${of}, the subscriber to ${home}.`;
  book.tell(E.foreignHost, m, { ...by(m, 'low', 'info'), text, evidence });
}

/** Pushes that are no settings: what they make the phone open. */
export function checkLinks(m: AuditMessage, book: Book): void {
  if (m.kind !== 'service-indication' && m.kind !== 'service-loading') return;
  const action = m.details.find((d) => d.label === 'Action')?.value ?? '';
  for (const d of m.details) {
    if (d.label !== 'Address' || d.value === '') continue;
    const place = placeOf(d.value);
    const evidence = [inBody(m, d.range, 'the address')];
    const where = place.host?.name ?? short(place.scheme ?? d.value);
    const imitation = place.host === null ? null : imitationIn(place.host.name);
    const web = place.scheme === null || place.scheme === 'http' || place.scheme === 'https';
    const wrong = [
      place.userinfo ? 'hides its host behind an @' : null,
      place.host !== null && place.host.ip !== null ? 'is a bare address' : null,
      !web ? `has the scheme ${short(place.scheme ?? '')}` : null,
      leadsToProgram(place.path) ? 'leads to a program' : null,
      imitation === null ? null : `imitates another name: ${imitation}`,
    ].filter((w) => w !== null);
    const loads = m.kind === 'service-loading';
    if (wrong.length > 0) {
      const text = `${loads ? 'The page to load' : 'The link'} at ${short(where)} ${list(wrong)}.`;
      book.tell(X.badLink, m, { ...(loads ? { severity: 'high' as const } : {}), text, evidence });
    }
    if (loads && action !== 'cache') {
      const text = `The phone is told to load ${short(where)} without asking.`;
      book.tell(X.autoLoad, m, { text, evidence });
    }
  }
}

/** How the message came. */
export function checkRoad(m: AuditMessage, book: Book): void {
  const proof = proofOf(m);
  const settings = isSettings(m) || m.kind === 'ota-settings';
  const suspect = proof !== 'proven' || m.kind === 'ota-settings';
  const whole = [inPush(m, null, 'the message')];
  if (m.kind === 'ota-settings') {
    book.tell(X.legacy, m, { text: 'The settings have a form that knows no MAC.', evidence: whole });
  }
  if (settings && m.push !== null && suspect && m.direction === 'mo') {
    const who = m.from === null ? 'A subscriber' : `The subscriber ${m.from.name}`;
    // On the wire between a gateway and its own modem that is how messages are sent.
    const severity = m.bearer === 'at' ? { severity: 'low' as const } : {};
    book.tell(X.fromPhone, m, { ...severity, text: `${who} submitted the settings.`, key: 'mo', evidence: whole });
  } else if (m.from?.type === 'number' && suspect && m.push !== null) {
    if (settings) {
      const severity = proof === 'unchecked' && isSettings(m) ? { severity: 'low' as const } : {};
      book.tell(X.phoneNumber, m, {
        ...severity,
        text: 'The settings came from a full telephone number.',
        evidence: whole,
      });
    } else if (m.kind === 'service-indication' || m.kind === 'service-loading') {
      book.tell(X.pushFromNumber, m, { text: 'The push came from a full telephone number.', evidence: whole });
    }
  }
  if (settings && m.from?.type === 'name' && (proof === 'none' || proof === 'wrong')) {
    book.tell(X.senderName, m, { text: `The sender calls itself "${short(m.from.name)}".`, evidence: whole });
  }
  if (settings && (m.bearer === 'udp' || m.bearer === 'wtp') && suspect) {
    const severity = proof === 'unchecked' ? { severity: 'low' as const } : {};
    book.tell(X.openBearer, m, {
      ...severity,
      text: 'The settings came in a datagram straight to a push port.',
      evidence: whole,
    });
  }
  const flag = m.push?.headers.find((h) => h.name === 'Push-Flag' && /authenticated|trusted/.test(h.value));
  if (flag !== undefined) {
    book.tell(X.pushFlag, m, {
      ...(settings && proof !== 'proven' ? {} : { severity: 'low' as const }),
      text: `Push-Flag says ${flag.value.replace(/^\d+ \(|\)$/g, '')}.`,
      evidence: [inPush(m, flag, 'Push-Flag')],
    });
  }
}

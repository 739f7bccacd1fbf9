// The verdict of a review in plain words.

import type { AuditFinding } from './book.ts';
import type { AuditSeverity } from './rule.ts';
import { count } from './words.ts';

interface Told {
  readonly reviewed: number;
  readonly sightings: number;
  readonly settings: number;
  readonly bySeverity: Readonly<Record<AuditSeverity, number>>;
  readonly findings: readonly AuditFinding[];
}

/** First sentence: how bad; second: what the worst thing is, or what was looked at. */
export function headlineOf(t: Told): { readonly headline: string; readonly lead: string } {
  const { critical, high, medium, low } = t.bySeverity;
  const looked = `${count(t.reviewed, 'message was', 'messages were')} looked at`;
  if (t.reviewed === 0) {
    return { headline: 'There is nothing to review.', lead: 'No provisioning message and no other push was found.' };
  }
  const [top] = t.findings;
  const phones = (f: AuditFinding) => (f.victims > 1 ? ` ${count(f.victims, 'phone')} were meant.` : '');
  if (critical + high > 0 && top !== undefined) {
    const problems = count(critical + high, 'serious problem');
    const headline =
      critical > 0
        ? `Somebody could take over a phone: ${problems}.`
        : `There ${critical + high === 1 ? 'is' : 'are'} ${problems}.`;
    return { headline, lead: `${top.rule.title}: ${lower(top)}${phones(top)}` };
  }
  if (medium > 0 && top !== undefined) {
    return {
      headline: `Nothing here proves an attack, but ${count(medium, 'thing deserves', 'things deserve')} a look.`,
      lead: `${top.rule.title}: ${lower(top)}${phones(top)}`,
    };
  }
  if (low > 0) {
    return {
      headline: `Nothing looks like an attack; ${count(low, 'weakness', 'weaknesses')} of the usual kind.`,
      lead: `${looked}.`,
    };
  }
  if (t.findings.length > 0) {
    return {
      headline: 'Nothing looks like an attack.',
      lead: `${looked}; ${count(t.findings.length, 'thing')} to know.`,
    };
  }
  return {
    headline: 'Nothing that this review looks for was found.',
    lead: `${looked}${t.settings === 0 ? '; no settings were among them' : ''}.`,
  };
}

/** The text behind a colon; what begins with a name or a term stays. */
const lower = ({ text, from }: AuditFinding): string =>
  /^[A-Z][a-z']* |^A /.test(text) && (from === null || !text.startsWith(from))
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;

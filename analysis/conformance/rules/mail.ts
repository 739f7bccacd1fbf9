// Mail accounts: SMTP (25), POP3 (110) and IMAP4 (143).

import { at, childrenOf, hasText, type Place, parmOf, parmsOf, textOf } from '../facts.ts';
import { titled } from '../profiles.ts';
import { contentRule, provCont } from '../rule.ts';
import { appId, byId, profileOf, valuesOf } from './shared.ts';

const APPLICATION = provCont('APPLICATION');
const MAIL_IDS: ReadonlySet<string> = new Set(['25', '110', '143']);
const INCOMING: ReadonlySet<string> = new Set(['110', '143']);
const OUTGOING: ReadonlySet<string> = new Set(['25']);

const portsOf = (p: Place): Place[] => childrenOf(p, 'APPADDR').flatMap((a) => childrenOf(a, 'PORT'));

export const MAIL = [
  contentRule(
    {
      code: 'CP-MAIL-WITHOUT-PORT',
      severity: 'error',
      title: 'A mail account has no port',
      clause: APPLICATION,
      receivers: 'At least one client drops the account.',
      fix: 'Add a PORT with PORTNBR to APPADDR.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, MAIL_IDS)) {
        if (childrenOf(p, 'APPADDR').some((a) => childrenOf(a, 'PORT').length > 0)) continue;
        tell(p.characteristic, `The application ${titled(appId(p))} has no PORT`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-SMTP-WITHOUT-FROM',
      severity: 'error',
      title: 'An account for outgoing mail has no sender address',
      clause: APPLICATION,
      receivers: 'At least one client drops the account.',
      fix: 'Add FROM.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, new Set(['25']))) {
        if (!hasText(p, 'FROM')) tell(parmsOf(p, 'FROM')[0] ?? p.characteristic, 'The application 25 has no FROM');
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MAIL-WITHOUT-PROVIDER-ID',
      severity: 'note',
      title: 'A mail account has no PROVIDER-ID, which joins its two halves',
      clause: APPLICATION,
      receivers: 'Clients pair incoming and outgoing mail by PROVIDER-ID; without it they guess, or keep one half.',
      fix: 'Give both halves the same PROVIDER-ID.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, MAIL_IDS)) {
        if (!hasText(p, 'PROVIDER-ID'))
          tell(p.characteristic, `The application ${titled(appId(p))} has no PROVIDER-ID`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MAIL-ALONE',
      severity: 'note',
      title: 'A mail account has one direction only',
      clause: APPLICATION,
      receivers:
        'Mail can be read and not sent, or sent and not read; some clients do not make an account of one half.',
      fix: 'Send incoming and outgoing mail in one document, with the same PROVIDER-ID.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const ids = (of: ReadonlySet<string>) => new Set(byId(f, of).map((p) => textOf(p, 'PROVIDER-ID') ?? ''));
      const incoming = ids(INCOMING);
      const outgoing = ids(OUTGOING);
      for (const p of byId(f, MAIL_IDS)) {
        const there = OUTGOING.has(appId(p)) ? incoming : outgoing;
        const id = textOf(p, 'PROVIDER-ID') ?? '';
        // Without an id nothing is known of its partner where there is one at all.
        if (there.has(id) || (id === '' && there.size > 0)) continue;
        const lacks = OUTGOING.has(appId(p)) ? 'incoming (110 or 143)' : 'outgoing (25)';
        tell(
          p.characteristic,
          `${titled(appId(p))} has no partner for ${lacks} mail${id === '' ? '' : ` of PROVIDER-ID "${id}"`}`,
        );
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MAIL-TLS',
      severity: 'warning',
      title: 'A mail server is on its port for TLS, and SERVICE does not ask for TLS',
      clause: provCont('PORT'),
      receivers:
        'At least one client uses TLS only where SERVICE is 465, 995 or 993; it speaks plainly to a port that does not.',
      fix: 'Repeat the number of the port in SERVICE.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, MAIL_IDS)) {
        const secure = String(profileOf(p)?.ports?.secure ?? '');
        for (const port of portsOf(p)) {
          const q = parmOf(port, 'PORTNBR');
          if (q === undefined || q.value !== secure || valuesOf(port, 'SERVICE').includes(secure)) continue;
          tell(at(q), `Port ${secure} of ${titled(appId(p))} has no SERVICE ${secure}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MAIL-PORT',
      severity: 'note',
      title: 'A mail account uses the port of another protocol',
      clause: provCont('PORT'),
      receivers: 'The server does not answer in the protocol of the account.',
      fix: 'Check APPID and PORTNBR: 25, 465 and 587 send, 110 and 995 are POP3, 143 and 993 are IMAP4.',
      basis: 'practice',
    },
    (f, tell) => {
      const owners: Readonly<Record<string, string>> = {
        25: '25',
        465: '25',
        587: '25',
        110: '110',
        995: '110',
        143: '143',
        993: '143',
      };
      for (const p of byId(f, MAIL_IDS)) {
        for (const port of portsOf(p)) {
          const q = parmOf(port, 'PORTNBR');
          const owner = owners[q?.value ?? ''];
          if (q === undefined || owner === undefined || owner === appId(p)) continue;
          tell(at(q), `Port ${q.value} is of ${titled(owner)}, the application is ${titled(appId(p))}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MAIL-LINK',
      severity: 'note',
      title: 'A mail account goes through a WAP or HTTP proxy',
      clause: APPLICATION,
      receivers: 'Mail protocols do not pass such a proxy; at least one client ignores the link.',
      fix: 'Use TO-NAPID.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, MAIL_IDS)) {
        const q = parmsOf(p, 'TO-PROXY')[0];
        if (q !== undefined) tell(at(q), `The application ${titled(appId(p))} has TO-PROXY`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-FROM-ADDRESS',
      severity: 'warning',
      title: 'The sender address of a mail account is no mail address',
      clause: 'RFC 5322 3.4.1',
      receivers: 'Mail servers refuse what is sent.',
      fix: 'Write the address as name@domain.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const p of byId(f, OUTGOING)) {
        const q = parmOf(p, 'FROM');
        if (q !== undefined && q.value !== '' && !/[^\s@<]@[^\s@>]/.test(q.value ?? ''))
          tell(at(q), `FROM is "${q.value}"`);
      }
    },
  ),
];

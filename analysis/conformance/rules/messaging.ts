// Browser, MMS, instant messaging and streaming; ports and services of proxies.

import { at, childrenOf, has, hasText, type Place, parmOf, parmsOf, textOf } from '../facts.ts';
import { contentRule, provCont } from '../rule.ts';
import { appId, byId, valuesOf } from './shared.ts';

const APPLICATION = provCont('APPLICATION');

const MMS_IDS: ReadonlySet<string> = new Set(['w4', 'ap0005']);

/** Words of the MMS parms, as remembered. */
const MMS_WORDS: Readonly<Record<string, readonly string[]>> = { CM: ['R', 'S', 'F'], RM: ['A', 'D', 'M'] };

const IMPS_SERVICES: ReadonlySet<string> = new Set(['IM', 'PR', 'GR', 'SC']);

const PROXY_SERVICES: ReadonlySet<string> = new Set(
  'CL-WSP CO-WSP CL-SEC-WSP CO-SEC-WSP CL-SEC-WTA CO-SEC-WTA OTA-HTTP-TO OTA-HTTP-TLS-TO OTA-HTTP-PO OTA-HTTP-TLS-PO'.split(
    ' ',
  ),
);

/** WAP-259-WDP, ports of the WAP protocols. */
const WAP_PORTS: ReadonlyMap<string, string> = new Map([
  ['9200', 'CL-WSP'],
  ['9201', 'CO-WSP'],
  ['9202', 'CL-SEC-WSP'],
  ['9203', 'CO-SEC-WSP'],
]);

const isOfProxy = (p: Place): boolean => p.parent?.type === 'PXLOGICAL' || p.parent?.type === 'PXPHYSICAL';

export const MESSAGING = [
  contentRule(
    {
      code: 'CP-IMPS-WITHOUT-AACCEPT',
      severity: 'error',
      title: 'An instant messaging account does not say what it accepts',
      clause: APPLICATION,
      receivers: 'At least one client drops the account.',
      fix: 'Add AACCEPT.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, new Set(['wA']))) {
        if (!hasText(p, 'AACCEPT'))
          tell(parmsOf(p, 'AACCEPT')[0] ?? p.characteristic, 'The application wA has no AACCEPT');
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MMS-IN-APPADDR',
      severity: 'warning',
      title: 'The address of the MMS centre stands in APPADDR',
      clause: APPLICATION,
      receivers: 'Clients look for ADDR directly in the APPLICATION and find no message centre.',
      fix: 'Put ADDR with the URL of the message centre into the APPLICATION.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, MMS_IDS)) {
        const a = childrenOf(p, 'APPADDR')[0];
        if (a !== undefined && !has(p, 'ADDR'))
          tell(a.characteristic, `The application ${appId(p)} has APPADDR and no ADDR of its own`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MMS-MODE',
      severity: 'warning',
      title: 'A mode of MMS is no letter that clients know',
      clause: APPLICATION,
      receivers: 'Clients keep the mode they have.',
      fix: 'CM is R, S or F (restricted, with a warning, free), RM is A, D or M (automatic, deferred, by hand).',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of byId(f, MMS_IDS)) {
        for (const [name, words] of Object.entries(MMS_WORDS)) {
          const q = parmOf(p, name);
          if (q !== undefined && q.value !== '' && !words.includes(q.value ?? ''))
            tell(at(q), `${name} is "${q.value}"; it can be ${words.join(', ')}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MMS-SIZE',
      severity: 'warning',
      title: 'The largest MMS is not a number of octets',
      clause: APPLICATION,
      receivers: 'Clients ignore it and keep their own limit.',
      fix: 'Write MS in octets, in digits: 307200 for 300 kB.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, MMS_IDS)) {
        const q = parmOf(p, 'MS');
        const v = q?.value ?? '';
        if (q === undefined || v === '') continue;
        if (!/^\d+$/.test(v)) tell(at(q), `MS is "${v}"`);
        else if (Number(v) < 1024) tell(at(q), `MS is ${v} octets, less than any message needs`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-TWO-STARTPAGES',
      severity: 'warning',
      title: 'More than one bookmark is the home page',
      clause: provCont('RESOURCE'),
      receivers: 'Phones take one of them, as a rule the first.',
      fix: 'Give one RESOURCE the flag STARTPAGE.',
      basis: 'practice',
    },
    (f, tell) => {
      const pages = f
        .of('RESOURCE')
        .filter((p) => has(p, 'STARTPAGE') && p.parent !== null && appId(p.parent) === 'w2');
      for (const p of pages.slice(1)) {
        const q = parmsOf(p, 'STARTPAGE')[0];
        tell(q ?? p.characteristic, 'An earlier RESOURCE has the flag STARTPAGE');
      }
    },
  ),
  contentRule(
    {
      code: 'CP-STARTPAGES-DISAGREE',
      severity: 'note',
      title: 'The home page of the proxy is not that of the browser',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, STARTPAGE',
      receivers: 'Which of the two is shown depends on the phone.',
      fix: 'Give the same page in both places, or only in the RESOURCE.',
      basis: 'practice',
    },
    (f, tell) => {
      const home = f.of('RESOURCE').find((p) => has(p, 'STARTPAGE') && p.parent !== null && appId(p.parent) === 'w2');
      const uri = home === undefined ? undefined : textOf(home, 'URI');
      if (uri === undefined) return;
      for (const p of f.of('PXLOGICAL')) {
        const q = parmOf(p, 'STARTPAGE');
        if (q !== undefined && q.value !== '' && q.value !== uri)
          tell(at(q), `STARTPAGE is "${q.value}", the browser begins with "${uri}"`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-IMPS-SERVICES',
      severity: 'note',
      title: 'The services of an instant messaging account are not those that clients know',
      clause: APPLICATION,
      receivers: 'What they do not know is not switched on.',
      fix: 'Use IM, PR, GR and SC.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, new Set(['wA']))) {
        const q = parmOf(p, 'SERVICES');
        const odd = q?.value?.split(/[,;\s]+/).find((w) => w !== '' && !IMPS_SERVICES.has(w));
        if (q !== undefined && odd !== undefined) tell(at(q), `SERVICES has "${odd}"`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-UDP-RANGE',
      severity: 'warning',
      title: 'The ports for streams are no range',
      clause: APPLICATION,
      receivers: 'Streams do not arrive, or the client keeps its own range.',
      fix: 'Give MIN-UDP-PORT and MAX-UDP-PORT from 1 to 65535, the smaller first.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, new Set(['554']))) {
        const low = parmOf(p, 'MIN-UDP-PORT');
        const high = parmOf(p, 'MAX-UDP-PORT');
        const odd = [low, high].find(
          (q) => q !== undefined && !(/^\d{1,5}$/.test(q.value ?? '') && Number(q.value) <= 65_535),
        );
        if (odd !== undefined) tell(at(odd), `${odd.name} is "${odd.value}"`);
        else if (low !== undefined && high !== undefined && Number(low.value) > Number(high.value)) {
          tell(at(low), `MIN-UDP-PORT is ${low.value} and MAX-UDP-PORT ${high.value}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-PORT-SERVICE',
      severity: 'note',
      title: 'The service of a proxy port is none that the standard lists',
      clause: provCont('PORT'),
      receivers: 'Clients take the service that is usual at the port.',
      fix: 'Use one of the listed words, or leave SERVICE out.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('PORT')) {
        if (!isOfProxy(p)) continue;
        for (const q of parmsOf(p, 'SERVICE')) {
          if (q.value !== null && q.value !== '' && !PROXY_SERVICES.has(q.value))
            tell(at(q), `${p.path}/SERVICE is "${q.value}"`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-SERVICE-PORT',
      severity: 'warning',
      title: 'A port of WAP has the service of another',
      clause: provCont('PORT'),
      receivers: 'Gateways listen at 9200 to 9203 for one protocol each: the connection is not answered.',
      fix: 'CL-WSP is at 9200, CO-WSP at 9201, the secure ones at 9202 and 9203.',
      basis: 'remembered',
    },
    (f, tell) => {
      for (const p of f.of('PORT')) {
        const usual = WAP_PORTS.get(textOf(p, 'PORTNBR') ?? '');
        const services = valuesOf(p, 'SERVICE').filter((s) => [...WAP_PORTS.values()].includes(s));
        if (usual === undefined || services.length === 0 || services.includes(usual)) continue;
        const q = parmOf(p, 'SERVICE');
        if (q !== undefined)
          tell(at(q), `Port ${textOf(p, 'PORTNBR')} is for ${usual}, and SERVICE is ${services.join(', ')}`);
      }
    },
  ),
];

// What single applications, ACCESS, BOOTSTRAP and VALIDITY need.

import { isSecretParm } from '../../../dissectors/content/provisioning/secrets.ts';
import { at, childrenOf, type Facts, type Place, parmOf, parmsOf, textOf } from '../facts.ts';
import { APPLICATIONS } from '../model.ts';
import { contentRule, provCont } from '../rule.ts';

const APPLICATION = provCont('APPLICATION');

/** Applications that need the address of a server; browsers and downloads do not, and unknown ones are not judged. */
const NEED_ADDRESS = new Set(['w4', 'ap0005', 'w5', 'w7', 'wA', '25', '110', '143', 'ap0004']);
const MAIL = new Set(['25', '110', '143']);

const appId = (p: Place): string => textOf(p, 'APPID') ?? '';
const titled = (id: string): string => (APPLICATIONS.has(id) ? `${id} (${APPLICATIONS.get(id)})` : id);

const byId = (f: Facts, ids: ReadonlySet<string>): Place[] => f.of('APPLICATION').filter((p) => ids.has(appId(p)));

/** DOMAIN parms that clients keep for one proxy. */
const MOST_DOMAINS = 4;

export const APPLICATION_RULES = [
  contentRule(
    {
      code: 'CP-APPLICATION-WITHOUT-ADDRESS',
      severity: 'error',
      title: 'An application has no server address',
      clause: APPLICATION,
      receivers: 'Clients drop the application.',
      fix: 'Add ADDR, or an APPADDR with ADDR.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, NEED_ADDRESS)) {
        if (parmOf(p, 'ADDR') !== undefined || childrenOf(p, 'APPADDR').length > 0) continue;
        tell(p.characteristic, `The application ${titled(appId(p))} has neither ADDR nor APPADDR`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-DM-WITHOUT-PROVIDER-ID',
      severity: 'error',
      title: 'A device management account has no PROVIDER-ID',
      clause: APPLICATION,
      receivers: 'Clients drop the account: PROVIDER-ID is the server identifier.',
      fix: 'Add PROVIDER-ID with the identifier of the server.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, new Set(['w7']))) {
        if ((textOf(p, 'PROVIDER-ID') ?? '') === '') tell(p.characteristic, 'The application w7 has no PROVIDER-ID');
      }
    },
  ),
  contentRule(
    {
      code: 'CP-SYNC-WITHOUT-RESOURCE',
      severity: 'error',
      title: 'A data synchronisation account has nothing to synchronise',
      clause: APPLICATION,
      receivers: 'Clients drop the account.',
      fix: 'Add a RESOURCE with URI and AACCEPT for each database.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of byId(f, new Set(['w5']))) {
        const resources = childrenOf(p, 'RESOURCE');
        if (resources.some((r) => (textOf(r, 'AACCEPT') ?? '') !== '')) continue;
        const what = resources.length === 0 ? 'RESOURCE' : 'RESOURCE with AACCEPT';
        tell(p.characteristic, `The application w5 has no ${what}`);
      }
    },
  ),
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
      for (const p of byId(f, MAIL)) {
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
        if ((textOf(p, 'FROM') ?? '') === '') tell(p.characteristic, 'The application 25 has no FROM');
      }
    },
  ),
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
        if ((textOf(p, 'AACCEPT') ?? '') === '') tell(p.characteristic, 'The application wA has no AACCEPT');
      }
    },
  ),
  contentRule(
    {
      code: 'CP-APPLICATION-UNLINKED',
      severity: 'warning',
      title: 'An application does not say over which connection it goes',
      clause: APPLICATION,
      receivers: 'Clients link it to every proxy and access point of the document.',
      fix: 'Add TO-NAPID or TO-PROXY, or an ACCESS that covers it.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const connections = f.of('NAPDEF').length + f.of('PXLOGICAL').length;
      if (connections < 2) return;
      const rules = f.of('ACCESS');
      for (const p of f.of('APPLICATION')) {
        if (parmsOf(p, 'TO-NAPID').length + parmsOf(p, 'TO-PROXY').length > 0) continue;
        const id = appId(p);
        // A rule without an application covers every one.
        const covers = (r: Place) =>
          parmsOf(r, 'APPID').length === 0 || parmsOf(r, 'APPID').some((q) => q.value === id);
        if (rules.some(covers)) continue;
        tell(p.characteristic, `The application ${titled(id)} has neither TO-NAPID nor TO-PROXY`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-ACCESS-ORDER',
      severity: 'error',
      title: 'The parms of an ACCESS rule are out of order',
      clause: provCont('ACCESS'),
      receivers: 'Clients drop the whole ACCESS.',
      fix: 'First RULE, then what it matches, and TO-NAPID or TO-PROXY last.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('ACCESS')) {
        const names = p.characteristic.parms.map((q) => q.name.toUpperCase());
        const firstLink = names.findIndex((n) => n === 'TO-NAPID' || n === 'TO-PROXY');
        const after = firstLink < 0 ? -1 : names.findIndex((n, i) => i > firstLink && !n.startsWith('TO-'));
        const q = p.characteristic.parms[after];
        if (names.length > 0 && names[0] !== 'RULE') tell(p.characteristic, 'ACCESS does not begin with RULE');
        else if (q !== undefined) tell(q, `${q.name} stands after the links of the ACCESS`);
        else if (firstLink < 0) tell(p.characteristic, 'ACCESS has neither TO-NAPID nor TO-PROXY');
      }
    },
  ),
  contentRule(
    {
      code: 'CP-DUPLICATE-RULE',
      severity: 'warning',
      title: 'Two ACCESS rules have the same name',
      clause: provCont('ACCESS'),
      receivers: 'The later one is removed.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const seen = new Set<string>();
      for (const p of f.of('ACCESS')) {
        for (const q of parmsOf(p, 'RULE')) {
          if (q.value === null || q.value === '') continue;
          if (seen.has(q.value)) tell(at(q), `There is an earlier RULE "${q.value}"`);
          seen.add(q.value);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MANY-DOMAINS',
      severity: 'warning',
      title: 'A proxy has more domains than receivers keep',
      clause: provCont('PXLOGICAL'),
      receivers: 'At least one client keeps the first four.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const type of ['PXLOGICAL', 'PXPHYSICAL']) {
        for (const p of f.of(type)) {
          const domains = parmsOf(p, 'DOMAIN');
          const fifth = domains[MOST_DOMAINS];
          if (fifth !== undefined) tell(fifth, `${p.path} has ${domains.length} DOMAIN parms`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-NETWORK-WITHOUT-COUNTRY',
      severity: 'warning',
      title: 'A network is named without its country',
      clause: provCont('VALIDITY'),
      receivers: 'Clients drop the VALIDITY: network codes mean something only inside a country.',
      fix: 'Add COUNTRY to NETWORK, SOC to SID.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const needs = (p: Place, name: string, partner: string) => {
        const q = parmOf(p, name);
        if (q !== undefined && (textOf(p, partner) ?? '') === '') tell(q, `${p.path} has ${name} without ${partner}`);
      };
      for (const p of f.of('VALIDITY')) {
        needs(p, 'NETWORK', 'COUNTRY');
        needs(p, 'SID', 'SOC');
      }
      for (const p of f.of('BOOTSTRAP')) if (parmOf(p, 'PROVURL') === undefined) needs(p, 'NETWORK', 'COUNTRY');
    },
  ),
  contentRule(
    {
      code: 'CP-PROVURL-AND-NETWORK',
      severity: 'warning',
      title: 'BOOTSTRAP has PROVURL and also COUNTRY or NETWORK',
      clause: provCont('BOOTSTRAP'),
      receivers: 'COUNTRY and NETWORK are ignored then.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('BOOTSTRAP')) {
        const q = parmOf(p, 'COUNTRY') ?? parmOf(p, 'NETWORK');
        if (parmOf(p, 'PROVURL') !== undefined && q !== undefined) tell(q, `BOOTSTRAP has PROVURL and ${q.name}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-TWO-PROVURL',
      severity: 'warning',
      title: 'More than one BOOTSTRAP has a PROVURL',
      clause: provCont('BOOTSTRAP'),
      receivers: 'The first one counts, the others are dropped.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const urls = f
        .of('BOOTSTRAP')
        .map((p) => parmOf(p, 'PROVURL'))
        .filter((q) => q !== undefined);
      for (const q of urls.slice(1)) tell(at(q), 'An earlier BOOTSTRAP has a PROVURL');
    },
  ),
  contentRule(
    {
      code: 'CP-UNNAMED-DOCUMENT',
      severity: 'note',
      title: 'Nothing in the document tells the user who it is from',
      clause: provCont('BOOTSTRAP'),
      receivers: 'The user sees a message without a name.',
      fix: 'Add a BOOTSTRAP with NAME.',
      basis: 'confirmed',
    },
    (f, tell) => {
      if (!f.places.some((p) => !p.ignored)) return;
      if (f.of('BOOTSTRAP').some((p) => (textOf(p, 'NAME') ?? '') !== '')) return;
      tell({ start: 0, length: 0 }, 'There is no BOOTSTRAP with NAME');
    },
  ),
  contentRule(
    {
      code: 'CP-SECRET-IN-CLEAR',
      severity: 'note',
      title: 'A password or key travels in clear text',
      clause: 'OMA-WAP-TS-ProvBoot-V1_1',
      receivers: 'Whoever sees the message on its way, in a message centre or on the phone can read it.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        for (const q of p.characteristic.parms) {
          if (isSecretParm(q.name) && (q.value ?? '') !== '') tell(at(q), `${p.path}/${q.name} is readable`);
        }
      }
    },
  ),
];

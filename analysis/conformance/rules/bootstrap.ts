// BOOTSTRAP, VALIDITY, and who the document says it is from.

import { isSecretParm } from '../../../dissectors/content/provisioning/secrets.ts';
import { at, type Place, parmOf, parmsOf, textOf } from '../facts.ts';
import { contentRule, provCont } from '../rule.ts';

const BOOTSTRAP_CLAUSE = provCont('BOOTSTRAP');

/** DOMAIN parms that clients keep for one proxy. */
const MOST_DOMAINS = 4;

export const BOOTSTRAP = [
  contentRule(
    {
      code: 'CP-MANY-DOMAINS',
      severity: 'warning',
      title: 'A proxy has more domains than receivers keep',
      clause: provCont('PXLOGICAL'),
      receivers: 'At least one client keeps the first four.',
      fix: 'Give the four that matter first.',
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
      fix: 'Leave COUNTRY and NETWORK out, or send them in a BOOTSTRAP without PROVURL.',
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
      fix: 'Give one PROVURL.',
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
      fix: 'Leave the secret out where the user can type it in, or use one that is worth nothing elsewhere.',
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
  contentRule(
    {
      code: 'CP-SEVERAL-NAMES',
      severity: 'note',
      title: 'Several BOOTSTRAPs tell the user different names',
      clause: BOOTSTRAP_CLAUSE,
      receivers: 'Users see one of them, as a rule the first.',
      fix: 'Use one name in a document.',
      basis: 'practice',
    },
    (f, tell) => {
      const names = f.of('BOOTSTRAP').flatMap((p) => parmOf(p, 'NAME') ?? []);
      const [first] = names;
      for (const q of names)
        if (first !== undefined && q.value !== first.value)
          tell(at(q), `An earlier BOOTSTRAP is called "${first.value}"`);
    },
  ),
];

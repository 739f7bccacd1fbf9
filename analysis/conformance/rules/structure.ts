// Characteristics and parms: known, in their place, and as many as there should be.

import { at, childrenOf, has, type Place, parmOf, parmsOf, typeName } from '../facts.ts';
import { CHARACTERISTICS } from '../model.ts';
import { contentRule, provCont } from '../rule.ts';
import { typeMeant, verdictOf, writtenAs } from './names.ts';

const CLAUSE = 'OMA-WAP-TS-ProvCont-V1_1';

/**
 * Microsoft's own form: inside NAPDEF or PXLOGICAL stands a characteristic whose type is the id of the thing.
 * Known from its configuration service provider reference.
 */
const isMicrosoft = (p: Place): boolean =>
  p.model === null &&
  p.parent !== null &&
  (p.parent.type === 'NAPDEF' || p.parent.type === 'PXLOGICAL') &&
  p.parent.characteristic.parms.length === 0;

const holdsMicrosoft = (p: Place): boolean => p.children.some(isMicrosoft);

/** Names of parms that must be there, by type; a rule's name may be empty. */
const MANDATORY: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(CHARACTERISTICS).map(([type, m]) => [
    type,
    Object.entries(m.parms).flatMap(([name, { occurs }]) => (occurs === '1' || occurs === '+' ? [name] : [])),
  ]),
);

/** NAME is so common to miss that receivers cope; everything else that is mandatory they need. */
const isName = (p: Place, name: string): boolean => name === 'NAME' && p.type !== 'VENDORCONFIG';

const missing = (p: Place, wanted: (p: Place, name: string) => boolean): string[] => {
  if (p.ignored || p.model === null || holdsMicrosoft(p)) return [];
  return (MANDATORY.get(p.type) ?? []).filter((n) => {
    if (!wanted(p, n)) return false;
    return p.model?.parms[n]?.type === 'opaque' ? !has(p, n) : parmOf(p, n) === undefined;
  });
};

const lack = (p: Place, name: string): string => {
  const written = writtenAs(p, name);
  return `${p.path} has no ${name}${written === undefined ? '' : `; "${written}" is probably meant to be it`}`;
};

const a = (name: string): string => (/^[AEIOU]/.test(name) ? `An ${name}` : `A ${name}`);

export const STRUCTURE = [
  contentRule(
    {
      code: 'CP-VERSION',
      severity: 'error',
      title: 'The document version is one that receivers do not know',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, wap-provisioningdoc',
      receivers: 'Clients compare the major version and reject the whole document when it is not 1.',
      fix: 'Write version 1.0 or 1.1, or leave the attribute out.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const { version } = f.document;
      if (version === null || /^\s*1(\.|\s*$)/.test(version)) return;
      tell({ start: 0, length: 0 }, `The version is "${version}", and only 1.x is known`);
    },
  ),
  contentRule(
    {
      code: 'CP-EMPTY-DOCUMENT',
      severity: 'error',
      title: 'The document holds no characteristic that a receiver knows',
      clause: CLAUSE,
      receivers: 'Clients drop such a document without telling the user.',
      fix: 'Send at least one NAPDEF, PXLOGICAL or APPLICATION.',
      basis: 'confirmed',
    },
    (f, tell) => {
      if (f.places.some((p) => !p.ignored)) return;
      const n = f.places.length;
      tell({ start: 0, length: 0 }, n === 0 ? 'There is no characteristic at all' : 'Every characteristic is unknown');
    },
  ),
  contentRule(
    {
      code: 'CP-MISSING-PARM',
      severity: 'error',
      title: 'A characteristic lacks a parm that it must have',
      clause: CLAUSE,
      receivers: 'Clients drop the characteristic, and with it whatever refers to it.',
      fix: 'Add the parm with a value.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        for (const n of missing(p, (q, name) => !isName(q, name))) tell(p.characteristic, lack(p, n));
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MISSING-NAME',
      severity: 'warning',
      title: 'An access point or proxy has no name for the user',
      clause: CLAUSE,
      receivers: 'Phones accept it, and show an empty name or one of their own.',
      fix: 'Add NAME.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        for (const n of missing(p, isName)) tell(p.characteristic, lack(p, n));
      }
    },
  ),
  contentRule(
    {
      code: 'CP-PROXY-WITHOUT-ADDRESS',
      severity: 'error',
      title: 'A logical proxy has no physical proxy, so there is nothing to connect to',
      clause: provCont('PXLOGICAL'),
      receivers: 'Clients remove the proxy.',
      fix: 'Add a PXPHYSICAL with PXADDR and TO-NAPID.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('PXLOGICAL')) {
        if (childrenOf(p, 'PXPHYSICAL').length > 0 || holdsMicrosoft(p)) continue;
        tell(p.characteristic, 'PXLOGICAL has no PXPHYSICAL');
      }
    },
  ),
  contentRule(
    {
      code: 'CP-NO-BEARER',
      severity: 'warning',
      title: 'An access point does not say over which bearer it is reached',
      clause: provCont('NAPDEF'),
      receivers: 'Some clients need BEARER and remove the access point without it.',
      fix: 'Add BEARER, GSM-GPRS for packet data.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('NAPDEF')) {
        if (parmOf(p, 'BEARER') === undefined && !holdsMicrosoft(p)) tell(p.characteristic, 'NAPDEF has no BEARER');
      }
    },
  ),
  contentRule(
    {
      code: 'CP-REPEATED-PARM',
      severity: 'warning',
      title: 'A parm that may stand once stands more often',
      clause: CLAUSE,
      receivers: 'The first one counts, the others are ignored.',
      fix: 'Keep the one that is meant.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        if (p.ignored || p.model === null) continue;
        const seen = new Map<string, number>();
        for (const { parm, name, model } of p.parms) {
          if (name === undefined || (model?.occurs !== '1' && model?.occurs !== '?')) continue;
          const times = (seen.get(name) ?? 0) + 1;
          seen.set(name, times);
          if (times !== 2) continue;
          const all = parmsOf(p, name.toUpperCase()).length;
          tell(parm, `${p.path} has ${name} ${all} times, and the first one counts`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-REPEATED-CHARACTERISTIC',
      severity: 'warning',
      title: 'A characteristic that may stand once stands more often',
      clause: CLAUSE,
      receivers: 'The first one counts.',
      fix: 'Keep the one that is meant.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.of('CLIENTIDENTITY').slice(1)) tell(p.characteristic, `There is an earlier ${p.path}`);
    },
  ),
  contentRule(
    {
      code: 'CP-UNKNOWN-CHARACTERISTIC',
      severity: 'note',
      title: 'A characteristic has a type that the standard does not define',
      clause: CLAUSE,
      receivers: 'It is ignored with everything inside it.',
      fix: "Leave it out, or put a vendor's own settings into VENDORCONFIG.",
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        // One finding for the outermost: what is inside is ignored with it.
        if (p.model !== null || p.parent?.ignored === true || isMicrosoft(p)) continue;
        if (p.parent?.model?.open === true) continue;
        const { type } = p.characteristic;
        if (type === '' || typeMeant(type) !== undefined) continue;
        tell(p.characteristic, `No receiver knows the characteristic "${type}"`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MICROSOFT-FORM',
      severity: 'note',
      title: "The characteristic is written in Microsoft's own form for updates",
      clause: CLAUSE,
      receivers: 'Only Windows devices understand it.',
      fix: 'For other phones, write NAPID or PROXY-ID as a parm.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        if (!isMicrosoft(p)) continue;
        tell(p.characteristic, `The id stands as type of a characteristic inside ${p.parent?.type ?? ''}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-MISPLACED-CHARACTERISTIC',
      severity: 'warning',
      title: 'A characteristic stands where the standard has no place for it',
      clause: CLAUSE,
      receivers: 'It is ignored with everything inside it.',
      fix: 'Put it where the model has a place for it.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        if (!p.misplaced || p.parent?.ignored === true) continue;
        tell(
          p.characteristic,
          `${p.type} has no place ${p.parent === null ? 'at the top level' : `in ${p.parent.path}`}`,
        );
      }
    },
  ),
  contentRule(
    {
      code: 'CP-UNKNOWN-PARM',
      severity: 'note',
      title: 'A parm has a name that the standard does not define there',
      clause: CLAUSE,
      receivers: 'It is ignored.',
      fix: "Leave it out, or put a vendor's own settings into VENDORCONFIG.",
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        if (p.ignored || p.model === null || p.model.open === true) continue;
        for (const { parm, name } of p.parms) {
          if (name !== undefined || parm.name === '' || verdictOf(p, parm.name) !== null) continue;
          tell(parm, `${p.path} has no parm "${parm.name}"`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-NAME-CASE',
      severity: 'warning',
      title: 'A name is not written in the case of the standard',
      clause: CLAUSE,
      receivers: 'Some clients compare names exactly and ignore it, others do not mind.',
      fix: 'Names are in capitals, except Ma.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        const { type } = p.characteristic;
        const known = typeName(type);
        if (known !== undefined && known !== type) tell(p.characteristic, `"${type}" should be written ${known}`);
        for (const { parm, name } of p.parms) {
          if (name !== undefined && name !== parm.name) tell(parm, `"${parm.name}" should be written ${name}`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-PARM-WITHOUT-VALUE',
      severity: 'warning',
      title: 'A parm that needs a value has none',
      clause: CLAUSE,
      receivers: 'Clients discard the parm; only flags may stand without a value.',
      fix: 'Give it a value, or leave it out.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        if (p.ignored || p.model === null) continue;
        for (const { parm, name, model } of p.parms) {
          if (model === undefined || model.type === 'flag' || model.type === 'opaque') continue;
          // Where it must be there, it is missing, and that is told.
          const needed = model.occurs === '1' || model.occurs === '+';
          if (needed && parm.value === null && parmOf(p, parm.name.toUpperCase()) === undefined) continue;
          if (parm.value === null || parm.value === '') tell(at(parm), `${a(name ?? '')} of ${p.path} has no value`);
        }
      }
    },
  ),
];

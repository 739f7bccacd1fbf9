// How a document is written: elements, attributes and text where they belong, values without accidents.

import type { Stranger } from '../../../dissectors/content/document.ts';
import { isSecretParm } from '../../../dissectors/content/provisioning/secrets.ts';
import { at, type Facts, type Given } from '../facts.ts';
import { contentRule, type Tell } from '../rule.ts';

const CLAUSE = 'OMA-WAP-TS-ProvCont-V1_1, document type definition';

function strangers(f: Facts, tell: Tell, wanted: (s: Stranger) => boolean, say: (s: Stranger) => string): void {
  // A token that nobody knows was told where it stands.
  for (const s of f.document.strangers ?? []) if (wanted(s) && !s.name.startsWith('unknown-')) tell(s, say(s));
}

const pathOf = (g: Given): string => `${g.place.path}/${g.name ?? g.parm.name}`;

/** What makes no difference to a secret is said without quoting it. */
const quote = (g: Given): string => (isSecretParm(g.parm.name) ? '' : ` "${g.value}"`);

const NO = /^(?:0|no|n|false|off)$/i;

const PLACEHOLDER =
  /^(?:\$\{[^}]*\}|\$\([\w. -]+\)|\{\{?[\w. -]+\}?\}|%[sd]|%[A-Za-z_]{2,}%|<[\w -]+>|\[[\w -]+\]|@@?[A-Z_]+@@?|x{3,}|null|undefined|todo|tbd|changeme|n\/a)$/i;

/** Parms that may stand several times, each with one value. */
const SINGLE = new Set(['DNS-ADDR', 'BEARER', 'SERVICE', 'DOMAIN', 'NETWORK', 'AUTH-ENTITY']);

export const WRITING = [
  contentRule(
    {
      code: 'CP-NO-TYPE',
      severity: 'warning',
      title: 'A characteristic does not say of what type it is',
      clause: CLAUSE,
      receivers: 'It is ignored with everything inside it.',
      fix: 'Give the characteristic its type attribute.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        if (p.characteristic.type !== '' || p.parent?.ignored === true) continue;
        tell(p.characteristic, `A characteristic${p.parent === null ? '' : ` in ${p.parent.path}`} has no type`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-NO-PARM-NAME',
      severity: 'warning',
      title: 'A parm has no name',
      clause: CLAUSE,
      receivers: 'It is ignored.',
      fix: 'Give the parm its name attribute.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const p of f.places) {
        if (p.ignored) continue;
        for (const q of p.characteristic.parms) if (q.name === '') tell(q, `A parm of ${p.path} has no name`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-UNKNOWN-ELEMENT',
      severity: 'warning',
      title: 'There is an element that is neither characteristic nor parm',
      clause: CLAUSE,
      receivers: 'It is ignored with everything inside it; names of elements are compared exactly.',
      fix: 'Write characteristic and parm in small letters; there are no other elements.',
      basis: 'confirmed',
    },
    (f, tell) =>
      strangers(
        f,
        tell,
        (s) => s.kind === 'element' && s.name !== 'parm' && s.name !== 'characteristic',
        (s) => `<${s.name}> in <${s.inside}> is no element of provisioning documents`,
      ),
  ),
  contentRule(
    {
      code: 'CP-STRAY-ELEMENT',
      severity: 'warning',
      title: 'A parm or characteristic stands where only something else may stand',
      clause: CLAUSE,
      receivers: 'It is ignored: parms count inside a characteristic only, and nothing counts inside a parm.',
      fix: 'Put the parm into the characteristic it belongs to.',
      basis: 'confirmed',
    },
    (f, tell) =>
      strangers(
        f,
        tell,
        (s) => s.kind === 'element' && (s.name === 'parm' || s.name === 'characteristic'),
        (s) => `There is a <${s.name}> directly in <${s.inside}>`,
      ),
  ),
  contentRule(
    {
      code: 'CP-STRAY-TEXT',
      severity: 'warning',
      title: 'Characters stand between the elements',
      clause: CLAUSE,
      receivers: 'They are ignored; a value belongs into the value attribute.',
      fix: 'Write the value as value="..." of the parm.',
      basis: 'confirmed',
    },
    (f, tell) =>
      strangers(
        f,
        tell,
        (s) => s.kind === 'text',
        (s) => `There is text in <${s.inside}>`,
      ),
  ),
  contentRule(
    {
      code: 'CP-UNKNOWN-ATTRIBUTE',
      severity: 'note',
      title: 'An element has an attribute that the document type does not define',
      clause: CLAUSE,
      receivers: "It is ignored; mwid is of Microsoft's own form and means something to Windows devices only.",
      fix: 'Leave it out: everything is said in type, name and value.',
      basis: 'confirmed',
    },
    (f, tell) =>
      strangers(
        f,
        tell,
        (s) => s.kind === 'attribute',
        (s) => `<${s.inside}> has an attribute ${s.name}`,
      ),
  ),
  contentRule(
    {
      code: 'CP-EMPTY-CHARACTERISTIC',
      severity: 'note',
      title: 'A characteristic has nothing in it',
      clause: CLAUSE,
      receivers: 'It changes nothing.',
      fix: 'Fill it or leave it out.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const p of f.places) {
        if (p.ignored || p.parms.length > 0 || p.children.length > 0 || p.model === null) continue;
        // What must have parms is told by what it lacks.
        if (Object.values(p.model.parms).some((m) => m.occurs === '1' || m.occurs === '+')) continue;
        tell(p.characteristic, `${p.path} is empty`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-FLAG-VALUE',
      severity: 'warning',
      title: 'A flag is given with a value that says no, and counts all the same',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, parm',
      receivers: 'That the parm is there switches it on, whatever its value says.',
      fix: 'Leave the parm out where it shall be off.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const g of f.given) {
        if (g.model?.type === 'flag' && NO.test(g.value))
          tell(at(g.parm), `${pathOf(g)} is "${g.value}" and counts as set`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-BLANKS',
      severity: 'warning',
      title: 'A value begins or ends with a blank',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, parm',
      receivers: 'Blanks belong to the value: ids do not match, names are looked up as written.',
      fix: 'Trim the value before the document is made.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const g of f.odd) {
        const bare = g.value.trim();
        if (g.model?.type !== 'opaque' && bare !== '' && bare !== g.value) {
          tell(at(g.parm), `${pathOf(g)}${quote(g)} ${/^\s/.test(g.value) ? 'begins' : 'ends'} with a blank`);
        }
      }
    },
  ),
  contentRule(
    {
      code: 'CP-CONTROL-CHARACTER',
      severity: 'warning',
      title: 'A value has control characters inside',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, parm',
      receivers: 'Phones show boxes or cut the value there; parsers have been attacked that way.',
      fix: 'Take line ends, tabs and other control characters out of the value.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const g of f.odd) {
        const inside = g.value.trim();
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
        const hit = /[\x00-\x1f\x7f]/.exec(inside);
        if (hit === null) continue;
        const octet = (hit[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0');
        tell(at(g.parm), `${pathOf(g)} has a control character U+00${octet}`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-PLACEHOLDER-TEXT',
      severity: 'warning',
      title: 'A value looks like the blank space of a template that was never filled in',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, parm',
      receivers: 'The words themselves are installed.',
      fix: 'Fill in the value before sending, or leave the parm out.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const g of f.odd) {
        if (PLACEHOLDER.test(g.value) && !isSecretParm(g.parm.name)) tell(at(g.parm), `${pathOf(g)} is "${g.value}"`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-DOUBLE-ESCAPED',
      severity: 'warning',
      title: 'A value was escaped for XML twice',
      clause: 'XML 1.0 2.4',
      receivers: 'Phones use the value as it stands: addresses with &amp; in them lead nowhere.',
      fix: 'Escape a value once, where the text is written; WBXML needs no escapes at all.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const g of f.odd) {
        const hit = /&(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);/i.exec(g.value);
        if (hit !== null) tell(at(g.parm), `${pathOf(g)} still has ${hit[0]} in it after decoding`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-DOUBLE-ENCODED',
      severity: 'warning',
      title: 'A text was turned into UTF-8 twice, or lost characters on its way',
      clause: 'RFC 3629 3',
      receivers: 'Users see garbled names; a user name or password of that kind does not sign on.',
      fix: 'Convert the text once, from the character set it really has.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const g of f.odd) {
        if (/[\u00c2\u00c3][\u0080-\u00bf]|\ufffd/.test(g.value))
          tell(at(g.parm), `${pathOf(g)}${quote(g)} is garbled`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-LIST-IN-ONE-VALUE',
      severity: 'warning',
      title: 'Several values are written into one parm',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, parm',
      receivers: 'Clients take the whole as one value, which fits nothing.',
      fix: 'Repeat the parm, once for each value.',
      basis: 'practice',
    },
    (f, tell) => {
      for (const g of f.given) {
        if (g.name === undefined || !SINGLE.has(g.name) || !/[^\s,;][\s,;]+[^\s,;]/.test(g.value)) continue;
        tell(at(g.parm), `${pathOf(g)} "${g.value}" holds several values`);
      }
    },
  ),
  contentRule(
    {
      code: 'CP-VALUE-CASE',
      severity: 'warning',
      title: 'A listed value is not written in the case of the standard',
      clause: 'OMA-WAP-TS-ProvCont-V1_1, parm',
      receivers: 'One client compares exactly and ignores the value, another does not mind.',
      fix: 'Write the value as the standard has it, in capitals.',
      basis: 'confirmed',
    },
    (f, tell) => {
      for (const g of f.given) {
        const values = g.model?.values;
        if (values === undefined || values.includes(g.value)) continue;
        const meant = g.value.trim().toUpperCase();
        if (values.includes(meant)) tell(at(g.parm), `${pathOf(g)} "${g.value}" should be written ${meant}`);
      }
    },
  ),
];

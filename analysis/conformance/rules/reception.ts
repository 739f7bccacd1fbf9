// What known receivers leave out of a document that is right.

import type { Finding } from '../../../captures/finding.ts';
import type { Facts } from '../facts.ts';
import { contentRule } from '../rule.ts';
import { quoted } from './shared.ts';

const CLAUSE = 'OMA-WAP-TS-ProvCont-V1_1';

type Where = Pick<Finding, 'start' | 'length'>;

/** Octets that a feature phone of one maker takes at most; its small builds take half. */
const MOST_OCTETS = 2048;

/** Types that a client spread on Android phones has no code for. */
const PASSED_OVER = ['VENDORCONFIG', 'ACCESS', 'CLIENTIDENTITY', 'WLAN'];

/** Parms that the same client looks for under misspelt names. */
const NEVER_MATCHED = new Set(['PULLENABLED', 'TRAFFIC-HANDL-PRIO', 'LOCAL-ADDR', 'LOCAL-ADDRTYPE', 'AUTH-ENTITY']);

const first = (f: Facts, types: readonly string[]): Where | undefined =>
  f.places.find((p) => !p.ignored && types.includes(p.type))?.characteristic;

export const RECEPTION = [
  contentRule(
    {
      code: 'CP-DOCUMENT-SIZE',
      severity: 'note',
      title: 'The document is larger than some phones take',
      clause: CLAUSE,
      receivers: 'Feature phones of one maker take 2048 octets, their small builds 1024, and drop what is larger.',
      fix: 'Send browser, MMS and mail settings as documents of their own.',
      basis: 'confirmed',
    },
    (f, tell) => {
      if (f.octets === null || f.octets <= MOST_OCTETS) return;
      tell({ start: 0, length: 0 }, `The document has ${f.octets} octets`);
    },
  ),
  contentRule(
    {
      code: 'CP-LATER-CONTENT',
      severity: 'note',
      title: 'The document says version 1.0 and has parts that came with 1.1',
      clause: CLAUSE,
      receivers:
        'Clients that know 1.1 read them whatever the version says; a phone that knows 1.0 alone passes over them.',
      fix: 'Write version 1.1, or leave the attribute out.',
      basis: 'remembered',
    },
    (f, tell) => {
      if (f.document.version?.trim() !== '1.0') return;
      const later = f.places.filter((p) => !p.ignored && p.model?.later === true && p.parent === null);
      const [one] = later;
      if (one !== undefined)
        tell(
          one.characteristic,
          `${quoted(later.map((p) => p.type))} came with version 1.1, and the document says 1.0`,
        );
    },
  ),
  contentRule(
    {
      code: 'CP-NOTHING-TO-INSTALL',
      severity: 'warning',
      title: 'The document has neither access point nor proxy nor application',
      clause: CLAUSE,
      receivers: 'A client spread on Android phones discards such a message without a word.',
      fix: 'Send it together with what it belongs to.',
      basis: 'confirmed',
    },
    (f, tell) => {
      if (first(f, ['NAPDEF', 'PXLOGICAL', 'APPLICATION', 'WLAN']) !== undefined) return;
      const there = f.places.filter((p) => !p.ignored).map((p) => p.type);
      if (there.length > 0) tell({ start: 0, length: 0 }, `There is only ${quoted(there)}`);
    },
  ),
  contentRule(
    {
      code: 'CP-OFTEN-IGNORED',
      severity: 'note',
      title: 'The document has characteristics that common phones pass over',
      clause: CLAUSE,
      receivers:
        "MediaTek's Android client has no code for WLAN, VENDORCONFIG, ACCESS and CLIENTIDENTITY; Gecko's leaves VENDORCONFIG out; Symbian and LG read WLAN.",
      fix: 'Do not depend on them where such phones are served.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const there = PASSED_OVER.filter((t) => f.of(t).length > 0);
      const where = first(f, there);
      if (where !== undefined) tell(where, `${quoted(there)} may have no effect`);
    },
  ),
  contentRule(
    {
      code: 'CP-LOST-BY-A-CLIENT',
      severity: 'note',
      title: 'A parm is right, and a common client never finds it',
      clause: CLAUSE,
      receivers:
        "MediaTek's Android client looks for PULLENABLED, TRAFFIC-HANDL-PRIO, LOCAL-ADDR, LOCAL-ADDRTYPE and AUTH-ENTITY under misspelt names.",
      fix: 'Do not depend on these parms where such phones are served.',
      basis: 'confirmed',
    },
    (f, tell) => {
      const there = f.given.filter((g) => g.name !== undefined && NEVER_MATCHED.has(g.name));
      const [one] = there;
      if (one !== undefined) tell(one.parm, `${quoted(there.map((g) => g.name ?? ''))} may have no effect`);
    },
  ),
];

// A provisioning document as things a phone keeps: each with an identity of its own, in whatever order they came.

import type { ProvisioningDocument } from '../../dissectors/content/document.ts';
import { childrenOf, facts, type Place, parmsOf, textOf } from '../conformance/facts.ts';
import type { ObjectKind, Reason } from '../engine/contract/device.ts';
import { hasParm, type Node, type Thing, type Value, valuesIn } from './node.ts';
import { whyUnusable } from './usable.ts';
import { titleOf } from './words.ts';

export interface Dropped {
  readonly thing: Thing;
  readonly reason: Omit<Reason, 'origin'>;
}

export interface Settings {
  readonly things: readonly Thing[];
  /** Things that phones do not install. */
  readonly dropped: readonly Dropped[];
}

const KINDS: ReadonlyMap<string, ObjectKind> = new Map([
  ['NAPDEF', 'access-point'],
  ['PXLOGICAL', 'proxy'],
  ['APPLICATION', 'application'],
  ['WLAN', 'wlan'],
  ['ACCESS', 'access'],
  ['BOOTSTRAP', 'bootstrap'],
  ['CLIENTIDENTITY', 'identity'],
  ['VENDORCONFIG', 'vendor'],
]);

/** The parm that tells siblings apart. */
const KEYS: Readonly<Record<string, string>> = {
  NAPDEF: 'NAPID',
  PXLOGICAL: 'PROXY-ID',
  VENDORCONFIG: 'NAME',
  WLAN: 'PRI-SSID',
  PXPHYSICAL: 'PHYSICAL-PROXY-ID',
  PORT: 'PORTNBR',
  PXAUTHINFO: 'PXAUTH-TYPE',
  NAPAUTHINFO: 'AUTHTYPE',
  APPADDR: 'ADDR',
  APPAUTH: 'AAUTHLEVEL',
  RESOURCE: 'URI',
};

/** What counts of the parms: OMA-WAP-TS-ProvCont-V1_1 4.5; clients take the first of what may stand once. */
function parmsThatCount(p: Place): Value[] {
  const out: Value[] = [];
  const seen = new Set<string>();
  for (const { parm, name, model } of p.parms) {
    const flag = model?.type === 'flag';
    // A parm without a value is a flag or nothing at all; RULE may be empty.
    if (parm.value === null && !flag && model?.type !== 'opaque') continue;
    const called = name ?? parm.name;
    const once = model === undefined ? false : model.occurs === '1' || model.occurs === '?';
    if (once && seen.has(called)) continue;
    seen.add(called);
    const range = parm.value === null || parm.valueRange.length === 0 ? parm : parm.valueRange;
    out.push({
      name: called,
      value: flag ? '' : (parm.value ?? ''),
      flag,
      range: { start: range.start, length: range.length },
    });
  }
  return out;
}

const written = (parms: readonly Value[]): string =>
  parms
    .map((v) => `${v.name}=${v.value}`)
    .sort()
    .join('\n');

function keyOf(type: string, parms: readonly Value[]): string {
  const first = (name: string): string | undefined => parms.find((v) => v.name === name)?.value;
  if (type === 'VALIDITY') return ['COUNTRY', 'NETWORK', 'SID', 'SOC'].map((n) => first(n) ?? '').join('/');
  const own = KEYS[type];
  return own === undefined ? written(parms) : (first(own) ?? '');
}

function node(p: Place): Node {
  const parms = parmsThatCount(p);
  const children = merged(p.children.filter((c) => !c.ignored).map(node));
  const { start, length } = p.characteristic;
  return { type: p.type, key: keyOf(p.type, parms), parms, children, range: { start, length } };
}

/** Of siblings with one key the first stands; addresses of a proxy are put together (cpclient does). */
function merged(nodes: readonly Node[]): Node[] {
  const out: Node[] = [];
  for (const n of nodes) {
    const at = out.findIndex((o) => o.type === n.type && o.key === n.key);
    if (at < 0) out.push(n);
    else if (n.type === 'PXPHYSICAL' || n.type === 'PXLOGICAL') out[at] = together(out[at]!, n);
  }
  return out;
}

const MANY = new Set(['DOMAIN', 'TO-NAPID', 'SERVICE']);

export function together(first: Node, second: Node): Node {
  const more = second.parms.filter(
    (v) => !hasParm(first, v.name) || (MANY.has(v.name) && !valuesIn(first, v.name).some((o) => o.value === v.value)),
  );
  return { ...first, parms: [...first.parms, ...more], children: merged([...first.children, ...second.children]) };
}

/** Applications of which a phone has one for each provider; cpclient tells browsers apart by name and has one MMS. */
function applicationKey(p: Place): string {
  const id = textOf(p, 'APPID') ?? '';
  if (id === 'w4' || id === 'ap0005') return id;
  const provider = textOf(p, 'PROVIDER-ID');
  const name = textOf(p, 'NAME');
  const address = textOf(p, 'ADDR') ?? childrenOf(p, 'APPADDR').map((a) => textOf(a, 'ADDR') ?? '')[0];
  const rest = id === 'w2' ? (name ?? provider ?? '') : (provider ?? name ?? address ?? '');
  return `${id}\n${rest}`;
}

function topKey(p: Place, n: Node): string {
  switch (p.type) {
    case 'APPLICATION':
      return applicationKey(p);
    case 'BOOTSTRAP':
      return textOf(p, 'NAME') ?? textOf(p, 'PROVURL') ?? '';
    case 'CLIENTIDENTITY':
      return '';
    case 'ACCESS': {
      const rules = parmsOf(p, 'RULE').map((r) => r.value ?? '');
      return rules.some((r) => r !== '') ? [...rules].sort().join('\n') : n.key;
    }
    default:
      return n.key;
  }
}

/** The things of a document; never throws. */
export function settingsOf(document: ProvisioningDocument): Settings {
  const things: Thing[] = [];
  const dropped: Dropped[] = [];
  const byId = new Map<string, number>();
  for (const p of facts(document).places) {
    if (p.parent !== null) continue;
    const n = node(p);
    const key = topKey(p, n);
    const thing: Thing = {
      ...n,
      key,
      kind: KINDS.get(p.type) ?? 'other',
      id: `${p.type}\n${key}`,
      title: titleOf(n),
    };
    if (p.ignored) {
      const text = `Phones pass over a ${p.type === '' ? 'nameless' : p.type} at the top of a document, with all that is in it.`;
      dropped.push({ thing, reason: { text, basis: 'clients' } });
      continue;
    }
    const unusable = whyUnusable(n);
    if (unusable !== null) {
      dropped.push({ thing, reason: unusable });
      continue;
    }
    const at = byId.get(thing.id);
    if (at === undefined) {
      byId.set(thing.id, things.length);
      things.push(thing);
    } else if (thing.kind === 'proxy') things[at] = { ...things[at]!, ...together(things[at]!, thing) };
    else dropped.push({ thing, reason: again(thing) });
  }
  return { things, dropped };
}

const again = ({ kind }: Thing): Omit<Reason, 'origin'> => ({
  text: `The document has it twice; ${kind === 'application' ? 'cpclient and MediaTek take' : 'cpclient takes'} the first.`,
  basis: 'clients',
});

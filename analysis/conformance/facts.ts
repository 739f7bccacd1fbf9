// The document as rules look at it: every characteristic with its model, its parent and its path.

import type { Characteristic, Parm, ProvisioningDocument, Range } from '../../dissectors/content/document.ts';
import type { CharacteristicModel, ParmModel } from './model/types.ts';
import { CHARACTERISTICS, ROOT } from './model.ts';

/** Characteristics inside each other beyond this are not looked at; the decoder has reported the depth. */
const DEEPEST = 32;

/** A parm and what the standard says of it. */
export interface Known {
  readonly parm: Parm;
  /** The standard's name; undefined where the type has no such parm. */
  readonly name: string | undefined;
  readonly model: ParmModel | undefined;
}

export interface Place {
  readonly characteristic: Characteristic;
  /** The standard's name; the type as sent where it has none. */
  readonly type: string;
  readonly model: CharacteristicModel | null;
  readonly parent: Place | null;
  /** 'PXLOGICAL/PXPHYSICAL'. */
  readonly path: string;
  /** A known type where the standard has no place for it. */
  readonly misplaced: boolean;
  /** True where receivers pass over it: of an unknown type, out of place, or inside such a one. */
  readonly ignored: boolean;
  readonly children: readonly Place[];
  readonly parms: readonly Known[];
  /** By name in capitals. */
  readonly byName: ReadonlyMap<string, readonly Parm[]>;
}

/** A parm with a value, where receivers look at it. */
export interface Given extends Known {
  readonly place: Place;
  readonly value: string;
}

export interface Facts {
  readonly document: ProvisioningDocument;
  /** Octets the document took; null where nobody said. */
  readonly octets: number | null;
  /** In document order, parents before children. */
  readonly places: readonly Place[];
  /** Every parm that has a value, of the places that receivers look at. */
  readonly given: readonly Given[];
  /** Of these the ones with a value that is worth a closer look. */
  readonly odd: readonly Given[];
  /** Places of one type that receivers look at. */
  of(type: string): readonly Place[];
  /** The types of which there are such places, as one name. */
  readonly types: string;
  /** Views that several rules share, by what makes them. */
  readonly views: Map<unknown, unknown>;
}

const upper = (names: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> =>
  new Map(Object.keys(names).map((n) => [n.toUpperCase(), n]));

const TYPES = upper(CHARACTERISTICS);
const PARMS = new Map(Object.entries(CHARACTERISTICS).map(([type, m]) => [type, upper(m.parms)]));

/** The standard's writing of a characteristic type, in whatever case it was sent. */
export const typeName = (type: string): string | undefined => TYPES.get(type.toUpperCase());

function parmsIn(type: string, characteristic: Characteristic): Pick<Place, 'parms' | 'byName'> {
  const byName = new Map<string, Parm[]>();
  const models = CHARACTERISTICS[type]?.parms;
  const names = PARMS.get(type);
  const parms = characteristic.parms.map((parm): Known => {
    const upperName = parm.name.toUpperCase();
    const same = byName.get(upperName);
    if (same === undefined) byName.set(upperName, [parm]);
    else same.push(parm);
    const name = names?.get(upperName);
    return { parm, name, model: name === undefined ? undefined : models?.[name] };
  });
  return { parms, byName };
}

/** Blanks at the ends, control characters, escapes, text read in the wrong character set, marks of templates. */
const ODD =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /^\s|\s$|[\x00-\x1f\x7f]|&(?:[a-z]+|#\d+|#x[0-9a-f]+);|[\u00c2\u00c3][\u0080-\u00bf]|\ufffd|^[$%<[{@]|^x{3,}$|^(?:null|undefined|none|todo|tbd|changeme|n\/a)$/i;

/** Rules and summary ask for the same document one after the other. */
let last: Facts | null = null;

/** The document as rules look at it; `octets`: those it took, where somebody counted. */
export function facts(document: ProvisioningDocument, octets: number | null = null): Facts {
  const known = last?.document === document ? last : null;
  if (known !== null && (octets === null || octets === known.octets)) return known;
  last = known === null ? makeFacts(document, octets) : { ...known, octets, views: new Map() };
  return last;
}

function makeFacts(document: ProvisioningDocument, octets: number | null): Facts {
  const given: Given[] = [];
  const odd: Given[] = [];
  const give = (place: Place): void => {
    for (const { parm, name, model } of place.parms) {
      const { value } = parm;
      if (value === null || value === '') continue;
      const one: Given = { parm, name, model, place, value };
      given.push(one);
      if (ODD.test(value)) odd.push(one);
    }
  };
  const places: Place[] = [];
  const byType = new Map<string, Place[]>();
  const walk = (characteristic: Characteristic, parent: Place | null, depth: number): Place | null => {
    if (depth > DEEPEST) return null;
    const known = typeName(characteristic.type);
    const type = known ?? characteristic.type;
    const children: Place[] = [];
    const around = parent === null ? ROOT : parent.model;
    const misplaced = known !== undefined && around !== null && !(known in around.characteristics);
    const { parms, byName } = parmsIn(type, characteristic);
    const place: Place = {
      characteristic,
      type,
      model: known === undefined ? null : (CHARACTERISTICS[known] ?? null),
      parent,
      path: parent === null ? type : `${parent.path}/${type}`,
      misplaced,
      ignored: known === undefined || misplaced || parent?.ignored === true,
      children,
      parms,
      byName,
    };
    places.push(place);
    if (!place.ignored) {
      give(place);
      const same = byType.get(type);
      if (same === undefined) byType.set(type, [place]);
      else same.push(place);
    }
    for (const c of characteristic.characteristics) {
      const child = walk(c, place, depth + 1);
      if (child !== null) children.push(child);
    }
    return place;
  };
  for (const c of document.characteristics) walk(c, null, 1);
  return {
    document,
    octets,
    places,
    given,
    odd,
    of: (type) => byType.get(type) ?? NOWHERE,
    types: [...byType.keys()].sort().join(' '),
    views: new Map(),
  };
}

const NOWHERE: readonly Place[] = [];
const NONE: readonly Parm[] = [];

/** Parms of one name, written in capitals, in the order they came. */
export const parmsOf = (p: Place, name: string): readonly Parm[] => p.byName.get(name) ?? NONE;

/** The first parm of a name that has a value: receivers take the first. */
export const parmOf = (p: Place, name: string): Parm | undefined => parmsOf(p, name).find((q) => q.value !== null);

export const textOf = (p: Place, name: string): string | undefined => parmOf(p, name)?.value ?? undefined;

export const has = (p: Place, name: string): boolean => parmsOf(p, name).length > 0;

/** Where the value is, or the parm where it has none. */
export const at = (q: Parm): Range => (q.value === null || q.valueRange.length === 0 ? q : q.valueRange);

/** Is one of the parms of this name, written in capitals, there with a value that is not empty? */
export const hasText = (p: Place, name: string): boolean => (textOf(p, name) ?? '') !== '';

export const childrenOf = (p: Place, type: string): readonly Place[] => p.children.filter((c) => c.type === type);

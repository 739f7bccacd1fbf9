// Two sets of settings compared by what they mean: matched by identity, in whatever order and encoding they came.

import { type Node, type Thing, type Value, valuesIn } from './node.ts';

/** One value that differs. `path` names where it stands: 'PXPHYSICAL P1/PORT 80/SERVICE'. */
export interface Difference {
  readonly path: string;
  /** The characteristic around it, for its label. */
  readonly before: Place | null;
  readonly after: Place | null;
  readonly name: string;
  /** The same values in another order. */
  readonly reordered: boolean;
}

export interface Place {
  readonly node: Node;
  readonly values: readonly Value[];
}

/** Lists whose order says what is tried first (OMA-WAP-TS-ProvCont-V1_1 4.5; cpclient). */
const ORDERED: ReadonlySet<string> = new Set(['TO-NAPID', 'TO-PROXY', 'DNS-ADDR', 'ADDR']);
export const isOrdered = (parm: string): boolean => ORDERED.has(parm);
const ORDERED_NODES: ReadonlySet<string> = new Set(['PXPHYSICAL', 'APPADDR']);

/** What a parm means where it is left out (cpclient). */
const DEFAULTS: Readonly<Record<string, string>> = {
  'PXPHYSICAL/PXADDRTYPE': 'IPV4',
  'NAPDEF/NAP-ADDRTYPE': 'E164',
};

const texts = (values: readonly Value[]): string[] => values.map((v) => v.value);
const sorted = (list: readonly string[]): string[] => [...list].sort();
const equal = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((v, i) => v === b[i]);

/** Things of one kind are put in an order that does not depend on which document is first. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface Pair<T> {
  readonly a: T | null;
  readonly b: T | null;
}

/** By key; what is left over on both sides alone of its sort is taken for the same thing with another name. */
function pairs<T>(
  as: readonly T[],
  bs: readonly T[],
  keyOf: (t: T) => string,
  sortOf: (t: T) => string,
): readonly Pair<T>[] {
  const out: Pair<T>[] = [];
  const restB = new Map(bs.map((b) => [keyOf(b), b]));
  const restA: T[] = [];
  for (const a of as) {
    const b = restB.get(keyOf(a));
    if (b === undefined) restA.push(a);
    else {
      restB.delete(keyOf(a));
      out.push({ a, b });
    }
  }
  const leftB = [...restB.values()];
  const ofSort = (list: readonly T[]): Map<string, T[]> => {
    const found = new Map<string, T[]>();
    for (const t of list) found.set(sortOf(t), [...(found.get(sortOf(t)) ?? []).slice(0, 1), t]);
    return found;
  };
  const [sortsA, sortsB] = [ofSort(restA), ofSort(leftB)];
  const used = new Set<T>();
  for (const a of restA) {
    const sort = sortOf(a);
    const [b, another] = sortsA.get(sort)?.length === 1 ? (sortsB.get(sort) ?? []) : [];
    const partner = another === undefined ? b : undefined;
    if (partner !== undefined) used.add(partner);
    out.push({ a, b: partner ?? null });
  }
  for (const b of leftB) if (!used.has(b)) out.push({ a: null, b });
  return out.sort((x, y) => byText(keyOf((x.a ?? x.b)!), keyOf((y.a ?? y.b)!)));
}

/** In the order of the second, then what only the first has. */
const namesOf = (a: Node | null, b: Node | null): string[] => [
  ...new Set([...(b?.parms ?? []), ...(a?.parms ?? [])].map((v) => v.name)),
];

function withDefault(n: Node, name: string): string[] {
  const own = texts(valuesIn(n, name));
  const known = DEFAULTS[`${n.type}/${name}`];
  return own.length === 0 && known !== undefined ? [known] : own;
}

function* nodeDifferences(a: Node | null, b: Node | null, path: string): Generator<Difference> {
  for (const name of namesOf(a, b)) {
    const before = a === null ? [] : valuesIn(a, name);
    const after = b === null ? [] : valuesIn(b, name);
    const [x, y] = [a === null ? [] : withDefault(a, name), b === null ? [] : withDefault(b, name)];
    if (a !== null && b !== null && equal(x, y)) continue;
    const same = a !== null && b !== null && equal(sorted(x), sorted(y));
    if (same && !ORDERED.has(name)) continue;
    yield {
      path: `${path}${name}`,
      name,
      before: before.length === 0 || a === null ? null : { node: a, values: before },
      after: after.length === 0 || b === null ? null : { node: b, values: after },
      reordered: same,
    };
  }
  const children = pairs(
    a?.children ?? [],
    b?.children ?? [],
    (n) => `${n.type}\n${n.key}`,
    (n) => n.type,
  );
  for (const { a: c, b: d } of children) {
    const n = (c ?? d)!;
    yield* nodeDifferences(c, d, `${path}${n.type} ${n.key}/`);
  }
  if (a === null || b === null) return;
  yield* nodeOrder(a, b, path, children);
  yield* ruleOrder(a, b, path);
}

/** Addresses are tried in their order: another order is a difference of its own. */
function* nodeOrder(a: Node, b: Node, path: string, children: readonly Pair<Node>[]): Generator<Difference> {
  for (const type of ORDERED_NODES) {
    const both = children.filter((p) => p.a !== null && p.b !== null && p.a.type === type);
    if (both.length < 2) continue;
    const inA = a.children.filter((n) => both.some((p) => p.a === n));
    const inB = b.children.filter((n) => both.some((p) => p.b === n));
    const partner = (n: Node): Node => both.find((p) => p.a === n)!.b!;
    if (inA.every((n, i) => partner(n) === inB[i])) continue;
    const first = type === 'PXPHYSICAL' ? 'PXADDR' : 'ADDR';
    const place = (n: Node, list: readonly Node[]): Place => ({
      node: { ...n, type },
      values: list.flatMap((c) => valuesIn(c, first).slice(0, 1)),
    });
    yield { path: `${path}${type}`, name: first, before: place(a, inA), after: place(b, inB), reordered: true };
  }
}

const sequence = (n: Node): string[] => n.parms.map((v) => `${v.name}=${v.value}`);

/** What an access rule fits stands behind its name, and where it leads behind both (cpclient). */
function* ruleOrder(a: Node, b: Node, path: string): Generator<Difference> {
  if (a.type !== 'ACCESS' || equal(sequence(a), sequence(b))) return;
  if (!equal(sorted(sequence(a)), sorted(sequence(b)))) return;
  const all = (node: Node): Place => ({ node, values: node.parms });
  yield { path: `${path}RULE`, name: 'RULE', before: all(a), after: all(b), reordered: true };
}

/** Without findings of its own: what one of the two does not have is compared with nothing. */
export const differences = (a: Node | null, b: Node | null): Difference[] => [...nodeDifferences(a, b, '')];

const applicationOf = (t: Thing): string => t.parms.find((p) => p.name === 'APPID')?.value ?? '';
const sortOf = (t: Thing): string => (t.type === 'APPLICATION' ? `${t.type} ${applicationOf(t)}` : t.type);

/** What is the same thing on both sides; a phone's contexts are apart. */
export const pairThings = (as: readonly Thing[], bs: readonly Thing[]): readonly Pair<Thing>[] =>
  pairs(as, bs, (t) => t.id, sortOf);

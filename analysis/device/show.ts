// The phone in the form the contract has: titles, labels, masked values, and where each was said.

import type {
  ChangeKind,
  DeviceChange,
  DeviceContext,
  DeviceObject,
  DeviceRoute,
  DeviceStep,
  DeviceValue,
  DiffEntry,
  Origin,
  RouteHop,
  SettingsDiff,
  ValueChange,
} from '../engine/contract/device.ts';
import { withoutUserinfo } from '../report/mask.ts';
import { capital, count, list } from '../summary/words.ts';
import { type Comparison, compare } from './compare.ts';
import { type Difference, isOrdered, type Place } from './diff.ts';
import type { Change, Step } from './history.ts';
import { leadsNowhere } from './links.ts';
import type { Node, Value } from './node.ts';
import { legText, type Route, routesOf } from './routes.ts';
import { contextReasons, type Held, originAt, originOf, type State } from './state.ts';
import { notesOf } from './usable.ts';
import { inSentence, insideOf, isSecret, labelOf, menuOf, type ShowOptions, shown, showValue } from './words.ts';

/** What nobody sent ties converted settings together; it is nothing to show. */
const wasSent = (v: Value): boolean => v.range.length > 0;

function labelIn(n: Node, top: boolean, parm: string): string {
  const inside = top ? '' : insideOf(n);
  const label = labelOf(n.type, parm);
  return inside === '' || inside.startsWith(label) ? label : `${inside}: ${label.toLowerCase()}`;
}

function* flat(n: Node, top = true): Generator<{ readonly node: Node; readonly value: Value; readonly top: boolean }> {
  for (const value of n.parms) yield { node: n, value, top };
  for (const c of n.children) yield* flat(c, false);
}

/** What ties things together is read after what they are. */
const TIES: ReadonlySet<string> = new Set([
  'NAPID',
  'PROXY-ID',
  'PHYSICAL-PROXY-ID',
  'APPID',
  'TO-NAPID',
  'TO-PROXY',
  'NAP-ADDRTYPE',
  'PXADDRTYPE',
  'ADDRTYPE',
]);

export function valuesOf(h: Held, options: ShowOptions): DeviceValue[] {
  return [...flat(h.thing)]
    .filter(({ value }) => wasSent(value))
    .sort((a, b) => Number(TIES.has(a.value.name)) - Number(TIES.has(b.value.name)))
    .map(({ node, value, top }) => ({
      label: labelIn(node, top, value.name),
      value: showValue(value, options),
      parm: value.name,
      secret: isSecret(value),
      origin: originOf(h.origin, value),
    }));
}

/** Identities may be addresses, and addresses may hold passwords. */
const idOf = (h: Held): string => withoutUserinfo(h.id);

const NOWHERE = {
  text: 'None of its access points is there; cpclient drops it.',
  basis: 'clients',
} as const;

export const objectsOf = (s: State, options: ShowOptions): DeviceObject[] =>
  [...s.held.values()].map((h) => ({
    id: idOf(h),
    kind: h.thing.kind,
    context: h.context,
    group: menuOf(h.thing),
    title: h.thing.title,
    origin: originOf(h.origin, h.thing),
    assumed: h.assumed,
    values: valuesOf(h, options),
    notes: [...(leadsNowhere(s, h) ? [NOWHERE] : []), ...notesOf(h.thing)].map((n) => ({
      ...n,
      origin: originOf(h.origin, h.thing),
    })),
  }));

export const contextsOf = (s: State): DeviceContext[] =>
  [...s.contexts.values()].map((c) => ({ ...c, reasons: contextReasons(s, c) }));

function hopsOf(r: Route): RouteHop[] {
  const [leg] = r.legs;
  const hops: RouteHop[] = [
    { kind: 'application', title: r.application.thing.title, text: '', object: idOf(r.application), reason: r.why },
  ];
  if (leg === undefined) return hops;
  if (leg.proxy !== null) hops.push({ kind: 'proxy', ...hop(leg.proxy) });
  hops.push({ kind: 'access-point', ...hop(leg.accessPoint) });
  if (r.server !== null) {
    const text = r.server.port === null ? '' : `port ${shown(r.server.port)}`;
    const reason = { text: 'The server it is set up with.', basis: 'message', origin: r.server.origin } as const;
    hops.push({ kind: 'server', title: shown(r.server.address), text, object: idOf(r.application), reason });
  }
  return hops;
}

const hop = ({ title, text, held, reason }: NonNullable<Route['legs'][number]['proxy']>) => ({
  title,
  text,
  object: held === null ? null : idOf(held),
  reason,
});

export const deviceRoutes = (s: State): DeviceRoute[] =>
  routesOf(s).map((r) => ({
    object: idOf(r.application),
    title: r.application.thing.title,
    group: menuOf(r.application.thing),
    context: r.application.context,
    hops: hopsOf(r),
    otherwise: r.legs.slice(1).map((l) => capital(legText(l))),
    notes: r.notes,
    whole: r.legs.every((l) => l.accessPoint.held !== null),
  }));

interface Sides {
  readonly before: Origin | null;
  readonly after: Origin | null;
}

function joined(place: Place | null, options: ShowOptions): string | null {
  if (place === null) return null;
  const between = isOrdered(place.values[0]?.name ?? '') ? ', then ' : ', ';
  return place.values.map((v) => showValue(v, options)).join(between);
}

function placeOrigin(place: Place | null, at: Origin | null): Origin | null {
  const first = place?.values[0];
  return first === undefined || at === null ? null : originAt(at, first.range.start, first.range.length);
}

function valueChange(d: Difference, sides: Sides, options: ShowOptions): ValueChange {
  const place = (d.after ?? d.before)!;
  const top = !d.path.includes('/');
  return {
    label: labelIn(place.node, top, d.name),
    parm: d.name,
    before: joined(d.before, options),
    after: joined(d.after, options),
    secret: [...(d.before?.values ?? []), ...(d.after?.values ?? [])].some(isSecret),
    beforeOrigin: placeOrigin(d.before, sides.before),
    afterOrigin: placeOrigin(d.after, sides.after),
  };
}

const valueChanges = (list: readonly Difference[], sides: Sides, options: ShowOptions): ValueChange[] =>
  list
    .filter((d) => [...(d.before?.values ?? []), ...(d.after?.values ?? [])].some(wasSent))
    .map((d) => valueChange(d, sides, options));

export const changesOf = (step: Step, options: ShowOptions): DeviceChange[] =>
  step.changes.map((c) => ({
    what: c.what,
    kind: c.thing.kind,
    title: c.thing.title,
    reason: c.reason,
    origin: c.origin,
    values: valueChanges(c.differences, { before: c.before?.origin ?? null, after: c.origin }, options),
  }));

const MOST_NAMED = 4;

function named(changes: readonly Change[], what: ChangeKind, verb: string): string[] {
  const found = changes.filter((c) => c.what === what);
  if (found.length === 0) return [];
  const names = found.slice(0, MOST_NAMED).map((c) => inSentence(c.thing.title));
  const more = found.length - names.length;
  return [`${verb} ${list(more === 0 ? names : [...names, `${more} more`])}`];
}

function headline({ judgement, changes, untouched }: Step): string {
  const [why] = judgement.reasons;
  if (judgement.outcome === 'lost' || judgement.outcome === 'refused') return why?.text ?? '';
  const said = [
    ...named(changes, 'added', 'adds'),
    ...named(changes, 'replaced', 'replaces'),
    ...named(changes, 'kept', 'may not change'),
  ];
  if (said.length === 0) return 'Changes nothing: the phone held all of it already.';
  const left =
    untouched === 0 ? '' : `; leaves ${count(untouched, 'other setting')} as ${untouched === 1 ? 'it is' : 'they are'}`;
  return `${capital(said.join('; '))}${left}.`;
}

export const stepOf = (step: Step, n: number): DeviceStep => ({
  step: n,
  message: step.received.message,
  index: step.received.index,
  time: step.received.time,
  bootstrap: step.judgement.bootstrap,
  by: step.judgement.by,
  outcome: step.judgement.outcome,
  headline: headline(step),
  context: step.judgement.context?.id ?? null,
  reasons: step.judgement.reasons,
  asked: step.judgement.asked,
  sightings: step.received.sightings,
});

function entryOf(e: Comparison['entries'][number], options: ShowOptions): DiffEntry {
  const h = (e.after ?? e.before)!;
  const sides = { before: e.before?.origin ?? null, after: e.after?.origin ?? null };
  return {
    what: e.what,
    kind: h.thing.kind,
    title: h.thing.title,
    values: valueChanges(e.differences, sides, options),
  };
}

export function diffOf(a: State, b: State, options: ShowOptions): SettingsDiff {
  const { entries, consequences } = compare(a, b);
  return {
    same: entries.length === 0 && consequences.length === 0,
    consequences,
    entries: entries.map((e) => entryOf(e, options)),
  };
}

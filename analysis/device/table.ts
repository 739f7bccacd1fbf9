// What the phone was told as somebody would type it into another phone.

import type { Origin, TableRow } from '../engine/contract/device.ts';
import { list } from '../summary/words.ts';
import { hasParm, type Node, nodesIn, type Value, valueIn, valuesIn } from './node.ts';
import { type Route, routesOf } from './routes.ts';
import { type Held, originOf, type State } from './state.ts';
import { applicationName, isSecret, labelOf, type ShowOptions, shown, showValue } from './words.ts';

/** Rows of one group, as they are found. */
interface Rows {
  readonly rows: readonly TableRow[];
  /** A row for each parm of that name; nothing where there is none. */
  parm(h: Held, n: Node, name: string, label: string): void;
  value(h: Held, v: Value, label: string): void;
  say(origin: Origin, label: string, value: string): void;
}

function rowsOf(group: string, options: ShowOptions): Rows {
  const rows: TableRow[] = [];
  const value = (h: Held, v: Value, label: string): void => {
    const text = showValue(v, options);
    if (text === '') return;
    rows.push({ group, label, value: text, secret: isSecret(v), origin: originOf(h.origin, v) });
  };
  return {
    rows,
    value,
    parm(h, n, name, label) {
      for (const v of valuesIn(n, name)) value(h, v, label);
    },
    say(origin, label, text) {
      if (text !== '') rows.push({ group, label, value: text, secret: false, origin });
    },
  };
}

const ADDRESS_LABEL: Readonly<Record<string, string>> = { APN: 'APN', E164: 'Telephone number' };

/** Which applications go over an access point or through a proxy first. */
function usersOf(routes: readonly Route[], h: Held): string {
  const users = routes.filter((r) => r.legs[0]?.accessPoint.held?.id === h.id || r.legs[0]?.proxy?.held?.id === h.id);
  return list([...new Set(users.map((r) => applicationName(valueIn(r.application.thing, 'APPID') ?? '')))]);
}

function accessPoint(h: Held, title: string, routes: readonly Route[], options: ShowOptions): readonly TableRow[] {
  const n = h.thing;
  const out = rowsOf(title, options);
  out.parm(h, n, 'NAME', 'Name');
  out.parm(h, n, 'NAP-ADDRESS', ADDRESS_LABEL[valueIn(n, 'NAP-ADDRTYPE') ?? 'E164'] ?? 'Address');
  for (const a of nodesIn(n, 'NAPAUTHINFO')) {
    out.parm(h, a, 'AUTHNAME', 'User name');
    out.parm(h, a, 'AUTHSECRET', 'Password');
    out.parm(h, a, 'AUTHTYPE', 'Authentication');
  }
  out.parm(h, n, 'BEARER', 'Bearer');
  out.parm(h, n, 'DNS-ADDR', 'Name server');
  out.parm(h, n, 'LOCAL-ADDR', 'Address of the phone');
  if (hasParm(n, 'INTERNET')) out.parm(h, n, 'INTERNET', 'Default for the internet');
  for (const w of nodesIn(n, 'WLAN')) wlan(h, w, out);
  out.say(originOf(h.origin, n), 'Used by', usersOf(routes, h));
  return out.rows;
}

function wlan(h: Held, n: Node, out: Rows): void {
  const skip = new Set(['NAPID', 'EDIT-SET', 'VIEW-SET', 'FORW-SET']);
  const walk = (inner: Node): void => {
    for (const v of inner.parms) if (!skip.has(v.name)) out.value(h, v, labelOf(inner.type, v.name));
    for (const c of inner.children) walk(c);
  };
  walk(n);
}

/** Host, port and login of a proxy: those of the address that is used. */
function proxyRows(h: Held, physical: Node | null, out: Rows, before: string): void {
  const n = h.thing;
  const address = physical ?? nodesIn(n, 'PXPHYSICAL')[0];
  const label = (text: string): string => (before === '' ? text : `${before} ${text.toLowerCase()}`);
  if (address !== undefined) {
    out.parm(h, address, 'PXADDR', before === '' ? 'Address' : before);
    const ports = nodesIn(address, 'PORT').length > 0 ? nodesIn(address, 'PORT') : nodesIn(n, 'PORT');
    for (const p of ports.slice(0, 1)) out.parm(h, p, 'PORTNBR', label('Port'));
  }
  for (const a of nodesIn(n, 'PXAUTHINFO')) {
    out.parm(h, a, 'PXAUTH-ID', label('User name'));
    out.parm(h, a, 'PXAUTH-PW', label('Password'));
  }
}

const PARM_LABELS: Readonly<Record<string, string>> = {
  'w4/ADDR': 'MMSC',
  'ap0005/ADDR': 'MMSC',
  'w7/PROVIDER-ID': 'Server id',
  'w5/PROVIDER-ID': 'Server id',
  '25/FROM': 'Mail address',
};

/** What a person does not type: it ties the document together. */
const TIES: ReadonlySet<string> = new Set(['APPID', 'TO-PROXY', 'TO-NAPID', 'ADDRTYPE', 'AACCEPT', 'INIT']);

function resourceRows(h: Held, id: string, n: Node, out: Rows): void {
  const own = valueIn(n, 'NAME');
  const name = own === undefined ? '' : ` "${shown(own)}"`;
  const label = id !== 'w2' ? `Database${name}` : hasParm(n, 'STARTPAGE') ? 'Home page' : `Bookmark${name}`;
  out.parm(h, n, 'URI', label);
  out.parm(h, n, 'CLIURI', 'Database on the phone');
  out.parm(h, n, 'AAUTHNAME', `${label}: user name`);
  out.parm(h, n, 'AAUTHSECRET', `${label}: password`);
}

const LEVELS: Readonly<Record<string, string>> = {
  CLIENT: ' (of the phone)',
  APPSRV: ' (of the server)',
  OBEX: ' (OBEX)',
};

function application(r: Route, title: string, options: ShowOptions): readonly TableRow[] {
  const h = r.application;
  const n = h.thing;
  const id = valueIn(n, 'APPID') ?? '';
  const out = rowsOf(title, options);
  out.parm(h, n, 'NAME', 'Name');
  for (const v of n.parms) {
    if (v.name === 'NAME' || TIES.has(v.name)) continue;
    out.value(h, v, PARM_LABELS[`${id}/${v.name}`] ?? (v.name === 'ADDR' ? 'Server' : labelOf('APPLICATION', v.name)));
  }
  for (const a of nodesIn(n, 'APPADDR')) {
    out.parm(h, a, 'ADDR', id === 'w4' || id === 'ap0005' ? 'MMSC' : 'Server');
    for (const p of nodesIn(a, 'PORT')) {
      out.parm(h, p, 'PORTNBR', 'Port');
      out.parm(h, p, 'SERVICE', 'Service');
    }
  }
  for (const a of nodesIn(n, 'APPAUTH')) {
    const level = LEVELS[valueIn(a, 'AAUTHLEVEL') ?? ''] ?? '';
    out.parm(h, a, 'AAUTHNAME', `User name${level}`);
    out.parm(h, a, 'AAUTHSECRET', `Password${level}`);
    out.parm(h, a, 'AAUTHDATA', `Authentication data${level}`);
    out.parm(h, a, 'AAUTHTYPE', `Authentication${level}`);
  }
  const pages = [...nodesIn(n, 'RESOURCE')].sort(
    (a, b) => Number(hasParm(b, 'STARTPAGE')) - Number(hasParm(a, 'STARTPAGE')),
  );
  for (const p of pages) resourceRows(h, id, p, out);
  const [leg] = r.legs;
  if (leg?.proxy?.held != null) proxyRows(leg.proxy.held, leg.physical, out, 'Proxy');
  if (leg?.accessPoint.held != null) {
    const nap = leg.accessPoint.held;
    const address = valuesIn(nap.thing, 'NAP-ADDRESS')[0];
    if (address !== undefined) out.value(nap, address, 'Access point');
  }
  return out.rows;
}

/** The same name twice gets a number. */
function titles(): (title: string) => string {
  const seen = new Map<string, number>();
  return (title) => {
    const n = (seen.get(title) ?? 0) + 1;
    seen.set(title, n);
    return n === 1 ? title : `${title} (${n})`;
  };
}

/** Rows in the order a person types them: what connects, then what uses it. */
export function tableOf(s: State, options: ShowOptions): TableRow[] {
  const held = [...s.held.values()];
  const routes = routesOf(s);
  const title = titles();
  const naps = held.filter((h) => h.thing.type === 'NAPDEF');
  const out: TableRow[] = naps.flatMap((h) => accessPoint(h, title(h.thing.title), routes, options));
  for (const h of held.filter((x) => x.thing.type === 'WLAN')) {
    const rows = rowsOf(title(h.thing.title), options);
    wlan(h, h.thing, rows);
    out.push(...rows.rows);
  }
  const used = new Set(routes.map((r) => r.legs[0]?.proxy?.held?.id));
  for (const h of held.filter((x) => x.thing.type === 'PXLOGICAL')) {
    if (used.has(h.id)) continue;
    const rows = rowsOf(title(h.thing.title), options);
    rows.parm(h, h.thing, 'NAME', 'Name');
    proxyRows(h, null, rows, '');
    rows.parm(h, h.thing, 'STARTPAGE', 'Start page');
    out.push(...rows.rows);
  }
  for (const r of routes) out.push(...application(r, title(applicationTitle(r.application)), options));
  return out;
}

const applicationTitle = (h: Held): string => h.thing.title;

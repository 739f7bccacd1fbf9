// OMA-WAP-TS-ProvCont-V1_1 4.5, ACCESS: rules that say which way traffic goes. As cpclient reads them: RULE begins a rule,
// what it fits follows, and the links behind all rules are those of each.

import { type Node, nodesIn, valueIn } from './node.ts';

interface Rule {
  readonly name: string;
  readonly applications: string[];
  readonly ports: string[];
  readonly domains: string[];
}

function rulesOf(access: Node): Rule[] {
  const out: Rule[] = [];
  for (const p of access.parms) {
    if (p.name === 'RULE') out.push({ name: p.value, applications: [], ports: [], domains: [] });
    const rule = out.at(-1);
    if (rule === undefined) continue;
    if (p.name === 'APPID') rule.applications.push(p.value);
    if (p.name === 'PORTNBR') rule.ports.push(p.value);
    if (p.name === 'DOMAIN') rule.domains.push(p.value);
  }
  return out;
}

/** Host of an absolute URI, or the address itself. */
function hostOf(address: string): string {
  const host = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/.exec(address)?.[1];
  return (host ?? address).toLowerCase();
}

const inDomain = (host: string, domain: string): boolean => {
  const d = domain.toLowerCase().replace(/^\./, '');
  return host === d || host.endsWith(`.${d}`);
};

function addressesOf(app: Node): string[] {
  const own = app.parms.filter((p) => p.name === 'ADDR').map((p) => p.value);
  const inner = nodesIn(app, 'APPADDR').map((a) => valueIn(a, 'ADDR') ?? '');
  const pages = nodesIn(app, 'RESOURCE').map((r) => valueIn(r, 'URI') ?? '');
  return [...own, ...inner, ...pages].filter((a) => a !== '');
}

/** Name of the first rule that fits the application; null: none does. A rule that names nothing fits everything. */
export function matchingRule(access: Node, app: Node): string | null {
  const id = valueIn(app, 'APPID') ?? '';
  const hosts = addressesOf(app).map(hostOf);
  const ports = nodesIn(app, 'APPADDR').flatMap((a) => nodesIn(a, 'PORT').map((p) => valueIn(p, 'PORTNBR') ?? ''));
  const found = rulesOf(access).find(
    (r) =>
      (r.applications.length === 0 || r.applications.includes(id)) &&
      (r.ports.length === 0 || r.ports.some((p) => ports.includes(p))) &&
      (r.domains.length === 0 || r.domains.some((d) => hosts.some((h) => inDomain(h, d)))),
  );
  return found?.name ?? null;
}

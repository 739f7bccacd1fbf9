// What a document sets that is worth taking over: each server with what it is for.

import type { ProvisioningDocument, Range } from '../../dissectors/content/document.ts';
import type { Detail } from '../../dissectors/content/kinds.ts';
import { isSecretParm } from '../../dissectors/content/provisioning/secrets.ts';
import { at, type Place as Characteristic, facts, has, parmsOf, textOf } from '../conformance/facts.ts';
import { type Place, placeOf } from './hosts.ts';

export type Role = 'proxy' | 'mmsc' | 'mail' | 'dm' | 'ds' | 'home' | 'apn' | 'dns' | 'supl' | 'provisioning' | 'other';

export const ROLE_NAME: Readonly<Record<Role, string>> = {
  proxy: 'proxy',
  mmsc: 'MMS centre',
  mail: 'mail server',
  dm: 'device management server',
  ds: 'synchronisation server',
  home: 'home page',
  apn: 'access point',
  dns: 'name server',
  supl: 'location server',
  provisioning: 'trusted provisioning server',
  other: 'address',
};

export interface Target {
  readonly role: Role;
  /** As written, without a password in it. */
  readonly value: string;
  readonly place: Place;
  readonly port: number | null;
  readonly range: Range;
  /** False: in clear by its scheme or port; null: nothing tells. */
  readonly secure: boolean | null;
}

/** A password or key that has a value. */
export interface Credential {
  readonly parm: string;
  /** 'access': shared by all subscribers of an access point more often than not. */
  readonly of: 'access' | 'account';
  readonly range: Range;
}

export interface Stake {
  readonly targets: readonly Target[];
  readonly credentials: readonly Credential[];
  readonly proxyAuth: boolean;
  readonly trust: readonly { readonly what: string; readonly range: Range }[];
  readonly contextAllow: { readonly value: string; readonly range: Range } | null;
  readonly certificates: readonly Range[];
  readonly control: readonly { readonly type: string; readonly range: Range }[];
  readonly wlan: readonly Range[];
  readonly odd: readonly { readonly parm: string; readonly what: string; readonly range: Range }[];
  /** 'NAPID internet': names that a later document may define again, and what they stand for. */
  readonly names: ReadonlyMap<string, string>;
}

const APPLICATIONS: ReadonlyMap<string, Role> = new Map([
  ['W2', 'home'],
  ['W4', 'mmsc'],
  ['AP0005', 'mmsc'],
  ['W5', 'ds'],
  ['W7', 'dm'],
  ['25', 'mail'],
  ['110', 'mail'],
  ['143', 'mail'],
  ['AP0004', 'supl'],
]);

const SECURE_PORTS: ReadonlySet<number> = new Set([443, 465, 587, 993, 995, 5223, 7275]);
const CLEAR_MAIL_PORTS: ReadonlySet<number> = new Set([25, 110, 143]);
const SECURE_SERVICES = /^(465|587|993|995|STARTTLS)$/i;

/** Vendor characteristics that reach into the phone. */
const CONTROL: ReadonlySet<string> = new Set(
  'SECURITYPOLICY REMOTEWIPE REGISTRY FILEOPERATION UNINSTALL METABASE DEVICELOCK CM_POLICIES'.split(' '),
);
const CERTIFICATES: ReadonlySet<string> = new Set(
  'CERT CERTIFICATESTORE CERTIFICATEENROLLER ROOTCATRUSTEDCERTIFICATES'.split(' '),
);

const LONGEST_VALUE = 1024;
/** C0 without white space, DEL, C1, and marks that reorder text (Unicode TR9). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ODD = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
/** Kept of one document. */
const MOST = 64;

const shown = (value: string): string => value.replace(/\/\/[^/@\s]*@/, '//…@');

function secureOf(place: Place, port: number | null, service: string | undefined): boolean | null {
  if (place.scheme !== null) return place.scheme.endsWith('s');
  if (service !== undefined && SECURE_SERVICES.test(service)) return true;
  const number = port ?? place.port;
  if (number === null) return null;
  return SECURE_PORTS.has(number) ? true : CLEAR_MAIL_PORTS.has(number) ? false : null;
}

function portOf(c: Characteristic): { port: number | null; service: string | undefined } {
  const inner = c.children.find((p) => p.type === 'PORT');
  const number = Number(inner === undefined ? Number.NaN : textOf(inner, 'PORTNBR'));
  return {
    port: Number.isInteger(number) && number > 0 ? number : null,
    service: inner === undefined ? undefined : textOf(inner, 'SERVICE'),
  };
}

class Collect {
  readonly targets: Target[] = [];
  readonly names = new Map<string, string>();

  add(role: Role, c: Characteristic, parm: string, ports = portOf(c)): void {
    for (const q of parmsOf(c, parm)) {
      if (q.value === null || q.value === '' || this.targets.length === MOST) continue;
      const place = placeOf(q.value);
      const secure = secureOf(place, ports.port, ports.service);
      this.targets.push({ role, value: shown(q.value), place, port: ports.port ?? place.port, range: at(q), secure });
    }
  }

  name(c: Characteristic, parm: string, stands: readonly string[]): void {
    const id = textOf(c, parm);
    if (id === undefined || this.names.size === MOST) return;
    const values = stands.map((s) => textOf(c, s) ?? '').join(' ');
    this.names.set(`${parm} ${id}`, values);
  }
}

function application(c: Characteristic, into: Collect): void {
  const role = APPLICATIONS.get((textOf(c, 'APPID') ?? '').toUpperCase()) ?? 'other';
  into.add(role, c, 'ADDR', { port: null, service: undefined });
  for (const a of c.children) {
    if (a.type === 'APPADDR') into.add(role, a, 'ADDR');
    // Addresses below a synchronisation or management server are names of its stores.
    else if (a.type === 'RESOURCE' && role !== 'ds' && role !== 'dm') {
      into.add(role === 'home' && !has(a, 'STARTPAGE') ? 'other' : role, a, 'URI');
    }
  }
  into.name(c, 'PROVIDER-ID', ['APPID', 'ADDR']);
}

/** Everything the checks ask of a document; at most 64 of each sort. */
export function stakeOf(document: ProvisioningDocument): Stake {
  const f = facts(document);
  const into = new Collect();
  const trust: { what: string; range: Range }[] = [];
  const credentials: Credential[] = [];
  const certificates: Range[] = [];
  const control: { type: string; range: Range }[] = [];
  const wlan: Range[] = [];
  const odd: { parm: string; what: string; range: Range }[] = [];
  let contextAllow: Stake['contextAllow'] = null;
  let proxyAuth = false;
  for (const c of f.places) {
    const type = c.type.toUpperCase();
    const whole = c.characteristic;
    switch (type) {
      case 'PXLOGICAL':
        into.add('home', c, 'STARTPAGE', { port: null, service: undefined });
        into.name(c, 'PROXY-ID', ['NAME', 'STARTPAGE']);
        for (const flag of ['TRUST', 'MASTER']) {
          const [q] = parmsOf(c, flag);
          if (q !== undefined) trust.push({ what: `proxy with ${flag}`, range: q });
        }
        break;
      case 'PXPHYSICAL': {
        const own = portOf(c);
        into.add('proxy', c, 'PXADDR', own.port === null && c.parent !== null ? portOf(c.parent) : own);
        break;
      }
      case 'PXAUTHINFO':
        proxyAuth = true;
        break;
      case 'NAPDEF':
        into.add('apn', c, 'NAP-ADDRESS', { port: null, service: undefined });
        into.add('dns', c, 'DNS-ADDR', { port: null, service: undefined });
        into.name(c, 'NAPID', ['NAP-ADDRESS', 'BEARER']);
        break;
      case 'APPLICATION':
        application(c, into);
        break;
      case 'BOOTSTRAP': {
        into.add('provisioning', c, 'PROVURL', { port: null, service: undefined });
        const [url] = parmsOf(c, 'PROVURL');
        if (url !== undefined) trust.push({ what: 'PROVURL', range: at(url) });
        const [allow] = parmsOf(c, 'CONTEXT-ALLOW');
        if (allow?.value != null && !/^0*$/.test(allow.value)) contextAllow = { value: allow.value, range: at(allow) };
        break;
      }
      case 'WLAN':
        if (c.parent === null || c.parent.type === 'NAPDEF') wlan.push(whole);
        break;
    }
    if (CERTIFICATES.has(type) && c.parms.length + c.children.length > 0) certificates.push(whole);
    if (CONTROL.has(type)) control.push({ type: c.type, range: whole });
    for (const { parm } of c.parms) {
      const value = parm.value ?? '';
      if (value !== '' && isSecretParm(parm.name) && credentials.length < MOST) {
        const access = type === 'NAPAUTHINFO' || type === 'PXAUTHINFO' || type === 'PXLOGICAL';
        credentials.push({ parm: parm.name, of: access ? 'access' : 'account', range: at(parm) });
      }
      const what = ODD.test(value)
        ? 'holds characters that do not show'
        : value.length > LONGEST_VALUE
          ? 'is far too long'
          : null;
      if (what !== null && odd.length < MOST) odd.push({ parm: `${c.type}/${parm.name}`, what, range: at(parm) });
    }
  }
  return {
    targets: into.targets,
    credentials,
    proxyAuth,
    trust: trust.slice(0, MOST),
    contextAllow,
    certificates: certificates.slice(0, MOST),
    control: control.slice(0, MOST),
    wlan: wlan.slice(0, MOST),
    odd,
    names: into.names,
  };
}

const NOTHING: Omit<Stake, 'targets' | 'credentials'> = {
  proxyAuth: false,
  trust: [],
  contextAllow: null,
  certificates: [],
  control: [],
  wlan: [],
  odd: [],
  names: new Map(),
};

/** The older Nokia and Ericsson settings, by the labels their decoder gives. */
export function legacyStake(details: readonly Detail[]): Stake {
  const targets: Target[] = [];
  const credentials: Credential[] = [];
  for (const d of details) {
    if (d.value === '' || d.range === null || targets.length === MOST) continue;
    const label = d.label.toUpperCase();
    if (d.secret === true) credentials.push({ parm: label, of: 'access', range: d.range });
    const role: Role | null = / PROXY$/.test(label)
      ? 'proxy'
      : /MMSURL/.test(label)
        ? 'mmsc'
        : /(^| )(URL|HOMEPAGE)$/.test(label)
          ? 'home'
          : / GPRS_ACCESSPOINTNAME$/.test(label)
            ? 'apn'
            : null;
    if (role === null || /PORT|AUTH/.test(label)) continue;
    const place = placeOf(d.value);
    targets.push({
      role,
      value: shown(d.value),
      place,
      port: place.port,
      range: d.range,
      secure: secureOf(place, null, undefined),
    });
  }
  return { ...NOTHING, targets, credentials };
}

// A provisioning document with real WBXML octets, and everything the page shows of it, for the fake engine.

import type { ByteRange, Setting, TreeNode } from '../../../analysis/engine/contract.ts';

export interface FakeParm {
  readonly name: string;
  readonly value: string;
  readonly secret?: boolean;
  readonly mark?: string;
}
export interface FakeCharacteristic {
  readonly type: string;
  readonly parms: readonly FakeParm[];
  readonly inner?: readonly FakeCharacteristic[];
}

const TYPE: Readonly<Record<string, number>> = {
  PXLOGICAL: 0x51,
  PXPHYSICAL: 0x52,
  PORT: 0x53,
  NAPDEF: 0x55,
  APPLICATION: 0x57,
  NAPAUTHINFO: 0x5a,
};
const PARM: Readonly<Record<string, number>> = {
  NAME: 0x07,
  'NAP-ADDRESS': 0x08,
  'NAP-ADDRTYPE': 0x09,
  AUTHTYPE: 0x0c,
  AUTHNAME: 0x0d,
  AUTHSECRET: 0x0e,
  BEARER: 0x10,
  NAPID: 0x11,
  'PROXY-ID': 0x15,
  STARTPAGE: 0x1c,
  PXADDR: 0x20,
  PXADDRTYPE: 0x21,
  'TO-NAPID': 0x22,
  PORTNBR: 0x23,
  SERVICE: 0x24,
  'PHYSICAL-PROXY-ID': 0x2f,
  APPID: 0x36,
};

const GROUP: Readonly<Record<string, string>> = {
  NAPDEF: 'Connection',
  NAPAUTHINFO: 'Connection',
  PXLOGICAL: 'Proxy',
  PXPHYSICAL: 'Proxy',
  PORT: 'Proxy',
  APPLICATION: 'Applications',
};
const LABEL: Readonly<Record<string, string>> = {
  NAME: 'Name',
  'NAP-ADDRESS': 'Access point',
  'NAP-ADDRTYPE': 'Kind of address',
  AUTHTYPE: 'Authentication',
  AUTHNAME: 'User name',
  AUTHSECRET: 'Password',
  BEARER: 'Bearer',
  NAPID: 'Identifier',
  'PROXY-ID': 'Identifier',
  STARTPAGE: 'Start page',
  PXADDR: 'Address',
  PXADDRTYPE: 'Kind of address',
  'TO-NAPID': 'Uses connection',
  PORTNBR: 'Port',
  SERVICE: 'Service',
  'PHYSICAL-PROXY-ID': 'Physical identifier',
  APPID: 'Application',
};

export interface FakeDocument {
  readonly body: Uint8Array;
  readonly tree: readonly TreeNode[];
  readonly settings: readonly Setting[];
  readonly xml: string;
  readonly xmlRanges: readonly (ByteRange | null)[];
}

const masked = '••••••';

/** Node ids start at `firstId`; roots hang under `parent`. */
export function buildDocument(
  groups: readonly FakeCharacteristic[],
  firstId: number,
  parent: number,
  secrets: boolean,
): FakeDocument {
  const bytes: number[] = [0x03, 0x0b, 0x6a, 0x00, 0xc5, 0x46, 0x01];
  const tree: TreeNode[] = [];
  const settings: Setting[] = [];
  const lines: { text: string; range: ByteRange | null }[] = [];
  let id = firstId;
  const body = (start: number, length: number): ByteRange => ({ buffer: 'body', start, length });
  const node = (
    p: number,
    label: string,
    value: string,
    range: ByteRange | null,
    path: string,
    secret = false,
  ): number => {
    tree.push({ id, parent: p, label, value, path, range, secret, clause: 'OMA-WAP-TS-ProvCont-V1_1 4.5' });
    id += 1;
    return id - 1;
  };
  const text = (s: string): void => {
    bytes.push(...new TextEncoder().encode(s), 0);
  };

  node(parent, 'WBXML version', '1.3', body(0, 1), 'wbxml.version');
  node(parent, 'Public identifier', 'PROV 1.0 (0x0B)', body(1, 1), 'wbxml.publicId');
  node(parent, 'Character set', 'UTF-8 (106)', body(2, 1), 'wbxml.charset');
  node(parent, 'String table', 'empty', body(3, 1), 'wbxml.stringTable');
  const root = node(parent, 'wap-provisioningdoc', '', null, 'prov.document');
  lines.push({ text: '<wap-provisioningdoc version="1.0">', range: body(4, 3) });

  const put = (c: FakeCharacteristic, under: number, depth: number): void => {
    const start = bytes.length;
    const indent = '  '.repeat(depth);
    bytes.push(0xc6, TYPE[c.type] ?? 0x50, 0x01);
    lines.push({ text: `${indent}<characteristic type="${c.type}">`, range: body(start, 3) });
    const at = tree.length;
    const me = node(under, 'characteristic', c.type, null, 'prov.characteristic');
    const name = c.parms.find((p) => p.name === 'NAME')?.value;
    for (const p of c.parms) {
      const from = bytes.length;
      bytes.push(0x87, PARM[p.name] ?? 0x05, 0x06, 0x03);
      const valueAt = bytes.length;
      text(p.value);
      bytes.push(0x01);
      const secret = p.secret ?? false;
      const shown = secret && !secrets ? masked : p.value;
      const valueRange = body(valueAt, bytes.length - 2 - valueAt);
      lines.push({
        text: `${indent}  <parm name="${p.name}" value="${shown}"/>`,
        range: body(from, bytes.length - from),
      });
      const parm = node(me, p.name, shown, body(from, bytes.length - from), `prov.${p.name.toLowerCase()}`, secret);
      node(
        parm,
        'name',
        `${p.name} (token 0x${(PARM[p.name] ?? 5).toString(16).toUpperCase()})`,
        body(from + 1, 1),
        'wbxml.attribute',
      );
      node(parm, 'value', shown, valueRange, 'wbxml.string', secret);
      settings.push({
        group: `${GROUP[c.type] ?? 'Other'}${name === undefined ? '' : ` · ${name}`}`,
        label: LABEL[p.name] ?? p.name,
        value: shown,
        parm: p.name,
        secret,
        range: valueRange,
        mark: p.mark ?? null,
      });
    }
    for (const inner of c.inner ?? []) put(inner, me, depth + 1);
    bytes.push(0x01);
    lines.push({ text: `${indent}</characteristic>`, range: body(bytes.length - 1, 1) });
    tree[at] = { ...tree[at]!, range: body(start, bytes.length - start) };
  };
  for (const g of groups) put(g, root, 1);
  bytes.push(0x01);
  lines.push({ text: '</wap-provisioningdoc>', range: body(bytes.length - 1, 1) });
  const rootAt = tree.findIndex((n) => n.id === root);
  tree[rootAt] = { ...tree[rootAt]!, range: body(4, bytes.length - 4) };
  return {
    body: Uint8Array.from(bytes),
    tree,
    settings,
    xml: lines.map((l) => l.text).join('\n'),
    xmlRanges: lines.map((l) => l.range),
  };
}

export const INTERNET: readonly FakeCharacteristic[] = [
  {
    type: 'NAPDEF',
    parms: [
      { name: 'NAPID', value: 'NAP1' },
      { name: 'BEARER', value: 'GSM-GPRS' },
      { name: 'NAME', value: 'Example Internet' },
      { name: 'NAP-ADDRESS', value: 'internet.example' },
      { name: 'NAP-ADDRTYPE', value: 'APN' },
    ],
    inner: [
      {
        type: 'NAPAUTHINFO',
        parms: [
          { name: 'AUTHTYPE', value: 'PAP' },
          { name: 'AUTHNAME', value: 'wapuser' },
          { name: 'AUTHSECRET', value: 'w4p!secret', secret: true },
        ],
      },
    ],
  },
  {
    type: 'PXLOGICAL',
    parms: [
      { name: 'PROXY-ID', value: 'PX1' },
      { name: 'NAME', value: 'Browser proxy' },
      { name: 'STARTPAGE', value: 'http://wap.example/start?lang=en' },
    ],
    inner: [
      {
        type: 'PXPHYSICAL',
        parms: [
          { name: 'PHYSICAL-PROXY-ID', value: 'PHY1' },
          { name: 'PXADDR', value: '203.0.113.8' },
          { name: 'PXADDRTYPE', value: 'IPV4' },
          { name: 'TO-NAPID', value: 'NAP1' },
        ],
        inner: [
          {
            type: 'PORT',
            parms: [
              { name: 'PORTNBR', value: '9201' },
              { name: 'SERVICE', value: 'CO-WSP' },
            ],
          },
        ],
      },
    ],
  },
  {
    type: 'APPLICATION',
    parms: [
      { name: 'APPID', value: 'w2' },
      { name: 'NAME', value: 'Example browsing' },
      { name: 'TO-NAPID', value: 'NAP1' },
    ],
  },
];

export const DANGLING: readonly FakeCharacteristic[] = INTERNET.map((c) =>
  c.type === 'APPLICATION'
    ? { ...c, parms: c.parms.map((p) => (p.name === 'TO-NAPID' ? { ...p, value: 'NAP7', mark: 'dangling' } : p)) }
    : c,
);

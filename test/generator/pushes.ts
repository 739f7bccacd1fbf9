// Bodies of pushes that are no provisioning documents, and of smart messages, written apart from what reads them.

import { md5 } from '@noble/hashes/legacy.js';
import { element, type TreeElement } from '../../dissectors/content/tree.ts';
import { encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import { CO, DRMREL, EMN, SI } from '../../dissectors/content/wbxml/tables/push.ts';
import { SYNCML_12 } from '../../dissectors/content/wbxml/tables/syncml.ts';
import { ascii, join, octets, u16, utf8 } from './octets.ts';

/** Bits one after the other; the last octet is filled with zeros. */
export class BitWriter {
  readonly #bits: number[] = [];

  put(value: number, width: number): this {
    for (let i = width - 1; i >= 0; i -= 1) this.#bits.push(Math.floor(value / 2 ** i) % 2);
    return this;
  }

  all(bytes: Uint8Array): this {
    for (const b of bytes) this.put(b, 8);
    return this;
  }

  align(): this {
    while (this.#bits.length % 8 !== 0) this.#bits.push(0);
    return this;
  }

  bytes(): Uint8Array {
    this.align();
    return Uint8Array.from({ length: this.#bits.length / 8 }, (_, i) =>
      this.#bits.slice(8 * i, 8 * i + 8).reduce((v, b) => v * 2 + b, 0),
    );
  }
}

export interface IndicationFields {
  readonly id?: string;
  readonly href?: string;
  readonly action?: string;
  readonly created?: string;
  readonly expires?: string;
}

export const indication = (f: IndicationFields, text: string): Uint8Array =>
  encodeWbxml(
    element(
      'si',
      {},
      element(
        'indication',
        {
          ...(f.href === undefined ? {} : { href: f.href }),
          ...(f.id === undefined ? {} : { 'si-id': f.id }),
          ...(f.action === undefined ? {} : { action: f.action }),
          ...(f.created === undefined ? {} : { created: f.created }),
          ...(f.expires === undefined ? {} : { 'si-expires': f.expires }),
        },
        ...(text === '' ? [] : [text]),
      ),
    ),
    { table: SI },
  );

export const invalidation = (objects: readonly string[], services: readonly string[]): Uint8Array =>
  encodeWbxml(
    element(
      'co',
      {},
      ...objects.map((uri) => element('invalidate-object', { uri })),
      ...services.map((uri) => element('invalidate-service', { uri })),
    ),
    { table: CO },
  );

export const newMail = (mailbox: string, timestamp: string): Uint8Array =>
  encodeWbxml(element('emn', { mailbox, timestamp }), { table: EMN });

/** Rights to a content, with its key. */
export const rights = (uid: string, key: string, times: string): Uint8Array =>
  encodeWbxml(
    element(
      'o-ex:rights',
      {},
      element('o-ex:context', {}, element('o-dd:version', {}, '1.0')),
      element(
        'o-ex:agreement',
        {},
        element(
          'o-ex:asset',
          {},
          element('o-ex:context', {}, element('o-dd:uid', {}, uid)),
          element('ds:KeyInfo', {}, element('ds:KeyValue', {}, key)),
        ),
        element(
          'o-ex:permission',
          {},
          element('o-dd:play', {}, element('o-ex:constraint', {}, element('o-dd:count', {}, times))),
          element('o-dd:display', {}),
        ),
      ),
    ),
    { table: DRMREL },
  );

const addNode = (n: number, path: string, value: string): TreeElement =>
  element(
    'Add',
    {},
    element('CmdID', {}, String(n)),
    element(
      'Item',
      {},
      element('Target', {}, element('LocURI', {}, path)),
      element('Meta', {}, element('Format', {}, 'chr'), element('Type', {}, 'text/plain')),
      element('Data', {}, value),
    ),
  );

/** OMA-TS-DM_Bootstrap-V1_2 5.2: nodes of the tree in Add commands. */
export const bootstrapTree = (nodes: Readonly<Record<string, string>>): TreeElement =>
  element(
    'SyncML',
    {},
    element(
      'SyncHdr',
      {},
      element('VerDTD', {}, '1.2'),
      element('VerProto', {}, 'DM/1.2'),
      element('SessionID', {}, '0'),
      element('MsgID', {}, '0'),
      element('Target', {}, element('LocURI', {}, 'IMEI:490154203237518')),
      element('Source', {}, element('LocURI', {}, 'dm.example.com')),
    ),
    element(
      'SyncBody',
      {},
      ...Object.entries(nodes).map(([path, value], i) => addNode(i + 1, path, value)),
      element('Final', {}),
    ),
  );

export const bootstrap = (nodes: Readonly<Record<string, string>>): Uint8Array =>
  encodeWbxml(bootstrapTree(nodes), { table: SYNCML_12 });

/** Nodes of a management account of DM 1.2. */
export const accountNodes = (id: string, server: string, password: string, nonce: string): Record<string, string> => ({
  [`./DMAcc/${id}/AppID`]: 'w7',
  [`./DMAcc/${id}/ServerID`]: server,
  [`./DMAcc/${id}/Name`]: 'Example management',
  [`./DMAcc/${id}/AppAddr/1/Addr`]: 'https://dm.example.com/dm',
  [`./DMAcc/${id}/AppAddr/1/AddrType`]: 'URI',
  [`./DMAcc/${id}/AppAuth/1/AAuthLevel`]: 'SRVCRED',
  [`./DMAcc/${id}/AppAuth/1/AAuthType`]: 'DIGEST',
  [`./DMAcc/${id}/AppAuth/1/AAuthName`]: server,
  [`./DMAcc/${id}/AppAuth/1/AAuthSecret`]: password,
  [`./DMAcc/${id}/AppAuth/1/AAuthData`]: nonce,
});

export const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

export interface TriggerFields {
  readonly server: string;
  readonly session: number;
  /** 0 not specified, 1 background, 2 informative, 3 user interaction. */
  readonly ui?: number;
  /** 12 is 1.2. */
  readonly version?: number;
  readonly body?: Uint8Array;
  /** What the digest is made with; absent: the digest is zeros. */
  readonly password?: string;
  readonly nonce?: Uint8Array;
}

/** OMA-TS-DM_Notification-V1_2 6.2: digest, header, server, body. */
export function trigger(t: TriggerFields): Uint8Array {
  const server = utf8(t.server);
  const head = new BitWriter()
    .put(t.version ?? 12, 10)
    .put(t.ui ?? 1, 2)
    .put(1, 1)
    .put(0, 27)
    .put(t.session, 16)
    .put(server.length, 8)
    .bytes();
  const covered = join(head, server, t.body ?? octets());
  if (t.password === undefined) return join(new Uint8Array(16), covered);
  const who = base64(md5(utf8(`${t.server}:${t.password}`)));
  return join(md5(join(ascii(`${who}:`), t.nonce ?? octets(), ascii(`:${base64(md5(covered))}`))), covered);
}

/** One data store of a synchronisation notification: way 6 to 10, content type, address. */
export const syncEntry = (way: number, contentType: number, uri: string): Uint8Array =>
  join(octets(way << 4, contentType >> 16, (contentType >> 8) & 255, contentType & 255, uri.length), ascii(uri));

export const syncList = (...entries: readonly Uint8Array[]): Uint8Array =>
  join(octets(entries.length << 4), ...entries);

const FQDN = '-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const fqdn = (w: BitWriter, name: string): BitWriter => {
  w.put(0, 1)
    .put(1, 1)
    .put(name.length - 1, 8);
  for (const c of name) w.put(FQDN.indexOf(c), 6);
  return w;
};

export interface SuplFields {
  readonly version?: readonly [number, number, number];
  readonly session: Uint8Array;
  readonly server: string;
  readonly method: number;
  readonly notification?: { readonly type: number; readonly requestor?: string; readonly client?: string };
  readonly address?: string;
  readonly qop?: {
    readonly horizontal: number;
    readonly vertical?: number;
    readonly age?: number;
    readonly delay?: number;
  };
  readonly mode: number;
  readonly mac?: Uint8Array;
  readonly key?: Uint8Array;
}

/** OMA-TS-ULP-V1_0 11, SUPL INIT in packed encoding. */
export function suplInit(f: SuplFields): Uint8Array {
  const w = new BitWriter();
  w.put(0, 1).put(1, 1);
  w.all(f.session);
  fqdn(w, f.server);
  w.put(0, 1).put(0, 3);
  w.put(0, 1);
  for (const there of [f.notification, f.address, f.qop, f.mac, f.key]) w.put(there === undefined ? 0 : 1, 1);
  w.put(0, 1).put(f.method, 4);
  const n = f.notification;
  if (n !== undefined) {
    const { requestor, client } = n;
    w.put(0, 1).put(requestor === undefined && client === undefined ? 0 : 1, 1);
    w.put(requestor === undefined ? 0 : 3, 2).put(client === undefined ? 0 : 3, 2);
    w.put(0, 1).put(n.type, 3);
    if (requestor !== undefined || client !== undefined) w.put(0, 1).put(2, 2);
    for (const name of [requestor, client]) {
      if (name === undefined) continue;
      const text = utf8(name);
      w.put(text.length - 1, 6)
        .all(text)
        .put(0, 1)
        .put(0, 3);
    }
  }
  if (f.address !== undefined) fqdn(w, f.address);
  if (f.qop !== undefined) {
    const { horizontal, vertical, age, delay } = f.qop;
    w.put(0, 1);
    for (const v of [vertical, age, delay]) w.put(v === undefined ? 0 : 1, 1);
    w.put(horizontal, 7);
    if (vertical !== undefined) w.put(vertical, 7);
    if (age !== undefined) w.put(age, 16);
    if (delay !== undefined) w.put(delay, 3);
  }
  w.put(f.mode, 1);
  if (f.mac !== undefined) w.all(f.mac);
  if (f.key !== undefined) w.all(f.key);
  const message = w.bytes();
  return join(u16(message.length + 5), octets(...(f.version ?? [1, 0, 0])), message);
}

export interface Note {
  /** 0 pause, 1 C ... 12 B. */
  readonly note: number;
  /** 0 whole ... 5 thirty-second. */
  readonly length: number;
  /** 0 none, 1 dotted. */
  readonly dots?: number;
}

/** Nokia Smart Messaging 3.0.0, ringing tone: one pattern, at `tempo` of the table and in octave 4 + `scale`. */
export function ringingTone(title: string, notes: readonly Note[], tempo = 14, scale = 1): Uint8Array {
  const w = new BitWriter().put(2, 8).put(0x25, 7).align().put(0x1d, 7).put(1, 3).put(title.length, 4);
  w.all(ascii(title)).put(1, 8);
  w.put(0, 3)
    .put(0, 2)
    .put(0, 4)
    .put(notes.length + 2, 8);
  w.put(4, 3).put(tempo, 5).put(2, 3).put(scale, 2);
  for (const n of notes)
    w.put(1, 3)
      .put(n.note, 4)
      .put(n.length, 3)
      .put(n.dots ?? 0, 2);
  return w.align().put(0, 8).bytes();
}

/** An OTA bitmap of rows of '#' and anything else; as wide as the first row. */
export function picture(rows: readonly string[]): Uint8Array {
  const w = new BitWriter();
  for (const r of rows) for (const c of r) w.put(c === '#' ? 1 : 0, 1);
  return join(octets(0, rows[0]?.length ?? 0, rows.length, 1), w.bytes());
}

/** Country and network as an operator logo has them: '26201' is 62 F2 10. */
export function networkCode(mcc: string, mnc: string): Uint8Array {
  const text = `${mcc}F${mnc.padEnd(2, 'F')}`;
  return Uint8Array.from({ length: 3 }, (_, i) => Number.parseInt(text[2 * i + 1]! + text[2 * i]!, 16));
}

export const item = (type: number, data: Uint8Array): Uint8Array => join(octets(type), u16(data.length), data);

const uintvar = (v: number): Uint8Array => (v < 128 ? octets(v) : octets(0x80 | (v >> 7), v & 127));

/** WAP-230-WSP 8.5: each part with its content type, a number below 128 or a text. */
export const multipart = (...parts: readonly (readonly [type: number | string, body: Uint8Array])[]): Uint8Array =>
  join(
    octets(parts.length),
    ...parts.flatMap(([type, body]) => {
      const header = typeof type === 'number' ? octets(0x80 | type) : join(ascii(type), octets(0));
      return [uintvar(header.length), uintvar(body.length), header, body];
    }),
  );

export const card = (lines: readonly string[]): Uint8Array =>
  utf8(`BEGIN:VCARD\r\nVERSION:2.1\r\n${lines.map((l) => `${l}\r\n`).join('')}END:VCARD\r\n`);

export const entry = (lines: readonly string[]): Uint8Array =>
  utf8(
    `BEGIN:VCALENDAR\r\nVERSION:1.0\r\nBEGIN:VEVENT\r\n${lines.map((l) => `${l}\r\n`).join('')}END:VEVENT\r\nEND:VCALENDAR\r\n`,
  );

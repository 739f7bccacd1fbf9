// Radio, card and exported PDUs: every field that tshark and this program both name, on recorded and on made captures.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openCapture } from '../../captures/open.ts';
import { fromBytes } from '../../captures/source.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import type { Context } from '../../dissectors/base/dissector.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { exported } from '../../dissectors/bearer/exported/index.ts';
import { gsmtap } from '../../dissectors/bearer/gsmtap/index.ts';
import { gsup } from '../../dissectors/bearer/gsup/index.ts';
import { ipa } from '../../dissectors/bearer/gsup/ipa.ts';
import { layersOfFrame } from '../../dissectors/driver/inspect.ts';
import { dissectors } from '../../dissectors/index.ts';
import { recordDecoders } from '../../dissectors/sms/log.ts';
import { peer } from '../project/peers.ts';
import { bootstrap, Commands, fcp, gsmFile, onWire, PKCS15 } from '../radio/card.ts';
import * as m from '../radio/core.ts';
import { DELIVER, listenAll, SUBMIT } from '../radio/support.ts';
import { established, gsmtapFrame, iFrames, lapdmFrame, SABM } from '../radio/um.ts';
import { connection, hex, latin1, toHex } from '../sms/support.ts';
import { eth, ipv4, tcp, udp } from '../stack/build.ts';
import { root, sharedFolder } from '../support/shared.ts';
import { tsharkFields } from './tshark.ts';

/** Values of both in a form that must be equal, one by one. */
type Convert = (ours: readonly TreeRow[], theirs: readonly string[]) => readonly [ours: unknown[], theirs: unknown[]];
const number: Convert = (a, b) => [a.map((r) => Number(r.value)), b.map(Number)];
const text: Convert = (a, b) => [a.map((r) => String(r.value)), [...b]];
const plain = (r: TreeRow): string => (r.value instanceof Uint8Array ? toHex(r.value) : String(r.value));
const octets: Convert = (a, b) => [a.map(plain), b.map((t) => t.replace(/:/g, ''))];
/** One value here, one for each file identifier there. */
const path: Convert = (a, b) => [a.map(plain), [b.map((t) => t.replace(/^0x/, '')).join('')]];

/** tshark's name, ours, and how they compare. */
const FIELDS: readonly (readonly [theirs: string, ours: string, convert: Convert])[] = [
  ['gsmtap.version', 'gsmtap.version', number],
  ['gsmtap.type', 'gsmtap.type', number],
  ['gsmtap.ts', 'gsmtap.timeslot', number],
  ['gsmtap.arfcn', 'gsmtap.arfcn', (a, b) => [a.map((r) => Number(r.value) & 0x3fff), b.map(Number)]],
  ['gsmtap.frame_nr', 'gsmtap.frameNumber', number],
  ['gsmtap.chan_type', 'gsmtap.subType', number],
  ['gsmtap.sub_slot', 'gsmtap.subSlot', number],
  ['lapdm.address_field', 'lapdm.address', number],
  ['lapdm.control_field', 'lapdm.control', number],
  ['lapdm.length_field', 'lapdm.length', number],
  ['gsm_a.dtap.msg_sms_type', 'smcp.type', number],
  ['gsm_a.rp.msg_type', 'smrp.type', number],
  ['gsm_a.rp.rp_message_reference', 'smrp.reference', number],
  ['gsm_a.rp.cause', 'smrp.cause', number],
  ['gsm_sms.tp-oa', 'sms.originator', text],
  ['gsm_sms.tp-da', 'sms.destination', text],
  ['gsm_sms.tp-mr', 'sms.reference', number],
  ['gsm_sms.tp-pid', 'sms.protocolId', number],
  ['gsm_sms.tp-dcs', 'sms.dataCoding', number],
  ['gsm_sms.tp-fcs', 'sms.failureCause', number],
  ['gsm_sms.tp.user_data_length', 'sms.userDataLength', number],
  ['gsm_ipa.data_len', 'ipa.length', number],
  ['gsm_ipa.protocol', 'ipa.protocol', number],
  ['gsm_ipa.osmo.protocol', 'ipa.extension', number],
  ['gsup.msg_type', 'gsup.type', number],
  ['e164.msisdn', 'gsup.msisdn', text],
  ['gsup.ie.iei', 'gsup.tag', number],
  ['gsup.sm_rp_mr', 'gsup.reference', number],
  ['gsup.sm_rp.cause', 'gsup.relayCause', number],
  ['gsup.sm_alert_rsn', 'gsup.alertReason', number],
  ['sgsap.msg_type', 'sgsap.type', number],
  ['s1ap.procedureCode', 's1ap.procedure', number],
  ['s1ap.id', 's1ap.id', number],
  ['nas_eps.security_header_type', 'nas.header', number],
  ['nas_eps.nas_msg_emm_type', 'nas.type', number],
  ['nas_eps.seq_no', 'nas.sequence', number],
  ['bssap.pdu_type', 'bssap.discrimination', number],
  ['bssap.length', 'bssap.length', number],
  ['gsm_abis_rsl.msg_dsc', 'rsl.discriminator', (a, b) => [a.map((r) => Number(r.value) >> 1), b.map(Number)]],
  ['gsm_abis_rsl.msg_type', 'rsl.type', number],
  ['exported_pdu.tag', 'exported.tag', number],
  ['exported_pdu.tag_len', 'exported.length', number],
  ['exported_pdu.prot_name', 'exported.name', text],
  ['gsm_sim.apdu.ins', 'sim.ins', number],
  ['gsm_sim.le', 'sim.p3', number],
  ['gsm_sim.record_nr', 'sim.p1', number],
  ['gsm_sim.apdu.data', 'sim.response', octets],
  ['gsm_sim.aid', 'sim.command', octets],
  ['gsm_sim.apdu.sw', 'sim.status', number],
  ['gsm_sim.file_id', 'sim.command', path],
];
/** Names the IMSI of the subscriber; ours stands under the name of the layer that gave it. */
const IMSI = ['layer3.identity', 'sgsap.imsi', 'nas.identity', 'bssap.imsi', 'gsup.imsi'];

interface Seen {
  readonly rows: Map<number, readonly TreeRow[]>;
  readonly identities: string[];
}

/** Reads the frames of a capture as the driver does, with a recorder; messages put together are added to their frame. */
async function ours(bytes: Uint8Array): Promise<Seen> {
  const reader = await openCapture(fromBytes('made', bytes));
  if ('unreadable' in reader) throw new Error('not readable');
  const heard = listenAll();
  const link = connection(heard.sink, 'peer');
  const rows = new Map<number, readonly TreeRow[]>();
  const states = new Map<string, unknown>();
  for await (const batch of reader.batches()) {
    if (batch.kind !== 'frames') continue;
    for (let i = 0; i < batch.count; i += 1) {
      const at = batch.firstNumber + i;
      const frame = batch.bytes.slice(batch.start[i]!, batch.start[i]! + batch.length[i]!);
      const here: TreeRow[] = [];
      const payload = layersOfFrame(frame, batch.linkType[i]!, null).payload;
      const c = new Cursor(frame, payload.start, payload.start + payload.length, recordInto(here));
      const before = heard.messages.length;
      const context = (id: string): Context => ({
        ...link.context(0, at),
        state: <T>(init: () => T): T => {
          if (!states.has(id)) states.set(id, init());
          return states.get(id) as T;
        },
        next: (table, key, inner) => {
          const d = dissectors.find((x) => (table === 'dissector' ? x.id === key : bound(x.carriedBy, table, key)));
          d?.decode(inner, context(d.id));
          return d !== undefined;
        },
      });
      if (batch.linkType[i] === 252) exported.decode(c, context('exported'));
      else if (c.left > 0 && c.bytes[c.pos] === 2) gsmtap.decode(c, context('gsmtap'));
      else if (c.left > 0) ipa.decode(c, context('ipa'));
      // What was joined from several frames has a tree of its own.
      for (const s of heard.messages.slice(before)) {
        if (s.pdu.map.length < 2) continue;
        const d = dissectors.find((x) => x.id === s.dissector);
        const whole = new Cursor(s.pdu.bytes, 0, s.pdu.bytes.length, recordInto(here));
        if (d !== undefined) d.decode(whole, { ...context('tree'), sink: listenAll().sink });
        else recordDecoders[s.dissector]?.(whole);
      }
      rows.set(at, here);
    }
  }
  return { rows, identities: heard.identities.map((x) => x.imsi) };
}

const bound = (list: readonly { table: string; key: number | string }[], table: string, key: number | string) =>
  list.some((b) => b.table === table && b.key === key);

interface Compared {
  readonly differences: string[];
  readonly counts: Map<string, number>;
}

async function compare(program: string, path: string): Promise<Compared> {
  const theirs = tsharkFields(program, path, [...FIELDS.map(([name]) => name), 'e212.imsi']);
  const { rows } = await ours(new Uint8Array(readFileSync(path)));
  const differences: string[] = [];
  const counts = new Map<string, number>();
  for (const [frame, values] of theirs) {
    const here = rows.get(frame) ?? [];
    for (const [name, path_, convert] of FIELDS) {
      const a = here.filter((r) => r.field.path === path_);
      const b = values.get(name) ?? [];
      if (a.length === 0 || b.length === 0) continue;
      const [x, y] = convert(a, b);
      counts.set(name, (counts.get(name) ?? 0) + x.length);
      if (String(x) !== String(y)) differences.push(`frame ${frame} ${name}: ${x}, tshark has ${y}`);
    }
    const imsi = new Set(here.filter((r) => IMSI.includes(r.field.path) && r.value !== '').map((r) => String(r.value)));
    for (const value of imsi) {
      counts.set('e212.imsi', (counts.get('e212.imsi') ?? 0) + 1);
      if (values.get('e212.imsi')?.includes(value) !== true) differences.push(`frame ${frame} e212.imsi: ${value}`);
    }
  }
  return { differences, counts };
}

const u16 = (v: number): string => v.toString(16).padStart(4, '0');
function record(name: string, content: string): Uint8Array {
  const padded = toHex(latin1(name.padEnd(4 * Math.ceil(name.length / 4), '\0')));
  return hex(`000c ${u16(padded.length / 2)} ${padded} 0000 0000 ${content}`);
}

const pcap = (linkType: number, frames: readonly Uint8Array[]): Uint8Array =>
  writePcap(
    frames.map((bytes, i) => ({ bytes, time: BigInt(i) * 1_000_000_000n })),
    { linkType },
  );

function madeExported(): Uint8Array {
  const attach = m.s1(12, m.s1Element(8, '40 0123'), m.s1Element(26, `0c 07 41 71 ${m.lv(m.IDENTITY)}`));
  const records: [string, string][] = [
    ['gsm_sms', DELIVER],
    ['gsm_a_dtap', m.cpData()],
    ['gsm_a_dtap', '89 04'],
    ['gsm_a_rp', '04 07 01 16 41 03 00 d3 00'],
    ['sgsap', m.sgsData(7, m.cpData())],
    ['sgsap', m.sgsData(8, m.cpAnswer('02 07'))],
    ['s1ap', m.s1Nas(11, m.nasTransport(m.cpData()))],
    ['s1ap', m.s1Nas(11, m.nasSecured(m.nasTransport(m.cpData())))],
    ['s1ap', attach],
    ['nas-eps', m.nasTransport(m.cpData())],
    ['bssap', m.dtap(m.cpData())],
    ['bssap', m.bssmap(`2f ${m.tlv(8, m.IDENTITY)}`)],
    ['gsm_abis_rsl', m.rslData(1, m.cpData())],
  ];
  return pcap(
    252,
    records.map(([name, content]) => record(name, content)),
  );
}

function madeFrames(): Uint8Array {
  const sim = new Commands('a0');
  const uicc = new Commands('00');
  const up = { up: true };
  const paging = toHex(hex(`06 27 00 03 535892 ${m.lv(m.IDENTITY)}`));
  const card = [
    ...[sim.select('6f07'), sim.response(gsmFile('6f07', 9)), sim.read(0, '082926108967452301')],
    ...[uicc.path('7f505f01'), uicc.response(fcp('5f01', 40)), uicc.read(0, bootstrap('x'))],
    uicc.application(PKCS15),
    ...[sim.select('6f3c'), sim.readRecord(1, `01 07 91 947101670000 ${DELIVER}`)],
  ];
  const radio = [
    gsmtapFrame(lapdmFrame(SABM, paging, false, 0), up),
    established(),
    ...iFrames(m.cpData()),
    ...iFrames(m.cpAnswer('04 07 01 16'), 0, up),
    gsmtapFrame(m.cpData(), { type: 2 }),
    gsmtapFrame(m.nasTransport(m.cpData()), { type: 18, channel: 0 }),
    ...card.map(onWire),
  ];
  const imsi = '01 08 32141032547698f1';
  const messages = [
    `10 ${imsi} 08 07 06947102143658`,
    `24 ${imsi} 40 01 02 41 08 03 91 947101670000 42 08 02 91 947102143658 43 ${m.lv(SUBMIT)}`,
    `29 ${imsi} 40 01 01 44 01 16`,
    `2c ${imsi} 46 01 02`,
  ];
  const frames = radio.map((f) => eth(0x0800, ipv4(17, udp(44_000, 4729, hex(f)))));
  let seq = 1;
  for (const text of messages) {
    const body = hex(`ee05${text}`);
    const segment = hex(`${u16(body.length - 1)}${toHex(body)}`);
    frames.push(eth(0x0800, ipv4(6, tcp(41_000, 4222, segment, { seq, flags: 0x18 }))));
    seq += segment.length;
  }
  return pcap(1, frames);
}

const RECORDED = ['gsmtap-um', 'gsmtap-um-rp-error', 'gsup-mt-fsm', 'exported-pdu-gsm-sms'];

describe('radio, card and exported PDUs against tshark', () => {
  const program = peer('tshark', 'tshark', 'radio, card and exported PDUs');
  if (program === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'otascope-radio-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const totals = new Map<string, number>();
  const check = async (path: string): Promise<void> => {
    const { differences, counts } = await compare(program, path);
    expect(differences).toEqual([]);
    expect(counts.size).toBeGreaterThan(4);
    for (const [name, n] of counts) totals.set(name, (totals.get(name) ?? 0) + n);
  };
  const made: readonly (readonly [string, Uint8Array])[] = [
    ['exported.pcap', madeExported()],
    ['frames.pcap', madeFrames()],
  ];
  for (const [name, bytes] of made) {
    test(`made: ${name}`, async () => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      await check(path);
    });
  }
  const captures = sharedFolder('captures', 'radio captures against tshark');
  if (captures === null) test('shared captures absent: 4 comparisons not run', () => expect(captures).toBeNull());
  else for (const name of RECORDED) test(name, () => check(join(captures, `${name}.pcap`)));
  for (const name of ['radio-phone-full', 'card-bootstrap']) {
    test(`sample ${name}`, () => check(join(root, 'captures', 'samples', `${name}.pcap`)));
  }
  test('each field was compared somewhere', () => {
    console.log([...totals].map(([name, n]) => `${name} ${n}`).join(', '));
    expect([...FIELDS.map(([name]) => name), 'e212.imsi'].filter((name) => !totals.has(name))).toEqual([]);
  });
});

test('GSUP is what IPA hands on', () => expect(gsup.carriedBy).toEqual([{ table: 'ipa.proto', key: 0xee05 }]));

// WTP and the session PDUs of WSP: every field that tshark and this program both name.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writePcap } from '../../captures/write/pcap.ts';
import { wtp } from '../../dissectors/bearer/wtp/index.ts';
import { peer } from '../project/peers.ts';
import { root, sharedFolder } from '../support/shared.ts';
import { frameOf, PLAIN_PUSH, PUSH, type Step } from '../wtp/support.ts';
import { type Convert, compare, number, type Pairs, pathOf } from './through.ts';

/** A capability's one value, by its number. */
const capability =
  (id: number, path: string): Convert =>
  (rows, theirs) => {
    const own = rows.filter(
      (r, i) =>
        r.field.path === path && rows.slice(0, i).findLast((x) => x.field.path === 'wsp.capabilityId')?.value === id,
    );
    return [own.map((r) => Number(r.value)), theirs.map(Number)];
  };

const PAIRS: Pairs = [
  ['wtp.pdu_type', number('wtp.type')],
  ['wtp.trailer_flags', number('wtp.trailer')],
  // tshark names the bit twice in an Ack; ours stands there once.
  [
    'wtp.RID',
    (rows, b) => [
      [...new Set(pathOf(rows, 'wtp.retransmission').map((r) => Number(r.value)))],
      [...new Set(b.map((t) => (t === 'True' ? 1 : Number(t))))],
    ],
  ],
  ['wtp.TID', number('wtp.tid', (v) => v & 0x7fff)],
  ['wtp.TID.response', number('wtp.tid', (v) => v >> 15)],
  ['wtp.header.version', number('wtp.version')],
  ['wtp.header.TIDNew', number('wtp.tidNew')],
  ['wtp.header.UP', number('wtp.userAck')],
  ['wtp.inv.transaction_class', number('wtp.transactionClass')],
  ['wtp.header.sequence', number('wtp.number')],
  ['wtp.header.missing_packets', number('wtp.missing')],
  ['wtp.ack.tvetok', number('wtp.verification')],
  ['wtp.abort.type', number('wtp.abortType')],
  ['wtp.abort.reason.provider', number('wtp.providerReason')],
  ['wtp.abort.reason.user', number('wtp.userReason')],
  ['wtp.tpi', number('wtp.itemIdentity')],
  ['wtp.tpi.psn', number('wtp.itemNumber')],
  ['wtp.tpi.opt', number('wtp.option')],
  ['wtp.sub_pdu_size', number('wtp.pduLength')],
  ['wsp.pdu_type', number('wsp.pduType')],
  ['wsp.version.major', number('wsp.version', (v) => v >> 4)],
  ['wsp.version.minor', number('wsp.version', (v) => v & 0x0f)],
  ['wsp.server.session_id', number('wsp.sessionId')],
  ['wsp.capabilities.length', number('wsp.capabilitiesLength')],
  ['wsp.headers_length', number('wsp.headersLength')],
  ['wsp.capability.client_sdu_size', capability(0, 'wsp.sduSize')],
  ['wsp.capability.server_sdu_size', capability(1, 'wsp.sduSize')],
  ['wsp.capability.protocol_opt', capability(2, 'wsp.protocolOptions')],
  ['wsp.capability.method_mor', capability(3, 'wsp.outstanding')],
  ['wsp.capability.push_mor', capability(4, 'wsp.outstanding')],
];

const octets = PUSH.replace(/\s+/g, '');
const MADE: readonly Step[] = [
  [1, 'up', '0e 0021 12 01 10 13 00 0480 95f000 0481 95f000 0282 f0 0283 02 0284 02'],
  [2, 'down', '16 8021 02 8a05 11 00 0380 8578 0381 8578 0282 c0 0283 01 0284 01'],
  [3, 'up', '18 0021'],
  [4, 'down', `0e 0000 31 ${PUSH}`],
  [5, 'down', `0f 0000 31 ${PUSH}`],
  [6, 'up', '1c 8000'],
  [7, 'down', '1d 0000'],
  [8, 'up', '21 8000 eb'],
  [9, 'down', `0e 0001 20 ${PLAIN_PUSH}`],
  [10, 'down', `8e 0002 11 14 05 02 00000578 ${PUSH}`],
  [11, 'up', '98 8002 19 00'],
  [12, 'down', `08 0456 11 ${octets.slice(0, 8)}`],
  [13, 'down', `2c 0456 01 ${octets.slice(8, 12)}`],
  [14, 'up', '38 8456 02 01 03'],
  [15, 'down', `2b 0456 02 ${octets.slice(12)}`],
  [16, 'up', '20 8456 07'],
  [17, 'up', '0e 0022 00 05 05'],
  [18, 'down', '00 03 18 0021 03 18 0030'],
];

const RECORDED = ['kannel-udp-confirmed', 'kannel-udp-confirmed-retransmit', 'wtp-sar'];

describe('WTP against tshark', () => {
  const program = peer('tshark', 'tshark', 'WTP and WSP sessions');
  if (program === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'otascope-wtp-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const totals = new Map<string, number>();
  const check = async (path: string): Promise<void> => {
    const { differences, counts } = await compare(program, path, [wtp], PAIRS);
    expect(differences).toEqual([]);
    expect(counts.size).toBeGreaterThan(4);
    for (const [name, n] of counts) totals.set(name, (totals.get(name) ?? 0) + n);
  };
  test('made', async () => {
    const path = join(folder, 'wtp.pcap');
    const frames = MADE.map((s) => ({ bytes: frameOf(s).bytes, time: BigInt(s[0]) * 1_000_000_000n }));
    writeFileSync(path, writePcap(frames, { linkType: 1 }));
    await check(path);
  });
  test('sample', () => check(join(root, 'captures', 'samples', 'wtp-confirmed-push.pcap')));
  const captures = sharedFolder('captures', 'WTP captures against tshark');
  if (captures === null) test('shared captures absent: 3 comparisons not run', () => expect(captures).toBeNull());
  else for (const name of RECORDED) test(name, () => check(join(captures, `${name}.pcap`)));
  test('each field was compared somewhere', () => {
    console.log([...totals].map(([name, n]) => `${name} ${n}`).join(', '));
    expect(PAIRS.map(([name]) => name).filter((name) => !totals.has(name))).toEqual([]);
  });
});

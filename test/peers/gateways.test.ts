// UCP, CIMD2 and Diameter: every field that tshark and this program both name.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writePcap } from '../../captures/write/pcap.ts';
import type { Dissector } from '../../dissectors/base/dissector.ts';
import type { TreeRow } from '../../dissectors/base/recorder.ts';
import { cimd2 } from '../../dissectors/bearer/cimd2/index.ts';
import { diameter } from '../../dissectors/bearer/diameter/index.ts';
import { ucp } from '../../dissectors/bearer/ucp/index.ts';
import { cimdPdu } from '../gateways/cimd2.ts';
import { avp, group, message } from '../gateways/diameter.ts';
import { framesOf, type PlayOptions, type Step } from '../gateways/support.ts';
import { five, ucpPdu, udhField } from '../gateways/ucp.ts';
import { peer } from '../project/peers.ts';
import { root, sharedFolder } from '../support/shared.ts';
import { type Convert, compare, number, type Pairs, pathOf, text } from './through.ts';

const UDH = '0B05040B840B840003190301';

const UCP: Pairs = [
  ['ucp.hdr.TRN', number('ucp.trn')],
  ['ucp.hdr.LEN', number('ucp.length')],
  ['ucp.hdr.O_R', text('ucp.type')],
  ['ucp.hdr.OT', number('ucp.operation')],
  ['ucp.parm.AdC', text('ucp.adc')],
  ['ucp.parm.OAdC', text('ucp.oadc')],
  ['ucp.parm.MT', text('ucp.mt')],
  ['ucp.parm.NB', text('ucp.nb')],
  ['ucp.parm.MCLs', text('ucp.mcls')],
  ['ucp.parm.OTOA', text('ucp.otoa')],
  ['ucp.parm.Dst', text('ucp.dst')],
  ['ucp.parm.Rsn', number('ucp.rsn')],
  ['ucp.parm.ACK', text('ucp.ack')],
  ['ucp.parm.EC', number('ucp.error')],
  ['ucp.parm.SM', text('ucp.system')],
  // Ours is the field as it stands: type, length, data.
  ['ucp.xser.data', (rows, b) => [pathOf(rows, 'ucp.xser').map((r) => String(r.value).slice(4)), [...b]]],
];

const submit = ucpPdu(
  1,
  'O',
  51,
  five({ adc: '491701000020', oadc: '1234', mt: '4', nb: '24', message: '0106AA', mcls: '1', xser: udhField(UDH) }),
);
const named = ucpPdu(
  2,
  'O',
  51,
  five({ adc: '491701000020', oadc: '10412614190438AB4D', otoa: '5039', mt: '3', message: '48656C6C6F' }),
);
const note = ucpPdu(
  3,
  'O',
  53,
  five({
    adc: '1234',
    oadc: '491701000020',
    scts: '231126112003',
    dst: '2',
    rsn: '107',
    dscts: '231126112103',
    mt: '3',
    message: '4869',
  }),
);
const UCP_STORY: readonly Step[] = [
  ['client', submit],
  ['server', ucpPdu(1, 'R', 51, ['A', '', '491701000020:231126112003'])],
  ['client', named],
  ['server', ucpPdu(2, 'R', 51, ['N', '06', ' AdC invalid'])],
  ['server', note],
  ['client', ucpPdu(3, 'R', 53, ['A', '', ''])],
  ['server', ucpPdu(4, 'O', 52, five({ adc: '1234', oadc: '491701000020', mt: '3', message: '4869' }))],
];

/** A parameter of CIMD2 by its number. */
const parameter =
  (n: number): Convert =>
  (rows, b) => {
    const own = pathOf(rows, 'cimd2.parameter').map((r) => String(r.value));
    const prefix = `${String(n).padStart(3, '0')}:`;
    return [own.filter((v) => v.startsWith(prefix)).map((v) => v.slice(4)), [...b]];
  };
/** tshark shows it as a number. */
const numeric =
  (n: number): Convert =>
  (rows, b) => {
    const [own] = parameter(n)(rows, []);
    return [own.map(Number), b.map(Number)];
  };

const CIMD2: Pairs = [
  ['cimd.opcode', number('cimd2.operation')],
  ['cimd.pnumber', number('cimd2.packet')],
  [
    'cimd.pcode',
    (rows, b) => [
      rows.filter((r) => /^cimd2\.(parameter|password)$/.test(r.field.path)).map((r) => String(r.value).slice(0, 3)),
      [...b],
    ],
  ],
  ['cimd.da', parameter(21)],
  ['cimd.oa', parameter(23)],
  ['cimd.oimsi', parameter(26)],
  ['cimd.aoi', parameter(27)],
  ['cimd.dcs', numeric(30)],
  ['cimd.udh', parameter(32)],
  ['cimd.ud', parameter(33)],
  ['cimd.udb', parameter(34)],
  ['cimd.scts', parameter(60)],
  ['cimd.stcode', parameter(61)],
  ['cimd.sterrcode', parameter(62)],
  ['cimd.errcode', parameter(900)],
  ['cimd.errtext', parameter(901)],
  [
    'cimd.chksum',
    (rows, b) => [pathOf(rows, 'cimd2.checksum').map((r) => Number.parseInt(String(r.value), 16)), b.map(Number)],
  ],
];

const CIMD2_STORY: readonly Step[] = [
  [
    'client',
    cimdPdu(1, 1, [
      [10, 'user'],
      [11, 'secret'],
    ]),
  ],
  ['server', cimdPdu(51, 1, [])],
  [
    'client',
    cimdPdu(3, 3, [
      [21, '491701000021'],
      [23, '1234'],
      [32, UDH],
      [34, '0106AA'],
      [30, '4'],
    ]),
  ],
  [
    'server',
    cimdPdu(53, 3, [
      [21, '491701000021'],
      [60, '261123112005'],
    ]),
  ],
  [
    'client',
    cimdPdu(3, 5, [
      [21, '491701000021'],
      [27, 'Operator'],
      [33, 'Hello'],
    ]),
  ],
  [
    'server',
    cimdPdu(53, 5, [
      [900, '300'],
      [901, 'wrong address'],
    ]),
  ],
  [
    'server',
    cimdPdu(20, 2, [
      [21, '1234'],
      [23, '491701000021'],
      [26, '262019876543210'],
      [33, 'hi'],
    ]),
  ],
  [
    'server',
    cimdPdu(23, 4, [
      [21, '491701000021'],
      [60, '261123112005'],
      [61, '2'],
      [62, '27'],
    ]),
  ],
];

/** The value of each AVP with this code, wherever it stands. */
const avpValue =
  (code: number, theirForm: (t: string) => unknown): Convert =>
  (rows, b) => {
    const out: unknown[] = [];
    rows.forEach((r, i) => {
      if (r.field.path !== 'diameter.avpCode' || r.value !== code) return;
      const value = rows.slice(i + 1).find((x: TreeRow) => x.depth === r.depth && VALUES.has(x.field.path));
      if (value !== undefined) out.push(value.value);
    });
    return [out, b.map(theirForm)];
  };
const VALUES = new Set(['text', 'number', 'cause', 'absent', 'digits'].map((n) => `diameter.${n}`));
/** tshark 4.0 shows the octets of SC-Address; its semi-octets are swapped. */
const swapped = (t: string): string =>
  t
    .replace(/:/g, '')
    .replace(/(.)(.)/g, '$2$1')
    .replace(/f+$/i, '');
const itself = (t: string): string => t;

const DIAMETER: Pairs = [
  ['diameter.version', number('diameter.version')],
  ['diameter.length', number('diameter.length')],
  ['diameter.flags', number('diameter.flags')],
  ['diameter.cmd.code', number('diameter.command')],
  ['diameter.applicationId', number('diameter.application')],
  ['diameter.hopbyhopid', number('diameter.hopByHop')],
  ['diameter.endtoendid', number('diameter.endToEnd')],
  ['diameter.avp.code', number('diameter.avpCode')],
  ['diameter.avp.flags', number('diameter.avpFlags')],
  ['diameter.avp.len', number('diameter.avpLength')],
  ['diameter.avp.vendorId', number('diameter.vendor')],
  ['diameter.Session-Id', avpValue(263, itself)],
  ['diameter.User-Name', avpValue(1, itself)],
  ['diameter.Origin-Host', avpValue(264, itself)],
  ['diameter.Error-Message', avpValue(281, itself)],
  ['diameter.Result-Code', avpValue(268, Number)],
  ['diameter.Experimental-Result-Code', avpValue(298, Number)],
  ['diameter.SC-Address', avpValue(3300, swapped)],
  ['diameter.Absent-User-Diagnostic-SM', avpValue(3322, Number)],
  ['diameter.SM-Enumerated-Delivery-Failure-Cause', avpValue(3304, Number)],
  ['gsm_sms.tp-oa', text('sms.originator')],
  ['gsm_sms.tp-dcs', number('sms.dataCoding')],
  ['gsm_sms.tp-pid', number('sms.protocolId')],
];

const MT = 8388646;
const DELIVER = '04 04 81 2143 00 04 62113281155100 03 0106AA';
const u32 = (n: number): string => n.toString(16).padStart(8, '0');
const session = avp(263, "'smsc.example;1;0;1");
const asked = (hop: number): Uint8Array =>
  message(
    { command: MT, request: true, hop },
    session,
    avp(264, "'smsc.example"),
    avp(1, "'262019876543210"),
    avp(701, '947110000022'),
    avp(3300, '947101670000'),
    avp(3301, DELIVER),
  );
const said = (hop: number, ...avps: Uint8Array[]): Uint8Array =>
  message({ command: MT, request: false, hop }, session, avp(264, "'mme.example"), ...avps);
const experimental = (code: number): Uint8Array => group(297, avp(266, u32(10415)), avp(298, u32(code)));
const DIAMETER_STORY: readonly Step[] = [
  ['client', asked(1)],
  ['server', said(1, avp(268, u32(2001)))],
  ['client', asked(2)],
  ['server', said(2, experimental(5550), avp(3322, u32(1)))],
  ['client', asked(3)],
  ['server', said(3, experimental(5555), group(3303, avp(3304, u32(0)), avp(3305, '00d300')))],
  ['client', asked(4)],
  ['server', said(4, avp(268, u32(5012)), avp(281, "'no route"))],
];

interface Bearer {
  readonly name: string;
  readonly dissectors: readonly Dissector[];
  readonly pairs: Pairs;
  readonly story: readonly Step[];
  readonly play: PlayOptions;
  readonly sample: string;
  readonly recorded: readonly string[];
  /** Its ports where tshark needs to be told them. */
  readonly options?: readonly string[];
}

const BEARERS: readonly Bearer[] = [
  {
    name: 'UCP',
    dissectors: [ucp],
    pairs: UCP,
    story: UCP_STORY,
    play: { port: 5100 },
    sample: 'emi-undelivered',
    recorded: ['kannel-emi-userpin'],
  },
  {
    name: 'CIMD2',
    dissectors: [cimd2],
    pairs: CIMD2,
    story: CIMD2_STORY,
    play: { port: 6789 },
    sample: 'cimd-nack',
    recorded: ['kannel-cimd2-netwpin'],
  },
  {
    name: 'Diameter',
    dissectors: [diameter],
    pairs: DIAMETER,
    story: DIAMETER_STORY,
    play: { port: 3868 },
    sample: 'sgd-absent',
    recorded: ['diameter-sgd', 'diameter-sgd-error', 'freediameter-relay'],
    options: ['-d', 'tcp.port==3911,diameter', '-d', 'tcp.port==3912,diameter'],
  },
];

describe('gateways against tshark', () => {
  const program = peer('tshark', 'tshark', 'UCP, CIMD2 and Diameter');
  if (program === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'otascope-gateways-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const captures = sharedFolder('captures', 'gateway captures against tshark');
  for (const b of BEARERS) {
    describe(b.name, () => {
      const totals = new Map<string, number>();
      const check = async (path: string): Promise<void> => {
        const { differences, counts } = await compare(program, path, b.dissectors, b.pairs, b.options);
        expect(differences).toEqual([]);
        expect(counts.size).toBeGreaterThan(4);
        for (const [name, n] of counts) totals.set(name, (totals.get(name) ?? 0) + n);
      };
      test('made', async () => {
        const path = join(folder, `${b.name}.pcap`);
        const frames = framesOf(b.story, b.play).map(({ bytes }, i) => ({ bytes, time: BigInt(i) * 1_000_000_000n }));
        writeFileSync(path, writePcap(frames, { linkType: 1 }));
        await check(path);
      });
      test(b.sample, () => check(join(root, 'captures', 'samples', `${b.sample}.pcap`)));
      if (captures === null)
        test(`shared captures absent: ${b.recorded.length} comparisons not run`, () => expect(captures).toBeNull());
      else for (const name of b.recorded) test(name, () => check(join(captures, `${name}.pcap`)));
      test('each field was compared somewhere', () => {
        console.log([...totals].map(([name, n]) => `${name} ${n}`).join(', '));
        expect(b.pairs.map(([name]) => name).filter((name) => !totals.has(name))).toEqual([]);
      });
    });
  }
});

// GTP-C and DNS: every field that tshark and this program both name, on packets of the project's own.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Tape } from '../../analysis/encode/tape.ts';
import { dns } from '../../dissectors/bearer/dns/index.ts';
import { CAUSES_1, CAUSES_2 } from '../../dissectors/bearer/gtp/codes.ts';
import { gtp } from '../../dissectors/bearer/gtp/index.ts';
import {
  activation,
  createPdpRequest,
  createPdpResponse,
  createSessionRequest,
  createSessionResponse,
  lookUp,
} from '../flows/build.ts';
import { pcapOf } from '../generator/story.ts';
import { peer } from '../project/peers.ts';
import { type Convert, compare, number, type Pairs, pathOf, text } from './through.ts';
import { tsharkFields } from './tshark.ts';

/** Version 1 and 2 have fields of their own there, one here. */
const ofVersion =
  (version: 1 | 2, convert: Convert): Convert =>
  (rows, theirs) => {
    const [flags] = pathOf(rows, 'gtp.flags');
    return flags !== undefined && Number(flags.value) >> 5 === version ? convert(rows, theirs) : [[], [...theirs]];
  };

const PAIRS: Pairs = [
  ['gtp.message', ofVersion(1, number('gtp.type1'))],
  ['gtp.seq_number', ofVersion(1, number('gtp.sequence1'))],
  ['gtp.cause', ofVersion(1, number('gtp.cause1'))],
  ['gtp.apn', ofVersion(1, text('gtp.apn'))],
  ['gtp.user_ipv4', ofVersion(1, text('gtp.address'))],
  ['gtpv2.message_type', ofVersion(2, number('gtp.type2'))],
  ['gtpv2.seq', ofVersion(2, number('gtp.sequence2'))],
  ['gtpv2.cause', ofVersion(2, number('gtp.cause2'))],
  ['gtpv2.apn', ofVersion(2, text('gtp.apn'))],
  ['gtpv2.pdn_addr_and_prefix.ipv4', ofVersion(2, text('gtp.address'))],
  ['e212.imsi', text('gtp.imsi')],
  ['e164.msisdn', text('gtp.msisdn')],
  [
    'dns.qry.name',
    (rows, b) => [
      pathOf(rows, 'dns.name')
        .slice(0, 1)
        .map((r) => String(r.value)),
      [...b],
    ],
  ],
  ['dns.a', text('dns.address')],
  [
    'dns.flags.rcode',
    (rows, b) => [b.length === 0 ? [] : number('dns.flags', (v) => v & 0xf)(rows, b)[0], b.map(Number)],
  ],
];

const PHONE = { imsi: '262019876543210', msisdn: '491701000001', apn: 'internet.example.com' };

function made(): Tape {
  const tape = new Tape('2026-11-03T11:05:00Z');
  const causes = (table: Readonly<Record<number, string>>) => Object.keys(table).map(Number);
  causes(CAUSES_1).forEach((cause, i) => {
    activation(
      tape,
      createPdpRequest(i + 1, PHONE),
      createPdpResponse(i + 1, cause, cause < 192 ? '10.0.0.7' : undefined),
    );
  });
  causes(CAUSES_2).forEach((cause, i) => {
    const address = cause < 64 ? '10.0.0.8' : undefined;
    activation(tape, createSessionRequest(i + 1, PHONE), createSessionResponse(i + 1, cause, address));
  });
  lookUp(tape, '10.0.0.7', 'mms.example.com', { addresses: ['192.0.2.80', '192.0.2.81'] });
  lookUp(tape, '10.0.0.7', 'mmsc.example', { rcode: 3 });
  return tape;
}

describe('GTP-C and DNS against tshark', () => {
  const program = peer('tshark', 'tshark', 'GTP-C and DNS');
  if (program === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'otascope-gtp-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'network.pcap');
  writeFileSync(path, pcapOf(made()));
  test('every field that both name', async () => {
    const { differences, counts } = await compare(program, path, [gtp, dns], PAIRS);
    expect(differences).toEqual([]);
    expect(PAIRS.map(([name]) => name).filter((name) => !counts.has(name))).toEqual([]);
  });
  test('nothing is malformed, and no cause is unknown to the other', () => {
    const fields = tsharkFields(program, path, ['_ws.malformed', '_ws.col.Info']);
    expect([...fields.values()].filter((f) => f.has('_ws.malformed'))).toEqual([]);
  });
});

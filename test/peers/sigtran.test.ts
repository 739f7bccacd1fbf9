// Core network: every field that tshark and this program both name, on recorded captures and on the stories of the tests.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { openCapture } from '../../captures/open.ts';
import { fromBytes } from '../../captures/source.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import type { TreeRow } from '../../dissectors/base/recorder.ts';
import { peer } from '../project/peers.ts';
import { Reader } from '../sigtran/reader.ts';
import { stories } from '../sigtran/stories.ts';
import { connections } from '../sigtran/stories-links.ts';
import { sharedFolder } from '../support/shared.ts';
import { tsharkFields } from './tshark.ts';

const toHex = (b: Uint8Array): string => Array.from(b, (v) => v.toString(16).padStart(2, '0')).join('');
const swapped = (hex: string): string => hex.replace(/(.)(.)/g, '$2$1').replace(/f$/, '');

/** Values of one side in a form that must equal the other's. */
interface Convert {
  ours(r: TreeRow): unknown;
  theirs(text: string): unknown;
}
const number: Convert = { ours: (r) => Number(r.value), theirs: Number };
const text: Convert = { ours: (r) => String(r.value), theirs: String };
const octets: Convert = {
  ours: (r) => (r.value instanceof Uint8Array ? toHex(r.value) : String(r.value)),
  theirs: (t) => t.replace(/:/g, ''),
};
/** Type and plan in the first octet, then digits. */
const addressString: Convert = { ours: (r) => String(r.value), theirs: (t) => swapped(t.replace(/:/g, '').slice(2)) };
/** There, '0x02' as a name of its own for each field that is there. */
const bits = (shift: number, mask: number): Convert => ({
  ours: (r) => (Number(r.value) >> shift) & mask,
  theirs: Number,
});

/** tshark's names, ours (several: in the order of the frame), and how they compare. */
const FIELDS: readonly (readonly [theirs: string, ours: readonly string[], convert: Convert])[] = [
  ['sctp.srcport', ['sctp.sourcePort'], number],
  ['sctp.dstport', ['sctp.destinationPort'], number],
  ['sctp.verification_tag', ['sctp.verificationTag'], number],
  ['sctp.chunk_type', ['sctp.chunkType'], number],
  ['sctp.chunk_length', ['sctp.chunkLength'], number],
  ['sctp.data_tsn_raw', ['sctp.tsn'], number],
  ['sctp.data_sid', ['sctp.streamIdentifier'], number],
  ['sctp.data_ssn', ['sctp.streamSequence'], number],
  ['sctp.data_payload_proto_id', ['sctp.payloadProtocol'], number],
  ['sctp.data_b_bit', ['sctp.beginning'], number],
  ['sctp.data_e_bit', ['sctp.ending'], number],
  ['sctp.data_u_bit', ['sctp.unordered'], number],
  ['sctp.init_initiate_tag+sctp.initack_initiate_tag', ['sctp.initiateTag'], number],
  ['sctp.sack_cumulative_tsn_ack_raw', ['sctp.cumulativeTsn'], number],
  ['m3ua.message_class', ['m3ua.messageClass'], number],
  ['m3ua.message_type', ['m3ua.messageType'], number],
  ['m3ua.message_length', ['m3ua.messageLength'], number],
  ['m3ua.parameter_tag', ['m3ua.tag'], number],
  ['m3ua.parameter_length', ['m3ua.length'], number],
  ['m3ua.routing_context', ['m3ua.routingContext'], number],
  ['m3ua.protocol_data_opc', ['m3ua.originatingPointCode'], number],
  ['m3ua.protocol_data_dpc', ['m3ua.destinationPointCode'], number],
  ['m3ua.protocol_data_si', ['m3ua.serviceIndicator'], number],
  ['m3ua.protocol_data_ni', ['m3ua.networkIndicator'], number],
  ['m3ua.protocol_data_mp', ['m3ua.messagePriority'], number],
  ['m3ua.protocol_data_sls', ['m3ua.signallingLinkSelection'], number],
  ['m3ua.affected_point_code_pc', ['m3ua.affectedPointCode'], bits(0, 0xff_ffff)],
  ['m3ua.error_code', ['m3ua.errorCode'], number],
  ['m2ua.message_class', ['m2ua.messageClass'], number],
  ['m2ua.message_type', ['m2ua.messageType'], number],
  ['m2ua.interface_identifier_int', ['m2ua.interfaceIdentifier'], number],
  ['m2pa.class', ['m2pa.messageClass'], number],
  ['m2pa.type', ['m2pa.messageType'], number],
  ['m2pa.bsn', ['m2pa.backwardSequence'], number],
  ['m2pa.fsn', ['m2pa.forwardSequence'], number],
  ['m2pa.status', ['m2pa.linkStatus'], number],
  ['sua.message_class', ['sua.messageClass'], number],
  ['sua.message_type', ['sua.messageType'], number],
  ['sua.source.global_title_digits', ['sua.digits.source'], text],
  ['sua.destination.global_title_digits', ['sua.digits.destination'], text],
  ['sua.source.point_code', ['sua.pointCode.source'], number],
  ['sua.destination.point_code', ['sua.pointCode.destination'], number],
  ['sua.source.ssn', ['sua.subsystem.source'], number],
  ['sua.destination.ssn', ['sua.subsystem.destination'], number],
  ['sua.sccp_cause_value', ['sua.causeValue'], number],
  ['mtp2.li', ['mtp2.lengthIndicator', 'mtp2.extendedLength'], bits(0, 0x1ff)],
  ['mtp3.opc', ['m3ua.originatingPointCode', 'mtp3.originatingPointCode'], number],
  ['mtp3.dpc', ['m3ua.destinationPointCode', 'mtp3.destinationPointCode'], number],
  ['mtp3.sls', ['m3ua.signallingLinkSelection', 'mtp3.signallingLinkSelection'], number],
  ['sccp.message_type', ['sccp.messageType'], number],
  ['sccp.class', ['sccp.class'], number],
  ['sccp.hops', ['sccp.hopCounter'], number],
  ['sccp.return_cause', ['sccp.returnCause'], number],
  ['sccp.release_cause', ['sccp.releaseCause'], number],
  ['sccp.refusal_cause', ['sccp.refusalCause'], number],
  ['sccp.dlr', ['sccp.destinationReference'], number],
  ['sccp.slr', ['sccp.sourceReference'], number],
  ['sccp.segmentation.first', ['sccp.firstSegment'], number],
  ['sccp.segmentation.remaining', ['sccp.remainingSegments'], number],
  ['sccp.segmentation.slr', ['sccp.segmentationReference'], number],
  ['sccp.ssn', ['sccp.subsystem'], number],
  ['sccp.digits', ['sccp.digits'], text],
  ['tcap.otid', ['tcap.originatingTransaction'], octets],
  ['tcap.dtid', ['tcap.destinationTransaction'], octets],
  ['tcap.application_context_name', ['tcap.context'], text],
  ['tcap.result', ['tcap.resultValue'], number],
  ['tcap.dialogue_service_user', ['tcap.diagnosticValue'], number],
  ['tcap.p_abortCause', ['tcap.abortCause'], number],
  ['gsm_old.invokeID+gsm_old.derivable', ['tcap.invokeIdentifier'], number],
  ['gsm_old.localValue', ['tcap.operation', 'tcap.error'], number],
  ['gsm_map.sm.serviceCentreAddressOA+gsm_old.serviceCentreAddressOA', ['map.originCentre'], addressString],
  ['gsm_map.sm.serviceCentreAddressDA+gsm_old.serviceCentreAddressDA', ['map.destinationCentre'], addressString],
  ['gsm_map.sm.sm_DeliveryOutcome', ['map.outcome'], number],
  ['gsm_map.sm.networkNode_Number', ['map.networkNode'], addressString],
  ['gsm_map.sm.alertReason', ['map.alertReason'], number],
  ['gsm_map.er.sm_EnumeratedDeliveryFailureCause', ['map.failureCause'], number],
  [
    'gsm_map.er.absentSubscriberDiagnosticSM+gsm_map.er.additionalAbsentSubscriberDiagnosticSM+gsm_map.sm.absentSubscriberDiagnosticSM',
    ['map.absentDiagnostic'],
    number,
  ],
  ['gsm_map.er.callBarringCause', ['map.barringCause'], number],
  ['gsm_map.er.unknownSubscriberDiagnostic', ['map.unknownDiagnostic'], number],
  ['gsm_map.er.absentSubscriberReason', ['map.absentReason'], number],
  ['gsm_map.er.networkResource', ['map.networkResource'], number],
  ['gsm_sms.tp-oa', ['sms.originator'], text],
  ['gsm_sms.tp-da', ['sms.destination'], text],
  ['gsm_sms.tp-dcs', ['sms.dataCoding'], number],
  ['gsm_sms.tp-fcs', ['sms.failureCause'], number],
  ['gsm_sms.tp.user_data_length', ['sms.userDataLength'], number],
  ['e212.imsi', ['tcap.reference', 'map.destinationImsi', 'map.imsi'], text],
];

/** SUA says of whom an address is by the parameter it stands in. */
function named(rows: readonly TreeRow[]): (readonly [path: string, row: TreeRow])[] {
  let side = 'source';
  return rows.map((r) => {
    if (r.field.path === 'sua.tag' && (r.value === 0x102 || r.value === 0x103)) {
      side = r.value === 0x102 ? 'source' : 'destination';
    }
    const ofAddress = ['sua.digits', 'sua.pointCode', 'sua.subsystem'].includes(r.field.path);
    return [ofAddress ? `${r.field.path}.${side}` : r.field.path, r] as const;
  });
}

interface Compared {
  readonly differences: string[];
  readonly counts: Map<string, number>;
}

async function compare(program: string, path: string, names: readonly string[] = []): Promise<Compared> {
  const theirs = tsharkFields(
    program,
    path,
    FIELDS.flatMap(([name]) => name.split('+')),
  );
  const reader = await openCapture(fromBytes('made', new Uint8Array(readFileSync(path))));
  if ('unreadable' in reader) throw new Error('not readable');
  const ours = new Reader(true);
  const differences: string[] = [];
  const counts = new Map<string, number>();
  for await (const batch of reader.batches()) {
    if (batch.kind !== 'frames') continue;
    for (let i = 0; i < batch.count; i += 1) {
      const frame = batch.firstNumber + i;
      const bytes = batch.bytes.slice(batch.start[i]!, batch.start[i]! + batch.length[i]!);
      ours.heard.trees.length = 0;
      ours.frame(bytes, batch.linkType[i]!);
      const rows = named(ours.heard.trees.flatMap((t) => t.rows));
      const values = theirs.get(frame);
      for (const [name, paths, convert] of FIELDS) {
        const a = rows.filter(([p]) => paths.includes(p)).map(([, r]) => convert.ours(r));
        const b = name.split('+').flatMap((n) => (values?.get(n) ?? []).map((t) => convert.theirs(t)));
        counts.set(name, (counts.get(name) ?? 0) + Math.min(a.length, b.length));
        if (String(a) === String(b)) continue;
        const where = names[frame - 1] === undefined ? `frame ${frame}` : `${names[frame - 1]}`;
        differences.push(`${where}, ${name}: ${a.join(' ')} / tshark ${b.join(' ')}`);
      }
    }
  }
  return { differences, counts };
}

interface Made {
  readonly frames: { readonly bytes: Uint8Array; readonly time: bigint }[];
  readonly names: string[];
}

/** Frames of all stories by link type, each story an association of its own. */
function made(): Map<number, Made> {
  const out = new Map<number, Made>();
  const all = [...stories.filter((s) => s.notCompared === undefined), ...connections];
  all.forEach((s, n) => {
    s.in.forEach((f, i) => {
      const { bytes, link = 1 } = f instanceof Uint8Array ? { bytes: f } : f;
      const own = bytes.slice();
      // The verification tag, behind Ethernet, IPv4 and the ports.
      if (link === 1) new DataView(own.buffer).setUint16(38, n + 1);
      const list = out.get(link) ?? { frames: [], names: [] };
      out.set(link, list);
      list.frames.push({ bytes: own, time: BigInt(list.frames.length) * 1_000_000n });
      list.names.push(`${s.name} ${i + 1}`);
    });
  });
  return out;
}

const RECORDED = ['sigtran-mo-fsm', 'sigtran-mt-fsm', 'sigtran-mt-fsm-errors', 'sigtran-xudt', 'usrsctp-sigtran'];

describe('core network against tshark', () => {
  const program = peer('tshark', 'tshark', 'core network');
  if (program === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'otascope-sigtran-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const totals = new Map<string, number>();
  const add = (counts: Map<string, number>): void => {
    for (const [name, n] of counts) totals.set(name, (totals.get(name) ?? 0) + n);
  };

  for (const [link, { frames, names }] of made()) {
    test(`stories of link type ${link}`, async () => {
      const path = join(folder, `${link}.pcap`);
      writeFileSync(path, writePcap(frames, { linkType: link }));
      const { differences, counts } = await compare(program, path, names);
      add(counts);
      expect(differences).toEqual([]);
    });
  }

  const captures = sharedFolder('captures', 'core network against tshark');
  for (const name of captures === null ? [] : RECORDED) {
    test(name, async () => {
      const { differences, counts } = await compare(program, join(captures ?? '', `${name}.pcap`));
      add(counts);
      expect(differences).toEqual([]);
    });
  }

  test('the sample', async () => {
    const path = fileURLToPath(new URL('../../captures/samples/map-phone-off.pcap', import.meta.url));
    const { differences, counts } = await compare(program, path);
    add(counts);
    expect(differences).toEqual([]);
  });

  test('every field was compared', () => {
    const compared = [...totals].filter(([, n]) => n > 0);
    console.log(`${compared.reduce((n, [, m]) => n + m, 0)} values of ${compared.length} fields compared`);
    expect(FIELDS.map(([name]) => name).filter((name) => (totals.get(name) ?? 0) === 0)).toEqual([]);
  });
});

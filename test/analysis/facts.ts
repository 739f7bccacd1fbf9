// Messages and reports for tests, built by hand.

import { buildReport } from '../../analysis/report/index.ts';
import type { MessageFacts, ReportInput, ReportOptions } from '../../analysis/report/input.ts';
import type { Report } from '../../analysis/report/schema.ts';
import { verifyMac } from '../../analysis/verify/verify.ts';
import type { Finding } from '../../captures/finding.ts';
import { EMPTY, type Mapped } from '../../dissectors/base/bytemap.ts';
import type { DecodedDocument } from '../../dissectors/content/document.ts';
import type { DecodedContent } from '../../dissectors/content/kinds.ts';
import type { Joined, Segment } from '../../dissectors/sms/joined.ts';
import type { WspPush } from '../../dissectors/wap/push.ts';
import { elementOf, provisioningOf } from './xml.ts';

export const SECRET = 'Sesame-open';
export const MAC = '0BB3BB551F0A93359EC29E6CEAC1440E4A617489';

export const DOCUMENT = `<wap-provisioningdoc version="1.0"><characteristic type="NAPDEF"><parm name="NAPID" value="N1"/><parm name="BEARER" value="GSM-GPRS"/><parm name="NAP-ADDRESS" value="internet.example"/><parm name="NAP-ADDRTYPE" value="APN"/><characteristic type="NAPAUTHINFO"><parm name="AUTHTYPE" value="PAP"/><parm name="AUTHNAME" value="user"/><parm name="AUTHSECRET" value="${SECRET}"/></characteristic></characteristic></wap-provisioningdoc>`;

export const documentOf = (xml: string): DecodedDocument => ({
  format: 'wbxml',
  publicId: 11,
  publicIdText: null,
  wbxmlVersion: '1.3',
  charset: 106,
  charsetName: 'UTF-8',
  root: elementOf(xml),
  length: xml.length,
});

export const contentOf = (xml: string, kind: DecodedContent['kind'] = 'client-provisioning'): DecodedContent => ({
  kind,
  document: documentOf(xml),
  provisioning: kind === 'client-provisioning' ? provisioningOf(xml) : null,
  details: [],
  chosenBy: 'content type',
});

export const segmentOf = (part: number, of: number, over: Partial<Segment> = {}): Segment => ({
  part,
  of,
  reference: of === 1 ? null : 66,
  referenceBits: of === 1 ? null : 8,
  frame: part,
  time: part * 1e9,
  length: 128,
  status: 'used',
  operation: 'submit_sm',
  pdu: EMPTY,
  dissector: 'smpp',
  chosenBy: 'port 2775',
  answerKey: null,
  ...over,
});

const octets = (n: number): Mapped => ({ bytes: new Uint8Array(n), map: [] });

export const joinedOf = (over: Partial<Joined> = {}): Joined => {
  const segments = over.segments ?? [segmentOf(1, 2), segmentOf(2, 2, { time: 2.8e9 })];
  return {
    bearer: 'smpp',
    operation: 'submit_sm',
    direction: 'mt',
    from: { value: '12345', type: 'unknown' },
    to: { value: '491710000001', type: 'international' },
    smsc: null,
    imsi: null,
    ports: { source: 9200, destination: 2948 },
    segments,
    missing: [],
    state: 'complete',
    firstTime: segments[0]?.time ?? Number.NaN,
    lastTime: segments.at(-1)?.time ?? Number.NaN,
    payload: 'wsp',
    data: octets(120),
    contiguous: 120,
    text: null,
    dcs: 0xf5,
    findings: [],
    ...over,
  };
};

export const pushOf = (over: Partial<WspPush> = {}): WspPush => ({
  transactionId: 1,
  pduType: 'Push',
  contentType: 'application/vnd.wap.connectivity-wbxml',
  contentTypeRange: { start: 3, length: 47 },
  parameters: [],
  headers: [
    {
      name: 'Content-Type',
      value: `application/vnd.wap.connectivity-wbxml; SEC=USERPIN; MAC=${MAC}`,
      start: 3,
      length: 47,
    },
  ],
  sec: 1,
  mac: MAC,
  macRange: { start: 9, length: 40 },
  charset: null,
  body: { start: 50, length: 70 },
  ...over,
});

export const finding = (code: string, severity: Finding['rule']['severity'], message: string): Finding => ({
  rule: { code, severity, title: 'Something is wrong', clause: 'a clause' },
  message,
  of: 'body',
  start: 3,
  length: 4,
});

export const messageOf = (over: Partial<MessageFacts> = {}): MessageFacts => ({
  id: 'm1',
  kind: 'client-provisioning',
  state: 'complete',
  joined: joinedOf(),
  push: pushOf(),
  body: new Uint8Array(70),
  document: documentOf(DOCUMENT),
  provisioning: provisioningOf(DOCUMENT),
  verification: verifyMac({ sec: 1, mac: MAC, body: new Uint8Array(70), keys: { imsi: [], pin: ['1234'] } }),
  summary: 'Sets up the access point internet.example (GPRS).',
  findings: [finding('CP-X', 'warning', 'something about NAPID')],
  ...over,
});

/** 2026-11-23T12:00:00.000000001Z. */
export const BASE = 1_795_435_200_000_000_001n;

export const inputOf = (over: Partial<ReportInput> = {}, options: ReportOptions = {}): ReportInput => ({
  base: BASE,
  texts: 0,
  inputs: [
    {
      file: 'a.pcap',
      format: 'pcap',
      bytes: 1000,
      frames: 12,
      firstTime: 0,
      lastTime: 5e9,
      truncatedAt: null,
      error: null,
    },
  ],
  messages: [messageOf()],
  transactions: [
    {
      id: 't1',
      recipient: '+491710000001',
      messages: ['m1'],
      hops: [['m1']],
      outcome: 'accepted',
      retries: 0,
      failure: null,
      begun: 1e9,
      events: [
        {
          time: 1e9,
          frame: 1,
          what: 'submit',
          message: 'm1',
          part: 1,
          by: 'smpp',
          code: null,
          text: 'submit_sm to 491710000001, part 1 of 2',
          ok: null,
        },
      ],
    },
  ],
  subscribers: [
    { msisdn: '+491710000001', imsi: '262019876543210', evidence: [{ frame: 3, text: 'IMSI 262019876543210 seen' }] },
  ],
  findings: [
    { finding: finding('PCAP-CUT', 'error', 'the last record is cut'), frame: null, time: Number.NaN, input: 0 },
  ],
  frameAt: (id) => ({ input: 0, number: id }),
  options,
  ...over,
});

export const reportOf = (over: Partial<ReportInput> = {}, options: ReportOptions = {}): Report =>
  buildReport(inputOf(over, options));

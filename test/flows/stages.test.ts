// The legs of a message's way, road by road.

import { describe, expect, test } from 'vitest';
import { ADVICE } from '../../analysis/flows/advice.ts';
import { explain, FAMILIES } from '../../analysis/flows/codes.ts';
import { coverageOf } from '../../analysis/flows/coverage.ts';
import { endsOf } from '../../analysis/flows/endpoints.ts';
import { messageFlow } from '../../analysis/flows/flow.ts';
import { hostOf, intentsOf } from '../../analysis/flows/intents.ts';
import { stageLabel, stagesOf } from '../../analysis/flows/stages.ts';
import { answerBook } from '../../analysis/flows/store.ts';
import { EMPTY } from '../../dissectors/base/bytemap.ts';
import type { Answer, Bearer, Receipt } from '../../dissectors/base/message.ts';
import type { Characteristic, ProvisioningDocument } from '../../dissectors/content/document.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';

const S = 1e9;
const KEY = 'tcp 10.0.0.1:40000 10.0.0.2:2775 #1/0/1.1';

const joined = (bearer: Bearer, operation: string, answerKey: string | null = KEY): Joined => ({
  bearer,
  operation,
  direction: 'mt',
  from: null,
  to: { value: '491701000001', type: 'international' },
  smsc: null,
  imsi: null,
  ports: null,
  segments: [
    {
      part: 1,
      of: 1,
      reference: null,
      referenceBits: null,
      frame: 1,
      time: S,
      length: 1,
      status: 'used',
      operation,
      pdu: EMPTY,
      dissector: 'x',
      chosenBy: 'x',
      answerKey,
    },
  ],
  missing: [],
  state: 'complete',
  firstTime: S,
  lastTime: S,
  payload: 'wsp',
  data: EMPTY,
  contiguous: 0,
  text: null,
  dcs: 4,
  findings: [],
});

interface Case {
  readonly name: string;
  readonly bearer: Bearer;
  readonly operation: string;
  readonly answer?: Partial<Answer>;
  readonly receipt?: Partial<Receipt>;
  readonly out: readonly string[];
}

const CASES: readonly Case[] = [
  { name: 'SMPP, no answer', bearer: 'smpp', operation: 'submit_sm', out: ['submit not-seen'] },
  { name: 'WTP Ack', bearer: 'wtp', operation: 'Invoke', answer: { ok: true }, out: ['delivery ok'] },
  {
    name: 'WTP abort',
    bearer: 'wtp',
    operation: 'Invoke',
    answer: { ok: false, code: 'user abort 0xEB' },
    out: ['delivery refused user abort 0xEB'],
  },
  { name: 'HTTP push taken', bearer: 'ota-http', operation: 'HTTP POST', answer: { ok: true }, out: ['delivery ok'] },
  {
    name: 'HTTP push refused',
    bearer: 'ota-http',
    operation: 'HTTP POST',
    answer: { ok: false, code: 'HTTP 415' },
    out: ['delivery refused HTTP 415'],
  },
  {
    name: 'SIP refused',
    bearer: 'sip',
    operation: 'SMS-DELIVER',
    answer: { ok: false, code: 'SIP 480' },
    out: ['delivery refused SIP 480'],
  },
  {
    name: 'PAP and its result notification',
    bearer: 'pap',
    operation: 'push-message',
    answer: { ok: true, messageId: 'push-1' },
    receipt: { state: 'failed', code: 'PAP 4001', text: 'undeliverable: Service Failure' },
    out: ['submit ok', 'notification failed PAP 4001'],
  },
  {
    name: 'SMPP and a receipt that it expired',
    bearer: 'smpp',
    operation: 'submit_sm',
    answer: { ok: true, messageId: 'push-1' },
    receipt: { state: 'failed', code: null, text: 'EXPIRED' },
    out: ['submit ok', 'receipt expired'],
  },
  {
    name: 'SMPP and a word on the way',
    bearer: 'smpp',
    operation: 'submit_sm',
    answer: { ok: true, messageId: 'push-1' },
    receipt: { state: 'pending', code: null, text: 'ENROUTE' },
    out: ['submit ok', 'receipt not-seen'],
  },
];

describe('stages', () => {
  test.each(CASES)('$name', ({ bearer, operation, answer, receipt, out }) => {
    const j = joined(bearer, operation);
    const book = answerBook();
    book.claim([KEY]);
    const said = { bearer, operation: 'answer', answerKey: KEY, time: 2 * S, frame: 2, temporary: false };
    if (answer !== undefined) book.answer({ ...said, ok: true, code: null, text: '', messageId: null, ...answer });
    const told = { bearer, operation: 'receipt', time: 9 * S, frame: 3, messageId: 'push-1', from: null, to: null };
    if (receipt !== undefined) book.receipt({ ...told, state: 'unknown', code: null, text: '', ...receipt });
    const coverage = coverageOf({ firstTime: 0, lastTime: 1e12, findings: [], cutFrames: 0, truncated: [] });
    const stages = stagesOf(messageFlow('m1', j, book), j, 1, coverage);
    expect(stages.map((s) => `${s.stage} ${s.result}${s.code === null ? '' : ` ${s.code}`}`)).toEqual(out);
    if (answer !== undefined) expect(stages[0]!.t1 - stages[0]!.t0).toBe(S);
  });
  test('behind the first hop a submission is a relay', () => {
    const j = joined('smpp', 'submit_sm');
    const coverage = coverageOf({ firstTime: 0, lastTime: 2e9, findings: [], cutFrames: 0, truncated: [] });
    const [stage] = stagesOf(messageFlow('m1', j, answerBook()), j, 2, coverage);
    expect(stage).toMatchObject({ stage: 'relay', reason: 'the capture ends 1.0 s later' });
    expect(stageLabel('relay', 'smpp')).toBe('Relay over SMPP');
  });
});

describe('codes', () => {
  test.each([
    ['smpp', '0x00000058', 'ESME_RTHROTTLED', 'answer', 'throttled'],
    ['smpp', '0x0000000b', 'ESME_RINVDSTADR', 'answer', 'destination'],
    ['smpp', '06B', 'UNDELIVERABLE', 'receipt', 'delivery'],
    ['smpp', null, 'EXPIRED', 'receipt', 'expired'],
    ['ucp', '06', 'AdC invalid', 'answer', 'destination'],
    ['ucp', '107', 'failed: Absent subscriber', 'receipt', 'absent'],
    ['ucp', '0', 'failed: Unknown subscriber', 'receipt', 'unknownSubscriber'],
    ['cimd2', '300', 'Incorrect destination address', 'answer', 'destination'],
    ['gsmtap', 'RP-ERROR 22', 'memory capacity exceeded', 'answer', 'memory'],
    ['gsmtap', 'RP-ERROR 111', 'protocol error, TP-FCS 0xd3: memory capacity exceeded', 'answer', 'memory'],
    ['gsmtap', 'CP-ERROR 22', 'congestion', 'answer', 'congestion'],
    ['gsm-map', 'MAP error 31', 'subscriberBusyForMT-SMS', 'answer', 'busy'],
    ['gsm-map', 'MAP error 6', 'absentSubscriberSM', 'answer', 'absent'],
    ['diameter-sgd', 'Experimental-Result 5550', '', 'answer', 'absent'],
    ['diameter-sgd', 'Result-Code 3002', '', 'answer', 'routing'],
    ['sip', 'SIP 480', '', 'answer', 'absent'],
    ['ota-http', 'HTTP 406', '', 'answer', 'mediaType'],
    ['ota-http', 'push status 235', '', 'answer', 'refusedByPhone'],
    ['pap', 'PAP 2002', '', 'answer', 'pushAddress'],
    ['wtp', 'user abort 0xEE', '', 'answer', 'mediaType'],
    ['wtp', 'provider abort 0x08', '', 'answer', 'absent'],
    ['at', 'TP-ST 0x46', 'validity period expired', 'receipt', 'expired'],
    ['gtp', 'GTPv1 cause 219', '', 'answer', 'apnUnknown'],
    ['gtp', 'GTPv2 cause 92', '', 'answer', 'apnAuthentication'],
    ['dns', 'DNS 3', '', 'answer', 'nameUnknown'],
    ['smpp', null, '', 'silence', 'segments'],
    ['file', 'something else', '', 'answer', 'system'],
  ] as const)('%s %s %s', (bearer, code, text, said, name) => {
    expect(explain(bearer, code, text, said).words).toBe(ADVICE[name].words);
  });
  test('each advice is words without a full stop, and sentences of what to check', () => {
    for (const { words, check } of Object.values(ADVICE)) {
      expect(words).toMatch(/^[A-Z].*[^.]$/);
      expect(check.length).toBeGreaterThan(0);
      for (const c of check) expect(c).toMatch(/^[A-Z].*[.?]$/);
    }
  });
  test('every family names a clause and known advice', () => {
    for (const f of Object.values(FAMILIES)) {
      expect(f.clause).not.toBe('');
      for (const name of Object.values(f.codes)) expect(ADVICE).toHaveProperty(name as string);
    }
  });
});

describe('endpoints', () => {
  test('hosts are those of the conversation, turned where the key says so', () => {
    expect(endsOf(joined('smpp', 'submit_sm'))).toMatchObject({
      from: 'sender',
      to: 'smsc',
      fromHost: '10.0.0.1',
      toHost: '10.0.0.2',
      toPort: 2775,
    });
    const back = joined('smpp', 'deliver_sm', KEY.replace('/0/', '/1/'));
    expect(endsOf(back)).toMatchObject({ from: 'smsc', to: 'gateway', fromHost: '10.0.0.2', toHost: '10.0.0.1' });
    expect(endsOf(joined('smpp', 'submit_sm', null))).toMatchObject({ fromHost: null, toHost: null });
    const six = joined('smpp', 'submit_sm', 'tcp 2001:db8::1:40000 2001:db8::2:2775 #1/0/1.1');
    expect(endsOf(six)).toMatchObject({ fromHost: '2001:db8::1', toHost: '2001:db8::2', toPort: 2775 });
  });
});

describe('what a document leads to', () => {
  test.each([
    ['http://mms.example.com/mms', { host: 'mms.example.com', port: 80 }],
    ['https://user:pw@dm.example:8443/x', { host: 'dm.example', port: 8443 }],
    ['192.0.2.7', { host: '192.0.2.7', port: null }],
    ['[2001:db8::1]:8080', { host: '2001:db8::1', port: 8080 }],
    ['2001:db8::1', { host: '2001:db8::1', port: null }],
    ['', null],
  ])('%s', (address, out) => {
    expect(hostOf(address)).toEqual(out);
  });
  const range = { start: 0, length: 0 };
  const c = (type: string, parms: Record<string, string>, ...characteristics: Characteristic[]): Characteristic => ({
    ...range,
    type,
    parms: Object.entries(parms).map(([name, value]) => ({ ...range, name, value, valueRange: range })),
    characteristics,
  });
  test('access points, proxies with their ports, servers with the usual ones', () => {
    const document: ProvisioningDocument = {
      version: '1.0',
      characteristics: [
        c('NAPDEF', { NAPID: 'n', 'NAP-ADDRESS': 'internet.example', 'NAP-ADDRTYPE': 'APN' }),
        c('NAPDEF', { NAPID: 'd', 'NAP-ADDRESS': '+4930123', 'NAP-ADDRTYPE': 'E164' }),
        c('PXLOGICAL', {}, c('PXPHYSICAL', { PXADDR: '192.0.2.80' }, c('PORT', { PORTNBR: '8799' }))),
        c('APPLICATION', { APPID: '143' }, c('APPADDR', { ADDR: 'imap.example' })),
      ],
    };
    expect(intentsOf(document)).toEqual({
      accessPoints: ['internet.example'],
      servers: [
        { host: '192.0.2.80', ports: [8799], purpose: 'proxy' },
        { host: 'imap.example', ports: [143, 993], purpose: 'mail server (IMAP4)' },
      ],
      urls: [],
    });
  });
});
